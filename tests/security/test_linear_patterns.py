"""读消息的正则耗时都随长度线性增长：一条消息卡不住整台机器人。"""

import re

import pytest

from tests.security.harness.regex_ambiguity import Use, why_slow
from tests.security.harness.written_patterns import PACKAGE, written_patterns

BUILT_WHEN_RUN = {
    f"{PACKAGE}.domain.understanding.private_data.private_digits._pattern()": "拼好的都放在模块里，从模块里查到了",
    f"{PACKAGE}.domain.understanding.danger.__init__()": "手册里的字逐个转义，用竖线并起来，前后两组之间最多隔十个字",
    f"{PACKAGE}.domain.understanding.danger._any_of()": "手册里的字逐个转义，只用竖线并起来",
    f"{PACKAGE}.domain.understanding.danger._not_counted()": "同上两种，用竖线并起来",
    f"{PACKAGE}.domain.understanding.moods.__init__()": "手册里的字逐个转义，只用竖线并起来",
    f"{PACKAGE}.domain.understanding.moods._any_of()": "手册里的字逐个转义，只用竖线并起来",
    f"{PACKAGE}.domain.hearing.options.denied_options._denied()": "选项的说法逐个转义，只用竖线并起来，没有重复",
    f"{PACKAGE}.domain.interview.steps._refusal()": "选项的说法逐个转义，只用竖线并起来，没有重复",
    f"{PACKAGE}.dialogue.reading.which_case.denied_matters._thing_denied()": "手册里的一个词转义，前后固定，没有重复",
    f"{PACKAGE}.domain.understanding.writing.folding.folded_into()": "一个字符集，只看一个字，没有重复",
    f"{PACKAGE}.domain.hearing.cues._values()": "只差题目的单位，下面按“岁”查",
}
"""写在函数里、要运行时才拼得出来的，和为什么可以。"""
MATCH, SEARCH, FULL = Use(False, False), Use(True, False), Use(False, True)


def test_every_pattern_is_linear() -> None:
    patterns, _ = written_patterns()
    slow = {item.place: reason for item in patterns if (reason := why_slow(item.pattern, item.use))}
    assert slow == {}


def test_every_pattern_is_found() -> None:
    """模块里的、元组里的、函数拼出来的、写在函数里的，都查到了。"""
    patterns, built = written_patterns()
    places = {item.place.removeprefix(f"{PACKAGE}.domain.understanding.") for item in patterns}
    assert "private_data.private_digits._CARDS" in places
    assert {"yesno._DONE", "private_data.private._SAID", "sums.amounts.parse_number()"} <= places
    assert {item.place for item in built} == set(BUILT_WHEN_RUN)
    assert why_slow(re.compile(r"[0-9一二三]{1,40}\s?周?岁"), SEARCH) is None


@pytest.mark.parametrize(
    ("pattern", "use", "kind"),
    [
        (r"^(?:已经|早就|早|都|刚|刚刚|也|就)*(?:收到|签收)了", MATCH, "指数"),
        (r"(?:刚|刚刚)*x", MATCH, "指数"),
        (r"(?:[一二十]{1,2}(?:个|那?个)?、)*1", MATCH, "指数"),
        (r"[0-9]{1,2}\s*个?(?:\s*(?:、|\s)\s*[0-9]{1,2}\s*个?)*", FULL, "指数"),
        (r"(?:[啊呀]+,?)*x", MATCH, "指数"),
        (r"(?:\s*啊?)*x", MATCH, "指数"),
        (r"(?:a?){30}b", MATCH, "指数"),
        (r"(?:a|aa){0,40}b", MATCH, "指数"),
        (r"(?>(?:a|aa)*b)c", MATCH, "指数"),
        (r"(?:a|aa)*", FULL, "指数"),
        (r"\s*第?\s*[0-9]", MATCH, "平方"),
        (r"[一二]*十?[一二]*号", MATCH, "平方"),
        (r"[啊呀的]+$", SEARCH, "平方"),
        (r"[0-9]+点", SEARCH, "平方"),
        (r"忘了[^?吗]*$", SEARCH, "平方"),
        (r"退(?=.*款)", SEARCH, "往前看"),
    ],
)
def test_a_slow_pattern_is_refused(pattern: str, use: Use, kind: str) -> None:
    reason = why_slow(re.compile(pattern), use)
    assert reason is not None
    assert reason.startswith(kind)


@pytest.mark.parametrize(
    ("pattern", "use"),
    [
        (r"^(?:已经|早|都|刚|也|就)*(?:收到|签收)了", MATCH),
        (r"(?:刚|刚刚)*+x", MATCH),
        (r"(?:a|aa)*", MATCH),
        (r"[一二]*+十?[一二]*号", MATCH),
        (r"[啊呀的]+$", MATCH),
        (r"(?<![啊呀的])[啊呀的]+$", SEARCH),
        (r"^[啊呀的]+$", SEARCH),
        (r"[0-9]{1,40}点", SEARCH),
        (r"[0-9](?:[0-9]|[.,](?=[0-9]))*", SEARCH),
        (r"\s+", SEARCH),
        (r"a(?:bc)*d", SEARCH),
    ],
)
def test_a_linear_pattern_is_let_through(pattern: str, use: Use) -> None:
    assert why_slow(re.compile(pattern), use) is None
