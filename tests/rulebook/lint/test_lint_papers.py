"""检查：文书里没声明的空、写错的 id、引不出法律、会变的事实、永远说不出的话。"""

import pytest

from nonebot_plugin_refund.rulebook.lint.scenario.texts import LIMITS
from tests.rulebook.small_book import PlantedBook

ASK = "    - id: ask\n"
COMPLAIN = "    - id: complain\n"


def test_the_small_book_with_papers_is_clean(book: PlantedBook) -> None:
    assert book.findings() == []


def test_a_slot_nobody_declared_is_found(book: PlantedBook) -> None:
    book.plant('text: "我是{name}。"', 'text: "我是{nickname}。"')

    book.expect("unknown-slot", "ask", '        - {kind: line, text: "我是{nickname}。"}')


def test_a_misspelt_pair_of_braces_is_found(book: PlantedBook) -> None:
    book.plant('text: "{bought}收到的。"', 'text: "{bought收到的。"')

    book.expect("unknown-slot", "ask", '        - {kind: text, text: "{bought收到的。"}')


def test_an_unused_slot_is_found(book: PlantedBook) -> None:
    book.plant('        - {kind: text, text: "{bought}收到的。"}\n', "")

    book.expect("unused-id", "bought", "    - {kind: answer, id: bought")


def test_a_slot_asking_an_unknown_question_is_found(book: PlantedBook) -> None:
    book.plant("id: bought, question: bought-on", "id: bought, question: bought-at")

    book.expect("unknown-id", "bought", "    - {kind: answer, id: bought")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (", if_missing: blank, label: 金额}", ", if_missing: blank}"),
        ("if_missing: omit}", "if_missing: omit, label: 日期}"),
        (", if_missing: blank, label: 金额}", "}"),
    ],
)
def test_a_slot_must_say_what_happens_when_the_fact_is_missing(book: PlantedBook, old: str, new: str) -> None:
    book.plant(old, new)

    assert {item.check for item in book.findings()} == {"schema"}


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        (
            "rules: [unopened, complete, broken-cheap]",
            "rules: [unopened, gone, broken-cheap]",
            "rules: [unopened, gone",
        ),
        ("stages: [apply, waiting, ask]", "stages: [apply, nowhere, ask]", "stages: [apply, nowhere"),
        ("questions: [opened, parts, price]", "questions: [opened, weight]", "        - {kind: facts"),
    ],
)
def test_an_unknown_rule_stage_or_question_is_found(book: PlantedBook, old: str, new: str, at: str) -> None:
    book.plant(old, new)

    book.expect("unknown-id", "ask", at)


def test_a_moment_which_is_no_date_is_found(book: PlantedBook) -> None:
    book.plant("moments: {bought-on: 收到东西}", "moments: {price: 花钱}")

    book.expect("wrong-kind", "story", "        - {kind: timeline, moments: {price")


def test_papers_and_slots_with_the_same_id_are_found(book: PlantedBook) -> None:
    book.plant(COMPLAIN, ASK.replace("ask\n", "ask # 第二份\n"))

    book.expect("duplicate-id", "ask", "    - id: ask # 第二份")


def test_a_paper_citing_the_law_for_a_verdict_without_any_is_found(book: PlantedBook) -> None:
    book.plant("rules: [unopened, lacking-parts]", "rules: [unopened, broken-cheap]")

    book.expect("missing-source", "complain", "      rules: [unopened, broken-cheap]")


def test_a_condition_on_an_unknown_fact_is_found(book: PlantedBook) -> None:
    book.plant("text: 没有拆封。, when: {opened: no}", "text: 没有拆封。, when: {unwrapped: no}")

    book.expect("unknown-id", "ask", "        - {kind: line, text: 没有拆封。")


def test_a_condition_that_changes_with_the_days_is_found(book: PlantedBook) -> None:
    book.plant("text: 没有拆封。, when: {opened: no}", "text: 还在期限里。, when: {window: inside}")

    book.expect("changing-fact", "ask", "        - {kind: line, text: 还在期限里。")


def test_a_sentence_which_none_of_the_papers_verdicts_allows_is_found(book: PlantedBook) -> None:
    book.plant("text: 没有拆封。, when: {opened: no}", "text: 缺了东西。, when: {lacking: yes}")

    book.expect("unreachable", "ask", "        - {kind: line, text: 缺了东西。")


@pytest.mark.parametrize(
    ("old", "key", "kind"),
    [
        ("title: 小投诉书", "      title: ", "paper_title"),
        ("use: 交给能管的人。", "      use: ", "paper_use"),
    ],
)
def test_a_long_title_or_use_is_found(book: PlantedBook, old: str, key: str, kind: str) -> None:
    book.plant(f"      {old}", key + "长" * (LIMITS[kind] + 1))

    book.expect("text-too-long", "complain", key + "长")


def test_a_promise_in_a_paper_is_found(book: PlantedBook) -> None:
    book.plant("text: 请求退款。", "text: 平台包退。")

    book.expect("promise", "complain", "        - {kind: line, text: 平台包退。")
