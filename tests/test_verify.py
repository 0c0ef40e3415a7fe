"""Does the verifier name what is wrong with a claim, and leave true ones alone?"""

import pytest

from rag.verify import Verdict, locate, support, verify
from rag.verify.amounts import quantities
from rag.verify.times import moments

DENIED = "The minister denied taking bribes from the builder, his lawyer said on Monday."
TOLL = "12 people were killed and 45 wounded when the bus left the road near Tarn."
FINAL = "Smith beat Jones 3-1 in the final."


RAISED = "They want to raise the minimum wage from 11.40 to 12.60 crowns an hour."


@pytest.mark.parametrize(
    ("claim", "quote", "reason"),
    [
        # What a tool that matches at 35 % similarity lets pass: digits turned round, denied for admitted, an invented
        # sentence, a quote with its end missing.
        ("21 people were killed and 450 wounded when the bus left the road near Tarn.", TOLL, "12"),
        ("The minister admitted taking bribes from the builder.", DENIED, "denied"),
        ("The minister took bribes from the builder.", DENIED, "denies"),
        ("The driver had been awake for thirty hours before the crash.", TOLL, "thirty hours"),
        ("The minister said he would resign if the vote failed.", "The minister said he would resign", "vote failed"),
        ("The minister said he would resign.", "The minister said he would resign if the vote failed.", "condition"),
    ],
)
def test_the_four_cases_that_similarity_gets_wrong_are_refused(claim: str, quote: str, reason: str) -> None:
    verdict = verify(claim, quote)
    assert not verdict.supported
    assert reason in verdict.reason


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("A dozen people died and 45 were injured near Tarn.", TOLL),
        ("Jones was beaten by Smith in the final.", FINAL),
        ("Jones lost the final to Smith.", FINAL),
        ("Smith defeated Jones.", FINAL),
        ("The minister denied taking bribes.", DENIED),
        ("According to his lawyer, the minister denied taking bribes.", DENIED),
        ("The council did not approve the plan.", "The council rejected the plan on Tuesday."),
        ("Iraqi forces retook the al-Qayyarah air base.", "Iraqi troops recaptured the Qayyara base on Saturday."),
        ("Two dozen homes burned down.", "The fire destroyed 24 houses."),
        ("About 1,200 people came.", "Police counted 1,187 people who came."),
        ("More than 30 were hurt.", "38 were hurt."),
        ("Forty percent of voters stayed away.", "40% of the voters stayed away."),
        ("One in five voters stayed away.", "Twenty percent of voters stayed away."),
        ("The UN sent 300 soldiers.", "The United Nations sent 300 troops."),
        ("It cost $3.5 billion.", "It cost $3.5bn."),
        ("The firm earned 5 crowns in three months.", "The firm earned 5 crowns in the first quarter."),
        ("Wolves died out a hundred years ago.", "Wolves died out a century ago."),
        ("Every sixth house is empty.", "One house in six is empty."),
        ("The bank will close eleven of its branches.", "The bank will shut eleven of its 64 branches."),
        ("Berg retired at the age of sixty.", "Berg retired on his sixtieth birthday."),
        ("People should search without using magnets.", "People were told to search and not to use magnets."),
        ("It takes no fewer than three weeks.", "It takes at least three weeks."),
        ("Houses are bought for one crown.", "The town sells houses for one crown."),
        ("Karl Berg headed the goal.", "Karl Berg, who was playing because Emil Stone was ill, headed the goal."),
        ("The minister wants the game banned.", "The minister asked to ban the game."),
    ],
)
def test_a_true_claim_in_other_words_stands(claim: str, quote: str) -> None:
    assert verify(claim, quote) == Verdict(True)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("45 people were killed and 12 wounded.", TOLL),
        ("Fewer than 38 were hurt.", "At least 38 were hurt."),
        ("38 were hurt.", "More than 38 were hurt."),
        ("The bridge is 12 kilometres long.", "The bridge is 12 metres long."),
        ("It cost 5 million euros.", "It cost 5 million dollars."),
        ("It cost 5 billion dollars.", "It cost 5 million dollars."),
        ("Prices rose by 5 percent.", "Prices fell by 5 percent."),
        ("Prices rose by 5 percentage points.", "Prices rose by 5 percent."),
        ("All of the voters stayed away.", "Most of the voters stayed away."),
        ("He left after the vote.", "He left before the vote."),
        ("Jones beat Smith in the final.", FINAL),
        ("Berg was 41 votes ahead.", "Kern is ahead of Berg by 41 votes."),
        ("Anna Smith resigned.", "John Smith resigned."),
        # Another name where it stands in the source as well, but not in this part.
        ("Tarn, 58, heard a bang.", "Anna Berg, 58, who farms in Tarn, heard a bang. She knew Tarn well."),
        ("Karl Stone was shut.", "The Mill Bridge was closed on Monday. Karl Stone was sorry."),
        ("The coaster Gull Rock sank.", "The coaster Anna Pelham sank off the cliffs of Gull Rock."),
        ("The ship left Tarn for Lisk.", "The ship left Lisk at noon for Tarn."),
        ("PARIS (Tarn) - It rained in the hills.", "PARIS (Reuters) - It rained in the hills."),
        ("The minister invited Anna Berg.", "Anna Berg, 15, has invited the minister."),
        ("Jones beat Smith.", "Smith was glad. They beat Jones 3-1."),
        # Planned is not done, some is not all, each is not all together.
        ("The bank has shut eleven branches.", "The bank will shut eleven branches."),
        ("Talks have begun.", "Talks are expected to begin in May."),
        ("The birds have been set free.", "The birds will be reared in towers and set free."),
        ("All four doors were locked.", "One of the four doors was locked."),
        ("The whole reef was damaged.", "The south of the reef was damaged."),
        ("None of the houses was insured.", "A third of the houses was insured."),
        ("They offered the families 15 crowns in all.", "They offered each family 15 crowns."),
        ("Prices fell in the hills.", "Prices rose in the hills, while down in the capital they fell."),
        ("Divers brought down two bodies.", "Divers brought up two bodies."),
        ("Viola Stone was arrested an hour after the report.", "Viola Stone resigned an hour after the report."),
        ("“We will never sell”, he said.", "“We will sell”, he said."),
        ("The mayor opened a new hospital.", "The mayor resigned after a long illness."),
        ("", "The mayor resigned."),
        ("The mayor resigned.", ""),
    ],
)  # fmt: skip
def test_a_claim_that_changes_one_thing_falls(claim: str, quote: str) -> None:
    assert not verify(claim, quote).supported


