"""检查：id 写重、写错、没人用、种类不对、先后颠倒。"""

import pytest

from tests.rulebook.small_book import PlantedBook

ANOTHER_TIMER = (
    "{id: seven-days, version: 1, kind: deadline, title: 期限, remind: [0h], after: 过了, "
    "lengths: [{limit: {rule: hours, n: 9}, sources: [seven-days-law]}]}"
)


def test_the_small_book_has_no_findings(book: PlantedBook) -> None:
    assert book.findings() == []


@pytest.mark.parametrize(
    ("old", "new", "item_id", "at"),
    [
        ("  - id: opened\n", "  - id: goal\n", "goal", "  - id: goal\n    text: 拆封了吗"),
        ("    id: price-band\n", "    id: opened\n", "opened", "  - kind: number_band"),
        (
            "  - id: lacking-parts\n",
            "  - id: complete\n",
            "complete",
            "  - id: complete\n    version: 1\n    when: {lacking: yes}",
        ),
        ("{id: photo, title: 照片", "{id: receipt, title: 照片", "receipt", "{id: receipt, title: 照片"),
        ("{id: claim, start: ask}", "{id: return, start: ask}", "return", "{id: return, start: ask}"),
        ("  - id: paid\n", "  - id: refunded\n", "refunded", "  - id: refunded\n    title: 已赔"),
        (
            "    timers:\n      - id: seven-days\n",
            f"    timers:\n      - {ANOTHER_TIMER}\n      - id: seven-days\n",
            "seven-days",
            "      - id: seven-days\n",
        ),
        ("{on: stop, to: withdrawn}", "{on: applied, to: withdrawn}", "applied", "{on: applied, to: withdrawn}"),
        ("{id: stop, label: 不退了", "{id: applied, label: 不退了", "applied", "{id: applied, label: 不退了"),
    ],
)
def test_an_id_written_twice_is_found_where_it_is_repeated(
    book: PlantedBook, old: str, new: str, item_id: str, at: str
) -> None:
    book.plant(old, new)

    book.expect("duplicate-id", item_id, at)


def test_a_local_source_written_twice_is_found(book: PlantedBook) -> None:
    text = (book.folder / "small.yaml").read_text(encoding="utf-8")
    again = text[text.index("  - id: small-practice") :].replace("大额退款的经验", "又写了一遍")
    (book.folder / "small.yaml").write_text(text + again, encoding="utf-8")

    line = text.count("\n") + 1
    assert [(item.line, item.id) for item in book.findings() if item.check == "duplicate-id"] == [
        (line, "small-practice")
    ]


@pytest.mark.parametrize(
    ("old", "new", "item_id", "at"),
    [
        # 条件里的取值、事实
        ("when: {lacking: yes}", "when: {lacking: missing}", "lacking-parts", "when: {lacking: missing}"),
        ("when: {lacking: yes}", "when: {lackin: yes}", "lacking-parts", "when: {lackin: yes}"),
        ("ask_when: {goal: broken}", "ask_when: {goal: brken}", "price", "ask_when: {goal: brken}"),
        ("ask_when: {opened: yes}", "ask_when: {open: yes}", "parts", "ask_when: {open: yes}"),
        # 不提供“不清楚”的问题，条件里也不能写 unsure
        (
            "ask_when: {goal: broken}",
            "ask_when: {goal: [broken, unsure]}",
            "price",
            "ask_when: {goal: [broken, unsure]}",
        ),
        # 日期题本身不是事实
        ("when: {window: [past, unsure]}", "when: {bought-on: [past, unsure]}", "too-late", "when: {bought-on:"),
        # 推出的事实
        ("    question: parts\n", "    question: pieces\n", "lacking", "  - kind: any_of"),
        ("    options: [box, tag]\n", "    options: [box, label]\n", "lacking", "  - kind: any_of"),
        # 规则指向的东西
        ("    evidence: [photo]\n", "    evidence: [picture]\n", "broken-cheap", "    evidence: [picture]"),
        (
            "    evidence: [photo]\n    track: claim",
            "    evidence: [photo]\n    track: klaim",
            "broken-cheap",
            "    track: klaim",
        ),
        (
            "    risks: 拖久了会过期。\n",
            "    risks: 拖久了会过期。\n    needs: [bought]\n",
            "lacking-parts",
            "    needs: [bought]",
        ),
        (
            "    risks: 商家可以不答应。\n",
            "    risks: 商家可以不答应。\n    redirect_to: nowhere\n",
            "too-late",
            "    redirect_to: nowhere",
        ),
        # 阶段
        ("{id: claim, start: ask}", "{id: claim, start: asked}", "claim", "{id: claim, start: asked}"),
        ("        start: bought-on\n", "        start: bought\n", "seven-days", "      - id: seven-days"),
        ("        start: bought-on\n", "        start: goal\n", "seven-days", "      - id: seven-days"),
        (
            "        next_stage: arbitration\n",
            "        next_stage: arbitrate\n",
            "merchant-reply",
            "      - id: merchant-reply",
        ),
        (
            "{on: applied, to: waiting}",
            "{on: applied, to: wait}",
            "applied",
            "      - {on: applied",
        ),
        # 事件日期
        ("event_date: bought-on", "event_date: goal", "small", "event_date: goal"),
        ("event_date: bought-on", "event_date: bought", "small", "event_date: bought"),
    ],
)
def test_an_unknown_id_is_found(book: PlantedBook, old: str, new: str, item_id: str, at: str) -> None:
    book.plant(old, new)

    book.expect("unknown-id", item_id, at)


