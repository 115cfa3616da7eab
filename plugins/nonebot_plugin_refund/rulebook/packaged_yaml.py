"""随包的、不用指出行号的 YAML（词表、问法）：数据解析一次，像 ``.pyc`` 一样记在本包的 ``__pycache__`` 里。

几份合起来解析要近两百毫秒，都在导入时。照内容的摘要认，变了就重新解析；
记不下、读不回只是慢，见 :mod:`.packaged_parses`。
"""

import os
import pickle
import sys
from contextlib import suppress
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

UNREADABLE = (
    OSError,
    pickle.UnpicklingError,
    EOFError,
    AttributeError,
    ImportError,
    IndexError,
    TypeError,
    ValueError,
)
"""记着的读不回来时会抛的；写坏的记录什么都可能抛。"""
_STORE = Path(__file__).with_name("__pycache__")


def packaged_yaml(name: str) -> object:
    """随包的一个文件里的数据；不是合法 YAML 抛 ``yaml.YAMLError``。"""
    raw = files("nonebot_plugin_refund.rulebook").joinpath("content", name).read_bytes()
    return kept_or_parsed(raw, _STORE / f"{name}.{sys.implementation.cache_tag}.parsed")


def kept_or_parsed(raw: bytes, store: Path) -> object:
    """``raw`` 里的数据；记在 ``store`` 里的不再解析。"""
    digest = sha256(raw).hexdigest()
    with suppress(*UNREADABLE):
        known, data = pickle.loads(store.read_bytes())
        if known == digest:
            return data
    data = plain_yaml(raw.decode("utf-8"))
    if not sys.dont_write_bytecode:
        _keep(pickle.dumps((digest, data), protocol=5), store)
    return data


def plain_yaml(text: str) -> object:
    """一段 YAML 里的数据。解析的库要用才导入，平常的启动里没有要解析的。"""
    import yaml

    return yaml.load(text, Loader=yaml.CSafeLoader)


def _keep(content: bytes, store: Path) -> None:
    written = store.with_suffix(f".{os.getpid()}")
    try:
        store.parent.mkdir(exist_ok=True)
        written.write_bytes(content)
        written.replace(store)
    except OSError:
        with suppress(OSError):
            written.unlink(missing_ok=True)
