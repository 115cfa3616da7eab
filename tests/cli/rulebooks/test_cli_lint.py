"""``refund lint``：干净的退出 0；在随包手册的副本里埋一处真会犯的错，退出 1 并指出文件、行和 id。"""

import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from tests.cli.command import NOW, refund
from tests.rulebook.small_book import SMALL


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """随包手册的一份副本。"""
    with as_file(files("nonebot_plugin_refund").joinpath("rulebook", "content")) as packaged:
        return Path(shutil.copytree(packaged, tmp_path / "content"))


@pytest.fixture
def small_content(content: Path) -> Path:
    """只留充值和它会转去的场景：查一遍快得多。"""
    for path in content.glob("*.yaml"):
        if path.stem not in {"sources", "signals", "spoken", "top-up", "paid-content", "live-tip"}:
            path.unlink()
    return content


def plant(path: Path, old: str, new: str) -> None:
    """把第一次出现的 ``old`` 换成 ``new``。"""
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def line_of(path: Path, snippet: str) -> int:
    """``snippet`` 第一次出现在第几行。"""
    text = path.read_text(encoding="utf-8")
    return text[: text.index(snippet)].count("\n") + 1


def test_the_packaged_book_is_clean() -> None:
    ran = refund("lint", "--now", NOW)

    assert (ran.code, ran.out) == (0, "")
    assert "没有问题" in ran.err


def test_a_copy_of_the_packaged_book_is_clean(content: Path) -> None:
    assert refund("lint", str(content), "--now", NOW).code == 0


@pytest.mark.parametrize(
    ("file", "old", "new", "check", "item_id", "at"),
    [
        ("events.yaml", "label: 被拒了\n", "label: 被拒了也包退\n", "promise", "refused", "    label: 被拒了"),
        (
            "events.yaml",
            "said: [点不了,",
            "said: [点不了, 帮助,",
            "reserved-saying",
            "entry-closed",
            "  - {id: entry-closed",
        ),
        (
            "stages.yaml",
            "happening: 平台没同意退。",
            "happening: 平台包退。",
            "promise",
            "refused",
            "    happening: 平台包退。",
        ),
        ("stages.yaml", "    until: [closed]", "    until: [close]", "unknown-id", "limitation", "    until: [close]"),
        ("lexicon.yaml", "name: 配偶", "name: 另一半", "unused-id", "spouse", "  - {id: spouse"),
    ],
)
def test_a_fault_in_a_shared_file_is_named_there(
    content: Path, file: str, old: str, new: str, check: str, item_id: str, at: str
) -> None:
    plant(content / file, old, new)

    ran = refund("lint", str(content), "--now", NOW)

    assert ran.code == 1
    expected = f"{content / file}:{line_of(content / file, at)}: [{check}] {item_id}: "
    assert any(line.startswith(expected) for line in ran.out.splitlines()), f"{expected}\n{ran.out}"


@pytest.mark.parametrize(
    ("file", "old", "new", "check", "item_id", "at"),
    [
        # 选项 id 写错
        (
            "top-up.yaml",
            "    when: {bill: not-charged}",
            "    when: {bill: notcharged}",
            "unknown-id",
            "not-charged",
            "    when: {bill: notcharged}",
        ),
        # 规则收窄了，有一种情况没人管
        (
            "top-up.yaml",
            "one-day-window: [arguable, past, unsure]}",
            "one-day-window: [arguable, past]}",
            "uncovered",
            "top-up",
            "rules:",
        ),
        # 规则放宽了，和邻居打架
        (
            "top-up.yaml",
            "    when: {bill: success, one-day-window: inside}",
            "    when: {bill: success}",
            "overlapping-rules",
            "not-credited",
            "    when: {bill: success, one-day-window: [arguable",
        ),
        # 日期题改了名，事实和时限还用旧名
        (
            "top-up.yaml",
            "  - id: paid-on\n",
            "  - id: payed-on\n",
            "unknown-id",
            "one-day-window",
            "  - kind: date_window",
        ),
        # 依据删掉了一条
        (
            "sources.yaml",
            "{id: civil-code-985,",
            "{id: civil-code-986,",
            "missing-source",
            "not-credited-waiting",
            "    sources: [civil-code-577, civil-code-985",
        ),
        # 问题太长
        (
            "top-up.yaml",
            "    text: 充值遇到了什么问题？",
            "    text: 充值遇到了什么问题" + "呢" * 60 + "？",
            "text-too-long",
            "problem",
            "    text: 充值遇到了什么问题呢",
        ),
        # 打包票
        (
            "top-up.yaml",
            "    headline: 付了没到账，可以要求补发或退",
            "    headline: 付了没到账，一定能退",
            "promise",
            "not-credited",
            "    headline: 付了没到账，一定能退",
        ),
        # 写了电话
        (
            "top-up.yaml",
            "报时间、金额、单号，记下编号；不认就投 12315",
            "打 400-126-0088 报单号",
            "phone-number",
            "not-credited",
            "打 400-126-0088",
        ),
        # 键写错
        (
            "top-up.yaml",
            "    verdict: conditional\n",
            "    verdit: conditional\n",
            "schema",
            "not-credited-waiting",
            "    verdit: conditional",
        ),
        # 缩进用了制表符
        (
            "top-up.yaml",
            "    why: 没到账、多扣、充错，走的路不一样。",
            "\twhy: 没到账、多扣、充错，走的路不一样。",
            "syntax",
            "-",
            "\twhy:",
        ),
        # 同一个键写了两遍
        (
            "top-up.yaml",
            "summary: 没到账、重复扣、充错、没用完想退\n",
            "summary: 没到账\nsummary: 重复扣\n",
            "duplicate-key",
            "-",
            "summary: 重复扣",
        ),
        # 问题的先后颠倒
        (
            "top-up.yaml",
            "    ask_when: {problem: wrong}",
            "    ask_when: {spent: none}",
            "order",
            "wrong-kind",
            "    ask_when: {spent: none}",
        ),
        # 材料写错
        (
            "top-up.yaml",
            "    evidence: [payment-bill, balance,",
            "    evidence: [payment-bil, balance,",
            "unknown-id",
            "bill-unchecked",
            "    evidence: [payment-bil,",
        ),
        # 转去的场景不存在
        (
            "top-up.yaml",
            "    redirect_to: ",
            "    redirect_to: no-such-",
            "unknown-id",
            None,
            "    redirect_to: no-such-",
        ),
        # 依据很久没核对
        (
            "sources.yaml",
            "{id: consumer-law-24, article",
            "{id: consumer-law-24, last_checked_on: 2025-01-01, article",
            "overdue-source",
            "consumer-law-24",
            "      - {id: consumer-law-24",
        ),
        # 条件永远不成立
        (
            "top-up.yaml",
            "    when: {bill: not-charged}",
            "    when: {bill: not-charged, problem: child}",
            "impossible-rule",
            "not-charged",
            "    when: {bill: not-charged, problem: child}",
        ),
        # 词表的键写错
        ("signals.yaml", "version: 1", "versoin: 1", "schema", None, "versoin: 1"),
        # 词表给一个没有的场景加分
        ("signals.yaml", "bias: {shop-return:", "bias: {shop-returns:", "unknown-id", None, "bias: {shop-returns:"),
        # 整句说的词：同一列里写了两遍
        ("spoken.yaml", "menu: [菜单, 申请]", "menu: [菜单, 菜单]", "schema", None, "menu: [菜单, 菜单]"),
    ],
)
def test_a_planted_fault_is_named_with_file_line_and_id(
    small_content: Path, file: str, old: str, new: str, check: str, item_id: str | None, at: str
) -> None:
    content = small_content
    plant(content / file, old, new)

    ran = refund("lint", str(content), "--now", NOW)

    assert ran.code == 1
    # 依据在 sources.yaml 里改名，出错的是引用它的场景
    shown = content / (file if at in (content / file).read_text(encoding="utf-8") else "top-up.yaml")
    expected = f"{shown}:{line_of(shown, at)}: [{check}] {item_id or ''}"
    assert any(line.startswith(expected) for line in ran.out.splitlines()), f"{expected}\n{ran.out}"
    assert "查出" in ran.err


