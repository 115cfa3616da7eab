"""听话的先后：等着的每一种 × 每个命令、控制词、编号、字母 × 每个阶段。

命令总是命令；控制词总是控制词；编号只从刚列出来的里面选；字母什么也不选、什么也不记；
光凭一个编号或字母，了结不了案件，也报告不了什么。
"""

import string
from collections.abc import Iterator
from dataclasses import replace

import pytest

from nonebot_plugin_refund.dialogue.reading import awaits, intents
from nonebot_plugin_refund.dialogue.reading.awaits import Awaited
from nonebot_plugin_refund.dialogue.reading.commands import CommandName
from nonebot_plugin_refund.dialogue.reading.context import Context
from nonebot_plugin_refund.dialogue.reading.intents import Band, Reading
from nonebot_plugin_refund.dialogue.reading.read import READERS
from nonebot_plugin_refund.domain.understanding.controls import Control, ControlKind
from nonebot_plugin_refund.domain.understanding.options import phrases_of
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.money_models.ledger_models import load_ledger
from nonebot_plugin_refund.rulebook.scenario_models.models import QuestionKind
from nonebot_plugin_refund.rulebook.wording_models.spoken import load_spoken
from tests.dialogue.situations import (
    CASE_CODE,
    awaited_samples,
    bases,
    case_open,
    every_awaited_class,
    heard,
    in_stage,
    listed_in,
)

SPOKEN = load_spoken()
COMMANDS = {word: CommandName(name) for name, words in SPOKEN.commands.by_id().items() for word in words}
CONTROLS = {
    word: ControlKind(name) for name, words in SPOKEN.controls.by_id().items() for word in words if word not in COMMANDS
}
DIGITS = {
    **{str(number): number for number in range(11)},
    **dict(zip("１２３９", (1, 2, 3, 9), strict=True)),
    **{"１０": 10, "一": 1, "二": 2, "三": 3, "十": 10, "第一个": 1, "选2": 2},
}
FEW_CONTROLS = {
    word: ControlKind(name)
    for name, words in SPOKEN.controls.by_id().items()
    for word in [word for word in words if word not in COMMANDS][:3]
}
LETTERS = (*string.ascii_lowercase, "A", "H", "Y", "ａ", "Ｂ")
YESNO_LETTERS = frozenset("ynft")
"""是非题里写作“是”“否”的字母：答的是题，不是从列表里选。"""
ALWAYS_CONTROL = {ControlKind.HELP, ControlKind.MENU, ControlKind.HUMAN, ControlKind.PROGRESS}
NOW_AND_THEN = {ControlKind.BACK, ControlKind.CHANGE}
TO_A_REMINDER = {ControlKind.DONE, ControlKind.SNOOZE, ControlKind.STOP}
RECORDING = (
    intents.Chosen,
    intents.Answered,
    intents.Reported,
    intents.Offered,
    intents.Corrected,
    intents.NewMatter,
    intents.SettingChanged,
)
"""办了会记下什么的意思。"""
STAGES = [pytest.param(scenario.id, id=scenario.id) for scenario in load_rulebook().scenarios if scenario.tracks]
MOST_TELLING = frozenset({"空着", "有案件", "问着 choice", "有案件又问着 yesno"})
FEW_LETTERS = ("a", "c", "h", "n", "y", "Ｂ")
FEW_DIGITS = ("0", "1", "2", "3", "9", "10", "１", "一", "第一个")
AWAITED: list[Awaited | None] = [None, *awaited_samples()]


def named(awaited: Awaited | None) -> str:
    return "没有在等" if awaited is None else awaited.kind


def situations(awaited: Awaited | None) -> Iterator[tuple[str, Context]]:
    """正等着它的各种情形；没有在等时每种题各一，等着什么时只留几样。"""
    for name, base in bases().items():
        if awaited is None or name in MOST_TELLING:
            yield name, replace(base, awaits=awaited)


def records(reading: Reading) -> bool:
    """办了会不会记下什么；回“不是”的不算，先问一句的也不算。"""
    first = reading.first
    if isinstance(first, intents.Confirmed):
        return first.yes
    return isinstance(first, RECORDING) and reading.band is Band.RECORD


def test_every_awaited_class_is_in_the_matrix() -> None:
    assert {type(awaited) for awaited in awaited_samples()} == every_awaited_class()


def test_the_readers_have_distinct_names_and_say_what_they_hear() -> None:
    names = [name for name, _, _ in READERS]

    assert len(set(names)) == len(names)
    assert all(hears for _, hears, _ in READERS)


def test_exact_things_come_before_anything_guessed() -> None:
    order = [name for name, _, _ in READERS]
    exact, guessed = (
        ("danger", "private-numbers", "command", "choice", "control"),
        ("answer", "offer", "news", "matter"),
    )

    assert order[:3] == ["danger", "private-numbers", "command"]
    assert max(map(order.index, exact)) < min(map(order.index, guessed))


