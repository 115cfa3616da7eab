"""``spoken.yaml`` 里要凭证的词：12315、法院、商家让补材料，各交到各的地方。"""

from ...scenario_models.base_models import Strict
from ..word_lists import Words


class ProofAskedWords(Strict):
    """谁要什么。"""

    demanding: Words
    """让我、问我要。"""
    lacking: Words
    """还缺、还差：也是在要。"""
    handing: Words
    """补、交、传。"""
    proofs: Words
    """要的是什么。"""
    official: Words
    """12315、法院这些：不在平台上交。"""
    others: Words
    """收钱的一方。"""
    or_else: Words
    """后面说的是补了、不补会怎样，不是已经怎样：“不然不受理”“看了就同意退”。"""
    unless: Words
    """还说了别的进展，或要的是钱、验证码。"""
