from collections import defaultdict
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.dates import Moment, Reading, is_date_line, names, read_bare_date, read_moment
from digest.dates.names import MONTHS
from digest.text import fold

SEED = Path(__file__).resolve().parents[2] / "shared/seeds/clipping-2016-05-03.txt"


def shown(moment: Moment | None) -> str:
    """The moment as ISO 8601 writes it, as long as it is precise; "-" for none."""
    if moment is None:
        return "-"
    length = {"second": 19, "minute": 16, "day": 10, "month": 7}[moment.precision]
    return datetime.fromtimestamp(moment.at, UTC).isoformat()[:length]


ISO = """
2026-11-23                            2026-11-23
2026-11                               2026-11
20261123                              2026-11-23
20261123T0530Z                        2026-11-23T05:30
20261123T053000Z                      2026-11-23T05:30:00
20261123053000                        2026-11-23T05:30:00
2026-11-23 05:30                      2026-11-23T05:30
2026-11-23T05:30Z                     2026-11-23T05:30
2026-11-23T05:30:15+02:00             2026-11-23T03:30:15
2026-11-23T05:30:15.123456789-0330    2026-11-23T09:00:15
2026-11-23T05:30:15 +0000 UTC         2026-11-23T05:30:15
2026-11-23T24:00:00Z                  2026-11-24T00:00:00
2026-11-23T23:59:60Z                  2026-11-24T00:00:00
2026-11-23T05:30:15+14:00             2026-11-22T15:30:15
2026-11-23T05:30:15+26:00             2026-11-23
2026-11-23T25:30:15Z                  2026-11-23
2026-W48-1                            2026-11-23
2026-327                              2026-11-23
2026/11/23                            2026-11-23
2026.11.23 05:30                      2026-11-23T05:30
"""
MAIL = """
Wed, 02 Oct 2002 15:00:00 +0200       2002-10-02T13:00:00
Wed, 02 Oct 2002 15:00:00 CEST        2002-10-02T13:00:00
Wed, 02 Oct 2002 15:00:00 BST         2002-10-02T14:00:00
Wed, 02 Oct 2002 15:00:00 EST         2002-10-02T20:00:00
Wed, 02 Oct 2002 15:00:00 MSK         2002-10-02T12:00:00
Wed, 02 Oct 2002 15:00:00 IST         2002-10-02T09:30:00
Wed, 02 Oct 2002 15:00:00 GMT         2002-10-02T15:00:00
Wed, 02 Oct 2002 15:00:00 Z           2002-10-02T15:00:00
Wed, 02 Oct 2002 15:00 -0400 (EDT)    2002-10-02T19:00
02 Oct 02 15:00 PDT                   2002-10-02T22:00
01 May 24                             2024-05-01
Mon, 20 Jan 2025 10:00:00 GMT-0500    2025-01-20T15:00:00
Tue May  3 14:05:00 2016              2016-05-03T14:05:00
Tue May 03 14:05:00 +0000 2016        2016-05-03T14:05:00
1714557600                            2024-05-01T10:00:00
1714557600.25                         2024-05-01T10:00:00
1714557600123                         2024-05-01T10:00:00
"""
WORDS = """
3 May 2016                            2016-05-03
3rd of May, 2016                      2016-05-03
3-May-2016                            2016-05-03
May 3, 2016                           2016-05-03
May 3rd 2016                          2016-05-03
2016 May 3                            2016-05-03
May 2016                              2016-05
Sept. 3, 2016                         2016-09-03
Tuesday, May 3, 2016 14:05            2016-05-03T14:05
Tuesday, May 3, 2016 at 2:05 PM ET    2016-05-03T18:05
June 1, 2025 at 5pm                   2025-06-01T17:00
June 1, 2025, 12:00 a.m.              2025-06-01T00:00
10:30 PM - 3 May 2016                 2016-05-03T22:30
3. Mai 2016                           2016-05-03
Dienstag, 3. März 2016, 14.05 Uhr     2016-03-03T14:05
3. Jänner 2016                        2016-01-03
mardi 3 août 2016 à 14h05             2016-08-03T14:05
1er déc. 2016                         2016-12-01
3 de mayo de 2016                     2016-05-03
martes, 3 de setiembre del 2016       2016-09-03
3 maggio 2016                         2016-05-03
3 de março de 2016                    2016-03-03
3 mei 2016                            2016-05-03
3 мая 2016 г.                         2016-05-03
Вс, 01 июн 2025 12:00:00              2025-06-01T12:00:00
3 травня 2016                         2016-05-03
3 Mayıs 2016 Salı                     2016-05-03
3 Ağustos 2016                        2016-08-03
3 مايو 2016                           2016-05-03
الثلاثاء ٣ أيار ٢٠١٦                  2016-05-03
3 كانون الثاني 2016                   2016-01-03
3 تشرين الأول 2016                    2016-10-03
2016年5月3日                          2016-05-03
2016年5月3日 14時05分                 2016-05-03T14:05
2016년 5월 3일                        2016-05-03
2016年5月                             2016-05
"""
NUMBERS = """
03/05/2016                            2016-05-03
3.5.2016                              2016-05-03
03-05-16                              2016-05-03
3. 5. 2016                            2016-05-03
03.05.2016 14:05                      2016-05-03T14:05
03.05.2016 14.05                      2016-05-03T14:05
13/06/2025                            2025-06-13
06/13/2025                            2025-06-13
05/2016                               2016-05
٢٠٢٥-٠٦-٠١                            2025-06-01
Published: 03/05/2016 | Updated 04/05/2016    2016-05-03
Last updated: 3 May 2016 14:05        2016-05-03T14:05
"""
NO_DATES = """
2025-13-01
2025-02-30T00:00:00Z
2025-00-00
0000-00-00 00:00:00
31 February 2016
3 May
May 3
14:05
2016
yesterday
null
0
-1
NaN
99999999999999999999
Wed, 31 Dec 1969 23:59:59 GMT
Sat, 01 Jan 10000 00:00:00 GMT
Mon, 01 Jan 0001 00:00:00 GMT
01 Jun 69 12:00 GMT
2101-01-01
3 May 2016, 12 comments
2025-06-012025-06-012025-06-01
"""


