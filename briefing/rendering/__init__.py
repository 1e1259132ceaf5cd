"""Turns a dossier into pages, a search index and data files, as text. Reads and writes no files of a briefing."""
