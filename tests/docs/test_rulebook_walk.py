"""照着 ``docs/rulebook.md`` 从头做一遍：页面上每一块都是真的，做完得到一个能用的新场景，一行 Python 也没动。"""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from nonebot_plugin_refund.dialogue.rulebooks.editions import Editions
from nonebot_plugin_refund.dialogue.rulebooks.in_force import RulebookInForce
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.understanding.scenarios import Classifier
from nonebot_plugin_refund.rulebook import book as read_book
from nonebot_plugin_refund.rulebook import loader
from nonebot_plugin_refund.rulebook.lint import lint_rulebook
from nonebot_plugin_refund.rulebook.lint.scenario.texts import LIMITS
from nonebot_plugin_refund.rulebook.lint.wording import topics
from nonebot_plugin_refund.rulebook.lint.wording.asides import LONGEST_ANSWER
from nonebot_plugin_refund.rulebook.loader import Rulebook, load_rulebook
from nonebot_plugin_refund.rulebook.wording_models.signals import load_signals
from nonebot_plugin_refund.rulebook.yaml_reading.yaml_document import YamlDocument, read_yaml
from tests.chat import conversation_harness
from tests.chat.conversation_harness import Bench, opened_bench
from tests.docs.walked_page import Walker, blocks_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "rulebook.md").read_text(encoding="utf-8")
EXAMPLES = sorted((ROOT / "data" / "examples" / "rulebook").glob("*.yaml"))
NOW = "2026-11-23T10:00"
SAID, ANSWERED = "主人私聊机器人：", "它回："
CONTENT = Path(str(files("nonebot_plugin_refund.rulebook").joinpath("content")))
FOLDER = Path("data/nonebot_plugin_refund/rulebook")


@dataclass(frozen=True)
class Walked:
    """走完一遍之后：在哪个文件夹里走的，做了多少块，哪些块只给人看。"""

    home: Path
    done: int
    only_shown: tuple[str, ...]

    @property
    def folder(self) -> Path:
        """操作者的手册文件夹。"""
        return self.home / FOLDER


@cache
def read_packaged(path: Path) -> YamlDocument:
    """随包的文件不会在走的中途变，读一遍就够：走一遍要跑十几条命令，每条都会读全本。"""
    return read_yaml(path)


def read_once(path: Path) -> YamlDocument:
    return read_packaged(path) if CONTENT in path.parents else read_yaml(path)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """在一个空文件夹里，把这一页从头做到尾。"""
    home = tmp_path_factory.mktemp("stranger")
    walker = Walker(NOW, FOLDER)
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(home)
        patched.setattr(loader, "read_yaml", read_once)
        patched.setattr(read_book, "load_signals", cache(load_signals))
        walker.follow(PAGE)
    return Walked(home, walker.done, tuple(walker.only_shown))


@pytest.fixture(scope="module")
def book(walked: Walked) -> Rulebook:
    """走出来的手册，加在随包的上面。"""
    return load_rulebook(walked.folder)


@pytest.fixture(scope="module")
def classifier(book: Rulebook) -> Classifier:
    """用走出来的手册的识别器。"""
    return Classifier(book.signals(), book.scenarios)


@pytest.fixture
async def bench(
    book: Rulebook, classifier: Classifier, sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Bench]:
    """装上走出来的手册的机器人。"""
    monkeypatch.setattr(conversation_harness, "classifier", lambda: classifier)
    monkeypatch.setattr(conversation_harness, "rulebook", lambda: book)
    async with opened_bench(sqlite_template, tmp_path) as opened:
        opened.clock.moment = datetime.fromisoformat(NOW).replace(tzinfo=SHANGHAI)
        yield opened


def test_the_page_can_be_followed_from_top_to_bottom(walked: Walked) -> None:
    assert walked.done >= 40, "页面上的块多半没有被认出来"


def test_no_block_is_passed_over_by_mistake(walked: Walked) -> None:
    """说给机器人听的不在这里走，另有测试；别的块都要做到。"""
    assert walked.only_shown == (SAID, ANSWERED, SAID, ANSWERED)


def test_the_examples_are_what_the_page_makes(walked: Walked) -> None:
    assert [path.name for path in EXAMPLES] == ["douyin-return.yaml", "lexicon.yaml"]
    for path in EXAMPLES:
        assert (walked.folder / path.name).read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


def test_what_the_page_makes_is_clean(walked: Walked, book: Rulebook) -> None:
    assert lint_rulebook(book, date(2026, 11, 23), [walked.folder]) == []


def test_no_program_was_touched(walked: Walked) -> None:
    assert {path.suffix for path in walked.home.rglob("*") if path.is_file()} == {".yaml", ".txt"}


