"""正问着的选择题里，话里否掉、反问的那一项不是回答：“哪来的质量问题 就是没发到”“质量问题个鬼 它是发错了”。"""

import re

from ....rulebook.derived.once import once_for_each
from ....rulebook.scenario_models.models import Option, Question, QuestionKind
from ...understanding.options import phrases_of
from ...understanding.writing.text import normalise

_BEFORE = "又不是|并不是|才不是|哪来的?|哪里是|哪是|谁说是?|怎么会是|怎么可能是|咋会是|咋可能是"
_ASKS_BACK = "什么|啥"
"""后面跟着“啊”才是反问：“什么假货啊”。"""
_AFTER = "个鬼|个屁|个毛|个锤子|个头"
_DENIES = re.compile(f"{_BEFORE}|{_ASKS_BACK}|{_AFTER}")
_SHORTEST = 2
_LEAST_LEFT = 3
"""否掉之外还说了这么多个字，才照剩下的听；光否掉一项的，照旧。"""


def without_denied(question: Question, text: str) -> str:
    """去掉否掉的那几项，剩下的话；没有否掉什么、剩不下什么的照旧。"""
    if question.kind is not QuestionKind.CHOICE or _DENIES.search(text) is None:
        return text
    said = normalise(text)
    rest = said
    for option in question.options:
        if any(phrase in rest for phrase in phrases_of(option)):
            rest = _denied(option).sub(" ", rest)
    rest = rest.strip()
    return rest if rest != said and len(rest) >= _LEAST_LEFT else text


@once_for_each(1024)
def _denied(option: Option) -> re.Pattern[str]:
    phrases = sorted((phrase for phrase in phrases_of(option) if len(phrase) >= _SHORTEST), key=len, reverse=True)
    named = "|".join(map(re.escape, phrases)) or "(?!)"
    asked_back = f"(?:{_ASKS_BACK})(?:{named})[啊呀]"
    return re.compile(f"(?:{_BEFORE})(?:{named})[的了啊呀吧]?|{asked_back}|(?:{named})(?:{_AFTER})")
