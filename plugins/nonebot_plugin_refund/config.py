"""设置：退款助手的全部设置项。每一项都有默认值，不写任何设置也能启动。

写法同 NoneBot 的其他设置：写在 `.env` 里或环境变量里，名字大写，例如 `REFUND_QUIET_START=23:00`。
NoneBot 自己的设置（`SUPERUSERS`、`COMMAND_START`、`ONEBOT_ACCESS_TOKEN` 等）不在这里，见 `.env.example`。
"""

from datetime import time
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from .keyword_level import CHOICES, KeywordLevel, read_level


class Config(BaseModel):
    """插件设置。由 NoneBot 读取，字段名即设置名（不分大小写）。

    Raises:
        pydantic.ValidationError: 某一项写错；`settings_report.explain` 会把它说成人话。
    """

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    refund_command_words: list[str] = Field(default=["退款"], min_length=1)
    """命令词。前面加 `COMMAND_START` 里的任意一个就是命令，例如 `/退款`；私聊里单独说也算。"""

    refund_keywords_level: KeywordLevel = KeywordLevel.CAREFUL
    """群里没人叫我们、但聊到退款时接不接话：关、谨慎、积极（也可写 off、careful、eager）。

    这是默认值，群管理员可以在自己的群里改。
    """

    refund_keyword_group_cooldown_seconds: int = Field(default=300, ge=0, le=31_536_000)
    """同一个群里两次主动接话的最短间隔，单位秒，至多一年。"""

    refund_keyword_user_cooldown_seconds: int = Field(default=3600, ge=0, le=31_536_000)
    """对同一个人两次主动接话的最短间隔，单位秒，至多一年。"""

    refund_database_url: str = ""
    """数据库地址：`postgresql://用户:密码@主机/库名`，或 SQLite 文件的 URL。留空用插件数据目录里的 SQLite 文件。"""

    refund_quiet_start: time = time(22, 0)
    """静默时段开始，北京时间，24 小时制 `HH:MM`。静默时段里不推送提醒。"""

    refund_quiet_end: time = time(8, 0)
    """静默时段结束，北京时间，24 小时制 `HH:MM`。与开始相同表示没有静默时段。"""

    refund_send_timeout_seconds: float = Field(default=20.0, gt=0, le=120)
    """推送一条提醒最多等多久回音，单位秒，至多 120。超过就当作「不知道到没到」，按规则查证，不盲目重发。"""

    refund_send_interval_seconds: float = Field(default=1.5, ge=0, le=60)
    """同一个账号两次推送之间至少隔多久，单位秒，至多 60。太密容易触发风控。"""

    refund_send_jitter_seconds: float = Field(default=1.0, ge=0, le=60)
    """在上面的间隔之外再随机多等的上限，单位秒，至多 60。"""

    refund_accept_friend_requests: bool = True
    """要不要自动通过好友申请。案件只对好友说，关掉后要你自己去通过。"""

    refund_pictures: bool = True
    """要不要把菜单、结论、进度等发成图片。发不出去、被拒收时总会改发同样内容的文字。

    这是默认值：群管理员可以在自己的群里改，每个人可以在私聊里改。
    """

    refund_group_mentions: bool = True
    """提醒私聊送不到、本人又同意过时，可不可以在他来的群里 @ 他一句（不带案情）。

    这是默认值：群管理员可以在自己的群里改。
    """

    refund_picture_theme: Literal["light", "dark"] = "light"
    """图片的底色：light 浅色，dark 深色。"""

    refund_retention_days: int = Field(default=180, ge=1, le=36_500)
    """已结案的案件、没人再理的访谈保留多少天，至多 36500（一百年），之后自动清除。"""

    refund_log_messages: bool = False
    """NoneBot 的日志里要不要留消息的原文和账号。默认只记多少字；留的话，像证件、手机、卡号、验证码的数字仍遮住。"""

    refund_metrics: bool = True
    """装了 prometheus-client 就记指标，在 `/metrics` 上给人取，要访问口令；false 就不记。没装不受影响。"""

    @field_validator("refund_command_words")
    @classmethod
    def _words_must_be_sayable(cls, words: list[str]) -> list[str]:
        """命令词去掉两头空白后不能为空，也不能在中间夹空白：否则没有人打得出这条命令。"""
        cleaned = [word.strip() for word in words]
        if any(not word or len(word.split()) > 1 for word in cleaned):
            raise ValueError("命令词不能为空，中间也不能有空格")
        return cleaned

    @field_validator("refund_keywords_level", mode="before")
    @classmethod
    def _level_in_words(cls, written: object) -> KeywordLevel:
        """三档的中文、英文写法都认；写成 true、false 分不清是哪一档，不猜。"""
        level = read_level(written) if isinstance(written, str) else None
        if level is None:
            raise ValueError(f"只能写 {CHOICES}")
        return level

    @field_validator("refund_quiet_start", "refund_quiet_end")
    @classmethod
    def _wall_clock_only(cls, moment: time) -> time:
        """静默时段按北京时间的钟面时间理解，不接受带时区的写法。"""
        if moment.tzinfo is not None:
            raise ValueError("只写钟点，例如 22:00，不要带时区")
        return moment
