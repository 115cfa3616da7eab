"""一遍扫过找词：找到的和一个个去找的一样。"""

from hypothesis import given
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.understanding.writing.words import Words

OWNED = (("退", "a"), ("退款", "b"), ("款到了", "c"), ("到", "c"), ("退", "d"))


@given(st.text(st.sampled_from("退款到了没"), max_size=8))
def test_the_same_words_are_found_as_one_by_one(text: str) -> None:
    words = Words(OWNED)
    found = {owner for word, owner in OWNED if word in text}
    assert words.owners_in(text) == found
    assert words.are_in(text) == bool(found)


def test_an_empty_word_is_in_nothing() -> None:
    assert not Words([("", "a")]).are_in("退款到了没")
    assert Words([("", "a"), ("退", "b")]).owners_in("退款") == {"b"}
