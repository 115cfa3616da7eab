"""从例句学来的意思：一句话在答哪个选项、说的是哪件事、想做什么。

- :func:`read_option`、:func:`read_multi`：刚问的那个问题的答案；
- :func:`read_news`：案件里发生了什么，或者只是问、假设、打算……；
- :func:`read_intent`、:func:`read_danger`：不在答问题时想做什么，有没有危险；
- :class:`Band`：照把握该怎么办。

权重由 ``python -m tools.train`` 从 ``tests/data/examples`` 的例句训练，放在 ``rulebook/content/meaning``；
运行时是普通的 Python，一句话几毫秒。没有权重的问题照名称、别名来比。
"""

from .news import MOODS, REPORT, learnt_events, read_mood, read_news
from .options import Several, read_multi, read_option
from .purposes import DANGERS, HARMLESS, INTENT_IDS, read_danger, read_intent, read_wanted_command
from .scored import NONE, UNSURE, Band, Scored, Thresholds

__all__ = [
    "DANGERS",
    "HARMLESS",
    "INTENT_IDS",
    "MOODS",
    "NONE",
    "REPORT",
    "UNSURE",
    "Band",
    "Scored",
    "Several",
    "Thresholds",
    "learnt_events",
    "read_danger",
    "read_intent",
    "read_mood",
    "read_multi",
    "read_news",
    "read_option",
    "read_wanted_command",
]
