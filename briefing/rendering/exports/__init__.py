"""The data files of a site, for other programs: facts, tables, annotations, citations and a calendar."""
