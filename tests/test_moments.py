"""Which words of a text belong to its expressions of time?"""

import pytest

from rag.moments import of_times


@pytest.mark.parametrize(
    ("words", "text", "of_time"),
    [
        ({"may", "skell", "saturday"}, "On Saturday, May 3, the ferry left Skell.", {"may", "saturday"}),
        ({"last", "skell"}, "Last week the ferry left Skell.", {"last"}),
        ({"last", "ferry"}, "The Last Ferry left.", set()),
        ({"spring", "marsh"}, "Spring Marsh was flooded in the winter of 2016.", set()),
        ({"spring"}, "It opens in spring 2016.", {"spring"}),
        (set(), "On Saturday.", set()),
    ],
)
def test_words_of_times_are_told_from_names(words: set[str], text: str, of_time: set[str]) -> None:
    assert of_times(words, text) == of_time
