"""例句够数：每个选项、每件事、每类话都有定好的那么多句；封存的人写的话没有混进来。"""

from pathlib import Path

from tools.count_examples import APART, counted

DATA = Path(__file__).parents[3] / "data"


def test_every_option_every_event_and_every_kind_has_as_many_examples_as_were_asked_for() -> None:
    everything = counted()

    assert len(everything) > 450
    assert [one for one in everything if one.is_short] == []


def test_sealed_writers_are_in_no_file_that_is_learnt_or_read() -> None:
    unsealed = [*(DATA / "examples").glob("*.jsonl"), APART]
    sealed = sorted(path.stem.rpartition("-")[2] for path in (DATA / "sealed").rglob("*.jsonl"))

    assert sealed
    for path in unsealed:
        text = path.read_text(encoding="utf-8")
        assert [writer for writer in sealed if f'"writer": "{writer}"' in text] == [], path.name
