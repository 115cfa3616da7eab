"""检查：没问到就听见的字写得对不对，闲话写得对不对。每项都埋一处错来证明查得出。"""

import pytest

from nonebot_plugin_refund.domain.understanding.writing.text import normalise
from nonebot_plugin_refund.rulebook.lint.wording.asides import LONGEST_ANSWER, check
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.wording_models.asides import load_asides
from tests.rulebook.small_book import PlantedBook

DATE = "    short: 收到日期\n"
AMOUNT = "    short: 金额\n"


@pytest.mark.parametrize(
    ("old", "added", "check", "item_id"),
    [
        ("    short: 退的原因\n", "    heard_by: [后悔]\n", "wrong-kind", "goal"),
        ("    short: 缺的东西\n", "    heard_by: [盒子]\n", "wrong-kind", "parts"),
        (DATE, "    heard_by: [收]\n", "word-too-short", "bought-on"),
        (DATE, "    not_answered_with: [工资]\n", "wrong-kind", "bought-on"),
    ],
)
def test_words_that_cannot_tell_what_was_meant_are_found(
    book: PlantedBook, old: str, added: str, check: str, item_id: str
) -> None:
    book.plant(old, old + added)

    book.expect(check, item_id, added)


def test_words_without_use_are_found(book: PlantedBook) -> None:
    book.plant(DATE, DATE + "    not_heard_with: [商家]\n")

    book.expect("unused-id", "bought-on", "    not_heard_with: [商家]\n")


@pytest.mark.parametrize(
    ("old", "added", "check", "item_id"),
    [
        (DATE, "    known_from: {first: bought-on, then: bought-on, days: 7}\n", "wrong-kind", "bought-on"),
        ("    short: 拆没拆\n", "    known_from: {first: bought-on, then: sent-on, days: 7}\n", "unknown-id", "opened"),
    ],
)
def test_days_that_cannot_answer_are_found(book: PlantedBook, old: str, added: str, check: str, item_id: str) -> None:
    book.plant(old, old + added)

    book.expect(check, item_id, added)


def test_an_option_may_only_imply_an_option_asked_before(book: PlantedBook) -> None:
    first = "      - {id: box, "
    planted = "      - {implies: {nowhere: nothing}, id: box, "
    book.plant(first, planted)

    book.expect("unknown-id", "box", planted)


def test_an_option_may_imply_a_yes_or_a_no_asked_before_and_nothing_else(book: PlantedBook) -> None:
    asked_before = "  - {id: is-kept, text: 还留着吗？, why: 看东西。, kind: yesno, short: 留着}\n"
    question = "  - id: opened\n"
    book.plant(question, asked_before + question)
    implied = "      - {implies: {is-kept: maybe}, id: box, "
    book.plant("      - {id: box, ", implied)

    book.expect("unknown-id", "box", implied)
    book.plant("is-kept: maybe", 'is-kept: "no"')
    assert "box" not in {finding.id for finding in book.findings()}


def test_two_questions_of_a_kind_may_not_share_a_word(book: PlantedBook) -> None:
    another = "  - {id: sent-on, text: 哪天寄的？, why: 看时间。, kind: date, short: 寄出日期, heard_by: [收到]}\n"
    book.plant(DATE, DATE + "    heard_by: [收到]\n")
    book.plant("  - id: opened\n", another + "  - id: opened\n")

    book.expect("shared-word", "sent-on", another)


def test_a_date_and_an_amount_may_share_a_word(book: PlantedBook) -> None:
    book.plant(DATE, DATE + "    heard_by: [花了]\n")
    book.plant(AMOUNT, AMOUNT + "    heard_by: [花了]\n")

    assert book.findings() == []


GOOD = "version: 1\nasides:\n  - id: hello\n    whole: [你好]\n    said: [你在不在]\n    answer: 我在。\n"


def faults(book: PlantedBook, text: str) -> list[tuple[str, str]]:
    """这份闲话里查出了什么：检查项和 id。"""
    (book.folder / "asides.yaml").write_text(text, encoding="utf-8")
    return [(finding.check, finding.id) for finding in book.findings()]


def test_a_good_file_has_no_findings(book: PlantedBook) -> None:
    assert faults(book, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ("answer: 我在。", f"answer: {'我' * (LONGEST_ANSWER + 1)}", "text-too-long"),
        ("answer: 我在。", "answer: 放心，包退。", "promise"),
        ("answer: 我在。", "answer: 打 400-123-4567。", "phone-number"),
        ("answer: 我在。", "answer: 去 example.com 看。", "link"),
        ("said: [你在不在]", "said: [在不]", "phrase-too-short"),
        ("answer: 我在。", "answer: 我在。\n    scenarios: [no-such]", "unknown-id"),
        ("answer: 我在。", "answer: 我在。\n    unknown: 1", "schema"),
        ("    whole: [你好]\n    said: [你在不在]\n", "", "schema"),
    ],
)
def test_a_planted_fault_is_found(book: PlantedBook, old: str, new: str, check: str) -> None:
    found = faults(book, GOOD.replace(old, new))

    assert [name for name, _ in found] == [check]


def test_an_id_or_a_phrase_written_twice_is_found(book: PlantedBook) -> None:
    again = "  - id: hello\n    whole: [您好]\n    answer: 我在。\n"
    shared = "  - id: other\n    whole: [你好]\n    answer: 我也在。\n"

    assert faults(book, GOOD + again) == [("duplicate-id", "hello")]
    assert faults(book, GOOD + shared) == [("shared-phrase", "other")]


def test_the_packaged_asides_are_good_and_written_as_they_are_compared() -> None:
    assert list(check(load_rulebook())) == []
    phrases = [phrase for aside in load_asides() for phrase in (*aside.said, *aside.whole)]
    assert [phrase for phrase in phrases if normalise(phrase).replace(" ", "") != phrase] == []
