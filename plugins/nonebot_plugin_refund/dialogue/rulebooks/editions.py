"""手册的各个版本：现在用的一版，和旧案件钉住的那些。"""

import json
import logging
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from ...domain.understanding.meaning.topics import TopicReader
from ...domain.understanding.writing.text import bare
from ...log_lines import about
from ...rulebook.edition import Edition
from ...rulebook.findings import RulebookError
from ...rulebook.loader import Rulebook, load_rulebook
from ...rulebook.operator_folder import read_own_book
from ...rulebook.scenario_models.models import Scenario
from ...storage.case import snapshots
from ...storage.records import CaseRecord
from ..base.failure import describe

logger = logging.getLogger(__name__)


class Editions:
    """现在用的手册，加上从数据库里取出来过的旧版本。"""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._by_name = _names_of(rulebook)
        self._command_words = _command_words_of(rulebook)
        self._topics = TopicReader(rulebook.topics)
        self._pinned: dict[str, Edition] = {}
        self._reported: set[str] = set()
        """读不出来、已经记过日志的版本：每条消息都会碰到，只记一次。"""

    @classmethod
    def opened(cls, operators_own: Path | None, today: date) -> "Editions":
        """读入随包手册，加上操作者自己的文件夹；自己写的要过全部检查才用，免得走到一半没有规则管。

        依据到期没核对的照样能用，会在结论里写明，所以不算。

        Raises:
            RulebookError: 有文件不合要求，消息里逐条说明。
        """
        if operators_own is None:
            return cls(load_rulebook())
        return cls(read_own_book(operators_own, today).rulebook)

    @property
    def rulebook(self) -> Rulebook:
        """现在用的整本手册。"""
        return self._rulebook

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """现在的全部场景，按菜单的顺序。"""
        return self._rulebook.scenarios

    @property
    def command_words(self) -> Mapping[str, str]:
        """场景自己的命令词（统一写法）→ 场景 id；每个场景的第一个词排在它的别的词前面。"""
        return self._command_words

    @property
    def topics(self) -> TopicReader:
        """听打听的，照现在的手册。"""
        return self._topics

    def current(self, scenario_id: str) -> Edition | None:
        """一个场景现在的版本；已经下架的为空。"""
        try:
            return self._rulebook.edition(scenario_id)
        except KeyError:
            return None

    @property
    def names(self) -> Mapping[str, str]:
        """场景的 id、标题、俗称（统一写法）到场景 id。"""
        return self._by_name

    def named(self, name: str) -> Edition | None:
        """按 id、标题或俗称找一个场景，要一字不差（统一写法之后）；没有为空。"""
        found = self._by_name.get(bare(name))
        return self.current(found) if found is not None else None

    def adopt(self, rulebook: Rulebook) -> None:
        """立刻换上一本，所有人都用它；手里拿着旧版本的那几轮照旧版说完，钉在旧版本上的案件照旧版走。"""
        for scenario in self.scenarios:
            edition = self._rulebook.edition(scenario.id)
            self._pinned[edition.digest] = edition
        self._rulebook = rulebook
        self._by_name = _names_of(rulebook)
        self._command_words = _command_words_of(rulebook)
        self._topics = TopicReader(rulebook.topics)

    def digests(self) -> dict[str, str]:
        """各场景现在的版本。"""
        return {scenario.id: self._rulebook.edition(scenario.id).digest for scenario in self.scenarios}

    async def pinned(self, session: AsyncSession, digest: str, scenario_id: str) -> Edition | None:
        """案件钉住的那个版本；连留底都没有时退回现在的版本。

        Raises:
            RulebookError: 留底读不出来。
        """
        return await self.kept(session, digest, scenario_id) or self.current(scenario_id)

    async def kept(self, session: AsyncSession, digest: str, scenario_id: str) -> Edition | None:
        """就是这个版本，不用别的顶替；没有留底为空。

        Raises:
            RulebookError: 留底读不出来。
        """
        current = self.current(scenario_id)
        if current is not None and current.digest == digest:
            return current
        if digest not in self._pinned:
            body = await snapshots.get(session, digest, scenario_id)
            if body is None:
                return None
            self._pinned[digest] = Edition.from_json(json.dumps(body, ensure_ascii=False))
        return self._pinned[digest]

    async def of_case(self, session: AsyncSession, case: CaseRecord) -> Edition | None:
        """案件能照着走的版本；没有了、读不出来、没有它所处的阶段，都为空：一件坏了不能连累别的。"""
        try:
            edition = await self.pinned(session, case.rulebook_digest, case.scenario_id)
        except RulebookError as error:
            if case.rulebook_digest not in self._reported:
                self._reported.add(case.rulebook_digest)
                logger.error(
                    "案件 %s 钉住的规则版本读不出来：%s",
                    case.code,
                    describe(error),
                    extra=about("edition_unreadable", case=case.code),
                )
            return None
        stages = {stage.id for stage in edition.scenario.stages} if edition else set[str]()
        return edition if case.stage_id is None or case.stage_id in stages else None

    async def keep(self, session: AsyncSession, edition: Edition, now: datetime) -> None:
        """给这个版本留底：手册改了，案件仍按立案时的版本走。"""
        digest, scenario_id = edition.digest, edition.scenario.id
        if not await snapshots.is_kept(session, digest, scenario_id):
            await snapshots.keep(session, digest, scenario_id, json.loads(edition.body), now)


def _command_words_of(rulebook: Rulebook) -> dict[str, str]:
    return {bare(word): scenario.id for scenario in rulebook.scenarios for word in scenario.command}


def _names_of(rulebook: Rulebook) -> dict[str, str]:
    """各场景的 id、标题和俗称（统一写法）→ id；重名的归菜单上靠前的。"""
    found: dict[str, str] = {}
    for scenario in rulebook.scenarios:
        for name in (scenario.id, scenario.title, *scenario.names):
            found.setdefault(bare(name), scenario.id)
    return found