@pytest.mark.parametrize(
    ("claim", "stands"),
    [
        ("Troops took the base on 9 July 2016.", True),
        ("Troops took the base in July 2016.", True),
        ("Troops took the base on Saturday.", True),
        ("Troops took the base on 8 July 2016.", False),
        ("Troops took the base on Friday.", False),
        ("Troops took the base in 2015.", False),
    ],
)
def test_a_weekday_is_the_one_before_the_article_appeared(claim: str, stands: bool) -> None:
    quote = "Troops took the base on Saturday."
    assert verify(claim, quote, quote_published="2016-07-10").supported is stands


@pytest.mark.parametrize(
    ("speaker", "stands"), [("Karl Stone", True), ("Stone", True), ("Anna Berg", False), ("The police", False)]
)
def test_words_stay_with_the_one_who_said_them(speaker: str, stands: bool) -> None:
    quote = "“The bridge is unsafe,” said Karl Stone. Anna Berg said that repairs had begun."
    assert verify(f"{speaker} said the bridge was unsafe.", quote, context=quote).supported is stands


@pytest.mark.parametrize(("name", "stands"), [("Anna Berg", True), ("Karl Stone", False)])
def test_a_pronoun_is_who_was_named_before(name: str, stands: bool) -> None:
    context = "Karl Stone built the bridge. Mayor Anna Berg opened it. She said that it was safe."
    verdict = verify(f"{name} said that it was safe.", "She said that it was safe.", context=context)
    assert verdict.supported is stands


GIVEN = "The ministry will give schools 20 crowns a pupil."
BELL = "The diver searched the church for its bell, which was never found."


