"""改、存、撤销：只写不同之处，只碰操作者的文件夹，写坏的不存。"""

from pathlib import Path

import pytest

from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.workshop.editing.bench import RefusedError
from nonebot_plugin_refund.workshop.editing.changes import differences_in, effects, readiness
from nonebot_plugin_refund.workshop.editing.checking import checked
from nonebot_plugin_refund.workshop.editing.fields import Field, FieldKind, Part, inner_value, value_at, written
from nonebot_plugin_refund.workshop.editing.overlay_edits import NotHereError, change_field
from nonebot_plugin_refund.workshop.editing.own_folder import OutsideError
from nonebot_plugin_refund.workshop.state import State

FILE = "top-up.yaml"
SAID = "充值的事先别急，答几个小问题，就知道该找谁了。"


def part(state: State, target: str, key: str) -> Part:
    """一样里的一块。"""
    return next(one for one in state.targets[target].parts if one.key == key)


def field(state: State, key: str, label: str, target: str = "top-up") -> Field:
    """一块里的一处。"""
    return next(one for one in part(state, target, key).fields if one.label == label)


def change(state: State, key: str, label: str, text: str, target: str = "top-up") -> None:
    """改一处；不写 ``target`` 就是充值场景里的。"""
    change_field(state.bench, state.targets[target], field(state, key, label, target), text)


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


def test_a_gbk_file_is_readable_and_saved_as_utf8(state: State, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / FILE).write_bytes("scenario: top-up\nsummary: 充值的事\n".encode("gbk"))
    (note,) = state.bench.check().of(FILE)
    assert "UTF-8" in note.message

    state.bench.change(FILE, state.bench.text(FILE) or "")
    state.bench.save(FILE)

    assert "summary: 充值的事" in (folder / FILE).read_text(encoding="utf-8")
    assert state.bench.check().is_ready


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


def test_a_paper_on_a_frame_is_changed_where_it_fills_the_frame_in(state: State, folder: Path) -> None:
    change(state, "papers/to-service", "要求1：字", "1. 写明依据的是哪一条规则，给我看；")
    change(state, "papers/to-service", "怎么用", "没解决就贴给在线客服。")
    change(state, "papers/complaint", "经过：经过里的 paid-on", "付款那天")

    state.bench.save(FILE)

    found = load_rulebook(folder).edition("top-up").scenario.papers
    assert found is not None
    papers = {paper.id: paper for paper in found.items}
    texts = [wording.text for wording in papers["to-service"].wordings]
    assert "1. 写明依据的是哪一条规则，给我看；" in texts
    assert "2. 请人工复核，核对充值和支付记录；" in texts
    assert "快手平台客服：" in texts
    assert papers["to-service"].use == "没解决就贴给在线客服。"
    assert any(getattr(one, "moments", {}).get("paid-on") == "付款那天" for one in papers["complaint"].parts)
    change(state, "papers/to-service", "怎么用", "没解决时贴给在线客服；单号、快手号只在官方页面填。")
    assert "  - id: to-service\n    fill:" in (state.bench.text(FILE) or "")


def test_what_several_scenarios_share_is_changed_once(state: State, folder: Path) -> None:
    line = next(one for one in part(state, "papers.yaml", "frames/complaint").fields if "由本人负责" in str(one.value))
    change_field(state.bench, state.targets["papers.yaml"], line, "以上都是真的，由我本人负责。")
    change(state, "topics/seven-days", "回答", "从签收第二天数起，周末也算。", "topics.yaml")
    change(state, "asides/greeting", "整句就是这些", "你好呀朋友", "asides.yaml")

    for name in ("papers.yaml", "topics.yaml", "asides.yaml"):
        state.bench.save(name)

    book = load_rulebook(folder)
    for scenario in ("top-up", "shop-return"):
        found = book.edition(scenario).scenario.papers
        assert found is not None
        complaint = next(paper for paper in found.items if paper.id == "complaint")
        assert "以上都是真的，由我本人负责。" in [wording.text for wording in complaint.wordings]
    topic = next(one for one in book.topics if one.id == "seven-days")
    assert (topic.topic.answer, topic.scenarios) == ("从签收第二天数起，周末也算。", ("shop-return", "refund-only"))
    assert {"你好", "你好呀朋友"} <= set(next(one for one in book.asides if one.id == "greeting").whole)
    before = str(field(state, "topics/seven-days", "回答", "topics.yaml").value)
    change(state, "topics/seven-days", "回答", before, "topics.yaml")
    state.bench.save("topics.yaml")
    assert next(one for one in load_rulebook(folder).topics if one.id == "seven-days").topic.answer == before


def test_every_place_offered_can_be_written_as_a_difference(state: State) -> None:
    """每样里隔几十处改一处，都合得进去，读出来就是改的。"""
    others = {FieldKind.NUMBER: "9", FieldKind.LINES: "一步", FieldKind.WORDS: "从没听过的说法"}
    for target in state.targets.values():
        offered = [one for each in target.parts for one in each.fields if one.path != ("title",)]
        for one in offered[:: max(len(offered) // 15, 1)]:
            change_field(state.bench, target, one, others.get(one.kind) or f"{one.value.strip()}呀")

    book = state.bench.check().book

    assert book is not None
    assert len(state.bench.drafts) == len(state.targets)
    for target in state.targets.values():
        offered = [one for each in target.parts for one in each.fields if one.path != ("title",)]
        now = next((written(one) for one in book.loaded if one.scenario.id == target.key), None)
        for one in offered[:: max(len(offered) // 15, 1)] if now is not None else ():
            got = inner_value(value_at(now, one.path), one.inner)
            text = others.get(one.kind) or f"{one.value.strip()}呀"
            assert (text in got) if isinstance(got, list) else (str(got).strip() == text), one.label


def test_what_a_stage_takes_from_the_shared_ones_is_offered_too(state: State) -> None:
    """照用的阶段换了名字、写了自己的时限和事件，里面的每一处照样改得了。"""
    target = state.targets["refund-only"]
    waiting = part(state, "refund-only", "stages/waiting")
    changed = [one for one in waiting.fields if one.label.startswith(("时限", "事件"))]
    for one in changed:
        change_field(state.bench, target, one, "9" if one.kind is FieldKind.NUMBER else f"{one.value.strip()}呀")

    book = checked({"refund-only.yaml": state.bench.drafts["refund-only.yaml"].text.encode()}, state.bench.today).book

    assert len(changed) > 10
    assert book is not None
    now = written(next(one for one in book.loaded if one.scenario.id == "refund-only"))
    for one in changed:
        got = inner_value(value_at(now, one.path), one.inner)
        assert str(got) == ("9" if one.kind is FieldKind.NUMBER else f"{one.value.strip()}呀"), one.label
