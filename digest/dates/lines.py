"""A line that holds a date, taken apart: its time by a row of `_CLOCKS`, its day by a row of `_DAYS`, and the rest."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from digest.dates.names import AFTER_DOT, LABELS, LINE_WEEKDAYS, MONTHS, ZONES
from digest.text import fold

EARLIEST, LATEST = 1990, 2100  # years: what lies beyond is a broken clock
CENTURY = 69  # two digits: a year of the 1900s from here on
LONGEST = 120  # characters: what is longer is no date
FARTHEST = timedelta(hours=14)  # from UTC


class Moment(NamedTuple):
    """A time and how precisely it is known: a day is its midnight in the zone, a month its first day's."""

    at: int  # epoch seconds UTC
    precision: Literal["second", "minute", "day", "month"]


class Clock(NamedTuple):
    """A time of day."""

    since_midnight: timedelta
    to_the_second: bool
    zone: tzinfo | None


class Line(NamedTuple):
    """A date line taken apart."""

    days: tuple[date, ...]  # the reading by the assumed order first; two: both orders make sense
    day_known: bool  # false: only the month is
    clock: Clock | None
    rest: str

    def moment(self, day: date, zone: tzinfo) -> Moment:
        """The moment that one of its days means; in `zone` where the line names none."""
        start = datetime(day.year, day.month, day.day)
        if self.clock is None or not self.day_known:
            return Moment(int(start.replace(tzinfo=zone).timestamp()), "day" if self.day_known else "month")
        local = (start + self.clock.since_midnight).replace(tzinfo=self.clock.zone or zone)
        return Moment(int(local.timestamp()), "second" if self.clock.to_the_second else "minute")

    @property
    def weekday(self) -> tuple[str, int]:
        """The weekday beside the date, as written, and its number (Monday 0); "" and -1 where there is none."""
        words = re.findall(r"[^\W\d_]+", self.rest)
        return next(((word, LINE_WEEKDAYS[fold(word)]) for word in words if fold(word) in LINE_WEEKDAYS), ("", -1))


