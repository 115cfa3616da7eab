"""别人自己的 NoneBot 项目：nb-cli 生成的 bot.py 就是这样写的，不用本仓库的 bot.py。

由 `BotProcess` 运行；它给的参数（偏移文件）用不着。
"""

import nonebot
from nonebot.adapters.onebot.v11 import Adapter

nonebot.init()
nonebot.get_driver().register_adapter(Adapter)
nonebot.load_from_toml("pyproject.toml")

if __name__ == "__main__":
    nonebot.run()