@pytest.mark.parametrize(
    ("question", "answer", "quote", "stands"),
    [
        ("Who won the final?", "Smith", FINAL, True),
        ("Who won the final?", "Jones", FINAL, False),
        ("Who lost the final?", "Jones", FINAL, True),
        ("Who lost the final?", "Smith", FINAL, False),
        ("Who won the final?", "Smith", "Smith lost to Jones in the final.", False),
        ("Who won the final?", "Jones", "Smith lost to Jones in the final.", True),
        ("Whom did Smith beat?", "Jones", FINAL, True),
        ("How many people were killed?", "12", TOLL, True),
        ("How many people were killed?", "45", TOLL, False),
        ("How many people were wounded?", "45", TOLL, True),
        ("Who was killed?", "12", TOLL, False),
        ("Where did the bus leave the road?", "near Tarn", TOLL, True),
        ("What did the minister deny?", "taking bribes", DENIED, True),
        ("What did Kern do in Oslo?", "taking bribes", DENIED, False),
        ("What did the minister deny?", "taking gifts", DENIED, False),
        ("How much do schools receive?", "20 crowns", GIVEN, True),
        ("Who receives 20 crowns a pupil?", "The ministry", GIVEN, False),
        ("What does the diver hope to find?", "bell", BELL, True),
        ("What did the diver find?", "bell", BELL, False),
        ("How high will the minimum wage be?", "12.60 crowns", RAISED, True),
        ("How many MPs were killed?", "12", TOLL, True),
        ("How many people were killed by mid-May?", "12", TOLL, True),
    ],
)
def test_a_short_answer_is_read_together_with_its_question(
    question: str, answer: str, quote: str, stands: bool
) -> None:
    assert verify(answer, quote, question=question, answer=answer).supported is stands


@pytest.mark.parametrize(
    ("asked", "published", "stands"),
    [
        ("on 14 April", "2025-04-14", True),
        ("on 14 April", "2025-04-15", True),
        ("on 14 April", "2025-05-09", False),
        ("in April 2025", "2025-05-02", True),
        ("in 1954", "2025-04-14", False),
    ],
)
def test_a_source_of_the_day_that_is_asked_about_need_not_give_its_date(
    asked: str, published: str, stands: bool
) -> None:
    question, quote = f"How many people were missing {asked}?", "Six people are still missing."
    verdict = verify("Six", quote, question=question, answer="Six", quote_published=published)
    assert verdict.supported is stands


def test_a_name_of_the_question_may_stand_elsewhere_in_the_article() -> None:
    question, quote = "How many people were killed near Tarn Hill?", "12 people were killed."
    for article, stands in (("The road to Tarn Hill is closed.", True), ("The road to Vell is closed.", False)):
        assert verify("12", quote, question=question, answer="12", article=article).supported is stands
    told = "Karl Stone spoke of a disaster."
    assert not verify("Karl Stone was killed.", "Anna Berg was killed.", context=quote, article=told).supported


def test_the_sentence_that_carries_a_claim_is_located_exactly() -> None:
    text = "The ferry left at noon. It sank at 2.02 pm with 38 people on board.  The captain was saved."
    span = locate("The ferry sank at 2.02 pm with 38 people.", text)
    assert span is not None
    assert "It sank at 2.02 pm with 38 people on board." in text[slice(*span)]
    assert locate("Nothing of this kind.", "") is None


def test_two_adjacent_sentences_carry_a_claim_over_both() -> None:
    text = "Rain fell. The bridge opened in May. It cost 12 million crowns. Nobody was hurt."
    span, verdict = support("The bridge opened in May and cost 12 million crowns.", text)
    assert span is not None
    assert text[slice(*span)] == "The bridge opened in May. It cost 12 million crowns."
    assert verdict.supported


def test_three_adjacent_sentences_carry_a_claim_that_two_do_not() -> None:
    text = "Seven people in Tarn are ill. They met at a wedding. Five of them are children. It rained."
    span, verdict = support("Seven people in Tarn are ill, and five are children.", text)
    assert span is not None
    assert text[slice(*span)] == "Seven people in Tarn are ill. They met at a wedding. Five of them are children."
    assert verdict.supported