_SIGNS = (
    r"\u0300-\u036f\u0900-\u0903\u093a-\u094d\u0981-\u0983\u09bc-\u09cd\u0bbe-\u0bcd\u0e31\u0e34-\u0e4e"  # of vowels
)
_WORD = rf"(?<![^\W\d_])(?P<name>(?:كانون|تشرين)\s\w+|(?:[^\W\d_]|[{_SIGNS}]){{2,}})"
_ZONE = (
    r"(?:\s*\(?(?:(?:Z|UTC|GMT)?\s?(?P<sign>[+\-−])(?P<oh>\d\d?):?(?P<om>\d\d)?(?![\d/.])"
    rf"|(?P<zone>(?-i:{'|'.join(ZONES)}))\b)\)?)?(?:\s*[\[(]?(?P<place>(?-i:[A-Z][A-Za-z]+/[A-Z][\w+/-]+))[\])]?)?"
)
_HALF = r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)"
_CLOCKS = [
    re.compile(row, re.IGNORECASE)
    for row in (
        rf"(?:(?<=\d)T|(?<![\d:.]))(?P<h>\d\d?):(?P<min>\d\d)(?::(?P<s>\d\d)(?:[.,]\d+)?)?(?!\d){_HALF}?(?:\s?Uhr\b)?{_ZONE}",
        rf"(?<=\d)T(?P<h>\d\d)(?:(?P<min>\d\d)(?:(?P<s>\d\d)(?:[.,]\d+)?)?)?(?!\d){_ZONE}",
        rf"(?<![\d:.])(?P<h>\d\d?)\s?[h時时시](?:\s?(?P<min>\d\d)(?!\d)[分분m]?)?(?![^\W\d_]){_ZONE}",
        rf"(?<![\d:.])(?P<h>\d\d?)(?:[.:](?P<min>\d\d))?{_HALF}{_ZONE}",
        rf"(?<![\d:.])(?P<h>\d\d?)(?:[.:](?P<min>\d\d))?\s?Uhr\b{_ZONE}",
        rf"\b(?:kl\.?|klo|um|ob|alle|ore|at)\s(?P<h>\d\d?)[.:](?P<min>\d\d)(?![\d.]){_ZONE}",
        r"(?<=\d{4})\W{1,3}(?P<h>\d\d)\.(?P<min>\d\d)(?![\d.])",
    )
]
_DAYS = [
    re.compile(row, re.IGNORECASE)
    for row in (
        r"(?<!\d)(?P<y>\d{4})(?P<sep>[-/.])\s?(?P<m>\d\d?)\s?(?P=sep)\s?(?P<d>\d\d?)(?!\d)",
        rf"(?<!\d)(?P<d>\d\d?)(?:st|nd|rd|th|er|[oa°]|(?P<dot>\.))?[\s/-]*(?:(?:de|of|d[’'])\s*)?{_WORD}(?:/(?P<twin>[^\W\d_]{{3,}}))?[.,،]?[\s/’'-]*"
        r"(?:(?:de|del|of)\s+)?(?P<y>\d{4}|\d\d)(?!\d)",
        rf"{_WORD}[.,]?[\s/-]*(?P<d>\d\d?)(?:st|nd|rd|th)?[\s,،/-]+(?P<y>\d{{4}})(?!\d)",
        rf"(?<!\d)(?P<y>\d{{4}})[\s,./-]+(?:m\.\s|gada\s)?(?:(?P<d_2>\d\d?)\.\s)?{_WORD}(?(d_2)|[\s,./-]+(?P<d>\d\d?))(?!\d)",
        r"(?<!\d)(?P<d>\d\d?)\s+tháng\s+(?P<m>\d\d?),?\s+(?:năm\s+)?(?P<y>\d{4})(?!\d)",
        r"(?<!\d)(?P<y>\d{4})\s?[年년]\s?(?P<m>\d\d?)\s?[月월](?:\s?(?P<d>\d\d?)\s?[日号일])?",
        r"(?<!\d)(?P<a>\d\d?)\s?(?P<sep>[-/.])\s?(?P<b>\d\d?)\s?(?P=sep)\s?(?P<c>\d{4}|\d\d)(?!\d)",
        r"(?<!\d)(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?!\d)",
        r"(?<!\d)(?P<y>\d{4})-?W(?P<week>\d\d)-?(?P<weekday>[1-7])(?!\d)",
        r"(?<!\d)(?P<y>\d{4})-(?P<nth>\d{3})(?!\d)",
        rf"{_WORD}\.?,?\s+(?:de\s+)?(?P<y>\d{{4}})(?!\d)",
        r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d\d?)(?!\d)",
        r"(?<!\d)(?P<m>\d\d?)[-/.](?P<y>\d{4})(?!\d)",
    )
]
_HALVES = {"오전": "am", "오후": "pm", "午前": "am", "午後": "pm", "上午": "am", "下午": "pm"}
_HALVES |= {"ص": "am", "صباحا": "am", "م": "pm", "مساء": "pm", "π.μ.": "am", "μ.μ.": "pm"}
_HALF_BEFORE = re.compile(
    r"(?P<half>오전|오후|午前|午後|上午|下午)\s?(?P<h>\d\d?)\s?[:時时点點시]\s?(?:(?P<min>\d\d)[分분]?)?"
)
_HALF_BEHIND = re.compile(r"(?P<clock>\d\d?:\d\d)\s?(?P<half>صباحا|مساء|[صم]|[πμ]\.μ\.)ً?(?!\w)")
_MIDNIGHT = re.compile(r"\b12(?::00)?\s?midnight\b", re.IGNORECASE)
_NOISE = re.compile(r"\sm=[+-][\d.]+$")  # of the clock that Go prints
_SHORT_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_BY_MACHINE = re.compile(  # as nearly all feeds have it
    r"(?:(\d{4})-(\d\d)-(\d\d)[T ]|(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),[ ])?(\d\d?)[ ]"
    rf"({'|'.join(_SHORT_MONTHS[at : at + 3] for at in range(0, 36, 3))})[ ](\d{{4}})[ ])"
    r"(\d\d):(\d\d):(\d\d)(?:[ ]?(Z|GMT|UTC)|[ ]?([+-])(\d\d):?(\d\d))?",
    re.ASCII,
)
_EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{10})\d{3}")  # seconds or milliseconds
_UNBROKEN = re.compile(r"(\d{8})(\d{4}(?:\d\d)?)")
_UPDATED = re.compile(
    r"^(.*?\d.*?)\W{1,5}(?:last\s)?(?:updated?|modified|edited|aktualisiert|mise? à jour|modifié|actualizado"
    r"|aggiornato|atualizado|обновлено)\b.*$",
    re.IGNORECASE,
)


def read_moment(text: str, *, zone: tzinfo = UTC, order: str = "DMY") -> Moment | None:
    """The moment that a text gives; a time without a zone is in `zone`, numbers stand in `order`."""
    if (machine := _BY_MACHINE.fullmatch(text)) and (moment := _by_machine(machine, zone)):
        return moment
    if stamp := _EPOCH.fullmatch(_plain(text)):
        at = int(stamp.group(1) or stamp.group(2))
        return Moment(at, "second") if EARLIEST <= datetime.fromtimestamp(at, UTC).year <= LATEST else None
    line = read_line(text, order)
    return line.moment(line.days[0], zone) if line else None