def test_a_stage_without_events_is_a_dead_end(content: Path) -> None:
    path = content / "contact.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("stages:")
    events = text.index("    events:\n", start)
    after = events + len("    events:\n")
    while text[after:].startswith("      "):
        after = text.index("\n", after) + 1
    path.write_text(text[:events] + text[after:], encoding="utf-8")
    stage = text[:events].rindex("\n  - id: ") + 1

    ran = refund("lint", str(content), "--now", NOW)

    assert ran.code == 1
    assert f"{path}:{text[:stage].count(chr(10)) + 1}: [dead-end-stage]" in ran.out


def test_a_removed_rule_leaves_its_cases_uncovered(small_content: Path) -> None:
    path = small_content / "top-up.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("  - id: not-charged\n    when")
    end = text.index("\n  - id: ", start + 1) + 1
    path.write_text(text[:start] + text[end:], encoding="utf-8")

    ran = refund("lint", str(small_content), "--now", NOW)

    assert ran.code == 1
    assert f"{path}:{line_of(path, 'rules:')}: [uncovered] top-up" in ran.out
    assert "bill=not-charged" in ran.out


# 加在随包手册上的补充


def test_a_folder_without_sources_is_checked_as_an_addition(tmp_path: Path) -> None:
    text = (SMALL / "small.yaml").read_text(encoding="utf-8")
    text = text.replace("seven-days-law", "consumer-law-25").replace("platform-habit", "consumer-law-24")
    (tmp_path / "small.yaml").write_text(text, encoding="utf-8")

    assert refund("lint", str(tmp_path), "--now", NOW).code == 0

    plant(tmp_path / "small.yaml", "consumer-law-25", "consumer-law-2500")
    ran = refund("lint", str(tmp_path), "--now", NOW)
    assert ran.code == 1
    assert all(line.startswith(str(tmp_path)) for line in ran.out.splitlines())


def test_the_folder_one_stands_in_is_checked_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(SMALL / "small.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)

    ran = refund("lint", ".", "--now", NOW)

    assert ran.code == 1
    assert "[missing-source]" in ran.out
    assert refund("lint", "small.yaml", "--now", NOW).out == ran.out


def test_a_whole_book_of_ones_own_is_checked_alone() -> None:
    assert refund("lint", str(SMALL), "--now", NOW).code == 0


def test_a_yaml_bomb_is_refused(tmp_path: Path) -> None:
    layers = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    layers += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    (tmp_path / "bomb.yaml").write_text("\n".join(layers), encoding="utf-8")

    ran = refund("lint", str(tmp_path), "--now", NOW)

    assert ran.code == 1
    assert f"{tmp_path / 'bomb.yaml'}:1: [alias]" in ran.out


def test_a_path_that_does_not_exist_is_a_mistake_of_use(tmp_path: Path) -> None:
    ran = refund("lint", str(tmp_path / "nothing"))

    assert ran.code == 2
    assert "找不到" in ran.err


def test_a_badly_written_now_is_a_mistake_of_use() -> None:
    ran = refund("lint", "--now", "昨天")

    assert ran.code == 2
    assert "--now" in ran.err
