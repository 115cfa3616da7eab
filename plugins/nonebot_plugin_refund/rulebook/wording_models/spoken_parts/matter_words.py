"""``spoken.yaml`` 里说是哪一件事的词：开口叫人、说的是别处的、要另外记一件。"""

from pydantic import Field

from ...scenario_models.base_models import Id, Strict, Word
from ..word_lists import Words


class BesideMatter(Strict):
    """说的不归手头这件、也不归手册里的哪一种：照手册里的一种打听答，什么都不记。"""

    topic: Id
    """答的是哪一种打听。"""
    words: Words
    """话里有其中一个。"""
    owned: bool = False
    """后面还要跟着“买”“那个”这样的字，才是在说那边的事。"""
    unless: tuple[Word, ...] = ()
    """同一截里有这些字的不算。"""
    not_in: tuple[Id, ...] = ()
    """正说着这几种事的不算：那里会问到它。"""


class Plight(Strict):
    """说的是一种处境，不是案件的进展：照手册里的一种打听答。"""

    topic: Id
    """答的是哪一种打听。"""
    words: Words
    """话里有其中一个。"""
    along: tuple[Word, ...] = ()
    """还要有其中一个；不写就不用。"""
    also: tuple[Word, ...] = ()
    """同 ``along``，还要再有其中一个。"""
    given: Word | None = None
    """没有上面几样也算：这个字后面的一样东西，随后又说它没有（“送床单 床单没寄”）。"""
    unless: tuple[Word, ...] = ()
    """话里有这些字的不算。"""
    scenarios: tuple[Id, ...] = ()
    """只在办着这几种事时算；不写则哪里都算。"""
    stages: tuple[Id, ...] = ()
    """只在站在这几个阶段时算；不写则哪里都算。"""
    even_asked: bool = False
    """在问的也照它答；别的在问的由打听去答。"""
    from_start: bool = False
    """手头什么也没有、从头说起时也算。"""
    asks: Id | None = None
    """答完再问是不是这件进展，此刻轮得到才问。"""
    instead_of: Id | None = None
    """听成了这件进展的，其实只是这种处境，不记也不问。"""
    nor: tuple[Id, ...] = ()
    """同 ``instead_of``，还有这几件。"""
    named: Word | None = None
    """``instead_of`` 那一步在这条路上的名称里有这几个字（“已投诉或报警”）：说的就是那一步，不算处境。"""


class BareComplaint(Strict):
    """没说是什么货，光说这个也听得出是哪种事。"""

    scenario: Id
    words: Words
    unless: tuple[Word, ...] = ()


class MatterWords(Strict):
    """听说的是哪一件事。"""

    greetings: Words
    """开口先叫的一声：不是在说课、说商家。"""
    places: tuple[BesideMatter, ...] = Field(min_length=1)
    """别的平台、别的事。"""
    owning: Words
    """跟在别的平台后面，说的就是那边的一单。"""
    not_owning: Words
    """紧挨在别的平台前面，说的不是那边的一单：“让我去淘宝下单”。"""
    heaps: Words
    """说的是一大堆东西：不拿其中一样来叫这件。"""
    several: Words
    """说了有其中一个，几样货才算几件事。"""
    one_order: Words
    """说了几样货，也还是一单的事。"""
    own_goods: Words
    """和另一样货一起说的，是自己的另一件。"""
    apart: Words
    """明说了另外记一件。"""
    bare_complaints: tuple[BareComplaint, ...] = Field(min_length=1)
    """短短一句只说了毛病：“臭了”。"""
    plights: tuple[Plight, ...] = Field(min_length=1)
    """说的是一种处境：寄不回去、警察没立案。"""
