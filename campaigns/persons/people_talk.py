"""*people* 在结论之前：从第一句话说到结论。看得到的错改一次，列出来的选编号，问到第三遍照着清单答。"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from nonebot_plugin_refund.dialogue.reading.awaits import NextMatter, PickAnswer, PickScenario, SwitchMatter
from nonebot_plugin_refund.domain.interview.answers import Answer, facts_from
from nonebot_plugin_refund.domain.interview.assessment import answer_in_words
from nonebot_plugin_refund.rulebook.scenario_models.conditions import UNSURE
from nonebot_plugin_refund.rulebook.scenario_models.models import Question, QuestionKind, Rule
from nonebot_plugin_refund.storage.records import CaseRecord

from .people_desk import Desk, Seen, answers_of, change_numbers_in, numbers_in
from .people_phrases import Mouth, Opening, Phrase, Want
from .people_truth import NoVerdictError, Truth
from .people_values import FORGOTTEN, plain_day, spoken_age, spoken_day, spoken_sum

MOST_MESSAGES = 60
MOST_AFTER_VERDICT = 16
"""结论之后还在改答案的，至多再说这么多句。"""
_MOST_ASKS = 6
"""同一题问这么多遍还记不下，就不说了。"""
_MOST_STEERS = 5
_REMARKS = 0.2
_HALF = 0.5
_THIRD = 3
_PLAIN_OPENINGS = ("{name}", "我想问下{name}", "{name}怎么弄", "你好，{name}的事")
_PLAIN_NAMES = 2
"""场景的头两个俗称只说是哪种事；再往后的带着别的意思。"""
_WRONG = "不对，"
_YES_NO = {"yes": "是", "no": "否"}
_UNSURE_LABEL = "不清楚"
_SAID_MOODS = ("question", "talk")


@dataclass
class Judgement:
    """结论那一刻。"""

    case: CaseRecord
    true_rule: Rule
    recorded: int
    wrong: dict[str, tuple[Answer, Answer]]
    """记错的题 -> 真情，记下的。"""
    messages: int
    unseen: int
    """记错的里，从没说回给这个人听过的。"""


@dataclass
class Talk:
    """一个人说到结论。"""

    desk: Desk
    truth: Truth
    mouth: Mouth
    chance: random.Random
    counts: Counter[str] = field(default_factory=Counter)
    judgement: Judgement | None = None
    stuck: str = ""
    """没有走到结论的，停在哪里。"""
    _asks: Counter[str] = field(default_factory=Counter)
    _corrected: set[str] = field(default_factory=set)
    _shown: set[str] = field(default_factory=set)
    _steers: int = 0
    _remarked: bool = False

    async def run(self, opening: Opening | None) -> None:
        """说到结论，和结论之后还要改的。"""
        if opening is not None:
            self.truth.told(opening.facts)
        first = opening.phrase if opening is not None else self._plain_opening()
        await self._say(first, Seen(), volunteered=opening is None)
        for _ in range(MOST_MESSAGES):
            seen = await self.desk.look()
            if self.judgement is not None or self.stuck or seen.case is not None:
                break
            await self._step(seen)
        for _ in range(MOST_AFTER_VERDICT):
            seen = await self.desk.look()
            if self.judgement is None or self.stuck or not self._is_mine(seen):
                break
            await self._step(seen)
        if self.judgement is None and not self.stuck:
            self.stuck = "说了太多句"

    def _plain_opening(self) -> Phrase:
        scenario = self.truth.scenario
        name = self.chance.choice(scenario.names[:_PLAIN_NAMES] or (scenario.title,))
        return Phrase(self.chance.choice(_PLAIN_OPENINGS).format(name=name))

    def _is_mine(self, seen: Seen) -> bool:
        return seen.question is not None and seen.scenario is not None and seen.scenario.id == self.truth.scenario.id

    async def _step(self, seen: Seen) -> None:
        if self._is_mine(seen):
            assert seen.question is not None
            await self._answer(seen, seen.question)
        else:
            await self._steer(seen)

    async def _steer(self, seen: Seen) -> None:
        """机器人没认出是哪种事，或说的是别的事：说清楚，或从菜单里选。"""
        mine = self.truth.scenario
        self._steers += 1
        self.counts["没认出事由，再说一句"] += 1
        if isinstance(seen.awaits, SwitchMatter | NextMatter) and seen.awaits.scenario == mine.id:
            await self._say(Phrase("换"), seen)
        elif isinstance(seen.awaits, PickScenario) and mine.id in seen.awaits.scenarios:
            await self._say(Phrase(str(seen.awaits.scenarios.index(mine.id) + 1)), seen)
        elif self._steers == 1:
            await self._say(Phrase(f"我说的是{mine.title}"), seen)
        elif self._steers <= _MOST_STEERS:
            await self._say(Phrase("/退款"), seen)
        else:
            self.stuck = "没认出事由"

    async def _answer(self, seen: Seen, question: Question) -> None:
        true = self.truth.of(question)
        if not self._remarked and self.chance.random() < _REMARKS:
            self._remarked = True
            remark = self._remark(question)
            if remark is not None:
                self.counts["插了一句"] += 1
                await self._say(remark, seen)
                return
        self._remarked = False
        self._asks[question.id] += 1
        if self._asks[question.id] > _MOST_ASKS:
            self.stuck = f"停在 {self.truth.scenario.id}/{question.id}"
            return
        await self._say(self._spoken(seen, question, true), seen)

    def _remark(self, question: Question) -> Phrase | None:
        """不是在答的一句：这一题里的，或随口问的、扯的。"""
        sealed, scenario = self.truth.sealed, self.truth.scenario.id
        here = sealed.saying(scenario, question.id, None)
        anywhere = sealed.not_reporting(scenario, _SAID_MOODS)
        return self.mouth.one_of(here if here and self.chance.random() < _HALF else anywhere)

    def _spoken(self, seen: Seen, question: Question, true: Answer) -> Phrase:
        """这一题怎么答：先用自己的话，列出来过的一半选编号，第三遍照清单。"""
        listed = self._listed(seen, question, true)
        if self._asks[question.id] >= _THIRD:
            return listed or self._plainest(question, true)
        offered = self._asks[question.id] > 1 and (isinstance(seen.awaits, PickAnswer) or seen.dialogue.offered)
        again = self._asks[question.id] > 1 and bool(numbers_in(self.desk.heard))
        if (offered or again) and listed is not None and self.chance.random() < _HALF:
            return listed
        return self._own_words(question, true) or listed or self._plainest(question, true)

    def _own_words(self, question: Question, true: Answer) -> Phrase | None:
        want = _want_of(true)
        if want is not None:
            phrase = self.mouth.one_of(self.truth.sealed.saying(self.truth.scenario.id, question.id, want))
            if phrase is not None:
                return phrase
        if true.is_unsure and not question.options and question.kind is not QuestionKind.YESNO:
            return Phrase(self.chance.choice(FORGOTTEN))
        return self._value_in_words(question, true)

    def _value_in_words(self, question: Question, true: Answer) -> Phrase | None:
        value = true.value
        if isinstance(value, date):
            return Phrase(spoken_day(value, self.desk.now.date(), self.chance))
        if not isinstance(value, float):
            return None
        spoken = spoken_sum if question.kind is QuestionKind.AMOUNT else spoken_age
        return Phrase(spoken(value, self.chance))

    def _listed(self, seen: Seen, question: Question, true: Answer) -> Phrase | None:
        """从列出来的里面选：只列了几个的，说那一项的原话或编号；整张清单的，说编号。"""
        if question.kind is QuestionKind.DATE:
            days = [index for index, day in enumerate(seen.dialogue.offered, 1) if day == true.value]
            return Phrase(str(days[0])) if days else None
        numbers = {label: number for number, label in enumerate(_labels(question), 1)}
        wanted = [_label_of(question, item) for item in _items_of(true)]
        if not all(label in numbers for label in wanted):
            return None
        if isinstance(seen.awaits, PickAnswer) and not numbers_in(self.desk.heard) and self.chance.random() < _HALF:
            return Phrase(wanted[0]) if len(wanted) == 1 else None
        return Phrase(" ".join(str(numbers[label]) for label in wanted))

    def _plainest(self, question: Question, true: Answer) -> Phrase:
        """说得最清楚的样子。"""
        value = true.value
        if value is None:
            return Phrase(_UNSURE_LABEL)
        if isinstance(value, date):
            return Phrase(plain_day(value))
        if isinstance(value, str | tuple):
            return Phrase("、".join(_label_of(question, item) for item in _items_of(true)))
        return Phrase(f"{value:g}{question.unit}")

    async def _say(self, phrase: Phrase, before: Seen, *, volunteered: bool = True) -> None:
        """说一句，再看机器人记下了什么：说回来的错，改一次。"""
        heard = await self.desk.say(phrase)
        after = await self.desk.look()
        fresh = self._news(before, after)
        wrong = self._wrong_among(fresh, phrase, before, volunteered)
        said_back = [key for key in wrong if self._is_shown(key, fresh[key], heard)]
        self._shown.update(said_back)
        if self.judgement is None and after.case is not None:
            self._judge(after.case, volunteered)
        shown = [key for key in said_back if key not in self._corrected]
        if shown:
            await self._correct(shown[0], after)

    def _news(self, before: Seen, after: Seen) -> dict[str, Answer]:
        """这一句之后多记下、改了的。"""
        mine = self.truth.scenario
        if after.scenario is None and after.case is not None and after.case.scenario_id == mine.id:
            now = answers_of(after.case, mine)
        elif after.scenario is not None and after.scenario.id == mine.id:
            now = dict(after.recorded)
        else:
            return {}
        return {key: answer for key, answer in now.items() if before.recorded.get(key) != answer}

    def _wrong_among(self, fresh: dict[str, Answer], phrase: Phrase, before: Seen, volunteered: bool) -> list[str]:
        wrong: list[str] = []
        for key, answer in fresh.items():
            if key not in self.truth.answers and volunteered:
                self.counts["顺带记下、没有标准可对的"] += 1
                self.truth.take_as_meant(key, answer)
            self.truth.of(self.truth.scenario.question(key))
            if not self.truth.agrees(key, answer):
                wrong.append(key)
                asked = before.question is not None and before.question.id == key
                self.counts["答的时候听错" if asked else "顺带听错"] += 1
                if phrase.source:
                    self.counts[f"听错的话 {phrase.source} 当成 {key}={worded(answer)}"] += 1
        return wrong

    def _is_shown(self, key: str, answer: Answer, heard: str) -> bool:
        question = self.truth.scenario.question(key)
        words = answer_in_words(question, answer, self.desk.now.year)
        return words in heard and (len(words) > 1 or f"{question.short}：{words}" in heard)

    async def _correct(self, key: str, seen: Seen) -> None:
        """说回来的错，改一次：直接说对的，或按「修改」。"""
        self._corrected.add(key)
        self.counts["改正"] += 1
        question = self.truth.scenario.question(key)
        true = self.truth.of(question)
        told = change_numbers_in(self.desk.heard)
        if self.chance.random() < _HALF:
            number = told[0] if len(told) == 1 else await self._number_of(question)
            if number is not None:
                await self._say(Phrase(f"修改 {number}"), await self.desk.look())
                self._asks[key] = 0
                return
        own = self._own_words(question, true) or self._plainest(question, true)
        self.counts["说「不对，…」"] += 1
        await self._say(Phrase(_WRONG + own.text, own.source), seen)
        after = await self.desk.look()
        now = self._news(Seen(), after).get(key)
        self.counts["说「不对，…」就改对了"] += int(now is not None and self.truth.agrees(key, now))

    async def _number_of(self, question: Question) -> int | None:
        """说「修改」，从列出来的里面找这一题。"""
        listed = numbers_in(await self.desk.say(Phrase("修改")))
        return next((number for label, number in listed.items() if label.startswith(f"{question.short}：")), None)

    def _judge(self, case: CaseRecord, volunteered: bool) -> None:
        """结论刚出来：对一对。"""
        if case.scenario_id != self.truth.scenario.id:
            self.stuck = f"当成 {case.scenario_id} 立了案"
            return
        scenario, calendar = self.truth.scenario, self.desk.rehearsal.services.calendar
        answers = answers_of(case, scenario)
        _, applicable = facts_from(scenario, answers, self.desk.now, calendar)
        used = {key: answers[key] for key in answers if key in applicable}
        for key, answer in used.items():
            if volunteered:
                self.truth.take_as_meant(key, answer)
            self.truth.of(scenario.question(key))
        wrong = {key: (self.truth.answers[key], one) for key, one in used.items() if not self.truth.agrees(key, one)}
        try:
            rule = self.truth.rule(self.desk.now, calendar)
        except NoVerdictError as error:
            self.desk.violations.append(str(error))
            self.stuck = "真情没有结论"
            return
        unseen = len(wrong.keys() - self._shown)
        self.judgement = Judgement(case, rule, len(used), wrong, self.desk.said, unseen)


def worded(answer: Answer) -> str:
    """答案的值，写进账本：选项 id；日子、钱、数只写种类，不写是多少。"""
    value = answer.value
    if value is None:
        return UNSURE
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "+".join(value)
    return "另一个数" if isinstance(value, float) else "另一天"


def _want_of(true: Answer) -> Want:
    value = true.value
    if value is None:
        return UNSURE
    if isinstance(value, tuple):
        return value[0] if len(value) == 1 else value
    return value if isinstance(value, str) else None


def _items_of(true: Answer) -> tuple[str, ...]:
    value = true.value
    if value is None:
        return (UNSURE,)
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()


def _label_of(question: Question, item: str) -> str:
    if item == UNSURE:
        return _UNSURE_LABEL
    return _YES_NO.get(item) or next((option.label for option in question.options if option.id == item), item)


def _labels(question: Question) -> list[str]:
    labels = [option.label for option in question.options]
    if question.kind is QuestionKind.YESNO:
        labels = list(_YES_NO.values())
    return [*labels, _UNSURE_LABEL] if question.offers_unsure and labels else labels
