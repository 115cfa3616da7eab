"""文书引的法律：每个结论、每份文书，只引帮写的人说话的，也不会一条都没有。"""

import re

import pytest

from nonebot_plugin_refund.domain.case.papers import Laws
from nonebot_plugin_refund.rulebook.scenario_models.models import SourceKind
from nonebot_plugin_refund.rulebook.scenario_models.source_models import SpeaksFor
from tests.domain.case.test_papers import SCENARIOS, every_paper
from tests.rulebook.concrete_answers import rulebook

LIMITS_THE_ASKER = re.compile(
    "由买家出|不退|可以不还|不适用[惩罚七]|不受理|不得强制商家|少要|时效|消灭|算不完好|拒绝|按原价|视同成年人"
    "|合理生活消费需要|趁早|只管网络游戏"
)
"""条文大意里有这些话的，多半是限制要退款的人；仍帮他的在下面列明。"""
STILL_HELPS = {
    "consumer-law-25": "七日无理由的根据；货有问题时按 not_cited 不引",
    "infringement-penalty-8": "无理拒绝说的是商家",
    "infringement-penalty-9": "无理拒绝说的是商家",
    "infringement-penalty-10": "无理拒绝说的是商家",
    "online-consumption-interpretation-3": "不得拒绝说的是商家",
    "civil-code-589": "拒绝接收的是商家",
    "civil-code-587": "只在商家违约的文书里引",
    "limitation-rules-9": "时效因此中断",
    "appeal-civil-code-195": "时效因此重新计算",
    "seven-day-measures-31": "没有正当理由不退，说的是商家",
    "online-consumption-interpretation-2": "商家承诺了就要照办",
    "prepaid-interpretation-2025-22": "按剩余时间退",
    "civil-procedure-247": "拒绝履行的是对方",
}


def opposing(scenario_id: str, facts: dict[str, str]) -> set[str]:
    """在这些事实下替另一方说话的依据。"""
    edition = rulebook().edition(scenario_id)
    papers = edition.scenario.papers
    assert papers is not None
    always = {key for key, source in edition.sources.items() if source.speaks_for is SpeaksFor.OTHER_SIDE}
    sometimes = {
        source
        for one in papers.not_cited
        if any(all(facts.get(fact) in some for fact, some in clause.items()) for clause in one.when)
        for source in one.sources
    }
    return always | sometimes


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_no_paper_cites_what_speaks_against_its_sender(scenario_id: str) -> None:
    for paper, case, result, facts in every_paper(scenario_id):
        against = opposing(scenario_id, facts)
        cited = [source for block in result.blocks if isinstance(block, Laws) for source in block.items]
        assert not against & {source.id for source in cited}, (paper.id, case.assessment.rule.id)
        assert all(source.kind is SourceKind.LAW for source in cited)
        assert bool(cited) == bool(paper.law_lists), (paper.id, case.assessment.rule.id)


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_what_a_paper_cites_is_what_it_names_or_what_the_verdict_rests_on(scenario_id: str) -> None:
    for paper, case, result, facts in every_paper(scenario_id):
        in_force = case.assessment.in_force
        expected = [
            in_force[key]
            for law in paper.law_lists
            for key in law.sources or case.assessment.rule.sources
            if key in in_force and in_force[key].kind is SourceKind.LAW and key not in opposing(scenario_id, facts)
        ]
        assert [source for block in result.blocks if isinstance(block, Laws) for source in block.items] == expected


def test_an_article_that_limits_the_asker_says_so_or_is_known_to_help_him() -> None:
    unmarked = {
        source.id
        for source in rulebook().shared_sources
        if source.kind is SourceKind.LAW
        and source.speaks_for is SpeaksFor.ASKER
        and LIMITS_THE_ASKER.search(source.says)
    }
    assert unmarked == set(STILL_HELPS)


@pytest.mark.parametrize(("scenario_id", "reasons"), [("shop-return", {"quality", "mismatch", "food", "fake"})])
def test_a_letter_about_a_fault_never_offers_to_pay_the_freight(scenario_id: str, reasons: set[str]) -> None:
    seen = 0
    for _, _, result, facts in every_paper(scenario_id):
        if facts.get("reason") in reasons:
            seen += 1
            for block in result.blocks:
                assert not isinstance(block, Laws) or not any("运费由买家出" in item.says for item in block.items)
    assert seen
