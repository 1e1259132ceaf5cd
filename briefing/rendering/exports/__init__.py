"""The files of a site that other programs read: facts, tables, annotations, references and a calendar, all of checked words."""
