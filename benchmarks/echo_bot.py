"""作比较的机器人：同样的 NoneBot、同样的驱动和适配器，插件只有一个回声命令，答同样的 ``/退款``。"""

from typing import Annotated

import nonebot

DRIVER = "~fastapi+~httpx+~websockets"


def main() -> None:
    """启动并一直运行。监听的地址照 ``.env``。"""
    nonebot.init(driver=DRIVER)
    from nonebot.adapters.onebot.v11 import Adapter, Message
    from nonebot.params import CommandArg

    nonebot.get_driver().register_adapter(Adapter)
    echo = nonebot.on_command("退款", priority=10, block=True)

    @echo.handle()
    async def _answer(said: Annotated[Message, CommandArg()]) -> None:
        await echo.finish(f"你说的是：{said.extract_plain_text()}")

    nonebot.run()


if __name__ == "__main__":
    main()
