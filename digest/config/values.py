"""What each setting may be: checks that give a value as `Config` holds it, or say in a ValueError what is wanted."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global

from digest.errors import unknown
from digest.languages import normal
from digest.text import slug

KINDS = ("wire", "national", "regional", "official", "ngo", "analysis", "blog")
DATE_ORDERS = ("DMY", "MDY", "YMD")
SHOWS = ("full", "extract")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HUES = 8  # colours that a topic may have: those of the style sheet, legible in both themes
ID_LENGTH = 64  # characters
NAME_LENGTH, PATH_LENGTH = 255, 1_000  # bytes: what disks take, with room for where the project itself lies
COUNTRIES = frozenset(get_global("territory_zones")) | {"EU", "UN", "XK"}  # ISO 3166-1, and what newsrooms add to it
VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")

_SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?<!\.)")
RESERVED_IDS = {"runs": "is where the runs of the fetcher are kept", "file": "stands for what came in no feed"}
_WINDOWS_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_MACHINE_ZONES = ("localtime", "posixrules", "Factory")  # another zone on another machine
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")

Check = Callable[[Any], object]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a text in quotes is wanted")
    if not value.strip():
        raise ValueError("it is blank: fill it in, or leave the line out")
    if _CONTROL.search(value):
        raise ValueError("it holds control characters: take them out")
    return value.strip()


def _line(value: object) -> str:
    return " ".join(_text(value).split())


def _contact(value: object) -> str:
    text = _line(value)
    if text and not re.fullmatch(r"[^@\s/]+@[^@\s/]+|https?://[^\s]+", text):
        raise ValueError("an e-mail address, or an address that begins with https:// or http://, is wanted")
    return text


def _path(value: object) -> str:
    text = _text(value)
    if len(text.encode()) > PATH_LENGTH or any(len(part.encode()) > NAME_LENGTH for part in text.split("/")):
        raise ValueError(f"its name is too long: {NAME_LENGTH} bytes a folder, {PATH_LENGTH} in all")
    return text


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false is wanted, without quotes")
    return value


def _number(low: float, high: float) -> Check:
    def check(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise ValueError(f"a number from {low:g} to {high:g} is wanted, without quotes")
        return float(value)

    return check


def _count(low: int, high: int) -> Check:
    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"a whole number from {low} to {high} is wanted, without quotes")
        return value

    return check


def _one_of(choices: tuple[str, ...]) -> Check:
    def check(value: object) -> str:
        if value not in choices:
            raise ValueError(f"one of {', '.join(choices)} is wanted, in quotes")
        return str(value)

    return check


def _many(check: Check) -> Check:
    def check_each(value: object) -> tuple[object, ...]:
        if not isinstance(value, list):
            raise ValueError('a list is wanted, as in ["one", "two"]')
        return tuple(map(check, value))

    return check_each


def _folders(value: object) -> object:
    if value == []:
        raise ValueError('a folder is wanted, as in ["articles"]: new articles are put into the first')
    return _many(_path)(value)


def _address(value: object) -> str:
    text = VARIABLE.sub("variable", _text(value))
    if "${" in text:
        raise ValueError("a variable is written ${NAME}: letters, digits and _")
    whole = str(value).strip()
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not (usable or VARIABLE.match(whole)) or re.search(r"\s", whole):
        raise ValueError("an address that begins with https:// or http:// is wanted")
    return whole


def may_stand(address: str) -> bool:
    """May an address that somebody else wrote stand in sources.toml: it can be asked, and names no variable of ours."""
    try:
        return "${" not in address and _address(address) == address
    except ValueError:
        return False


def base_address(value: object) -> str:
    """Where a site is served, with / at its end."""
    address = _address(value)
    if VARIABLE.search(address) or "?" in address or "#" in address or "@" in urlsplit(address).netloc:
        raise ValueError("a plain address is wanted, as in https://example.org/brief/")
    return address.rstrip("/") + "/"


def _private(value: object) -> str:
    text = _text(value)
    if not re.fullmatch(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s\[\]/:@]+)(?::\d{1,5})?", text):
        raise ValueError('a host is wanted, or host:port, as in "127.0.0.1:8000" or "[::1]:8000"')
    return text.lower()


def _zone(value: object) -> str:
    name = _text(value)
    try:
        usable = name not in _MACHINE_ZONES and ZoneInfo(name).key == name
    except (ValueError, OSError, LookupError):  # a folder of the zone database, an absolute path
        usable = False
    if not usable:
        raise ValueError(unknown("time zone", name, available_timezones()))
    return name


def _language(value: object) -> str:
    if not (tag := normal(_text(value))):
        raise ValueError('a language tag is wanted, as in "en" or "pt-BR"')
    return tag


def _country(value: object) -> str:
    code = _text(value).upper()
    if code not in COUNTRIES:
        current = " or ".join(f'"{c}"' for c in get_global("territory_aliases").get(code, ()))
        raise ValueError(f'unknown country "{code}": ' + (f"did you mean {current}?" if current else "see ISO 3166-1"))
    return code


def _minute(value: object) -> int:
    match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", value.strip()) if isinstance(value, str) else None
    if isinstance(value, time):
        return value.hour * 60 + value.minute
    if not match:
        raise ValueError('a time of day is wanted, as in "06:00"')
    return int(match[1]) * 60 + int(match[2])


def _weekdays(value: object) -> tuple[int, ...]:
    found: set[int] = set()
    for part in _text(value).lower().split(","):
        first, _, last = (day.strip() for day in part.partition("-"))
        if first not in DAYS or (last or first) not in DAYS:
            raise ValueError('days are wanted, as in "mon-fri" or "mon, wed, sat"')
        start = DAYS.index(first)
        found.update((start + n) % 7 for n in range((DAYS.index(last or first) - start) % 7 + 1))
    return tuple(sorted(found))


def _day(value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise ValueError('a day is wanted, as in "2026-11-23"') from None


def _id(value: object) -> str:
    text = _text(value)
    if not _SAFE_ID.fullmatch(text) or len(text) > ID_LENGTH or _WINDOWS_DEVICE.fullmatch(text):
        usable = slug(text, ID_LENGTH)
        better = "choose another id" if _WINDOWS_DEVICE.fullmatch(usable) else f'did you mean "{usable}"?'
        raise ValueError(f'"{text}" is no safe file name everywhere: {better}')
    if why := RESERVED_IDS.get(text.lower()):
        raise ValueError(f'"{text.lower()}" {why}: choose another id')
    return text


def _picture(value: object) -> str:
    name = _line(value)
    if not re.fullmatch(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\.(?:svg|png|webp|jpg)", name):
        raise ValueError('a picture under templates/static/ is wanted, as in "logo.svg" (or .png, .webp, .jpg)')
    return name


SETTINGS: Mapping[str, Mapping[str, Check]] = {
    "site": {
        "title": _line, "base_url": base_address, "language": _language, "timezone": _zone, "edition_at": _minute,
        "days": _weekdays, "contact": _contact, "index": _flag, "watch": _many(_line), "logo": _picture,
        "pages_for_days": _count(0, 36_500),
    },
    "articles": {"folders": _folders, "date_order": _one_of(DATE_ORDERS), "show": _one_of(SHOWS)},
    "feeds": {"show": _one_of(SHOWS)},
    "fetch": {
        "allow_private": _many(_private), "keep": _one_of(SHOWS), "timeout_seconds": _number(0.1, 600),
        "max_mebibytes": _number(0.001, 1024), "per_host": _count(1, 64),
    },
    "stories": {"window_hours": _number(1, 8760), "semantic": _flag},
}  # fmt: skip
FIELDS = {"edition_at": "edition_minute", "days": "weekdays", "folders": "article_folders"}  # where the names differ
SOURCE: Mapping[str, Check] = {
    "id": _id, "name": _line, "url": _address, "path": _path, "kind": _one_of(KINDS), "country": _country,
    "language": _language, "weight": _number(0, 2), "date_order": _one_of(DATE_ORDERS), "show": _one_of(SHOWS),
    "poll_minutes": _count(0, 525_600), "full_text": _flag, "publish": _flag,
}  # fmt: skip
TOPIC: Mapping[str, Check] = {
    "name": _line, "query": _text, "description": _line, "until": _day, "hue": _count(0, HUES - 1),
}  # fmt: skip
OVERRIDE: Mapping[str, Check] = {
    "article": _text, "story": _text, "topic": _line, "into": _text, "text": _line, "by": _line, "until": _day,
}  # fmt: skip
NEEDED = {"pin": (), "hide": (), "merge": ("into",), "split": (), "note": ("text",)}  # beside an article or a story
