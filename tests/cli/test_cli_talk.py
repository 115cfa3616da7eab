"""``refund talk`` 和 ``replay``：在终端里问答，一个进程里能有好几场；重放真正的流程。"""

from pathlib import Path

from nonebot_plugin_refund.cli.rehearsing import rehearsal
from nonebot_plugin_refund.storage.case.case_codes import draw_code
from tests.cli.command import NOW, refund


def talk(*lines: str, scenario: str | None = "top-up") -> list[dict[str, object]]:
    """用 JSON 说完这些话。"""
    arguments = ["talk", *([scenario] if scenario else []), "--json", "--now", NOW]
    ran = refund(*arguments, said="".join(f"{line}\n" for line in lines))
    assert ran.code == 0, ran.err
    return ran.objects


def kinds(turns: list[dict[str, object]]) -> list[object]:
    """每一轮：问的问题的 id、repeat，或结论的规则。"""
    found: list[object] = []
    for turn in turns:
        question = turn.get("question")
        found.append(question["id"] if isinstance(question, dict) else turn.get("rule") or "repeat")
    return found


def repeat(turn: dict[str, object]) -> dict[str, object]:
    """一轮里的 repeat。"""
    found = turn["repeat"]
    assert isinstance(found, dict)
    return found


def test_one_object_a_turn_until_the_verdict() -> None:
    turns = talk("没到账", "微信", "支付成功", "三天前")

    assert kinds(turns) == ["problem", "paid-by", "bill", "paid-on", "not-credited"]
    assert {"id", "text", "kind", "options"} <= dict(turns[0]["question"]).keys()  # type: ignore[call-overload] -- 这一项在输出里总是对象
    assert turns[-1]["texts"]


def test_without_a_scenario_the_first_line_says_what_it_is_about() -> None:
    turns = talk("今天吃什么", "快手快币充值退款", scenario=None)

    assert kinds(turns) == ["repeat", "problem"]


def test_what_the_first_line_already_answers_is_noted_and_not_asked() -> None:
    (turn,) = talk("充了快币没到账", scenario=None)

    assert kinds([turn]) == ["paid-by"]
    assert turn["also"] == {"problem": "not-credited"}


def test_a_line_that_answers_more_than_was_asked_shows_what_else_it_filled() -> None:
    turns = talk("还没申请，昨天签收的，不合适", "普通商品", scenario="shop-return")

    assert kinds(turns) == ["progress", "goods", "condition"]
    assert turns[1]["also"] == {"reason": "no-reason", "received_on": "2026-11-22"}
    assert "also" not in turns[2]


def test_what_was_said_early_shows_again_when_it_is_used() -> None:
    turns = talk("昨天签收的", "还没申请", "不合适", scenario="shop-return")

    assert repeat(turns[1])["reason"] == "also"
    assert [turn.get("also") for turn in turns[1:]] == [
        {"received_on": "2026-11-22"},
        None,
        {"received_on": "2026-11-22"},
    ]
    assert kinds(turns)[-1] == "goods"


def test_an_aside_is_answered_and_the_question_stays_open() -> None:
    turns = talk("你是机器人吗", "哈哈", "呵呵", "没到账")

    assert repeat(turns[1])["reason"] == "aside"
    assert "机器人" in str(repeat(turns[1])["text"])
    assert repeat(turns[1])["question"] == turns[0]["question"]
    assert kinds(turns)[-1] == "paid-by"


def test_an_unread_answer_repeats_the_question() -> None:
    turns = talk("哈哈哈", "没到账")
    again = repeat(turns[1])

    assert again["reason"] == "not_understood"
    assert again["question"] == turns[0]["question"]
    assert kinds(turns) == ["problem", "repeat", "paid-by"]


def test_the_third_unread_answer_offers_the_options_and_a_way_out() -> None:
    turns = talk("哈哈", "呵呵", "嘿嘿")

    assert "退出" not in str(repeat(turns[2])["text"])
    assert "退出" in str(repeat(turns[3])["text"])


def test_stepping_back_revising_and_why() -> None:
    turns = talk("没到账", "微信", "上一步", "为什么", "苹果", "修改 1", "没用完")

    assert kinds(turns)[:4] == ["problem", "paid-by", "bill", "paid-by"]
    assert repeat(turns[4])["reason"] == "why"
    assert kinds(turns)[6] == "problem"


def test_after_the_verdict_an_answer_can_still_be_changed() -> None:
    turns = talk("没到账", "微信", "支付成功", "三天前", "谢谢", "修改 3", "没成功")

    assert kinds(turns)[-4:] == ["not-credited", "repeat", "bill", "not-charged"]


