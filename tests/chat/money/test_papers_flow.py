"""文书：私聊里列出、选一份、发文字和 PDF；只给本人，只写说过的。"""

from datetime import timedelta

import pytest

from nonebot_plugin_refund.dialogue.base import wording
from nonebot_plugin_refund.dialogue.base.turn import Attachment, Reply
from nonebot_plugin_refund.render import paper_docx
from nonebot_plugin_refund.render.texts.paper_text import PDF_NOT_SENT, WORD_MISSING
from tests.chat.conversation_harness import OTHER, Bench

SHOP = ("退货", "1", "1", "昨天", "1", "1")
TIP = ("打赏", "1", "10", "1", "5000", "1 3", "上周五")
AS_MINOR = ("打赏", "3", "6")


async def replied(bench: Bench, text: str) -> list[Reply]:
    """他说一句，没发出去之前的回答。"""
    incoming = bench.incoming(text)
    assert incoming is not None
    return list(await bench.assembly.reception.receive(incoming))


async def test_papers_are_listed_by_number_and_sent_as_text_and_pdf(bench: Bench) -> None:
    await bench.private(*SHOP)
    listed = await bench.private("文书")
    assert listed[0].splitlines()[1:] == [
        "1. 售后申请理由", "2. 发给商家的话", "3. 请平台客服升级处理", "4. 时间经过"
    ]  # fmt: skip
    introduction, last = await replied(bench, "1")
    assert "抄到售后申请" in introduction.text
    assert (
        last.text
        == "申请七天无理由退货退款。商品于2026年11月22日签收。商品完好，只拆开看过、试过。请同意退货，并告知退货地址。"
    )
    code = await bench.only_code()
    assert last.attachment is not None
    assert last.attachment.name == f"售后申请理由-{code}.pdf"
    assert last.attachment.text == PDF_NOT_SENT
    assert last.attachment.made().startswith(b"%PDF-")


async def test_the_pdf_is_not_made_before_the_answer_is_committed(bench: Bench) -> None:
    await bench.private(*SHOP, "文书")
    (*_, last) = await replied(bench, "2")
    assert isinstance(last.attachment, Attachment)
    assert callable(last.attachment.content)


async def test_one_may_ask_for_another_or_by_name_or_at_once(bench: Bench) -> None:
    await bench.private(*SHOP, "文书", "1")
    assert "依据（" in (await bench.private("2"))[1]
    assert "经过：" in (await bench.private("时间经过"))[1]
    code = await bench.only_code()
    assert "抄到售后申请" in (await bench.private(f"/退款 文书 {code} 1"))[0]
    assert "抄到售后申请" in (await bench.private("文书 1"))[0]


async def test_a_number_that_is_no_paper_is_not_taken_for_one(bench: Bench) -> None:
    await bench.private(*SHOP, "文书")
    said = await bench.private("9")
    assert not any("《" in text for text in said)


async def test_the_stage_changes_what_there_is_to_write(bench: Bench) -> None:
    await bench.private(*SHOP)
    await bench.private("申请交上去了")
    assert "售后申请理由" not in (await bench.private("文书"))[0]
    await bench.private("商家拒绝了")
    listed = (await bench.private("文书"))[0]
    assert "售后申请理由" in listed
    assert "12315 投诉书" in listed


async def test_a_paper_tells_ticks_and_reported_events_with_honest_days(bench: Bench) -> None:
    await bench.private(*SHOP, "材料", "1")
    bench.clock.moment += timedelta(days=2)
    await bench.private("申请交上去了")
    bench.clock.moment += timedelta(days=2)
    await bench.private("更新", "2 昨天")
    paper = "\n".join(await bench.private("文书", "12315 投诉书"))
    assert "2026年11月22日：签收" in paper
    assert "不晚于2026年11月25日：申请交上去了" in paper
    assert "还没备好的：" in paper
    assert "备好）" not in paper


async def test_a_day_that_was_said_is_told_as_that_day(bench: Bench) -> None:
    await bench.private(*SHOP)
    bench.clock.moment += timedelta(days=4)
    await bench.private("更新", "1 前天")
    paper = "\n".join(await bench.private("文书", "时间经过"))
    assert "\n2026年11月25日：申请交上去了" in paper


