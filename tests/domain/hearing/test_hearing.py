"""一句话里说了好几样：认得准的都记下，认不准的一样不记；闲话答一句，问题还开着。"""

from datetime import date

import pytest

from nonebot_plugin_refund.domain.interview.answers import AnswerValue
from nonebot_plugin_refund.domain.interview.dialogue import (
    Accepted,
    Dialogue,
    Repeated,
    answered_questions,
    pending_question,
    revise,
)
from nonebot_plugin_refund.domain.interview.interview import MisreadReason
from tests.domain.hearing.hearing_bench import (
    CALENDAR,
    NOW,
    TODAY,
    YESTERDAY,
    begin,
    hear,
    listener_of,
    scenario_of,
    values,
)


class TestFirstMessage:
    @pytest.mark.parametrize(
        ("scenario_id", "text", "found"),
        [
            (
                "shop-return",
                "快手买的毛衣不合适，上周二签收的，想退",
                {"reason": "no-reason", "received_on": date(2026, 11, 17), "goods": "ordinary"},
            ),
            ("shop-return", "昨天签收的毛衣 498 想退", {"received_on": YESTERDAY}),
            ("shop-return", "昨天收的货，还能退吗", {"received_on": YESTERDAY}),
            ("shop-return", "昨天 签收的，还能退吗", {"received_on": YESTERDAY}),
            ("shop-return", "签收是11月20日", {"received_on": date(2026, 11, 20)}),
            ("live-tip", "孩子给主播打赏了三千块", {"situation": "minor", "amount": 3000.0}),
            (
                "live-tip",
                "上周五孩子偷偷打赏了主播 3000 块",
                {"situation": "minor", "tipped-on": date(2026, 11, 20), "amount": 3000.0},
            ),
            ("live-tip", "我是给女儿打赏的，现在后悔了", {}),
            ("top-up", "充了快币没到账 昨天充的", {"problem": "not-credited", "paid-on": YESTERDAY}),
        ],
    )
    def test_what_is_unmistakable_is_taken(self, scenario_id: str, text: str, found: dict[str, AnswerValue]) -> None:
        assert begin(scenario_id, text) == found

    @pytest.mark.parametrize(
        ("scenario_id", "text"),
        [
            ("shop-return", "昨天下单的毛衣想退"),
            ("shop-return", "昨天还没签收"),
            ("shop-return", "昨天没收到货"),
            ("shop-return", "昨天签收了吗"),
            ("shop-return", "如果昨天签收的话能退吗"),
            ("shop-return", "朋友昨天签收的"),
            ("shop-return", "商家昨天签收的"),
            ("shop-return", "昨天收到商家短信"),
            ("shop-return", "明天签收"),
            ("shop-return", "大概昨天签收的"),
            ("shop-return", "昨天签收还是前天签收"),
            ("shop-return", "昨天签收，不对，前天签收"),
            ("shop-return", "签收了，昨天联系的"),
            ("shop-return", "昨天"),
            ("shop-return", "昨天下单 签收的时候才看到坏"),
            ("shop-return", "昨天申请被拒"),
            ("shop-return", "昨天买的刚签收"),
            ("refund-only", "不想要了"),
            ("live-tip", "打赏了一两百块"),
            ("live-tip", "打赏3次每次500块"),
            ("live-tip", "充了3000块打赏了500块"),
            ("live-tip", "孩子今年10岁"),
            ("live-tip", "孩子爸爸35岁"),
            ("live-tip", "主播退了500块"),
            ("live-tip", "平板 聊天记录都在"),
            ("refund-only", "没有没发货"),
            ("shop-return", "是不是不合适能退"),
            ("shop-return", "不合适 坏了"),
        ],
    )
    def test_what_could_mean_something_else_is_left_alone(self, scenario_id: str, text: str) -> None:
        assert begin(scenario_id, text) == {}


