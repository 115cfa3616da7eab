"""插件的数据文件夹。"""

from pathlib import Path

from nonebot.plugin import get_plugin_by_module_name
from nonebot_plugin_localstore import get_data_dir, get_plugin_data_dir, plugin_config


def data_folder() -> Path:
    """localstore 给本插件的那一个，没有就建。

    和 ``get_plugin_data_dir`` 是同一个。它要翻遍装进来的模块找是谁在问，启动时要十分之一秒；平常的情形这里自己说是谁。
    """
    plugin = get_plugin_by_module_name(__name__)
    if plugin is None or ":" in plugin.id_ or plugin.id_ in plugin_config.localstore_plugin_data_dir:
        return get_plugin_data_dir()
    return get_data_dir(plugin.id_)
