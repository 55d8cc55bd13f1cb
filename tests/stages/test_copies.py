from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from digest.model import CopyGroup, Placed
from digest.stages.copies import find_copies
from tests.stages.build import EVENTS, Item, at, item, logs

FERRY = EVENTS[0]
REPORT = "\n".join(FERRY[1:])
PUMPS = "\n".join(EVENTS[1][1:])


def groups(*items: Item, settled: dict[str, Placed] | None = None) -> list[str]:
    """Each group as "lead copy copy"."""
    return [" ".join((group.lead_id, *group.copy_ids)) for group in find_copies(items, settled)]


def test_the_first_seen_leads_its_copies():
    first = item("wire", FERRY[0], REPORT)
    again = item("gazette", "A headline of their own", REPORT)
    other = item("pumps", EVENTS[1][0], PUMPS)
    assert groups(first, other, again) == ["wire gazette", "pumps"]


def test_a_copy_may_be_cut():
    cut = "\n".join(FERRY[1:4])
    assert groups(item("wire", FERRY[0], REPORT), item("cut", FERRY[0], cut)) == ["wire cut"]
    assert groups(item("cut", FERRY[0], cut), item("wire", FERRY[0], REPORT)) == ["cut wire"]


def test_a_copy_may_have_a_paragraph_added():
    own = f"{REPORT}\nOur reporter paid four crowns for coffee on board and got back no change."
    assert groups(item("wire", FERRY[0], REPORT), item("own", FERRY[0], own)) == ["wire own"]


def test_the_same_news_in_other_words_is_no_copy():
    other = "Forty lorries crossed Skerry Sound on Monday, the first in eleven months, to the sound of a brass band."
    assert groups(item("a", FERRY[0], FERRY[1]), item("b", FERRY[0], other)) == ["a", "b"]


def test_one_sentence_quoted_is_no_copy():
    quoting = f"{PUMPS}\n{FERRY[2]}"
    assert groups(item("a", FERRY[0], REPORT), item("b", EVENTS[1][0], quoting)) == ["a", "b"]


def test_short_texts_are_copies_only_where_they_are_equal():
    short = "The harbour is closed until Friday noon."
    assert groups(item("a", "Harbour", short), item("b", "Notice", short.upper())) == ["a b"]
    assert groups(item("a", "Harbour", short), item("b", "Notice", short.replace("Friday", "Sunday"))) == ["a", "b"]


def test_titles_alone_are_no_text_to_copy():
    assert groups(item("a", "Live: the frost"), item("b", "Live: the frost")) == ["a", "b"]


def test_at_one_address_a_blurb_is_contained_in_the_article():
    key = "https://gazette.example.org/ferry"
    blurb = item("blurb", FERRY[0], "", key=key)
    whole = item("whole", FERRY[0], REPORT, key=key)
    assert groups(whole, blurb) == ["whole blurb"]
    assert groups(whole, replace_key(blurb, "https://gazette.example.org/frost")) == ["whole", "blurb"]


def replace_key(one: Item, key: str) -> Item:
    return replace(one[0], key=key), one[1]


def test_an_address_may_be_used_again_for_another_text():
    key = "https://gazette.example.org/today"
    assert groups(item("a", FERRY[0], REPORT, key=key), item("b", EVENTS[1][0], PUMPS, key=key)) == ["a", "b"]


def test_after_two_weeks_it_is_printed_anew():
    early, late, later = (item(day, FERRY[0], REPORT, f"2026-{day} 12:00") for day in ("11-01", "11-20", "11-21"))
    assert groups(early, late, later) == ["11-01", "11-20 11-21"]
    notice = "The harbour is closed until Friday noon."
    notices = (item(day, "Harbour", notice, f"2026-{day} 12:00") for day in ("11-01", "11-20", "11-21"))
    assert groups(*notices) == ["11-01", "11-20 11-21"]


def test_undated_texts_are_compared_too():
    assert groups(item("a", FERRY[0], REPORT, ""), item("b", FERRY[0], REPORT)) == ["a b"]


def test_what_is_published_stands_whatever_the_texts():
    lead, other = item("a", FERRY[0], REPORT), item("b", EVENTS[1][0], PUMPS)
    copy = item("c", FERRY[0], REPORT)
    behind = {"a": Placed(id="a", story_id="a"), "b": Placed(id="b", story_id="a", of="a")}
    assert groups(lead, other, copy, settled=behind) == ["a b c"]
    assert groups(lead, copy, settled={"c": Placed(id="c", story_id="c")}) == ["a", "c"]


def test_a_published_copy_stands_behind_its_lead_though_that_comes_later():
    """Other settings can move an article file without `seen` behind an item that it led."""
    copy, lead = item("b", FERRY[0], REPORT), item("a", EVENTS[1][0], PUMPS)
    placed = {"a": Placed(id="a", story_id="a"), "b": Placed(id="b", story_id="a", of="a")}
    assert groups(copy, lead, settled=placed) == ["a b"]


def test_a_published_copy_whose_lead_is_gone_leads():
    first, second = item("b", FERRY[0], REPORT), item("c", FERRY[0], REPORT)
    placed = {id: Placed(id=id, story_id="a", of="a") for id in "bc"}
    assert groups(first, second, settled=placed) == ["b c"]


@given(logs(undated=True), st.data())
def test_what_comes_later_changes_no_group(items: list[Item], data: st.DataObject):
    cut = data.draw(st.integers(0, len(items)))
    known = {article.id for article, _ in items[:cut]}
    whole = [restricted(group, known) for group in find_copies(items) if group.lead_id in known]
    assert find_copies(items[:cut]) == whole


