"""工作台：在浏览器里改规则手册、和改过的聊。网页用 NiceGUI 做，装了附加依赖 ``workshop`` 才有。

只有 :mod:`.web.serving` 和它引用的几页认识 NiceGUI；别的模块不装也能用。
"""