def rows(*tables: str) -> list[list[str]]:
    return [line.rsplit(maxsplit=1) for table in tables for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "moment"), rows(ISO, MAIL, WORDS, NUMBERS))
def test_a_date_is_read_as_precisely_as_it_is_written(text: str, moment: str):
    assert shown(read_moment(text)) == moment


@pytest.mark.parametrize("text", NO_DATES.strip().splitlines())
def test_what_is_no_whole_date_is_none(text: str):
    assert read_moment(text) is None


@pytest.mark.parametrize(
    ("text", "order", "moment"),
    [
        ("03/05/2016", "MDY", "2016-03-05"),
        ("13/05/2016", "MDY", "2016-05-13"),
        ("16/05/03", "YMD", "2016-05-03"),
        ("03/05/2016", "YMD", "2016-05-03"),
        ("2016-05-03", "MDY", "2016-05-03"),
        ("03/05/2016", "", "2016-05-03"),
    ],
)
def test_numbers_stand_in_the_order_asked_for(text: str, order: str, moment: str):
    assert shown(read_moment(text, order=order)) == moment


def test_what_names_no_zone_is_in_the_zone_given():
    berlin = ZoneInfo("Europe/Berlin")
    assert shown(read_moment("2016-05-03 14:05", zone=berlin)) == "2016-05-03T12:05"
    assert shown(read_moment("2016-12-03 14:05", zone=berlin)) == "2016-12-03T13:05"
    assert shown(read_moment("2016-05-03 14:05 GMT", zone=berlin)) == "2016-05-03T14:05"
    midnight = datetime(2016, 5, 3, tzinfo=berlin)
    assert read_moment("3 May 2016", zone=berlin) == Moment(int(midnight.timestamp()), "day")


