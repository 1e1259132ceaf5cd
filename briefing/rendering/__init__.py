"""A dossier and its report become pages, the search index and data files. Nothing is read or written."""
