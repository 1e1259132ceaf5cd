"""Pure functions on strings: words, numbers, dates, languages, search terms. Imports nothing of the package."""
