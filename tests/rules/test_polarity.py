"""What is denied and what is only possible, believed or hoped: pairs of a claim and its quote that agree, and that do not."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.pairs import Pair, alarms

NOT_RECOGNISED = "Karvia declared independence but the declaration has not been recognised internationally, even by Vessia"
NOTHING = '"We lost nothing and we sold nothing," Kern told reporters'
NO_PART = "Sarn and Tolm played no part in the agreement, the ministry said"
NO_SUCH = "Quist claimed the deal also involved Vessian pilots, but officials said there was no such agreement"
NO_MENTION = "The agreement made no mention of the status of the islets or of the format of future talks"
FAILED = "Three decades of talks failed to resolve the quarrel over the harbour"
NEVER = "A lease signed in 1987 was to run for 12 years – it was never renewed"
NOBODY = "Nobody asked us about the harbour, the dockers say"
NEITHER = "Neither government has published the text of the agreement"
REFUSED = "The union refused to sign the contract"
DENIED = "The ministry denied that shells had hit the bridge"
WITHOUT = "The ships passed the strait without paying dues"
CANT = "You can't rent out a coast, she said"
TREATY = "the deal ends weeks of fighting but it is not a comprehensive peace treaty"
PLAIN = "Protesters entered parliament and the police retook the building on Friday"
SIGNED = "The premier signed the contract and the ships left the harbour"
CUSTOMS = "The lease covers the basin but not the customs house, which is not for sale"
NOT_ONLY = "The lease covers not only the basin but also the quays"

AGREE: list[Pair] = [
    ("The declaration is not recognised internationally.", NOT_RECOGNISED),
    ("No state recognises the declaration.", NOT_RECOGNISED),
    ("Karvia declared independence.", NOT_RECOGNISED),
    ("The declaration lacks recognition.", NOT_RECOGNISED),
    ("Kern said nothing was lost or sold.", NOTHING),
    ("Kern told reporters that they had not lost anything.", NOTHING),
    ("Kern spoke to reporters.", NOTHING),
    ("Sarn and Tolm had no part in the agreement.", NO_PART),
    ("The ministry said neither Sarn nor Tolm played a part in the agreement.", NO_PART),
    ("Quist claimed the deal involved Vessian pilots.", NO_SUCH),
    ("Officials said there was no such agreement.", NO_SUCH),
    ("Officials denied that there was such an agreement.", NO_SUCH),
    ("The agreement does not mention the status of the islets.", NO_MENTION),
    ("The agreement is silent on the status of the islets.", NO_MENTION),
    ("Three decades of talks did not resolve the quarrel.", FAILED),
    ("Talks over the harbour failed to end the quarrel.", FAILED),
    ("The talks lasted three decades.", FAILED),
    ("The lease of 1987 was not renewed.", NEVER),
    ("A lease was signed in 1987.", NEVER),
    ("The dockers say nobody asked them.", NOBODY),
    ("The dockers say they were not asked.", NOBODY),
    ("The text of the agreement has not been published by either government.", NEITHER),
    ("The union did not sign the contract.", REFUSED),
    ("The ministry said shells had not hit the bridge.", DENIED),
    ("The ships did not pay dues.", WITHOUT),
    ("The ships passed the strait.", WITHOUT),
    ("A coast can't be rented out, she said.", CANT),
    ('She said it "is not a comprehensive peace treaty".', TREATY),
    ("The deal ends weeks of fighting.", TREATY),
    ("Protesters went into parliament.", PLAIN),
    ("The wire names no protester.", PLAIN),
    ("The wire, without naming a day, tells of protesters.", PLAIN),
    ("The lease covers the basin.", CUSTOMS),
    ("The lease leaves out the customs house.", CUSTOMS),
    ("The lease covers the basin and the quays.", NOT_ONLY),
]
DISAGREE: list[Pair] = [
    ("The declaration has been recognised internationally.", NOT_RECOGNISED),
    ("Karvia's declaration is recognised, even by Vessia.", NOT_RECOGNISED),
    ("The declaration won international recognition.", NOT_RECOGNISED),
    ("Karvia did not declare independence.", NOT_RECOGNISED),
    ("Kern said they had lost and sold.", NOTHING),
    ("Kern told reporters the harbour had been sold.", NOTHING),
    ("Sarn and Tolm played a part in the agreement.", NO_PART),
    ("Sarn and Tolm took part in the agreement, the ministry said.", NO_PART),
    ("Officials said there was such an agreement.", NO_SUCH),
    ("Quist claimed the deal did not involve Vessian pilots.", NO_SUCH),
    ("The agreement mentions the status of the islets.", NO_MENTION),
    ("The agreement makes mention of the format of future talks.", NO_MENTION),
    ("Three decades of talks resolved the quarrel.", FAILED),
    ("The quarrel over the harbour was resolved by talks.", FAILED),
    ("The lease of 1987 was renewed.", NEVER),
    ("The lease of 1987 was never signed.", NEVER),
    ("The dockers say they were asked.", NOBODY),
    ("Both governments have published the text of the agreement.", NEITHER),
    ("The union signed the contract.", REFUSED),
    ("The ministry said shells had hit the bridge.", DENIED),
    ("The ships paid dues in the strait.", WITHOUT),
    ("You can rent out a coast, she said.", CANT),
    ("The deal is a comprehensive peace treaty.", TREATY),
    ("The deal does not end the fighting.", TREATY),
    ("Protesters did not enter parliament.", PLAIN),
    ("The police never retook the building.", PLAIN),
    ("Nobody entered parliament.", PLAIN),
    ("The police failed to retake the building.", PLAIN),
    ("The premier refused to sign the contract.", SIGNED),
    ("The ships have not left the harbour.", SIGNED),
    ("The lease covers the customs house.", CUSTOMS),
]

MAY = "Disquiet in the capital may test the deal, she added"
COULD = "The cranes could fall in the next storm"
BELIEVED = "More than 1,400 people were killed, but the toll is believed to be significantly higher"
ALLEGED = "a reference to widespread allegations that Sarn had dispatched mercenaries to the islets"
CLAIMS = "Quist claimed the deal also involved the deployment of Vessian pilots"
EXPECTED = "The rent is expected to drop below the floor next year"
APPEARED = "this truce appeared to have a greater chance of holding because of the pilots"
SEEMED = "The harbour master seemed to accept the terms"
HOPED = "I hope that all the steps we have taken will lead to a lasting peace, said Kern"
IF = "The dockers would strike if a single job goes, Lund said"
IF_FIRST = "If the fighting continued at that pace we would lose the port within days"
WOULD = "Quist said the two navies would jointly patrol the strait"
WILL = "Under the deal, Vessian forces will withdraw from the islets"
PLANNED = "The treasury plans to sell the customs house"
POSSIBLE = "The possibility of a joint centre in Sarn had been discussed, Kern said"
LIKELY = "The guarantee is likely to lapse in May"
ADDS = "The bank said the agreement adds 0.8 percent to output"
LEFT = "The ships left the harbour on 1 May and the pilots boarded a tug"
SUBJECT = "The lease takes effect in May, provided that parliament votes for it"
REPORTED = "The minister reportedly resigned on Friday"

KEPT: list[Pair] = [
    ("Disquiet may test the deal.", MAY),
    ("It is possible that disquiet tests the deal.", MAY),
    ("She spoke of disquiet in the capital.", MAY),
    ("Disquiet might put the deal to the test.", MAY),
    ("A storm could bring the cranes to a fall.", COULD),
    ("The toll is believed to be higher.", BELIEVED),
    ("The toll is thought to be significantly higher.", BELIEVED),
    ("More than 1,400 people were killed.", BELIEVED),
    ("Sarn is alleged to have dispatched mercenaries.", ALLEGED),
    ("There are allegations that Sarn sent mercenaries to the islets.", ALLEGED),
    ("Sarn was accused of sending mercenaries.", ALLEGED),
    ("Quist claimed that Vessian pilots were involved.", CLAIMS),
    ("Quist said the deal involved Vessian pilots.", CLAIMS),
    ("The rent is expected to drop.", EXPECTED),
    ("The rent is forecast to drop below the floor.", EXPECTED),
    ("The truce appeared to have a chance of holding.", APPEARED),
    ("The truce seemed to have a greater chance.", APPEARED),
    ("The harbour master appeared to accept the terms.", SEEMED),
    ("Kern hoped the steps would lead to peace.", HOPED),
    ("Kern voiced the hope of a lasting peace.", HOPED),
    ("The dockers would strike if one job goes.", IF),
    ("The dockers will strike if they lose a job.", IF),
    ("The port would be lost within days if the fighting went on.", IF_FIRST),
    ("The two navies will patrol the strait, Quist said.", WOULD),
    ("The two navies are to patrol the strait, Quist said.", WOULD),
    ("Vessian forces withdraw from the islets under the deal.", WILL),
    ("Vessian forces would withdraw from the islets.", WILL),
    ("Vessian forces are to withdraw.", WILL),
    ("Vessian forces are withdrawn from the islets under the deal.", WILL),
    ("The treasury intends to sell the customs house.", PLANNED),
    ("A joint centre was a possibility, Kern said.", POSSIBLE),
    ("The guarantee will probably lapse.", LIKELY),
    ("The agreement adds to output, the bank said.", ADDS),
    ("The ships left on 1 May.", LEFT),
    ("On 1 May 2031 the ships left.", LEFT),
    ("The lease takes effect in May if parliament votes for it.", SUBJECT),
    ("The minister is said to have resigned.", REPORTED),
]
LOST_OR_ADDED: list[Pair] = [
    ("Disquiet in the capital tests the deal.", MAY),
    ("Disquiet will test the deal.", MAY),
    ("The cranes fall in the next storm.", COULD),
    ("The cranes will fall in a storm.", COULD),
    ("The toll is significantly higher.", BELIEVED),
    ("Sarn had dispatched mercenaries to the islets.", ALLEGED),
    ("The rent drops below the floor next year.", EXPECTED),
    ("The rent will drop below the floor.", EXPECTED),
    ("The truce has a greater chance of holding.", APPEARED),
    ("The harbour master accepted the terms.", SEEMED),
    ("The steps will lead to a lasting peace, said Kern.", HOPED),
    ("The dockers would strike, Lund said.", IF),
    ("The port would be lost within days.", IF_FIRST),
    ("The two navies jointly patrol the strait, Quist said.", WOULD),
    ("Quist said the two navies had jointly patrolled the strait.", WOULD),
    ("The treasury sold the customs house.", PLANNED),
    ("The treasury will sell the customs house.", PLANNED),
    ("A joint centre in Sarn had been discussed, Kern said.", POSSIBLE),
    ("The guarantee will lapse in May.", LIKELY),
    ("The lease takes effect in May.", SUBJECT),
    ("The minister resigned on Friday.", REPORTED),
    ("The agreement may add 0.8 percent to output, the bank said.", ADDS),
    ("The bank claimed the agreement adds 0.8 percent to output.", ADDS),
    ("The agreement is expected to add 0.8 percent to output.", ADDS),
    ("The ships appeared to leave the harbour.", LEFT),
    ("The ships allegedly left the harbour.", LEFT),
    ("The ships would leave the harbour on 1 May.", LEFT),
    ("The pilots hoped to board a tug.", LEFT),
    ("If the ships left, the pilots boarded a tug.", LEFT),
    ("Vessian forces have withdrawn from the islets.", WILL),
    ("Vessian forces withdrew from the islets.", WILL),
    ("Vessian forces did withdraw from the islets.", WILL),
]


def problems_of(rule: str, pairs: Sequence[Pair], folder: Path) -> list[tuple[Pair, list[str]]]:
    return [(pair, [problem.message for problem in found]) for pair, found in alarms(rule, pairs, folder)]


@pytest.mark.parametrize(("rule", "pairs"), [("negation-agrees", AGREE), ("hedge-is-kept", KEPT)])
def test_a_claim_that_says_no_more_and_no_less_than_its_quote_is_no_problem(
    rule: str, pairs: list[Pair], tmp_path: Path
) -> None:
    assert [(pair, found) for pair, found in problems_of(rule, pairs, tmp_path) if found] == []


@pytest.mark.parametrize(("rule", "pairs"), [("negation-agrees", DISAGREE), ("hedge-is-kept", LOST_OR_ADDED)])
def test_a_claim_that_drops_or_adds_one_is_a_problem(rule: str, pairs: list[Pair], tmp_path: Path) -> None:
    assert [pair for pair, found in problems_of(rule, pairs, tmp_path) if not found] == []


@pytest.mark.parametrize(("rule", "pairs"), [("negation-agrees", DISAGREE), ("hedge-is-kept", LOST_OR_ADDED)])
def test_a_quote_in_a_language_without_lists_is_ignored(rule: str, pairs: list[Pair], tmp_path: Path) -> None:
    assert [pair for pair, found in alarms(rule, pairs, tmp_path, "de") if found] == []
