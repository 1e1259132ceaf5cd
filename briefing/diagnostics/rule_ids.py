"""The ids of the rules. A test holds that they are the names of the rules that run, and no others."""

TEXT_IS_WHOLE = "text-is-whole"
ID_IS_UNIQUE = "id-is-unique"
FACT_FITS_ITS_KIND = "fact-fits-its-kind"
REFERENCE_EXISTS = "reference-exists"
DATE_IS_POSSIBLE = "date-is-possible"
SOURCE_IS_UNCHANGED = "source-is-unchanged"
QUOTE_IS_VERBATIM = "quote-is-verbatim"
QUOTE_IS_WHOLE_WORDS = "quote-is-whole-words"
QUOTE_IS_UNIQUE = "quote-is-unique"
QUOTE_IS_ENOUGH = "quote-is-enough"
NUMBER_IS_QUOTED = "number-is-quoted"
NAME_IS_QUOTED = "name-is-quoted"
SPEAKER_IS_NAMED = "speaker-is-named"
NEGATION_AGREES = "negation-agrees"
HEDGE_IS_KEPT = "hedge-is-kept"
SILENCE_IS_TRUE = "silence-is-true"
ORIGIN_IS_ONE = "origin-is-one"
CLAIM_IS_NEUTRAL = "claim-is-neutral"
CLAIM_IS_OUR_OWN = "claim-is-our-own"
FACTS_AGREE = "facts-agree"
PARAGRAPH_IS_DISPOSED = "paragraph-is-disposed"
QUOTATION_IS_FAIR = "quotation-is-fair"
CHANGE_IS_TOLD = "change-is-told"
WAIVER_IS_NEEDED = "waiver-is-needed"
PAGE_IS_CITED = "page-is-cited"
SITE_IS_WHOLE = "site-is-whole"

# Earlier names of four of them, until every package uses the names above.
UNCHANGED_RULE = SOURCE_IS_UNCHANGED
FITS_KIND_RULE = FACT_FITS_ITS_KIND
HISTORY_RULE = CHANGE_IS_TOLD
COVERAGE_RULE = PARAGRAPH_IS_DISPOSED
