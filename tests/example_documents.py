"""The PDF of the example, which was written for it: `python -m tests.example_documents` writes it again."""

from tests.documents import pdf
from tests.sites import PROJECT

EXAMPLE = PROJECT / "examples" / "port-lease"
STATEMENT = EXAMPLE / "received" / "union-statement.pdf"
PAGES = (
    [
        "Statement on the harbour lease",
        "Dockers' Union of Halden",
        "5 April 2031",
        "The executive of the Dockers' Union met on 4 April and studied the articles of the\n"
        "harbour lease that were published on 2 April.",
        "We counted 1,212 permanent posts at the port on the day of signature. We ask for the\n"
        "schedule of posts before our members vote.",
        "Article 6 protects permanent posts only. Some 320 of our members work on seasonal\n"
        "contracts, and the lease does not name them.",
        "We welcome that pilots remain in the service of Vessia and that the lease keeps\n"
        "permanent posts for at least five years.",
        "We ask for one seat for the workers of the port on the Harbour Commission.",
    ],
    [
        "Wages at the port rose by 2 percent in 2030, and prices by 4 percent. We will ask the\n"
        "Lessee for a rise of 6 percent.",
        "Our members will vote on 20 April at the fish market. A majority of two thirds is needed\n"
        "to accept the lease. If the vote fails, we will ask for new talks. We have not called a\n"
        "strike.",
        "Berit Lund, chair",
        "This statement may be quoted with its source.",
    ],
)


def statement() -> bytes:
    """The union's statement as a PDF of two pages."""
    return pdf(*PAGES, title="Statement on the harbour lease")


if __name__ == "__main__":
    STATEMENT.parent.mkdir(parents=True, exist_ok=True)
    STATEMENT.write_bytes(statement())
