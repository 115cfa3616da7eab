"""群里问到手册里的一种打听：听准了就答那一种，不立案、不问话；听不准的留给场景的简短回答。

人人都看得到，答成别的事不如不答：叫了我们的，话里的词要够熟，最像的一种还要比别的都像得多；
没叫我们的、连是哪种退款也没听出来的，要得更多。
"""

import re
from dataclasses import dataclass

from ...domain.understanding.asides import find_aside
from ...domain.understanding.meaning.topics import HeardTopics
from ...domain.understanding.writing.listed_words import has_any
from ...domain.understanding.writing.text import normalise
from ...render.texts.topic_text import topic_message
from ...rulebook.wording_models.spoken import load_spoken
from ..base.turn import Services
from ..reading.asking.topics import is_asking
from ..reading.utterance import Utterance


@dataclass(frozen=True, slots=True)
class _Least:
    """至少要这样才答。"""

    score: float
    """最像的那一种的把握。"""
    familiar: float
    """话里的词有多熟。"""
    ahead: float
    """比第二像的高出多少倍。"""

    def is_met(self, found: HeardTopics) -> bool:
        """够不够。"""
        best, *others = found.likeliest
        is_ahead = all(best.score >= self.ahead * other.score for other in others[:1])
        return is_ahead and best.score >= self.score and found.familiar >= self.familiar


_TIPPING, _SPOUSE_TIPPED = "live-tip", "tip-spouse"
_SPOUSES = ("老公", "老婆", "丈夫", "妻子", "媳妇", "爱人", "老伴", "当家的", "孩他爸", "孩他妈")
_CHILDREN = load_spoken().people.children
_PRIVATELY = re.compile(r"出轨|小三|暧昧|同居|开房|好上|处对象|情人|包养")
"""说到私情的另有一种打听。"""
_OVERHEARD = _Least(score=0.5, familiar=0.8, ahead=1.0)
"""没叫我们的：先听准了是哪种退款，再看这个。"""
_OVERHEARD_ASKED = _Least(score=0.5, familiar=0.6, ahead=2.2)
"""没叫我们、明明在问的。"""
_PLAIN = _Least(score=0.5, familiar=1.0, ahead=1.0)
"""叫了我们，听不出在问、也没听出是哪种退款的。"""
_ASKED = _Least(score=0.4, familiar=0.6, ahead=2.2)
"""叫了我们，在问的或听出是哪种退款的。"""
_OF_NO_KIND = _Least(score=0.5, familiar=0.7, ahead=2.2)
"""没听出是哪种退款，却只像某一种退款里才有的打听。"""
_ONLY = _Least(score=0.5, familiar=0.45, ahead=5.0)
"""听出是哪种退款，词生些，却只像这一种。"""
_ALIKE = 0.6
"""两种差不多像，合起来有这么大把握：它们答的是一回事，说更像的那一种。"""
_ALIKE_FAMILIAR = 0.65
_THIRD = 0.12
"""这时第三像的至多有这么大把握。"""
_NAMED = 0.5
"""话里就有手册写明的说法，比下来也像它的，词有这么熟就答。"""


def answer(services: Services, text: str, scenario_id: str | None, *, called: bool) -> str:
    """听准了的一种打听的回答，连同依据；听不准为空。

    Args:
        services: 手册。
        text: 群里的话。
        scenario_id: 听出来的场景；没听出来的，各个场景的打听都比一遍。
        called: 是不是叫了我们。
    """
    editions = services.editions
    anywhere = editions.topics.read(text, tuple(scenario.id for scenario in editions.scenarios))
    within = editions.topics.read(text, (scenario_id,)) if scenario_id else anywhere
    heard = _urgent(services, text, scenario_id) or within.verbatim or anywhere.verbatim
    heard = heard or _of_a_spouse(text, scenario_id)
    heard = heard or _heard(services, text, within, scenario_id, called=called)
    if heard is None and called and scenario_id and anywhere.likeliest and _OF_NO_KIND.is_met(anywhere):
        heard = anywhere.likeliest[0].id  # “平台介入几天出结果”听着像申诉，买东西的打听里才有
    scoped = next((one for one in editions.rulebook.topics if one.id == heard), None)
    if scoped is None:
        return ""
    known = {source.id: source for source in editions.rulebook.shared_sources}
    sources = [known[source] for source in scoped.topic.sources if source in known]
    return topic_message(scoped.topic, sources, {})


def _heard(services: Services, text: str, found: HeardTopics, scenario_id: str | None, *, called: bool) -> str | None:
    if not found.likeliest:
        return None
    best = found.likeliest[0].id
    asking = is_asking(Utterance(normalise(text)))
    if not called:
        return best if (_OVERHEARD_ASKED if asking else _OVERHEARD).is_met(found) else None
    if _PLAIN.is_met(found):
        return best
    if not (scenario_id or asking):
        return None
    is_shared = any(one.id == best and not one.scenarios for one in services.editions.rulebook.topics)
    if (_ASKED if scenario_id or is_shared else _OF_NO_KIND).is_met(found):
        return best
    if named := _named(services, text, found, scenario_id):
        return named
    return best if scenario_id and (_ONLY.is_met(found) or _are_alike(found)) else None


def _urgent(services: Services, text: str, scenario_id: str | None) -> str | None:
    """人要紧的（冒烟、漏电、鼓包）先答；没有为 ``None``。"""
    found = find_aside(text, services.editions.rulebook.asides, scenario_id or "")
    return found.aside.id if found is not None and found.aside.first else None


def _of_a_spouse(text: str, scenario_id: str | None) -> str | None:
    """说的是老公、老婆打赏，没提孩子：场景的简短回答先说孩子的，答夫妻之间的那一种。"""
    said = normalise(text)
    is_spouse = scenario_id == _TIPPING and has_any(said, _SPOUSES) and not has_any(said, _CHILDREN)
    return _SPOUSE_TIPPED if is_spouse and not _PRIVATELY.search(said) else None


def _named(services: Services, text: str, found: HeardTopics, scenario_id: str | None) -> str | None:
    """话里有它写明的说法，比下来它又是最像的两种之一。"""
    named = find_aside(text, services.editions.rulebook.asides, scenario_id or "")
    is_near = named is not None and any(one.id == named.aside.id for one in found.likeliest[:2])
    return named.aside.id if named is not None and is_near and found.familiar >= _NAMED else None


def _are_alike(found: HeardTopics) -> bool:
    if len(found.likeliest) < 2:
        return False
    first, second, *others = found.likeliest
    return (
        found.familiar >= _ALIKE_FAMILIAR
        and first.score + second.score >= _ALIKE
        and all(other.score <= _THIRD for other in others[:1])
    )
