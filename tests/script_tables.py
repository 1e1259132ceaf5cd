"""Quotes in scripts other than Latin, by script: a text, words that are cut out of it, and words that stand in it whole."""

from typing import NamedTuple


class Script(NamedTuple):
    """A text in one script, a claim that it bears out, and what a reader looks for in it.

    `cut` are words that begin or end inside one of its words or numbers, or leave off a "not", each with the reason.
    """

    name: str
    language: str
    claim: str
    sought: str
    text: str
    whole: tuple[str, ...]
    cut: tuple[tuple[str, str], ...]


SCRIPTS = (
    Script(
        "Cyrillic",
        "ru",
        "The text says that the port is leased out.",
        "аренду",
        "Порт Халден сдан в аренду, сказал кто-то из министров. Незаконный договор: 1 960 солдат из 5-й бригады, 25% гавани.",
        ("сдан в аренду", "кто-то из министров", "1 960 солдат", "5-й бригады", "25% гавани", "Незаконный договор"),
        (
            ("законный договор", "begins inside `Незаконный`"),
            ("то из министров", "begins after the hyphen of `кто-то`"),
            ("960 солдат", "a space groups the digits"),
            ("960 солдат из 5", "and ends inside `5-й`"),
            ("сдан в аренд", "ends inside `аренду`"),
            ("из 5-й бригады, 25", "the percent sign left off"),
        ),
    ),
    Script(
        "Cyrillic, with apostrophes",
        "uk",
        "The text has somebody call the parts of the port great.",
        "здо́рово",
        "П'ять об’єктів порту — це здо́рово, каже Ґанна.",
        ("П'ять об'єктів", "об’єктів порту", "здо́рово, каже"),
        (
            ("ять об'єктів", "begins after the apostrophe of `П'ять`"),
            ("єктів порту", "begins after a curly apostrophe"),
            ("це здо", "ends before a stress mark"),
        ),
    ),
    Script(
        "Greek",
        "el",
        "The text says that the port is not sold.",
        "πωλείται",
        "Ό,τι κι αν πει, το λιμάνι δεν πωλείται· το 2,5% μένει απ' όλα.",
        ("Ό,τι κι αν πει", "το λιμάνι δεν πωλείται", "το 2,5% μένει", "απ' όλα"),
        (
            ("τι κι αν πει", "begins after the comma inside `Ό,τι`"),
            ("5% μένει", "begins inside `2,5`"),
            ("λιμάνι δεν πωλείτα", "ends inside `πωλείται`"),
        ),
    ),
    Script(
        "Armenian",
        "hy",
        "The text has the minister ask why the port is being leased.",
        "նախարարը",
        "Ինչո՞ւ է նավահանգիստը վարձով տրվում, հարցրեց նախարարը։ Ոչ ոք չի՛ ասում, թե 1.960 զինվոր կա հյուսիս֊արևելքում։",
        ("Ինչո՞ւ է նավահանգիստը", "Ոչ ոք չի՛ ասում", "1.960 զինվոր", "հյուսիս֊արևելքում"),
        (
            ("Ինչո", "ends before the question mark inside `Ինչո՞ւ`"),
            ("ւ է նավահանգիստը", "begins after it"),
            ("ոք չի", "ends before the emphasis mark of `չի՛`"),
            ("960 զինվոր", "begins inside a number"),
            ("արևելքում", "begins after an Armenian hyphen"),
            ("նավահանգիստ", "ends before the article"),
        ),
    ),
    Script(
        "Arabic",
        "ar",
        "The text says that the port will not be sold.",
        "يعمل",
        "قال الوزير إنّ الميناء لن يُباع، والميناء يعمل فيه ١٬٩٦٠ عاملًا بزيادة ٢٫٥٪ عن عام ٢٠٣٠.",
        ("الميناء لن يُباع", "والميناء يعمل فيه", "١٬٩٦٠ عاملًا", "بزيادة ٢٫٥٪", "عام ٢٠٣٠"),
        (
            ("الميناء يعمل فيه", "begins inside `والميناء`"),
            ("٩٦٠ عاملًا", "begins inside a number in Arabic digits"),
            ("٥٪ عن عام", "begins after an Arabic decimal point"),
            ("بزيادة ٢٫٥", "the Arabic percent sign left off"),
            ("قال الوزير إن", "ends before a mark"),
            ("لن يُبا", "ends inside `يُباع`"),
            ("عام ٢٠٣", "ends inside a number"),
        ),
    ),
    Script(
        "Persian",
        "fa",
        "The text says that the port is not being sold.",
        "وزیر",
        "بندر را نمی‌فروشند، گفت وزیر؛ ۱۲۰۰ کارگر می‌مانند.",
        ("بندر را نمی‌فروشند", "۱۲۰۰ کارگر می‌مانند"),
        (
            ("فروشند، گفت وزیر", "begins after the non-joiner of `نمی‌فروشند`: the not dropped"),
            ("بندر را نمی", "ends before it"),
            ("۲۰۰ کارگر", "begins inside a number in Persian digits"),
        ),
    ),
    Script(
        "Hebrew",
        "he",
        "The text says that the port will not be sold.",
        "יימכר",
        'ראש־הממשלה אמר כי הנמל לא יימכר. דובר צה"ל וג׳ון מסרו: 1,960 חיילים, ורב־סמל אחד. שָׁלוֹם לנמל.',
        ("ראש־הממשלה אמר", "הנמל לא יימכר", 'דובר צה"ל', "1,960 חיילים", "ורב־סמל אחד", "שָׁלוֹם לנמל"),
        (
            ("הממשלה אמר", "begins after a maqaf"),
            ("דובר צה", "ends before the gershayim of an abbreviation"),
            ("ון מסרו", "begins after a geresh"),
            ("נמל לא יימכר", "begins after the article"),
            ("960 חיילים", "begins inside a number"),
            ("סמל אחד", "begins after a maqaf"),
            ("שָ", "ends inside a word with points"),
        ),
    ),
    Script(
        "Chinese",
        "zh",
        "The text says that both sides do not agree to sell the port.",
        "港口",
        "部长说，双方不同意出售港口。一千二百名工人留任，其中百分之五十来自第三码头，租金为1200万元，约三点五公顷。",
        ("双方不同意出售港口", "一千二百名工人", "百分之五十", "第三码头", "租金为1200万元", "三点五公顷", "出售港口"),
        (
            ("同意出售港口", "the not dropped: begins after `不`"),
            ("双方不", "ends after it"),
            ("二百名工人", "begins inside a number"),
            ("千二百名工人", "begins inside a number"),
            ("五十来自", "begins inside `百分之五十`"),
            ("三码头", "begins after `第`"),
            ("租金为1200", "ends before `万`"),
            ("租金为12", "ends inside a number"),
            ("五公顷", "begins after `点`"),
        ),
    ),
    Script(
        "Japanese",
        "ja",
        "The text says that the port is not sold.",
        "契約",
        "首相はハルデン港を売却しないと述べた。人々は三十年の契約に同意していません。サーン市では1,960人が働く。",
        ("ハルデン港を売却しない", "三十年の契約", "人々は三十年の契約", "サーン市では1,960人が働く", "契約に同意していません"),
        (
            ("ハルデン港を売却し", "the not dropped: ends before `ない`"),
            ("契約に同意してい", "the not dropped: ends before `ません`"),
            ("十年の契約", "begins inside a number"),
            ("960人が働く", "begins inside a number"),
            ("述べた。人", "ends before the mark that doubles `人`"),
            ("サ", "ends before a long vowel mark"),
        ),
    ),
    Script(
        "Thai",
        "th",
        "The text says that the port is not sold.",
        "ท่าเรือ",
        "รัฐมนตรีกล่าวว่าไม่ขายท่าเรือฮัลเดน มีคนงาน ๑,๒๐๐ คน และเรือ 25 ลำ",
        ("ไม่ขายท่าเรือฮัลเดน", "มีคนงาน ๑,๒๐๐ คน", "เรือ 25 ลำ", "กล่าวว่าไม่ขายท่าเรือ"),
        (
            ("ขายท่าเรือฮัลเดน", "the not dropped: begins after `ไม่`"),
            ("กล่าวว่าไม่", "ends after it"),
            ("รือฮัลเดน", "begins after a vowel that is written first"),
            ("ขายท", "ends before a tone mark"),
            ("กล", "ends before a tone mark or vowel"),
            ("๒๐๐ คน", "begins inside a number in Thai digits"),
        ),
    ),
    Script(
        "Korean",
        "ko",
        "The text says that the port will not be sold.",
        "항구",
        "장관은 항구를 팔지 않는다고 말했다. 노동자 1,960명이 남는다.",
        ("항구를 팔지 않는다고 말했다", "노동자 1,960명이 남는다"),
        (("구를 팔지 않는다고", "begins inside a word"), ("960명이 남는다", "begins inside a number")),
    ),
    Script(
        "Devanagari",
        "hi",
        "The text says that the port will not be sold.",
        "बंदरगाह",
        "मंत्री ने कहा कि बंदरगाह नहीं बिकेगा; १,९६० मज़दूर रहेंगे।",
        ("बंदरगाह नहीं बिकेगा", "१,९६० मज़दूर रहेंगे"),
        (("९६० मज़दूर", "begins inside a number"), ("मंत्री ने कह", "ends before a vowel sign"), ("मंत", "ends inside a word")),
    ),
)
