"""Ids of rules that more than one module names."""

UNCHANGED_RULE = "source-is-unchanged"


FITS_KIND_RULE = "fact-fits-its-kind"


HISTORY_RULE = "change-is-told"


COVERAGE_RULE = "paragraph-is-disposed"
