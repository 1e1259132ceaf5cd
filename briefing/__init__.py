"""A briefing: curated facts with their sources' exact words, checked and laid out as a cited site."""

__version__ = "0.1.0"
