"""办命令：命令永远是命令，不管正等着什么。"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from ...storage.case.case_codes import normalise_code
from ..base import prompts, wording
from ..base.turn import Reply, Turn, replies
from ..base.wording_cards import help_reply, menu_reply, scenario_list_reply
from ..case import calendaring, casework, evidence, papers
from ..case.case_state import OpenedCase
from ..case.money import bookkeeping, claiming
from ..case.progress import updating
from ..interview import interviewing
from ..interview.telling import told_in
from ..owner import administration
from ..person import personal_data, picture_settings
from ..reading.awaits import PickScenario
from ..reading.commands import Command, CommandName
from ..reading.progress.told_pieces import happened_at
from ..reminders import reminding

_ON_CASE: dict[CommandName, Callable[[Turn, OpenedCase], Awaitable[list[Reply]]]] = {
    CommandName.PROGRESS: casework.progress,
    CommandName.UPDATE: casework.update,
    CommandName.EVIDENCE: evidence.show,
    CommandName.PAPERS: papers.show,
    CommandName.CLAIM: claiming.show,
    CommandName.LEDGER: bookkeeping.show,
    CommandName.CALENDAR: calendaring.show,
    CommandName.REMINDERS: reminding.show,
    CommandName.CLOSE: casework.ask_outcome,
}

_HEARD_AT_ONCE: dict[CommandName, Callable[[Turn, OpenedCase, str], Awaitable[list[Reply]]]] = {
    CommandName.EVIDENCE: evidence.hear,
    CommandName.PAPERS: papers.hear,
    CommandName.CLOSE: casework.hear_outcome,
}
"""命令后面的话可以直接当作回答：材料和文书的编号、结局。"""


_WITH_WORDS = frozenset({CommandName.UPDATE, CommandName.CLAIM, CommandName.LEDGER})
"""案件号不写时，后面的是话，不是写错的案件号。"""


async def obey(turn: Turn, command: Command) -> list[Reply]:
    """办一条命令。"""
    if command.name in _ON_CASE:
        return await _on_case(turn, command)
    match command.name:
        case CommandName.MINE if command.argument:
            return await obey(turn, Command(CommandName.PROGRESS, command.argument))
        case CommandName.MINE:
            return await casework.mine(turn)
        case CommandName.EXPORT:
            return await personal_data.export(turn)
        case CommandName.DELETE:
            return await personal_data.ask_delete(turn)
        case CommandName.HELP:
            return [help_reply(turn.services.command)]
        case CommandName.SETTINGS:
            return await picture_settings.hear_in_private(turn, command.argument)
        case CommandName.ADMINISTRATION:
            return await administration.hear(turn, command.argument)
        case CommandName.SCENARIOS if command.argument:
            return await start_named(turn, command.argument)
        case CommandName.SCENARIOS:
            await prompts.ask(turn, _scenarios_listed(turn))
            return [scenario_list_reply(turn.services.editions.scenarios)]
        case _:
            return await menu(turn)


async def menu(turn: Turn, *, another: bool = False, apart: bool = False) -> list[Reply]:
    """菜单，等一个编号；手头有案件、听着像另说起一件、明说了要另外记一件的，前面先说一句。"""
    await prompts.ask(turn, _scenarios_listed(turn).model_copy(update={"apart": apart}))
    listed = menu_reply(turn.services.editions.scenarios, turn.services.command, private=True)
    first = wording.APART if apart else wording.ANOTHER_MATTER if another else ""
    return [*replies(first), listed]


async def start_named(turn: Turn, name: str, told: Mapping[str, Any] | None = None) -> list[Reply]:
    """按 id、标题或俗称开始；对不上的当描述去听，再对不上给菜单。``told`` 是已经说了的答案。"""
    edition = turn.services.editions.named(name) or turn.services.editions.current(name)
    if edition is None:
        found = turn.services.classifier.classify(name)
        edition = turn.services.editions.current(found.scenario or "")
        told = told_in(turn, edition, name) if edition is not None else None
    if edition is None:
        return await menu(turn)
    return await interviewing.start(turn, edition, told=told)


async def _on_case(turn: Turn, command: Command) -> list[Reply]:
    """``更新``、``更新 K7Q2``、``更新 商家同意了``、``更新 K7Q2 商家同意了``：号可以不写，后面的话能当场办就办。"""
    first, _, rest = command.argument.partition(" ")
    takes_words = command.name in _HEARD_AT_ONCE or command.name in _WITH_WORDS
    if takes_words and normalise_code(first) is None:
        first, rest = "", command.argument
    chosen = await casework.choose(turn, command.name, first)
    if isinstance(chosen, list):
        return chosen
    if command.name is CommandName.UPDATE and rest and chosen.record.closed_at is None:
        return await updating.hear_update(turn, chosen, rest, happened_at(rest, turn.said_at))
    if command.name is CommandName.CLAIM and rest:
        return await claiming.hear(turn, chosen, rest) or await claiming.show(turn, chosen)
    if command.name is CommandName.LEDGER and rest:
        return await bookkeeping.add(turn, chosen, rest) or await bookkeeping.show(turn, chosen)
    shown = await _ON_CASE[command.name](turn, chosen)
    hear = _HEARD_AT_ONCE.get(command.name)
    if hear is None or not rest or chosen.record.closed_at is not None:
        return shown
    return await hear(turn, chosen, rest) or shown


def _scenarios_listed(turn: Turn) -> PickScenario:
    return PickScenario(scenarios=tuple(scenario.id for scenario in turn.services.editions.scenarios))