@pytest.mark.parametrize(
    "line",
    [
        "03/05/2016",
        "**3 May 2016**",
        "Tuesday, May 3, 2016",
        "Published: 03/05/2016",
        "Date 2016-05-03",
        "Published on 3 May 2016 at 14:05 CEST",
        "Updated 14:05, 3 May 2016",
        "3 May 2016 14:05 (Updated 15:10)",
        "Veröffentlicht am 3. Mai 2016 um 14:05 Uhr",
        "Publié le 3 mai 2016 à 14h05",
        "2016年5月3日(火)",
    ],
)
def test_a_date_line_holds_nothing_but_its_date(line: str):
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "3 May 2016 was a good day for the port",
        "On 3 May 2016 the two sides met.",
        "PORT ELLA, 3 May 2016",
        "1714557600",
        "14:05",
        "In May 2016",
        "3 May",
    ],
)
def test_a_sentence_is_no_date_line(line: str):
    assert not is_date_line(line)


def bare(line: str, text: str, order: str = "DMY") -> tuple[str, ...]:
    moment, flaws = read_bare_date(line, text, order=order)
    return (shown(moment), *flaws)


AGREEING = [  # the date line 03/05/2016, text, what in it speaks for 3 May
    ("In April, the talks were stalled. On Saturday …", "In April"),
    ("In March 2016 it began.", "In March 2016"),
    ("Die Gespräche ruhten seit April.", "seit April"),
    ("En avril, rien.", "En avril"),
    ("Desde abril, nada.", "Desde abril"),
    ("It holds until September.", "until September"),
    ("PORT ELLA, May 3 (Agency) – In February …", "May 3"),
    ("Since 28 April it rains.", "28 April"),
    ("Am 3. Mai 2016 regnete es.", "3. Mai 2016"),
    ("3 мая министр сказал", "3 мая"),
    ("Today (Tuesday) in January …", "Today (Tuesday)"),
    ("PORT ELLA, Tuesday (Agency)", "PORT ELLA, Tuesday"),
    ("He spoke this Tuesday morning.", "this Tuesday morning"),
]
CONTRADICTING = [  # date line, text, what in it speaks for 5 March or, on the last line, 12 March
    ("03/05/2016", "In November it began.", "In November"),
    ("03/05/2016", "On 2 March the army said: in April.", "2 March"),
    ("03/05/2016", "On 5 March 2016 it rained.", "5 March 2016"),
    ("03/05/2016", "They met on Saturday 03/05/2016.", "Saturday 03/05/2016"),
    ("03/05/2016", "Sie trafen sich heute, Samstag, wieder.", "heute, Samstag"),
    ("03/12/2016", "It began in February.", "in February"),
]
SILENT = [
    "",
    "On Saturday they may march on; in all, 3 may stay.",
    "It began in April 2011, or on 15 March 2011.",
]


@pytest.mark.parametrize(("text", "words"), AGREEING)
def test_the_text_agrees_with_the_assumed_order(text: str, words: str):
    assert bare("03/05/2016", text) == ("2016-05-03", f"day-first assumed; the text's '{words}' agrees")


@pytest.mark.parametrize(("line", "text", "words"), CONTRADICTING)
def test_the_text_decides_against_the_assumed_order(line: str, text: str, words: str):
    day = "2016-03-12" if "12" in line else "2016-03-05"
    assert bare(line, text) == (day, f"month-first taken: the text's '{words}' contradicts day-first")


@pytest.mark.parametrize("text", SILENT)
def test_the_assumed_order_holds_where_the_text_is_silent(text: str):
    assert bare("03/05/2016", text) == ("2016-05-03", "day-first assumed: nothing in the text decides")


