"""一句话只写在一个地方：改了那里，说到它的每个场景、每条路都跟着改。"""

import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from nonebot_plugin_refund.rulebook.derived.stage_view import StageView
from nonebot_plugin_refund.rulebook.loader import load_folders
from tests.rulebook.spoken_interview import stages_on_every_track

CONTENT = Path(str(files("nonebot_plugin_refund.rulebook").joinpath("content")))


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """随包手册的一份副本。"""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def seen(folder: Path) -> Iterator[tuple[str, StageView]]:
    """每个场景、每条路看到的每个阶段。"""
    for scenario in load_folders([folder]).scenarios:
        for stage in stages_on_every_track(scenario):
            yield scenario.id, stage


def change_once(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"“{old}”在 {path.name} 里出现了 {text.count(old)} 次"
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_sentence_of_a_shared_stage_changes_wherever_it_is_said(copied: Path) -> None:
    said_before = [(place, stage.id) for place, stage in seen(copied) if stage.happening == "平台没同意退。"]
    change_once(copied / "stages.yaml", "happening: 平台没同意退。", "happening: 平台这次没有同意。")
    after = list(seen(copied))

    assert {place for place, _ in said_before} == {"live-tip", "paid-content", "top-up"}
    assert [(place, stage.id) for place, stage in after if stage.happening == "平台这次没有同意。"] == said_before
    assert [place for place, stage in after if "平台没同意退" in stage.happening] == []


def test_a_label_of_the_catalogue_changes_wherever_it_is_offered(copied: Path) -> None:
    before = [(place, stage.id) for place, stage in seen(copied) if "被拒了" in [event.label for event in stage.events]]
    change_once(copied / "events.yaml", "id: refused\n    label: 被拒了\n", "id: refused\n    label: 没有通过\n")
    after = [
        (place, stage.id, [event.label for event in stage.events if event.id == "refused"])
        for place, stage in seen(copied)
    ]

    assert {place for place, _ in before} == {"live-tip", "top-up"}
    assert [(place, stage_id) for place, stage_id, labels in after if labels == ["没有通过"]] == before
    assert [place for place, _, labels in after if "被拒了" in labels] == []
