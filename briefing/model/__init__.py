"""What a briefing is made of: fields, facts, kinds, records, sources, the dossier, releases, attribution."""
