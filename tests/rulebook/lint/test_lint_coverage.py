"""检查：问不到的问题、不成立的规则、打架的规则、没人管的情况、问得太多。"""

from tests.rulebook.small_book import PlantedBook


def test_a_question_whose_condition_cannot_hold_is_unreachable(book: PlantedBook) -> None:
    book.plant("    ask_when: {opened: yes}", "    ask_when: {opened: yes, goal: broken}")

    book.expect("unreachable-question", "parts", "  - id: parts")


def test_a_question_no_path_comes_to_is_unreachable(book: PlantedBook) -> None:
    """ask_when 本身能成立，但在那之前结论总是已经定了。"""
    book.plant("when: {lacking: [no, unsure]}", "when: {opened: yes}")
    book.plant("when: {lacking: yes}", "when: {opened: yes, lacking: yes}")

    book.expect("unreachable-question", "parts", "  - id: parts")


def test_a_rule_that_cannot_match_is_found(book: PlantedBook) -> None:
    book.plant("when: {price-band: large-sum}", "when: {price-band: large-sum, opened: yes}")

    book.expect("impossible-rule", "broken-dear", "    when: {price-band: large-sum, opened: yes}")


def test_one_impossible_alternative_of_a_rule_is_named_by_its_number(book: PlantedBook) -> None:
    book.plant(
        "when: {price-band: large-sum}",
        "when:\n      - {price-band: large-sum}\n      - {price-band: large-sum, window: past}",
    )

    finding = book.expect("impossible-rule", "broken-dear", "    when:\n      - {price-band: large-sum}")

    assert "第 2 条" in finding.message


def test_a_widened_rule_overlaps_its_neighbour_and_both_are_named(book: PlantedBook) -> None:
    book.plant("when: {lacking: [no, unsure]}", "when: {opened: yes}")

    finding = book.expect("overlapping-rules", "lacking-parts", "    when: {lacking: yes}")

    assert "complete" in finding.message


def test_two_rules_of_different_times_do_not_overlap(book: PlantedBook) -> None:
    text = (book.folder / "small.yaml").read_text(encoding="utf-8")
    start, end = text.index("  - id: too-late"), text.index("  - id: broken-cheap")
    older = text[start:end].replace("too-late", "too-late-before") + "    effective_to: 2020-12-31\n"
    newer = text[start:end] + "    effective_from: 2021-01-01\n"
    (book.folder / "small.yaml").write_text(text[:start] + older + newer + text[end:], encoding="utf-8")

    assert book.findings() == []


def test_two_rules_sharing_one_day_overlap(book: PlantedBook) -> None:
    text = (book.folder / "small.yaml").read_text(encoding="utf-8")
    start, end = text.index("  - id: too-late"), text.index("  - id: broken-cheap")
    older = text[start:end].replace("too-late", "too-late-before") + "    effective_to: 2021-01-01\n"
    newer = text[start:end] + "    effective_from: 2021-01-01\n"
    (book.folder / "small.yaml").write_text(text[:start] + older + newer + text[end:], encoding="utf-8")

    assert {(item.check, item.id) for item in book.findings()} == {("overlapping-rules", "too-late")}


def test_a_narrowed_rule_leaves_a_case_uncovered_and_the_case_is_spelt_out(book: PlantedBook) -> None:
    book.plant("when: {opened: [no, unsure]}", "when: {opened: no}")

    finding = book.expect("uncovered", "small", "rules:")

    assert "opened=unsure" in finding.message


def test_a_time_without_a_rule_is_uncovered(book: PlantedBook) -> None:
    """规则从某天起才有，那之前的情况没有规则管。"""
    book.plant("    risks: 商家可以不答应。\n", "    risks: 商家可以不答应。\n    effective_from: 2024-07-01\n")

    finding = book.expect("uncovered", "small", "rules:")

    assert "window=past" in finding.message


def test_many_gaps_are_summed_up(book: PlantedBook) -> None:
    options = ", ".join(f"{{id: part-{number}, label: 第 {number} 处}}" for number in range(1, 8))
    book.plant(
        "\nfacts:\n",
        f"  - {{id: spot, text: 坏在哪里？, why: 要看是哪处。, kind: choice, short: 坏处, options: [{options}], "
        "ask_when: {goal: broken}}\n\nfacts:\n",
    )
    book.plant("when: {price-band: large-sum}", "when: {price-band: large-sum, spot: part-1}")

    gaps = [item.message for item in book.findings() if item.check == "uncovered"]

    # 剩下六处加上“不清楚”都没人管：列出五种，其余只报个数
    assert len(gaps) == 6
    assert [message for message in gaps if "另有" in message] == ["另有 2 种情况也没有规则管"]


def test_more_than_nine_questions_on_a_path_are_too_many(book: PlantedBook) -> None:
    extra = "".join(
        f"  - {{id: step-{number}, text: 第 {number} 步做了吗？, why: 一步步看。, kind: yesno, short: 步骤, "
        f"ask_when: {{goal: broken}}}}\n"
        for number in range(1, 9)
    )
    all_yes = ", ".join(f"step-{number}: yes" for number in range(1, 9))
    some_no = "\n".join(f"      - {{step-{number}: [no, unsure]}}" for number in range(1, 9))
    book.plant("\nfacts:\n", f"{extra}\nfacts:\n")
    book.plant("when: {price-band: large-sum}", f"when: {{price-band: large-sum, {all_yes}}}")
    text = (book.folder / "small.yaml").read_text(encoding="utf-8")
    start, end = text.index("  - id: broken-dear"), text.index("\nevidence:")
    slack = text[start:end].replace("broken-dear", "broken-slack")
    slack = slack.replace(f"when: {{price-band: large-sum, {all_yes}}}", f"when:\n{_each_with(some_no)}")
    (book.folder / "small.yaml").write_text(text[:end] + slack + text[end:], encoding="utf-8")

    finding = book.expect("too-many-questions", "small", "questions:")

    assert "10" in finding.message


def _each_with(alternatives: str) -> str:
    return alternatives.replace("{step", "{price-band: large-sum, step")


def test_wrong_references_are_reported_alone_before_the_paths_are_walked(book: PlantedBook) -> None:
    """一处写错的取值不该引出一串“没有规则管”。"""
    book.plant("when: {lacking: yes}", "when: {lacking: missing}")

    assert {item.check for item in book.findings()} == {"unknown-id"}
