"""会拨钟的测试用的机器人：同 `run_bot`，只是送达的循环睡得短。

循环照墙上的钟睡，最多 5 秒看一次有没有到时的；测试一拨钟就是几天，它却要等睡醒才知道。用法同 `run_bot.py`。
"""

import sys
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
WAKEFUL = {"longest_sleep": timedelta(seconds=0.2)}


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from tests.e2e.harness.run_bot import run_bot, shorten_delivery

    shorten_delivery(WAKEFUL)
    run_bot()
