"""量“读一句”的子进程：装好手册和识别器，来一行就把各种情形的句子轮流读一遍，交出每句的毫秒数。"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from benchmarks.measuring import answer, results_channel
from nonebot_plugin_refund.cli.hearing.stated_context import Stated, StatedReader
from nonebot_plugin_refund.dialogue.assembly import settle_memory
from nonebot_plugin_refund.dialogue.reading.read import read
from nonebot_plugin_refund.dialogue.reading.utterance import Utterance
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.rulebook.loader import load_rulebook

EXAMPLES = Path(__file__).resolve().parents[1] / "tests" / "data" / "sealed"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=SHANGHAI)
_CASE = Stated(NOW, scenario="live-tip", case=True)
_SHOP = Stated(NOW, scenario="shop-return", case=True)
KINDS = {
    "第一句话": ("openings-*.jsonl", Stated(NOW)),
    "答一题": ("options-*.jsonl", None),
    "报告进展": ("events-*.jsonl", _SHOP),
    "案件里的话": ("followups-*.jsonl", _CASE),
    "危险和像危险的": ("danger-*.jsonl", Stated(NOW)),
}
"""情形 → 句子在哪些文件里、在什么情形下说；空的照那一行写的题。"""


def sentences(pattern: str, stated: Stated | None) -> Iterator[tuple[str, Stated]]:
    """一种情形的句子，各文件里照写的先后。"""
    for file in sorted(EXAMPLES.glob(pattern)):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield row["text"], stated or Stated(NOW, scenario=row["scenario"], question=row["question"])


def timed(reader: StatedReader, text: str, stated: Stated) -> float:
    """读一句用了几毫秒；情形先搭好，不计。"""
    context = reader.context(stated)
    before = time.perf_counter()
    read(context, Utterance(text))
    return (time.perf_counter() - before) * 1e3


def serve(count: int) -> None:
    """来一行量一次，直到输入关上。"""
    channel = results_channel()
    reader = StatedReader.of(load_rulebook())
    chosen = {kind: list(islice(sentences(*found), count)) for kind, found in KINDS.items()}
    for told in chosen.values():  # 热身：读第一句时才装的都装好
        timed(reader, *told[0])
    settle_memory()  # 机器人读进权重以后，下一轮也这样
    while sys.stdin.readline():
        answer(channel, {kind: [timed(reader, *one) for one in told] for kind, told in chosen.items()})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="量“读一句”的子进程")
    parser.add_argument("sentences", type=int)
    serve(parser.parse_args().sentences)
