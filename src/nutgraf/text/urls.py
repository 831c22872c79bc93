"""Addresses as identities: one canonical form for the many addresses of one page.

A canonical URL says whether two addresses are the same page. It is not fetched: the fetcher
asks for the address that was given.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

__all__ = ["article_id", "canonical_url", "host_of"]

# Names that only say where a reader came from. Taken from what the vendors document (Google,
# Meta, Microsoft, Yandex, TikTok, Mailchimp, HubSpot, Marketo, Matomo, AT Internet) and what
# large news sites put into their own feeds. A name that some site may use for content ("id",
# "page", "partner", "cid") is not here.
_TRACKING = frozenset(
    """fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id igshid
    igsh epik scid _openstat mc_cid mc_eid _hsenc _hsmi __hssc __hstc __hsfp hsctatracking mkt_tok
    vero_id vero_conv oly_enc_id oly_anon_id wickedid s_cid s_kwcid ef_id _ga _gl _ke rb_clickid
    cmpid cmp icid ncid ocid ftag ftcamp ito smid smtyp tpcc sref sr_share soc_src soc_trk
    guccounter guce_referrer guce_referrer_sig ref_src ref_url xtor wt_mc wt.mc_id wt_zmc
    hmb_campaign hmb_medium hmb_source __twitter_impression usqp amp_js_v amp_gsa amp_ct
    __amp_source_origin aoh referrer_source share_id sharetype cvid""".split()
)
_TRACKING_PREFIX = ("utm_", "pk_", "piwik_", "matomo_", "mtm_", "at_", "ns_", "itm_", "trk_")
# Names that mean something on one site and the way here on another: only such values go.
_AMBIGUOUS = frozenset({"source", "ref", "from", "src", "via", "feed", "mod", "partner"})
_WAY_HERE = re.compile(
    r"(?:rss|feed|atom|twitter|facebook|newsletter|email|googlenews|flipboard)\b|rss[_-]", re.I
)
_AMP_NAMES = frozenset({"amp", "outputtype", "output"})
_AMP_VALUES = frozenset({"", "1", "amp", "true", "yes"})
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.I)

_GUISES = frozenset({"www", "m", "mobile", "amp"})
# "m.co.uk" is a site of its own: what is left must not be a registry's second level.
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "or", "ne", "go"})

# Pages that only lead on: host, path, the parameters that carry the address.
_GATES = (
    (re.compile(r"(?:.*\.)?google\.(?:[a-z]{2,3}|com?\.[a-z]{2})"), "/url", ("url", "q")),
    (re.compile(r"lm?\.facebook\.com"), "/l.php", ("u",)),
    (re.compile(r"(?:www\.)?bing\.com"), "/news/apiclick.aspx", ("url",)),
)
_GOOGLE = _GATES[0][0]
_MOST_WRAPPERS = 50
_LONGEST = 8000
"""Characters. RFC 9110, 4.1, asks servers for as many; what is longer is left as it is."""
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_UNRESERVED = "-._~"
_KEPT = "!$&'()*+,;=:@/"
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")


def canonical_url(url: str) -> str:
    """The one form of an http(s) address; anything else comes back stripped of white space.

    Scheme (always https), letter case and default port of the host, `www.`, `m.`, `mobile.` and
    `amp.`, AMP paths, parameters and caches, gates that only redirect (Google Alerts, Facebook,
    Bing), tracking parameters, order of parameters, user name, fragment and trailing slash are
    folded. Idempotent; never raises.
    """
    address = url.strip()
    for _ in range(_MOST_WRAPPERS):
        parts = _split(address)
        inner = parts and (_unwrap(parts) or _rebuild(parts))
        if not inner or inner == address:
            break
        address = inner  # a tidied path can show another wrapper
    return address


def host_of(url: str) -> str:
    """Host of an http(s) address, folded like `canonical_url` does, without port; else ""."""
    parts = _split(canonical_url(url))
    return (parts.hostname or "") if parts else ""


def article_id(url: str) -> str:
    """16 hexadecimal digits that name the page, whichever of its addresses is given."""
    canonical = canonical_url(url).encode("utf-8", "surrogatepass")
    return hashlib.sha256(canonical).hexdigest()[:16]


def _split(url: str) -> SplitResult | None:
    """The parts of an http(s) address with a host; None for anything else."""
    if len(url) > _LONGEST:
        return None
    try:
        parts = urlsplit(url.strip())
        usable = parts.scheme in ("http", "https") and _host(parts) and parts.port != 0
    except ValueError:  # a bad port, a half-open bracket, a host that NFKC turns into a path
        return None
    return parts if usable else None


def _unwrap(parts: SplitResult) -> str | None:
    """The address inside an AMP cache's or a gate's address."""
    host, path = (parts.hostname or "").lower(), parts.path
    wrapped = None
    if host.endswith(".cdn.ampproject.org") or host == "cdn.ampproject.org":
        wrapped = re.match(r"/[a-z]/(s/)?([^/]+\..+)", path)
    elif _GOOGLE.fullmatch(host):
        wrapped = re.match(r"/amp/(s/)?([^/]+\..+)", path)
    if wrapped:
        query = f"?{parts.query}" if parts.query else ""
        return _address(f"https://{wrapped[2]}{query}")
    for gate, at, names in _GATES:
        if gate.fullmatch(host) and path == at:
            values = dict(parse_qsl(parts.query, errors="replace"))
            return next((v for n in names if (v := _address(values.get(n, "")))), None)
    return None


def _address(url: str) -> str | None:
    return url.strip() if _split(url) else None


def _rebuild(parts: SplitResult) -> str:
    host = _fold(_host(parts))
    port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    path = _path(parts.path)
    query = _query(parts.query)
    return f"https://{host}{port}{path}" + (f"?{query}" if query else "")


def _host(parts: SplitResult) -> str:
    """The host in lower-case ASCII; "" if it cannot be one."""
    try:
        host = (parts.hostname or "").rstrip(".")
        if ":" in host:
            return f"[{host}]"
        host = host if host.isascii() else host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    return host if _HOST.fullmatch(host) else ""


def _fold(host: str) -> str:
    labels = host.split(".")
    while labels[0] in _GUISES and _is_site(labels[1:]):
        del labels[0]
    while len(labels) > 3 and labels[1] == "m":  # en.m.wikipedia.org
        del labels[1]
    return ".".join(labels)


def _is_site(labels: list[str]) -> bool:
    if len(labels) < 2 or all(label.isdigit() for label in labels):
        return False
    return len(labels) > 2 or not (labels[0] in _SECOND_LEVEL and len(labels[1]) == 2)


def _path(path: str) -> str:
    path = _dots(_escapes(_SESSION.sub("", path)))
    while True:
        bare = path.rstrip("/")
        if bare.startswith("/amp/"):
            bare = bare[4:]
        bare = re.sub(r"/amp$|\.amp$|/amp(?=/?index\.html$)", "", bare)
        bare = re.sub(r"\.amp(?=\.html?$)", "", bare)
        if bare == path:
            return bare
        if not bare:
            return "/"
        path = bare


def _dots(path: str) -> str:
    """Resolve "." and ".." as RFC 3986, 5.2.4 does."""
    kept: list[str] = []
    for step in path.split("/")[1:]:
        if step == "..":
            del kept[-1:]
        elif step != ".":
            kept.append(step)
    return "/" + "/".join(kept)


def _escapes(text: str) -> str:
    """Percent-encode as RFC 3986, 6.2.2 normalises: only what must be, in capitals."""
    text = _BAD_ESCAPE.sub("%25", text)
    text = _ESCAPE.sub(lambda m: _unescape_safe(m.group()), text)
    return quote(text, safe=_UNRESERVED + _KEPT + "%", errors="replace")


def _unescape_safe(escape: str) -> str:
    character = chr(int(escape[1:], 16))
    plain = character.isascii() and (character.isalnum() or character in _UNRESERVED)
    return character if plain else escape.upper()


def _query(query: str) -> str:
    kept = []
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if pair and not _is_noise(unquote(name).lower(), unquote(value).lower()):
            kept.append(_escapes(pair).replace("%3F", "?"))
    return "&".join(sorted(kept, key=lambda pair: pair.partition("=")[0]))


def _is_noise(name: str, value: str) -> bool:
    if name in _TRACKING or name.startswith(_TRACKING_PREFIX):
        return True
    if name in _AMP_NAMES and value in _AMP_VALUES:
        return name == "amp" or value == "amp"
    if name == "rss":
        return value in ("", "1")
    return name in _AMBIGUOUS and bool(_WAY_HERE.match(value))
