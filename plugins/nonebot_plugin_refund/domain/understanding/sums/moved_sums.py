"""钱动了没有：话里的一个数，是已经到了的，是判了、谈妥了的，还是剩下不要的。"""

import re
from decimal import Decimal
from functools import cache

from ....rulebook.wording_models.signals import packaged_words
from ....rulebook.wording_models.spoken import load_spoken
from ..writing.pieces import pieces_of
from ..writing.text import normalise
from .amounts import HOTLINES, amounts_in
from .offered_sums import SUM_WRITTEN, OfferedSum, may_have_sum, read_offered
from .priced_goods import bought_for, is_spelled_price, names_price
from .several_sums import several_sum

_NUMBER = r"[0-9][0-9,.]{0,11}(?![0-9,.]|\s?(?:天|个|号|月|日|次|点|份|张|件|小时|周(?![一二三四五六日天])|年|期|节))"
SUM_SAID = rf"(?:{SUM_WRITTEN}|{_NUMBER})"
"""一个数：写了单位的，或光一个不像日子、次数的。"""
_CAME = re.compile(
    rf"(?:(?:退|打|转|返|汇|补|给|赔)(?:给|到)?(?:我|俺)?(?:了|回来|进来|过来|回了)|(?:到账|收到|到手|进账|入账)了?|到了|^到"
    r"|(?:退|打|转|汇)到了?(?:我|俺)?[^,。;说0-9]{0,4}(?:账|卡|微信|支付宝|零钱|银行))"
    rf"[^,。;说]{{0,4}}?(?P<sum>{SUM_SAID})(?P<given>)"
)
_CAME_AFTER = re.compile(
    rf"(?:退|打|转|返|汇|补|给|赔)(?:给)?(?:我|俺)(?P<given>{SUM_SAID})(?:块钱|块|元)?了|(?P<sum>{SUM_SAID})(?:块钱|块|元)?(?:都|也|已经?|刚|今天|昨天|昨晚){{0,2}}"
    r"(?:到账|到了|到我|收到|到手|退回来|打过来|转过来|进来了|退了|回来了|到微信|到支付宝|到卡)"
)
_NOT_CAME = re.compile(
    r"不是|说|答应|同意|肯|愿意|可以|能|最多|顶多|想|要|让|叫|如果|会|打算|准备|没|未|还差|还欠|问|判|再|先|等|花|买|付|刷|充"
)
"""同一截里有这些，说的不是已经到了。"""
_SAYS_DONE = re.compile(r"(?:说|讲|称)[^,。;]{0,4}(?:已经?|早就?|都)[^,。;]{0,2}(?:退|打|转|给)(?:给)?我?了")
_ACCEPTS = re.compile(
    rf"(?:(?:我|俺|咱)们?(?:就|也|都)?(?:同意|接受|答应|收)(?:了|下|他的|她的)?|就(?:按|拿|收)(?:这个|他的|她的)?)\s?(?P<sum>{SUM_SAID})"
    rf"|(?P<before>{SUM_SAID})(?:块钱|块|元)?(?:我|俺|咱)们?就?(?:(?:同意|接受|答应|认|收)了?|要了)(?![不没到])"
)
_BEFORE_ACCEPTING = re.compile(r"(?:没|不|未|别|要不要|能不能|如果|要是|等|想|怕|让|劝|叫|逼|喊|催)$")
_LONGEST_SAME = 8
_SETTLES = re.compile(
    rf"(?:那就|好吧|行吧|算了|唉|哎)?\s?(?P<sum>{SUM_SAID}|[一二两三四五六七八九十百千万零]{{2,8}})(?:块钱?|元)?(?:我|俺|咱)?们?(?:也|就|都|先)?"
    r"(?:行|成|中|得|可以|认|要|收|收下|拿着|拿|将就|算)(?:了|吧|呗|哈|咯|嘞|喽|算了|下|着)*"
)
"""整截只说这个数就行：“六成也行”“八十我收下”。"""
_NOT_THE_WHOLE = re.compile(
    r"(?:每个?月|每期|每次|一期|首期|第[一二三1-9][期笔次]|先|诉讼费|律师费|受理费|保全费|执行费|利息|违约金|原来|本来|要的是|起诉)[^,。;0-9]{0,4}$"
)
_RENOUNCES = re.compile(r"(?:剩|余|其余|差|少|缺)[^,。;]{0,6}?(?:不要|算|不追|不计较|不争|不用给|不用退)了")
_ALONE = re.compile(
    rf"(?:今天|昨天|昨晚|刚刚?|已经?|钱|也|都){{0,3}}(?:收到|到账|到了|进账|到手)了?\s?(?P<sum>{SUM_SAID})(?:块钱|块|元)?了?"
)
_INSTALMENT = re.compile(
    r"第[一二三四五六七八九十0-9]{1,3}[期笔次]|首期|头一期|这一?期|[这本上]个?月(?:的那|那)?[期笔]|这个?月的"
)
_GOODS = re.compile(
    r"[一两二三0-9][个双件条台箱盒套部只张瓶罐桶袋对把床][^0-9,，。]{1,8}[ ,，]?[0-9]{1,5}(?:\.[0-9]{1,2})?[块元]?钱?"
)
_SPENT = re.compile(r"花[的了掉]|买[的了]|交了|买东西|付[的了]|实付|价钱|价格|卖价|单价|货款|标价|本钱")
_BUYS = re.compile(r"买|卖的|花了|付了|拍下|拍的|下单|到手|收到")
_COUNTED_GOODS = re.compile(
    r"^(?:一共|总共)?[一两二三四五六七八九十0-9]{1,2}(?:个|双|件|条|台|箱|盒|套|部|只|瓶|罐|桶|袋|把|床|斤|公斤|棵|株|盆|颗|枚|副|幅)"
)
_PRICED = re.compile(
    r"(?:我|这|那|个|一|买|报|双|件|台|套){0,4}[0-9]{2,5}(?:\.[0-9]{1,2})?(?:块钱?|元)?的(?!钱|时候|那|人|我|号)[^0-9]{1,8}"
)
"""“3980的训练营”：价钱写在东西前面。"""
_WITH_GOODS = re.compile(r"[^0-9]{1,14}?(?P<sum>[0-9]{2,5}(?:\.[0-9]{1,2})?)(?P<unit>块钱?|元|圆)?")
"""“羽绒服399”：东西后面紧跟着一个数，没有“买”“花了”。"""
_IN_YUAN = re.compile(r"(?:块钱?|元|圆)(?:买|$|的)")
_NO_PRICE = re.compile(
    r"退|赔|补|给|违约|运费|邮费|快递费|押金|工资|赚|每|一个月|到账|扣|差|打赏|刷|充|优惠|券|原价|市场价|不是|[定订]金|预付"
)
_FEES = (*load_spoken().money.fees, *load_spoken().money.own_costs)
"""检测、机票、运费这些：说的不是这单的价钱。"""
_BARE_PRICE = re.compile(
    r"(?:[^0-9,，。不没退赔补给扣差运邮]{0,6}?)(?P<sum>[0-9]{2,5}(?:\.[0-9]{1,2})?)(?P<unit>块钱?|元|圆)?(?:啊|呀|呢|了)?"
)
_NO_LESS = re.compile(r"(?<![0-9.])(?P<sum>[0-9]{2,6}(?:\.[0-9]{1,2})?)(?:块钱?|元)?\s?一分(?:都|也)?不能少")
_ALONE_PRICE = re.compile(r"[0-9]{3,5}(?:\.[0-9]{1,2})?(?:啊|呀|呢)?")
"""“329 8号买的”里单独的一个数。"""
_NO_UNIT_LEAST = 100
"""没写单位的一个数，小的多半是编号、岁数、日子。"""
_WITH_TENTHS = re.compile(r"([0-9]{1,5})块(?:钱)?([0-9])毛?(?![0-9])")
"""“49块9”。"""
_LEAST_PRICE = 10
_TAIL = 12


