"""机器人自己留用的话：命令和控制语。事件的说法不能用它们，用了也听不成那件事。"""

import re
import unicodedata

from .control_words import CONTROL_WORDS

_COMMANDS = """
    菜单 场景 我的 进度 更新 材料 日历 文书 提醒 客服 申诉 结案 导出 删除 帮助 设置 管理
    申请 案件 我的案件 更新进度 有进展 有进展了 有新进展 有新进展了 证据 日程 投诉书 写文书 help 说明
    导出我的数据 删除我的数据 联系客服 申诉升级
"""
COMMAND_WORDS = frozenset(_COMMANDS.split())
"""命令的各种写法。"""

RESERVED = COMMAND_WORDS | {word for words in CONTROL_WORDS.values() for word in words.split()}
"""命令和控制语的全部写法。"""

_NUMBER = re.compile(r"[0-9]+|[一二三四五六七八九十]+")


def is_reserved(saying: str) -> bool:
    """这句话是不是命令、控制语。"""
    return _plain(saying) in RESERVED


def is_number(saying: str) -> bool:
    """这句话是不是一个光秃秃的数，会被当成编号。"""
    return _NUMBER.fullmatch(_plain(saying)) is not None


def _plain(saying: str) -> str:
    return unicodedata.normalize("NFKC", saying).strip().casefold()
