"""安全的每一道防线（`docs/security.md` 的“防线”），和把它拆掉要改的那几个字。"""

from .guards import Edit, Guard

_ROOT = "../.."
"""包之外的文件从仓库根算起。"""
_FLOOD = "chat/conversation/flood.py"
_OVERSIZE = "chat/conversation/oversize.py"
_EVENTS = "chat/events.py"
_YAML = "rulebook/yaml_document.py"


def _guard(name: str, file: str, old: str, new: str, test: str) -> Guard:
    """拆一处、由一个测试看着的防线；短战役管的是提醒，这里用不着。"""
    return Guard(name, (Edit(file, old, new),), (f"tests/{test}",), campaigns=False)


SECURITY_GUARDS = (
    _guard(
        "访问口令也管 HTTP 上报",
        f"{_ROOT}/launch/doors.py",
        "settings.onebot_secret = settings.onebot_access_token",
        "pass",
        "security/test_forged_events.py::test_the_token_also_signs_http_unless_a_secret_is_set",
    ),
    _guard(
        "对外监听没口令要警告",
        f"{_ROOT}/bot.py",
        "if not ip_address(host).is_loopback and not adapter.onebot_config.onebot_access_token:",
        "if False:",
        "e2e/test_start.py::test_listening_to_the_world_without_a_token_warns_loudly",
    ),
    _guard(
        "案件只给本人",
        "storage/cases.py",
        "select(CaseRow).where(CaseRow.code == code, *_owned(person))",
        "select(CaseRow).where(CaseRow.code == code)",
        "security/test_whose_case.py::TestCaseCodes",
    ),
    _guard(
        "群设置只听群主和管理员",
        "chat/conversation/group_settings.py",
        "if not (turn.incoming.is_superuser or turn.incoming.is_group_admin):",
        "if False:",
        "security/test_whose_case.py::TestAdministrators",
    ),
    _guard(
        "身份只认协议里的两种",
        _EVENTS,
        'role in ("owner", "admin")',
        'role != "member"',
        "security/test_whose_case.py::TestAdministrators",
    ),
    _guard(
        "匿名的不理",
        _EVENTS,
        'or (is_group and (event.anonymous is not None or event.sub_type == "anonymous"))',
        "",
        "security/test_whose_case.py::TestAdministrators",
    ),
    _guard(
        "管理只听主人",
        "chat/conversation/administration.py",
        "    if not turn.incoming.is_superuser:\n        return replies(OWNERS_ONLY)\n    words",
        "    words",
        "security/test_whose_case.py::TestAdministrators",
    ),
    _guard(
        "临时会话不说案情",
        "chat/conversation/private_talk.py",
        "    if incoming.is_temporary:\n        return replies(wording.ADD_FRIEND_FIRST)\n",
        "",
        "security/test_whose_case.py::TestOtherWaysToACase",
    ),
    _guard(
        "认不出的私聊当临时会话",
        _EVENTS,
        'event.sub_type != "friend"',
        'event.sub_type == "group"',
        "security/test_whose_case.py::TestOtherWaysToACase",
    ),
    _guard(
        "个人的事只在私聊里说",
        "chat/conversation/group_talk.py",
        "if command.name in PERSONAL:",
        "if False:",
        "security/test_whose_case.py::TestOtherWaysToACase",
    ),
    _guard(
        "送来两次的只办一次",
        "storage/handled.py",
        "is not None\n",
        "is not False\n",
        "security/test_whose_case.py::TestOtherWaysToACase",
    ),
    _guard(
        "说出去的都是文字段",
        "chat/messenger.py",
        "return await self._send(account, Target(group_id), UniMessage.text(text))",
        "from nonebot.adapters.onebot.v11 import Message\n\n"
        "        return await self._send(account, Target(group_id), UniMessage.of(Message(text)))",
        "security/test_echoes.py",
    ),
    _guard(
        "太长的先裁短",
        _OVERSIZE,
        "_calmed(incoming.text[:LONGEST_READ])",
        "_calmed(incoming.text)",
        "security/test_oversized.py::test_nothing_longer_than_the_limit_goes_any_further",
    ),
    _guard(
        "段数有上限",
        _OVERSIZE,
        "segments=incoming.segments[:MOST_SEGMENTS]",
        "segments=incoming.segments",
        "security/test_oversized.py::test_nothing_longer_than_the_limit_goes_any_further",
    ),
    _guard(
        "叠着的附加符号去掉",
        _OVERSIZE,
        "if run <= _MOST_MARKS:",
        "if run >= 0:",
        "security/test_oversized.py::test_stacked_marks_are_thinned_and_ordinary_words_left_alone",
    ),
    _guard(
        "识别只看前面一段",
        "domain/understanding/text.py",
        'clipped = _CQ_CODE.sub(" ", text[:limit]) if "[CQ:" in text else text[:limit]',
        'clipped = _CQ_CODE.sub(" ", text)',
        "security/test_hostile_text.py::test_what_the_patterns_read_is_cut_first",
    ),
    _guard(
        "一句话里只记几个被点名的",
        "chat/conversation/human_talk.py",
        "(SOMEBODY, EVERYBODY)][:_MOST_NAMED]",
        "(SOMEBODY, EVERYBODY)]",
        "security/test_oversized.py::TestSegments",
    ),
    _guard(
        "没结案的件数有上限",
        "chat/conversation/crowding.py",
        "if count >= MOST_OPEN_CASES else []",
        "if count < 0 else []",
        "security/test_oversized.py::TestOnePersonsMatters",
    ),
    _guard(
        "一天里的问答有上限",
        "chat/conversation/crowding.py",
        ">= MOST_STARTED_A_DAY:",
        "< 0:",
        "security/test_oversized.py::TestOnePersonsMatters",
    ),
    _guard(
        "个人的额度",
        _FLOOD,
        "if waiting < self._limits.waiting and self._take(incoming, now):",
        "if waiting < self._limits.waiting:",
        "security/test_floods.py::TestOnePersonFlooding",
    ),
    _guard(
        "等着的有上限",
        _FLOOD,
        "if waiting < self._limits.waiting and self._take(incoming, now):",
        "if self._take(incoming, now):",
        "security/test_floods.py::TestOnePersonFlooding",
    ),
    _guard(
        "一个人刷屏用不光群的额度",
        _FLOOD,
        "return (self._in_groups, person), (self._groups, (incoming.platform, incoming.group_id))",
        "return ((self._groups, (incoming.platform, incoming.group_id)),)",
        "security/test_floods.py::TestGroups",
    ),
    _guard(
        "群的额度",
        _FLOOD,
        "return (self._in_groups, person), (self._groups, (incoming.platform, incoming.group_id))",
        "return ((self._in_groups, person),)",
        "security/test_floods.py::TestGroups",
    ),
    _guard(
        "说过一声就不再说",
        _FLOOD,
        "if incoming.kind is Kind.KEYWORD or self._told_lately(incoming, now):",
        "if incoming.kind is Kind.KEYWORD:",
        "security/test_floods.py::TestOnePersonFlooding",
    ),
    _guard(
        "记着的人有上限",
        _FLOOD,
        "if not full and len(self._buckets) <= self._remembered:",
        "if not full:",
        "security/test_floods.py::TestMemory",
    ),
    _guard(
        "没有回音的不放进门",
        "chat/gate.py",
        "return None if self._ignores(incoming) else incoming",
        "return incoming",
        "security/test_floods.py::test_what_gets_no_answer_anyway_is_left_at_the_door",
    ),
    _guard(
        "手册：不收锚点和别名",
        _YAML,
        'if getattr(event, "anchor", None):',
        "if False:",
        "rulebook/test_yaml_document.py::test_a_bad_way_of_writing_is_refused_at_its_line",
    ),
    _guard(
        "手册：不收深层嵌套",
        _YAML,
        "if depth > _DEEPEST:",
        "if False:",
        "security/test_hostile_rulebooks.py::test_sixty_levels_are_too_deep",
    ),
    _guard(
        "手册：不收自定义标签",
        _YAML,
        "if node.tag not in (_PLAIN_TAGS if isinstance(node, yaml.ScalarNode) else _COLLECTION_TAGS):",
        "if False:",
        "rulebook/test_yaml_document.py::test_a_bad_way_of_writing_is_refused_at_its_line",
    ),
    _guard(
        "手册：同一层不许写两遍",
        _YAML,
        "if key in mapping:",
        "if False:",
        "rulebook/test_yaml_document.py::test_a_bad_way_of_writing_is_refused_at_its_line",
    ),
    _guard(
        "手册：读到上限为止",
        _YAML,
        "opened.read(MAX_BYTES + 1)",
        "opened.read()",
        "security/test_hostile_rulebooks.py::test_no_more_than_the_limit_is_read_of_a_huge_file",
    ),
    _guard(
        "手册：只读普通文件",
        _YAML,
        "if stat.S_ISREG(os.fstat(descriptor).st_mode) else None",
        "if True else None",
        "security/test_hostile_rulebooks.py::test_a_pipe_that_nobody_writes_to_is_refused_without_waiting",
    ),
    _guard(
        "手册：数有多长有上限",
        _YAML,
        "if node.tag != _TEXT_TAG and len(node.value) > _LONGEST_NUMBER:",
        "if False:",
        "security/test_hostile_rulebooks.py::test_a_number_without_end_is_not_computed[binary]",
    ),
    _guard(
        "手册：链接不出文件夹",
        "rulebook/loader.py",
        "                refuse_outsider(path, folder)\n",
        "",
        "security/test_hostile_rulebooks.py::TestLinks",
    ),
    _guard(
        "手册：id 不能当路径",
        "rulebook/base_models.py",
        "if not _ID.fullmatch(value):",
        "if False:",
        "security/test_hostile_rulebooks.py::test_an_id_cannot_be_a_path",
    ),
    _guard(
        "文件名不出文件夹",
        "chat/file_shelf.py",
        '"_" if letter in _FORBIDDEN else letter for letter in name',
        "letter for letter in name",
        "security/test_file_paths.py::test_the_shelf_keeps_every_name_inside",
    ),
    _guard(
        "备份里的路径不出文件夹",
        "storage/restoring.py",
        "all(name == DATABASE or _is_rulebook_member(name) for name in files)",
        "files",
        "security/test_file_paths.py::TestRestoring",
    ),
    _guard(
        "备份里的内容对得上校验和",
        "storage/restoring.py",
        "if computed.hexdigest() != digest:",
        "if False:",
        "security/test_file_paths.py::TestRestoring",
    ),
    _guard(
        "备份拆开之前先看多大",
        "storage/restoring.py",
        "        require_unpackable(source.path, source.manifest, place.database.parent)\n",
        "        pass\n",
        "security/test_file_paths.py::TestRestoring",
    ),
    _guard(
        "口令不进日志",
        f"{_ROOT}/launch/secrets.py",
        'record["message"].replace(secret, MASK)',
        'record["message"]',
        "security/test_secrets.py",
    ),
    _guard(
        "口令不进报错",
        "settings_report.py",
        'if any(secret in name.lower() for secret in ("token", "secret", "url")):',
        "if False:",
        "security/test_secrets.py",
    ),
    _guard(
        "日志里没有用户的话和账号",
        "chat/log_guard.py",
        "if event is not None and not keep_text:",
        "if False:",
        "chat/test_log_guard.py",
    ),
    _guard(
        "出错的记录里没有异常的话",
        "chat/conversation/failure.py",
        'parts.append(f"{type(current).__module__}.{type(current).__name__}（{path}）")',
        'parts.append(f"{current}（{path}）")',
        "chat/test_privacy_flow.py::TestLogs",
    ),
    _guard(
        "数据库的报错不带写入的值",
        "storage/database.py",
        "hide_parameters=True",
        "hide_parameters=False",
        "security/test_secrets.py",
    ),
)
"""安全的全部防线。"""
