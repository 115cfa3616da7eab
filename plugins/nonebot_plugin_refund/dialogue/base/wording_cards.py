"""菜单、帮助、群里的简短回答：同样的话，排成文字的同时也排成卡片。

卡片从 :mod:`.wording` 写好的文字拆出来，两边因此不会各说各的。
"""

from collections.abc import Sequence

from ...render.cards import GroupAnswerCard, HelpCard, MenuCard
from ...rulebook.scenario_models.models import Scenario
from . import wording
from .turn import Picture, Reply

HELP_TITLE = "退款助手能做什么"
SCENARIOS_TITLE = "快手退款的几种情况"


def menu_reply(scenarios: Sequence[Scenario], command: str, *, private: bool) -> Reply:
    """菜单。"""
    text = wording.menu(scenarios, command, private=private)
    title, *rest = text.splitlines()
    items = tuple((scenario.title, "") for scenario in scenarios)
    return Reply(text, Picture(MenuCard(title, items, tuple(rest[len(items) :]))))


def scenario_list_reply(scenarios: Sequence[Scenario]) -> Reply:
    """全部场景，各带一句说明；次序与菜单的编号相同。"""
    items = tuple((scenario.title, scenario.summary) for scenario in scenarios)
    return Reply(wording.scenario_list(scenarios), Picture(MenuCard(SCENARIOS_TITLE, items, ())))


def help_reply(command: str) -> Reply:
    """帮助：每行冒号前的是小标题。"""
    text = wording.help_text(command)
    parts = (line.partition("：") for line in text.splitlines())
    lines = tuple((head, rest) if rest else ("", head) for head, _, rest in parts)
    return Reply(text, Picture(HelpCard(HELP_TITLE, lines)))


def group_answer_reply(scenario: Scenario) -> Reply:
    """群里的简短回答。"""
    text = wording.group_answer(scenario)
    *lines, footer = text.splitlines()
    return Reply(text, Picture(GroupAnswerCard(scenario.title, tuple(lines), (footer,))))