def _by_machine(found: re.Match[str], zone: tzinfo) -> Moment | None:
    """The moment in a form that needs no search; None where it is none."""
    year, month, day, other_day, name, other_year, hour, minute, second, ahead, sign, oh, om = found.groups()
    numbers = (int(year or other_year), int(month or _SHORT_MONTHS.index(name) // 3 + 1), int(day or other_day))
    try:
        local = datetime(*numbers, int(hour), int(minute), int(second))
    except ValueError:
        return None
    offset = timedelta(hours=int(oh or 0), minutes=int(om or 0))
    if not EARLIEST <= local.year <= LATEST or offset > FARTHEST:
        return None
    own = UTC if ahead else timezone(-offset if sign == "-" else offset) if sign else zone
    return Moment(int(local.replace(tzinfo=own).timestamp()), "second")


def is_date_line(line: str) -> bool:
    """Whether a line holds a date and nothing beside it but a weekday, a time and labels."""
    found = read_line(line, "DMY")
    known = LABELS | LINE_WEEKDAYS.keys() | {zone.lower() for zone in ZONES}
    return found is not None and known.issuperset(re.findall(r"[^\W\d_]+", fold(found.rest)))


def read_line(text: str, order: str) -> Line | None:
    """The line taken apart; None without a date, and where numbers are left over."""
    line = _western(_plain(text))
    line = _UNBROKEN.sub(r"\1T\2", line) if _UNBROKEN.fullmatch(line) else _UPDATED.sub(r"\1", line)
    clock = None
    for pattern in _CLOCKS:
        if found := pattern.search(line):
            clock = _clock(found)
            line = pattern.sub(" ", line)
            break
    for found in (found for pattern in _DAYS for found in pattern.finditer(line)):
        part = found.groupdict("")
        days = _days(part, order)
        if days is not None:
            rest = f"{line[: found.start()]} {line[found.end() :]}"
            day_known = any(part.get(name) for name in ("d", "d_2", "a", "week", "nth"))
            return Line(days, day_known, clock, rest) if days and not re.search(r"\d", rest) else None
    return None


def _plain(text: str) -> str:
    """The text with Western digits and without invisible characters; nothing where it is too long for a date."""
    if len(text) > LONGEST:
        return ""
    seen = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in seen).strip()


def _western(line: str) -> str:
    """The line with halves of the day as English writes them, and without what programs add for themselves."""
    line = _HALF_BEFORE.sub(lambda found: f"{found['h']}:{found['min'] or '00'} {_HALVES[found['half']]}", line)
    line = _HALF_BEHIND.sub(lambda found: f"{found['clock']} {_HALVES[found['half']]}", line)
    return _NOISE.sub("", _MIDNIGHT.sub("00:00", line))


def _clock(found: re.Match[str]) -> Clock | None:
    """The time of day that was found; None where there is no such time or offset."""
    part = found.groupdict("")
    hour, minute, second = (int(part.get(name) or 0) for name in ("h", "min", "s"))
    half = part.get("half", "").lower()
    since_midnight = timedelta(hours=hour % 12 + 12 * (half == "p") if half else hour, minutes=minute, seconds=second)
    if minute > 59 or second > 60 or since_midnight > timedelta(days=1) or (half and hour > 12):
        return None
    zone: tzinfo | None = None
    if place := part.get("place"):
        zone = _place(place)
    if name := part.get("zone"):
        ahead = ZONES[name]
        zone = ZoneInfo(ahead) if isinstance(ahead, str) else timezone(timedelta(hours=ahead))
    elif sign := part.get("sign"):
        offset = timedelta(hours=int(part["oh"]), minutes=int(part["om"] or 0))
        if offset > FARTHEST:
            return None
        zone = timezone(offset if sign == "+" else -offset)
    return Clock(since_midnight, bool(part.get("s")), zone)


def _place(name: str) -> ZoneInfo | None:
    """The zone of a place, as "Europe/Berlin"; None where the table of zones knows no such place."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: a continent's folder
        return None


def _days(part: dict[str, str], order: str) -> tuple[date, ...] | None:
    """The days that a match can mean, the assumed order first; () where there is no such day, None for no date."""
    if "a" in part:
        return _numeric(part["a"], part["b"], part["c"], order)
    known = {**MONTHS, **AFTER_DOT} if part.get("dot") else MONTHS
    month = known.get(fold(part["name"]), -1) + 1 if "name" in part else int(part.get("m", 1))
    if "name" in part and not month:
        return None
    if part.get("twin") and MONTHS.get(fold(part["twin"])) != month - 1:  # two names of one month stand side by side
        return ()
    year = _year(part["y"])
    try:
        if "week" in part:
            day = date.fromisocalendar(year, int(part["week"]), int(part["weekday"]))
        elif "nth" in part:
            day = date(year, 1, 1) + timedelta(days=int(part["nth"]) - 1)
        else:
            day = date(year, month, int(part.get("d") or part.get("d_2") or 1))
    except ValueError:
        return ()
    return (day,) if EARLIEST <= day.year <= LATEST else ()


def _numeric(a: str, b: str, c: str, order: str) -> tuple[date, ...]:
    """The days that three numbers can mean: the assumed order first, then the other one of day and month."""
    readings = [(c, b, a), (c, a, b)] if order != "MDY" else [(c, a, b), (c, b, a)]
    if order == "YMD" and len(c) == 2:
        readings = [(a, b, c)]
    days = []
    for year, month, day in readings:
        try:
            days.append(date(_year(year), int(month), int(day)))
        except ValueError:
            continue
    return tuple(dict.fromkeys(day for day in days if EARLIEST <= day.year <= LATEST))


def _year(digits: str) -> int:
    """The year that two or four digits mean."""
    year = int(digits)
    return year if len(digits) > 2 else year + (1900 if year >= CENTURY else 2000)
