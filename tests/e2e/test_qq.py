"""真的机器人、假的 QQ：进门的规矩在真实的线路上也成立。"""

from tests.e2e.conftest import Strangers
from tests.e2e.harness.bot_process import BotProcess
from tests.e2e.harness.fake_qq import FakeQQ

SURE = "孩子偷偷给主播打赏了三千，能退款吗"
"""没被点名也该接的话。"""


def text(words: str) -> dict[str, object]:
    return {"type": "text", "data": {"text": words}}


async def test_group_command_is_answered_and_chatter_is_not(bot: BotProcess, strangers: Strangers) -> None:
    async with FakeQQ(bot.url, self_id=strangers.account) as qq:
        await qq.say_group(strangers.group, strangers.user, "今天吃什么")
        answer = await qq.ask_group(strangers.group, strangers.user, "/退款 帮助")
        assert "退款" in answer
        assert len(qq.texts_in(strangers.group)) == 1


async def test_mention_in_the_middle_and_unanswerable_reply_are_understood(
    bot: BotProcess, strangers: Strangers
) -> None:
    async with FakeQQ(bot.url, self_id=strangers.account) as qq:
        mention = {"type": "at", "data": {"qq": str(qq.self_id)}}
        await qq.say_group(strangers.group, strangers.user, [text("喂 "), mention, text(" 退款 帮助")])
        await qq.wait_until(lambda: len(qq.texts_in(strangers.group)) == 1)
        await qq.say_group(
            strangers.group, strangers.user, [{"type": "reply", "data": {"id": "404"}}, text("/退款 帮助")]
        )
        await qq.wait_until(lambda: len(qq.texts_in(strangers.group)) == 2)


async def test_private_message_reported_three_times_is_answered_once(bot: BotProcess, strangers: Strangers) -> None:
    async with FakeQQ(bot.url, self_id=strangers.account, friends={strangers.user}) as qq:
        await qq.say_private(strangers.user, "退款 帮助", times=3)
        await qq.wait_until(lambda: len(qq.texts_to(strangers.user)) == 1)
        # 再问一句别的：等到它的回答时，前面三份早该处理完了
        await qq.ask_private(strangers.user, "退款 场景")
        assert len(qq.texts_to(strangers.user)) == 2


async def test_string_reports_are_understood(bot: BotProcess, strangers: Strangers) -> None:
    async with FakeQQ(bot.url, self_id=strangers.account, friends={strangers.user}, message_format="string") as qq:
        assert await qq.ask_private(strangers.user, "退款 帮助")


async def test_reports_without_what_nobody_reads_are_understood_and_a_spoilt_one_of_a_group_bothers_nobody_in_private(
    bot: BotProcess, strangers: Strangers
) -> None:
    stranger = strangers.user + 1
    async with FakeQQ(bot.url, self_id=strangers.account, friends={strangers.user}) as qq:
        await qq.say_private(strangers.user, "退款 帮助", font=None, sender=None, raw_message=None)
        await qq.wait_until(lambda: len(qq.texts_to(strangers.user)) == 1)
        spoilt = {"user_id": strangers.user, "age": "", "nickname": None}
        await qq.say_private(strangers.user, "退款 场景", sender=spoilt, message_id="abc")
        await qq.wait_until(lambda: len(qq.texts_to(strangers.user)) == 2)
        await qq.say_group(strangers.group, stranger, "/退款 我的", anonymous={"name": "某人"})
        await qq.say_group(strangers.group, stranger, "/退款 我的", anonymous={}, font="")
        await qq.wait_until(lambda: len(qq.texts_in(strangers.group)) == 1)
        await qq.ask_group(strangers.group, strangers.user, "/退款 帮助")
        assert len(qq.texts_in(strangers.group)) == 2, "匿名的不理，不是匿名的照答"
        assert qq.texts_to(stranger) == []


async def test_unasked_it_speaks_once_and_leaves_people_who_answer_each_other_alone(
    bot: BotProcess, strangers: Strangers
) -> None:
    quote = {"type": "reply", "data": {"id": "404"}}
    mention = {"type": "at", "data": {"qq": str(strangers.user)}}
    async with FakeQQ(bot.url, self_id=strangers.account) as qq:
        await qq.say_group(strangers.group, strangers.user, [quote, text(SURE)])
        await qq.say_group(strangers.group, strangers.user + 1, [mention, text(" 多少钱呀")])
        await qq.say_group(strangers.group, strangers.user, SURE)
        await qq.say_group(strangers.group + 1, strangers.user, SURE)
        await qq.wait_until(lambda: len(qq.texts_in(strangers.group + 1)) == 1)
        # 别的群里没人在答，接了一句；这个群里等到点名的回答时，前面的早该处理完了
        await qq.ask_group(strangers.group, strangers.user, "/退款 帮助")
        assert len(qq.texts_in(strangers.group)) == 1
