"""一处写、处处用：底稿、共用的空和材料、照着那条路的、一组组的依据，读入时都换成完整的样子。"""

import re
from datetime import date
from pathlib import Path

import pytest

from nonebot_plugin_refund.rulebook.assembling.source_list import SourceList, sources_with_places
from nonebot_plugin_refund.rulebook.findings import RulebookError
from nonebot_plugin_refund.rulebook.loader import load_folders, load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Scenario
from nonebot_plugin_refund.rulebook.scenario_models.paper_models import Heading, Paper, Wording
from nonebot_plugin_refund.rulebook.scenario_models.stage_models import Clock, Timer
from nonebot_plugin_refund.rulebook.yaml_reading.yaml_document import parse_yaml
from tests.rulebook.small_book import PlantedBook

SHARED_PAPERS = """\
slots:
  - {kind: blank, id: name, label: 姓名}
  - {kind: blank, id: phone, label: 联系电话}
frames:
  - id: letter
    kind: complaint
    title: 信
    use: 寄出去。
    parts:
      - {kind: line, text: "我是{name}。"}
      - {kind: place, id: asked}
      - {kind: place, id: signed, parts: [{kind: line, text: "电话：{phone}"}]}
"""
SMALL_PAPERS = """\
papers_for: small
items:
  - id: letter
    frame: letter
    fill:
      asked:
        - {kind: heading, text: 请求}
        - {kind: line, text: 请退款。}
"""


def small(folder: Path) -> Scenario:
    return load_folders([folder]).edition("small").scenario


def letter(folder: Path) -> Paper:
    papers = small(folder).papers
    assert papers is not None
    return papers.items[-1]


@pytest.fixture
def with_letter(book: PlantedBook) -> PlantedBook:
    """小手册的文书换成单放一个文件的、照底稿写的一份。"""
    path = book.folder / "small.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?ms)^papers:\n.*?(?=^\w|\Z)", "", text), encoding="utf-8")
    (book.folder / "papers.yaml").write_text(SHARED_PAPERS, encoding="utf-8")
    (book.folder / "small-papers.yaml").write_text(SMALL_PAPERS, encoding="utf-8")
    return book


def test_a_paper_is_written_on_a_frame_with_shared_slots(with_letter: PlantedBook) -> None:
    paper = letter(with_letter.folder)
    said = [part.text for part in paper.parts if isinstance(part, (Heading, Wording))]

    assert (paper.title, paper.use) == ("信", "寄出去。")
    assert said == ["我是{name}。", "请求", "请退款。", "电话：{phone}"]
    papers = small(with_letter.folder).papers
    assert papers is not None
    assert [slot.id for slot in papers.slots] == ["name", "phone"]


def test_a_filled_place_replaces_what_the_frame_says_there(with_letter: PlantedBook) -> None:
    with_letter.plant("    fill:\n", "    fill:\n      signed: []\n", "small-papers.yaml")

    assert "电话：{phone}" not in [part.text for part in letter(with_letter.folder).wordings]


def test_a_paper_naming_no_verdict_is_for_all_of_them(with_letter: PlantedBook) -> None:
    every = tuple(rule.id for rule in small(with_letter.folder).rules)

    assert letter(with_letter.folder).rules == every

    with_letter.plant("    fill:\n", f"    except_rules: [{every[0]}]\n    fill:\n", "small-papers.yaml")

    assert letter(with_letter.folder).rules == every[1:]


def test_a_paper_can_be_for_the_verdicts_of_a_track(with_letter: PlantedBook) -> None:
    scenario = small(with_letter.folder)
    track = scenario.tracks[0].id
    other = next(rule.id for rule in scenario.rules if rule.track != track)
    with_letter.plant(
        "    frame: letter\n", f"    frame: letter\n    tracks: [{track}]\n    rules: [{other}]\n", "small-papers.yaml"
    )

    wanted = {rule.id for rule in scenario.rules if rule.track == track} | {other}

    assert set(letter(with_letter.folder).rules) == wanted


@pytest.mark.parametrize(
    ("old", "new", "check", "at"),
    [
        ("frame: letter", "frame: lettre", "unknown-id", "    frame: lettre"),
        ("    fill:\n", "    tracks: [nowhere]\n    fill:\n", "unknown-id", "    tracks: [nowhere]"),
        ("    fill:\n", "    except_rules: [gone]\n    fill:\n", "unknown-id", "    except_rules: [gone]"),
        ("      asked:\n", "      askd:\n", "unknown-id", "    fill:"),
        ("    fill:\n", "    parts: [{kind: law}]\n    fill:\n", "schema", "    parts: [{kind"),
        ("text: 请退款。", 'text: "请退{nobody}。"', "unknown-slot", '        - {kind: line, text: "请退'),
        ("text: 请退款。", "text: 平台包退。", "promise", "        - {kind: line, text: 平台包退"),
    ],
)
def test_a_fault_in_papers_of_their_own_is_found_in_their_file(
    with_letter: PlantedBook, old: str, new: str, check: str, at: str
) -> None:
    with_letter.plant(old, new, "small-papers.yaml")

    with_letter.expect(check, "letter", at, "small-papers.yaml")


def test_papers_for_no_scenario_or_written_twice_are_refused(with_letter: PlantedBook) -> None:
    twin = with_letter.folder / "twin.yaml"
    twin.write_text(SMALL_PAPERS, encoding="utf-8")
    with_letter.expect("duplicate-id", "small", "papers_for", "twin.yaml")

    twin.write_text(SMALL_PAPERS.replace("small", "nobody"), encoding="utf-8")
    with_letter.expect("unknown-id", "nobody", "papers_for", "twin.yaml")


