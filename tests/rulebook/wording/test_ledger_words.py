"""ledger.yaml：各段都有话，依据和场景都在。"""

from nonebot_plugin_refund.domain.ledger.parts import Age
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.money_models.ledger_models import load_ledger


def test_every_age_has_its_words_and_known_sources() -> None:
    book, ledger = load_rulebook(), load_ledger()
    assert [age.id for age in ledger.ages] == [age.value for age in Age]
    sources = {source.id for source in book.shared_sources}
    assert {source for age in ledger.ages for source in age.sources} <= sources
    assert set(ledger.scenarios) <= {scenario.id for scenario in book.scenarios}


def test_a_word_names_one_channel_only() -> None:
    said = [word for channel in load_ledger().channels for word in channel.said]
    assert len(said) == len(set(said))
