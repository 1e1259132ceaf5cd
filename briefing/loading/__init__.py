"""Reads a folder or a git revision into a dossier: files, YAML with locations, facts, settings, releases. Writes files."""
