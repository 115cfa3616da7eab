"""日志里的地址只留到问号：后面是口令，怎么编码的都不写；写在网址里的账号密码、写明是口令的值也不写。"""

import re

BLANK = "■■■"

_QUERY = re.compile(r"(?<=[\w/.:\])-])[?#][!-~]+")
_LOGIN = re.compile(r"(://)[^\s/@\"'<>]+@")
_NAMED = re.compile(
    r"((?:access_?token|authorization|x-signature|bearer)[\"']?(?:\s*[:=]\s*|\s+)[\"']?(?:(?:bearer|token)\s+)?)[!#-&(-+\--~]+",
    re.IGNORECASE,
)
_LIKELY = re.compile(r"(?i:token|authorization|signature|bearer)|[?#@]")
"""连这些都没有的不必细看。"""


def without_queries(line: str) -> str:
    """一行日志去掉地址里的参数和账号密码。"""
    if "/" not in line:
        return line
    if "?" in line or "#" in line:
        line = _QUERY.sub(f"?{BLANK}", line)
    return _LOGIN.sub(rf"\1{BLANK}@", line) if "@" in line else line


def without_secrets(line: str) -> str:
    """一行日志去掉地址里的参数、账号密码，和写明的口令。"""
    return _NAMED.sub(rf"\1{BLANK}", without_queries(line)) if _LIKELY.search(line) else line
