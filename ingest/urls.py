"""Web addresses as identities: canonical form, host keys and slugs (pure).

The canonical form tells whether two addresses mean one page. It is for comparing and storing, never for fetching or
linking: it says https for a page that may exist under http alone.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from typing import Final, NamedTuple
from urllib.parse import quote, unquote, urlsplit

import idna
from slugify import slugify as _slugify

DEFAULT_PORTS: Final = {"http": 80, "https": 443}

#: Query parameters that tell how a reader came, never what the page is. Sources: the help pages of the vendors named
#: before each line, and the lists of Firefox ("query parameter stripping") and ClearURLs.
# fmt: off
TRACKING_NAMES: Final = frozenset({
    # Meta, X, TikTok, LinkedIn, Pinterest, Snapchat
    "fbclid", "igsh", "igshid", "__twitter_impression", "twclid", "ttclid", "li_fat_id", "epik", "sccid",
    # Google
    "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "srsltid", "_ga", "_gl",
    # Microsoft, Yandex, Openstat
    "msclkid", "yclid", "ysclid", "_openstat",
    # Mailchimp, MailerLite, Kit, Dotdigital
    "mc_cid", "mc_eid", "ml_subscriber", "ml_subscriber_hash", "ck_subscriber_id", "dm_i",
    # HubSpot, Marketo, Vero
    "_hsenc", "_hsmi", "__hssc", "__hstc", "__hsfp", "hsctatracking", "mkt_tok", "vero_id", "vero_conv",
    # Omeda, Adobe, Webtrends, AT Internet, Yahoo
    "oly_anon_id", "oly_enc_id", "rb_clickid", "s_cid", "wt.mc_id", "wt_mc", "xtor",
    "guccounter", "guce_referrer", "guce_referrer_sig",
})
# fmt: on

#: The same, by how the name begins: Google Analytics' utm_, Matomo's mtm_, matomo_, pk_ and piwik_, HubSpot's hsa_,
#: AT Internet's at_, comScore's ns_ (as the BBC's feeds use the last two).
TRACKING_PREFIXES: Final = (
    "utm_",
    "mtm_",
    "matomo_",
    "pk_",
    "piwik_",
    "hsa_",
    "at_medium",
    "at_campaign",
    "at_custom",
    "at_link",
    "ns_mchannel",
    "ns_source",
    "ns_campaign",
    "ns_linkname",
    "ns_fee",
)

_UNRESERVED: Final = re.compile(r"%(2[DEde]|3[0-9]|[46][1-9A-Fa-f]|5[0-9AFaf]|7[0-9AEae])")
_HOST: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*")
_STRAY: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Of a scheme without slashes too, as the text may be a secret all the same.
_CREDENTIALS: Final = re.compile(r"\A(\s*(?:[A-Za-z][A-Za-z0-9+.-]*:[\\/]*|[\\/]{2,}))[^/\\?#]*@")
_LINE_ENDS: Final = str.maketrans("", "", "\t\r\n")


class _Web(NamedTuple):
    scheme: str
    host: str
    port: int
    path: str
    query: str
    fragment: str


def is_web_url(url: str) -> bool:
    """Tell whether a text is an absolute http or https address with a host that can exist; never raises."""
    return _split(url) is not None


def canonical_url(url: str) -> str:
    """Return the identity form of a web address; two addresses with one form mean one page (RFC 3986, section 6).

    The scheme becomes https where the port is the default one; the host becomes lower-case ASCII (IDNA, UTS 46); user
    names, default ports, fragments (but for `#!` ones) and tracking parameters go; escapes and dot segments are
    normalised. Parameters that mean something stay as they are, in order. A text that is no web address (a tag: or
    urn: id) comes back stripped of blanks and otherwise as it was.
    """
    web = _split(url)
    if web is None:
        return url.strip()
    default = web.port == DEFAULT_PORTS[web.scheme]
    netloc = web.host if default else f"{web.host}:{web.port}"
    query = _without_tracking(_normal_escapes(web.query))
    fragment = f"#{_normal_escapes(web.fragment)}" if web.fragment.startswith("!") else ""
    scheme = "https" if default else web.scheme
    return f"{scheme}://{netloc}{_normal_path(web.path)}{'?' if query else ''}{query}{fragment}"


def host_key(url: str) -> str:
    """Return the lower-case ASCII host of a web address, with `:port` where it is not the scheme's default.

    Raises ValueError where the text is no web address.
    """
    web = _split(url)
    if web is None:
        raise ValueError("not an http or https address with a host")
    return web.host if web.port == DEFAULT_PORTS[web.scheme] else f"{web.host}:{web.port}"


def has_credentials(url: str) -> bool:
    """Tell whether an address carries a user name or password before its host."""
    return _CREDENTIALS.match(url) is not None


def without_credentials(url: str) -> str:
    """Return the address without user name and password, fit for logs and messages, however malformed it is."""
    return _CREDENTIALS.sub(r"\1", url, count=1)


def slugify(text: str, *, max_length: int = 80) -> str:
    """Return a path segment of a-z, 0-9 and hyphens, cut between words at `max_length` characters.

    Other scripts are transliterated. A text without a letter or digit gets a name from its hash, never an empty one.
    """
    slug = _slugify(text[:1000], max_length=max_length, word_boundary=True)
    return slug or "n-" + hashlib.sha256(text.encode(errors="replace")).hexdigest()[:10]


def is_tracking(name: str) -> bool:
    """Tell whether a query parameter of that name only says how the reader came."""
    plain = unquote(name).lower()
    return plain in TRACKING_NAMES or plain.startswith(TRACKING_PREFIXES)


def _split(url: str) -> _Web | None:
    text = url.strip().translate(_LINE_ENDS)
    if _STRAY.search(text):
        return None
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or port == 0 or parts.netloc.count("@") > 1 or "\\" in parts.netloc:
        return None
    host = _host(parts.hostname or "")
    if host is None:
        return None
    return _Web(parts.scheme, host, port or DEFAULT_PORTS[parts.scheme], parts.path, parts.query, parts.fragment)


def _host(name: str) -> str | None:
    if ":" in name:
        return _ipv6(name)
    try:
        ascii_name = name if name.isascii() else idna.encode(name, uts46=True).decode("ascii")
    except UnicodeError:
        return None
    ascii_name = ascii_name.lower().removesuffix(".")
    fits = len(ascii_name) <= 253 and all(len(label) <= 63 for label in ascii_name.split("."))
    return ascii_name if fits and _HOST.fullmatch(ascii_name) else None


def _ipv6(name: str) -> str | None:
    try:
        return f"[{ipaddress.IPv6Address(name)}]" if "%" not in name else None
    except ValueError:
        return None


def _normal_path(path: str) -> str:
    escaped = _normal_escapes(path) or "/"
    kept: list[str] = []
    segments = escaped.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _normal_escapes(text: str) -> str:
    # What is escaped stays escaped but for unreserved characters; what is not allowed bare gets escaped.
    quoted = quote(text, safe="%/?:@!$&'()*+,;=~-._")
    tidy = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quoted)
    plain = _UNRESERVED.sub(lambda match: chr(int(match.group(1), 16)), tidy)
    return re.sub(r"%[0-9A-Fa-f]{2}", lambda match: match.group().upper(), plain)


def _without_tracking(query: str) -> str:
    kept = [part for part in query.split("&") if part and not is_tracking(part.partition("=")[0])]
    return "&".join(kept)
