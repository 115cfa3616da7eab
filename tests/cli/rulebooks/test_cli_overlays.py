"""``refund overlay``：一整份缩成不同之处、记下随包的原文；``refund lint`` 说查了哪些文件、没看哪些、为什么。"""

from importlib.resources import files
from pathlib import Path

import pytest

from nonebot_plugin_refund.rulebook.loader import load_rulebook
from tests.cli.command import NOW, refund

CONTENT = Path(str(files("nonebot_plugin_refund.rulebook").joinpath("content")))


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """抄来改过三处的一整份：换一句、添一个说法、去掉一个说法。"""
    text = (CONTENT / "top-up.yaml").read_text(encoding="utf-8")
    for old, new in (
        ("opening: 先问几个问题，看看这笔充值该找谁、要准备什么。", "opening: 慢慢来。"),
        ("扣了双份]", "扣了双份, 扣两遍]"),
        ("aliases: [没到账, ", "aliases: ["),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    path = tmp_path / "rules" / "top-up.yaml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def test_a_whole_copy_shrinks_to_what_differs_and_means_the_same(whole: Path) -> None:
    before = load_rulebook(whole.parent).edition("top-up").scenario

    ran = refund("overlay", "shrink", str(whole))

    assert ran.code == 0, ran.err
    text = whole.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 40
    assert text.index("opening: 慢慢来。") < text.index("based_on:") < text.index("先问几个问题，看看这笔充值")
    after = load_rulebook(whole.parent).edition("top-up").scenario
    assert after.model_dump(exclude={"questions"}) == before.model_dump(exclude={"questions"})
    for one, other in zip(after.questions, before.questions, strict=True):
        assert [(option.id, set(option.aliases)) for option in one.options] == [
            (option.id, set(option.aliases)) for option in other.options
        ]
    assert (whole.parent / "top-up.yaml.bak").exists()


def test_a_whole_copy_that_leaves_out_what_is_the_same_everywhere_shrinks_too(tmp_path: Path) -> None:
    """抄来的一份照用起了名字的条件、不写题型；与写全了的随包的比，只差改的那一句。"""
    text = (CONTENT / "refund-only.yaml").read_text(encoding="utf-8")
    assert "{use: not-agreed" in text
    old = next(line for line in text.splitlines() if line.startswith("opening:"))
    path = tmp_path / "refund-only.yaml"
    path.write_text(text.replace(old, "opening: 慢慢来。"), encoding="utf-8")

    assert refund("overlay", "shrink", str(path)).code == 0

    told = old.removeprefix("opening: ")
    written = [line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    assert written == ["scenario: refund-only", "opening: 慢慢来。", "based_on:", f"  opening: {told}"]


def test_stamping_twice_changes_nothing_more(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("# 我的说明\nscenario: top-up\nopening: 慢慢来。\n", encoding="utf-8")

    assert refund("overlay", "stamp", str(path)).code == 0
    once = path.read_text(encoding="utf-8")
    assert refund("overlay", "stamp", str(path)).code == 0

    assert path.read_text(encoding="utf-8") == once
    assert once.startswith("# 我的说明\nscenario: top-up\nopening: 慢慢来。\n")
    assert once.count("based_on:") == 1


def test_what_cannot_be_shrunk_is_left_alone(whole: Path) -> None:
    text = whole.read_text(encoding="utf-8").replace("id: top-up\n", "id: mine\n", 1)
    whole.write_text(text, encoding="utf-8")

    ran = refund("overlay", "shrink", str(whole))

    assert (ran.code, "没有什么可比" in ran.err) == (2, True)
    assert whole.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [
        ("mine.yaml.txt", 1, "改名成 mine.yaml"),
        ("mine.yaml~", 0, "编辑器留的备份"),
        ("mine。yaml", 1, "扩展名写错了"),
        ("说明.md", 0, "不是 .yaml 结尾"),
        ("子文件夹/mine.yaml", 1, "子文件夹，里面的不读"),
    ],
)
def test_a_file_that_was_not_read_is_told(tmp_path: Path, name: str, code: int, says: str) -> None:
    (tmp_path / "good.yaml").write_text("scenario: top-up\nopening: 慢慢来。\n", encoding="utf-8")
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("scenario: top-up\n", encoding="utf-8")

    ran = refund("lint", str(tmp_path), "--now", NOW)

    assert ran.code == code
    assert "查了 1 个文件：good.yaml；没看：" in ran.err
    assert says in ran.err


def test_an_empty_folder_is_not_called_faultless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules").mkdir()

    ran = refund("lint", "rules", "--now", NOW)

    assert ran.code == 1
    assert "没有一个 .yaml 文件" in ran.out
    assert "手册没有问题" not in ran.err
    assert f"机器人从 {tmp_path / 'data' / 'nonebot_plugin_refund' / 'rulebook'} 读" in ran.err