@pytest.mark.parametrize("awaited", AWAITED, ids=named)
def test_a_command_is_a_command(awaited: Awaited | None) -> None:
    scenario_words = bases()["空着"].book.command_words
    for where, context in situations(awaited):
        for word, name in COMMANDS.items():
            assert _command(heard(context, word)) == (name, ""), (where, word)
        for word, scenario in scenario_words.items():
            assert _command(heard(context, word)) == (CommandName.SCENARIOS, scenario), (where, word)


@pytest.mark.parametrize("awaited", AWAITED, ids=named)
@pytest.mark.parametrize(
    ("said", "name", "argument"),
    [
        (f"进度 {CASE_CODE}", CommandName.PROGRESS, "k7q2"),
        (f"进度{CASE_CODE}", CommandName.PROGRESS, "k7q2"),
        (f"结案 {CASE_CODE}", CommandName.CLOSE, "k7q2"),
        (f"更新 {CASE_CODE} 商家拒绝了", CommandName.UPDATE, "k7q2 商家拒绝了"),
        ("更新 商家同意了", CommandName.UPDATE, "商家同意了"),
        ("材料 1", CommandName.EVIDENCE, "1"),
        ("结案 已退款", CommandName.CLOSE, "已退款"),
    ],
)
def test_a_command_with_its_case_wins(awaited: Awaited | None, said: str, name: CommandName, argument: str) -> None:
    for where, context in situations(awaited):
        assert _command(heard(context, said)) == (name, argument), where


@pytest.mark.parametrize("awaited", AWAITED, ids=named)
def test_a_control_word_is_a_control_or_nothing(awaited: Awaited | None) -> None:
    """没有在等什么时每个词都试；等着什么时，每种试几个。"""
    for where, context in situations(awaited):
        for word, kind in (CONTROLS if awaited is None else FEW_CONTROLS).items():
            reading = heard(context, word)
            if isinstance(reading.first, intents.Chosen):
                assert word in _words_of(awaited), (where, word)
            elif not _is_an_option(context, word):
                assert _is_right_control(context, word, kind, reading), (where, word, reading)


@pytest.mark.parametrize("awaited", AWAITED, ids=named)
def test_a_reminder_just_sent_is_what_is_answered(awaited: Awaited | None) -> None:
    for where, context in situations(awaited):
        for word, kind in FEW_CONTROLS.items():
            if kind in TO_A_REMINDER and word not in _words_of(awaited) and not _is_an_option(context, word):
                reading = heard(replace(context, reminder_answerable=True), word)
                assert reading.first == intents.ReminderAnswer(Control(kind)), (where, word)


@pytest.mark.parametrize("awaited", AWAITED, ids=named)
def test_a_number_picks_only_from_what_was_just_listed(awaited: Awaited | None) -> None:
    for where, context in situations(awaited):
        for written, number in DIGITS.items():
            reading = heard(context, written)
            expected = _picked(context, awaited, written, number)
            if expected is not None:
                assert awaited is not None
                assert reading.first == intents.Chosen(awaited, expected, written), (where, written)
            elif context.open_question is not None:
                assert _answers_or_asks(reading), (where, written, reading)
            else:
                assert isinstance(reading.first, intents.Unclear), (where, written, reading)
                assert reading.band is Band.ASK


@pytest.mark.parametrize("awaited", AWAITED, ids=named)
def test_a_letter_picks_nothing_and_records_nothing(awaited: Awaited | None) -> None:
    for where, context in situations(awaited):
        question = context.open_question.question if context.open_question else None
        for letter in LETTERS:
            reading = heard(context, letter)
            if letter in ("h", "H"):
                assert reading.first == intents.Control(Control(ControlKind.HELP)), (where, letter)
            elif question and question.kind is QuestionKind.YESNO and letter.lower() in YESNO_LETTERS:
                assert isinstance(reading.first, intents.Answered), (where, letter)
            else:
                assert isinstance(reading.first, intents.Unclear), (where, letter, reading)
                assert reading.band is Band.ASK


@pytest.mark.parametrize("scenario", STAGES)
def test_in_no_stage_does_a_number_or_a_letter_report_anything(scenario: str) -> None:
    for context in _stages_of(scenario):
        listed = listed_in(context, context.awaits)
        stage = context.matters[0].stage.id
        for written in FEW_DIGITS:
            reading, number = heard(context, written), DIGITS[written]
            if 1 <= number <= len(listed):
                assert context.awaits is not None
                assert reading.first == intents.Chosen(context.awaits, listed[number - 1], written), (stage, written)
            else:
                assert not records(reading), (stage, written, reading)
                assert not isinstance(reading.first, intents.Reported), (stage, written)
        for letter in FEW_LETTERS:
            assert isinstance(heard(context, letter).first, intents.Unclear | intents.Control)


