"""问答开着，说的是手头案件的进展：记到案件里，问着的题还开着。"""

from ....rulebook.scenario_models.models import ScenarioKind
from .. import intents
from ..context import Context
from ..intents import Reading
from ..progress.told_in_turn import read_told_news
from ..utterance import Utterance
from . import answers


def read_case_news(context: Context, utterance: Utterance) -> Reading | None:
    """正问着找客服、申诉这样的帮助主题，案件的进展听准了（“今天在12315投诉了 填商家还是快手”）：记到案件里。"""
    opened = context.open_question
    if opened is None or opened.is_revision or not context.matters or utterance.is_bare:
        return None
    if opened.scenario.kind is not ScenarioKind.TOPIC or answers.is_plainly_answering(context, utterance):
        return None
    news = read_told_news(context, utterance)
    is_sure = news is not None and isinstance(news.first, intents.Reported) and news.first.sure
    return news if is_sure else None
