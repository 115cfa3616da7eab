"""检查：打听写得对不对。每项都埋一处错来证明查得出；随包的每一种都有足够多的问法。"""

from pathlib import Path

import pytest

from nonebot_plugin_refund.rulebook.lint.wording.topics import LONGEST_ANSWER, LONGEST_TITLE, LONGEST_WITH_CASE
from nonebot_plugin_refund.rulebook.loader import load_folders, load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.topics import placeholders_in
from tests.rulebook.small_book import SMALL, faults, read

GOOD = """topics_for: [small]
topics:
  - id: freight
    title: 运费谁出
    asked: [运费谁出, 邮费算谁的, 快递费要我掏吗]
    said: [谁出运费]
    answer: 看退货的原因。
    with_case: "{code} 最近的日子：{next_date}"
    sources: [seven-days-law]
  - id: about-me
    title: 你是谁
    asked: [你是谁, 你叫什么, 你是机器人吗]
    answer: 我是退款助手。
    about_us: true
"""
ANOTHER = """topics_for: []
topics:
  - {id: other, title: 别的, asked: [邮费算谁的？, 二, 三], answer: 好。, sources: [seven-days-law]}
"""
ANSWER = "    answer: 看退货的原因。\n"


def written(folder: Path, text: str, name: str = "topics-own.yaml") -> Path:
    """在 ``folder`` 里写一个文件。"""
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_good_file_has_no_findings_and_is_read(tmp_path: Path) -> None:
    assert faults(written(tmp_path, GOOD)) == []
    book = read(tmp_path)

    assert [(topic.id, topic.scenarios) for topic in book.topics] == [("freight", ("small",)), ("about-me", ("small",))]
    assert "freight" in [aside.id for aside in book.asides]


@pytest.mark.parametrize(
    ("old", "new", "check", "item"),
    [
        ("asked: [运费谁出, 邮费算谁的, 快递费要我掏吗]", "asked: []", "no-examples", "freight"),
        ("asked: [运费谁出, 邮费算谁的, 快递费要我掏吗]", "asked: [运费谁出, 二]", "no-examples", "freight"),
        (ANSWER, f"    answer: {'看' * (LONGEST_ANSWER + 1)}\n", "text-too-long", "freight"),
        (ANSWER, '    answer: "一\\n二\\n三"\n', "text-too-long", "freight"),
        (ANSWER, "    answer: 放心，包退。\n", "promise", "freight"),
        (ANSWER, "    answer: 打 400-123-4567。\n", "phone-number", "freight"),
        (ANSWER, "    answer: 去 example.com 看。\n", "link", "freight"),
        (ANSWER, '    answer: "到 {next_date}。"\n', "unknown-placeholder", "freight"),
        ("{next_date}", "{tomorrow}", "unknown-placeholder", "freight"),
        ("最近的日子", "看" * LONGEST_WITH_CASE, "text-too-long", "freight"),
        ("title: 运费谁出", f"title: {'运' * (LONGEST_TITLE + 1)}", "text-too-long", "freight"),
        ("said: [谁出运费]", "said: [谁出]", "phrase-too-short", "freight"),
        ("sources: [seven-days-law]", "sources: [no-such-law]", "missing-source", "freight"),
        ("    sources: [seven-days-law]\n", "", "no-source", "freight"),
        ("    about_us: true\n", "", "no-source", "about-me"),
        ("[你是谁, 你叫什么, 你是机器人吗]", "[你是谁, 你叫什么, 运费谁出]", "shared-phrase", "about-me"),
        ("topics_for: [small]", "topics_for: [small, no-such]", "unknown-id", "no-such"),
        (ANSWER, f"{ANSWER}    scenarios: [no-such]\n", "unknown-id", "freight"),
        ("id: about-me", "id: freight", "duplicate-id", "freight"),
        (ANSWER, f"{ANSWER}    anser: 一\n", "schema", "freight"),
    ],
)
def test_a_planted_fault_is_found(tmp_path: Path, old: str, new: str, check: str, item: str) -> None:
    assert old in GOOD
    found = faults(written(tmp_path, GOOD.replace(old, new, 1)))

    assert {one.check for one in found} == {check}
    assert item in {one.id for one in found} or check == "schema"


def test_a_source_no_longer_in_force_is_found(tmp_path: Path) -> None:
    law = (SMALL / "sources.yaml").read_text(encoding="utf-8")
    assert "  - id: seven-days-law\n" in law
    ended = law.replace("  - id: seven-days-law\n", "  - id: seven-days-law\n    effective_to: 2025-01-01\n", 1)
    written(tmp_path, ended, "sources.yaml")

    assert "no-source-in-force" in [one.check for one in faults(written(tmp_path, GOOD)) if one.id == "freight"]


def test_two_files_may_not_share_an_example_where_both_are_heard(tmp_path: Path) -> None:
    written(tmp_path, GOOD)

    (found,) = faults(written(tmp_path, ANOTHER, "topics-z.yaml"))

    assert (found.check, found.id, Path(found.file).name) == ("shared-phrase", "other", "topics-z.yaml")


def test_topics_of_different_scenarios_may_share_an_example(tmp_path: Path) -> None:
    own = (SMALL / "small.yaml").read_text(encoding="utf-8").replace("id: small\n", "id: own\n", 1)
    written(tmp_path, own, "own.yaml")
    written(tmp_path, GOOD)

    assert faults(written(tmp_path, ANOTHER.replace("topics_for: []", "topics_for: [own]"), "topics-z.yaml")) == []


def test_a_topic_may_not_take_the_id_of_an_aside(tmp_path: Path) -> None:
    written(tmp_path, "version: 1\nasides:\n  - {id: freight, whole: [你好呀], answer: 来啦。}\n", "asides.yaml")

    assert [(one.check, one.id) for one in faults(written(tmp_path, GOOD))] == [("duplicate-id", "freight")]


def test_an_operators_topic_replaces_the_one_of_the_same_id(tmp_path: Path) -> None:
    base, own = tmp_path / "base", tmp_path / "own"
    for folder in (base, own):
        folder.mkdir()
    written(base, GOOD)
    written(own, GOOD.replace("看退货的原因。", "都由我们出。"))

    topics = load_folders([SMALL, base, own]).topics

    assert [topic.topic.answer for topic in topics if topic.id == "freight"] == ["都由我们出。"]


def test_the_packaged_topics_are_many_and_asked_in_many_ways() -> None:
    topics = load_rulebook().topics

    assert len([topic for topic in topics if len(topic.topic.asked) >= 10]) >= 150
    assert [topic.id for topic in topics if len(topic.topic.asked) < 8] == []
    assert {name for topic in topics for name in placeholders_in(topic.topic.with_case)} >= {"waiting", "next_date"}
