"""What might a model make up about a story? Whole inventions and invented endings, with the article's own names."""

import re
from collections.abc import Sequence
from random import Random

# {person}, {place} and {other} are names of the article; the rest is nowhere in the newsroom.
WHOLE = (
    "{person} has been awarded an honorary doctorate for services to the community.",
    "{person} was taken to hospital after collapsing during a television debate.",
    "{person} plans to publish a memoir about the affair next spring.",
    "{person} has hired a private detective to look into the matter.",
    "{person} apologised to the victims in an open letter.",
    "{person} once worked as a lorry driver before entering public life.",
    "{person} and {other} are cousins who grew up in the same street.",
    "{person} threatened to sue {other} for defamation.",
    "{person} will be questioned by a parliamentary committee in the coming weeks.",
    "{person} earned a salary of more than most surgeons.",
    "{person} had received anonymous threats by post.",
    "{person} dedicated the success to a late grandmother.",
    "{place} is to get a new railway station paid for by a private donor.",
    "{place} has been twinned with a city in Portugal since the war.",
    "{place} is famous for its annual cheese festival.",
    "Tourists have been avoiding {place} ever since.",
    "Thousands of demonstrators marched through {place} waving banners.",
    "A television series about {place} is being filmed on location.",
    "Insurance companies have refused to cover the losses in {place}.",
    "The army has been asked to send engineers to {place}.",
    "Unions are threatening an all-out walkout over the handling of the matter.",
    "An online petition has collected half a million signatures.",
    "Environmental groups have filed a complaint with the European Commission.",
    "Experts blame outdated computer software for the problem.",
    "The opposition has called for a vote of no confidence.",
    "Shares in the company plunged on the stock exchange after the news.",
    "A reward has been offered for information leading to an arrest.",
    "Investigators believe that arson was the most probable explanation.",
    "Security cameras had been broken for several weeks.",
    "A memorial service is planned in the cathedral on Sunday.",
    "Schools in the district stayed closed as a precaution.",
    "The mayor's office was flooded with angry phone calls.",
    "Witnesses spoke of a strong smell of gas shortly before.",
    "Volunteers from abroad have arrived to lend a hand.",
    "The documents were leaked by a disgruntled employee.",
    "Neighbouring countries have offered financial aid.",
    "The project had been delayed by a shortage of steel.",
    "A judge dismissed all objections without a hearing.",
    "Local shops reported record takings that weekend.",
    "The weather made the work of the helpers much harder.",
    "Children were given balloons and ice cream at the ceremony.",
    "The building had been declared unsafe by inspectors in the autumn.",
    "A documentary about the events won a prize in Cannes.",
    "The company has promised to plant ten thousand oak trees.",
    "Two ministers were seen leaving through the kitchen.",
)
ENDINGS = (
    "after months of quarrels over the budget",
    "according to a secret memo seen by reporters",
    "despite fierce protests from hotel owners",
    "because the software had been hacked",
    "and was rewarded with a medal",
    "and two suspects were arrested at the airport",
    "although engineers had warned of a gas leak",
    "to the delight of animal lovers",
    "which angered the trade unions",
    "and a school bus had to be evacuated",
    "with help from the Norwegian navy",
    "in front of a cheering crowd of supporters",
    "which cost the taxpayer a fortune",
    "while his wife was giving birth",
    "because of a forged signature on the contract",
    "and sales of umbrellas tripled overnight",
    "in memory of a drowned fisherman",
    "after a tip from a taxi driver",
    "and the zoo lost three penguins",
    "amid rumours of a merger",
    "thanks to a donation from a lottery winner",
    "which a court later declared void",
    "and insurers refused to pay",
    "because of a broken sewage pipe",
    "while paparazzi waited outside",
    "and pensioners will get free tickets",
    "after consulting an astrologer",
    "although the fire brigade advised against it",
    "and the factory will move to Poland",
    "as part of a reality show",
)


def whole(names: Sequence[str], random: Random) -> str:
    """An invented sentence with the article's names in it."""
    template = random.choice(WHOLE)
    people = [name for name in names if len(name.split()) == 2] or list(names)
    picked = random.sample(people, min(2, len(people)))
    if len(picked) < 2:
        picked = [*picked, "the mayor", "the council"][:2]
    return template.format(person=picked[0], other=picked[1], place=random.choice(list(names) or ["the town"]))


def extended(sentence: str, random: Random) -> str | None:
    """A true sentence with an invented ending; None where a quotation closes it."""
    if re.search(r"[”\"]\.?$|[”\"]$", sentence):
        return None
    return f"{sentence.rstrip('.')}, {random.choice(ENDINGS)}."