def test_the_assumed_order_holds_where_the_text_does_not_decide():
    neither = "day-first assumed; the text's 'In August' agrees with neither order"
    assert bare("03/05/2016", "In August they left.") == ("2016-05-03", neither)
    both = "day-first assumed; the text's 'In April' agrees, 'in November' does not"
    assert bare("03/05/2016", "In April it held, in November not.") == ("2016-05-03", both)


def test_the_weekday_on_the_line_goes_before_the_text():
    taken = "month-first taken: the line's 'Saturday' contradicts day-first"
    assert bare("Saturday 03/05/2016", "In April …") == ("2016-03-05", taken)
    assert bare("Tuesday, 03/05/2016", "5 March") == ("2016-05-03", "day-first assumed; the line's 'Tuesday' agrees")
    neither = "day-first assumed; the line's 'Sunday' agrees with neither order"
    assert bare("Sunday 03/05/2016", "") == ("2016-05-03", neither)


def test_the_assumption_can_be_month_first():
    assert bare("03/05/2016", "", "MDY") == ("2016-03-05", "month-first assumed: nothing in the text decides")
    flaw = "day-first taken: the text's 'In April' contradicts month-first"
    assert bare("03/05/2016", "In April …", "MDY") == ("2016-05-03", flaw)


def test_a_date_that_can_be_read_in_one_way_has_no_flaw():
    assert bare("13/05/2016", "In February …") == ("2016-05-13",)
    assert bare("05/05/2016", "") == ("2016-05-05",)
    assert bare("Tuesday 3 May 2016 14:05", "") == ("2016-05-03T14:05",)
    assert bare("no date at all", "In February …") == ("-",)


def test_a_weekday_that_is_another_day_is_flagged():
    assert bare("Monday, 3 May 2016", "") == ("2016-05-03", "the line's 'Monday' contradicts 2016-05-03")


@pytest.mark.skipif(not SEED.exists(), reason="the real clipping does not lie beside this checkout")
def test_the_real_clipping():
    title, line, *text = SEED.read_text("utf-8").split("\n\n")
    reading = read_bare_date("03/05/2016", "\n".join([title, line, *text]))
    assert reading.moment is not None
    assert shown(reading.moment) == "2016-05-03"
    assert reading.flaws == ("day-first assumed; the text's 'In April' agrees",)


FRAGMENTS = st.sampled_from(
    [
        *"0123456789 /-.:,TZ()+",
        "03",
        "2016",
        "May",
        "Mai",
        "Mon",
        "am",
        "PM",
        "Uhr",
        "CEST",
        "年",
        "月",
        "٣",
        "in ",
        "오후",
        "م",
        "Europe/Berlin",
        "/",
        "tháng",
        "12 midnight",
        " gada ",
    ]
)


