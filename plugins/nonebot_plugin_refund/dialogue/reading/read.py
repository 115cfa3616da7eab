"""听：一句话在此刻是什么意思。

:data:`READERS` 的先后就是谁先算数的规定：危险最先；整句就是它的话（命令、编号、控制词）先于任何猜测；
正等着的回答先于新闻，新闻先于提问，提问先于新的一件事。
"""

import re
from collections.abc import Callable
from dataclasses import replace

from ...domain.understanding.writing.repairs import after_repair
from . import intents, matters
from .answering import answers, beside_interview, leaving, nominal_ages, others_cases, stray, vague_times
from .asking import afterwards, look_at, plights, proof_in_hand, questions, worries
from .asking.told_and_asked import told_and_asked
from .asking.whether_to_give import read_whether_to_give
from .authorities import court, moved_days, proof_asked
from .awaits import ConfirmReport
from .before_verdict import (
    acknowledged,
    early_corrections,
    early_news,
    early_offers,
    filings,
    interruptions,
    told_beside,
)
from .confirming import confirmations, set_aside
from .context import Context
from .correcting import corrections, denied_reports, never_came, never_said, put_right, taking_back, that_day
from .intents import Band, Reading
from .meanings.other_goods import KeptTold
from .money import (
    arrivals,
    beside_an_offer,
    offers,
    own_costs,
    payments,
    rest_missing,
    same_offer,
    still_wanted,
    told_sums,
)
from .outright import (
    day_not_kept,
    exchange_offers,
    filed_anew,
    only_silent,
    platform_judged,
    refused_again,
    spoke_to,
    went_to_do,
)
from .progress.news import ARRIVALS
from .purposes import purposes
from .utterance import Utterance
from .which_case import apart, denied_matters, not_mine, other_orders, which_case
from .which_case.beside_matters import beside_matter
from .which_case.several_goods import told_of_kept
from .which_case.whose import addressed, asked_which, on_that_case
from .whole_line import choices, deleting, exact, named_papers

Reader = Callable[[Context, Utterance], Reading | None]
"""一种听法：听得出就给出听法，听不出为 ``None``；不查库、不看钟。"""

_DENIED = re.compile(
    r"(?:不是|不对|没有?|错了|都不是)(?:的|啊|呀|哦|噢|吧|呢|这个|那个|那样|这样)?[ ,.!~]{1,3}"
    r"(?:是|那是|这是|我是说|我说的是)?"
)
_SAYS_WHAT, _SAYS_MORE = 4, 6
_SAYS_BRIEFLY = 2
"""“不是 是拒了”：短短几个字也说了是什么。"""
_SENT_BACK = "sent-back"
_SAID_INSTEAD = (intents.Reported, intents.Offered, intents.NothingNew, intents.PaymentsListed)


def _read_instead(context: Context, utterance: Utterance) -> Reading | None:
    """刚问过是不是，答的是“不是，是……”：否掉的不记，后面说的那件照它自己听；没说是什么的照旧当“不是”。"""
    denied = _DENIED.match(utterance.text) if isinstance(context.awaits, ConfirmReport) else None
    rest = utterance.text[denied.end() :].strip() if denied is not None else ""
    if len(rest) < _SAYS_BRIEFLY or not isinstance(context.awaits, ConfirmReport):
        return None
    heard = read(replace(context, awaits=None), Utterance(rest))
    first = heard.first
    # “不是 那是我买东西花的钱 320”：否掉的是出价，数是什么由办那一问的去对
    is_told_aside = isinstance(first, intents.Talk) and first.kind is intents.TalkKind.DETAIL
    is_detail = is_told_aside and context.awaits.event not in offers.EVENTS
    is_asked = isinstance(first, intents.Asked) and first.topic is not None and Utterance(rest).asks
    if context.awaits.event in ARRIVALS and not isinstance(first, (intents.Reported, intents.Offered)):
        return None  # “不是 剩下的还要接着要”：答的就是了结不了结
    if not (isinstance(first, _SAID_INSTEAD) or is_detail or is_asked):
        return None
    if len(rest) < _SAYS_WHAT and not isinstance(first, intents.Reported):
        return None  # “不是 还没去”
    is_same = isinstance(first, intents.Reported) and first.event == context.awaits.event
    return None if is_same else heard


