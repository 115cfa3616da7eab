"""听懂人话：``classify`` 和 ``parse``，一行一句，一行一个 JSON。"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import typer

from ...domain.understanding import yesno
from ...domain.understanding.days import dates
from ...domain.understanding.sums import amounts
from ..output import NowOption, emit, input_lines, moment
from ..rulebooks.books import RulebookOption, open_classifier


class Readable(StrEnum):
    """``parse`` 能读的东西。"""

    DATE = "date"
    AMOUNT = "amount"
    YESNO = "yesno"


def register(app: typer.Typer) -> None:
    """把这几个命令挂到 ``refund`` 上。"""
    app.command("classify")(classify)
    app.command("parse")(parse)


def classify(
    explain: Annotated[bool, typer.Option("--explain", help="附上起了作用的词和它们的分量。")] = False,
    rulebook: RulebookOption = None,
) -> None:
    """每行一句话：它说的是哪个场景，群里该不该主动接话。"""
    classifier = open_classifier(rulebook)
    for line in input_lines():
        found = classifier.classify(line)
        answer: dict[str, Any] = {
            "text": line,
            "scenario": found.scenario,
            "score": round(found.score, 4),
            "trigger": found.trigger,
        }
        if explain:
            answer["pieces"] = [list(piece) for piece in found.pieces]
        emit(answer)


def parse(
    kind: Annotated[Readable, typer.Argument(help="读日期、金额，还是是非。")],
    now: NowOption = None,
) -> None:
    """每行一个回答：读成日期、金额或是非；读不准的是 null。"""
    at = moment(now)
    read = readers(at)[kind]
    for line in input_lines():
        emit({"text": line, "value": read(line)})


def readers(now: datetime) -> dict[Readable, Callable[[str], Any]]:
    """每种答案的读法，读成 JSON 里的样子；读不准为 ``None``。"""
    return {
        Readable.DATE: lambda text: dates.json_value(dates.parse_date(text, now)),
        Readable.AMOUNT: lambda text: amounts.json_value(amounts.parse_amount(text)),
        Readable.YESNO: lambda text: yesno.json_value(yesno.parse_yesno(text)),
    }