NASTY = """
2016-05-03T12:05     2016-05-03 14:05 Europe/Berlin
2016-12-03T13:05     2016-12-03 14:05 Europe/Berlin
2016-05-03T12:05:00  2016-05-03T14:05:00+02:00[Europe/Berlin]
2016-05-03T08:35:00  2016-05-03T14:05:00[Asia/Kolkata]
2016-05-03T11:05     3 May 2016, 14:05 (Asia/Damascus)
2016-05-03T18:05     May 3, 2016 2:05 PM America/New_York
2016-05-03T17:05     May 3, 2016 2:05 PM America/Argentina/Buenos_Aires
2016-05-03T11:05     2016-05-03 14:05 Etc/GMT-3
2016-05-03T14:05     2016-05-03 14:05 Nowhere/Atall
2016-05-03T14:05     2016-05-03 14:05 America/Argentina
2016-05-03T12:05:00  Tue, 03 May 2016 14:05:00 +0200
2016-05-03T12:05:00  Tue, 03 May 2016 14:05:00 CEST
2016-05-03T13:05:00  Tue, 03 May 2016 14:05:00 BST
2016-05-04T00:00:00  Tue, 3 May 2016 24:00:00 GMT
2016-05-03T14:05:00  Tue, 03-May-16 14:05:00 GMT
2016-05-03T14:05:00  Tuesday, 03-May-16 14:05:00 UTC
2016-05-03T14:05:00  Tue May  3 14:05:00 2016
2016-05-03T14:05:00  Tue May 03 14:05:00 +0000 2016
2016-05-03T12:05:00  Tue May 03 14:05:00 CEST 2016
2016-05-03T12:05:00  Tue May 03 2016 14:05:00 GMT+0200 (Central European Summer Time)
2016-05-03T14:05:00  2016-05-03 14:05:00 +0000 UTC
2016-05-03T12:05:00  2016-05-03 14:05:00.123456 +0200 CEST m=+0.001
2016-05-03T14:05:00  2016-05-03T14:05:00.123Z
2016-05-03T14:05:00  2016-05-03T14:05:00,123Z
2016-05-03T14:05     2016-05-03T14:05Z
2016-05-03T14:00     2016-05-03T14Z
2016-05-03T14:05:00  20160503T140500Z
2016-05-03T14:05:00  20160503140500
2016-05-03           20160503
2016-05-03           2016-W18-2
2016-05-03           2016-124
2016-05              2016-05
2016-05              May 2016
2016-05              05/2016
-                    2016
-                    May 3
-                    3.5.
-                    yesterday
-                    2 hours ago
-                    0000-00-00 00:00:00
-                    0001-01-01T00:00:00Z
-                    1970-01-01T00:00:00Z
-                    2016-02-30
-                    31/04/2016
2016-05-03T14:05:00  1462284300
2016-05-03T14:05:00  1462284300000
2016-05-03T14:05:00  1462284300.5
2016-05-03           2016/5/3
2016-05-03           2016. 5. 3.
2016-05-03T14:05     2016년 5월 3일 오후 2:05
2016-05-03T14:05     2016年5月3日 14時05分
2016-05-03T14:05     2016年5月3日 下午2:05
2016-05-03T14:05     2016年05月03日14:05
-                    平成28年5月3日
2016-05-03T14:05     3.5.2016 14.05 Uhr
2016-05-03T12:05     3. Mai 2016, 14:05 Uhr MESZ
2016-05-03T14:05     Dienstag, den 3. Mai 2016 um 14:05 Uhr
2016-05-03T14:05     03.05.2016 | 14:05
2016-05-03T14:05     Stand: 03.05.2016 14:05 Uhr
2016-05-03T14:05     mardi 3 mai 2016 à 14h05
2016-05-03T14:05     Publié le 3 mai 2016 à 14 h 05
2016-05-01           1er mai 2016
2016-05-03T14:05     3 de mayo de 2016, 14:05h
2016-05-03           martes, 3 de mayo del 2016
2016-05-01T14:05     1º de maio de 2016 às 14h05
2016-05-03T11:05     3 мая 2016 г., 14:05 МСК
2016-05-03T14:05     03 мая 2016 в 14:05
2016-05-03           ٣ أيار/مايو ٢٠١٦
2016-05-03T14:05     الثلاثاء 3 مايو 2016 - 14:05 بتوقيت غرينتش
2016-05-03           3 أيار 2016
-                    2016 жылғы 3 мамыр
2016-05-03T11:05     Salı, 3 Mayıs 2016 14:05 TSİ
2016-05-03T18:05     May 3rd, 2016 at 2:05 p.m. ET
2016-05-03T18:05     May 3rd, 2016 at 2:05pm EDT
2016-01-03T05:05     Jan. 3, 2016, 12:05 a.m. EST
2016-05-03T12:05     3 May 2016 12:05 pm
2016-05-03           3 May 2016 13:05 pm
2016-09-03           Sept. 3, 2016
2016-09-03           3-Sep-2016
2016-09-03           03Sep2016
2016-05-03           3 May '16
2016-05-03T12:05     May 3 2016 14:05 GMT+2
2016-05-03T08:35     2016-05-03 14:05 UTC+05:30
2016-05-03T17:05     2016-05-03 14:05 UTC−3
2016-05-03T14:05     2016-05-03 14:05 (GMT)
2016-05-03T13:05     First published: 3 May 2016 14:05 BST
2016-05-03T08:35     Last updated on May 3, 2016 at 02.05 pm IST
2016-05-05T14:05     5. května 2016 14:05
2016-05-05T14:05     2016. május 5., csütörtök 14:05
2016-05-05T14:05     torsdag 5. mai 2016 kl. 14.05
2016-05-05T14:05     5 maja 2016, godz. 14:05
2016-05-05           czwartek, 5 maja 2016
2016-05-05           Πέμπτη, 5 Μαΐου 2016
-                    5 พฤษภาคม 2559
2016-05-05           2016 m. gegužės 5 d.
2016-05-05           2016. gada 5. maijā
2016-10-05           5. listopada 2016.
2016-11-05           5 listopada 2016
2016-05-15           १५ मई २०१६
-                    5 ਮਈ 2016
2016-05-13           13/05/16
2016-05-13           05/13/2016
2016-05-03T07:05     3 Mei 2016 14:05 WIB
2016-05-03T11:05     2016-05-03 14:05 MSK
2016-05-03           May 3, 2016 – Updated 2:05 PM
-                    May 3-5, 2016
-                    3–5 May 2016
-                    Issue 12, May 2016
2016-05-03T14:05:00  2016-05-03T14:05:00 UTC+0
2016-05-03T14:05:00  Tue, 03 May 2016 14:05:00 Z
2016-05-03T02:05:07  2016-05-03 2:05:07 AM
2016-05-03T00:00     12:00 midnight, 3 May 2016
2016-05-03T14:05     14:05, 3. 5. 2016
"""


