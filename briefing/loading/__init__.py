"""A folder or a git revision becomes a dossier: files, YAML with locations, facts, settings, releases."""
