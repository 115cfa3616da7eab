"""危险之后：那句里说了的事接着办，同一段话不念两遍。"""

import itertools

import pytest

from nonebot_plugin_refund.rulebook.wording_models.danger_models import load_dangers
from tests.chat.conversation_harness import Bench

AFRAID = "我12岁 偷偷拿妈妈手机给主播刷了三千多 我怕我爸知道了打死我"
POISONED = "我妈喝了直播间买的饮料 现在上吐下泻 人在急诊"
CHEATED = "快帮帮我 孩子看到返利的 把我卡号密码念给人家了 现在卡里的钱一笔一笔往外走"


def words(kind: str) -> tuple[str, str, str]:
    """一种危险先说的、又说的、之后陪的一句。"""
    found = next(item for item in load_dangers().dangers if item.id == kind)
    return found.answer, found.again, found.after


async def test_what_was_told_in_the_dangerous_message_need_not_be_told_again(bench: Bench) -> None:
    (first,) = await bench.private(AFRAID)
    second = "\n".join(await bench.private("没打我 就是怕"))

    assert first.startswith(words("violence")[0])
    assert "我自己刷的，我没满 18 岁" in second
    assert "谁打赏的，或者" not in second, "说过的又问了一遍"


@pytest.mark.parametrize("word", ["继续", "接着说"])
async def test_going_on_after_a_danger_begins_the_matter_told_in_it(bench: Bench, word: str) -> None:
    await bench.private("直播间买的减肥药 吃了头晕心慌 想退")
    said = "\n".join(await bench.private(word))
    assert "退货原因 食品变质" in said


async def test_the_same_danger_again_is_answered_with_other_words(bench: Bench) -> None:
    (first,) = await bench.private(POISONED)
    (second,) = await bench.private("还在上吐下泻 医生说是中毒 在洗胃")

    answer, again, _ = words("illness")
    assert first.startswith(answer)
    assert second == again


async def test_the_same_words_are_never_said_twice_running(bench: Bench) -> None:
    said = [(await bench.private(CHEATED))[0]]
    for more in ("他又打电话说交五百解冻", "他让我把验证码念给他", "还叫我先转两千保证金", "又说要先交手续费才能退"):
        said.append((await bench.private(more))[0])

    assert all(before != after for before, after in itertools.pairwise(said)), said


@pytest.mark.parametrize("offer", ["有人说能帮我追回来 要先交五百", "网上有个黑客说能追 先收定金"])
async def test_who_offers_to_get_the_money_back_for_a_fee_is_named_as_the_next_fraud(bench: Bench, offer: str) -> None:
    await bench.private(CHEATED)
    (said,) = await bench.private(offer)

    assert "又一个骗局" in said
    assert "止付" in (await bench.private("钱还在一笔一笔往外转 有人说能帮我追 要先交五百"))[0]


async def test_a_question_after_a_fraud_is_answered(bench: Bench) -> None:
    await bench.private(CHEATED)
    await bench.private("打了110了 银行也冻结了")
    (said, *_) = await bench.private("那两千还能追回来吗")

    assert "96110" in said
    assert said != words("fraud")[1]


async def test_where_nothing_was_told_the_person_is_not_sent_to_a_menu(bench: Bench) -> None:
    (first,) = await bench.private(CHEATED)
    (second,) = await bench.private("打了110了 银行也冻结了")

    answer, _, after = words("fraud")
    assert first.startswith(answer)
    assert second == after


@pytest.mark.parametrize("said", ["退款", "我的", "帮助"])
async def test_a_command_after_a_danger_is_a_command(bench: Bench, said: str) -> None:
    await bench.private(AFRAID)
    (answered, *_) = await bench.private(said)

    assert "刷的" not in answered.splitlines()[0]


async def test_who_wants_to_die_is_not_asked_about_money(bench: Bench) -> None:
    await bench.private("钱都打赏光了 我真的不想活了")
    (second,) = await bench.private("没人陪我 就我一个人在屋里")

    assert second in words("self-harm")
    assert "元" not in second


