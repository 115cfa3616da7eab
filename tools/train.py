"""训练“听意思”的权重：``uv run --group training python -m tools.train``。

读 ``tests/data/examples`` 的例句，写 ``rulebook/content/meaning`` 的权重。同样的例句，写出来一个字节也不差。

后面写 ``options``、``news``、``intents``、``stories`` 里的哪几个，就只训练那几个；不写就是全部。
``--calibrate`` 在没参加训练的写作者上重新校准（十几分钟），再训练。
``--check`` 不训练，只看权重是不是照现在的例句和特征训练的，不是就以 1 退出。
"""

import hashlib
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from nonebot_plugin_refund.domain.understanding.meaning.features.danger_features import danger_names_of
from nonebot_plugin_refund.domain.understanding.meaning.features.features import names_of
from nonebot_plugin_refund.domain.understanding.meaning.linear import Head
from nonebot_plugin_refund.domain.understanding.meaning.news import EVENTS_HEAD, MOOD_HEAD
from nonebot_plugin_refund.domain.understanding.meaning.purposes import COMMAND_HEAD, DANGER_HEAD, INTENT_HEAD
from nonebot_plugin_refund.domain.understanding.meaning.scored import NONE, UNSURE
from nonebot_plugin_refund.domain.understanding.meaning.weights import INTENTS, NEWS, OPTIONS, STORIES, packed, unpacked
from nonebot_plugin_refund.rulebook.scenario_models.models import QuestionKind

from .training import corpus

if TYPE_CHECKING:
    from .training.fitting import Fitted

CONTENT = corpus.ROOT / "plugins/nonebot_plugin_refund/rulebook/content"
TARGET = CONTENT / "meaning"
_EVERY = 40
"""每这么多句例句取一句，看它的特征变了没有。"""
_KEPT_FOR_A_QUESTION, _KEPT_FOR_SEVERAL = 12_000, 4600
"""一题留几个特征；可以选几样的留得少，多了会把说没有的听成有。"""
_KEPT_FOR_NEWS = 50_000
_KEPT_FOR_PURPOSES = 15_000
_KEPT_FOR_DANGER = 48_000
_KEPT_FOR_COMMANDS = 4000


def made_from(name: str) -> str:
    """训练这个权重文件的例句和它们的特征合起来的摘要：例句、特征、词族、语气的读法，哪样变了它都变。"""
    total = hashlib.sha256(corpus.digest(name))
    reading = danger_names_of if name == INTENTS else names_of
    for text in corpus.texts(name)[::_EVERY]:
        for weight, names in reading(text):
            total.update(f"{weight:.6f} {names}".encode())
    return total.hexdigest()[:16]


def is_stale() -> bool:
    """有没有哪个权重文件不是照现在的例句和特征训练的。"""
    paths = {name: TARGET / f"{name}.bin" for name in TRAINERS}
    return any(
        not path.is_file() or unpacked(path.read_bytes()).made_from != made_from(name) for name, path in paths.items()
    )


def train(names: Iterable[str]) -> None:
    """训练这几个权重文件，写下来。"""
    for name in names:
        _write(name, TRAINERS[name]())


# 训练的几个要到函数里才用得着 numpy：--check 不需要它


def _options() -> dict[str, Head]:
    from .training.answers import fit_answers
    from .training.associations import associations_in
    from .training.calibrating import read_calibrations
    from .training.fitting import head_of

    replies, news, purposes = corpus.replies(), corpus.news(apart=True), corpus.purposes()
    calibrated = read_calibrations()[OPTIONS]
    associations = associations_in(replies, news, purposes)
    return {
        head: head_of(
            fit_answers(head, replies, news, purposes, associations),
            keep=_KEPT_FOR_SEVERAL if corpus.questions()[head].kind is QuestionKind.MULTI else _KEPT_FOR_A_QUESTION,
            temperature=calibrated.temperature,
            shifts={NONE: calibrated.none_shift, UNSURE: calibrated.unsure_shift},
        )
        for head in sorted({reply.head for reply in replies})
    }


def _news() -> dict[str, Head]:
    from .training.associations import associations_in
    from .training.happenings import fit_events, fit_moods

    news = corpus.news(apart=True)
    associations = associations_in(corpus.replies(), news, corpus.purposes())
    return _heads({EVENTS_HEAD: fit_events(news, associations), MOOD_HEAD: fit_moods(news)}, _KEPT_FOR_NEWS)


def _intents() -> dict[str, Head]:
    from .training.fitting import head_of
    from .training.purposes import fit_commands, fit_danger, fit_intents

    purposes, news = corpus.purposes(), corpus.news()
    return {
        **_heads({INTENT_HEAD: fit_intents(purposes, news)}, _KEPT_FOR_PURPOSES),
        COMMAND_HEAD: head_of(fit_commands(purposes), keep=_KEPT_FOR_COMMANDS, temperature=1.0),
        **_heads({DANGER_HEAD: fit_danger(purposes, news, corpus.alarms())}, _KEPT_FOR_DANGER),
    }


def _stories() -> dict[str, Head]:
    from .training.stories import stories_of

    return stories_of(corpus.openings(), corpus.replies(), corpus.clauses(), corpus.utterances())


def _heads(fitted: "Mapping[str, Fitted]", keep: int) -> dict[str, Head]:
    from .training.calibrating import read_calibrations
    from .training.fitting import head_of

    calibrated = read_calibrations()
    return {key: head_of(one, keep=keep, temperature=calibrated[key].temperature) for key, one in fitted.items()}


TRAINERS: dict[str, Callable[[], dict[str, Head]]] = {
    OPTIONS: _options,
    NEWS: _news,
    INTENTS: _intents,
    STORIES: _stories,
}
"""每个权重文件怎么训练。"""


def recalibrate() -> None:
    """在没参加训练的写作者上重新校准，写 ``tools/training/calibrations.json``。"""
    from .training.calibrating import calibrate, write_calibrations
    from .training.held_out import held_answers, held_events, held_moods, held_purposes, parts_of, within

    replies, news, purposes = corpus.replies(), corpus.news(), corpus.purposes()
    parts = parts_of(replies, news, purposes)
    intents, danger = held_purposes(purposes, news, corpus.alarms())
    write_calibrations(
        {
            OPTIONS: calibrate([held for _, _, held in held_answers(parts, replies)]),
            EVENTS_HEAD: calibrate([within(held, left) for left, held in held_events(parts, news)], shifts=(0.0,)),
            MOOD_HEAD: calibrate([held for _, held in held_moods(parts, news)], shifts=(0.0,)),
            INTENT_HEAD: calibrate(intents, shifts=(0.0,)),
            DANGER_HEAD: calibrate(danger, shifts=(0.0,)),
        }
    )


def _write(name: str, heads: dict[str, Head]) -> None:
    TARGET.mkdir(exist_ok=True)
    (TARGET / f"{name}.bin").write_bytes(packed(heads, made_from(name)))


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(1 if is_stale() else 0)
    if "--calibrate" in sys.argv:
        recalibrate()
    train([name for name in TRAINERS if name in sys.argv[1:]] or TRAINERS)
