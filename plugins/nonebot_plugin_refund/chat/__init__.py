"""聊天：唯一认识 NoneBot 的一层。

``conversation`` 想好怎么回，不认识 NoneBot；``matchers`` 把它接上，只有插件被 NoneBot 加载时才导入。
"""
