"""Of what names and figures are invented scenes made? Lists of parts, and one draw for each kind of value."""

import random
from collections.abc import Callable
from dataclasses import dataclass

# Men's names, women's names, surnames, first and second halves of places. Surnames are rare ones, so that a pair of
# names belongs to nobody in the news.
_PEOPLES = {
    name: tuple(tuple(part.split()) for part in parts)
    for name, parts in {
        "english": (
            "Alden Brice Clive Desmond Ellis Graham Hollis Julian Leland Miles Nolan Perry Rowan Silas Toby Wesley",
            "Audrey Beatrix Celia Edith Fern Gwen Harriet Isla Joyce Leona Mabel Nora Phoebe Rosalind Tessa Winifred",
            "Abelthorpe Brackley Corrigan Dunmore Eastlake Farrow Garside Hathersage Ingleby Kettleman Lockridge "
            "Netherby Ormsby Penhale Quarrington Rusholme Stanforth Tolliver Wexcombe",
            "Tarn Ash Brack Coal Dun Elder Fern Gald Hol Kes Lang Mar Nether Oak Pen Raven Stan Thorn Whit",
            "ford ham wick borough field mere haven bridge ley mouth",
        ),
        "arabic": (
            "Adel Bashir Faris Ghassan Hatim Idris Jamil Karim Mazen Nabil Qasim Rashid Samir Tarek Walid Ziad",
            "Amal Basma Dalia Farida Ghada Hanan Iman Jumana Lamia Maysa Nadia Rania Salma Thuraya Widad Zaina",
            "Abourami Badrani Darwazi Fakhouri Ghanduri Hamdouni Jabrani Kattani Mahrousi Naddafi Qabbari Rifkani "
            "Sabbouri Tarazani Wazzani Yaziji Zahrawi Shuwaykh",
            "Bir Tell Wadi Deir Ras Umm Ain Kafr",
            "~Sahan ~Maruf ~Zaitun ~Nahir ~Qamar ~Hadid ~Rumman ~Salim ~Ghurab ~Lawza",
        ),
        "slavic": (
            "Bogdan Dragan Fedor Goran Igor Kiril Lubomir Miroslav Oleg Pavel Radek Stanislav Taras Vadim Yarek Zoran",
            "Alena Bozena Dunja Galina Irena Jelena Katya Ludmila Milena Nadezhda Olena Petra Radka Svetlana Vesna",
            "Andrichenko Bralovsky Chernenkov Dolinsky Gradowski Horvatek Jablonka Kovrigin Lisovec Markelov Novotnik "
            "Orlinsky Pavlichko Rudnev Sokolenko Tesarik Vrbanec Zelinkov",
            "Veln Brod Cherno Drus Gor Kras Luk Mol Novo Ostr Pod Rad Sel Tur Vysh Zab",
            "ograd insk ovka opol itsa onice ovar etsk",
        ),
        "indian": (
            "Anand Bhaskar Dinesh Girish Harish Jayant Kamal Lalit Mohan Naveen Prakash Ramesh Suresh Tarun Uday",
            "Anjali Bhavna Deepa Gauri Hema Indira Kavita Lata Meena Nandini Padma Rekha Sarita Usha Vasudha Yamini",
            "Achrekar Bhattarwal Chandelkar Dhanrajani Ghoshalkar Iyengwar Joshwani Kulkandar Malhotkar Nambisan "
            "Parulwar Raghunandan Sardeshwal Tambwani Upadhyan Venkatwal Wadegaon",
            "Bhan Chand Dev Gop Har Jay Kal Lakh Man Nar Ram Shiv Tul Var",
            "apur anagar igarh abad ipatnam akota igaon",
        ),
        "asian": (
            "Bohai Chenglin Daisuke Haruto Jianyu Kaito Minjun Quan Renjiro Seojun Takumi Weilong Yoshiro Zhihao",
            "Aiko Chunhua Eunji Fumiko Haneul Jiaying Kaori Lihua Meiling Natsuki Sooyeon Thuy Xiulan Yumiko",
            "Aokihara Bancroong Dengshi Fujimori-Ishida Hanamoto Jinbok Kuroshiba Liangzhu Morinaga Namgung Ogawahara "
            "Phuongtran Ryugamine Seonwoo Tachikura Umezawa Xuanli Yunhao",
            "Han Jin Kuro Lian Mino Nan Omi Shan Taka Yun Zhen Hae",
            "gawa zhou saki cheng yama jin dong mori",
        ),
        "african": (
            "Abebe Babatunde Chidi Dawit Emeka Femi Jabari Kwame Lamin Moussa Ndidi Okello Sipho Tendai Uche Yaw",
            "Abena Adaeze Chipo Dalila Efua Fatou Ife Kagiso Makena Ngozi Oumou Thandi Wanjiru Yetunde Zanele Amina",
            "Abiodarin Banganda Chukwudera Dlaminsa Ekwuemo Gebrewold Kamaraga Kipronga Mabuzela Nkosana Obiakora "
            "Okaforun Sesaywa Tshabaka Wambuiro Zulukhani",
            "Kama Lungo Mbara Ndola Okiri Sanga Tambo Wazi Zomba Bura",
            "~Falls ra ni wa ~Junction sa ndi",
        ),
        "latin": (
            "Alonso Baltazar Ciro Damian Efrain Fabricio Gonzalo Horacio Ignacio Lisandro Mauricio Nestor Octavio",
            "Alma Beatriz Carmela Dolores Elvira Fabiola Graciela Ines Josefina Lucinda Marisol Noemi Pilar Ximena",
            "Abrantes-Lira Bustamonte Carvalhosa Delmonte Echaburu Fontanero Galvandez Herrandiz Iturbina Larrazola "
            "Montesinho Olivarra Pereirinha Quintarelli Robledano Sandovela Tavarinho Villasecu Zambranes",
            "Santa San Villa Monte Puerto Rio",
            "~Clemira ~Baldano ~Ruvia ~Ombral ~Terceda ~Alvenza ~Corvina ~Marbel",
        ),
    }.items()
}
_COMPANY = "Hal Bel Cor Dyn Nor Sol Ver Tri Alt Ori Kel Lum Vant Quen Stel".split()
_COMPANY_END = "vern tara exa ique andra mont aris ova ineo wick".split()
_TRADES = "Steel Foods Energy Group Textiles Holdings Industries Partners Logistics Works Paper Cement".split()
_WORKERS = "Dock|Rail|Hospital|Mine|Postal|Textile|Airport|School|Refinery|Bus".split("|")
_FIELDS = "Ecology|Marine Biology|Public Health|Nutrition|Geology|Neurology|Climate Science|Archaeology".split("|")
_PAPERS = "Courier Herald Gazette Chronicle Observer Tribune Dispatch Sentinel".split()
_TEAMS = "Rovers United Athletic Wanderers City Rangers Dynamo Sporting".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


