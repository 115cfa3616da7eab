"""案件：去做了的（“我去打了12315”“去派出所报了案”）：“我去”听着像打算，后面跟着“了”，是做过了。"""

import re

from ....domain.understanding.writing.listed_words import either, has_any
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..context import Context
from ..intents import Band, Reading
from ..progress.news import read_news
from ..utterance import Utterance

_WORDS = load_spoken().went
_WENT = re.compile(
    rf"(?:^|(?<=[ ,。;])|(?<={either(_WORDS.before)}))去(?:了?趟)?"
    rf"(?={either(_WORDS.places)}?{either(_WORDS.doing)}[^ ,。;?吗]{{0,3}}[了过])"
)


def read_went_to_do(context: Context, utterance: Utterance) -> Reading | None:
    """去掉“去”再听，是一件进展就是它；问的、打算的不算。"""
    if not context.matters or context.open_question is not None or utterance.text.endswith(("?", "吗", "么")):
        return None
    if has_any(utterance.text, _WORDS.not_done) or _WENT.search(utterance.text) is None:
        return None
    if _reported(read_news(context, utterance)) is not None:
        return None
    return _reported(read_news(context, Utterance(_WENT.sub("", utterance.text))))


def _reported(heard: Reading | None) -> Reading | None:
    is_news = heard is not None and heard.band is not Band.ASK and isinstance(heard.first, intents.Reported)
    return heard if is_news else None
