"""检查：太长的文字、打包票的话、电话、链接、Markdown。"""

import pytest

from nonebot_plugin_refund.rulebook.lint.scenario.texts import LIMITS
from tests.rulebook.small_book import PlantedBook


def _long(kind: str) -> str:
    return "长" * (LIMITS[kind] + 1)


@pytest.mark.parametrize(
    ("kind", "old", "key", "item_id"),
    [
        ("title", "title: 小场景", "title: ", "small"),
        ("summary", "summary: 测试用的小场景", "summary: ", "small"),
        ("group_answer", "group_answer: 七天内一般能退，私聊我细看。", "group_answer: ", "small"),
        ("opening", "opening: 先问几个问题。", "opening: ", "small"),
        ("question", "    text: 拆封了吗？", "    text: ", "opened"),
        ("why", "    why: 拆封会影响能不能再卖。", "    why: ", "opened"),
        ("headline", "    headline: 七天已过", "    headline: ", "too-late"),
        ("because", "    because: 期限过了，不再无理由。", "    because: ", "too-late"),
        ("law", "    law: 法律只给七天。", "    law: ", "too-late"),
        ("platform", "    platform: 入口会关掉。", "    platform: ", "too-late"),
        ("would_change", "    would_change: 日期记错了的话请改。", "    would_change: ", "too-late"),
        ("risks", "    risks: 商家可以不答应。", "    risks: ", "too-late"),
        ("stage", "    happening: 商家在看。", "    happening: ", "waiting"),
        ("stage", "    todo: 等答复。", "    todo: ", "waiting"),
        ("timer_title", "        title: 商家答复", "        title: ", "merchant-reply"),
        ("timer_text", "        before: 七天快到了。", "        before: ", "seven-days"),
        ("timer_text", "        after: 平台没有答复，可以投诉。", "        after: ", "platform-reply"),
    ],
)
def test_a_text_one_character_over_its_limit_is_found(
    book: PlantedBook, kind: str, old: str, key: str, item_id: str
) -> None:
    book.plant(old, key + _long(kind))

    book.expect("text-too-long", item_id, key + _long(kind))


@pytest.mark.parametrize(
    ("kind", "old", "item_id", "line_of"),
    [
        ("option", "label: 东西坏了", "broken", "      - id: broken"),
        ("evidence_title", "title: 照片", "photo", "  - {id: photo"),
        ("evidence_why", "why: 看得出坏在哪里", "photo", "  - {id: photo"),
        ("evidence_how", "how: 拍清楚", "photo", "  - {id: photo"),
        ("evidence_may_vanish", "may_vanish: 寄回之后就拍不到了", "photo", "  - {id: photo"),
        ("event", "label: 不退了", "stop", "  - {id: stop"),
        ("event", "label: 还是不同意", "refused", "      - {on: refused, to: withdrawn"),
        ("step", "和商家商量]", "too-late", "    steps: [长"),
    ],
)
def test_a_long_text_inside_an_item_is_found(
    book: PlantedBook, kind: str, old: str, item_id: str, line_of: str
) -> None:
    tail = "]" if old.endswith("]") else ""
    book.plant(old, old.removesuffix(tail).partition(": ")[0] + ": " + _long(kind) if not tail else _long(kind) + tail)

    book.expect("text-too-long", item_id, line_of)


def test_a_text_exactly_at_its_limit_is_fine(book: PlantedBook) -> None:
    book.plant("    text: 拆封了吗？", "    text: " + "短" * LIMITS["question"])

    assert LIMITS["question"] == 60
    assert book.findings() == []


@pytest.mark.parametrize("promise", ["一定能退", "包退", "全额退", "保证退", "百分百能退", "肯定能退"])
def test_a_promise_is_found(book: PlantedBook, promise: str) -> None:
    book.plant("because: 东西坏了由商家负责。", f"because: 放心，{promise}。")

    book.expect("promise", "broken-cheap", f"because: 放心，{promise}。")


@pytest.mark.parametrize("text", ["没有谁能包退", "别信“全额退”的广告", "商家不保证退"])
def test_a_denied_promise_is_no_promise(book: PlantedBook, text: str) -> None:
    book.plant("because: 东西坏了由商家负责。", f"because: {text}。")

    assert book.findings() == []


def test_a_denial_before_a_pause_does_not_excuse_a_promise(book: PlantedBook) -> None:
    book.plant("because: 东西坏了由商家负责。", "because: 钱没到账，包退。")

    book.expect("promise", "broken-cheap", "because: 钱没到账，包退。")


def test_a_promise_after_a_denied_one_is_still_found(book: PlantedBook) -> None:
    book.plant("because: 东西坏了由商家负责。", "because: 别信包退的广告。我们这里包退。")

    book.expect("promise", "broken-cheap", "because: 别信包退的广告。")


@pytest.mark.parametrize("number", ["400-126-0088", "4001260088", "13812345678", "010-12345678", "95188"])
def test_a_phone_number_is_found(book: PlantedBook, number: str) -> None:
    book.plant("steps: [和商家商量]", f"steps: [打电话 {number} 问问]")

    book.expect("phone-number", "too-late", f"steps: [打电话 {number}")


@pytest.mark.parametrize("number", ["12315", "12345", "96110", "110", "12318", "12377"])
def test_a_public_service_number_is_fine(book: PlantedBook, number: str) -> None:
    book.plant("steps: [和商家商量]", f"steps: [打 {number} 问问]")

    assert book.findings() == []


@pytest.mark.parametrize(
    "link", ["https://t.example-shop.com/a", "www.tuikuan.top", "fakekuaishou.com.cn", "kuaishou.com.cn"]
)
def test_a_foreign_link_is_found(book: PlantedBook, link: str) -> None:
    book.plant("steps: [和商家商量]", f"steps: ['打开 {link} 看看']")

    book.expect("link", "too-late", f"steps: ['打开 {link}")


@pytest.mark.parametrize(
    "link", ["https://www.12315.cn", "reportaproblem.apple.com", "kuaishou.com", "www.samr.gov.cn"]
)
def test_an_official_link_is_fine(book: PlantedBook, link: str) -> None:
    book.plant("steps: [和商家商量]", f"steps: ['打开 {link} 看看']")

    assert book.findings() == []


@pytest.mark.parametrize("host", ["fakekuaishou.com", "my12315.cn", "notapple.com"])
def test_a_lookalike_of_an_official_address_is_found(book: PlantedBook, host: str) -> None:
    book.plant("steps: [和商家商量]", f"steps: ['打开 {host} 看看']")

    book.expect("link", "too-late", f"steps: ['打开 {host}")


@pytest.mark.parametrize("text", ["**注意**运费", "看[这里](a)", "点`退款`", "# 标题"])
def test_markdown_is_found(book: PlantedBook, text: str) -> None:
    book.plant("risks: 商家可以不答应。", f'risks: "{text}"')

    book.expect("markdown", "too-late", f'risks: "{text}"')