def came_sum(text: str) -> str:
    """话里哪一截说已经到了一个数，那个数怎么写的；没有为空。"""
    for piece in filter(may_have_sum, pieces_of(text)):
        match = _CAME.search(piece) or _CAME_AFTER.search(piece)
        if match is not None and _NOT_CAME.search(piece[: match.end()]) is None:
            return match["sum"] or match["given"]
    return ""


def says_it_was_paid(text: str) -> bool:
    """转述对方说“已经退了”：既不是出价，也还没到。"""
    return _SAYS_DONE.search(text) is not None


def accepted_sum(text: str) -> OfferedSum | None:
    """“三千五我同意了”“我接受3500”“六千就六千”：他应了的数；没应、前面有“没”“要是”的为空。"""
    said = normalise(text)
    for match in _ACCEPTS.finditer(said) if may_have_sum(said) else ():
        if _BEFORE_ACCEPTING.search(said[: match.start()]) is None:
            return read_offered(match["sum"] or match["before"])
    return _same_again(said) or settled_for(said)


def settled_for(text: str) -> OfferedSum | None:
    """有一截只说了这个数就行、收下：“六成也行 比没有强”“八十行”；没有为空。"""
    matches = (_SETTLES.fullmatch(piece) for piece in pieces_of(normalise(text)))
    return next((read for match in matches if match and (read := read_offered(match["sum"])) is not None), None)


