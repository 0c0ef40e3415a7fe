"""Does an edited copy join the group of its article, and a story of its own stay out of it?"""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.copies import CopyFinder, group_name

SIGN = CopyFinder.signature
WORDS = (
    "council bridge harbour repair month worker cable mayor vote opened closed river lane traffic budget crown storm "
    "ferry captain inquiry seal engineer alarm island crew rescue night wind water toll family minister report"
).split()


def story(seed: int, words: int = 240) -> str:
    chance = random.Random(seed)
    return "\n\n".join(" ".join(chance.choices(WORDS, k=40)) + "." for _ in range(words // 40))


def changed(text: str, share: float, seed: int = 1) -> str:
    chance = random.Random(seed)
    return " ".join(f"other{chance.randrange(999)}" if chance.random() < share else word for word in text.split())


@pytest.mark.parametrize(
    "copy",
    [
        story(1),
        "A new headline for it\n\n" + story(1),
        "\n\n".join(story(1).split("\n\n")[:3]),
        changed(story(1), 0.2),
        changed("Wholly fresh first words of the desk here. " * 3 + "\n\n".join(story(1).split("\n\n")[1:4]), 0.1),
        story(1).upper(),
        story(1).replace("bridge", "bridge,").replace("\n\n", "\n"),
    ],
    ids=["whole", "new headline", "cut", "reworded", "new lead and cut", "capitals", "marks and breaks"],
)
def test_an_edited_copy_joins_the_group_of_its_article(copy: str) -> None:
    finder = CopyFinder()
    assert finder.join("wire", SIGN(story(1))) == {}
    assert finder.join("stranger", SIGN(story(2))) == {}
    assert finder.join("copy", SIGN(copy)) == {"wire": "wire", "copy": "wire"}


def test_a_copy_with_one_changed_figure_is_in_the_group() -> None:
    text = f"At least 12 people were hurt. {story(3)}"
    finder = CopyFinder()
    finder.join("wire", SIGN(text))
    assert finder.join("copy", SIGN(text.replace("12", "21"))) == {"wire": "wire", "copy": "wire"}


def test_briefs_told_in_the_same_words_are_two_stories() -> None:
    finder = CopyFinder()
    alder = "A fire destroyed a hotel in Alder on Saturday. Ten people died in the Alder fire, police said."
    birkby = "A fire burned down a mill in Birkby on Monday. Twenty people died in the Birkby fire, police said."
    finder.join("alder", SIGN(alder))
    assert finder.join("birkby", SIGN(birkby)) == {}
    copy = alder.replace("Ten", "Thirty").replace("police", "the hospital")
    assert finder.join("copy", SIGN(copy)) == {"alder": "alder", "copy": "alder"}


def test_a_follow_up_that_repeats_the_background_is_a_story_of_its_own() -> None:
    finder = CopyFinder()
    finder.join("first", SIGN(story(1)))
    background = "\n\n".join(story(1).split("\n\n")[-2:])
    assert finder.join("next", SIGN(f"{story(4)}\n\n{background}")) == {}


def test_a_brief_inside_a_long_round_up_is_no_copy_of_it() -> None:
    finder = CopyFinder()
    finder.join("round-up", SIGN("\n\n".join(story(seed) for seed in range(8))))
    assert finder.join("brief", SIGN(story(5))) == {}


def test_the_whole_article_joins_two_parts_that_had_nothing_in_common() -> None:
    parts = story(1).split("\n\n")
    finder = CopyFinder()
    assert finder.join("begin", SIGN("\n\n".join(parts[:3]))) == {}
    assert finder.join("end", SIGN("\n\n".join(parts[3:]))) == {}
    assert finder.join("end again", SIGN("\n\n".join(parts[3:]))) == {"end": "end", "end again": "end"}
    assert finder.join("whole", SIGN(story(1))) == {
        "begin": "end", "whole": "end",
    }  # fmt: skip


def test_two_groups_become_one_when_an_article_is_a_copy_of_both() -> None:
    parts = story(1).split("\n\n")
    finder = CopyFinder()
    for name, part in (("a", parts[:3]), ("b", parts[:3]), ("c", parts[3:]), ("d", parts[3:])):
        finder.join(name, SIGN("\n\n".join(part)))
    assert finder.join("whole", SIGN(story(1))) == {"c": "a", "d": "a", "whole": "a"}


def test_what_was_stored_before_is_known_again_and_what_was_dropped_is_not() -> None:
    finder = CopyFinder()
    finder.remember("wire", SIGN(story(1)), "wire")
    finder.remember("gone", SIGN(story(2)), None)
    finder.forget("gone")
    assert finder.join("copy", SIGN(story(1))) == {"copy": "wire"}
    assert finder.join("other", SIGN(story(2))) == {}


def test_an_article_that_comes_in_a_new_version_is_not_its_own_copy() -> None:
    finder = CopyFinder()
    finder.join("wire", SIGN(story(1)))
    assert finder.join("wire", SIGN(story(1) + " One more.")) == {}


def test_the_name_of_a_group_is_not_given_to_another() -> None:
    finder = CopyFinder()
    finder.join("a", SIGN(story(1)))
    assert finder.join("b", SIGN(story(1))) == {"a": "a", "b": "a"}
    assert finder.join("a", SIGN(story(2))) == {}
    assert finder.join("c", SIGN(story(2))) == {"a": "c", "c": "c"}
    assert finder.join("c", SIGN(story(3))) == {}
    (name,) = set(finder.join("b", SIGN(story(3))).values())
    assert name == "b"
    assert finder.join("d", SIGN(story(2))) == {"d": "c"}


def test_a_group_is_named_otherwise_where_all_its_members_have_named_one() -> None:
    assert group_name(["a", "b"], {"a"}.__contains__) == "b"
    assert group_name(["a", "b"], {"c"}.__contains__) == "a"
    assert group_name(["a", "b"], {"a", "b"}.__contains__) == "cf6d9263cf71ceca"


def test_a_signature_of_an_older_kind_is_passed_over() -> None:
    finder = CopyFinder()
    finder.remember("old", b"\x01" * 512, "old")
    assert finder.join("new", SIGN(story(1))) == {}


def test_a_signature_is_the_same_in_every_process_and_four_bytes_a_word() -> None:
    assert SIGN("The council met on Friday.").hex() == SIGN("the COUNCIL met, on friday").hex()
    assert len(SIGN(story(1))) == 4 + 4 * (240 - 2)
    assert SIGN("a b c").hex() == "02636f7036bcc3c1"


def test_among_many_articles_each_copy_finds_its_own() -> None:
    finder = CopyFinder()
    for seed in range(300):
        assert finder.join(f"article {seed}", SIGN(story(seed, 120))) == {}
    for seed in range(0, 300, 30):
        assert finder.alike(SIGN(changed(story(seed, 120), 0.15))) == [f"article {seed}"]


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_has_a_signature_that_finds_it_again(text: str, other: str) -> None:
    finder = CopyFinder()
    finder.join("other", SIGN(other))
    finder.join("text", SIGN(text))
    assert "text" in finder.alike(SIGN(text))
