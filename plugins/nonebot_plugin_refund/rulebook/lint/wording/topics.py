"""打听写得对不对：没有例句、回答太长或许了诺、依据查无此条、两种共一句问法、写了填不上的空。"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ...findings import Finding
from ...loader import Rulebook
from ...scenario_models.source_models import Source
from ...scenario_models.topics import PLACEHOLDERS, ScopedTopic, Topics, placeholders_in
from ...wording_models.asides import Asides
from ...yaml_reading.validating import validate
from ...yaml_reading.yaml_document import YamlDocument
from ..scenario.texts import faults_of

LONGEST_ANSWER = 110
"""两行，连同依据和原来的问题还在一屏里。"""
LONGEST_WITH_CASE = 60
LONGEST_TITLE = 16
FEWEST_EXAMPLES = 3
"""再少就只认得原话。"""
_MOST_LINES = 2
_SHORTEST_PHRASE = 3


def check(rulebook: Rulebook, today: date) -> Iterator[Finding]:
    """检查一本手册里的全部打听；``today`` 用来看依据还有没有效。"""
    sources = {source.id: source for source in rulebook.shared_sources}
    for scenario in rulebook.scenarios:
        sources |= {source.id: source for source in scenario.sources}
    known = frozenset(scenario.id for scenario in rulebook.scenarios)
    in_force: defaultdict[str, list[ScopedTopic]] = defaultdict(list)
    for topic in rulebook.topics:
        in_force[topic.id].append(topic)
    owners = _Owners()
    for document in rulebook.topic_documents:
        written = validate(Topics, document)
        for scenario_id in sorted(set(written.topics_for) - known):
            yield document.finding(("topics_for",), scenario_id, "unknown-id", f"没有叫“{scenario_id}”的场景")
        for index, scoped in enumerate(written.scoped()):
            place = _Place(document, index, scoped)
            yield from _check_words(place)
            yield from _check_sources(place, sources, today)
            yield from _check_scenarios(place, known)
            if scoped in in_force[scoped.id]:  # 被操作者同 id 的盖过的，不和别的争
                yield from owners.check(place)
    yield from _taken_ids(rulebook)


class _Place:
    """一种打听写在哪里。"""

    def __init__(self, document: YamlDocument, index: int, scoped: ScopedTopic) -> None:
        self.scoped = scoped
        self.topic = scoped.topic
        self._document = document
        self._index = index

    def finding(self, check: str, message: str, key: str | None = None) -> Finding:
        """这里的一处毛病；``key`` 是哪个键，不给就指着整种打听。"""
        spot = ("topics", self._index) if key is None else ("topics", self._index, key)
        return self._document.finding(spot, self.topic.id, check, message)


def _check_words(place: _Place) -> Iterator[Finding]:
    topic = place.topic
    if len(topic.asked) < FEWEST_EXAMPLES:
        yield place.finding(
            "no-examples", f"只有 {len(topic.asked)} 句问法，至少写 {FEWEST_EXAMPLES} 句，最好 8 句以上"
        )
    for key, text, limit in (
        ("title", topic.title, LONGEST_TITLE),
        ("answer", topic.answer, LONGEST_ANSWER),
        ("with_case", topic.with_case, LONGEST_WITH_CASE),
        ("in_case", topic.in_case, LONGEST_ANSWER),
    ):
        for check, message in faults_of(text, limit):
            yield place.finding(check, message, key)
    if len(topic.answer.splitlines()) > _MOST_LINES:
        yield place.finding("text-too-long", f"回答最多 {_MOST_LINES} 行", "answer")
    for name in placeholders_in(topic.answer):
        yield place.finding("unknown-placeholder", f"{{{name}}} 只能写在 with_case 里", "answer")
    for key, line in (("with_case", topic.with_case), ("in_case", topic.in_case)):
        for name in placeholders_in(line):
            if name not in PLACEHOLDERS:
                known = "、".join(f"{{{one}}}" for one in sorted(PLACEHOLDERS))
                yield place.finding("unknown-placeholder", f"没有 {{{name}}} 这个空；有：{known}", key)
    for phrase in topic.said:
        if len(phrase) < _SHORTEST_PHRASE:
            yield place.finding("phrase-too-short", f"“{phrase}”太短，到处都会碰上，写到 asked 里", "said")


def _check_sources(place: _Place, sources: Mapping[str, Source], today: date) -> Iterator[Finding]:
    topic = place.topic
    if not topic.sources and not topic.about_us:
        yield place.finding("no-source", "没有写依据；问的是机器人自己的，写 about_us: true")
    for source in topic.sources:
        if source not in sources:
            yield place.finding("missing-source", f"没有叫“{source}”的依据；写进 sources.yaml", "sources")
        elif not sources[source].is_effective_on(today):
            yield place.finding("no-source-in-force", f"“{source}”在 {today} 不是有效的", "sources")


def _check_scenarios(place: _Place, known: frozenset[str]) -> Iterator[Finding]:
    for scenario_id in sorted(set(place.topic.scenarios) - known):
        yield place.finding("unknown-id", f"没有叫“{scenario_id}”的场景", "scenarios")


class _Owners:
    """每一句问法、每个 id 归谁：同时用得上的两种不能共一句。"""

    def __init__(self) -> None:
        self._phrases: dict[str, list[ScopedTopic]] = {}

    def check(self, place: _Place) -> Iterator[Finding]:
        """看这一种的问法前面有没有别的也写了，再记下来。"""
        topic = place.topic
        for key, phrases in (("asked", topic.asked), ("said", topic.said)):
            for phrase in phrases:
                earlier = self._phrases.setdefault(_compared(phrase), [])
                for other in earlier:
                    if other.id != topic.id and _meet(other, place.scoped):
                        yield place.finding("shared-phrase", f"“{phrase}”在“{other.id}”里也有，分不清答哪句", key)
                if place.scoped not in earlier:
                    earlier.append(place.scoped)


def _compared(phrase: str) -> str:
    """比的时候不看空格和句末的问号。"""
    return "".join(phrase.split()).rstrip("?？。!！").lower()


def _meet(one: ScopedTopic, other: ScopedTopic) -> bool:
    """会不会在同一个场景里碰上。"""
    return not one.scenarios or not other.scenarios or bool(set(one.scenarios) & set(other.scenarios))


def _taken_ids(rulebook: Rulebook) -> Iterable[Finding]:
    """打听和闲话的 id 不能一样：听到之后按 id 找回答。"""
    topics = {topic.id for topic in rulebook.topics}
    for document in rulebook.aside_documents:
        for index, aside in enumerate(validate(Asides, document).asides):
            if aside.id in topics:
                yield document.finding(("asides", index), aside.id, "duplicate-id", "有一种打听也叫这个 id，换一个")
