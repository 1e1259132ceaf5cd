"""Ids of rules that more than one module names."""

UNCHANGED = "source-is-unchanged"


FITS = "fact-fits-its-kind"


TOLD = "change-is-told"


DISPOSED = "paragraph-is-disposed"
