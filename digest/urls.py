"""Addresses: in full, and in a form that is equal for equal pages."""

import re
from urllib.parse import unquote_plus, urljoin

import can_ada

_TRACKERS = """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id igshid igsh mibextid epik
    _ga _gl _hsenc _hsmi __hssc __hstc __hsfp hsctatracking mkt_tok _openstat wickedid rb_clickid s_cid s_kwcid
    ref_src ref_url __twitter_impression cmp cmpid icid ncid mbid ocid smid xtor ito ftag sr_share spm emc maca itid
    wprss feedtype feedname traffic_source guccounter guce_referrer guce_referrer_sig soc_src soc_trk sfnsn
    echobox outputtype
"""
TRACKERS = frozenset(_TRACKERS.split())
TRACKER_PREFIXES = ("utm_", "at_", "mc_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "ns_", "oly_", "vero_", "wt_")
DEFAULT_PORTS = frozenset(["80", "443"])
LONGEST = 8_192  # characters: what is longer is no address, for servers refuse it and each page would repeat it

_USERINFO = re.compile(r"(?<=://)[^/?#]*@")
_TWIN_HOST = re.compile(r"^(?:(?:www|m|amp|mobile)\.)+(?=[^.]+\.)")
_AMP_CACHE = re.compile(r"^https?://(?:www\.google\.[a-z.]+/amp|[^/]+\.cdn\.ampproject\.org/[cv])/(?:s/)?(?=[^/]+\.)")
_AMP_FOLDERS = re.compile(r"^(?:/amp(?=/|$))+")
_AMP_ENDS = {"/": "", "/amp": "", ".amp": "", ".amp.html": ".html"}  # what ends a path, and what stays of it
_DOTS = re.compile(r"/\.{1,2}(?:/|$)")
_ROUTES = ("#!", "#/")
_TRIPLET = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-")


def absolute(url: str, base: str) -> str:
    """The address in full, relative to `base` but without its name and password; "" where it is not http or https."""
    if not url.strip() or len(url) > LONGEST or len(base) > LONGEST:
        return ""
    parsed = _parse(url)
    if parsed is None:
        try:
            parsed = _parse(urljoin(_USERINFO.sub("", base), url.strip()))
        except ValueError:
            return ""
    return parsed.href if parsed and _is_http(parsed) else ""


def canonical(url: str) -> str:
    """A key that is equal for addresses of one page, never to be opened; "" where it is not one of http or https."""
    parsed = _parse(url)
    if parsed and (unwrapped := _AMP_CACHE.sub("https://", parsed.href)) != parsed.href:
        parsed = _parse(unwrapped)
    if parsed is None or not _is_http(parsed) or not _host(parsed):
        return ""
    port = f":{parsed.port}" if parsed.port and parsed.port not in DEFAULT_PORTS else ""
    query = "&".join(sorted(_unescape(part) for part in parsed.search[1:].split("&") if part and not _is_tracker(part)))
    fragment = parsed.hash if parsed.hash.startswith(_ROUTES) else ""
    return f"https://{_host(parsed)}{port}{_path(parsed.pathname)}{'?' if query else ''}{query}{fragment}"


def _parse(url: str) -> can_ada.URL | None:
    try:
        return can_ada.parse(url) if len(url) <= LONGEST else None
    except (ValueError, TypeError):  # TypeError: lone surrogates
        return None


def _is_http(parsed: can_ada.URL) -> bool:
    return parsed.protocol in ("http:", "https:")


def _host(parsed: can_ada.URL) -> str:
    return _TWIN_HOST.sub("", parsed.hostname.rstrip("."))


def _path(path: str) -> str:
    """The path without what only its AMP twin has, and without a slash at its end; what is left is cut in turn."""
    path, before = _unescape(path), ""
    while path != before:
        before = path
        if _DOTS.search(path):  # the parser leaves some, and a cut may make others
            path = _without_dots(path)
        path = _AMP_FOLDERS.sub("", path)
        end = next((end for end in _AMP_ENDS if path.endswith(end)), "")
        path = path.removesuffix(end) + _AMP_ENDS.get(end, "")
    return path


def _without_dots(path: str) -> str:
    """The path without parts that stand for a folder itself or for the one above (RFC 3986, 5.2.4)."""
    kept: list[str] = []
    for part in path.split("/")[1:]:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    return "".join(f"/{part}" for part in kept)


def _is_tracker(part: str) -> bool:
    """Whether a part of a query tells who follows the link, or names the AMP twin, and not what it leads to."""
    name = unquote_plus(part.partition("=")[0]).casefold()
    return name in TRACKERS or name.startswith(TRACKER_PREFIXES) or name == "amp"


def _unescape(text: str) -> str:
    """The text with only those characters escaped that have to be, in capitals."""
    return _TRIPLET.sub(_plain, text)


def _plain(triplet: re.Match[str]) -> str:
    character = chr(int(triplet.group(1), 16))
    return character if character in _UNRESERVED else triplet.group().upper()
