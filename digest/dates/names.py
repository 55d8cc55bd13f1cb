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
_MONTHS_ON_LINES = """
styczeń/stycznia luty/lutego marzec/marca kwiecień/kwietnia maj/maja czerwiec/czerwca lipiec/lipca sierpień/sierpnia
    wrzesień/września październik/października listopad/listopada grudzień/grudnia
leden/ledna únor/února březen/března duben/dubna květen/května červen/června červenec/července srpen/srpna
    září říjen/října listopad/listopadu prosinec/prosince
január/januára február/februára marec/marca apríl/apríla máj/mája jún/júna júl/júla august/augusta
    september/septembra október/októbra november/novembra december/decembra
siječanj/siječnja veljača/veljače ožujak/ožujka travanj/travnja svibanj/svibnja lipanj/lipnja srpanj/srpnja
    kolovoz/kolovoza rujan/rujna _ studeni/studenog/studenoga prosinac/prosinca
januar/januara/januarja februar/februara/februarja mart/marta april/aprila maj/maja jun/juna/junij/junija
    jul/jula/julij/julija avgust/avgusta septembar/septembra oktobar/oktobra novembar/novembra decembar/decembra
јануар/јануара/јануари фебруар/фебруара/февруари март/марта април/априла мај/маја јун/јуна/јуни јул/јула/јули
    август/августа септембар/септембра/септември октобар/октобра/октомври новембар/новембра/ноември
    децембар/децембра/декември
януари февруари март април май юни юли август септември октомври ноември декември
студзень/студзеня люты/лютага сакавік/сакавіка красавік/красавіка май/мая чэрвень/чэрвеня ліпень/ліпеня
    жнівень/жніўня верасень/верасня кастрычнік/кастрычніка лістапад/лістапада снежань/снежня
január február március április május június július augusztus szeptember október november december
tammikuu/tammikuuta helmikuu/helmikuuta maaliskuu/maaliskuuta huhtikuu/huhtikuuta toukokuu/toukokuuta
    kesäkuu/kesäkuuta heinäkuu/heinäkuuta elokuu/elokuuta syyskuu/syyskuuta lokakuu/lokakuuta marraskuu/marraskuuta
    joulukuu/joulukuuta
jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember
sausis/sausio vasaris/vasario kovas/kovo balandis/balandžio gegužė/gegužės birželis/birželio liepa/liepos
    rugpjūtis/rugpjūčio rugsėjis/rugsėjo spalis/spalio lapkritis/lapkričio gruodis/gruodžio
janvāris/janvārī februāris/februārī marts/martā aprīlis/aprīlī maijs/maijā jūnijs/jūnijā jūlijs/jūlijā
    augusts/augustā septembris/septembrī oktobris/oktobrī novembris/novembrī decembris/decembrī
januar/januari februar/februari mars/marts april maj/mai juni juli august/augusti september oktober november
    desember/december
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor
Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember
Ιανουάριος/Ιανουαρίου Φεβρουάριος/Φεβρουαρίου Μάρτιος/Μαρτίου Απρίλιος/Απριλίου Μάιος/Μαΐου Ιούνιος/Ιουνίου
    Ιούλιος/Ιουλίου Αύγουστος/Αυγούστου Σεπτέμβριος/Σεπτεμβρίου Οκτώβριος/Οκτωβρίου Νοέμβριος/Νοεμβρίου
    Δεκέμβριος/Δεκεμβρίου
ינואר/בינואר פברואר/בפברואר מרץ/במרץ/מרס/במרס אפריל/באפריל מאי/במאי יוני/ביוני יולי/ביולי אוגוסט/באוגוסט
    ספטמבר/בספטמבר אוקטובר/באוקטובר נובמבר/בנובמבר דצמבר/בדצמבר
ژانویه فوریه مارس آوریل مه/می ژوئن ژوئیه/جولای اوت/آگوست سپتامبر اکتبر نوامبر دسامبر
جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر
जनवरी फ़रवरी/फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर/अक्तूबर नवंबर/नवम्बर दिसंबर/दिसम्बर
জানুয়ারি/জানুয়ারী ফেব্রুয়ারি/ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்
มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม
"""  # of other languages: in a running text, many of them mean something else
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
poniedziałek/pon wtorek/wt środa/śr czwartek/czw piątek/pt sobota niedziela/niedz
pondělí/po úterý/út středa/st čtvrtek/čt pátek/pá sobota neděle/ne
hétfő kedd szerda csütörtök péntek szombat vasárnap
måndag/mandag tisdag/tirsdag onsdag/onsdag torsdag fredag lördag/lørdag söndag/søndag
maanantai/maanantaina tiistai/tiistaina keskiviikko/keskiviikkona torstai/torstaina perjantai/perjantaina
    lauantai/lauantaina sunnuntai/sunnuntaina
