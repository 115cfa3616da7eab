"""``docs/architecture.md`` 与程序一样：写到的文件都在，楼层的先后就是 import-linter 看着的先后，图上的名字都找得到。"""

import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

from nonebot_plugin_refund.render.maps.placing.measuring import Letter, width

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "plugins" / "nonebot_plugin_refund"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PICTURE = ROOT / "docs" / "architecture.svg"
NAMED = re.compile(r"`([\w./-]+(?:\.py|\.yaml|\.toml|/))`")
FLOOR = re.compile(r"^\| `(\w+)/` \|", re.MULTILINE)
SVG_TEXT = "{http://www.w3.org/2000/svg}text"
STEP = re.compile(r"[a-z_]+(?:/[a-z_]+)*")


def floors() -> list[str]:
    """``pyproject.toml`` 里规定的楼层，从上往下。"""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (layers,) = (item["layers"] for item in project["tool"]["importlinter"]["contracts"] if item["type"] == "layers")
    return re.findall(r"\w+", " ".join(layers))


def drawn() -> list[str]:
    """图上的字。"""
    return [element.text or "" for element in ElementTree.parse(PICTURE).iter(SVG_TEXT)]


def test_every_file_and_folder_the_page_names_exists() -> None:
    named = NAMED.findall(PAGE)

    assert len(named) > 50
    assert [name for name in named if not any((base / name).exists() for base in (PACKAGE, ROOT))] == []


def test_the_floors_are_the_linters_in_its_order() -> None:
    assert FLOOR.findall(PAGE) == floors()


def test_the_picture_shows_every_floor_in_order_and_names_files_that_exist() -> None:
    words = [word for word in drawn() if STEP.fullmatch(word)]
    shown = [word for word in words if word in floors()]
    steps = [word for word in words if word not in floors()]

    assert shown == [*floors()[2:], *floors()[:2]], "cli 和 workshop 画在旁边，最后写"
    assert len(steps) == 28
    modules = {path.relative_to(PACKAGE).with_suffix("").as_posix() for path in PACKAGE.rglob("*.py")}
    assert [step for step in steps if not any(name.endswith(f"/{step}") for name in modules)] == []


def test_the_words_of_the_picture_stay_in_their_boxes() -> None:
    """一步步的那几行，框窄，名字长了就盖到旁边的框上。"""
    elements = list(ElementTree.parse(PICTURE).iter())
    boxes = [[float(box.attrib[name]) for name in ("x", "y", "width")] for box in elements if "rx" in box.attrib]
    wide = []
    for word in (one for one in elements if one.tag == SVG_TEXT and one.attrib["text-anchor"] == "middle"):
        x, y, size = (float(word.attrib[name]) for name in ("x", "y", "font-size"))
        room = next(wide_as for left, top, wide_as in reversed(boxes) if top < y and left < x < left + wide_as)
        if width(word.text or "", Letter(size, bold=word.attrib["font-weight"] == "700")) > room:
            wide.append(word.text)

    assert wide == []


def test_every_room_of_the_dialogue_is_listed() -> None:
    rooms = {path.parent.name for path in (PACKAGE / "dialogue").glob("*/__init__.py")}

    assert set(re.findall(r"`dialogue/(\w+)/`", PAGE)) == rooms


def test_the_readme_links_the_page() -> None:
    assert "(docs/architecture.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
