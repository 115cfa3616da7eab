"""对方出的数，本人应没应：没答应的不再说“记过了”，应了的带着数，判了、谈妥了的数从此顶替原来要的。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_REFUSED, TIPS_SUBMITTED, said

OFFERED_150 = (*RETURN_REFUSED, "他说给我150块钱让我留着用", "980 全退")
TIPS_OFFERED = (*TIPS_SUBMITTED, "快手只肯退6000")
TIPS_REVIEWED = (*TIPS_OFFERED, "不接受")
AFFAIR = (
    "我老公在快手上给一个女主播刷了九万多 我能要回来吗",
    "和主播私下有往来、超出看直播的",
    "是",
)
MEDIATED = (
    "我在快手直播间买了个带货培训课 想退 快手里下单付的",
    "内容或服务和宣传差很多",
    "是",
    "没看，或只看了一小部分",
    "11月15号",
    "已书面要求退款",
    "只同意退2490",
    "4980",
    "不接受",
    "又不肯退了",
    "今天12315投诉了",
    "受理了",
)


async def stage(bench: Bench) -> str:
    (row,) = await bench.rows("SELECT stage_id FROM refund_cases")
    return str(row["stage_id"])


@pytest.mark.parametrize(
    "told",
    [
        "俺不要他这150 俺就要退货",
        "150打发叫花子呢 不干",
        "我没答应",
        "太少了 不同意",
        "我跟商家说了不接受他的150",
        "拒绝了他的150 要求退货",
        "这点钱我不稀罕 我要全退",
    ],
)
async def test_an_offer_refused_in_own_words_is_refused(bench: Bench, told: str) -> None:
    await bench.private(*OFFERED_150)

    assert "记下：不接受" in await said(bench, told)
    assert await stage(bench) == "refused"


@pytest.mark.parametrize("told", ["150我要不要", "我要是不要这150呢", "商家还没同意退货", "他还不认识我"])
async def test_what_is_no_plain_refusal_refuses_nothing(bench: Bench, told: str) -> None:
    await bench.private(*OFFERED_150)
    await bench.private(told)

    assert await stage(bench) == "offer"


@pytest.mark.parametrize("told", ["我没答应 一万太少了", "一万不够 我没同意", "这一万我不会要的 没答应她"])
async def test_a_refusal_is_heard_where_no_step_stands_for_it(bench: Bench, told: str) -> None:
    await bench.private(*AFFAIR)
    await bench.private("她说可以还我一万让我别闹")

    heard = await said(bench, told)

    assert "这个数没答应" in heard
    assert "没听明白" not in heard


@pytest.mark.parametrize(
    ("told", "sum_"),
    [
        ("快手又说八成 七千四 我同意了 签了", "7,400 元"),
        ("又打来说给退六千五 我寻思算了 就同意了", "6,500 元"),
        ("最后给到八千一 我签字了", "8,100 元"),
        ("那边让到6800 行吧 我认了", "6,800 元"),
        ("七千就七千 我要了", "7,000 元"),
    ],
)
async def test_an_accepted_sum_is_asked_about_with_the_sum(bench: Bench, told: str, sum_: str) -> None:
    await bench.private(*TIPS_REVIEWED)

    heard = await said(bench, told)

    assert f"对方肯给{sum_}" in heard
    assert "接受这个数" in heard
    assert "到此了结" not in heard

    assert "等待到账" in await said(bench, "是")


async def test_accepting_after_a_part_came_closes_nothing(bench: Bench) -> None:
    await bench.private(*TIPS_REVIEWED, "苹果那边退了1500到卡里了", "不是 还要接着要")

    heard = await said(bench, "快手又说八成 七千四 我同意了 签了")

    assert "接受这个数" in heard
    assert "到此了结" not in heard


@pytest.mark.parametrize(
    "told", ["我还没同意", "同意了是不是就要不回来剩下的", "要是我同意了6000多久到", "他们加到七千 我没答应"]
)
async def test_what_accepts_nothing_moves_nothing(bench: Bench, told: str) -> None:
    await bench.private(*TIPS_REVIEWED)

    assert "接受这个数" not in await said(bench, told)
    assert await stage(bench) == "reviewing"


class TestMediation:
    async def test_an_offer_is_asked_about_after_three_days_and_the_sixty_days_stay(self, bench: Bench) -> None:
        await bench.private(*MEDIATED)
        (before,) = await bench.rows("SELECT stage_entered_at AS at FROM refund_cases")
        await bench.advance(days=5)

        heard = await said(bench, "调解员说公司愿意退三千五")

        assert "12月1日" in heard
        (after,) = await bench.rows("SELECT stage_entered_at AS at FROM refund_cases")
        assert after == before

    async def test_a_higher_offer_is_no_news_of_before(self, bench: Bench) -> None:
        await bench.private(*MEDIATED, "调解员说公司愿意退三千五")

        heard = await said(bench, "调解员说公司加到3800")

        assert "对方肯给3,800 元" in heard
        assert "记过了" not in heard

    async def test_agreeing_waits_for_the_money_until_the_day_named(self, bench: Bench) -> None:
        await bench.private(*MEDIATED, "调解员说公司愿意退三千五")

        heard = await said(bench, "算了 三千五我同意了 下周一打给我")

        assert "对方肯给3,500 元" in heard
        assert "到账：到 11月30日" in heard
        assert await stage(bench) == "paying"

    async def test_the_agreed_sum_is_all_there_is_to_come(self, bench: Bench) -> None:
        await bench.private(*MEDIATED, "调解员说公司愿意退三千五", "三千五我同意了")

        heard = await said(bench, "收到了3500")

        assert "是 3,500 元" in heard
        assert "还差" not in heard


class TestJudged:
    async def test_a_settled_sum_takes_the_place_of_the_claim(self, bench: Bench) -> None:
        await bench.private(*AFFAIR, "能要多少", "91000", "今天去法院立案了")

        heard = await said(bench, "我同意了 五万 分十期每月5000 第一期2月1号 法官出调解书")

        assert "说好的一共 50,000 元" in heard
        first = await said(bench, "第一期5000到了")
        assert "还差 45,000 元" in first
        assert "了结" not in first
        assert "还差 40,000 元" in await said(bench, "第二期5000到了")
        assert "是 50,000 元" in await said(bench, "把剩下的40000一次给我了 到账了")

    async def test_a_judgment_counts_the_same(self, bench: Bench) -> None:
        await bench.private(*AFFAIR, "能要多少", "91000", "今天去法院立案了")

        assert "说好的一共 42,000 元" in await said(bench, "法院判他还我四万二")
        assert "还差" not in await said(bench, "收到42000")


@pytest.mark.parametrize("told", ["80我不干", "80太少了", "才80 我不同意", "80块不接受"])
async def test_an_offer_refused_where_the_claim_is_asked_is_not_what_is_wanted(bench: Bench, told: str) -> None:
    assert "你要的一共是多少" in await said(bench, *RETURN_REFUSED, "他说只退80")

    assert "你要的是 80" not in await said(bench, told)
    assert "要的 80" not in await said(bench, "进度")


async def test_the_whole_sum_said_beside_a_refusal_is_what_is_wanted(bench: Bench) -> None:
    assert "你要的一共是多少" in await said(bench, *RETURN_REFUSED, "他说只退80")

    assert "299" in await said(bench, "一共299 80我不干")
