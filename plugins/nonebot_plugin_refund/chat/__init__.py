"""聊天：只有这一层用到 NoneBot。

怎么听、怎么答在 ``dialogue``；``matchers`` 把它接到 NoneBot 上，只有插件被 NoneBot 加载时才导入。
"""