class TestAnswerAndMore:
    def test_the_other_answers_are_used_when_their_questions_come(self) -> None:
        dialogue, heard = hear("shop-return", "还没申请，昨天刚签收，不合适")

        assert values(dialogue) == {"progress": "not-applied", "reason": "no-reason", "received_on": YESTERDAY}
        assert set(heard.also) == {"reason", "received_on"}
        assert dialogue.held == {}

    def test_a_value_alone_goes_to_the_only_question_of_its_kind(self) -> None:
        dialogue, _ = hear("live-tip", "孩子刷的 10岁 完全不知道 7198块 上个月28号")

        assert values(dialogue) == {"situation": "minor", "age": 10.0, "guardian": "unaware", "amount": 7198.0}
        assert dialogue.held["tipped-on"].value == date(2026, 10, 28)

    @pytest.mark.parametrize(
        ("before", "text", "value"),
        [
            ((), "2 昨天下午3点申请的", "waiting"),
            ((), "1，衣服", "not-applied"),
            (("1", "1"), "昨天下单 今天签收", TODAY),
            (("1", "1"), "昨天刚签收 498块", YESTERDAY),
            (("5", "1"), "昨天签收的，没有", "no"),
        ],
    )
    def test_the_open_question_gets_its_own_part(self, before: tuple[str, ...], text: str, value: AnswerValue) -> None:
        _, heard = hear("shop-return", *before, text)

        assert isinstance(heard.result, Accepted)
        assert heard.result.answer.value == value

    @pytest.mark.parametrize(
        ("before", "text", "reason"),
        [
            ((), "2 天前签收的", MisreadReason.NOT_UNDERSTOOD),
            ((), "2，还没申请", MisreadReason.AMBIGUOUS_OPTION),
            (("1", "1"), "昨天申请的", MisreadReason.OTHER_EVENT),
            (("1", "1"), "昨天下单 前天拍的", MisreadReason.AMBIGUOUS_DATE),
        ],
    )
    def test_the_open_question_is_never_guessed(
        self, before: tuple[str, ...], text: str, reason: MisreadReason
    ) -> None:
        _, heard = hear("shop-return", *before, text)

        assert isinstance(heard.result, Repeated)
        assert heard.result.misread.reason is reason

    def test_what_answers_only_another_question_leaves_this_one_open_and_is_no_misread(self) -> None:
        dialogue, heard = hear("shop-return", "是的 昨天刚签收 498块")

        assert isinstance(heard.result, Repeated)
        assert not heard.is_misread
        assert (dialogue.answers, dialogue.misreads) == ({}, 0)
        assert dialogue.held["received_on"].value == YESTERDAY

    def test_saying_it_again_corrects_what_is_only_held(self) -> None:
        dialogue, _ = hear("shop-return", "昨天签收的", "不对，是前天签收的")

        assert dialogue.held["received_on"].value == date(2026, 11, 21)

    def test_an_answered_question_is_not_overwritten(self) -> None:
        dialogue, heard = hear("shop-return", "1", "1", "11月20日", "完好，昨天签收的")

        assert values(dialogue)["received_on"] == date(2026, 11, 20)
        assert heard.also == {}

    def test_what_is_never_asked_does_not_count(self) -> None:
        dialogue, _ = hear("shop-return", "昨天签收的", "2", "今天上午9点")

        assert list(dialogue.answers) == ["progress", "applied_on"]
        listed = answered_questions(scenario_of("shop-return"), dialogue, NOW, CALENDAR)
        assert [question.id for question in listed] == ["progress", "applied_on"]

    def test_noted_numbers_are_those_that_revise_understands(self) -> None:
        listener = listener_of("live-tip")
        question = listener.scenario.question("situation")
        heard = listener.hear(Dialogue(), question, "孩子刷的 10岁 完全不知道 7198块")
        after = heard.result.dialogue

        for noted in listener.noted(Dialogue(), after, heard, heard.also):
            assert noted.number is not None
            turned = revise(listener.scenario, after, noted.number, NOW, CALENDAR)
            assert turned is not None
            assert turned.revising == noted.question.id

    def test_a_held_answer_survives_being_stored(self) -> None:
        dialogue, _ = hear("shop-return", "昨天签收的")

        assert Dialogue.from_plain(scenario_of("shop-return"), dialogue.to_plain()) == dialogue


class TestAsides:
    @pytest.mark.parametrize(
        ("before", "text", "aside"),
        [
            ((), "你是机器人吗", "robot"),
            ((), "你好", "greeting"),
            ((), "谢谢啦", "thanks"),
            ((), "要花钱吗", "cost"),
            ((), "你们电话多少", "contact"),
            ((), "气死我了", "anger"),
            (("1", "10", "1"), "12315 怎么打", "regulator"),
            (("1", "10"), "要多久", "how-long"),
        ],
    )
    def test_an_aside_is_no_misread_and_leaves_the_question_open(
        self, before: tuple[str, ...], text: str, aside: str
    ) -> None:
        dialogue, heard = hear("live-tip", *before, text)

        assert heard.aside is not None
        assert heard.aside.id == aside
        assert isinstance(heard.result, Repeated)
        assert not heard.is_misread
        assert dialogue.misreads == 0

    def test_an_aside_beside_an_answer_does_not_hide_the_answer(self) -> None:
        _, heard = hear("shop-return", "还没申请，运费谁出")

        assert isinstance(heard.result, Accepted)
        assert heard.aside is not None
        assert heard.aside.id == "freight"

    def test_an_answer_that_sounds_like_an_aside_is_an_answer(self) -> None:
        _, heard = hear("contact", "客服电话")

        assert isinstance(heard.result, Accepted)
        assert heard.aside is None

    def test_asides_between_misreads_do_not_count_and_do_not_forgive(self) -> None:
        dialogue, _ = hear("live-tip", "咕噜咕噜", "你好", "呱呱呱")

        assert dialogue.misreads == 2

    def test_a_short_reply_that_names_an_option_of_a_later_question_is_kept_for_it(self) -> None:
        dialogue, heard = hear("top-up", "充错了", "微信付的")

        assert isinstance(heard.result, Repeated)
        assert dialogue.held["paid-by"].value == "others"

    @pytest.mark.parametrize("text", ["有啊 开胶的照片 还有聊天截图", "聊天截图我留着"])
    def test_having_evidence_says_nothing_about_the_reason(self, text: str) -> None:
        dialogue, heard = hear("shop-return", "商家拒绝了", text)

        assert isinstance(heard.result, Repeated)
        assert dialogue.held["proof"].value == "clear"
        assert "reason" not in dialogue.answers

    def test_one_reply_names_the_wrong_account_for_both_questions(self) -> None:
        dialogue, _ = hear("top-up", "充错了账号")

        assert dialogue.answers["wrong-kind"].value == "account"