_ANOTHER = re.compile(r"[ ,。;!](?=另外|还有个|还有一|对了|还有件)")
_TOLD_FIRST = (intents.Reported, intents.EarlyNews)


def _read_and_another(context: Context, utterance: Utterance) -> Reading | None:
    """“今天交上去了 另外我买的锅也坏了”：前一半的进展照听，后一半是另外一件，问要不要换过去。"""
    is_busy = context.open_question is not None or bool(context.matters)
    if not is_busy or (turn := _ANOTHER.search(utterance.text)) is None:
        return None
    before, after = utterance.text[: turn.start()].strip(), utterance.text[turn.end() :]
    if min(len(before), len(after)) < _SAYS_WHAT:
        return None
    other = matters.read_matter(replace(context, open_question=None, matters=()), Utterance(after))
    told = read(context, Utterance(before)) if other is not None else None
    if other is None or told is None or not isinstance(told.first, _TOLD_FIRST):
        return None
    return replace(told, intents=(*told.intents, *other.intents))


def _read_beside(context: Context, utterance: Utterance) -> Reading | None:
    """“我妈在拼多多买的那个能退不”“快手把我号封了”：答那一种打听，什么都不记；先说了手头这件的，那一半照听。"""
    found = beside_matter(context, utterance)
    if found is None:
        return None
    asked = Reading((intents.Asked(found.topic, utterance.raw),), Band.RECORD, 0.8, ("说的是别处的事",))
    if len(found.before) < _SAYS_WHAT or context.spoken_of is None:
        return asked
    told = read(context, Utterance(found.before))
    is_told = isinstance(told.first, (*_TOLD_FIRST, intents.Answered))
    return replace(told, intents=(*told.intents, *asked.intents)) if is_told else asked


def _read_kept(context: Context, utterance: Utterance) -> Reading | None:
    """问着羽绒服那件，“充电宝还没申请”：记着的另几样的先替那件记着；一起说的这件的，照听。"""
    found = told_of_kept(context, utterance)
    if found is None:
        return None
    own, told = found
    heard = read(context, Utterance(own)) if len(own) >= _SAYS_WHAT else None
    is_heard = heard is not None and isinstance(heard.first, (*_TOLD_FIRST, intents.Answered, intents.Asked))
    kept = KeptTold(told, alone=not is_heard)
    if heard is None or not is_heard:
        return Reading((kept,), Band.RECORD, 0.7, ("说的是记着的另几样货",))
    return replace(heard, intents=(*heard.intents, kept))


def _read_still_wanted(context: Context, utterance: Utterance) -> Reading | None:
    """“那三倍987还要 去12315了”：还要的数记下，另说的进展照听；问的照答。"""
    found = still_wanted.still_wanted(context, utterance)
    if found is None:
        return None
    heard = read(context, Utterance(found.rest)) if len(found.rest) >= _SAYS_WHAT else None
    if heard is None or not isinstance(heard.first, (intents.Reported, intents.Asked)):
        return Reading((found.told,), Band.RECORD, 0.8, ("说了还要的数",))
    return replace(heard, intents=(*heard.intents, found.told))


def _read_own_cost(context: Context, utterance: Utterance) -> Reading | None:
    """“寄走了邮费十二块”：另花的一笔记下，一起说的进展照听，问的照答。"""
    found = own_costs.own_cost(context, utterance)
    if found is None:
        return None
    heard = read(context, Utterance(found.rest)) if len(found.rest) >= _SAYS_BRIEFLY else None
    if heard is None or not _is_sure(heard):
        whole = purposes.read_news_or_purpose(context, utterance)  # 去掉运费只剩“寄走了”，整句听得更准
        heard = whole if whole is not None and _is_sure(whole) else heard
    if heard is not None and isinstance(heard.first, intents.Reported) and heard.first.event == _SENT_BACK:
        heard = replace(heard, intents=(replace(heard.first, others=(_SENT_BACK,)), *heard.intents[1:]))
    elif heard is None or not (
        _is_sure(heard)
        or (isinstance(heard.first, (intents.Reported, intents.Offered)) and len(found.rest) >= _SAYS_MORE)
        or (isinstance(heard.first, intents.Asked) and utterance.asks)
    ):
        return Reading((found.told,), Band.RECORD, 0.8, ("说了另花的一笔",))
    return replace(heard, intents=(*heard.intents, found.told))


