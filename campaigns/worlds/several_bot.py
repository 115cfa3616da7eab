"""战役里的一个机器人：真正的 bot.py，只把租约等几个时长换短，不然一次就要等上几分钟。

用法同 ``tests/e2e/harness/run_bot.py``：``python several_bot.py 偏移文件``。正式代码里没有任何测试开关。
"""

import sys
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEASE = timedelta(seconds=2)
"""租约：比一批的间隔之和、也比一次发送的超时长，与正式的设置成比例。"""
SEND_TIMEOUT = timedelta(seconds=1)
SHORT = {
    "lease": LEASE,
    "reconcile_delay": timedelta(seconds=0.2),
    "offline_delay": timedelta(seconds=0.2),
    "longest_sleep": timedelta(seconds=0.3),
    "backoff_base": timedelta(seconds=0.3),
}
"""换短的时长；其余由 ``.env`` 里的设置给。"""


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from tests.e2e.harness.run_bot import run_bot, shorten_delivery

    shorten_delivery(SHORT)
    run_bot()
