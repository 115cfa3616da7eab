"""训练“听意思”的权重：``uv run --group training python -m tools.train``。

读 ``tests/data/examples`` 的例句，写 ``rulebook/content/meaning`` 的权重。同样的例句，写出来一个字节也不差。

``--calibrate`` 在没参加训练的写作者上重新校准（十几分钟），再训练。
``--stories`` 只训练从头说起的话的那一份，别的照旧。
``--check`` 不训练，只看权重是不是照现在的例句和特征训练的，不是就以 1 退出。
"""

import hashlib
import sys

from nonebot_plugin_refund.domain.understanding.meaning.features import features_of
from nonebot_plugin_refund.domain.understanding.meaning.linear import Head
from nonebot_plugin_refund.domain.understanding.meaning.news import EVENTS_HEAD, MOOD_HEAD
from nonebot_plugin_refund.domain.understanding.meaning.purposes import DANGER_HEAD, INTENT_HEAD
from nonebot_plugin_refund.domain.understanding.meaning.scored import NONE
from nonebot_plugin_refund.domain.understanding.meaning.weights import INTENTS, NEWS, OPTIONS, STORIES, packed, unpacked

from .training import corpus

CONTENT = corpus.ROOT / "plugins/nonebot_plugin_refund/rulebook/content"
TARGET = CONTENT / "meaning"
_EVERY = 40
"""每这么多句例句取一句，看它的特征变了没有。"""
_KEPT_FOR_A_QUESTION = 6000
_KEPT_FOR_NEWS = 35_000
_KEPT_FOR_PURPOSES = 15_000


def made_from() -> str:
    """例句和它们的特征合起来的摘要：例句、特征、词族、语气的读法，哪样变了它都变。"""
    total = hashlib.sha256(corpus.digest())
    for text in corpus.texts()[::_EVERY]:
        for group in features_of(text):
            total.update(f"{group.weight:.6f} {group.names}".encode())
    return total.hexdigest()[:16]


def is_stale() -> bool:
    """有没有哪个权重文件不是照现在的例句和特征训练的。"""
    paths = [TARGET / f"{name}.bin" for name in (OPTIONS, NEWS, INTENTS, STORIES)]
    return any(not path.is_file() or unpacked(path.read_bytes()).made_from != made_from() for path in paths)


def train() -> None:
    """训练，写文件。"""
    # 要到这里才用得着 numpy：--check 不需要它
    from .training.answers import fit_answers
    from .training.calibrating import read_calibrations
    from .training.fitting import head_of
    from .training.happenings import fit_events, fit_moods
    from .training.purposes import fit_danger, fit_intents

    replies, news, purposes = corpus.replies(), corpus.news(), corpus.purposes()
    calibrated = read_calibrations()
    answers = calibrated[OPTIONS]
    heads = {
        head: head_of(
            fit_answers(head, replies, news),
            keep=_KEPT_FOR_A_QUESTION,
            temperature=answers.temperature,
            shifts={NONE: answers.none_shift},
        )
        for head in sorted({reply.head for reply in replies})
    }
    _write(OPTIONS, heads)
    fitted = {
        NEWS: {EVENTS_HEAD: fit_events(news), MOOD_HEAD: fit_moods(news)},
        INTENTS: {INTENT_HEAD: fit_intents(purposes, news), DANGER_HEAD: fit_danger(purposes, news)},
    }
    for name, heads_of_it in fitted.items():
        keep = _KEPT_FOR_NEWS if name == NEWS else _KEPT_FOR_PURPOSES
        _write(
            name,
            {key: head_of(one, keep=keep, temperature=calibrated[key].temperature) for key, one in heads_of_it.items()},
        )


def train_stories() -> None:
    """只训练从头说起的话的头，写文件。"""
    from .training.stories import stories_of

    fitted = stories_of(corpus.openings(), corpus.replies(), corpus.clauses(), corpus.utterances())
    _write(STORIES, fitted)


def recalibrate() -> None:
    """在没参加训练的写作者上重新校准，写 ``tools/training/calibrations.json``。"""
    from .training.calibrating import calibrate, write_calibrations
    from .training.held_out import held_answers, held_events, held_moods, held_purposes, within

    replies, news, purposes = corpus.replies(), corpus.news(), corpus.purposes()
    intents, danger = held_purposes(purposes, news)
    write_calibrations(
        {
            OPTIONS: calibrate([held for _, _, held in held_answers(replies, news)]),
            EVENTS_HEAD: calibrate([within(held, left) for left, held in held_events(news)], shifts=(0.0,)),
            MOOD_HEAD: calibrate([held for _, held in held_moods(news)], shifts=(0.0,)),
            INTENT_HEAD: calibrate(intents, shifts=(0.0,)),
            DANGER_HEAD: calibrate(danger, shifts=(0.0,)),
        }
    )


def _write(name: str, heads: dict[str, Head]) -> None:
    TARGET.mkdir(exist_ok=True)
    (TARGET / f"{name}.bin").write_bytes(packed(heads, made_from()))


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(1 if is_stale() else 0)
    if "--calibrate" in sys.argv:
        recalibrate()
    if "--stories" not in sys.argv:
        train()
    train_stories()
