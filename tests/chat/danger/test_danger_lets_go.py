"""危险：已经做到哪一步了照着说；同一句里的进展照记；陪过一句就接着听；说退款的事不往危险里听。"""

import pytest

from nonebot_plugin_refund.domain.understanding.danger import danger_reader
from tests.chat.conversation_harness import Bench

TIP = ("孩子十二岁偷偷打赏主播三千二 我们完全不知道", "用他自己的手机 有聊天", "上周五刷的")


async def test_what_was_already_given_away_is_answered(bench: Bench) -> None:
    await bench.private("有客服主动打给我 说误开了会员")

    stop, *rest = await bench.private("我屏幕都共享了十分钟了 验证码也念给他了 咋办咋办")

    assert stop.startswith("停！")
    assert "给过信息或共享过屏幕" in "\n".join(rest)
    assert "改支付和登录密码" in "\n".join(rest)
    assert "撤销了" in "\n".join(await bench.private("撤销"))
    assert await bench.rows("SELECT id FROM refund_cases") == []


async def test_news_in_a_dangerous_sentence_is_noted_too(bench: Bench) -> None:
    await bench.private(*TIP)

    first, *rest = await bench.private("他爸要打死他 我说别打 申请已经在 App 里提交了")

    assert "110" in first or "安全" in first
    assert "好，记下：已在 App 里提交" in "\n".join(rest)
    assert "撤销了：已在 App 里提交" in "\n".join(await bench.private("撤销"))
    assert await bench.rows("SELECT id FROM refund_case_events WHERE undone_at IS NULL") == []


async def test_after_one_kind_word_it_listens_again(bench: Bench) -> None:
    await bench.private(*TIP)
    await bench.private("我爸知道了会打死我的")
    await bench.private("呜呜 我好害怕")

    told = "\n".join(await bench.private("我今天心情好一点了 客服那边说不给退"))

    assert "12355" not in told


@pytest.mark.parametrize(
    "said",
    [
        "申请了强制执行 昨天执行到了两万 全部到了",
        "哦要得 那我不收他的了 我女儿刚才帮我点了那个售后 仅退款 退49.8",
        "我真没事 没有人打我 我们继续说退钱的事好吗",
        "就是夸张说法 他没打过我",
    ],
)
def test_ordinary_talk_is_no_danger(said: str) -> None:
    assert danger_reader().find(said, veiled=True) is None


async def test_what_was_given_away_is_put_right_after_the_verdict(bench: Bench) -> None:
    await bench.private("有客服主动打给我 说误开了会员", "还没转 他还在催我 什么都没做")

    told = "\n".join(await bench.private("我验证码给他了啊 屏幕也共享了 怎么叫啥都没做"))

    assert "给过信息或共享过屏幕" in told
