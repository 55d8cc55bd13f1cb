"""The demo in a real browser, under a sub-path and from disk: nobody complains, and what is searched is found."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect, sync_playwright

from digest.cli import main
from digest.shell.server import serving
from digest.stages import shelves

HERE = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE = 15_000  # milliseconds
LEFT = "net::ERR_ABORTED"  # an icon that was still on its way when the test went on to the next page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no chromium here: apt-get install chromium"),
]


@pytest.fixture(scope="module", name="demo")
def _demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The demo's address while it is served, and its folder."""
    root = tmp_path_factory.mktemp("demo")
    shutil.copytree(HERE / "content", root / "content")
    with serving(root / "site", "/my-repo/", 0) as address:
        done = CliRunner().invoke(main, ["build", "--root", str(root), "--base-url", address])
        assert done.exit_code == 0, done.output
        yield address, root / "site"


MONTHS = [f"2026-{number:02}" for number in range(1, 9)]


@pytest.fixture(scope="module", name="months")
def _months(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site of eight months, the last of which is searched in two parts."""
    root = tmp_path_factory.mktemp("months")
    folder = root / "content" / "articles"
    folder.mkdir(parents=True)
    days = [f"{month}-10" for month in MONTHS] + ["2026-08-25"]
    for n, day in enumerate(days):
        text = f"The lighthouse of number{n} was painted on a day in {day[:7]}. Keeper{n} held the ladder."
        (folder / f"{day}.md").write_text(f"---\ntitle: Lighthouse {n}\ndate: {day}\n---\n\n{text}\n")
    with serving(root / "site", "/", 0) as address, pytest.MonkeyPatch.context() as patched:
        patched.setattr(shelves, "PART", 1)
        done = CliRunner().invoke(main, ["build", "--root", str(root), "--base-url", address])
        assert done.exit_code == 0, done.output
        yield address


@pytest.fixture(scope="module", name="browser")
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(name="page")
def _page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    page.close()


@pytest.fixture(name="complaints")
def _complaints(page: Page) -> list[str]:
    """What the browser has to say: messages, errors, requests that failed or were not found."""
    told: list[str] = []
    page.on("console", lambda message: told.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: told.append(f"error: {error}"))
    page.on(
        "requestfailed",
        lambda request: None if request.failure == LEFT else told.append(f"{request.failure}: {request.url}"),
    )
    page.on("response", lambda answer: told.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None)
    return told


def test_what_is_searched_is_found(page: Page, demo: tuple[str, Path], complaints: list[str]):
    address, _ = demo
    page.goto(address)
    page.get_by_role("searchbox").fill("ceasefire")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}search.html?q=ceasefire")
    first = page.locator("#results h3 a").first
    expect(first).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#status")).to_have_text(re.compile(r"^[1-9]\d* results? for “ceasefire”$"))
    expect(page.locator("#rule pre")).to_have_text('[[topic]]\nname = "ceasefire"\nquery = "ceasefire"')
    expect(page.locator("#rule p code")).to_have_text("content/topics.toml")
    title = first.inner_text()
    first.click()
    page.wait_for_url(re.compile(re.escape(address) + r"(story|article)/[a-z0-9-]+\.html"))
    expect(page.locator("h1")).to_have_text(title)
    assert complaints == []


def test_a_word_that_nothing_holds_finds_nothing(page: Page, demo: tuple[str, Path]):
    """Pagefind takes the longest beginning that it knows for a word that it does not."""
    page.goto(f"{demo[0]}search.html?q=xyzzyq")
    expect(page.locator("#status")).to_have_text("No results for “xyzzyq”")
    expect(page.locator("#results li")).to_have_count(0)
    expect(page.get_by_label("Language").locator("option")).to_have_text(["All"])


@pytest.mark.parametrize(
    "query", ["truce", "trêve", "treve", "truces", "cease-fire", "الهدنة", "truce midnight", "ferr"]
)
@pytest.mark.parametrize("order", ["", "desc"])
def test_a_word_is_found_without_its_accents_its_ending_or_its_end(page: Page, demo: tuple[str, Path], query, order):
    page.goto(f"{demo[0]}search.html?q={query}")
    expect(page.locator("#results h3").first).to_be_visible()
    page.get_by_label("Order").select_option(order)
    expect(page.locator("#results h3").first).to_be_visible()
    expect(page.locator("#status")).to_have_text(re.compile(r"^[1-9]\d* results? for "))


def test_what_narrows_a_search_stands_in_its_address(page: Page, demo: tuple[str, Path], complaints: list[str]):
    page.goto(f"{demo[0]}search.html?q=truce")
    expect(page.locator("#results h3").first).to_be_visible()
    everything = page.locator("#status").inner_text()
    page.get_by_label("Order").select_option("desc")
    page.get_by_label("Language").select_option("fr")
    expect(page.locator("#status")).not_to_have_text(everything)
    expect(page.locator("#results h3").first).to_be_visible()
    page.wait_for_url(f"{demo[0]}search.html?q=truce&language=fr&order=desc")
    status = page.locator("#status").inner_text()
    found = page.locator("#results h3").all_inner_texts()
    page.reload()
    expect(page.locator("#results h3")).to_have_text(found)
    expect(page.locator("#status")).to_have_text(status)
    expect(page.get_by_label("Language")).to_have_value("fr")
    expect(page.get_by_label("Order")).to_have_value("desc")
    assert complaints == []


def test_a_story_and_its_first_article_are_one_entry_of_a_search(
    page: Page, demo: tuple[str, Path], complaints: list[str]
):
    page.goto(f"{demo[0]}search.html?q=truce%20talks%20stall")
    entry = page.locator("#results li", has_text="Syria truce talks stall in Geneva").first
    expect(entry.locator(".meta")).to_contain_text("3 articles, 3 sources")
    expect(entry.locator(".meta")).to_contain_text("Cambria Post")
    titles = page.locator("#results h3").all_inner_texts()
    assert len(titles) == len(set(titles))
    assert complaints == []


def test_an_address_that_narrows_to_what_nobody_knows_finds_nothing(page: Page, demo: tuple[str, Path]):
    page.goto(f"{demo[0]}search.html?topic=Nobody%20knows&order=sideways")
    expect(page.locator("#status")).to_have_text("No results, as it is narrowed down")
    expect(page.locator("#by-topic")).to_have_value("Nobody knows")
    expect(page.get_by_label("Order")).to_have_value("")
    page.locator("#by-topic").select_option("")
    page.wait_for_url(f"{demo[0]}search.html")


def test_what_narrows_too_far_can_be_taken_away_at_once(page: Page, demo: tuple[str, Path]):
    page.goto(f"{demo[0]}search.html?q=ceasefire&language=ru")
    page.get_by_role("button", name="Search everything").click()
    expect(page.locator("#results h3").first).to_be_visible()
    page.wait_for_url(f"{demo[0]}search.html?q=ceasefire")
    expect(page.get_by_role("button", name="Search everything")).to_be_hidden()


@pytest.mark.parametrize(
    ("now", "told"), [("2026-11-23T17:00:00Z", "in progress"), ("2026-11-23T19:00:00Z", "overdue: nothing newer")]
)
def test_a_front_page_says_when_something_newer_is_overdue(page: Page, demo: tuple[str, Path], now: str, told: str):
    page.clock.set_fixed_time(now)
    page.goto(demo[0])
    expect(page.locator(".facts .new").first).to_contain_text(told)


def test_languages_are_offered_without_their_regions(page: Page, demo: tuple[str, Path]):
    page.goto(f"{demo[0]}search.html?q=truce")
    expect(page.locator("#results h3").first).to_be_visible()
    expect(page.get_by_label("Language").locator("option").nth(1)).to_be_attached()
    offered = page.get_by_label("Language").locator("option").all_inner_texts()
    assert [one for one in offered if "English" in one] == [one for one in offered if one.startswith("English (")]
    assert len(offered) == len({one.partition(" (")[0] for one in offered}) > 2


def test_a_story_of_one_article_is_found_once_and_no_excerpt_repeats_its_title(page: Page, demo: tuple[str, Path]):
    address, _ = demo
    page.goto(f"{address}search.html?q=ferry")
    expect(page.locator("#results li").first).to_be_visible(timeout=PATIENCE)
    titles = page.locator("#results h3").all_inner_texts()
    assert len(titles) == len(set(titles)) > 2
    told = zip(titles, page.locator("#results .dek").all_inner_texts(), strict=True)
    assert [title for title, excerpt in told if excerpt.startswith(title)] == []


def test_a_search_goes_back_by_months_as_far_as_it_has_to(page: Page, months: str, complaints: list[str]):
    titles = page.locator("#results h3")
    status, earlier = page.locator("#status"), page.get_by_role("button", name="Search earlier months")
    page.goto(f"{months}search.html?q=lighthouse")
    expect(status).to_have_text(re.compile(r"^\d+ results for “lighthouse”, 3 of 8 months$"))  # four parts
    page.get_by_label("Order").select_option("desc")
    expect(titles.first).to_have_text("Lighthouse 8")
    earlier.click()
    expect(status).to_have_text(re.compile(r", 7 of 8 months$"))
    page.get_by_label("Order").select_option("asc")
    expect(status).to_have_text(re.compile(r"^\d+ results for “lighthouse”$"))
    expect(titles.first).to_have_text("Lighthouse 0")
    expect(earlier).to_be_hidden()
    assert complaints == []


def test_what_only_an_old_month_holds_is_found(page: Page, months: str, complaints: list[str]):
    page.goto(f"{months}search.html?q=keeper0")
    expect(page.locator("#results h3").first).to_have_text("Lighthouse 0")
    expect(page.locator("#status")).to_have_text(re.compile(r"^\d results? for “keeper0”$"))
    assert complaints == []


def test_a_month_that_is_chosen_is_opened_with_all_its_parts(page: Page, months: str, complaints: list[str]):
    page.goto(f"{months}search.html?q=lighthouse")
    expect(page.locator("#results h3").first).to_be_visible()
    expect(page.get_by_label("Month").locator("option")).to_have_count(1 + len(MONTHS))
    choices = page.get_by_label("Month").locator("option").all_inner_texts()
    assert [choice.partition(" (")[0] for choice in choices[1:]] == [
        "August 2026", "July 2026", "June 2026", "May 2026", "April 2026", "March 2026", "February 2026", "January 2026",
    ]  # fmt: skip
    page.get_by_label("Month").select_option("2026-02")
    expect(page.locator("#results h3").first).to_have_text("Lighthouse 1")
    assert complaints == []


def test_keys_lead_through_the_front_page(page: Page, demo: tuple[str, Path], complaints: list[str]):
    page.goto(demo[0])
    titles = page.locator("main h3 a")
    page.keyboard.press("j")
    expect(titles.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(titles.nth(0)).not_to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("k")
    expect(titles.nth(0)).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    assert complaints == []


@pytest.mark.parametrize(("width", "is_open"), [(390, False), (1280, True)])
def test_what_is_long_is_behind_a_line_on_a_phone(page: Page, demo: tuple[str, Path], width: int, is_open: bool):
    address, _ = demo
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    more = page.locator("#more details")
    expect(more.locator("h3").last).to_be_visible(visible=is_open)
    expect(more.locator("summary")).to_be_visible(visible=not is_open)
    if not is_open:
        more.locator("summary").click()
        expect(more.locator("h3").last).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_the_screen(page: Page, demo: tuple[str, Path], complaints: list[str], width, scheme):
    address, site = demo
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    names = [
        next(iter(sorted(site.glob(kind)))) for kind in ("index.html", "story/*.html", "topic/*.html", "20*/*/*.html")
    ]
    for name in names:
        page.goto(address + name.relative_to(site).as_posix())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name.name
    assert complaints == []


def test_a_page_that_is_not_there_leads_home_from_any_depth(page: Page, demo: tuple[str, Path]):
    answer = page.goto(f"{demo[0]}story/not/here.html")
    assert answer
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text("There is no such page")
    page.locator("a.brand").click()
    page.wait_for_url(f"{demo[0]}index.html")


def test_from_disk_the_search_page_says_how_to_serve(page: Page, demo: tuple[str, Path]):
    site = demo[1]
    page.goto((site / "index.html").as_uri())
    expect(page.locator("main h3 a").first).to_be_visible()
    page.goto((site / "search.html").as_uri())
    expect(page.locator("#served")).to_contain_text("digest serve")
    expect(page.locator("#lists")).to_contain_text("Syria ceasefire")


def test_a_briefing_prints_on_two_sheets(page: Page, demo: tuple[str, Path]):
    address, _ = demo
    page.goto(address)
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 2
