"""退款助手：在 QQ 群和私聊里一步步帮人向快手申请退款。

这里是插件的入口，只声明依赖、元数据并接上聊天层。只有被 NoneBot 当作插件加载时才会这样做；
`nonebot_plugin_refund.domain`、`nonebot_plugin_refund.rulebook` 与命令行工具 `refund` 不需要 NoneBot 就能导入和运行。
"""

HOMEPAGE = ""
"""项目主页的地址，由发布的人填，只填这一处：NoneBot 商店不收没有主页的插件。"""

if "__plugin__" in globals():  # NoneBot 加载插件时先放好这个名字，再执行本模块
    from nonebot.plugin import PluginMetadata, inherit_supported_adapters, require

    require("nonebot_plugin_alconna")
    require("nonebot_plugin_localstore")

    from .config import Config

    __plugin_meta__ = PluginMetadata(
        name="退款助手",
        description="一步步帮人向快手申请退款：讲清能不能退、为什么、要哪些材料，记住日期并提前提醒",
        usage=(
            "群里：/退款 看菜单；/退款 <一句话说清情况> 得到简短回答；也可以 @机器人 直接说\n"
            "私聊：直接说发生了什么，按提问回答数字或用自己的话都行\n"
            "/退款 我的 · /退款 进度 · /退款 更新 · /退款 材料 · /退款 提醒\n"
            "/退款 客服 · /退款 申诉 · /退款 结案 · /退款 导出 · /退款 删除 · /退款 帮助\n"
            "群管理员：/退款 设置 看、改这个群的关键词、冷却、图片、点名、安静时段"
        ),
        type="application",
        homepage=HOMEPAGE or None,
        config=Config,
        supported_adapters=(inherit_supported_adapters("nonebot_plugin_alconna") or set())
        & {"nonebot.adapters.onebot.v11", "nonebot.adapters.console"},
    )

    from .chat.incoming import matchers as matchers