def test_there_is_no_step_before_the_first_and_no_number_out_of_range() -> None:
    turns = talk("上一步", "修改 9")

    assert kinds(turns) == ["problem", "repeat", "repeat"]


def test_one_process_holds_many_interviews_each_at_its_own_time() -> None:
    turns = talk(
        "没到账",
        "/new 2026-11-23T15:00 live-tip",
        "/new 2026-11-21T09:00 top-up",
        "没到账",
        "微信",
        "支付成功",
        "昨天下午三点",
        "/new 2026-12-01",
        "充了快币没到账",
    )

    assert kinds(turns)[:3] == ["problem", "paid-by", "situation"]
    assert kinds(turns)[-2:] == ["not-credited-waiting", "paid-by"]
    assert turns[-2]["facts"]["paid-on"] == "2026-11-20T15:00:00+08:00"  # type: ignore[index] -- 同上


def test_quitting_ends_the_interview_and_the_next_line_begins_another() -> None:
    turns = talk("没到账", "退出", "孩子打赏了主播")

    assert repeat(turns[2])["reason"] == "quit"
    assert kinds(turns)[-1] == "age"


def test_in_the_terminal_it_talks_in_words() -> None:
    ran = refund("talk", "top-up", "--now", NOW, said="没到账\n微信\n支付成功\n三天前\n")

    assert ran.code == 0
    assert "1. " in ran.out
    assert "【符合条件】" in ran.out


def test_an_unknown_scenario_or_time_exits_two() -> None:
    assert refund("talk", "no-such", "--now", NOW).code == 2
    assert refund("talk", "--json", "--now", NOW, said="/new 昨天\n").code == 2


SCRIPT = """# 一段小对话
[2026-11-23 10:00]
私聊：充值没到账
私聊：没到账
"""


def test_replay_prints_the_conversation_with_the_bots_words(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(SCRIPT, encoding="utf-8")

    ran = refund("replay", str(path))

    assert ran.code == 0
    assert ran.out.startswith("# 一段小对话\n[2026-11-23 10:00]\n私聊：充值没到账\n    退款助手：")
    assert ran.out.count("退款助手：") >= 2


def test_a_replayed_conversation_replays_to_itself_and_check_notices_a_difference(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(SCRIPT, encoding="utf-8")
    first = refund("replay", str(path)).out

    path.write_text(first, encoding="utf-8")
    assert refund("replay", str(path), "--check").out == first
    assert refund("replay", str(path), "--check").code == 0

    path.write_text(first.replace("退款助手：", "退款助手：改过的", 1), encoding="utf-8")
    assert refund("replay", str(path), "--check").code == 1


def test_a_replayed_case_is_reminded_when_its_time_comes() -> None:
    documented = Path(__file__).parents[2] / "docs" / "conversations" / "shop-return.txt"

    ran = refund("replay", str(documented))

    assert ran.code == 0
    assert "] 提醒" in ran.out


def test_a_script_without_a_time_or_a_missing_file_exits_two(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("私聊：你好\n", encoding="utf-8")

    assert refund("replay", str(path)).code == 2
    assert refund("replay", str(tmp_path / "none.txt")).code == 2
    path.write_text("[昨天]\n私聊：你好\n", encoding="utf-8")
    assert refund("replay", str(path)).code == 2


def test_without_a_command_it_shows_how_to_use_it() -> None:
    ran = refund()

    assert "lint" in ran.out + ran.err
    assert "talk" in ran.out + ran.err


def test_missing_again_and_again_changes_the_question() -> None:
    turns = talk("哈哈哈", "嘿嘿嘿", "呵呵呵", scenario="live-tip")
    texts = [str(repeat(turn)["text"]) for turn in turns[1:]]

    assert len(set(texts)) == 3
    assert "1. " in texts[1]
    assert "不清楚" in texts[2]
    assert "退出" in texts[2]


def test_after_the_verdict_news_and_danger_are_heard_as_in_the_chat() -> None:
    turns = talk("没到账", "微信", "支付成功", "三天前", "快币到账了", "是", "我不想活了", "撤销")

    assert kinds(turns)[-5:] == ["not-credited", *["repeat"] * 4]
    assert [repeat(turn)["reason"] for turn in turns[-4:]] == ["reported", "answered", "danger", "undo"]
    assert "快币到账了" in str(repeat(turns[-4])["text"])


def test_there_are_case_codes_for_thousands_of_interviews() -> None:
    draw = rehearsal.drawing()
    codes = [draw_code(4, draw) for _ in range(2000)]

    assert codes[0] == "K7Q2"
    assert len(set(codes)) > 1950
    again = rehearsal.drawing()
    assert [draw_code(4, again) for _ in range(5)] == codes[:5]
