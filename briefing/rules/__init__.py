"""The rules: what is checked in a dossier. A rule is a generator of problems with its documentation and examples."""
