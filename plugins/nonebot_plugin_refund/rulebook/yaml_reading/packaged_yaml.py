"""随包的、不用指出行号的 YAML（词表、问法）：数据解析一次，记在代码旁边，下次启动照用。

几份合起来解析要近两百毫秒，都在导入时。照内容的摘要认，变了就重新解析，见 :mod:`...beside_code`。
"""

from hashlib import sha256
from importlib.resources import files

from ...beside_code import beside, keep, recalled


def packaged_yaml(name: str) -> object:
    """随包的一个文件里的数据；不是合法 YAML 抛 ``yaml.YAMLError``。"""
    raw = files("nonebot_plugin_refund.rulebook").joinpath("content", name).read_bytes()
    digest, store = sha256(raw).hexdigest(), beside(__file__, name)
    known, data = recalled(store)
    if known != digest:
        data = plain_yaml(raw.decode("utf-8"))
        keep(store, digest, data)
    return data


def plain_yaml(text: str) -> object:
    """一段 YAML 里的数据。解析的库要用才导入，平常的启动里没有要解析的。"""
    import yaml

    return yaml.load(text, Loader=yaml.CSafeLoader)