@pytest.mark.parametrize("scenario", STAGES)
def test_in_no_stage_is_a_command_or_a_control_news(scenario: str) -> None:
    for context in _stages_of(scenario):
        stage = context.matters[0].stage.id
        for name, words in SPOKEN.commands.by_id().items():
            assert _command(heard(context, words[0])) == (CommandName(name), ""), (stage, name)
        for kind, words in SPOKEN.controls.by_id().items():
            reading, word = heard(context, words[0]), words[0]
            assert word in COMMANDS or _is_right_control(context, word, ControlKind(kind), reading), (stage, word)


def test_what_would_end_a_case_is_never_recorded_without_asking() -> None:
    """了结的话最多先问一句；“算了”“停”这些更不是对“是不是”的回答。"""
    about_to_end = awaits.ConfirmReport(case=CASE_CODE, event="refunded", happened_at=case_open().now)
    for word, kind in CONTROLS.items():
        if kind in (ControlKind.QUIT, ControlKind.STOP, ControlKind.UNSURE, ControlKind.SNOOZE):
            reading = heard(case_open(), word, about_to_end)
            assert not records(reading), (word, reading)


def _stages_of(scenario_id: str) -> Iterator[Context]:
    """站在这个场景的每个没了结的阶段；没问过，和刚列过能报告的事。"""
    scenario = next(scenario for scenario in load_rulebook().scenarios if scenario.id == scenario_id)
    for stage in scenario.stages:
        for asked in (False, True):
            context = in_stage(scenario_id, stage.id, asked=asked)
            if context.matters:
                yield context


def _command(reading: Reading) -> tuple[CommandName, str] | None:
    first = reading.first
    return (first.command.name, first.command.argument) if isinstance(first, intents.Command) else None


def _words_of(awaited: Awaited | None) -> frozenset[str]:
    """正等着的那一件自己认的话。"""
    match awaited:
        case awaits.ConfirmDelete():
            return frozenset((*SPOKEN.deletion.confirm, *SPOKEN.deletion.keep))
        case awaits.PickEvidence():
            return frozenset((*SPOKEN.evidence.have, *SPOKEN.evidence.skip))
        case awaits.AskBirthday():
            return frozenset(load_ledger().skip)
        case awaits.AfterVerdict():
            looks = {word for words in SPOKEN.look_closer.values() for word in words}
            why = {word for word, kind in CONTROLS.items() if kind is ControlKind.WHY}
            return frozenset(looks | why)
        case awaits.PickOutcome():
            return frozenset(word for words in SPOKEN.outcomes.by_id().values() for word in words)
        case _:
            return frozenset()


def _is_an_option(context: Context, word: str) -> bool:
    """正问着的那一题自己有这个选项。"""
    if context.open_question is None:
        return False
    return any(word in phrases_of(option) for option in context.open_question.question.options)


def _is_right_control(context: Context, word: str, kind: ControlKind, reading: Reading) -> bool:
    """这个控制词在这个情形里该是什么。"""
    asked, first = context.open_question is not None, reading.first
    if kind in ALWAYS_CONTROL | NOW_AND_THEN or (asked and kind in (ControlKind.QUIT, ControlKind.WHY)):
        return first == intents.Control(Control(kind))
    if kind in TO_A_REMINDER and not asked:
        return first == intents.ReminderAnswer(Control(kind))
    if kind is ControlKind.STOP and "提醒" in word:
        return first == intents.ReminderAnswer(Control(kind))
    if kind is ControlKind.STOP:
        return first == intents.Control(Control(ControlKind.QUIT))
    return (asked and _answers_or_asks(reading)) or not records(reading)


def _answers_or_asks(reading: Reading) -> bool:
    """访谈里：答了题，或再问一遍；不会变成别的。"""
    return isinstance(reading.first, intents.Answered | intents.Unclear | intents.Asked)


def _picked(context: Context, awaited: Awaited | None, written: str, number: int) -> str | None:
    """这个编号该选中的；没有列过、或超出了的为空。"""
    listed = listed_in(context, awaited)
    if 1 <= number <= len(listed):
        return listed[number - 1]
    match awaited:
        case awaits.AfterVerdict() if 1 <= number <= 6:
            return str(number)
        case awaits.PickOutcome() if 1 <= number <= len(SPOKEN.outcomes.by_id()):
            return written.translate(str.maketrans("１２３９０", "12390"))
        case awaits.PickEvidence():
            return written.translate(str.maketrans("１２３９０", "12390"))
        case _:
            return None
