"""说的是报警、公安受理：不能就当成 12315 那边的提交、受理，要先问一声。"""

import re

_POLICE = re.compile(r"报警|报案|派出所|警察|公安|经侦|刑侦|民警|110")
_COMPLAINT = re.compile(r"12315|12345|投诉|市监|市场监管|工商|消协|消费者")
_OF_A_COMPLAINT = re.compile(r"12315|12345|投诉|受理")
_OF_THE_POLICE = "报警"


def told_of_police(label: str, said: str) -> bool:
    """话里光说了警方，听成的这一件（``label``）却是投诉、受理，名称里又没写报警。"""
    if _POLICE.search(said) is None or _COMPLAINT.search(said) is not None:
        return False
    return _OF_A_COMPLAINT.search(label) is not None and _OF_THE_POLICE not in label
