"""Which words count, scale, measure and bound? Tables for reading amounts."""

from rag.verify.words import stem

ONES = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
SCALE = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
SHORT_SCALE = {"m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "k": 1e3}
VAGUE = {
    "dozens": (24, 99),
    "scores": (40, 199),
    "hundreds": (200, 1999),
    "thousands": (2000, 99999),
    "tens": (20, 999999),
    "millions": (2e6, 9.99e8),
    "billions": (2e9, 9.99e11),
}
ORDINAL_WORDS = dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        range(1, 21),
        strict=True,
    )
) | dict(
    zip("thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split(), range(30, 100, 10), strict=True)
)
FRACTION = {
    "half": 50.0,
    "third": 100 / 3,
    "thirds": 100 / 3,
    "quarter": 25.0,
    "quarters": 25.0,
    "fifth": 20.0,
    "fifths": 20.0,
    "tenth": 10.0,
    "tenths": 10.0,
    "sixth": 100 / 6,
    "eighth": 12.5,
}
PAIRS = {"pair": 2.0, "couple": 2.0, "trio": 3.0, "twice": 2.0, "thrice": 3.0, "both": 2.0, "twin": 2.0, "twins": 2.0}
# What two sides have of: "17 votes to 14".
TALLIED = frozenset({"votes", "points", "goals", "seats", "games", "sets"})
CURRENCY = {
    "$": "dollar",
    "€": "euro",
    "£": "pound",
    "¥": "yen",
    "₹": "rupee",
    "dollar": "dollar",
    "euro": "euro",
    "pound": "pound",
    "yen": "yen",
    "rupee": "rupee",
    "yuan": "yuan",
    "franc": "franc",
    "krona": "krona",
    "crown": "crown",
    "cent": "cent",
    "penny": "penny",
    "peso": "peso",
    "dinar": "dinar",
    "rouble": "rouble",
    "ruble": "rouble",
    "zloty": "zloty",
    "rand": "rand",
    "lira": "lira",
    "shekel": "shekel",
    "dirham": "dirham",
    "riyal": "riyal",
    "rial": "rial",
    "rupiah": "rupiah",
    "baht": "baht",
    "forint": "forint",
    "koruna": "koruna",
    "krone": "krone",
    "ringgit": "ringgit",
    "naira": "naira",
    "shilling": "shilling",
    "taka": "taka",
    "hryvnia": "hryvnia",
    "tenge": "tenge",
    "thaler": "thaler",
    "florin": "florin",
    "guilder": "guilder",
    "drachma": "drachma",
    "usd": "dollar",
    "eur": "euro",
    "gbp": "pound",
}
MEASURES = """
second sec|minute min|hour hr|day|week|month|year yr|decade|century|kilometre kilometer km|mile mi|metre meter|
centimetre centimeter cm|millimetre millimeter mm|foot feet ft|inch|yard yd|kilogram kilo kg|gram|ton|tonne|ounce oz|
litre liter|millilitre milliliter ml|gallon|barrel|hectare ha|acre|mph|kph|knot|degree|celsius|fahrenheit|kilowatt kw|
megawatt mw|gigawatt gw|volt|decibel db|byte|megabyte mb|gigabyte gb|point|percentage
"""
MEASURE = {
    stem(word): names.split()[0]
    for names in MEASURES.replace("\n", "").split("|")
    for word in names.split()
    if word not in {"min", "mi"}
} | {"km": "kilometre", "ft": "foot", "kg": "kilogram", "mm": "millimetre", "cm": "centimetre"}
# A century and a hundred years are one amount.
LONG_TIMES = {"decade": 10, "century": 100}

# What stands before a number and bounds it, longest first.
BOUNDS = tuple(
    (pair.partition("=")[0], pair.partition("=")[2])
    for pair in (
        "no more than=le; no fewer than=ge; no less than=ge; not more than=le; at least=ge; at most=le; "
        "a minimum of=ge; a maximum of=le; up to=le; as many as=le; as much as=le; more than=gt; greater than=gt; "
        "higher than=gt; just over=gt; well over=gt; in excess of=gt; fewer than=lt; less than=lt; lower than=lt; "
        "younger than=lt; older than=gt; longer than=gt; shorter than=lt; just under=lt; close to=near; exactly=is; "
        "over=gt; above=gt; exceeding=gt; exceeded=gt; under=lt; below=lt; nearly=near; almost=near; "
        "some=about; about=about; around=about; roughly=about; "
        "approximately=about; estimated=about; circa=about; only=; precisely=is; least=ge"
    ).split("; ")
)
