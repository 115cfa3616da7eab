"""不该留下的不留下，不该说出去的不说出去：隐私号码、导出、删除、日志。"""

import io
import json
import logging
import zipfile

import pytest

from nonebot_plugin_refund.dialogue import private_talk
from nonebot_plugin_refund.dialogue.base import wording
from nonebot_plugin_refund.dialogue.base.turn import Turn
from nonebot_plugin_refund.dialogue.person import personal_data
from nonebot_plugin_refund.storage.backup import backup_register
from nonebot_plugin_refund.storage.person import erasures
from tests.chat.case.test_case_flow import SHOP, TIP
from tests.chat.conversation_harness import OTHER, USER, Bench

PRIVATE = [
    ("身份证号", "11010519491231002X"),
    ("手机号", "13800138000"),
    ("银行卡号", "4111111111111111"),
    ("验证码", "验证码 482913"),
    ("密码", "密码是 abc12345"),
]


def digits_of(said: str) -> str:
    return said.split()[-1]


class TestPrivateNumbers:
    @pytest.mark.parametrize(("kind", "said"), PRIVATE)
    async def test_first_message(self, bench: Bench, kind: str, said: str) -> None:
        (answer,) = await bench.private(f"孩子打赏了，这是我的{said}")
        assert kind in answer
        assert "撤回" in answer
        assert digits_of(said) not in answer
        assert digits_of(said).encode() not in bench.bytes_on_disk()

    @pytest.mark.parametrize(("kind", "said"), PRIVATE)
    async def test_in_the_middle_of_an_interview_the_question_stays_open(
        self, bench: Bench, kind: str, said: str
    ) -> None:
        warning, still_open = await bench.private("打赏", "1", "10", "1", said)
        assert kind in warning
        assert "一共打赏了大约多少元" in still_open
        assert digits_of(said) not in warning + still_open
        assert digits_of(said).encode() not in bench.bytes_on_disk()
        assert list(await bench.answers()) == ["situation", "age", "guardian"]

    @pytest.mark.parametrize(("kind", "said"), PRIVATE)
    async def test_in_a_command_private_and_in_a_group(self, bench: Bench, kind: str, said: str) -> None:
        answers = [
            *await bench.private(f"/退款 孩子打赏 {said}"),
            *await bench.group(f"/退款 孩子打赏 {said}"),
            *await bench.group(f"孩子打赏 {said}", mentioned=True),
        ]
        assert len(answers) == 3
        for answer in answers:
            assert kind in answer
            assert digits_of(said) not in answer
        assert digits_of(said).encode() not in bench.bytes_on_disk()

    async def test_long_digits_are_no_amount(self, bench: Bench) -> None:
        await bench.private("打赏", "1", "10", "1", "110105194912310021")
        assert b"110105194912310021" not in bench.bytes_on_disk()
        assert "amount" not in await bench.answers()

    async def test_no_word_of_the_person_is_on_disk(self, bench: Bench) -> None:
        marked = "我叫欧阳橘子住在枫叶街，"
        await bench.private(
            f"{marked}孩子打赏了主播三千",
            f"{marked}孩子刷的",
            f"{marked}10岁",
            f"{marked}完全不知道",
            f"{marked}今天天气不错",
            "退出",
            f"{marked}",
        )
        await bench.group(f"/退款 {marked}孩子打赏")
        assert "欧阳橘子".encode() not in bench.bytes_on_disk()
        assert json.dumps("欧阳橘子").strip('"').encode() not in bench.bytes_on_disk()


