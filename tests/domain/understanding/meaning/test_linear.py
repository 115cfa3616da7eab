"""线性的头：写进文件再读回来不变；分数是逐个特征加出来的；概率加起来是 1；耗时与长度成正比。"""

from array import array
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.understanding.meaning.features.danger_features import (
    danger_features_of,
    danger_names_of,
)
from nonebot_plugin_refund.domain.understanding.meaning.features.features import LONGEST, Group, features_of
from nonebot_plugin_refund.domain.understanding.meaning.features.together import Together
from nonebot_plugin_refund.domain.understanding.meaning.linear import Head, weighed
from nonebot_plugin_refund.domain.understanding.meaning.weights import (
    NEWS,
    OPTIONS,
    labels_in,
    packed,
    unpacked,
    weights_of,
)

TEXTS = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    [
        "商家昨天把我拒了，说影响二次销售",
        "钱到账没有？",
        "要是他不退我就找12315",
        "",
        "。。。",
        "我闺女拿我手机刷了3000多",
        "昨天在拼多多买的折叠桌到了一条腿是断的，拍了照找店家，他说磕碰是快递弄的让我找快递，快递点说没保价不赔；"
        "平台介入三天了还写着处理中，今早又来短信要补开箱视频，我哪有啊，当时就随手拆了，包装袋也叫我妈当垃圾扔掉了，"
        "客服光会回稍等亲亲，问谁谁推，难道一百六十八块就这样打水漂了吗",
    ]
)


def every_head() -> list[tuple[str, Head]]:
    return [(key, head) for name in (OPTIONS, NEWS) for key, head in weights_of(name).heads.items()]


@settings(deadline=None)
@given(TEXTS, st.sampled_from(every_head()))
def test_the_score_is_the_sum_over_the_features(text: str, named: tuple[str, Head]) -> None:
    _, head = named
    groups = features_of(text)
    width = len(head.labels)
    row_of = {key: head.weights[index * width : (index + 1) * width] for index, key in enumerate(head.hashes)}
    for column, score in enumerate(head.scores(groups)):
        found = (
            group.weight * head.scales[column] * row_of[key][column]
            for group in groups
            for key in group.hashes
            if key in row_of
        )
        assert head.biases[column] + sum(found) == pytest.approx(score, abs=1e-6)


def test_more_rows_than_can_be_added_at_once_are_all_added() -> None:
    hashes = array("I", range(1, 601))
    table = Together([(hashes, memoryview(bytes([127, 128] * 600)).cast("b"), 2)])
    assert table.sums_of(Group(1.0, hashes)) == (127 * 600, -128 * 600)
    assert table.sums_of(Group(1.0, array("I", [0]))) == ()


@settings(deadline=None)
@given(TEXTS, st.sampled_from(every_head()))
def test_the_probabilities_add_up_to_one(text: str, named: tuple[str, Head]) -> None:
    _, head = named
    assert sum(head.probabilities(features_of(text)).values()) == pytest.approx(1)
    assert all(0 <= chance <= 1 for chance in head.chances(features_of(text)).values())


def test_a_file_is_read_back_as_it_was_written() -> None:
    head = Head(
        ("a", "b"), (0.5, -1.0), (0.1, 0.2), 0.9, array("I", [3, 7]), memoryview(bytes([1, 255, 0, 2])).cast("b")
    )
    read = unpacked(packed({"x": head}, "abc"))
    assert read.made_from == "abc"
    assert read.heads == {"x": head}
    assert read.heads["x"].weights.tolist() == [1, -1, 0, 2]


@pytest.mark.parametrize("name", [OPTIONS, NEWS])
def test_the_labels_are_known_without_the_weights(name: str) -> None:
    assert labels_in(name) == {key: head.labels for key, head in weights_of(name).heads.items()}


@pytest.mark.parametrize("name", [OPTIONS, NEWS])
def test_the_hashes_of_every_head_are_in_order(name: str) -> None:
    heads = weights_of(name).heads
    assert heads
    for head in heads.values():
        assert list(head.hashes) == sorted(set(head.hashes))
        assert len(head.weights) == len(head.hashes) * len(head.labels)
        assert 0.3 <= head.temperature <= 2


def test_a_prior_leaves_only_what_is_possible() -> None:
    assert weighed({"a": 0.6, "b": 0.3, "c": 0.1}, {"b": 1.0, "c": 3.0}) == pytest.approx({"b": 0.5, "c": 0.5})
    assert weighed({"a": 1.0}, {"b": 1.0}) == {}


def test_only_the_beginning_of_a_long_message_counts() -> None:
    beginning = "商家拒绝了" * (LONGEST // 5)
    assert features_of(beginning) == features_of(beginning + "钱到账了" * 5000)


@settings(deadline=None)
@given(TEXTS)
def test_the_features_are_the_hashes_of_their_names(text: str) -> None:
    named = [(weight, sorted(map(crc32, map(str.encode, names)))) for weight, names in danger_names_of(text)]
    assert [(group.weight, sorted(group.hashes)) for group in danger_features_of(text)] == named


@settings(deadline=None)
@given(TEXTS)
def test_the_same_words_have_the_same_features(text: str) -> None:
    first = features_of(text)
    features_of.cache_clear()
    assert features_of(text) == first
