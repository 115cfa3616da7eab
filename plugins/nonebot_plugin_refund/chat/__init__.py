"""聊天：唯一认识 NoneBot 的一层。

怎么听、怎么答在 ``dialogue``；``matchers`` 把它接到 NoneBot 上，只有插件被 NoneBot 加载时才导入。
"""
