"""Names of months and weekdays, zones, and the words that stand on date lines: folded as `text.fold` folds them."""

from collections.abc import Mapping

from digest.text import fold

_MONTHS = """
January February March April May June July August September October November December
Januar/Jänner Februar/Feber März April Mai Juni Juli August September Oktober November Dezember
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
januari februari maart april mei juni juli augustus september oktober november december
январь/января февраль/февраля март/марта апрель/апреля май/мая июнь/июня июль/июля август/августа
    сентябрь/сентября октябрь/октября ноябрь/ноября декабрь/декабря
січень/січня лютий/лютого березень/березня квітень/квітня травень/травня червень/червня липень/липня
    серпень/серпня вересень/вересня жовтень/жовтня листопад/листопада грудень/грудня
Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر
كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول
"""
_MONTHS_EN = "Jan Feb Mar Apr May Jun Jul Aug Sep/Sept Oct Nov Dec"
_MONTHS_SHORT = """
Jan/Jän Feb Mär/Mrz Apr Mai Jun Jul Aug Sep/Sept Okt Nov Dez
janv févr/fév mars avr mai juin juil août sept oct nov déc
ene feb mar abr may jun jul ago sep/sept/set oct nov dic
gen feb mar apr mag giu lug ago set ott nov dic
jan fev mar abr mai jun jul ago set out nov dez
jan feb mrt apr mei jun jul aug sep okt nov dec
янв фев/февр мар апр май июн июл авг сен/сент окт ноя/нояб дек
січ лют бер кві/квіт тра/трав чер/черв лип сер/серп вер жов/жовт лис/лист гру/груд
Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara
"""
_WEEKDAYS = """
Monday Tuesday Wednesday Thursday Friday Saturday Sunday
Montag Dienstag Mittwoch Donnerstag Freitag Samstag/Sonnabend Sonntag
lundi mardi mercredi jeudi vendredi samedi dimanche
lunes martes miércoles jueves viernes sábado domingo
"""
_WEEKDAYS_ELSEWHERE = """
Mon Tue/Tues Wed Thu/Thur/Thurs Fri Sat Sun
Mo Di Mi Do Fr Sa So
lun mar mer/mié jeu/jue/gio ven/vie sam/sáb/sab dim/dom
lunedì martedì mercoledì giovedì venerdì sabato domenica
segunda/seg terça/ter quarta/qua quinta/qui sexta/sex sábado domingo
maandag/ma dinsdag/di woensdag/wo donderdag/do vrijdag/vr zaterdag/za zondag/zo
понедельник/пн вторник/вт среда/среду/ср четверг/чт пятница/пятницу/пт суббота/субботу/сб воскресенье/вс
понеділок вівторок середа четвер пʼятниця субота неділя/нд
Pazartesi/Pzt Salı/Sal Çarşamba/Çar Perşembe/Per Cuma/Cum Cumartesi/Cmt Pazar/Paz
الاثنين/الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
月/月曜日/星期一/周一 火/火曜日/星期二/周二 水/水曜日/星期三/周三 木/木曜日/星期四/周四 金/金曜日/星期五/周五
    土/土曜日/星期六/周六 日/日曜日/星期日/周日
"""
_LABELS = """
first published publication posted dated date on at as of time local updated update last modified am pm
veröffentlicht erschienen stand datum vom am um uhr den publié publiée paru le à du h hs hrs hours
publicado publicada fecha el a las del de data pubblicato il alle ore em às gepubliceerd op om
mis mise jour modifié aktualisiert actualizado aggiornato atualizado bijgewerkt обновлено обновлён
опубликовано опубликован дата от г года в yayınlanma yayın tarihi tarih saat نشر تاريخ التاريخ النشر في يوم م
"""

ZONES: Mapping[str, float | str] = {  # hours ahead of UTC, or a zone whose summer time the date decides
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "TRT": 3, "WAT": 1, "SAST": 2, "CAT": 2, "EAT": 3, "AST": -4, "NST": -3.5,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8,
    "HST": -10, "GST": 4, "PKT": 5, "IST": 5.5, "HKT": 8, "SGT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5,
    "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "ET": "America/New_York", "PT": "America/Los_Angeles",
}  # fmt: skip

_MONTHS_DE_FR_ES = [line.split() for line in _MONTHS.split("\n")[2:5]]
MENTIONS: tuple[tuple[str, str, list[str]], ...] = (  # words before a month that is past, that is to come; the months
    ("in|since|last|this|of|during|early|late|mid", "next|until|by", _MONTHS.split()[:12]),
    ("im|seit|seit dem|vom|ende|anfang|mitte", "bis|bis zum|bis ende", _MONTHS_DE_FR_ES[0]),
    ("en|depuis|fin|début|mi|au mois de", "jusqu[’']en|d[’']ici", _MONTHS_DE_FR_ES[1]),
    ("en|desde|a finales de|a principios de|a mediados de", "hasta", _MONTHS_DE_FR_ES[2]),
)
TODAY = "today|this morning|this evening|heute|aujourd[’']hui|hoy"
SAME_DAY = "this (?:{}) (?:morning|afternoon|evening)|am heutigen (?:{})|ce (?:{})|este (?:{})"


def _numbered(table: str, cycle: int) -> dict[str, int]:
    """The folded names of a table whose rows hold so many names each, with their numbers from 0."""
    return {
        fold(name.replace("_", " ")): at % cycle for at, names in enumerate(table.split()) for name in names.split("/")
    }


WEEKDAYS = _numbered(_WEEKDAYS, 7)  # Monday: 0
LINE_WEEKDAYS = WEEKDAYS | _numbered(_WEEKDAYS_ELSEWHERE, 7)  # the short ones mean something else in a text
TEXT_MONTHS = _numbered(_MONTHS_EN, 12) | _numbered(_MONTHS, 12)  # January: 0
MONTHS = _numbered(_MONTHS_SHORT, 12) | TEXT_MONTHS
COMMON_WORDS = frozenset(["may", "march", "mar", "august", "sept", "dec", "jan"])  # a month only with a capital
LABELS = frozenset(fold(word) for word in _LABELS.split())
WEEKDAY_NAMES = _WEEKDAYS.split()
