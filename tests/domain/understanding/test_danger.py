"""听危险：没参加训练的一批话，听见几成、冤枉几成；打趣、商品、剧情、别人家的不算；没有权重时只看词表。"""

import json
from pathlib import Path

import pytest

from nonebot_plugin_refund.domain.understanding.danger import DangerReader, danger_reader
from nonebot_plugin_refund.domain.understanding.meaning import HARMLESS, Scored
from nonebot_plugin_refund.rulebook.wording_models.danger_models import load_dangers

DATA = Path(__file__).parents[2] / "data"


def heard(text: str) -> str | None:
    found = danger_reader().find(text)
    return found.id if found is not None else None


@pytest.mark.parametrize(
    ("file", "least", "most"),
    [("danger-fresh.jsonl", 0.96, 0.02), ("danger-unseen.jsonl", 0.82, 0.02)],
)
def test_danger_in_words_never_trained_on_is_heard_and_the_rest_is_left_alone(
    file: str, least: float, most: float
) -> None:
    """第一份的错看过，词表照着改过；第二份没有照着改，是真正没听过的话里的准头。"""
    rows = [json.loads(line) for line in (DATA / file).read_text(encoding="utf-8").splitlines()]
    dangerous = [row for row in rows if row["danger"] is not None]
    harmless = [row for row in rows if row["danger"] is None]
    assert sum(heard(row["text"]) is not None for row in dangerous) / len(dangerous) >= least
    assert sum(heard(row["text"]) is not None for row in harmless) / len(harmless) <= most


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我不想活了", "self-harm"),
        ("过不下去了 不想活了 要离婚", "self-harm"),
        ("孩子被我打了一顿", "violence"),
        ("催债的在我家砸门", "violence"),
        ("客服让我把验证码念给他", "fraud"),
        ("吃了那个减肥药一直吐，心慌", "illness"),
        ("降压药停了换他这个胶囊 头昏得很", "illness"),
    ],
)
def test_what_is_danger(text: str, kind: str) -> None:
    assert heard(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "跳楼价买的",
        "跟他过不下去了 要离婚",
        "想死这口味了",
        "气死我了",
        "手机摔死了",
        "上个月被骗了",
        "电视剧里那个人跳楼了",
        "密码他知道",
        "他把微信里的钱花没了",
        "1",
        "k7q2",
        "死",
        "",
    ],
)
def test_what_is_not(text: str) -> None:
    assert heard(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "客服打我电话了说退",
        "他打我微信里了200",
        "不让我走平台 要我加微信",
        "不让走售后",
        "他让我走私下 不让我走平台",
        "扬言要告我",
        "说要弄死我号",
        "快递砸门口就走了",
        "快递员砸门送货",
        "我剁手了",
        "打残联电话",
        "说全额退可以 但是要把会员关了 三天内到",
        "店关了三天就没人了",
        "我不想活在他们的套路里",
        "吃了没拉肚子 就是难吃",
        "灯泡炸了 没伤到人",
        "感冒好了 药也停了",
        "大夫让停的药 正常的",
        "鞋子磨脚 穿了起泡",
    ],
)
def test_words_of_violence_said_of_money_goods_and_ways_are_not_danger(text: str) -> None:
    assert heard(text) is None


@pytest.mark.parametrize(
    "text",
    ["他把我关了三天", "他们不让我走 堵着门", "他说要弄死我", "扬言要砍我", "他打我了", "催债的砸门", "吃了一直拉肚子"],
)
def test_the_same_words_said_of_a_person_are_danger(text: str) -> None:
    assert heard(text) is not None


def test_words_alone_decide_where_nothing_was_trained() -> None:
    reader = DangerReader(load_dangers(), lambda _: ())
    found = reader.find("我不想活了")
    assert found is not None
    assert found.id == "self-harm"
    assert reader.find("我有点难过，刀口不齐") is None


def test_what_is_said_outright_still_needs_some_chance_and_a_story_needs_much() -> None:
    def reader(danger: float) -> DangerReader:
        return DangerReader(load_dangers(), lambda _: (Scored(HARMLESS, 1 - danger), Scored("self-harm", danger)))

    assert reader(0.5).find("我不想活了") is not None
    assert reader(0.01).find("我不想活了") is None
    assert reader(0.5).find("歌里唱的，我不想活了") is None
    assert reader(0.95).find("歌里唱的，我不想活了") is not None
