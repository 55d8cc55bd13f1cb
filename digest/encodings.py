"""Bytes to text: by their mark, their own word, or their letters; and text that went through a wrong encoding, mended.

A code page cannot be proved. What decides is which one makes common letters of a language out of the bytes, in
places where such letters stand; a table of few likely pages, the first of equals. No chance, no model.
"""

import codecs
import re
from collections.abc import Iterable
from typing import NamedTuple

from digest.errors import InputError

SIGN = 0.5  # what a quotation mark or a pound sign tells, of what a letter does
MOST_CONTROLS = 0.02  # of a text's characters
MOST_NULS = 0.01  # of a text's characters; more of them are a program or a picture
SAMPLE = 20_000  # bytes that are looked at for the code page
STRAY = 0.2  # stray bytes for each well-formed sequence: up to here a text is UTF-8 with damage
LEAST_RUN = 3  # letters beyond ASCII in a row: beside Latin letters, other scripts do not stand with fewer
LONGEST_RUN = 3  # no Latin language has more of them in a row ("żółty")
_BOMS = (  # utf-32 first: its mark begins with utf-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


class _Page(NamedTuple):
    """A code page, and the letters beyond ASCII by which a language shows in it."""

    name: str
    common: str  # lower case
    others: str = ""
    mixed: bool = True  # stands within Latin words, one or two at a time


_KANA = "ーあうえおきくけこさすせそちつまみむめやゆよらりろわんっょゃゅ"
_PAGES = (
    _Page("windows-1252", "éèàçêäöüßñáíóúãõâôîûåæøëïœìòù"),
    _Page("windows-1251", "оеаинтсрвлкм", "дпуяыьгзбчйхжшюцщэфъёієїґў", mixed=False),
    _Page("koi8-u", "оеаинтсрвлкм", "дпуяыьгзбчйхжшюцщэфъёєіїґ", mixed=False),
    _Page("cp866", "оеаинтсрвлкм", "дпуяыьгзбчйхжшюцщэфъё", mixed=False),
    _Page("iso8859-5", "оеаинтсрвлкм", "дпуяыьгзбчйхжшюцщэфъёієїў", mixed=False),
    _Page("windows-1250", "ąćęłńóśźż"),
    _Page("windows-1250", "áéíýúůěščřžďťňĺľô"),
    _Page("windows-1250", "áéíóöőúüű"),
    _Page("windows-1250", "ăâîşţ"),
    _Page("iso8859-2", "ąćęłńóśźż"),
    _Page("iso8859-2", "áéíýúůěščřžďťň"),
    _Page("windows-1254", "çğıöşüâî"),
    _Page("windows-1253", "αοιετνσηρπκς", "μλυδγωχθφβξζψάέήίόύώϊϋ", mixed=False),
    _Page("windows-1256", "اليمونرتبةع", "دسفهكقحجشطصخضذثءىغئظؤأإآپچژگ،؛؟ًٌٍَُِّْ", mixed=False),
    _Page("windows-1255", "יולהאמרבתש", "נםכעדחקפסטצגזךןףץ", mixed=False),
    _Page("cp874", "านรกเองมยลวดท่ะิ้", "สตคปบหแจพชขใไโีัืุู์็ธณผศซภถญฟ", mixed=False),
    _Page("shift_jis", "のにはをたがでとしてるいなかもれ", _KANA, mixed=False),
    _Page("euc_jp", "のにはをたがでとしてるいなかもれ", _KANA, mixed=False),
    _Page("euc_kr", "이다는의에가을고지한하", "은를로사기도정대인시나서자그일", mixed=False),
    _Page("gb18030", "的一是在不了有和人这中大为上个国", "我以要他时来用们生到作地于出就分对成会可主发年", mixed=False),
    _Page("big5", "的一是在不了有和人這中大為上個國", "我以要他時來用們生到作地於出就分對成會可主發年", mixed=False),
)  # fmt: skip
_SIGNS = "“”„‘’‚«»‹›–—…•·°§€£¥©®™№ \u00a0\u00ad¿¡、。「」，：！？（）《》・；"
_UPSIDE_DOWN = re.compile("[а-яёєіїґў][А-ЯЁЄІЇҐЎ]")  # a capital behind a small letter: the wrong Cyrillic
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ALIEN = re.compile(r"[^\x00-\x7f]+")


def decode(data: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else as it says itself, else by its letters."""
    text = _text(data)
    if text.count("\0") > len(text) * MOST_NULS:
        raise InputError("not a text: it holds NUL bytes")
    if len(_CONTROLS.findall(text)) > len(text) * MOST_CONTROLS:
        raise InputError("not a text: it holds control characters")
    text = text.replace("\0", "").encode("utf-8", "replace").decode()  # no half of a character is left
    if not text.strip():
        raise InputError("an empty file")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text(data: bytes) -> str:
    marked = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), "")
    declared = _DECLARED.search(data[:2048])
    said = declared.group(1).decode("ascii", "replace") if declared else ""
    for encoding in filter(None, (marked, "utf-8", said)):
        try:
            if codecs.lookup(encoding).name.replace("-", "_") not in _NO_TEXT:
                return data.decode(encoding).removeprefix("\ufeff")
        except (UnicodeError, LookupError, ValueError):
            continue
    return nearly_utf8(data) or data.decode(code_page(data), errors="replace")


# -- documents that say their encoding, and may lie ------------------------------------------------------------------

LEAST_PROOF = 4  # continuation bytes: so many well-formed ones are UTF-8, whatever a document says of itself
_MARK = re.compile(rb"\xff\xfe(?:\0\0)?|(?:\0\0)?\xfe\xff")
_BEFORE = re.compile(rb"(?:\xef\xbb\xbf|[ \t\r\n])+")
_XML = re.compile(r"(<\?xml[^>]{0,200}?\sencoding\s*=\s*)([\"'])\s*([\w.:-]*)\s*\2", re.IGNORECASE)
_WIDE = (  # how text that begins with two characters of ASCII looks, without its mark
    (re.compile(rb"[^\0]\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"\0[^\0]\0[^\0]"), "utf-16-be"),
    (re.compile(rb"[^\0]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0[^\0]"), "utf-32-be"),
)
_SHIFTED = {"iso-2022-jp": b"\x1b$", "iso-2022-kr": b"\x1b$)C", "hz": b"~{", "hz-gb-2312": b"~{", "utf-7": b"+"}
_LABELS = {  # as the web has it: names that Python does not know, and those that mean more than they say
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "windows-874": "cp874",
    "iso-8859-8-i": "cp1255",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs", "x-x-big5": "big5hkscs",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949", "hz-gb-2312": "hz",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "x-euc-jp": "euc_jp", "macintosh": "mac_roman", "x-mac-roman": "mac_roman", "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-greek": "mac_greek", "x-mac-turkish": "mac_turkish", "x-mac-ce": "mac_latin2",
}  # fmt: skip
_NO_TEXT = frozenset(["unicode_escape", "raw_unicode_escape", "punycode", "idna", "undefined", "charmap"])


def in_utf8(data: bytes) -> bytes:
    """A document of XML or JSON in UTF-8, and saying so; without what stands before its first character."""
    for before in (_MARK, _BEFORE):
        if (start := before.match(data)) and not _wide(data):
            data = data[start.end() :]
    declared = _XML.match(data[:300].decode("ascii", "replace"))
    text = _text_unless_utf8(data, declared[3].lower() if declared else "")
    if text is None:
        return data
    return _XML.sub(r'\1"utf-8"', text.lstrip("\ufeff \t\r\n"), count=1).encode("utf-8", "replace")


def _wide(data: bytes) -> str:
    """The encoding of text with more bytes than one for every character; "" for other text."""
    return next((encoding for look, encoding in _WIDE if look.match(data)), "")


def _text_unless_utf8(data: bytes, said: str) -> str | None:
    """The text of a document that says this encoding; None where it is UTF-8, and says nothing else."""
    if wide := _wide(data):
        return data.decode(wide, "replace")
    if b"\x1b$" in data and said not in _SHIFTED:
        said = "iso-2022-kr" if b"\x1b$)C" in data else "iso-2022-jp"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, said) or nearly_utf8(data) or data.decode(code_page(data), "replace")
    if said in ("", "utf-8", "utf8"):
        return None
    is_proved = len(data) - len(text) >= LEAST_PROOF or (text.isascii() and _SHIFTED.get(said, b"\0") not in data)
    return text if is_proved else _decoded(data, said) or text


def _decoded(data: bytes, said: str) -> str:
    """The text in the encoding that is said, a few bad bytes aside; "" where that cannot be."""
    if said.startswith(("utf-8", "utf8", "utf-16", "utf-32")):
        return ""  # or its bytes would look so
    try:
        name = codecs.lookup(_LABELS.get(said, said)).name
        text = "" if name.replace("-", "_") in _NO_TEXT else data.decode(name, "replace")
    except (LookupError, UnicodeError, ValueError):
        return ""
    others = sum(map("\x7f".__lt__, text))
    return text if text.count("\ufffd") <= others * STRAY else ""


def nearly_utf8(data: bytes) -> str:
    """The text of bytes that are UTF-8 but for a few, which are taken for windows-1252; "" where they are not."""
    text = data.decode("utf-8", "surrogateescape")
    strays = sum("\udc80" <= character <= "\udcff" for character in text)
    others = sum(character > "\x7f" for character in text) - strays
    if not strays or strays > others * STRAY:
        return ""
    return re.sub("[\udc80-\udcff]", _by_itself, text).removeprefix("\ufeff")


def _by_itself(stray: re.Match[str]) -> str:
    return bytes([ord(stray.group()) - 0xDC00]).decode("windows-1252", "replace")


def code_page(data: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8, by the letters that each makes of them."""
    sample = data[:SAMPLE]
    scores = {at: _score(sample, page) for at, page in enumerate(_PAGES)}
    return _PAGES[max(scores, key=lambda at: (scores[at], -at))].name


def _score(sample: bytes, page: _Page) -> float:
    """The mean worth of the characters beyond ASCII, from -1 to 1; broken bytes count as the worst."""
    text = sample.decode(page.name, "replace").removesuffix("\ufffd")  # the sample may end within a character
    worth = count = 0.0
    for run in _ALIEN.finditer(text):
        beside = text[run.start() - 1 : run.start()] + text[run.end() : run.end() + 1]
        letters = [character for character in run.group() if character not in _SIGNS]
        count += len(run.group()) - len(letters)
        worth += SIGN * (len(run.group()) - len(letters))
        count += len(letters)
        among = any(map(str.isalpha, beside)) and len(letters) < LEAST_RUN
        displaced = len(letters) > LONGEST_RUN if page.mixed else among or _UPSIDE_DOWN.search(run.group())
        worth += -len(letters) if displaced else sum(_worth(letter, page) for letter in letters)
    return worth / count if count else 0.0


def _worth(letter: str, page: _Page) -> float:
    small = letter.lower()
    if small in page.common:
        return 1 if small == letter else 0.5
    if small in page.others:
        return 0.6 if small == letter else 0.3
    return 0.1 if letter.isalpha() and letter > "\u2e80" else -1


# -- text that was read in a wrong encoding and saved so -----------------------------------------------------------

_C1 = "".join(bytes([byte]).decode("windows-1252", "replace") for byte in range(0x80, 0xC0)).replace("\ufffd", "")
_TRAIL = rf"[{re.escape(_C1)}\u0080-\u00bf]"
_TWICE = re.compile(rf"[\u00c2-\u00df]{_TRAIL}|[\u00e0-\u00ef]{_TRAIL}{{2}}|[\u00f0-\u00f4]{_TRAIL}{{3}}")
_SURE = re.compile(  # begins with its signs: so it is found fast
    "[âÃÂÐÑØÙ](?:(?<=â)€|(?<=Ã)[\u0080-\u00bf„†‡‰Š¶¼Ÿ¤©¨]|(?<=Â)[\u00a0«»°·]|(?<=[ÐÑ]).[ÐÑ]|(?<=[ØÙ]).[ØÙ])"
)


def mend(text: str) -> str:
    """The text with UTF-8 that was read as windows-1252 read right; only where the text shows it for sure."""
    if text.isascii() or not _SURE.search(text):
        return text
    return _TWICE.sub(_once, text)


def _once(twice: re.Match[str]) -> str:
    try:
        return b"".join(_bytes(twice.group())).decode("utf-8")
    except UnicodeError:
        return twice.group()


def _bytes(text: str) -> Iterable[bytes]:
    """The bytes that windows-1252 shows so; the five that it does not know stand for themselves."""
    for character in text:
        yield character.encode("latin-1") if character < "\u0100" else character.encode("windows-1252")
