"""Numbers, dates and amounts: pairs of a claim and its quote that agree, and that do not."""

from pathlib import Path

from tests.pairs import Pair, alarms

KILLED = "More than 1,400 people have been confirmed killed, including dozens of civilians"
NEARLY = "The islets declared independence nearly 30 years ago"
ABOUT = "A person close to the talks put the rent at about €80 million a year"
RENT = "the Isles pay $90 million a year in rent, and never less than $60 million"
QUARTER = "Vessia agreed to lease its harbour for a quarter of a century"
MISSION = "peacekeepers will deploy for a renewable five-year mission"
DECADES = "Three decades of talks failed to resolve the quarrel"
EARLY = "the islets broke away during a war in the early 1990s"
WAR = "the 1988-1994 war led to the loss of seven adjacent areas"
CLOCK = "the truce took effect at 21:00 GMT on Tuesday, November 10, 2020"
SEPT = "war broke out Sept. 27 after a summer of raids"
SHARE = "The lease covers 50% of the quays and cuts the rent by 2.5 percentage points"
HALF = "Half the quays stay with Vessia, and a third of the cranes"
MILES = "the troops had come within a couple of miles of the capital"
HUNDREDS = "Hundreds of peacekeepers were heading to the islets on Tuesday"
AFTER = "The cease-fire came two days after the fall of the town"
SECOND = "his forces took the region's second-largest town"
UP_TO = "ships of up to 9 600 tonnes will go on paying Vessia"
AT_LEAST = "At least 12 people died in late September"
RANGE = "between 5 and 7 percent of the dockers will go"
TWICE = "Talks began in Sarn in November 2030 and broke down twice"
PLAIN = "The harbour handled 3.4 million tonnes of grain in 2030"
LOST = "we lost most of Hadrun district, some parts of Martun and Askan districts and the port of Shaw"
ONLY = "The union said the situation could only have got worse for the dockers"
MIDNIGHT = "the deal takes effect at midnight on 1 May"
DOZEN = "She counted a dozen ships and half a million crates"
BOTH = "Some 300 protesters marched, and over 40 windows were broken"
FELL = "The count fell from 100 to 50 in a week"