async def test_a_person_is_heard_asked_and_told(bench: Bench) -> None:
    (asked,) = await bench.private("抖音买的鞋不合适想退")
    assert "东西现在什么样" in asked
    assert "买的是哪一类东西" in (await bench.private("只试了一下"))[0]
    assert "哪天签收" in (await bench.private("鞋子"))[0]
    verdict = "\n".join(await bench.private("上周四签收的"))

    assert "【符合条件】还在 7 天里，可以提出退货" in verdict
    assert "七天无理由：最晚 11月26日" in verdict
    assert await bench.only_code()
    (reminded,) = await bench.advance(datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI))
    assert "七天无理由快到了" in reminded


async def test_the_added_event_is_heard_in_every_word_of_its_concept(bench: Bench) -> None:
    await bench.private("抖音买的鞋不合适想退", "只试了一下", "鞋子", "上周四签收的")
    await bench.private("提交了")

    assert "商家不同意" in "".join(await bench.private("商家要我出快递费"))


async def test_what_came_damaged_walks_its_own_track(bench: Bench) -> None:
    await bench.private("抖音买的鞋不合适想退", "收到就坏了")
    verdict = "\n".join(await bench.private("上周四签收的"))

    assert "三年诉讼时效：最晚 2029年11月19日" in verdict
    assert "七天无理由：" not in verdict
    assert "理由选质量问题" in "".join(await bench.private("进度"))


async def test_the_new_scenario_is_in_the_menu_and_answers_in_the_group(bench: Bench) -> None:
    assert "8. 抖音七天退货" in (await bench.group("/退款"))[0]
    assert "网购的东西，签收第二天起 7 天内" in (await bench.group("/退款 抖音买的裙子不想要了"))[0]


async def test_the_group_is_not_interrupted_for_it_until_the_file_says_so(bench: Bench) -> None:
    assert await bench.group("抖音买的鞋不合适想退") == []


async def test_another_matter_is_taken_up_beside_an_open_one(bench: Bench) -> None:
    await bench.private("快手买的毛衣不合适想退", "还没申请", "上周四签收的", "普通商品", "完好")
    assert await bench.only_code()

    assert "东西现在什么样？拆包装看看" in (await bench.private("抖音买的鞋不合适想退"))[0]


async def test_in_the_middle_of_an_interview_it_offers_to_switch(bench: Bench) -> None:
    await bench.private("快手买的毛衣不合适想退")

    assert "抖音七天退货" in (await bench.private("等等 抖店那双也要退款"))[0]


async def test_the_changed_sentence_is_the_one_that_is_said(bench: Bench) -> None:
    (opening, *_) = await bench.private("快币充值")

    assert "充值的事先别急" in opening


def test_the_table_of_lengths_is_the_linters_own() -> None:
    numbers = re.findall(r"\| (\d+) (?=\|)", PAGE)

    own = (topics.LONGEST_TITLE, topics.LONGEST_ANSWER, topics.LONGEST_WITH_CASE)
    assert sorted(map(int, numbers)) == sorted([*LIMITS.values(), LONGEST_ANSWER, *own])


async def test_the_owner_loads_it_without_a_restart(
    walked: Walked, sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    classifier = Classifier(load_signals())
    editions = Editions(load_rulebook())
    in_force = RulebookInForce(editions, classifier, walked.folder, tmp_path / "last-good")
    monkeypatch.setattr(conversation_harness, "classifier", lambda: classifier)
    chat = [block for block in blocks_of(PAGE) if block.lead in (SAID, ANSWERED)]
    assert [block.lead for block in chat] == [SAID, ANSWERED] * 2
    async with opened_bench(sqlite_template, tmp_path) as bench:
        bench.in_force = in_force
        await bench.restart()
        assert "抖音七天退货" not in (await bench.group("/退款"))[0]
        for said, answered in zip(chat[::2], chat[1::2], strict=True):
            answers = await bench.private(said.text.strip(), is_superuser=True)
            assert "\n".join(answers) == answered.text.rstrip("\n"), f"第 {answered.line} 行"

        assert "8. 抖音七天退货" in (await bench.group("/退款"))[0]
        assert "东西现在什么样" in (await bench.private("抖音买的鞋不合适想退"))[0]


MINIATURE = """
新建文件 `a.yaml`：

```yaml
id: a
```

在 `a.yaml` 里找到：

```yaml
id: a
```

换成：

```yaml
id: b
```

运行：

```bash
uv run refund copy no-such-scenario folder
```

会看到：

```text
OUTPUT
```
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("OUTPUT", "抄好了", "不一样"),
        ("里找到：\n\n```yaml\nid: a", "里找到：\n\n```yaml\nid: z", "出现了 0 次"),
        ("uv run refund", "python -m", "不认得的命令"),
        ("会看到：\n\n```text\nOUTPUT\n```\n", "", "没有做成"),
    ],
)
def test_a_wrong_block_fails(old: str, new: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert old in MINIATURE

    with pytest.raises(AssertionError, match=message):
        Walker(NOW).follow(MINIATURE.replace(old, new))
