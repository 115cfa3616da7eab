"""读 ``words.yaml``：网页上的字。"""

from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from ...rulebook.yaml_reading.yaml_document import parse_yaml


class Words(BaseModel):
    """网页上的字。"""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sections: dict[str, str]
    """一段段叫什么，按显示的先后。"""
    leaves: dict[str, str]
    """改得了的键叫什么。"""
    in_papers: dict[str, str]
    """文书里的键叫什么，盖过上面的。"""
    within: dict[str, str]
    """经过的键叫什么。"""
    intents: dict[str, str]
    """听成了哪一种。"""
    bands: dict[str, str]
    """有几分把握。"""


@cache
def words() -> Words:
    """随包的字，一个进程里只读一次。"""
    text = (files("nonebot_plugin_refund.workshop") / "words.yaml").read_text(encoding="utf-8")
    return Words.model_validate(parse_yaml(text, "words.yaml").data)
