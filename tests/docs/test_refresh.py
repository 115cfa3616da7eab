"""``python -m tools refresh``：埋一个过时的文件，``--check`` 说得出来、什么也不写；重做之后就没有了。"""

import io
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image
from tools import refresh
from tools.__main__ import app
from typer.testing import CliRunner, Result

DOCS = Path(__file__).parents[2] / "docs"
TALK = "looking-around.txt"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """文档文件夹的一角：全部 Schema，一段对话。"""
    shutil.copytree(DOCS / "schema", tmp_path / "schema")
    (tmp_path / "conversations").mkdir()
    shutil.copy(DOCS / "conversations" / TALK, tmp_path / "conversations")
    return tmp_path


def run(docs: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["refresh", "--docs", str(docs), *arguments])


def snapshot(docs: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in docs.rglob("*") if path.is_file()}


def only(*names: str) -> Sequence[str]:
    return [word for name in names for word in ("--only", name)]


def test_a_stale_a_missing_and_an_extra_file_are_named_and_then_made_right(docs: Path) -> None:
    run(docs, *only("schema"))
    fresh = snapshot(docs)
    schema = docs / "schema"
    (schema / "scenario.schema.json").write_text("{}\n", encoding="utf-8")
    (schema / "asides.schema.json").unlink()
    (schema / "gone.schema.json").write_text("{}\n", encoding="utf-8")
    planted = snapshot(docs)

    checked = run(docs, *only("schema"), "--check")

    assert checked.exit_code == 1
    assert set(checked.stdout.splitlines()) == {
        "schema：过时 scenario.schema.json",
        "schema：缺少 asides.schema.json",
        "schema：多余 gone.schema.json",
    }
    assert snapshot(docs) == planted
    assert run(docs, *only("schema")).exit_code == 0
    assert snapshot(docs) == fresh
    assert (run(docs, *only("schema"), "--check").exit_code, run(docs, *only("schema")).stdout) == (
        0,
        "schema：没有变\n",
    )


def test_a_conversation_that_is_no_longer_said_is_replayed_and_its_pictures_drawn(docs: Path) -> None:
    both = only("conversations", "gallery")
    assert run(docs, *both).exit_code == 0
    fresh = snapshot(docs)
    talk = docs / "conversations" / TALK
    talk.write_text(talk.read_text(encoding="utf-8").replace("退款助手：", "退款助手：从前这样说", 1), encoding="utf-8")
    picture = next((docs / "gallery").glob("*.png"))
    turned = Image.open(picture).rotate(180)
    turned.save(picture)

    checked = run(docs, *both, "--check")

    assert (checked.exit_code, checked.stdout) == (1, f"conversations：过时 {TALK}\ngallery：过时 {picture.name}\n")
    assert run(docs, *both).exit_code == 0
    assert snapshot(docs) == fresh


def test_a_picture_that_only_another_machine_drew_is_not_stale(docs: Path) -> None:
    run(docs, *only("gallery"))
    picture = next((docs / "gallery").glob("*.png"))
    drawn = Image.open(picture).convert("RGB")
    red, green, blue = drawn.getpixel((5, 5))  # pyright: ignore[reportGeneralTypeIssues] -- RGB 图的一点总是三个数
    drawn.putpixel((5, 5), (abs(red - 3), green, blue))
    written = io.BytesIO()
    drawn.save(written, "png")
    picture.write_bytes(written.getvalue())

    assert run(docs, *only("gallery"), "--check").exit_code == 0


def test_an_id_the_coverage_page_still_names_has_to_be_changed_by_hand(docs: Path) -> None:
    (docs / "coverage.md").write_text("| 1 | 要早办 | `shop-return:no-such` | 同 |\n", encoding="utf-8")

    for arguments in ((), ("--check",)):
        ran = run(docs, *only("coverage"), *arguments)
        assert ran.exit_code == 1
        assert "shop-return:no-such" in ran.stdout


def test_weights_are_fitted_first_and_only_when_asked(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fitted: list[Sequence[str]] = []
    monkeypatch.setattr(refresh.subprocess, "run", lambda command, check: fitted.append(command))

    run(docs, *only("schema"))
    assert fitted == []
    ran = run(docs, *only("schema"), "--weights")
    assert ran.stdout.startswith("weights：")
    assert [Path(command[-1]).name for command in fitted] == ["fit_signals.py"]
    assert Path(fitted[0][-1]).is_file()


@pytest.mark.parametrize("arguments", [("--only", "poems"), ("--weights", "--check")])
def test_a_mistake_of_use(docs: Path, arguments: Sequence[str]) -> None:
    before = snapshot(docs)

    assert run(docs, *arguments).exit_code == 2
    assert snapshot(docs) == before
