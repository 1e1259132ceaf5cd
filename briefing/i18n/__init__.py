"""The interface catalogue in each language, dates in words, and escaping for Markdown and HTML."""
