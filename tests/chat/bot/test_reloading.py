"""不重启换手册：先看再换，写坏了不换；启动时写坏了先用上一次能用的那份。"""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from nonebot_plugin_refund.dialogue.rulebooks.editions import Editions
from nonebot_plugin_refund.dialogue.rulebooks.in_force import RulebookInForce
from nonebot_plugin_refund.domain.understanding.scenarios import Classifier
from nonebot_plugin_refund.rulebook import operator_folder
from nonebot_plugin_refund.rulebook.findings import RulebookError
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.wording_models.signals import load_signals
from tests.chat.conversation_harness import MORNING, USER, Bench

TOP_UP = Path(operator_folder.__file__).with_name("content") / "top-up.yaml"
OWNER = "10000"
HELLO = "opening: 这是我自己写的开场。"


def write_own(own: Path, *, opening: str = HELLO, broken: bool = False) -> None:
    """在自己的文件夹里放一份改过开场的充值场景。"""
    own.mkdir(parents=True, exist_ok=True)
    text = TOP_UP.read_text(encoding="utf-8")
    lines = [opening if line.startswith("opening:") else line for line in text.splitlines()]
    if broken:
        lines.append("nonsense: 1")
    (own / "top-up.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def in_force_in(folder: Path) -> RulebookInForce:
    editions = Editions(load_rulebook())
    return RulebookInForce.opened(editions, folder, Classifier(load_signals()), MORNING)


@pytest.fixture
async def reloading(bench: Bench, tmp_path: Path) -> Bench:
    """一台有自己的手册文件夹（还是空的）的机器。"""
    bench.in_force = in_force_in(tmp_path)
    await bench.restart()
    return bench


async def owner(bench: Bench, text: str) -> str:
    return "\n".join(await bench.private(f"/退款 管理 {text}", user=OWNER, is_superuser=True))


async def test_looking_first_changes_nothing_and_confirming_changes_it_for_everybody(
    reloading: Bench, tmp_path: Path
) -> None:
    await reloading.private("充值", "退出")
    write_own(tmp_path / "rulebook")
    said = await owner(reloading, "重载")
    assert "改了：" in said
    assert "确认" in said
    assert HELLO.partition(" ")[2] not in (await reloading.private("充值", user="4"))[0]

    assert "换上了" in await owner(reloading, "重载 确认")

    assert HELLO.partition(" ")[2] in (await reloading.private("充值", user="5"))[0]
    status = await owner(reloading, "手册")
    assert "（自己的）" in status
    assert str(tmp_path / "rulebook") in status


async def test_new_words_alone_are_told_and_heard(reloading: Bench, tmp_path: Path) -> None:
    write_own(tmp_path / "rulebook")
    await owner(reloading, "重载")
    await owner(reloading, "重载 确认")
    path = tmp_path / "rulebook" / "top-up.yaml"
    words = "recognised_by:\n  needs_one_of: [谷子圈]\n  and_one_of: [撞色]\n"
    path.write_text(path.read_text(encoding="utf-8") + words, encoding="utf-8")
    assert reloading.in_force is not None
    classifier = reloading.in_force.classifier

    assert "识别用的词" in await owner(reloading, "重载")
    assert classifier.classify("谷子圈撞色").scenario is None
    await owner(reloading, "重载 确认")

    assert classifier.classify("谷子圈撞色").scenario == "top-up"


async def test_a_broken_file_is_refused_in_words_and_the_good_one_stays(reloading: Bench, tmp_path: Path) -> None:
    write_own(tmp_path / "rulebook", broken=True)
    said = await owner(reloading, "重载")
    assert "top-up.yaml 第" in said
    assert "现在用的照旧" in said
    assert "没有换" in await owner(reloading, "重载 确认")
    assert (await reloading.private("充值"))[0]


async def test_many_findings_are_shortened(reloading: Bench, tmp_path: Path) -> None:
    write_own(tmp_path / "rulebook")
    file = tmp_path / "rulebook" / "top-up.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "".join(f"extra{n}: 1\n" for n in range(6)), encoding="utf-8")
    said = await owner(reloading, "重载")
    assert "还有 3 处，用 refund lint 看全部" in said


@pytest.mark.parametrize("meanwhile", ["time", "edit", "nothing tried"])
async def test_only_what_was_just_looked_at_can_be_confirmed(reloading: Bench, tmp_path: Path, meanwhile: str) -> None:
    write_own(tmp_path / "rulebook")
    if meanwhile != "nothing tried":
        await owner(reloading, "重载")
    if meanwhile == "time":
        reloading.clock.moment += timedelta(minutes=11)
    if meanwhile == "edit":
        write_own(tmp_path / "rulebook", opening="opening: 又改了。")
    assert "没有换" in await owner(reloading, "重载 确认")
    assert HELLO.partition(" ")[2] not in (await reloading.private("充值"))[0]


async def test_open_cases_are_counted_by_what_becomes_of_them(reloading: Bench, tmp_path: Path) -> None:
    await reloading.private("充值")
    for _ in range(8):
        if await reloading.rows("SELECT id FROM refund_cases"):
            break
        await reloading.private("1")
        await reloading.private("昨天")
    assert await reloading.rows("SELECT id FROM refund_cases")
    write_own(tmp_path / "rulebook")
    assert "1 件案件直接换过去" in await owner(reloading, "重载")
    await owner(reloading, "重载 确认")
    while await reloading.assembly.mover.step(reloading.clock.now()):
        pass
    (event,) = await reloading.rows("SELECT event_id FROM refund_case_events")
    assert event["event_id"] == "edition_adopted"


async def test_the_same_files_need_no_reload(reloading: Bench) -> None:
    assert "不用换" in await owner(reloading, "重载")


async def test_only_the_owner_may(reloading: Bench, tmp_path: Path) -> None:
    write_own(tmp_path / "rulebook")
    for text in ("重载", "重载 确认", "手册"):
        said = "\n".join(await reloading.private(f"/退款 管理 {text}", user=USER))
        assert "只有机器人的主人" in said


async def test_another_process_with_the_same_folder_follows(reloading: Bench, tmp_path: Path) -> None:
    other = in_force_in(tmp_path)
    write_own(tmp_path / "rulebook")
    now = reloading.clock.now()
    assert not await other.follow(reloading.assembly.database, now)
    reloading.clock.moment += timedelta(minutes=1)
    await owner(reloading, "重载")
    await owner(reloading, "重载 确认")
    assert reloading.in_force is not None
    assert not await reloading.in_force.follow(reloading.assembly.database, now)
    assert await other.follow(reloading.assembly.database, now)
    assert other.editions.digests() == reloading.in_force.editions.digests()
    assert not await other.follow(reloading.assembly.database, now)


async def test_another_process_with_another_folder_stays_as_it_is(reloading: Bench, tmp_path: Path) -> None:
    other = in_force_in(tmp_path / "elsewhere")
    before = other.editions.digests()
    write_own(tmp_path / "rulebook")
    reloading.clock.moment += timedelta(minutes=1)
    await owner(reloading, "重载")
    await owner(reloading, "重载 确认")
    assert not await other.follow(reloading.assembly.database, reloading.clock.now())
    assert other.editions.digests() == before


def test_a_file_broken_while_the_bot_was_down_starts_with_the_last_good_one(tmp_path: Path) -> None:
    write_own(tmp_path / "rulebook")
    good = in_force_in(tmp_path)
    write_own(tmp_path / "rulebook", broken=True)
    again = in_force_in(tmp_path)
    assert again.editions.digests() == good.editions.digests()
    assert again.broken


def test_without_a_last_good_one_a_broken_file_stops_the_start(tmp_path: Path) -> None:
    write_own(tmp_path / "rulebook", broken=True)
    with pytest.raises(RulebookError):
        in_force_in(tmp_path)


def test_a_copy_cut_off_half_way_is_not_taken_for_a_good_one(tmp_path: Path) -> None:
    write_own(tmp_path / "rulebook")
    half = tmp_path / "rulebook-last-good.new"
    shutil.copytree(tmp_path / "rulebook", half)
    (half / "half.yaml").write_text("id: half", encoding="utf-8")
    in_force_in(tmp_path)
    assert [path.name for path in (tmp_path / "rulebook-last-good").iterdir()] == ["top-up.yaml"]
    assert not half.exists()
