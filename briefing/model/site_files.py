"""Names of files in a built site, and the form of the search index, which the renderer writes and verification reads."""

LEDGER_FILE = "ledger.json"
SEARCH_FOLDER = "search"
SEARCH_INDEX = f"{SEARCH_FOLDER}/index.js"
SEARCH_CALL = "briefingFound"  # the function that a piece of the index calls with what it holds
CARD_PATH = "assets/card.png"
CARD_WIDTH, CARD_HEIGHT = 1200, 630
