"""改、存、撤销：只写不同之处，只碰操作者的文件夹，写坏的不存。"""

from pathlib import Path

import pytest

from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.workshop.bench import RefusedError
from nonebot_plugin_refund.workshop.changes import differences_in, effects, readiness
from nonebot_plugin_refund.workshop.checking import checked
from nonebot_plugin_refund.workshop.fields import Field, FieldKind, inner_value, value_at, written
from nonebot_plugin_refund.workshop.overlay_edits import NotHereError, change_field
from nonebot_plugin_refund.workshop.own_folder import OutsideError
from nonebot_plugin_refund.workshop.state import State

FILE = "top-up.yaml"
SAID = "充值的事先别急，答几个小问题，就知道该找谁了。"


def field(state: State, part: str, label: str) -> Field:
    """充值场景里的一处。"""
    found = next(one for one in state.parts("top-up") if one.key == part)
    return next(one for one in found.fields if one.label == label)


def change(state: State, part: str, label: str, text: str) -> None:
    """改一处。"""
    packaged = written(state.packaged.edition("top-up").scenario)
    change_field(state.bench, "top-up", field(state, part, label), packaged, text)


def test_only_what_differs_is_written(state: State, folder: Path) -> None:
    change(state, "opening", "私聊开头", SAID)
    change(state, "questions/problem", "选项2：选项或按钮上的字", "同一笔扣了两回")
    change(state, "questions/problem", "选项2：还可以怎么说", "扣了两遍")
    assert not folder.exists()

    state.bench.save(FILE)

    written_text = (folder / FILE).read_text(encoding="utf-8")
    kept, _, originals = written_text.partition("\n# 随包的原文")
    assert kept.splitlines()[1:] == [
        "scenario: top-up",
        f"opening: {SAID}",
        "questions:",
        "- id: problem",
        "  options:",
        "  - id: double",
        "    label: 同一笔扣了两回",
        "    aliases:",
        "    - 扣了两遍",
    ]
    assert "同一笔扣了两次" in originals
    assert load_rulebook(folder).edition("top-up").scenario.opening == SAID


def test_changing_it_back_leaves_nothing(state: State, folder: Path) -> None:
    change(state, "questions/problem", "选项2：选项或按钮上的字", "同一笔扣了两回")
    change(state, "questions/problem", "选项2：选项或按钮上的字", "同一笔扣了两次")

    assert state.bench.drafts == {}
    assert not folder.exists()


def test_a_limit_without_a_name_is_written_with_its_list(state: State) -> None:
    change(state, "stages/prepare", "时限1：多长：期限：数目", "48")

    found = state.bench.check()

    assert found.is_ready
    assert found.book is not None
    stage = next(one for one in found.book.edition("top-up").scenario.stages if one.id == "prepare")
    assert stage.timers[0].lengths[0].limit.n == 48
    with pytest.raises(ValueError, match="只写数字"):
        change(state, "stages/prepare", "时限1：多长：期限：数目", "48小时")


def test_what_is_broken_is_said_on_its_line_and_not_saved(state: State, folder: Path) -> None:
    change(state, "opening", "私聊开头", "先问几个问题，多扣的一定能退。")

    with pytest.raises(RefusedError) as refused:
        state.bench.save(FILE)

    (note,) = refused.value.notes
    assert (note.name, note.line) == (FILE, 3)
    assert "打包票" in note.message
    assert not folder.exists()
    state.bench.change(FILE, "scenario: top-up\nopening：写错了冒号\n")
    assert [(one.name, one.line) for one in state.bench.check().notes] == [(FILE, 2)]


def test_the_last_save_is_undone(state: State, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / FILE).write_text("scenario: top-up\nsummary: 充值的事\n", encoding="utf-8")
    before = (folder / FILE).read_bytes()
    change(state, "opening", "私聊开头", SAID)
    state.bench.save(FILE)
    assert SAID in (folder / FILE).read_text(encoding="utf-8")

    assert state.bench.undo() == FILE

    assert (folder / FILE).read_bytes() == before
    with pytest.raises(RefusedError, match="没有存过"):
        state.bench.undo()


def test_a_file_changed_elsewhere_is_left_alone(state: State, folder: Path) -> None:
    change(state, "opening", "私聊开头", SAID)
    folder.mkdir(parents=True)
    (folder / FILE).write_text("scenario: top-up\nsummary: 别人刚写的\n", encoding="utf-8")

    with pytest.raises(RefusedError, match="在别处改过了"):
        state.bench.save(FILE)

    assert "别人刚写的" in (folder / FILE).read_text(encoding="utf-8")


def test_ones_own_notes_are_never_lost(state: State, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / FILE).write_text("# 我写的说明\nscenario: top-up\nsummary: 充值的事\n", encoding="utf-8")

    with pytest.raises(NotHereError, match="YAML"):
        change(state, "opening", "私聊开头", SAID)


@pytest.mark.parametrize(
    "name", ["../outside.yaml", "/etc/x.yaml", "a/b.yaml", ".hidden.yaml", "x.txt", "", "..\\x.yaml"]
)
def test_nothing_outside_the_folder_is_touched(state: State, folder: Path, name: str) -> None:
    for touch in (lambda: state.bench.text(name), lambda: state.bench.change(name, "a: 1\n")):
        with pytest.raises(OutsideError):
            touch()
    assert not folder.parent.exists()


def test_a_link_to_the_outside_is_neither_read_nor_written(state: State, folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "secret.yaml"
    outside.write_text("别人的", encoding="utf-8")
    folder.mkdir(parents=True)
    (folder / "link.yaml").symlink_to(outside)

    assert state.bench.names() == []
    with pytest.raises(OutsideError):
        state.bench.text("link.yaml")


def test_what_the_changes_do_is_told(state: State, folder: Path) -> None:
    change(state, "opening", "私聊开头", SAID)
    state.checked = state.bench.check()

    (difference,) = differences_in(state.checked)
    assert (difference.where, difference.after) == (f"{FILE} 第 3 行：opening", f"“{SAID}”")
    assert "先问几个问题" in difference.before
    assert any("快币充值" in line for line in effects(state))
    assert f"还没存：{FILE}" in readiness(state)
    folder.mkdir(parents=True)
    (folder / "x.yaml.txt").write_text("", encoding="utf-8")
    assert any("x.yaml.txt" in line for line in readiness(state))


def test_every_place_offered_can_be_written_as_a_difference(state: State) -> None:
    """充值里隔十二处改一处，合得进去，读出来就是改的。"""
    packaged = written(state.packaged.edition("top-up").scenario)
    others = {FieldKind.NUMBER: "9", FieldKind.LINES: "一步", FieldKind.WORDS: "从没听过的说法"}
    changed = [
        (one, others.get(one.kind) or f"{one.value.strip()}呀")
        for part in state.parts("top-up")
        for one in part.fields
        if one.label != "名字" or part.key != "opening"
    ]
    for one, text in changed[::12]:
        change_field(state.bench, "top-up", one, packaged, text)

    found = checked({FILE: state.bench.drafts[FILE].text.encode()}, state.bench.today)

    assert found.book is not None, found.notes
    now = written(found.book.edition("top-up").scenario)
    for one, text in changed[::12]:
        got = inner_value(value_at(now, one.path), one.inner)
        assert (text in got) if isinstance(got, list) else (str(got).strip() == text), one.label
