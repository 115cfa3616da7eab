"""结局：案件最后怎样，按编号、名字或别的说法。"""

from ....domain.understanding.options import match_options
from ....rulebook.scenario_models.models import Option, Outcome
from ....rulebook.wording_models.spoken import load_spoken

_OPTIONS = tuple(
    Option(id=name.replace("_", "-"), label=words[0], aliases=words[1:])
    for name, words in load_spoken().outcomes.by_id().items()
)


def named_outcome(text: str) -> Outcome | None:
    """一句话说的是哪个结局；听不出、说了两个的为空。"""
    match = match_options(text, _OPTIONS, multi=False)
    return Outcome(match.ids[0].replace("-", "_")) if len(match.ids) == 1 else None