def restricted(group: CopyGroup, known: set[str]) -> CopyGroup:
    return replace(group, copy_ids=tuple(id for id in group.copy_ids if id in known))


@given(logs(undated=True))
def test_every_article_stands_in_one_group(items: list[Item]):
    ids = [id for group in find_copies(items) for id in (group.lead_id, *group.copy_ids)]
    assert sorted(ids) == sorted(article.id for article, _ in items)


@given(logs(), logs())
def test_what_is_published_stands_whatever_comes_with_it(items: list[Item], more: list[Item]):
    published = find_copies(items)
    placed = {group.lead_id: Placed(id=group.lead_id, story_id="") for group in published}
    placed |= {id: Placed(id=id, story_id="", of=group.lead_id) for group in published for id in group.copy_ids}
    late = [(replace(article, id=f"late-{article.id}"), signature) for article, signature in more]
    again = find_copies([*reversed(items), *late], placed)
    lead_of = {id: group.lead_id for group in again for id in (group.lead_id, *group.copy_ids)}
    assert {id: lead_of[id] for id in placed} == {id: one.of or id for id, one in placed.items()}


def test_the_times_are_those_of_the_log():
    assert at("1970-01-02 00:00") == 86_400


def prose(seed: str, count: int) -> str:
    """So many different words."""
    return " ".join(f"{seed}{at}" for at in range(count))


def test_what_a_site_repeats_at_the_end_of_its_pages_makes_no_copies():
    captions = prose("caption", 500)
    one = item("one", "The pilots", f"{prose('pilot', 260)} {captions}")
    two = item("two", "The bakers", f"{prose('baker', 240)} {captions}")
    assert groups(one, two) == ["one", "two"]


def test_a_copy_may_have_lost_its_opening_or_got_another():
    text = prose("ferry", 300)
    whole = item("whole", "The ferry", text)
    tail = item("tail", "Ferry notes", text.partition("ferry120 ")[2])
    topped = item("topped", "Our own start", f"{prose('own', 60)} {text}")
    assert groups(whole, tail, topped) == ["whole tail topped"]


def test_a_copy_of_a_copy_stands_under_the_first_text():
    text = prose("ferry", 300)
    trimmed = item("trimmed", "Short", text.partition("ferry170 ")[0])
    shorter = item("shorter", "Shorter", f"{prose('own', 120)} {text.partition('ferry120 ')[0]}")
    assert groups(item("whole", "The ferry", text), trimmed, shorter) == ["whole trimmed shorter"]


def furnished(id: str, text: str, furniture: str, source: str = "gazette") -> Item:
    """A page of a site: a text with what stands under all texts there."""
    return item(id, id.title(), f"{text}\n{furniture}", source_id=source)


FURNITURE = prose("newsletter", 120)  # as long as a short report


def test_what_a_site_repeats_is_learnt_from_its_pages():
    pages = [furnished(name, prose(name, 80), FURNITURE) for name in ("pilots", "bakers", "divers", "judges")]
    assert groups(*pages) == ["pilots", "bakers", "divers", "judges"]


def test_a_copy_between_two_sites_is_seen_through_the_furniture_of_both():
    ours, theirs = FURNITURE, prose("captions", 160)
    before = [
        furnished(f"{site}{n}", prose(f"{site}{n}x", 90), below, site)
        for site, below in (("gazette", ours), ("courrier", theirs))
        for n in range(3)
    ]
    text = prose("ferry", 90)
    copied = [furnished("first", text, ours, "gazette"), furnished("second", text, theirs, "courrier")]
    assert groups(*before, *copied)[-1] == "first second"


def test_a_copy_in_another_outlet_may_begin_with_much_of_its_own():
    wire = item("wire", "The ferry", prose("ferry", 100), source_id="wire")
    own = item("own", "Island notes", f"{prose('own', 400)} {prose('ferry', 100)}")
    assert groups(wire, own) == ["wire own"]


def test_a_page_of_briefs_makes_no_copies_of_them():
    ferry, frost, pumps = (prose(name, 80) for name in ("ferry", "frost", "pumps"))
    page = item("page", "In brief", f"{ferry}\n{frost}\n{pumps}", source_id="gazette")
    briefs = [item(name, name, text, source_id="wire") for name, text in (("frost", frost), ("pumps", pumps))]
    assert groups(item("ferry", "ferry", ferry, source_id="wire"), page, *briefs) == ["ferry page", "frost", "pumps"]


def test_two_merged_texts_stand_with_the_one_that_gives_more():
    ferry, frost = prose("ferry", 120), prose("frost", 60)
    merged = item("merged", "Ferry and frost", f"{frost}\n{ferry}")
    one, two = (item(name, name, text, source_id="wire") for name, text in (("ferry", ferry), ("frost", frost)))
    assert groups(two, one, merged) == ["frost", "ferry merged"]


def test_one_address_in_two_sources_is_no_version():
    key = "https://gazette.example.org/ferry"
    blurb = item("blurb", FERRY[0], "", key=key, source_id="courrier")
    assert groups(item("whole", FERRY[0], REPORT, key=key), blurb) == ["whole", "blurb"]


def test_texts_without_blanks_are_compared_too():
    text = "大桥周一清晨重新开放四十辆卡车和一支铜管乐队率先通过船长说航程只需五十分钟比旧船快九分钟岛民等了十一个月"
    cut, other = (
        text[:40],
        "一场晚霜冻死了果园里三分之一的蜂群养蜂人发现蜂巢里满是蜂蜜和冻僵的蜜蜂保险公司拒绝赔付合同只写冰雹和火灾",
    )
    assert groups(item("a", "桥", text, language="zh"), item("b", "桥", cut, language="zh"),
                  item("c", "霜", other, language="zh")) == ["a b", "c"]  # fmt: skip