@dataclass(frozen=True, slots=True)
class Value:
    """What stands in the text: at first mention, later, without its qualifier, at the start of a sentence. No two
    values of a scene share one of their `tokens`.
    """

    full: str
    later: str
    bare: str
    start: str
    tokens: frozenset[str]
    woman: bool = False


def spelled(number: int) -> str:
    """A number below 100 in words."""
    if number < 20:
        return _ONES[number]
    return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")


def _plain(text: str, *tokens: str) -> Value:
    return Value(text, text, text, text, frozenset(tokens or (text.lower(),)))


class Draw:
    """Values for one scene, of one region, currency and style, none drawn twice."""

    def __init__(self, chooser: random.Random) -> None:
        self._chooser = chooser
        self._taken: set[str] = set()
        self._people = chooser.choice(list(_PEOPLES))
        self._money = chooser.choice(("$%s", "$%s", "€%s", "£%s", "%s euros", "%s dollars", "%s rupees", "%s crowns"))
        self._percent = chooser.choice((" percent", " percent", "%", " per cent"))
        self._miles = chooser.random() < 0.4
        self._words_below = chooser.choice((10, 11, 13))
        self._day_first = chooser.random() < 0.4
        self._kinds: dict[str, Callable[[list[str]], Value]] = {
            "count": lambda w: self._count(int(w[0]), int(w[1]), qualified=True),
            "number": lambda w: self._count(int(w[0]), int(w[1]), qualified=False),
            "span": lambda w: self._span(int(w[0]), int(w[1]), " ".join(w[2:])),
            "decimal": lambda w: self._decimal(int(w[0]), int(w[1])),
            "percent": lambda w: self._share(int(w[0]), int(w[1])),
            "money": lambda w: self._sum(int(w[0]), int(w[1]), " ".join(w[2:])),
            "distance": lambda w: self._distance(int(w[0]), int(w[1])),
            "score": lambda w: self._score(),
            "day": lambda w: _plain(chooser.choice(_DAYS)),
            "date": lambda w: self._date(),
            "month": lambda w: _plain(chooser.choice(_MONTHS)),
            "year": lambda w: _plain(str(chooser.randint(int(w[0]), int(w[1])))),
            "person": lambda w: self._person(w),
            "man": lambda w: self._person(["man"]),
            "place": lambda w: _plain(self._place()),
            "company": lambda w: self._organisation(self._company()),
            "union": lambda w: _plain(f"the {chooser.choice(_WORKERS)} Workers' {chooser.choice(('Union', 'League'))}"),
            "university": lambda w: _plain(self._university()),
            "journal": lambda w: _plain(
                f"{chooser.choice(('Annals', 'Archives', 'Letters', 'Reports'))} of {chooser.choice(_FIELDS)}"
            ),
            "outlet": lambda w: _plain(f"the {self._place()} {chooser.choice(_PAPERS)}"),
            "team": lambda w: _plain(f"{self._place()} {chooser.choice(_TEAMS)}"),
            "pick": lambda w: self._pick(" ".join(w)),
        }

    def value(self, kind: str) -> Value:
        """A value such as "count 2 40"; a sibling of none before."""
        name, *words = kind.split()
        for _ in range(200):
            value = self._kinds[name](words)
            if not value.tokens & self._taken:
                self._taken |= value.tokens
                return value
        raise ValueError(f"no value is left of the kind {kind!r}; widen its range")

    def fixed(self, text: str) -> Value:
        """A given wording, its later form after "~"."""
        full, _, later = text.partition("~")
        return Value(full, later or full, later or full, full, frozenset((text.lower(),)))

    def _figure(self, number: int) -> str:
        return spelled(number) if number < self._words_below else f"{number:,}"

    @staticmethod
    def _tokens(number: int) -> frozenset[str]:
        return frozenset((f"{number:,}", spelled(number))) if number < 100 else frozenset((f"{number:,}",))

    def _count(self, low: int, high: int, *, qualified: bool) -> Value:
        number = self._chooser.randint(low, high)
        if number > 30 and qualified and self._chooser.random() < 0.5:
            number = max(low, number - number % (5 if number < 100 else 50 if number < 2000 else 500))
        bare, before = self._figure(number), ""
        if qualified and self._chooser.random() < 0.5:
            vague = ("about ", "nearly ", "more than ", "around ", "some ") if number > 30 and number % 5 == 0 else ()
            before = self._chooser.choice((*vague, "at least ", "at least "))
        start = spelled(number) if number < 100 else ""
        return Value(before + bare, before + bare, bare, (before + bare) if before else start, self._tokens(number))

    def _span(self, low: int, high: int, unit: str) -> Value:
        number = self._chooser.randint(low, high)
        text = f"{self._figure(number)} {unit}"
        return Value(text, text, text, f"{spelled(number)} {unit}" if number < 100 else "", self._tokens(number))

    def _decimal(self, low: int, high: int) -> Value:
        number = f"{self._chooser.randint(low, high)}.{self._chooser.randint(1, 9)}"
        return Value(number, number, number, "", frozenset((number,)))

    def _share(self, low: int, high: int) -> Value:
        number = str(self._chooser.randint(low, high))
        if self._chooser.random() < 0.5:
            number += f".{self._chooser.randint(1, 9)}"
        before = self._chooser.choice(("", "", "", "about ", "nearly ")) if "." not in number else ""
        bare = number + self._percent
        return Value(before + bare, before + bare, bare, before + bare if before else "", frozenset((number,)))

    def _sum(self, low: int, high: int, unit: str) -> Value:
        number = str(self._chooser.randint(low, high))
        if unit == "thousand":
            number, unit = f"{number},{self._chooser.randint(1, 9)}00", ""
        elif unit and self._chooser.random() < 0.5:
            number += f".{self._chooser.randint(1, 9)}"
        before = self._chooser.choice(("", "", "about ", "more than ", "nearly "))
        bare = self._money % f"{number} {unit}".strip()
        start = before + bare if before or not bare[0].isdigit() else ""
        return Value(before + bare, before + bare, bare, start, frozenset((number,)))

    def _distance(self, low: int, high: int) -> Value:
        number = self._chooser.randint(low, high)
        before = self._chooser.choice(("", "about ", "some ", "roughly "))
        bare = f"{self._figure(number)} kilometers"
        tokens = self._tokens(number)
        if self._miles:
            miles = max(2, round(number * 0.621))
            bare += f" ({self._figure(miles)} miles)"
            tokens |= self._tokens(miles)
        return Value(before + bare, before + bare, bare, before + bare if before else "", tokens)

    def _score(self) -> Value:
        lost = self._chooser.randint(0, 3)
        text = f"{lost + self._chooser.randint(1, 3)}-{lost}"
        return _plain(text)

    def _date(self) -> Value:
        month, day = self._chooser.choice(_MONTHS), self._chooser.randint(2, 28)
        text = f"{day} {month}" if self._day_first else f"{month} {day}"
        return Value(text, text, text, "" if self._day_first else text, frozenset((month.lower(), *self._tokens(day))))

    def _person(self, words: list[str]) -> Value:
        people = _PEOPLES[self._people if self._chooser.random() < 0.8 else self._chooser.choice(list(_PEOPLES))]
        woman = self._chooser.random() < 0.45 if not words else words[0] == "woman"
        first, last = self._chooser.choice(people[1 if woman else 0]), self._chooser.choice(people[2])
        full = f"{first} {last}"
        return Value(full, last, last, full, frozenset((first.lower(), last.lower())), woman)

    def _place(self) -> str:
        people = _PEOPLES[self._people]
        return (self._chooser.choice(people[3]) + self._chooser.choice(people[4])).replace("~", " ")

    def _university(self) -> str:
        return self._chooser.choice(("the University of %s", "%s University", "the %s Institute")) % self._place()

    def _company(self) -> str:
        name = self._chooser.choice(_COMPANY) + self._chooser.choice(_COMPANY_END)
        return f"{name} {self._chooser.choice(_TRADES)}"

    @staticmethod
    def _organisation(full: str) -> Value:
        return Value(full, full.split()[0], full.split()[0], full, frozenset((full.split()[0].lower(),)))

    def _pick(self, options: str) -> Value:
        return self.fixed(self._chooser.choice([option.strip() for option in options.split("|")]))