def _same_again(said: str) -> OfferedSum | None:
    """“六千就六千”“150就150吧”。"""
    for piece in pieces_of(said):
        before, word, after = piece.partition("就")
        for length in range(_LONGEST_SAME, 1, -1):
            same = after[:length]
            if word and len(same) == length and before.endswith(same) and (read := read_offered(same)) is not None:
                return read
    return None


def whole_sum(text: str, least: int = 1) -> Decimal | None:
    """判了、谈妥了的一共是多少；分几期的一期、诉讼费这些、不到 ``least`` 的不算，说了两个不一样的为空。"""
    said, found = amounts_in(text)
    values = {
        Decimal(str(value))
        for start, _, value in found
        if value >= least and _NOT_THE_WHOLE.search(said[max(0, start - _TAIL) : start]) is None
    }
    return values.pop() if len(values) == 1 else None


def renounces_rest(text: str) -> bool:
    """“剩下的不要了”“差的那128算了”。"""
    return _RENOUNCES.search(normalise(text)) is not None


_WAIVES = re.compile(r"(?:不要|不追|放弃)[^,，。;不]{0,6}了|[剩余差少缺][^,，。;]{0,6}算了|认了|认栽|算我倒霉")


def gives_up_rest(text: str) -> bool:
    """“剩的算了”“运费不要了”：收了这些，其余的不要了。"""
    said = normalise(text)
    return _RENOUNCES.search(said) is not None or _WAIVES.search(said) is not None


def spent_in(text: str) -> Decimal | None:
    """“那是我买东西花的钱 320”：花出去的那个数；没说是花的为空。"""
    return whole_sum(text) if _SPENT.search(normalise(text)) is not None else None


_CAME_AT_LAST = re.compile(
    rf"(?:钱|那|这)?(?P<sum>{SUM_SAID}|[一二两三四五六七八九十百千万零]{{2,8}})(?:块钱?|元|钱)?(?:都|也|全|已经?|刚|今天|昨天|终于|总算){{0,3}}"
    r"(?:收到|收着|到手|拿到|(?:都|全)?给(?:我|齐|清)?|(?:打|转|退|汇|付)(?:过|回)?(?:给我|来|到我[这卡]?|我)|给我(?:打|转|退|汇|付)|来|回来|进来|进账)"
    r"(?:了|啦|咯|喽|勒){1,2}"
)
_GIVEN_BACK = re.compile(
    rf"(?:(?:商家|卖家|店家|老板|店里|平台|他|她|机构|老师|主播|对方|那边)们?)?(?:已经|刚|今天|昨天|终于)?把(?:这|那)?(?P<sum>{SUM_SAID})"
    r"(?:块钱?|元)?(?:都|也|全)?(?:转|打|退|补|给|汇|付|赔)(?:给|还给|回给|到)?我(?:[这卡微信]{1,3})?(?:了|啦|咯)"
)
_NOT_MINE = re.compile(
    r"花|刷|打赏|充|买|如果|要是|答应|肯|愿意|没|未|还差|还欠|只|少|不|说|主播|他收|她收|商家收|卖家收"
)
"""别处有这些，到了的不一定是我的、不一定都到了。"""
_CAME_PLAINLY = re.compile(rf"(?P<sum>{SUM_SAID})(?:块钱?|元)?(?:都|也|全|已经?|刚)?(?:收到|到账|到手|收讫)")


