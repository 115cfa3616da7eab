"""说的是报警、公安受理：不是 12315 那边的提交、受理。"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ....rulebook.derived.stage_view import ReportableEvent

_POLICE = re.compile(r"报警|报案|派出所|警察|公安|经侦|刑侦|民警|110")
_COMPLAINT = re.compile(r"12315|12345|投诉|市监|市场监管|工商|消协|消费者")
_OF_A_COMPLAINT = re.compile(r"12315|12345|投诉|受理")
_OF_THE_POLICE = "报警"


def without_police(events: Mapping[str, "ReportableEvent"], said: str) -> frozenset[str]:
    """光说了警方、没说投诉的，哪几件不是；名称里写着报警的照旧。"""
    if _POLICE.search(said) is None or _COMPLAINT.search(said) is not None:
        return frozenset()
    labels = {key: event.label for key, event in events.items()}
    return frozenset(
        key for key, label in labels.items() if _OF_A_COMPLAINT.search(label) and _OF_THE_POLICE not in label
    )
