"""机器人说出去的每个字都只是字：谁写的 CQ 码、@全体，说出去都不起作用。"""

from dataclasses import replace
from typing import Any

import pytest
from nonebot.adapters.onebot.v11 import Message

from nonebot_plugin_refund.delivery.messenger import Account
from tests.chat.events import GROUP_ID, SELF_ID, USER_ID, group_message, private_message
from tests.chat.platform_harness import Platform

EVERYBODY = "[CQ:at,qq=all]"
HOSTILE = f"{EVERYBODY}&#91;CQ:at,qq=all&#93;[CQ:image,file=http://evil.example/a.png]@全体成员{{0}}%s"
UNSEEN = "\u202e\u202a\u2066\u2069\u200b\u200f\u00ad\ufeff\U000e0041\x1b"
"""改变方向的、看不见的。"""
ACCOUNT = Account("OneBot V11", str(SELF_ID))
SHOP = ("退货", "1", "1", "昨天", "1", "1")


def only_text(calls: list[dict[str, Any]]) -> bool:
    """每次调用都是消息段的列表，里面只有文字；转成 CQ 码也没有一个没转义的方括号。"""
    return all(
        isinstance(call["message"], Message)
        and {segment.type for segment in call["message"]} == {"text"}
        and "[CQ:" not in str(call["message"])
        for call in calls
    )


async def test_whatever_is_said_goes_out_as_text_by_every_way(qq: Platform) -> None:
    messenger = qq.runtime.messenger
    await messenger.send_private(ACCOUNT, str(USER_ID), HOSTILE)
    await messenger.send_to_group(ACCOUNT, str(GROUP_ID), HOSTILE)
    await messenger.send_to_stranger(ACCOUNT, str(USER_ID), str(GROUP_ID), HOSTILE)
    assert len(qq.calls.sent) == 3
    assert only_text(qq.calls.sent)
    assert all(call["message"].extract_plain_text() == HOSTILE for call in qq.calls.sent)


async def test_what_nobody_sees_never_goes_out_whoever_wrote_it(qq: Platform) -> None:
    messenger = qq.runtime.messenger
    text = f"退{UNSEEN}款\n第二行"
    await messenger.send_private(ACCOUNT, str(USER_ID), text)
    await messenger.send_to_group(ACCOUNT, str(GROUP_ID), text)
    await messenger.send_to_stranger(ACCOUNT, str(USER_ID), str(GROUP_ID), text)
    assert {call["message"].extract_plain_text() for call in qq.calls.sent} == {"退款\n第二行"}
    await messenger.mention_in_group(ACCOUNT, str(GROUP_ID), str(USER_ID), text)
    for said in (f"/退款 {UNSEEN}进去", f"/退款 进度 {UNSEEN}号", f"/退款 场景 {UNSEEN}场景"):
        await qq.receive(group_message(said))
        await qq.receive(private_message(said))
    # 不看整个调用的 str：里面看不见的字都写成了转义的样子
    said = "".join(call["message"].extract_plain_text() for call in qq.calls.sent)
    assert "退款" in said
    assert not set(said) & set(UNSEEN)


async def test_a_mention_names_one_person_and_the_rest_is_text(qq: Platform) -> None:
    await qq.runtime.messenger.mention_in_group(ACCOUNT, str(GROUP_ID), str(USER_ID), HOSTILE)
    (call,) = qq.calls.sent
    assert [segment.type for segment in call["message"]] == ["at", "text"]
    assert call["message"][0].data["qq"] == str(USER_ID)


async def test_what_people_write_never_comes_back_as_more_than_text(qq: Platform) -> None:
    sender = {"user_id": USER_ID, "nickname": EVERYBODY, "card": HOSTILE, "title": EVERYBODY}
    for text in (EVERYBODY, "进去", "[CQ", f"进度 {EVERYBODY}", f"场景 {HOSTILE}", HOSTILE):
        await qq.receive(group_message(f"/退款 {text}", sender=sender))
        await qq.receive(private_message(f"退款 {text}", sender=sender))
    for text in (*SHOP, HOSTILE, f"进度 {HOSTILE}", "导出"):
        await qq.receive(private_message(text, sender=sender))
    assert len(qq.calls.sent) > 15
    assert only_text(qq.calls.sent)
    uploaded = str(qq.calls.named("upload_private_file"))
    assert "evil.example" not in uploaded


async def test_what_a_rulebook_says_is_text_too(qq: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    """手册是志愿者写的：里面抄进一段 CQ 码，也只是字。"""
    assert qq.runtime.opened is not None
    editions = qq.runtime.opened.reception._services.editions
    book = editions._rulebook
    loaded = tuple(
        replace(item, scenario=item.scenario.model_copy(update={"opening": HOSTILE, "group_answer": HOSTILE}))
        for item in book.loaded
    )
    monkeypatch.setattr(editions, "_rulebook", replace(book, loaded=loaded, _editions={}))
    (opened, *_) = await qq.receive(private_message("退货"))
    await qq.receive(group_message("/退款 退货"))
    assert "全体成员" in opened
    assert len(qq.calls.sent) == 2
    assert only_text(qq.calls.sent)