AGREE: list[Pair] = [
    ("More than 1,400 people were killed.", KILLED),
    ("Over 1400 people were killed.", KILLED),
    ("People were killed, dozens of civilians among them.", KILLED),
    ("Almost thirty years ago the islets declared independence.", NEARLY),
    ("Independence was declared close to three decades ago.", NEARLY),
    ("The rent is roughly €80 million.", ABOUT),
    ("The rent is some 80 million euros.", ABOUT),
    ("The Isles pay 90 million dollars a year.", RENT),
    ("The Isles pay $90m a year.", RENT),
    ("The rent is never less than $60 million.", RENT),
    ("The lease runs for 25 years.", QUARTER),
    ("It is a quarter-century lease.", QUARTER),
    ("The mission is of five years.", MISSION),
    ("It is a 5-year mission.", MISSION),
    ("Talks lasted 30 years.", DECADES),
    ("There was a war in the early 1990s.", EARLY),
    ("There was a war in the early nineties.", EARLY),
    ("There was a war in the early '90s.", EARLY),
    ("The war lasted from 1988 to 1994.", WAR),
    ("It was the war of 1988–1994.", WAR),
    ("Seven areas were lost.", WAR),
    ("The truce took effect at 9 p.m. GMT.", CLOCK),
    ("The truce is of 2020-11-10.", CLOCK),
    ("The truce is of 10 Nov. 2020.", CLOCK),
    ("The truce took effect on the 10th of November.", CLOCK),
    ("War broke out on September 27.", SEPT),
    ("The lease covers 50 percent of the quays.", SHARE),
    ("The lease covers half of the quays.", SHARE),
    ("The cut is of 2.5 points.", SHARE),
    ("50 percent of the quays stay with Vessia.", HALF),
    ("One third of the cranes stay.", HALF),
    ("The troops were a couple of miles away.", MILES),
    ("Hundreds of peacekeepers were on their way on Tuesday.", HUNDREDS),
    ("It came 2 days after that.", AFTER),
    ("It is the 2nd-largest town.", SECOND),
    ("Ships of at most 9,600 tonnes pay Vessia.", UP_TO),
    ("No fewer than twelve people died in late September.", AT_LEAST),
    ("5 to 7 percent of the dockers will go.", RANGE),
    ("Talks broke down two times.", TWICE),
    ("The harbour handled 3,400,000 tonnes.", PLAIN),
    ("Most of Hadrun was lost.", LOST),
    ("Parts of Martun were lost.", LOST),
    ("Some parts of Askan district were lost.", LOST),
    ("The port of Shaw was lost.", LOST),
    ("The situation could only have got worse.", ONLY),
    ("The deal takes effect at midnight, on May 1.", MIDNIGHT),
    ("She counted 12 ships and 500,000 crates.", DOZEN),
    ("About 300 protesters marched.", BOTH),
    ("More than 40 windows were broken.", BOTH),
    ("The count fell to 50.", FELL),
]
DISAGREE: list[Pair] = [
    ("1,400 people were killed.", KILLED),
    ("Nearly 1,400 people were killed.", KILLED),
    ("At least 1,400 people were killed.", KILLED),
    ("1,500 people were killed.", KILLED),
    ("Hundreds of civilians were killed.", KILLED),
    ("The islets declared independence 30 years ago.", NEARLY),
    ("The islets declared independence more than 30 years ago.", NEARLY),
    ("The islets declared independence in the 1990s.", NEARLY),
    ("The rent is €80 million.", ABOUT),
    ("The rent is about $80 million.", ABOUT),
    ("The rent is more than €80 million.", ABOUT),
    ("The Isles pay $90 a year.", RENT),
    ("The Isles pay €90 million a year.", RENT),
    ("The Isles pay over $90 million.", RENT),
    ("The lease runs for 24 years.", QUARTER),
    ("The lease runs for more than 25 years.", QUARTER),
    ("The mission is of five months.", MISSION),
    ("The mission is of up to five years.", MISSION),
    ("Talks lasted three years.", DECADES),
    ("There was a war in the 1990s.", EARLY),
    ("There was a war in the late 1990s.", EARLY),
    ("There was a war in 1990.", EARLY),
    ("The war broke out in 1988.", WAR),
    ("The war lasted from 1988 to 1995.", WAR),
    ("More than seven areas were lost.", WAR),
    ("The truce took effect at 20:00 GMT.", CLOCK),
    ("The truce took effect at 21:00 local time.", CLOCK),
    ("The truce took effect at 9 a.m. GMT.", CLOCK),
    ("The truce took effect on Monday.", CLOCK),
    ("The truce took effect in December 2020.", CLOCK),
    ("War broke out on August 27.", SEPT),
    ("The lease covers 50 of the quays.", SHARE),
    ("The rent is cut by 2.5 percent.", SHARE),
    ("A quarter of the quays stay with Vessia.", HALF),
    ("The troops were a couple of kilometres away.", MILES),
    ("The troops were two miles away.", MILES),
    ("Thousands of peacekeepers were on their way.", HUNDREDS),
    ("Hundreds of peacekeepers were on their way on Thursday.", HUNDREDS),
    ("It came two weeks after the fall of the town.", AFTER),
    ("It came more than two days after the fall of the town.", AFTER),
    ("It is the third-largest town.", SECOND),
    ("Ships of 9,600 tonnes pay Vessia.", UP_TO),
    ("12 people died.", AT_LEAST),
    ("At least 12 people died in September.", AT_LEAST),
    ("5 percent of the dockers will go.", RANGE),
    ("Talks broke down three times.", TWICE),
    ("Nearly 3.4 million tonnes were handled.", PLAIN),
    ("Hadrun district was lost.", LOST),
    ("Martun district was lost.", LOST),
    ("The situation could have got worse.", ONLY),
    ("The deal takes effect at noon.", MIDNIGHT),
    ("She counted a dozen ships and a million crates.", DOZEN),
    ("300 protesters marched.", BOTH),
    ("40 windows were broken.", BOTH),
    ("All protesters marched.", BOTH),
    ("Most windows were broken.", BOTH),
    ("Only protesters marched.", BOTH),
]


def test_a_claim_with_the_numbers_of_its_quote_is_no_problem(tmp_path: Path) -> None:
    assert [(pair, found) for pair, found in alarms("number-is-quoted", AGREE, tmp_path) if found] == []


def test_a_claim_with_another_number_or_qualifier_is_a_problem(tmp_path: Path) -> None:
    assert [pair for pair, found in alarms("number-is-quoted", DISAGREE, tmp_path) if not found] == []


def test_the_problem_points_to_the_number(tmp_path: Path) -> None:
    ((_, (problem,)),) = alarms("number-is-quoted", [("It came three days after that.", AFTER)], tmp_path)
    assert problem.words == "three"
    assert "`three` is in none of this claim's quotes" in problem.message


def test_only_digits_are_compared_with_a_quote_in_another_language(tmp_path: Path) -> None:
    quote = "Drei Tage nach dem 27. September fielen 1.200 Schüsse"
    claims = ["Three days later shots fell.", "Shots fell on the 27th.", "1,200 shots fell in 27 minutes.", "14 shots fell."]
    found = [bool(found) for _, found in alarms("number-is-quoted", [(claim, quote) for claim in claims], tmp_path, "de")]
    assert found == [False, False, False, True]
