"""进场景的路有没有撞上：命令词与别的命令、控制词、别的场景一样，菜单上抢同一个位置。"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ..findings import Finding, Location
from ..loader import LoadedScenario, Rulebook
from ..overlays.error_places import blamed
from ..wording_models.spoken import load_spoken


def check(rulebook: Rulebook) -> Iterator[Finding]:
    """检查全部场景；撞上的两边都报，各在自己的文件里。"""
    taken: dict[str, list[str]] = defaultdict(list)
    places: dict[int, list[str]] = defaultdict(list)
    for scenario in rulebook.scenarios:
        for word in dict.fromkeys(scenario.command):
            taken[word].append(scenario.id)
        if scenario.menu is not None:
            places[scenario.menu].append(scenario.id)
    sayings = {said: event.label for one in rulebook.scenarios for event in one.events for said in event.said}
    for loaded in rulebook.loaded:
        yield from _check_commands(loaded, taken, sayings)
        yield from _check_menu(loaded, places)


def _check_commands(
    loaded: LoadedScenario, taken: Mapping[str, list[str]], sayings: Mapping[str, str]
) -> Iterator[Finding]:
    scenario = loaded.scenario
    reserved = load_spoken().reserved()
    for index, word in enumerate(scenario.command):
        place: Location = ("command", index)
        if word in reserved:
            yield _finding(loaded, place, "taken-word", f"“{word}”已经是命令或控制词，换一个")
        elif word.isdecimal() or " " in word:
            yield _finding(loaded, place, "taken-word", f"“{word}”不能作命令词：全是数字的是编号，中间也不能有空格")
        elif word in sayings:
            yield _finding(loaded, place, "taken-word", f"“{word}”是“{sayings[word]}”的一种说法，作了命令就听不成它")
        elif word in scenario.command[:index]:
            yield _finding(loaded, place, "taken-word", f"“{word}”写了两遍")
        for other in taken[word]:
            if other != scenario.id:
                yield _finding(loaded, place, "taken-word", f"“{word}”也是“{other}”的命令词，只能给一个场景")


def _check_menu(loaded: LoadedScenario, places: Mapping[int, list[str]]) -> Iterator[Finding]:
    scenario = loaded.scenario
    for other in places[scenario.menu] if scenario.menu is not None else ():
        if other != scenario.id:
            message = f"菜单的第 {scenario.menu} 位“{other}”已经占了，换一个数，或删掉这一行排到最后"
            yield _finding(loaded, ("menu",), "taken-place", message)


def _finding(loaded: LoadedScenario, place: Location, check: str, message: str) -> Finding:
    finding = loaded.document.finding(place, loaded.scenario.id, check, message)
    return blamed(finding, loaded.changes, place)
