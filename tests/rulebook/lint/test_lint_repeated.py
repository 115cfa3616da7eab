"""检查：同一句话写了两遍。照用来的不算写。"""

import pytest

from tests.rulebook.small_book import PlantedBook

STAGES = """stages:
  - id: back
    title: 退了
    happening: 钱已经回来。
    todo: 核对一遍。
    outcome: refunded
"""


@pytest.mark.parametrize(
    ("old", "new", "item_id", "at"),
    [
        (
            "    happening: 平台在看。\n",
            "    happening: 商家在看。\n",
            "arbitration",
            "    happening: 商家在看。\n    todo: 补材料",
        ),
        (
            "    todo: 补材料。\n",
            "    todo: 等答复。\n",
            "arbitration",
            "    todo: 等答复。\n    timers:\n      - id: platform",
        ),
        (
            "        after: 平台没有答复，可以投诉。\n",
            "        after: 商家没有答复，可以找平台。\n",
            "platform-reply",
            "        after: 商家没有答复，可以找平台。\n    events:",
        ),
    ],
)
def test_a_text_written_twice_is_found_where_it_is_repeated(
    book: PlantedBook, old: str, new: str, item_id: str, at: str
) -> None:
    book.plant(old, new)

    finding = book.expect("repeated-text", item_id, at)

    assert f"第 {book.line(new)} 行" in finding.message
    assert "use" in finding.message


def test_a_text_repeated_from_a_variant_is_found(book: PlantedBook) -> None:
    book.plant(
        "    events:\n      - {on: applied",
        "    variants:\n      - when: {track: return}\n        todo: 等答复。\n    events:\n      - {on: applied",
    )

    book.expect("repeated-text", "waiting", "    todo: 等答复。\n    timers:")


def test_a_text_that_also_stands_in_the_shared_stages_is_found(book: PlantedBook) -> None:
    (book.folder / "stages.yaml").write_text(STAGES, encoding="utf-8")
    book.plant("    happening: 钱到了。\n", "    happening: 钱已经回来。\n")

    finding = book.expect("repeated-text", "paid", "    happening: 钱已经回来。")

    assert "stages.yaml 第 4 行" in finding.message


def test_a_text_taken_twice_is_written_once(book: PlantedBook) -> None:
    (book.folder / "stages.yaml").write_text(STAGES, encoding="utf-8")
    written = "  - id: {id}\n    title: {title}\n    happening: {happening}\n    todo: {todo}\n    outcome: refunded\n"
    book.plant(
        written.format(id="refunded", title="已退款", happening="钱退了。", todo="核对金额。"),
        "  - use: back\n    id: refunded\n",
    )
    book.plant(
        written.format(id="paid", title="已赔", happening="钱到了。", todo="看看金额对不对。"),
        "  - use: back\n    id: paid\n",
    )

    assert book.findings() == []