def test_an_overriding_scenario_keeps_the_papers_unless_it_writes_its_own(
    with_letter: PlantedBook, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    text = (with_letter.folder / "small.yaml").read_text(encoding="utf-8")
    (own / "small.yaml").write_text(text, encoding="utf-8")
    kept = load_folders([with_letter.folder, own]).edition("small").scenario.papers
    (own / "small.yaml").write_text(text + "\npapers:\n", encoding="utf-8")

    assert kept is not None
    assert load_folders([with_letter.folder, own]).edition("small").scenario.papers is None


def test_an_unused_frame_slot_or_shared_evidence_is_found(with_letter: PlantedBook) -> None:
    (with_letter.folder / "evidence.yaml").write_text(
        "evidence:\n  - {id: odd-thing, title: 怪东西, why: 没人要, how: 不用拿}\n", encoding="utf-8"
    )
    with_letter.plant("frames:\n", "  - {kind: blank, id: street, label: 街道}\nframes:\n", "papers.yaml")
    written = SMALL_PAPERS.replace("frame: letter\n", "kind: complaint\n    title: 信\n    use: 寄出去。\n")
    written = written.replace("    fill:\n      asked:\n", "    parts:\n")
    (with_letter.folder / "small-papers.yaml").write_text(written, encoding="utf-8")

    found = {(item.check, item.id) for item in with_letter.findings()}

    assert {("unused-id", "street"), ("unused-id", "letter"), ("unused-id", "odd-thing")} <= found


def test_evidence_named_by_a_rule_is_taken_from_the_shared_file(book: PlantedBook) -> None:
    item = small(book.folder).evidence[0]
    path = book.folder / "small.yaml"
    text = path.read_text(encoding="utf-8")
    written = re.search(rf"(?m)^  - \{{id: {item.id}, title.*\n", text)
    assert written is not None
    (book.folder / "evidence.yaml").write_text("evidence:\n" + written.group(), encoding="utf-8")
    path.write_text(text.replace(written.group(), ""), encoding="utf-8")

    assert small(book.folder).evidence_item(item.id) == item

    changed = f"  - {{use: {item.id}, why: 另一句话}}\n"
    path.write_text(text.replace(written.group(), changed), encoding="utf-8")

    assert small(book.folder).evidence_item(item.id) == item.model_copy(update={"why": "另一句话"})


def test_a_rule_takes_what_it_does_not_write_from_its_track() -> None:
    scenario = load_rulebook().edition("live-tip").scenario
    track = scenario.track("guardian-claim")

    assert scenario.rule("under-8-shown").evidence == track.evidence != ()
    assert scenario.rule("under-8-shown").needs == track.needs == ("tipped-on",)
    assert scenario.rule("age-unknown").evidence != track.evidence


def test_a_group_of_sources_is_read_one_by_one_and_each_can_differ() -> None:
    document = parse_yaml(
        """\
sources:
  - kind: law
    title: 《某法》
    last_checked_on: 2026-11-23
    check_every_days: 180
    confidence: high
    entries:
      - {id: law-1, article: 第一条, says: 一}
      - {id: law-2, article: 第二条, says: 二, confidence: low, note: 没核对}
  - {id: alone, kind: practice, title: 经, says: 三, last_checked_on: 2026-11-23, check_every_days: 9, confidence: low}
""",
        "sources.yaml",
    )
    first, second, alone = SourceList.model_validate(document.data).sources

    assert (first.title, second.title, first.last_checked_on) == ("《某法》", "《某法》", date(2026, 11, 23))
    assert (first.confidence.value, second.confidence.value, alone.id) == ("high", "low", "alone")
    assert [document.line_of(spot) for _, spot in sources_with_places(document)] == [8, 9, 10]


def test_a_timer_without_reminders_is_reminded_as_usual() -> None:
    written = {
        "id": "some",
        "title": "期限",
        "lengths": [{"limit": {"rule": "workdays", "n": 3}, "sources": ["law-1"]}],
        "before": "快到了",
        "after": "到了",
    }
    expectation = Timer.model_validate({**written, "kind": "expectation"})
    deadline = Timer.model_validate({**written, "kind": "deadline"})
    clock = Clock.model_validate({**written, "kind": "deadline", "start": "bought-on", "until": ["closed"]})

    check_in = Timer.model_validate({"id": "hello", "kind": "check_in", "title": "问问", "after": "怎么样了？"})

    assert check_in.remind == ("0d@10:30",)
    assert [(length.limit.rule, length.limit.n) for length in check_in.lengths] == [("calendar-days", 3)]
    assert Timer.model_validate(check_in.model_dump(mode="json")) == check_in
    assert expectation.remind == ("-1d@10:00",)
    assert deadline.remind == ("2d@10:00", "1d@10:00", "0d@10:00")
    assert clock.remind == ("30d@10:00", "7d@10:00", "1d@10:00")


def test_a_badly_shaped_set_of_papers_is_told_where(with_letter: PlantedBook) -> None:
    (with_letter.folder / "small-papers.yaml").write_text("papers_for: small\nitems: 很多\n", encoding="utf-8")

    with pytest.raises(RulebookError) as raised:
        small(with_letter.folder)

    assert [(item.check, Path(item.file).name) for item in raised.value.findings] == [("schema", "small-papers.yaml")]
