"""The interface words in each language, dates in words, and escaping."""