class TestOwnData:
    async def test_export_is_complete_and_only_own(self, bench: Bench) -> None:
        await bench.private(*SHOP, "材料", "1")
        await bench.private(*TIP, user=OTHER)
        own, others = await bench.only_code(), await bench.only_code(OTHER)
        said, about_papers, attached, not_sent = await bench.private("导出我的数据")
        assert own in about_papers
        assert f"：{own}" in not_sent
        exported = json.loads(attached)
        assert said == personal_data.EXPORTED
        assert [case["code"] for case in exported["cases"]] == [own]
        assert len(exported["reminders"]) == 5  # 三次提醒、一次回访、一句问候
        assert len(exported["evidence_ticks"]) == 1
        assert exported["interviews"][0]["state"]["answers"]["received_on"]["value"] == "2026-11-22"
        assert others not in attached
        assert OTHER not in attached

    async def test_the_papers_of_every_case_come_along_as_one_pack(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        code = await bench.only_code()
        _, papers = await bench.replies("导出")
        assert papers.attachment is not None
        with zipfile.ZipFile(io.BytesIO(papers.attachment.made())) as pack:
            assert pack.namelist()
            assert all(name.endswith(f"-{code}.pdf") for name in pack.namelist())
            assert all(pack.read(name).startswith(b"%PDF") for name in pack.namelist())

    async def test_even_a_newcomer_is_told_that_the_visit_is_on_record(self, bench: Bench) -> None:
        exported = json.loads((await bench.private("导出"))[1])
        assert len(exported["person"]) == 1
        assert exported["cases"] == exported["interviews"] == []

    async def test_delete_asks_then_deletes_everything_of_this_person_only(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        await bench.private(*TIP, user=OTHER)
        (asked,) = await bench.private("删除我的数据")
        assert personal_data.CONFIRM_WORD in asked
        assert await bench.private("确认删除") == [personal_data.DELETED]
        for table in ("cases", "interviews", "reminders", "people", "notes", "deliveries"):
            rows = await bench.rows(f"SELECT user_id FROM refund_{table}")
            assert USER not in {row["user_id"] for row in rows}
        assert await bench.only_code(OTHER)
        assert [said for said in await bench.advance(days=5) if "退货" in said] == []

    @pytest.mark.parametrize("text", ["不删", "好", "是的", "删除", "确认"])
    async def test_anything_but_the_exact_word_deletes_nothing(self, bench: Bench, text: str) -> None:
        await bench.private(*SHOP, "删除", text)
        assert await bench.only_code()

    async def test_the_confirmation_works_after_a_restart_but_not_the_next_day(self, bench: Bench) -> None:
        await bench.private(*SHOP, "删除")
        await bench.advance(days=1)
        await bench.private("确认删除")
        assert await bench.only_code()
        await bench.private("删除")
        await bench.restart()
        assert await bench.private("确认删除") == [personal_data.DELETED]

    async def test_closed_cases_are_purged_after_the_set_time(self, bench: Bench) -> None:
        await bench.private(*SHOP, "结案", "1")
        await bench.advance(days=179)
        await bench.assembly.due_changes.tidy(bench.clock.now())
        assert len(await bench.rows("SELECT * FROM refund_cases")) == 1
        await bench.advance(days=2)
        await bench.assembly.due_changes.tidy(bench.clock.now())
        assert await bench.rows("SELECT * FROM refund_cases") == []

    async def test_the_marks_of_the_deleted_stay_until_the_oldest_known_backup_is_gone(self, bench: Bench) -> None:
        folder = bench.file.parent
        for name in ("old", "new"):
            (folder / f"{name}.zip").touch()
            backup_register.note(folder, folder / f"{name}.zip", bench.clock.now())
            if name == "old":
                await bench.private(*SHOP, "删除", "确认删除")
            await bench.advance(days=500)
        journal = folder / erasures.FILE_NAME
        marked = journal.read_text("utf-8")
        assert len(marked.splitlines()) == 1
        await bench.assembly.due_changes.tidy(bench.clock.now())
        assert journal.read_text("utf-8") == marked
        (folder / "old.zip").unlink()
        await bench.assembly.due_changes.tidy(bench.clock.now())
        assert journal.read_text("utf-8").split() == []


class TestLogs:
    async def test_an_internal_error_logs_the_case_but_never_the_words(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        await bench.private(*SHOP)
        code = await bench.only_code()

        async def break_down(turn: Turn) -> list[object]:
            turn.case_codes.append(code)
            raise ValueError(f"could not read {turn.incoming.text!r}")

        monkeypatch.setattr(private_talk, "_heard", break_down)
        with caplog.at_level(logging.DEBUG):
            said = await bench.private("我的秘密是橘子味的枫叶")
        assert said == [wording.FAILED_CASE.format(code=code)]
        assert code in caplog.text
        assert "ValueError" in caplog.text
        assert "break_down" in caplog.text
        assert "橘子" not in caplog.text

    async def test_a_failed_group_message_names_no_case(self, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bench.assembly.reception._services.editions, "_rulebook", None)
        assert await bench.group("/退款") == [wording.FAILED]
        assert await bench.group("孩子打赏主播三千想退款怎么办") == []
