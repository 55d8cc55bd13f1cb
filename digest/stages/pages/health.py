"""The health of sources in words. They change when something happens, not with every run: pages shall not churn."""

from datetime import datetime
from zoneinfo import ZoneInfo

from digest.display import day_medium, plural, remark, say
from digest.model import Archive, Health, Site, Source, SourceStatus

SILENT_DAYS = 7  # without a new item, until it is worth a word
DAYS_A_WEEK = 7


def health(source: Source, status: SourceStatus | None, known: Health | None, site: Site) -> str:
    """How a source answers, in a few sentences."""
    if status is None:
        return say(site, "No feed: its articles were saved by hand.")
    said = [_answered(status, known, site), _moved(source, known, site)]
    if known and status.status != "failed":
        said.append(_news(known, site))
    return " ".join(filter(None, said))


def trouble(archive: Archive, site: Site) -> dict[str, str]:
    """Source id → what is the matter with it, for those of which a reader should know."""
    found = {}
    statuses = {status.id: status for status in archive.statuses}
    for id, source in archive.sources.items():
        known, status = archive.health.get(id), statuses.get(id)
        if _is_in_trouble(source, known, site) if known else _failed(status):
            found[id] = health(source, status, known, site)
    return found


def _is_in_trouble(source: Source, known: Health, site: Site) -> bool:
    return known.failing_since is not None or bool(_moved(source, known, site)) or is_silent(known)


def _failed(status: SourceStatus | None) -> bool:
    """Could a recorded document not be read: of such a one no run tells."""
    return status is not None and status.status == "failed"


def is_silent(known: Health) -> bool:
    """Does it answer, but with nothing new for long."""
    return known.failing_since is None and known.days_silent >= SILENT_DAYS


def begun(known: Health) -> int:
    """When its trouble began."""
    if known.failing_since is not None:
        return known.failing_since
    return known.news_at if is_silent(known) and known.news_at is not None else known.first_at


def _answered(status: SourceStatus, known: Health | None, site: Site) -> str:
    if status.status == "empty":
        return say(site, "Answered, and its feed holds nothing.")
    if status.status != "failed":
        return say(site, "Answered.")
    reason = remark(site, status.reason) or status.reason
    if known is None or known.failing_since is None:
        return say(site, "Failing: {reason}.", reason=reason)
    since = _day(known.failing_since, site)
    if known.is_gone:
        what = say(site, "Gone since {day}: {reason}.", day=since, reason=reason)
    else:
        what = say(site, "Failing since {day}: {reason}.", day=since, reason=reason)
    if not known.success_at:
        return f"{what} {say(site, 'It has never answered.')}"
    return f"{what} {say(site, 'It answered last on {day}.', day=_day(known.success_at, site))}"


def _moved(source: Source, known: Health | None, site: Site) -> str:
    """Where it is to be found from now on, unless its address is private."""
    if not (known and known.moved_to and source.publish):
        return ""
    return say(site, "It has moved to {address}.", address=known.moved_to)


def _news(known: Health, site: Site) -> str:
    if is_silent(known):
        return say(site, "Nothing new since {day}.", day=_day(begun(known), site))
    if not known.items_a_day:
        return ""
    if known.items_a_day >= 1:
        return plural(site, round(known.items_a_day), "About {n} new item a day.", "About {n} new items a day.")
    a_week = max(1, round(known.items_a_day * DAYS_A_WEEK))
    return plural(site, a_week, "About {n} new item a week.", "About {n} new items a week.")


def _day(at: int, site: Site) -> str:
    return day_medium(f"{datetime.fromtimestamp(at, ZoneInfo(site.timezone)):%Y-%m-%d}", site.language)