class TestWhoIsSpeaking:
    """说了自己几岁的孩子，和说了孩子几岁的家长。"""

    @pytest.mark.parametrize(
        ("text", "who"),
        [
            ("我12岁 我打赏了主播800块 我爸还不知道", "self-minor"),
            ("我今年15岁了，刷礼物刷了三千多", "self-minor"),
            ("我15岁儿子偷偷给主播刷了三千", "minor"),
            ("我14岁的儿子打赏了主播3000块", "minor"),
        ],
    )
    def test_an_age_is_the_speakers_own_unless_a_child_is_named(self, text: str, who: str) -> None:
        _, told = listener_of("live-tip").begin(text)

        assert told["situation"].value == who

    @pytest.mark.parametrize(
        ("text", "who"),
        [
            ("我妈被主播骗了刷了三万", "family"),
            ("我爸点错了刷了两千", "family"),
            ("我被主播骗了刷了三万", "adult"),
        ],
    )
    def test_what_befell_a_parent_did_not_befall_the_speaker(self, text: str, who: str) -> None:
        assert begin("live-tip", text)["situation"] == who


@pytest.mark.parametrize("text", ["买的零食发霉了 想退货还要赔偿 没人吃坏", "买的零食发霉了 想退货 没有人吃坏"])
def test_nobody_hurt_is_not_somebody_hurt(text: str) -> None:
    assert begin("shop-return", text)["harm"] == "no"


@pytest.mark.parametrize(
    ("scenario_id", "text", "known"),
    [
        ("shop-return", "退货寄回去被商家拒收了", {"progress": "sent", "merchant_signed": "no", "parcel": "rejected"}),
        ("shop-return", "退货的快递寄丢了", {"progress": "sent", "merchant_signed": "no", "parcel": "lost"}),
        (
            "appeal",
            "法院判我赢了 商家不给钱",
            {"reached": "ended", "why_ended": "out-of-scope", "scope_why": "judged"},
        ),
    ],
)
def test_what_could_only_happen_later_says_how_far_one_is(scenario_id: str, text: str, known: dict[str, str]) -> None:
    assert begin(scenario_id, text) == known


def test_what_is_surely_said_is_chosen_beside_what_the_words_name() -> None:
    said = "大人账号 但是手机是他拿着玩的 我那会儿都在上班 有打卡记录 还有他跟主播聊天的截图"
    dialogue, _ = hear("live-tip", "1", "6", "1", "5000", said)

    chosen = dialogue.answers["traces"].value
    assert isinstance(chosen, tuple)
    assert {"chats", "whereabouts"} <= set(chosen)


@pytest.mark.parametrize("text", ["我不知道 她偷偷充的", "不知道啊，孩子自己弄的"])
def test_not_knowing_what_was_done_behind_ones_back_is_no_unsure(text: str) -> None:
    dialogue, _ = hear("top-up", text)
    assert dialogue.answers["problem"].value == "child"


@pytest.mark.parametrize("text", ["我不知道", "不知道 你帮我看看", "说不清楚，孩子也说不明白"])
def test_plain_not_knowing_stays_unsure(text: str) -> None:
    dialogue, _ = hear("top-up", text)
    assert dialogue.answers["problem"].is_unsure


def test_what_is_already_held_is_not_noted_again() -> None:
    said = "10月5号封的"
    before, _ = hear("top-up", "快币没用完想退", "号被封了")
    listener = listener_of("top-up")
    question = pending_question(listener.scenario, before, NOW, CALENDAR)
    assert question is not None
    heard = listener.hear(before, question, said)
    assert heard.also
    noted = listener.noted(before, heard.result.dialogue, heard, heard.also)
    assert [one for one in noted if before.held.get(one.question.id) == one.answer] == []