def test_another_sentence_with_the_same_name_does_not_mend_an_exchanged_one() -> None:
    text = "The oldest houses of the whole county stand in Tarn. Old houses please Anna Berg, who sells them in Lisk."
    _, verdict = support("The oldest houses of the whole county stand in Anna Berg.", text)
    assert verdict.reason == "the source has “Tarn” where the claim has “Anna Berg”"


def test_a_speaker_is_found_past_a_place_and_an_office() -> None:
    quote = "A bundle from the village of Upper Fenn had been lost, the returning officer, Hanna Birk, said."
    assert verify("Hanna Birk said that a bundle from Upper Fenn had been lost.", quote, context=quote).supported
    assert not verify("Upper Fenn said that a bundle had been lost.", quote, context=quote).supported


def test_numbers_are_read_with_units_magnitudes_words_and_bounds() -> None:
    read = quantities(
        "At least 38 of 1.2 million; two dozen; $3.5bn; forty-two percent; 10 to 12 km; the 21st; a 34-year-old"
    )
    assert [(one.value, one.unit, one.bound) for one in read] == [
        (38.0, "", "ge"), (1_200_000.0, "", ""), (24.0, "", ""), (3_500_000_000.0, "dollar", ""), (42.0, "%", ""),
        (10.0, "kilometre", ""), (21.0, "", ""), (34.0, "year old", ""),
    ]  # fmt: skip
    assert read[5].high == 12.0


def test_dates_are_read_as_days_relative_ones_from_the_day_of_the_article() -> None:
    found = moments("On 3 May 2016, last week, two days ago, in June 2015.", "2016-07-09")
    assert [(str(first), str(last)) for moment in found for first, last in moment.spans] == [
        ("2016-05-03", "2016-05-03"), ("2016-06-27", "2016-07-03"), ("2016-07-07", "2016-07-07"),
        ("2015-06-01", "2015-06-30"),
    ]  # fmt: skip


def test_similarity_may_excuse_a_word_but_never_a_number() -> None:
    quote = "The council scrapped the levy of 5 crowns."

    def sure(one: str, two: str) -> float:
        return 1.0

    assert not verify("The aldermen ditched the levy of 5 crowns.", quote).supported
    assert verify("The aldermen ditched the levy of 5 crowns.", quote, similarity=sure).supported
    assert not verify("The aldermen ditched the levy of 6 crowns.", quote, similarity=sure).supported


@pytest.mark.parametrize(
    ("question", "supported"),
    [
        ("Who was arrested over the theft of the torc?", True),
        ("Who is suspected of the theft of the torc?", True),
        ("Who admitted the theft of the torc?", False),
    ],
)
def test_who_is_arrested_over_something_may_deny_it(question: str, supported: bool) -> None:
    quote = "The scaffolder Victor Lasky, who has been in custody since May over the torc, continues to deny the theft."
    assert verify("Victor Lasky", quote, question=question, answer="Victor Lasky").supported is supported


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("The Airbus A320 crashed near Lund.", "The Airbus A330 crashed near Lund on Monday."),
        ("Flight MH370 vanished over the sea.", "Flight MH17 vanished over the sea on Monday."),
        ("The H5N1 virus was found on a farm.", "The H1N1 virus was found on a farm in Lund."),
        ("Profit rose by 3 percent in Q2.", "Profit rose by 3 percent in Q1."),
        ("The 5G network opened in Lund.", "The 4G network opened in Lund on Monday."),
        ("Platform 9a was closed.", "Platform 9b was closed."),
        ("The temperature in Lund reached -5 degrees.", "The temperature in Lund reached 5 degrees on Monday."),
        ("The temperature in Lund reached -5 degrees.", "The temperature in Lund reached 5 degrees."),
        ("The temperature in Lund reached 5 degrees.", "The temperature in Lund reached minus 5 degrees."),
        ("Growth was 0.3 percent, the bank said.", "Growth was −0.3 percent, the bank said."),
    ],
)
def test_another_designation_or_sign_is_refused(claim: str, quote: str) -> None:
    assert not verify(claim, quote, context=quote).supported


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("The Airbus A330 crashed near Lund.", "The Airbus A330-200 crashed near Lund on Monday."),
        ("The F16 jet crashed.", "The F-16 jet crashed on Monday."),
        ("The team won 3-1 in Lund.", "The team won 3-1 in Lund on Monday."),
        ("Between 5 and 10 people were hurt.", "Between 5 and 10 people were hurt on Monday."),
        ("The temperature fell to minus 5 degrees.", "The temperature fell to -5 degrees in Lund."),
        ("Profit was -5 million crowns.", "The company made a loss of 5 million crowns: profit was negative."),
        ("He was popular in the 1990s and finished 22nd.", "He was popular in the 1990s and finished 22nd at 5pm."),
        ("It cost 3bn crowns.", "It cost 3 billion crowns."),
    ],
)
def test_designations_and_signs_that_agree_stand(claim: str, quote: str) -> None:
    assert verify(claim, quote, context=quote).supported


