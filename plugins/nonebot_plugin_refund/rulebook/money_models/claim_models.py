"""``claims.yaml`` 的数据模型：能要的各项，什么时候能要、凭什么证明；话里怎样说到那几样数。"""

from decimal import Decimal
from enum import StrEnum
from functools import cache

from pydantic import Field

from ..file_names import CLAIMS_FILE
from ..scenario_models.base_models import Id, Strict, Text, Word
from ..scenario_models.conditions import When
from ..yaml_reading.packaged_yaml import packaged_yaml


class ClaimRole(StrEnum):
    """一项在合计里算什么。"""

    REFUND = "refund"
    """退款：几种算法只取一种，先写的、算得出的那种。"""
    COST = "cost"
    """另外花的钱：知道了就加上。"""
    PUNITIVE = "punitive"
    """三倍、十倍、承诺的赔偿：只能选一样，取最多的。"""
    NOTE = "note"
    """只写办法，不写数。"""


class ClaimInput(Strict):
    """算钱要用的一样数：话里怎么说到它。"""

    id: Id
    said: tuple[Word, ...] = Field(min_length=1)
    """数前面的词，长的先认；“货款 199”“已上 5 节”。"""
    ask: Text
    """不知道时怎么问。"""


class ClaimLineWords(Strict):
    """能要的一项。"""

    id: Id
    role: ClaimRole
    title: Text
    scenarios: dict[Id, When]
    """在哪些场景、什么事实下能要；空的条件是都能。"""
    unless: dict[Id, When] = Field(default_factory=dict)
    """在哪些场景、什么事实下不算。"""
    needs: tuple[Id, ...] = ()
    """算它要用到的几样。"""
    condition: Text
    """什么情况下才要得到。"""
    proof: Text
    """凭什么证明。"""
    sources: tuple[Id, ...] = Field(min_length=1)


class ClaimMessages(Strict):
    """各句话；花括号里的空由程序填。"""

    head: Text
    line: Text
    line_without_sum: Text
    total: Text
    total_title: Text
    """文书里合计那一行的名字。"""
    came: Text
    """到过一部分：到了多少、还差多少。"""
    corrected: Text
    """改了钱数之后怎么说。"""
    ask_total: Text
    """打赏、充值还不知道一共多少时怎么问。"""
    estimate: Text
    """课程只差打折前的单价：先按均价估一个。"""
    others: Text
    how: Text
    treble: Text
    """问假货赔多少：知道价钱的算出来。"""
    treble_or_tenfold: Text
    promised: Text
    """问“假一赔几”：照承诺的倍数算出来。"""
    not_asked: Text
    more: Text
    nothing: Text


class InterestWords(Strict):
    """利息怎么粗估、怎么说。"""

    lines: tuple[Id, ...] = Field(min_length=1)
    """这几项能要时才估。"""
    percent: Decimal = Field(gt=0, le=36)
    """一年百分之几；他说了利率就按他说的。"""
    least: Decimal = Field(ge=0)
    """一年不到这么多元的不说数。"""
    since: dict[Id, Id]
    """从付款那天算的场景，付款那天是哪一题。"""
    title: Text
    estimate: Text
    so_far: Text
    in_paper: Text
    from_payment: Text
    """不知道是哪天付的，文书里怎么写。"""


class Claims(Strict):
    """``claims.yaml`` 的形状。"""

    version: int = Field(gt=0)
    messages: ClaimMessages
    interest: InterestWords
    inputs: tuple[ClaimInput, ...] = Field(min_length=1)
    lines: tuple[ClaimLineWords, ...] = Field(min_length=1)


@cache
def load_claims() -> Claims:
    """随包的那一份，只读一次；不合规定抛 ``pydantic.ValidationError``。"""
    return Claims.model_validate(packaged_yaml(CLAIMS_FILE))