async def test_a_number_before_the_day_is_not_its_month(bench: Bench) -> None:
    await bench.private(*SHOP)
    bench.clock.moment += timedelta(days=7)
    await bench.private("更新", "1 29号")
    paper = "\n".join(await bench.private("文书", "时间经过"))
    assert "\n2026年11月29日：申请交上去了" in paper


async def test_a_day_before_the_case_was_opened_is_told_as_that_day(bench: Bench) -> None:
    """早于立案的日子就是那天，不写成立案那天。"""
    await bench.private(*SHOP)
    bench.clock.moment += timedelta(days=2)
    await bench.private("更新", "1 11月22日")
    paper = "\n".join(await bench.private("文书", "时间经过"))
    assert "2026年11月22日：申请交上去了" in paper
    assert "不晚于2026年11月22日" not in paper


async def test_a_guardian_gets_a_statement_with_blanks_for_every_name_and_number(bench: Bench) -> None:
    await bench.private(*TIP)
    listed = (await bench.private("文书"))[0]
    assert "监护人情况说明" in listed
    paper = "\n".join(await bench.private("监护人情况说明"))
    for label in ("监护人姓名", "监护人身份证号", "孩子姓名", "孩子出生日期", "快手号"):
        assert f"「＿＿＿＿（{label}）」" in paper
    assert "当时孩子10岁" in paper
    assert "打赏总额为5000 元" in paper


async def test_an_adult_passing_as_a_child_gets_no_paper(bench: Bench) -> None:
    await bench.private(*AS_MINOR)
    said = await bench.private("文书")
    assert len(said) == 1
    assert "没有适合写的文书" in said[0]


async def test_only_the_owner_and_only_in_private(bench: Bench) -> None:
    await bench.private(*SHOP)
    code = await bench.only_code()
    assert "没有找到你名下的案件" in (await bench.private(f"文书 {code}", user=OTHER))[0]
    in_group = await bench.group(f"/退款 文书 {code}")
    assert in_group == [wording.ONLY_IN_PRIVATE.format(word="文书")]
    assert await bench.temporary(f"文书 {code}") == [wording.ADD_FRIEND_FIRST]


async def test_a_closed_case_still_has_its_timeline(bench: Bench) -> None:
    await bench.private(*SHOP)
    code = await bench.only_code()
    await bench.private("结案", "4")
    listed = (await bench.private(f"文书 {code}"))[0]
    assert listed.splitlines()[1:] == ["1. 时间经过"]


async def test_somebody_in_the_middle_of_an_interview_can_still_pick_a_paper(bench: Bench) -> None:
    await bench.private(*SHOP)
    code = await bench.only_code()
    await bench.private("打赏")
    await bench.private(f"/退款 文书 {code}")
    assert "抄到售后申请" in (await bench.private("1"))[0]


async def test_a_paper_to_fill_in_comes_as_a_word_file_too(bench: Bench) -> None:
    await bench.private(*TIP, "文书")
    *_, pdf, word = await replied(bench, "授权委托书")
    code = await bench.only_code()
    assert pdf.attachment is not None
    assert pdf.attachment.name == f"授权委托书-{code}.pdf"
    assert word.attachment is not None
    assert word.attachment.name == f"授权委托书-{code}.docx"
    assert word.attachment.made().startswith(b"PK")


async def test_without_the_library_it_says_how_to_fill_in_all_the_same(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_docx, "LIBRARY", "no_such_library_anywhere")
    await bench.private(*TIP, "文书")
    *_, word = await replied(bench, "授权委托书")
    assert word.text == WORD_MISSING
    assert word.attachment is None


@pytest.mark.parametrize("asked", ["帮我写个申请理由", "那个申请理由给我写一份呗", "1 申请理由"])
async def test_a_paper_asked_for_by_name_is_written_at_once(bench: Bench, asked: str) -> None:
    await bench.private(*SHOP)
    await bench.private("退货运费谁出")
    introduction, *_ = await bench.private(asked)
    assert introduction.startswith("《售后申请理由》")


async def test_a_paper_nobody_can_tell_is_listed(bench: Bench) -> None:
    await bench.private(*SHOP)
    (listed,) = await bench.private("帮我写个东西")
    assert "1. 售后申请理由" in listed


async def test_a_number_with_other_words_is_no_pick_from_questions(bench: Bench) -> None:
    await bench.private(*TIP)
    (listed,) = await bench.private("等下 孩子要签字吗")
    assert listed.splitlines()[1].startswith("1. ")
    assert "《" in (await bench.private("1 申请说明"))[0]
