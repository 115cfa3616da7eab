"""群里的人正不正在互相答：谁的哪句话让我们先不开口，多久以后又可以开口。"""

from datetime import UTC, datetime, timedelta

import pytest

from nonebot_plugin_refund.dialogue.base.incoming import EVERYBODY, SOMEBODY, Remark
from nonebot_plugin_refund.dialogue.group.human_talk import HumanTalk

ASKER, HELPER, THIRD = "30001", "30002", "30003"
GROUP, OTHER_GROUP = "20001", "20002"
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PATIENCE = timedelta(minutes=3)


class Group:
    """一个群：每句话过几秒说，说完看轮不轮得到我们接。"""

    def __init__(self) -> None:
        self.talk = HumanTalk()
        self.now = START

    def asks(
        self,
        user_id: str,
        *others: str,
        after: float = 1.0,
        text: str = "这个能退款吗",
        group_id: str = GROUP,
        patience: timedelta = PATIENCE,
    ) -> bool:
        self.now += timedelta(seconds=after)
        return self.talk.hear(Remark("QQ", group_id, user_id, others, text), patience, self.now)

    def chats(self, user_id: str, *others: str, after: float = 1.0) -> bool:
        return self.asks(user_id, *others, after=after, text="吃饭了没，我娃想吃锅包肉")


@pytest.fixture
def group() -> Group:
    return Group()


class TestOneRemark:
    def test_a_first_question_is_open_to_us(self, group: Group) -> None:
        assert group.asks(ASKER)

    @pytest.mark.parametrize("addressee", [HELPER, SOMEBODY, EVERYBODY])
    def test_what_is_said_to_somebody_else_is_not(self, group: Group, addressee: str) -> None:
        assert not group.asks(ASKER, addressee)


class TestAnswerInProgress:
    def test_the_helpers_own_words_are_not_answered(self, group: Group) -> None:
        group.asks(ASKER)
        assert not group.asks(HELPER)

    def test_the_asker_who_goes_on_is_left_to_the_helper(self, group: Group) -> None:
        group.asks(ASKER)
        group.asks(HELPER)
        assert not group.asks(ASKER)

    def test_the_asker_alone_may_go_on(self, group: Group) -> None:
        assert [group.asks(ASKER) for _ in range(4)] == [True] * 4

    def test_a_mention_without_a_refund_word_is_an_answer_too(self, group: Group) -> None:
        group.chats(HELPER, ASKER)
        assert not group.asks(ASKER)

    def test_a_mention_of_somebody_else_is_no_answer_to_the_asker(self, group: Group) -> None:
        group.chats(HELPER, THIRD)
        assert group.asks(ASKER)

    def test_who_answers_a_question_without_a_refund_word_goes_on_undisturbed(self, group: Group) -> None:
        group.chats(ASKER)
        group.asks(HELPER, ASKER)
        assert not group.asks(HELPER)

    def test_who_mentions_somebody_about_something_else_may_still_ask(self, group: Group) -> None:
        group.chats(ASKER, HELPER)
        assert group.asks(ASKER)

    def test_chatter_that_only_might_be_about_refunds_is_no_answer(self, group: Group) -> None:
        group.chats(HELPER)
        assert group.asks(ASKER)

    @pytest.mark.parametrize("answer", ["找客服", "七天内都能退", "打12315投诉它", "让平台介入"])
    def test_talk_of_getting_money_back_is(self, group: Group, answer: str) -> None:
        group.asks(HELPER, text=answer)
        assert not group.asks(ASKER)

    def test_a_word_to_everybody_or_to_an_unknown_person_engages_nobody(self, group: Group) -> None:
        group.chats(HELPER, EVERYBODY, SOMEBODY)
        assert group.talk._engaged == {}

    def test_another_group_is_another_conversation(self, group: Group) -> None:
        group.asks(HELPER)
        group.chats(HELPER, ASKER)
        assert group.asks(ASKER, group_id=OTHER_GROUP)


class TestPatience:
    @pytest.mark.parametrize("patience", [timedelta(minutes=1), timedelta(minutes=3)])
    @pytest.mark.parametrize("answer_names_the_asker", [False, True])
    def test_it_ends_exactly_after_the_last_word_of_the_other(
        self, patience: timedelta, answer_names_the_asker: bool
    ) -> None:
        def answered_after(seconds: float) -> bool:
            group = Group()
            group.asks(ASKER)
            if answer_names_the_asker:
                group.chats(HELPER, ASKER)
            else:
                group.asks(HELPER)
            return group.asks(ASKER, after=seconds, patience=patience)

        assert not answered_after(patience.total_seconds() - 1)
        assert answered_after(patience.total_seconds())

    def test_every_further_word_of_the_other_starts_it_anew(self, group: Group) -> None:
        group.asks(ASKER)
        for _ in range(4):
            group.asks(HELPER, after=120)
        assert not group.asks(ASKER, after=120)

    def test_ones_own_words_do_not_hide_the_others(self, group: Group) -> None:
        group.asks(HELPER)
        for _ in range(5):
            assert not group.asks(ASKER, after=10)

    def test_a_third_voice_does_not_hide_the_helper(self, group: Group) -> None:
        group.asks(HELPER)
        group.asks(THIRD)
        assert not group.asks(THIRD)
        assert not group.asks(HELPER)
        assert not group.asks(ASKER)


def test_memory_is_bounded_and_the_oldest_is_forgotten_first(group: Group) -> None:
    group.asks(HELPER, group_id="first")
    group.chats(HELPER, ASKER)
    for number in range(5000):
        group.asks(HELPER, after=0, group_id=f"group {number}")
        group.chats(HELPER, f"person {number}", after=0)
    assert (len(group.talk._speakers), len(group.talk._engaged)) == (2048, 4096)
    assert group.asks(ASKER, after=0, group_id="first")
    assert not group.asks(ASKER, after=0, group_id="group 4999")
    assert not group.asks("person 4999", after=0)


def test_a_lively_group_is_not_forgotten_for_being_an_old_one(group: Group) -> None:
    for number in range(3000):
        if number in (0, 1500):
            group.asks(HELPER, after=0)
        group.asks(HELPER, after=0, group_id=f"group {number}")
    assert not group.asks(ASKER, after=0)


def test_memory_keeps_no_words(group: Group) -> None:
    group.asks(ASKER, HELPER, text="我叫枫叶，想退款")
    assert "枫叶" not in repr(group.talk)
    assert ASKER in repr(group.talk)