luni marți miercuri joi vineri sâmbătă duminică
dilluns dimarts dimecres dijous divendres dissabte diumenge
ponedjeljak/ponedeljak/ponedeljek utorak/torek srijeda/sreda četvrtak/četrtek petak/petek subota nedjelja/nedelja
понеделник вторник сряда четвъртък петък събота неделя
Senin Selasa Rabu Kamis Jumat Sabtu Minggu
Δευτέρα Τρίτη Τετάρτη Πέμπτη Παρασκευή Σάββατο Κυριακή
שני שלישי רביעי חמישי שישי שבת ראשון
دوشنبه سهشنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه
پیر منگل بدھ جمعرات جمعہ ہفتہ اتوار
सोमवार मंगलवार बुधवार गुरुवार/बृहस्पतिवार शुक्रवार शनिवार रविवार
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
first published publication d posted dated date on at as of time local updated update last modified am pm
veröffentlicht erschienen stand datum vom am um uhr den publié publiée paru le à du h hs hrs hours
publicado publicada fecha el a las del de data pubblicato il alle ore em às gepubliceerd op om
mis mise jour modifié aktualisiert actualizado aggiornato atualizado bijgewerkt обновлено обновлён
опубликовано опубликован дата от г года в yayınlanma yayın tarihi tarih saat г р год року
opublikowano dnia godz roku zveřejněno dne publicerad klockan kl den publisert julkaistu klo közzétéve
publicat la data objavljeno u ob ngày lúc năm יום ב בשעה पर को δημοσιεύτηκε στις نشر تاريخ التاريخ النشر في يوم م
"""

ZONES: Mapping[str, float | str] = {  # hours ahead of UTC, or a zone whose summer time the date decides
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "TRT": 3, "WAT": 1, "SAST": 2, "CAT": 2, "EAT": 3, "AST": -4, "NST": -3.5,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8,
    "HST": -10, "GST": 4, "PKT": 5, "IST": 5.5, "HKT": 8, "SGT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5,
    "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "МСК": 3, "TSİ": 3, "IDT": 3, "IRST": 3.5, "NPT": 5.75,
    "WIB": 7, "ICT": 7, "WITA": 8, "PHT": 8, "WIT": 9, "BRT": -3, "ART": -3, "CLT": -4, "بتوقيت غرينتش": 0,
    "CT": "America/Chicago", "MT": "America/Denver", "ET": "America/New_York", "PT": "America/Los_Angeles",
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
    """The folded names of a table whose rows hold so many names each, with their numbers from 0; "_" is no name."""
    return {
        fold(name.replace("_", " ")): at % cycle
        for at, names in enumerate(table.split())
        for name in names.split("/")
        if name != "_"
    }


WEEKDAYS = _numbered(_WEEKDAYS, 7)  # Monday: 0
LINE_WEEKDAYS = WEEKDAYS | _numbered(_WEEKDAYS_ELSEWHERE, 7)  # the short ones mean something else in a text
TEXT_MONTHS = _numbered(_MONTHS_EN, 12) | _numbered(_MONTHS, 12)  # January: 0
MONTHS = _numbered(_MONTHS_ON_LINES, 12) | _numbered(_MONTHS_SHORT, 12) | TEXT_MONTHS
AFTER_DOT = {"listopada": 9}  # "5. listopada" is Croatian and October, "5 listopada" Polish and November
COMMON_WORDS = frozenset(["may", "march", "mar", "august", "sept", "dec", "jan"])  # a month only with a capital
LABELS = frozenset(fold(word) for word in _LABELS.split())
WEEKDAY_NAMES = _WEEKDAYS.split()
