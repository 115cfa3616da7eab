"""有危险的话：先接住人；里面说了的事记着，缓过来再接着办。"""

from ...domain.hearing.beside.heard_elsewhere import changed_mind
from ...domain.understanding.writing.pieces import pieces_of
from ...domain.understanding.writing.text import normalise
from ...rulebook.wording_models.danger_models import DangerWords, load_dangers
from ..base import prompts, wording
from ..base.turn import Reply, replies
from ..case.progress import reporting
from ..interview import interviewing, revising
from ..interview.telling import told_in
from ..reading import awaits, intents
from ..reading.answering import answers
from ..reading.progress.news import read_news
from ..reading.recognising import recognised
from ..scene import Scene


async def answer(scene: Scene, intent: intents.Danger) -> list[Reply]:
    """一两句暖的话和一个号码；紧接着又是同一种，换一段话。正被骗的，已经做到哪一步了就照那一步说。"""
    words = words_of(intent.kind)
    before = scene.awaits
    said_before = before.passage if isinstance(before, awaits.AfterDanger) and before.danger == intent.kind else None
    passage = words.words_for(normalise(intent.said), said_before)
    said = replies(passage.text)
    if intent.kind is intents.DangerKind.FRAUD and (known := await _done_already(scene, intent.said)):
        return [*said, *known]
    await prompts.ask(scene.turn, _after_danger(scene, intent, passage.id))
    return [*said, *await _news_beside(scene)]


async def _news_beside(scene: Scene) -> list[Reply]:
    """同一句里还报了案件的进展（“气得要打娃儿 他爸把申请交了”），听准了的一并记下；没有返回空。"""
    if scene.interview is not None:
        return []
    news = read_news(scene.context, scene.utterance)
    if news is None or not isinstance(news.first, intents.Reported) or not news.first.sure:
        return []
    return await reporting.report(scene.turn, news.first)


async def _done_already(scene: Scene, said: str) -> list[Reply]:
    """正问着、或刚答过“做到哪一步了”，这句里说了（“验证码也念给他了”）：照它接着说；没说返回空。"""
    opened = scene.context.open_question
    if opened is not None and scene.interview is not None:
        if not answers.tells_an_answer(opened.scenario.id, opened.question, said):
            return []
        heard = answers.listener_of(scene.context, opened).hear(opened.dialogue, opened.question, said)
        return await interviewing.take(scene.turn, scene.interview, heard, exact=False)
    case = scene.cases[0] if scene.cases else None
    if case is None or case.stage is not None:
        return []
    for piece in pieces_of(said):
        if changed_mind(case.edition.scenario, case.answers, piece, scene.turn.said_at) is not None:
            return await revising.correct_case(scene.turn, case.record, case.edition, piece)
    return []


async def goes_on(scene: Scene) -> list[Reply]:
    """危险之后的一句，没说别的：在问怎么办的，说还要做什么；别的陪一句，只陪一次。正在问答的，说怎么接着来。"""
    assert isinstance(scene.awaits, awaits.AfterDanger)
    words = words_of(scene.awaits.danger)
    if scene.utterance.asks:
        return replies(words.again)
    if scene.interview is not None or scene.cases:
        await prompts.ask(scene.turn, scene.awaits.model_copy(update={"calmed": True}))
    if scene.interview is not None:
        return replies(f"{words.calm}\n{wording.GO_ON_LATER}")
    if scene.cases:
        return replies(words.calm)
    if scene.awaits.calmed:
        return replies(wording.AFTER_DANGER_NOTED)
    await prompts.ask(scene.turn, scene.awaits.model_copy(update={"calmed": True}))
    return replies(words.after)


def words_of(kind: str) -> DangerWords:
    """这一种危险的几句话；没有这一种抛 ``StopIteration``。"""
    return next(item for item in load_dangers().dangers if item.id == kind)


def _after_danger(scene: Scene, intent: intents.Danger, passage: str) -> awaits.AfterDanger:
    """这一句和先前那句里说了的事；原话不存。"""
    before = scene.awaits if isinstance(scene.awaits, awaits.AfterDanger) else None
    found = _told_matter(scene, intent)
    scenario = found or (before.scenario if before is not None else None)
    edition = scene.turn.services.editions.current(scenario) if scenario is not None else None
    told = told_in(scene.turn, edition, intent.said) if edition is not None else {}
    kept = before.told if before is not None and before.scenario == scenario else {}
    return awaits.AfterDanger(danger=intent.kind.value, passage=passage, scenario=scenario, told={**kept, **told})


def _told_matter(scene: Scene, intent: intents.Danger) -> str | None:
    """那句里说的是哪种事；正在被骗的，钱多半不是在快手里花的，听得准才算。"""
    is_fraud = intent.kind is intents.DangerKind.FRAUD
    found = recognised(scene.context.book.classifier, intent.said, first=not is_fraud)
    return found.scenario if found.is_sure or not is_fraud else None