def _is_sure(reading: Reading) -> bool:
    return isinstance(reading.first, intents.Reported) and reading.first.sure


READERS: tuple[tuple[str, str, Reader], ...] = (
    ("danger", "危险：自伤、动手、正在被骗、吃坏身体", matters.read_danger),
    ("private-numbers", "不该发的号码", exact.read_private_numbers),
    ("command", "命令；带案件号的盖过一切正等着的", exact.read_command),
    ("choice", "从刚列出来的里面选", choices.read_choice),
    ("which-case", "刚记下、刚问的说的是另一件案件", which_case.read_which_case),
    ("nominal-age", "访谈：问满几周岁，说的是虚岁、几年级、哪年生的", nominal_ages.read_nominal_age),
    ("exact-answer", "访谈：编号、选项原话、光一个数或日期", answers.read_exact_answer),
    ("look-at", "整句只请它看图", look_at.read_look_at),
    ("interrupted", "访谈：整句是被打断了：“孩子等一下 锅开了”", interruptions.read_interruption),
    ("set-aside", "隔了几句才回的“改”“换”：先前问过、放在一边的那一问", set_aside.read_set_aside),
    ("moved-day", "案件：约好的开庭、调解改到哪天，改期了还没定", moved_days.read_moved_day),
    ("control", "控制词、回提醒", exact.read_control),
    ("court", "案件：法院用哪种程序办，哪天去立案、哪天付，调解书写明的分期", court.read_court),
    ("named-paper", "案件：要写一份文书，说了是哪一份", named_papers.read_named_paper),
    ("setting", "整句的设置、重看、继续", exact.read_setting),
    ("delete", "用自己的话要删掉自己的数据", deleting.read_delete),
    ("never-came", "案件：记着的到账没有这回事，那个数是花出去的", never_came.read_never_came),
    ("filed-anew", "案件：填错了、撤了，又重新交上去", filed_anew.read_filed_anew),
    ("never-said", "案件：刚记下一件，说自己没这么说过", never_said.read_never_said),
    ("not-mine", "案件：补一句说的是朋友、同学那件", not_mine.read_not_mine),
    ("undo", "撤销、否认", corrections.read_undo),
    ("named-undo", "撤销指名的一件", corrections.read_named_undo),
    ("kept", "访谈：说的是先前记着、还没轮到的另几样货", _read_kept),
    ("apart", "明说了另外记一件", apart.read_apart),
    ("that-day", "案件：记下的一件进展其实是哪天", that_day.read_that_day),
    ("taking-back", "案件：说记着的哪一件没有这回事，要撤掉", taking_back.read_taking_back),
    ("instead", "刚问过是不是，答“不是，是……”：照后面说的听", _read_instead),
    ("proof-in-hand", "案件：整句只说手里有哪样凭证", proof_in_hand.read_proof_in_hand),
    ("confirmation", "对刚问的“是不是”回是或否", confirmations.read_confirmation),
    ("still-wanted", "案件：到过一部分，说这个数还要", _read_still_wanted),
    ("added", "案件：报了几样各多少，问加起来多少", still_wanted.read_added),
    ("told-sums", "案件：没有进展，说的是要多少、花了多少、又花了一笔", told_sums.read_told_sums),
    ("own-cost", "案件：说了为这件事另花的一笔", _read_own_cost),
    ("rest-missing", "案件：货款到了，运费、赔偿没到", rest_missing.read_rest_missing),
    ("money", "案件：钱到了一部分、到齐了，没答应对方的数，说好补剩下的", arrivals.read_money),
    ("early-refusal", "访谈：对方出了一个数，没答应；先前说的那个数错了", early_offers.read_early_refusal),
    ("early-right", "访谈：先记着的一件进展说错了", early_corrections.read_early_correction),
    ("numbered-change", "指了第几题、说了改成什么：“修改 2 质量问题”", put_right.read_numbered_change),
    ("put-right", "否认了记着的一项，或指着一题说该是哪一项", put_right.read_put_right),
    ("denied-report", "案件：说刚记下的那件进展不是", denied_reports.read_denied_report),
    ("wrong-matter", "访谈：说弄错了的是正问着的这种事，不是哪一题", denied_matters.read_wrong_matter),
    ("correction", "改正：“我说错了 是 12 岁”", corrections.read_correction),
    ("case-correction", "明说了在改答过的日子、数", corrections.read_case_correction),
    ("shaken", "办着一件事，刚接住一句危险的话：先陪着，不催着答题", matters.read_shaken),
    ("doubt", "疑心对方是骗子：先答，话里说的都不记", questions.read_doubt),
    ("leaving", "访谈：说不问这个了、先放着", leaving.read_leaving),
    ("others-case", "访谈：说的进展是家里人、朋友自己的那件", others_cases.read_others_case),
    ("beside", "说的是别的平台上的、自己的账号被封：答它，什么都不记", _read_beside),
    ("case-news", "访谈：问着找客服、申诉，说的是案件的进展", beside_interview.read_case_news),
    ("and-another", "说了进展，又说起另外一件", _read_and_another),
    ("acknowledged", "访谈：先应了一声，说的是进展、对方出的数", acknowledged.read_acknowledged),
    ("early-offer", "访谈：还没有结论，对方就出了一个数", early_offers.read_early_offer),
    ("denied-matter", "访谈：说了不是正问着的那种事，是另一种", denied_matters.read_denied_matter),
    ("dated-news", "访谈：没在答，说的是进展，日子是它的", early_news.read_dated_news),
    ("filing", "访谈：说的是起诉了、等法院，不是正问着的哪一项", filings.read_filing),
    ("vague-time", "访谈：问着哪天，整句只说了大概的时候", vague_times.read_vague_time),
    ("worry", "访谈：整句都是担心、万一：先答", worries.read_worry),
    ("next-step", "访谈：没在答，答过的那一步往后走了，说的是进展：先记着", early_news.read_next_step),
    ("answer", "访谈：用自己的话回答，顺带说到的也算", answers.read_answer),
    ("only-another", "访谈：没在答，说的只有另一种才会说", denied_matters.read_only_another),
    ("choice-correction", "访谈：没在答，说前面哪一题答错了", corrections.read_choice_correction),
    ("misread-bare", "访谈：光一个编号、一个字母，却不是回答", answers.read_misread_bare),
    ("bare", "光一个编号、一个字母：没有列过什么，就什么也不表示", exact.read_bare),
    ("insulted", "骂它听不懂：先认错，问了什么先答", questions.read_insult),
    ("whether-to-give", "案件：对方要证件、要他签字，问给不给", read_whether_to_give),
    ("by-age", "案件：问过孩子的生日，反问怎么分、为啥要", questions.read_by_age),
    ("payments", "报了一笔笔的账", payments.read_payments),
    ("proof-asked", "案件：12315、法院、商家要凭证，不是平台让补", proof_asked.read_proof_asked),
    ("another-day", "案件：说的日子是另一件事的，记着的一题却是同一天", put_right.read_another_day),
    ("refused-again", "案件：重新交的又拒了，复核没过", refused_again.read_refused_again),
    ("went-to-do", "案件：去做了一件（“我去打了12315”），不是打算", went_to_do.read_went_to_do),
    ("spoke-to", "案件：去跟对方说过、催过，还没说对方怎么回", spoke_to.read_spoke_to),
    ("same-offer", "案件：复核之后，对方出的还是先前那个数", same_offer.read_same_offer),
    ("day-not-kept", "案件：对方说的那天过了，没做", day_not_kept.read_day_not_kept),
    ("platform-judged", "案件：平台判商家退、说不归它管、让补哪一样", platform_judged.read_platform_judged),
    ("only-silent", "案件：只说对方一直没理，这一步没有这件可报告", only_silent.read_only_silent),
    ("exchange-offer", "案件：商家提的换、补发，本人应了没有", exchange_offers.read_exchange_offer),
    ("plight", "案件：说的是一种处境（寄不回去、警察没立案），不是进展", plights.read_plight),
    ("other-order", "案件：进展指名是另一单、另一种事的，先问是哪一件", other_orders.read_other_order),
    ("known-at-last", "案件：先前不清楚的那天，现在说了", put_right.read_known_at_last),
    ("offer", "对方出了一个数", beside_an_offer.read_offer_and_news),
    ("news", "案件的新闻；其实在问、改正、撤销、出价、说另一件的，照那个意思", purposes.read_news_or_purpose),
    ("early-news", "访谈：没在答，说的是进展：先记着，有了结论再记", early_news.read_early_news),
    ("afterwards", "案件都了结了，又问起来：先答", afterwards.read_afterwards),
    ("redirected", "结论是归另一种去办的：接着说，就换过去", matters.read_redirected),
    ("wanted", "访谈：用自己的话要文书、材料这些", purposes.read_wanted),
    ("question", "问了什么、假设、打算、别人的事", questions.read_question),
    ("talk", "道谢、应声", matters.read_talk),
    ("maybe-news", "访谈：像是一件进展、听不准：先记着，有了结论再问", early_news.read_maybe_news),
    ("told-beside", "访谈：没在答，说的是凭证、价钱、另花的钱、一个日子", told_beside.read_told_beside),
    ("likely-purpose", "没听出进展的：多半想做什么", purposes.read_likely_purpose),
    ("after-danger", "危险之后接着说的", matters.read_after_danger),
    ("concluded", "给过结论、没有后续步骤的那件，又说起它", matters.read_concluded),
    ("matter", "说起一件新的事", matters.read_matter),
    ("near-miss", "打错的命令", exact.read_near_miss),
    ("proof", "案件：多说的一句里有凭证", purposes.read_proof),
    ("stray", "访谈：问着日子、数，说的里面一个也没有：打听、要找人工、要申诉", stray.read_stray),
    ("misread", "访谈：没听懂", answers.read_misread),
    ("refund-word", "提到退款，听不出是哪一种", matters.read_refund_word),
)
"""名字、听的是什么、怎么听；先后就是先听谁的。"""


