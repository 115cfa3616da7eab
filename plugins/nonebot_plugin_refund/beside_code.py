"""像 ``.pyc`` 一样记在代码旁边 ``__pycache__`` 里的东西：算一次要些工夫、下次启动原样再用的。

读不回来（没有、写坏了）、记不下来（文件夹只读、不许写字节码）都只是慢。
信它就像信旁边的 ``.pyc``：能改它的人也改得了程序。
记的时候要连同认它的凭据（内容的摘要、库的版本）一起记，由用的人对。
"""

import os
import pickle
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

_UNREADABLE = (
    OSError,
    pickle.UnpicklingError,
    EOFError,
    AttributeError,
    ImportError,
    IndexError,
    TypeError,
    ValueError,
)
"""读不回来时会抛的；写坏了的什么都可能抛。"""


def beside(code: str, name: str) -> Path:
    """``code``（某个模块的 ``__file__``）旁边记 ``name`` 的那个文件。"""
    return Path(code).with_name("__pycache__") / f"{name}.{sys.implementation.cache_tag}.parsed"


def recalled(store: Path) -> tuple[Any, Any]:
    """上次记下的凭据和东西；没有、读不了是一对 ``None``。"""
    with suppress(*_UNREADABLE):
        proof, content = pickle.loads(store.read_bytes())
        return proof, content
    return None, None


def keep(store: Path, proof: object, content: object) -> None:
    """记下来；不许写字节码、写不了的不写。"""
    if sys.dont_write_bytecode:
        return
    written = store.with_suffix(f".{os.getpid()}")
    try:
        store.parent.mkdir(exist_ok=True)
        written.write_bytes(pickle.dumps((proof, content), protocol=5))
        written.replace(store)
    except OSError:
        with suppress(OSError):
            written.unlink(missing_ok=True)