@pytest.mark.parametrize("row", NASTY.strip().splitlines())
def test_odd_dates_as_programs_and_people_write_them(row: str):
    moment, text = row[:21].strip(), row[21:]
    assert shown(read_moment(text)) == moment


def test_every_month_has_a_name():
    assert all(name.strip() for name in MONTHS)


@given(st.sampled_from([*MONTHS.items()]), st.integers(1, 28), st.integers(2000, 2099))
def test_a_month_by_any_name_that_is_known(month: tuple[str, int], day: int, year: int):
    name, number = month
    text = f"{day} {name} {year}"
    assert shown(read_moment(text)) == f"{year}-{number + 1:02}-{day:02}"
    assert is_date_line(text)


def test_no_name_means_two_months():
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    for table in (names._MONTHS, names._MONTHS_EN, names._MONTHS_SHORT, names._MONTHS_ON_LINES):
        for at, row in enumerate(table.split()):
            for name in row.split("/"):
                numbers[fold(name)].add(at % 12)
    assert {name: found for name, found in numbers.items() if len(found) > 1} == {}


@given(st.text() | st.lists(FRAGMENTS, max_size=16).map("".join), st.text())
def test_any_text_is_a_date_or_none(line: str, text: str):
    moment = read_moment(line, zone=timezone(timedelta(hours=-12)), order="MDY")
    assert moment is None or 1989 < datetime.fromtimestamp(moment.at, UTC).year < 2102
    assert is_date_line(line) in (True, False)
    assert isinstance(read_bare_date(line, text), Reading)
    assert isinstance(read_bare_date("03/05/2016", line + text), Reading)


@given(st.datetimes(datetime(1990, 1, 2), datetime(2100, 12, 30)))
def test_what_is_written_is_read_back(time: datetime):
    time = time.replace(microsecond=0, tzinfo=UTC)
    for text in (time.isoformat(), f"{time:%a, %d %b %Y %H:%M:%S} +0000", f"{time:%B %d, %Y %I:%M:%S %p}"):
        assert read_moment(text) == Moment(int(time.timestamp()), "second")