def test_a_designation_may_stand_around_the_quote_unless_the_quote_has_another() -> None:
    around = "An A320 took off from Oster. The plane crashed near Lund."
    assert verify("The plane, an A320, crashed near Lund.", "The plane crashed near Lund.", context=around).supported
    assert not verify(
        "The plane, an A330, crashed near Lund.", "The plane crashed near Lund.", context=around
    ).supported


def test_a_question_about_another_designation_is_not_answered() -> None:
    quote = "The G7 met in Lund on Monday."
    assert not verify("Lund", quote, question="Where did the G20 meet?", answer="Lund", context=quote).supported
    assert verify("Lund", quote, question="Where did the G7 meet?", answer="Lund", context=quote).supported


def test_a_question_for_another_unit_is_not_answered() -> None:
    quote = "The prize is worth 5,000 crowns."
    asked = "How much is the prize worth in {}?"
    assert not verify("5,000 crowns", quote, question=asked.format("euros"), answer="5,000 crowns").supported
    assert verify("5,000 crowns", quote, question=asked.format("crowns"), answer="5,000 crowns").supported
    far = "How far is it in {}?"
    assert not verify("12 km", "The lake is 12 km away.", question=far.format("miles"), answer="12 km").supported
    assert verify("12 km", "The lake is 12 km away.", question=far.format("kilometres"), answer="12 km").supported


def test_a_word_that_the_claim_has_beside_it_does_not_stand_for_the_contrary() -> None:
    loss = "Nordbank made a loss of 45 million euros in the first quarter, chief executive Ida Solberg said on Monday."
    assert not verify("Nordbank made a profit in the first quarter.", loss, context=loss).supported
    assert verify("Nordbank made a loss in the first quarter.", loss, context=loss).supported


@pytest.mark.parametrize(
    ("year", "published", "stands"),
    [
        ("2024", "2025-03-19", False),
        ("2025", "2025-03-19", True),
        ("2024", "2025-01-03", True),
        ("1998", "2025-03-19", False),
        ("2026", "2025-03-19", False),
    ],
)
def test_a_question_about_another_year_is_not_answered(year: str, published: str, stands: bool) -> None:
    quote = "At least seven people were killed in the Tarsa earthquake on Sunday."
    question = f"How many people were killed in the Tarsa earthquake in {year}?"
    found = verify("seven", quote, question=question, answer="seven", quote_published=published, context=quote)
    assert found.supported is stands


def test_last_year_is_the_year_before_the_article() -> None:
    quote = "Last year 41,000 people came to the festival."
    question = "How many people came to the festival in 2024?"
    assert verify("41,000", quote, question=question, answer="41,000", quote_published="2025-06-10").supported


def test_a_pronoun_names_nobody() -> None:
    quote = "He said that 300 ballots were missing."
    assert not verify("He", quote, question="Who said that ballots were missing?", answer="He").supported


def test_what_is_by_somebody_was_done_by_nobody_else() -> None:
    quote = "The museum of Solna has bought The Grey Boat, a painting by Hanna Roos."
    asked = "Who painted The Grey Boat?"
    assert not verify("The museum of Solna", quote, question=asked, answer="The museum of Solna").supported
    assert verify("Hanna Roos", quote, question=asked, answer="Hanna Roos").supported
    asked = "Who bought The Grey Boat?"
    assert verify("The museum of Solna", quote, question=asked, answer="The museum of Solna").supported
