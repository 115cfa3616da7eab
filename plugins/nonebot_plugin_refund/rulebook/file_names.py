"""一个文件夹里除了场景以外，有固定名字的文件。"""

SOURCES_FILE = "sources.yaml"
"""几个场景共用的依据。"""
SIGNALS_FILE = "signals.yaml"
"""识别用的词；操作者文件夹里的这一份只写要添的词，见 :mod:`.signal_additions`。"""
ASIDES_FILE = "asides.yaml"
"""访谈途中的闲话。"""
