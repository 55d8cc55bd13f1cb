"""The contract that every enrichment keeps; a new row is taken in by itself."""

from collections.abc import Callable

import pytest

from digest.model import Article, Body
from digest.stages.facts import ARTICLE_FACTS
from tests.stages.build import EVENTS, article

TITLE, *LINES = EVENTS[0]
SAMPLES = {
    "nothing": ("", "", "en"),
    "report": (TITLE, "\n".join(LINES), "en"),
    "unknown language": (TITLE, "\n".join(LINES), ""),
    "arabic": ("عودة العبارة", "عادت العبارة إلى هولم بعد أحد عشر شهرا. قال القبطان إن الرحلة قصيرة.", "ar"),
    "chinese": ("渡轮恢复通航", "渡轮在十一个月后恢复通航。船长说航程缩短了。", "zh"),
    "signs": ("*** (((", "[a-z]+ \\ $1 {{ 7 * 7 }} <b>\n\n\n…", "en"),
    "long": ("Long", "Ada Quay sails to Holm. " * 400, "en-GB"),
}


@pytest.mark.parametrize("find", ARTICLE_FACTS.values(), ids=ARTICLE_FACTS)
@pytest.mark.parametrize(("title", "text", "language"), SAMPLES.values(), ids=SAMPLES)
def test_a_fact_is_text_and_the_same_each_time(
    find: Callable[[Article, Body], str], title: str, text: str, language: str
):
    made, body = article("a", title, text, language=language), Body(text=text)
    fact = find(made, body)
    assert isinstance(fact, str)
    assert fact == fact.strip()
    assert find(made, body) == fact


@pytest.mark.parametrize("find", ARTICLE_FACTS.values(), ids=ARTICLE_FACTS)
def test_of_nothing_there_is_no_fact(find: Callable[[Article, Body], str]):
    assert find(article("a", ""), Body()) == ""
