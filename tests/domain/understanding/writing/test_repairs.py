"""一句话里自己改口：改口之后的才算；不是改口的一个字也不动。"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.understanding.writing.repairs import after_repair


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("撤了 我让侄子撤了 不对 刚才说错了 没撤 侄子不让撤", "没撤 侄子不让撤"),
        ("可能是上个礼拜三收到的 哦不对 是11月15号收到的", "是11月15号收到的"),
        ("9岁，哦不对，10岁", "10岁"),
        ("昨天寄的 不对 是前天", "是前天"),
        ("商家同意了 等下 我看错了 是拒绝了", "是拒绝了"),
        ("一共三千 我说错了 四千", "四千"),
        ("他说周一 口误 周二给我", "周二给我"),
    ],
)
def test_what_comes_after_the_repair_counts(said: str, meant: str) -> None:
    assert after_repair(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "尺码不对 想退",
        "颜色 不对 我要退",
        "他说我地址不对",
        "数目不对",
        "说错了",
        "不对 是昨天",
        "我橙子不是三十是给五十 我听错了 你改一下",
        "商家发错了 不是我要的",
    ],
)
def test_what_is_no_repair_stays_as_it_is(said: str) -> None:
    assert after_repair(said) == said


@given(st.text())
def test_what_is_left_is_always_the_end_of_what_was_said(said: str) -> None:
    assert said.strip().endswith(after_repair(said).strip())
