"""答话里只有一半是在答：光说了几岁没说是谁、说没了的凭证、一截答一截说凭证；不替他补全，也不听反。"""

import pytest

from nonebot_plugin_refund.domain.interview.dialogue import Accepted, Dialogue
from tests.domain.hearing.hearing_bench import listener_of, scenario_of


def heard(scenario_id: str, question: str, text: str) -> object:
    """刚问了这一题，这句话记成什么；没记的是列着问的几项的 id。"""
    asked = scenario_of(scenario_id).question(question)
    result = listener_of(scenario_id).hear(Dialogue(), asked, text).result
    if isinstance(result, Accepted):
        return result.dialogue.answers[question].value
    return {option.id for option in result.misread.options}


@pytest.mark.parametrize("text", ["周岁12", "才十岁", "今年刚满9岁"])
def test_an_age_alone_does_not_say_whose_it_is(text: str) -> None:
    assert heard("live-tip", "situation", text) == {"minor", "self-minor"}


@pytest.mark.parametrize(
    ("text", "never"), [("我表弟刷的 才11", "self-minor"), ("我堂妹刷的 13", "self-minor"), ("我自己 今年15", "adult")]
)
def test_who_is_told_beside_the_age_is_not_heard_as_another(text: str, never: str) -> None:
    found = heard("live-tip", "situation", text)
    assert found != never
    assert not isinstance(found, set) or never not in found


@pytest.mark.parametrize(("text", "right"), [("13岁 我自己", "self-minor"), ("是个12岁的娃", "minor")])
def test_an_age_with_its_owner_is_an_answer(text: str, right: str) -> None:
    assert heard("live-tip", "situation", text) == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("鉴定没去做 手头就诊断证明", "records"),
        ("没做过鉴定 有医院的病历", "records"),
        ("啥都没有 光嘴说", "nothing"),
    ],
)
def test_the_one_proof_in_hand_is_heard_beside_those_denied(text: str, right: str) -> None:
    assert heard("live-tip", "capacity-proof", text) == right


@pytest.mark.parametrize("text", ["跟主播那些话 手机一换全没喽", "主播跟他的私信 清缓存全没了"])
def test_what_is_gone_is_no_proof_though_told_in_two_pieces(text: str) -> None:
    assert heard("live-tip", "traces", text) == set()


def test_an_account_of_a_grown_up_is_not_the_childs() -> None:
    assert heard("live-tip", "traces", "账号是拿我身份证办的 不是他的") != ("child-account",)
    assert heard("live-tip", "traces", "号用我身份证注册的 平板是娃的") == ("child-phone",)


def test_a_proof_told_beside_does_not_turn_the_answer() -> None:
    assert heard("live-tip", "crossed", "都是9岁以后刷的 聊天记录我留着") != "yes"
    assert heard("live-tip", "crossed", "没 我这边有视频能看出是他") == "no"


def test_a_no_with_its_reason_is_a_no() -> None:
    assert heard("shop-return", "applied_in_time", "没，我怕麻烦一直拖着") == "no"
    assert heard("shop-return", "applied_in_time", "没有 怕退不掉") == set()


@pytest.mark.parametrize("text", ["今年五月初六", "去年腊月二十", "刷了四十多回吧"])
def test_a_lunar_day_or_a_count_is_no_age_and_no_sum(text: str) -> None:
    asked = scenario_of("live-tip").question("age")
    told = listener_of("live-tip").hear(Dialogue(), asked, text)
    assert not isinstance(told.result, Accepted)
    assert "amount" not in told.also


@pytest.mark.parametrize(
    ("text", "never"),
    [("色差太大了", "no-reason"), ("左右脚两个尺码", "no-reason"), ("做工糙得没法看", None), ("做工太糙了", "fake")],
)
def test_what_is_wrong_with_the_goods_is_no_change_of_mind_and_no_fake(text: str, never: str | None) -> None:
    found = heard("shop-return", "reason", text)
    assert found != never


@pytest.mark.parametrize(
    ("line", "about"),
    [
        ("我家娃12岁拿我手机刷主播 大概四五千吧 我一点都不晓得", 4500.0),
        ("俺孙子偷着刷快手主播 前前后后七八千块 孩子才十岁", 7500.0),
        ("孩子10岁刷主播 四五千 退了两三千", None),
        ("孩子10岁刷主播 打赏了一两百块", None),
    ],
)
def test_a_rough_sum_told_at_once_is_kept_about_its_middle(line: str, about: float | None) -> None:
    answer = listener_of("live-tip").begin(line)[1].get("amount")

    assert (answer.value if answer is not None else None) == about
    assert answer is None or answer.approximate


@pytest.mark.parametrize(
    ("text", "who"),
    [("10月26号刷的", None), ("昨晚刷的", None), ("昨天被盗刷的", "stolen"), ("孩子10月26号刷的", "minor")],
)
def test_a_day_alone_does_not_say_who_did_it(text: str, who: str | None) -> None:
    told = heard("live-tip", "situation", text)

    assert told == who if who is not None else not isinstance(told, str)