_WHOLE = frozenset({"danger", "private-numbers", "command"})
"""整句都要听的几种：改口之前说的也算。"""
_ONLY_ASKED = frozenset({"whether-to-give", "doubt", "insulted"})
"""听成了在问的，不再去听里面说了什么。"""
_AMONG_ALL = frozenset({"which-case"})
"""几件案件都要看的。"""


def read(context: Context, utterance: Utterance) -> Reading:
    """一句话的听法；怎样也听不懂时给 :class:`~.intents.Unclear`。办着事的时候，一句里自己改了口，只听改口之后的。"""
    every, said = context, utterance
    context, utterance, found = addressed(every, said)
    about = found.matter.code if found.matter is not None and not found.is_faint else None
    is_busy = context.open_question is not None or bool(context.matters)
    repaired = Utterance(after_repair(utterance.raw)) if is_busy else utterance
    for name, _, reader in READERS:
        if name in _AMONG_ALL:
            reading = reader(every, said)
        else:
            reading = reader(context, utterance if name in _WHOLE else repaired)
        if reading is not None:
            reading = reading if name in _ONLY_ASKED else told_and_asked(context, repaired, reading, read)
            reading = on_that_case(asked_which(context, reading, found), about)
            return replace(reading, reader=name, about=about)
    return Reading((intents.Unclear(),), Band.ASK, 0.0, reader="unclear", about=about)