def is_only_a_sum_that_came(text: str) -> bool:
    """整句、其中一截只说到了多少：“收到38000”“执行到了 两万四都来了”。"""
    said = normalise(text).rstrip("。.!~ ")
    matches = [_ALONE.fullmatch(said)]
    if _NOT_MINE.search(said) is None:
        pieces = [normalise(piece) for piece in pieces_of(text)]
        matches += [
            pattern.fullmatch(piece) for piece in pieces for pattern in (_CAME_AT_LAST, _CAME_PLAINLY, _GIVEN_BACK)
        ]
    reads = [read_offered(match["sum"]) for match in matches if match is not None]
    return any(read is not None and not read.is_share for read in reads)


def is_an_instalment(text: str) -> bool:
    """说的是几期里的一期：“第一期5000到了”。"""
    return _INSTALMENT.search(normalise(text)) is not None


def is_price_of_goods(text: str) -> bool:
    """整句只说了几件什么、多少钱：“一双鞋 289”。"""
    return _GOODS.fullmatch(normalise(text)) is not None


def price_told(text: str) -> Decimal | None:
    """从头说起、答题时顺带说的这单多少钱：“买了个培训课4980 上了3节”“两罐五百三十六”；没说、说了两个的为空。"""
    said = normalise(text)
    buys = _BUYS.search(said) is not None
    prices: set[Decimal] = set()
    before = ""
    for piece in pieces_of(text):
        value, led = whole_sum(piece, _LEAST_PRICE), before
        before = "" if value is not None else piece
        if value is None or (_NO_PRICE.search(piece) is not None and not bought_for(piece)):
            continue
        if any(fee in part for part in (led, piece) for fee in _FEES):
            continue  # “检测报告也有 花了老子80”
        is_alone = buys and value >= _NO_UNIT_LEAST and _ALONE_PRICE.fullmatch(piece) is not None
        is_alone = is_alone or _PRICED.match(piece) is not None or _is_after_goods(piece)
        is_alone = is_alone or names_price(piece) or is_spelled_price(piece, said)
        if is_alone or _SPENT.search(piece) or _COUNTED_GOODS.search(piece) or (buys and _IN_YUAN.search(piece)):
            prices.add(value)
    if not prices and (least := _NO_LESS.search(said)) is not None:
        prices.add(Decimal(least["sum"]))
    return prices.pop() if len(prices) == 1 else several_sum(text)


def _is_after_goods(piece: str) -> bool:
    """“羽绒服399”“训练营3980”：前面说的是东西、课，没写单位的小数多半是尺码。"""
    match = _WITH_GOODS.fullmatch(piece)
    if match is None or "尾款" in piece or not any(word in piece[: match.start("sum")] for word in _goods()):
        return False
    return match["unit"] is not None or "." in match["sum"] or Decimal(match["sum"]) >= _NO_UNIT_LEAST


@cache
def _goods() -> tuple[str, ...]:
    return packaged_words("goods", "course")


def bare_price(text: str) -> Decimal | None:
    """整句只报了一个数（“269块”“298”），或说了“1899 一分不能少”；像编号、日子、岁数的，说的是别的费用的为空。"""
    said = _WITH_TENTHS.sub(r"\1.\2元", normalise(text).strip("。.!~ "))
    match = _NO_LESS.search(said) or _BARE_PRICE.fullmatch(said)
    if match is None or any(fee in said for fee in _FEES) or _NO_PRICE.search(said) is not None:
        return None
    if match["sum"] in HOTLINES:
        return None  # “今天打了12315”
    value = Decimal(match["sum"])
    has_unit = match.re is _NO_LESS or match["unit"] is not None
    return value if value >= (_LEAST_PRICE if has_unit else _NO_UNIT_LEAST) else None