async def test_the_words_of_the_dangerous_message_are_not_kept(bench: Bench) -> None:
    await bench.private(AFRAID)

    kept = await bench.rows("SELECT payload FROM refund_notes")
    assert kept
    assert "打死" not in str(kept)
    assert "偷偷" not in str(kept)


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("空气炸锅炸了 冒烟烧起来 我手烫到起泡了", "119"),
        ("充电宝爆炸 把我腿烧伤了", "凉水"),
        ("喝他卖的茶 我妈把降压药停了两天 头昏", "血压"),
    ],
)
async def test_a_burn_and_stopped_medicine_are_told_what_helps_them(bench: Bench, said: str, first: str) -> None:
    (answered, *_) = await bench.private(said)

    assert first in answered
    assert "别再吃、别再用" not in answered


async def test_in_an_interview_the_open_question_waits_after_a_fright(bench: Bench) -> None:
    await bench.private("充值", "没用完", "支付宝充的", "号被封了")
    (stop,) = await bench.private("他让我报一下短信验证码 我刚念了前三位 后面三位还没说")
    (asked,) = await bench.private("天哪 已经说了一半了 会不会他就能登我号了")
    (afraid,) = await bench.private("吓死我了 我胆子小 心砰砰跳")

    assert stop.startswith("停！")
    assert "密码" in asked
    assert "继续" in afraid
    assert "封的号里" not in asked + afraid

    (still_open, *_) = await bench.private("继续")
    assert "封的号里" in still_open


async def test_an_answer_after_a_fright_is_an_answer(bench: Bench) -> None:
    await bench.private("充值", "没用完", "支付宝充的", "号被封了")
    await bench.private("他让我报一下短信验证码 我刚念了前三位 后面三位还没说")

    said = "\n".join(await bench.private("自己充的快币"))

    assert "剩下的钱" in said


async def test_who_is_in_despair_is_stayed_with_while_a_case_goes_on(bench: Bench) -> None:
    await bench.private("退货", "1", "1", "昨天", "1", "1")
    (first, *_) = await bench.private("我不想活了")
    said = "\n".join(await bench.private("我妈睡了 就我一个人"))

    assert "12356" in first
    assert said in words("self-harm")[1] + load_dangers().dangers[0].calm
    assert "没听明白" not in said


@pytest.mark.parametrize("said", ["我没敢打 我先跟姑姑说了", "真没人打我 妈妈知道了"])
async def test_a_denial_of_violence_is_no_alarm(bench: Bench, said: str) -> None:
    assert "110" not in "\n".join(await bench.private("孩子打赏", said))


async def test_a_joke_after_plain_despair_is_no_all_clear(bench: Bench) -> None:
    (answered, *_) = await bench.private("我不想活了 哈哈开玩笑的 就是觉得自己没用")

    assert "12356" in answered


async def test_blackmail_is_told_what_helps_against_it(bench: Bench) -> None:
    (answered, *_) = await bench.private("她威胁我 说不给钱就把我的裸照发到我公司")

    assert "别给钱" in answered


@pytest.mark.parametrize("said", ["还没申请", "主播说能治高血压 根本治不了"])
async def test_after_an_illness_whatever_is_told_of_the_goods_begins_their_matter(bench: Bench, said: str) -> None:
    await bench.private("我妈喝了直播间买的降压饮料把药停了 人在医院", "人没事了 在住院")
    (told, *_) = await bench.private(said)
    assert "退货的事我陪你一步步来" in told


async def test_after_a_fraud_whoever_tells_how_it_was_spent_here_begins_that_matter(bench: Bench) -> None:
    await bench.private("骗子让我把验证码给他")
    told = "\n".join(await bench.private("钱是在快手里送礼物送掉的"))
    assert "打赏" in told
    assert "谁刷的" in told
