"""用真正的流程的战役共用的：手册、识别器和空库一个进程备一份，每次运行换一份新的库。"""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from nonebot_plugin_refund.cli.rehearsing.rehearsal import Rehearsal, rehearsal_on
from nonebot_plugin_refund.dialogue.rulebooks.editions import Editions
from nonebot_plugin_refund.domain.understanding.scenarios import Classifier
from nonebot_plugin_refund.rulebook.loader import load_rulebook

from ..faults import prepared
from .simulated import ReusableDatabase, copy_template, make_template

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""上海时间 10:00。"""
OPENINGS = (
    ("退货", "1", "1", "昨天", "1", "1"),
    ("打赏", "1", "10", "1", "5000", "1 3", "上周五"),
)
"""照着清单答到结论的几场。"""


@dataclass(frozen=True)
class Stage:
    """一个进程里各次运行共用的。"""

    editions: Editions
    classifier: Classifier
    template: Path
    file: Path
    database: ReusableDatabase

    def fresh(self) -> Rehearsal:
        """换一份空库，搭一场新的；跑完要关 ``assembly.database``。"""
        copy_template(self.template, self.file)
        rehearsal = rehearsal_on(self.database.reborn(), self.editions, self.classifier)
        rehearsal.clock.moment = START
        return rehearsal


@cache
def stage(folder: Path, campaign: str) -> Stage:
    """这个进程的台面，只搭一次。"""
    template, file = prepared(folder, campaign)
    asyncio.run(make_template(template))
    book = load_rulebook()
    return Stage(Editions(book), Classifier(book.signals(), book.scenarios), template, file, ReusableDatabase(file))


async def open_case(rehearsal: Rehearsal, user_id: str, lines: tuple[str, ...]) -> None:
    """一个人照着清单答到结论。"""
    rehearsal.user_id = user_id
    for line in lines:
        await rehearsal.hear(line)
