"""Files in the encodings that people save, and texts that went through a wrong one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.encodings import code_page, decode, in_utf8, mend
from digest.errors import InputError

TEXT = "Title\n\n“Smart” – naïve 5 €\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("windows-1252"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
    ],
)
def test_one_text_in_every_encoding(data: bytes) -> None:
    assert decode(data) == TEXT


def test_a_stray_nul_is_dropped() -> None:
    assert decode(b"Ti\0tle" + b"." * 200) == "Title" + "." * 200


def test_a_page_says_its_encoding() -> None:
    page = "<meta charset=windows-1251><p>Зерно"
    assert decode(page.encode("windows-1251")) == page


@pytest.mark.parametrize(("data", "reason"), [(b"", "empty"), (b" \n\r\n", "empty"), (b"\x89PNG\0\0\0\rIHDR", "NUL")])
def test_what_is_no_text_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        decode(data)


RUSSIAN = "Зерно подорожало пятый день подряд, сообщает порт Констанцы. Цена выросла на шесть евро."
SPOKEN = {
    "windows-1251": RUSSIAN,
    "koi8-r": RUSSIAN,
    "cp866": RUSSIAN,
    "windows-1252": "Le blé monte encore: « la récolte sera très faible », prévient un éleveur à Nîmes.",
    "windows-1250": "Zboże drożeje piąty dzień z rzędu, a młyny czekają na świeże dostawy.",
    "windows-1253": "Το σιτάρι ακριβαίνει για πέμπτη ημέρα και οι μύλοι περιμένουν.",
    "windows-1254": "Buğday beşinci gün de yükseldi, değirmenler yağış bekliyor, çiftçi şaşkın.",
    "windows-1255": "מחיר החיטה עלה ביום החמישי ברציפות, והטחנות מחכות לגשם.",
    "windows-1256": "ارتفع سعر القمح لليوم الخامس على التوالي، والمطاحن تنتظر المطر.",
    "shift_jis": "小麦の価格は五日続けて上がり、製粉所は雨を待っている。",
    "euc_kr": "밀 가격이 닷새째 올랐고 제분소는 비를 기다리고 있다.",
    "gb18030": "小麦价格连续第五天上涨，这个国家的磨坊在等雨，人们不知道有没有。",
}


@pytest.mark.parametrize("page", SPOKEN)
def test_the_letters_tell_the_code_page(page: str) -> None:
    assert decode(SPOKEN[page].encode(page)) == SPOKEN[page]


@pytest.mark.parametrize("text", ["Käse für 5 €", "Śląsk żółty", "Příliš žluťoučký kůň úpěl ďábelské ódy"])
def test_a_few_letters_are_enough(text: str) -> None:
    page = "windows-1252" if text.startswith("K") else "windows-1250"
    assert decode(text.encode(page)) == text


def test_one_bad_byte_does_not_turn_the_rest_into_gibberish() -> None:
    assert decode(RUSSIAN.encode() + b" \x93so\x94") == RUSSIAN + " “so”"


@pytest.mark.parametrize(
    "text",
    ["“Smart” – naïve, 5 €", "Größe", "Café", RUSSIAN, "القمح لليوم"],
)
def test_what_was_read_wrong_is_mended(text: str) -> None:
    wrong = "".join(bytes([byte]).decode("windows-1252", "ignore") or chr(byte) for byte in text.encode())
    assert mend(wrong) == text


@pytest.mark.parametrize("text", ["Ã la carte", "SÃO PAULO", "Â lone letter", "naïve café", "Ångström", RUSSIAN])
def test_what_is_right_stays(text: str) -> None:
    assert mend(text) == text


@given(st.binary(max_size=400))
def test_any_bytes_are_a_text_or_none(data: bytes) -> None:
    code_page(data)
    try:
        text = decode(data)
    except InputError:
        return
    assert mend(text)


def test_noise_is_no_text() -> None:
    noise = bytes((at * 89 + 7) % 256 for at in range(2000))
    with pytest.raises(InputError, match="not a text"):
        decode(noise)


RUSSIAN, GERMAN, JAPANESE = "Порт Адена снова открыт", "Größere Schäden an der Küste", "港は再び開かれたと当局は述べた"
KOREAN, CHINESE, THAI = "항구가 다시 열렸다고 당국은", "港口已经重新开放，官员说", "ท่าเรือเปิดอีกครั้งสำหรับเรือทุกลำ"


@pytest.mark.parametrize(
    ("said", "encoding", "text"),
    [
        ("utf-8", "utf-16", RUSSIAN),
        ("", "utf-16-le", RUSSIAN),
        ("utf-8", "utf-32-be", THAI),
        ("utf-16", "utf-8", RUSSIAN),
        ("iso-8859-1", "utf-8", RUSSIAN),
        ("koi8-r", "utf-8-sig", RUSSIAN),
        ("koi8-r", "koi8-r", RUSSIAN),
        ("klingon", "koi8-r", RUSSIAN),
        ("utf-8", "windows-1251", RUSSIAN),
        ("x-mac-cyrillic", "mac_cyrillic", RUSSIAN),
        ("us-ascii", "utf-8", GERMAN),
        ("iso-8859-1", "windows-1252", GERMAN),
        ("punycode", "windows-1252", GERMAN),
        ("x-sjis", "shift_jis", JAPANESE),
        ("iso-2022-jp", "iso-2022-jp", JAPANESE),
        ("", "iso-2022-jp", JAPANESE),
        ("ks_c_5601-1987", "euc-kr", KOREAN),
        ("iso-2022-kr", "iso-2022-kr", KOREAN),
        ("gb2312", "gb18030", CHINESE),
        ("hz-gb-2312", "hz", CHINESE),
        ("windows-874", "cp874", THAI),
        ("", "cp874", THAI),
    ],
)
@pytest.mark.parametrize("before", ["", "\n "])
def test_a_document_is_read_by_what_its_bytes_prove_and_then_by_what_it_says(
    said: str, encoding: str, text: str, before: str
) -> None:
    head = f'<?xml version="1.0" encoding="{said}"?>' if said else '<?xml version="1.0"?>'
    told = in_utf8(f"{before}{head}<title>{text}</title>".encode(encoding)).decode()
    assert told.endswith(f"?><title>{text}</title>")
    assert 'encoding="' not in told or 'encoding="utf-8"' in told


def test_what_is_utf8_and_says_so_is_left_alone() -> None:
    data = f'<?xml version="1.0" encoding="UTF-8"?><title>{RUSSIAN}</title>'.encode()
    assert in_utf8(data) is data
    assert in_utf8(b"\xef\xbb\xbf\xef\xbb\xbf" + data) == data


@given(st.binary(max_size=80), st.sampled_from(["", "utf-16", "hz", "utf-7", "idna", "rot13", "base64", "x" * 50]))
def test_any_bytes_become_utf8(data: bytes, said: str) -> None:
    in_utf8(f'<?xml version="1.0" encoding="{said}"?>'.encode() + data).decode()
    in_utf8(data).decode()