@pytest.mark.parametrize(
    ("question", "fact", "at"),
    [
        ("question: bought-on\n", "window", "  - kind: date_window"),
        ("question: parts\n", "lacking", "  - kind: any_of"),
        ("question: price\n", "price-band", "  - kind: number_band"),
    ],
)
def test_a_fact_drawn_from_the_wrong_kind_of_question_is_found(
    book: PlantedBook, question: str, fact: str, at: str
) -> None:
    book.plant(question, "question: goal\n")

    book.expect("wrong-kind", fact, at)


@pytest.mark.parametrize(
    ("old", "new", "fact", "missing", "at"),
    [
        ("arguable: 可以主张顺延, ", "", "window", "arguable", "  - kind: date_window"),
        (", unsure: 日期不确定", "", "window", "unsure", "  - kind: date_window"),
        (", no: 配件齐全", "", "lacking", "no", "  - kind: any_of"),
    ],
)
def test_a_value_without_words_is_found(
    book: PlantedBook, old: str, new: str, fact: str, missing: str, at: str
) -> None:
    book.plant(old, new)

    assert missing in book.expect("missing-label", fact, at).message


def test_a_question_that_never_hears_unsure_needs_no_word_for_it(book: PlantedBook) -> None:
    book.plant(
        "    ask_when: {goal: regret}\n",
        "    ask_when: {goal: regret}\n    unsure_not_offered_because: 总要知道哪天。\n",
    )
    book.plant(", unsure: 日期不确定", "")
    book.plant("when: {window: [past, unsure]}", "when: {window: past}")

    assert book.findings() == []


def test_a_question_asked_before_what_decides_it_is_found(book: PlantedBook) -> None:
    book.plant("    ask_when: {goal: regret}\n", "    ask_when: {opened: yes}\n")

    book.expect("order", "bought-on", "    ask_when: {opened: yes}\n    ".rstrip())


def test_a_question_that_waits_for_itself_is_found(book: PlantedBook) -> None:
    book.plant("    ask_when: {goal: regret, window: [inside, arguable]}", "    ask_when: {opened: yes, goal: regret}")

    book.expect("order", "opened", "    ask_when: {opened: yes, goal: regret}")


@pytest.mark.parametrize(
    ("old", "new", "item_id", "at"),
    [
        ("when: {price-band: [small-sum, unsure]}", "when: {goal: broken}", "price-band", "  - kind: number_band"),
        (
            "    evidence: [receipt, photo, identity]\n",
            "    evidence: [receipt, photo]\n",
            "identity",
            "  - {id: identity",
        ),
        ("sources: [small-practice]", "sources: [platform-habit]", "small-practice", "  - id: small-practice"),
        (
            "  - {id: claim, start: ask}",
            "  - {id: claim, start: ask}\n  - {id: spare, start: ask}",
            "spare",
            "  - {id: spare",
        ),
    ],
)
def test_something_nobody_uses_is_found(book: PlantedBook, old: str, new: str, item_id: str, at: str) -> None:
    if item_id == "price-band":
        book.plant("when: {price-band: large-sum}", "when: {goal: broken}")
    book.plant(old, new)

    book.expect("unused-id", item_id, at)


def test_a_question_whose_answer_serves_nothing_is_found(book: PlantedBook) -> None:
    book.plant(
        "\nfacts:\n",
        "  - {id: colour, text: 什么颜色？, why: 好奇。, kind: yesno, short: 颜色}\n\nfacts:\n",
    )

    book.expect("unused-id", "colour", "  - {id: colour")


def test_a_question_needed_only_for_dates_counts_as_used(book: PlantedBook) -> None:
    book.plant(
        "\nfacts:\n", "  - {id: told-on, text: 哪天说的？, why: 从那天起算。, kind: date, short: 说的日期}\n\nfacts:\n"
    )
    book.plant("    risks: 拖久了会过期。\n", "    risks: 拖久了会过期。\n    needs: [told-on]\n")

    assert book.findings() == []


def test_a_shared_source_nobody_uses_is_found(book: PlantedBook) -> None:
    for old in ("sources: [seven-days-law, platform-habit]", "    sources: [platform-habit]\n    evidence: [photo]"):
        book.plant(
            old,
            old.replace("seven-days-law, platform-habit", "seven-days-law").replace("platform-habit", "small-practice"),
        )
    text = (book.folder / "small.yaml").read_text(encoding="utf-8")
    (book.folder / "small.yaml").write_text(
        text.replace("sources: [platform-habit]", "sources: [small-practice]"), encoding="utf-8"
    )

    book.expect("unused-id", "platform-habit", "  - id: platform-habit", "sources.yaml")
