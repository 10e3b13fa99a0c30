"""What changes on a page by itself: ads, counters, reading times, sizes of one picture (FreshRSS #1840, #1859)."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from ingest.urls import canonical_url

#: Longer lines are prose, whatever they begin with.
_LONGEST: Final = 200

_AD = (
    r"ad|ads|advert|advertisement|advertising|sponsored(?: content| post)?|promoted(?: content)?|paid content"
    r"|(?:story|article|content) continues (?:below|after)(?: (?:the |this )?ad(?:vertisement)?)?"
    r"|scroll (?:down )?to continue(?: reading)?|skip (?:the )?ad(?:vertisement)?"
    r"|anzeige|werbung|publicit[éeà]|pubblicità|publicidade?|annuncio|advertentie|annons|annonse|reklama?|reklame"
    r"|реклама|广告|廣告|広告|광고|إعلان|اعلان|פרסומת|διαφήμιση|reklam"
)
_COUNTED = (
    r"shares?|views?|likes?|comments?|reads?|reactions?|retweets?|claps?|followers?|votes?|readers?|clicks?|saves?"
    r"|aufrufe|kommentare?|vues?|partages?|commentaires?|vistas|compartidos|comentarios|comentários|visualizações"
    r"|visualizzazioni|commenti|reacties|просмотр\w*|комментари\w*|次阅读|阅读|次瀏覽|浏览|评论|閲覧|コメント|조회"
    r"|مشاهد\w*|تعليق\w*"
)
_NUMBER = r"[\d٠-٩][\d٠-٩.,\s]*(?:[kmb]|mil|mio|tsd|万|千)?\+?"
_MINUTES = r"min(?:ute)?n?s?\.?|minuten|minut(?:o|i|es|os|en|er|y)|мин(?:ут\w*)?\.?|分钟|分鐘|分|분|دقيق\w*|دقائق"
_READING = (
    rf"(?:estimated )?(?:reading time|time to read|read time|lesezeit|temps de lecture|tiempo de lectura"
    rf"|tempo d[ei] (?:leitura|lettura)|leestijd|время чтения|阅读时间|読了時間|مدة القراءة|lecture)"
    rf"\W*{_NUMBER}(?:{_MINUTES})?"
    rf"|{_NUMBER}[\s-]*(?:{_MINUTES})\s*(?:read|to read|reading|lesezeit|de lecture|de lectura|de leitura"
    rf"|di lettura|leestijd|чтения|lesen|阅读|で読めます|قراءة)"
)
_AGO = (
    r"(?:(?:last )?(?:updated|published|posted|modified)\W*)?"
    r"(?:\d+|an?|a few|just)\s*(?:second|sec|minute|min|hour|hr|day|week|month)s?\s*ago|just now"
)
_PIECE = re.compile(
    rf"\W*(?:(?:{_AD})|{_NUMBER}\s*(?:{_COUNTED})|(?:{_COUNTED})\W*{_NUMBER}|{_READING}|{_AGO})\W*", re.IGNORECASE
)
_LABELLED_AD = re.compile(
    r"\W*(?:sponsored(?: by)?|advertisement|advert|anzeige|werbung|publicité|publicidad|pubblicità|реклама|广告|広告)"
    r"\s*[:：—–|-]\s*\S.*",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"\s*[|·•‧∙/]\s*|\s{2,}")

#: Servers of ads, and of the pictures that ads in feeds are made of; the name is the host's end.
_AD_HOSTS: Final = (
    "doubleclick.net",
    "googlesyndication.com",
    "googleadservices.com",
    "adnxs.com",
    "amazon-adsystem.com",
    "taboola.com",
    "outbrain.com",
    "buysellads.com",
    "buysellads.net",
    "carbonads.com",
    "carbonads.net",
    "pheedo.com",
    "feedsportal.com",
    "criteo.com",
    "teads.tv",
    "adform.net",
    "smartadserver.com",
    "ads.pubmatic.com",
    "rubiconproject.com",
    "revcontent.com",
    "mgid.com",
)
_FEEDBURNER: Final = re.compile(r"/~(?:a|at|ah|ff|r)/")

#: Parameters that ask for a size or a form of one picture. Sources: WordPress Photon, imgix, Cloudinary, Thumbor and
#: Akamai Image Manager, as their help pages name them.
_SIZES: Final = frozenset({
    *("w", "h", "width", "height", "resize", "fit", "crop", "quality", "q", "strip", "ssl", "zoom", "dpr", "auto"),
    *("fm", "format", "s", "size", "imwidth", "impolicy", "im", "sharp", "rect", "ixlib", "ixid", "fp-x", "fp-y"),
    *("c", "ar", "scale", "downsize", "output-quality", "output-format", "interpolation", "optimize", "disable"),
})  # fmt: skip
_SIZE_IN_NAME: Final = re.compile(
    r"(?:[-_.@]\d{2,4}x\d{2,4}|@[23]x|[-_]scaled|[-_]\d{3,4}w)(?=\.[a-z]{3,4}\Z)", re.IGNORECASE
)
_SIZE_IN_PATH: Final = re.compile(r"/(?:\d{2,4}x\d{2,4}|[wsh]_?\d{2,4}(?:,[a-z]_[^/]*)?|s\d{2,4}(?:-[a-z]+)*)(?=/)")
_PHOTON: Final = re.compile(r"\Ahttps://i[0-3]\.wp\.com/")


def is_noise(line: str) -> bool:
    """Tell whether a line of text is an ad, a counter or a reading time, and nothing else."""
    if len(line) > _LONGEST:
        return False
    if _LABELLED_AD.fullmatch(line):
        return True
    pieces = [piece for piece in _BETWEEN.split(line) if piece.strip()]
    return bool(pieces) and all(_PIECE.fullmatch(piece) for piece in pieces)


def is_ad_address(url: str) -> bool:
    """Tell whether an address leads to a server of ads."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    if host.startswith("feeds.feedburner.com") and _FEEDBURNER.search(parts.path):
        return True
    return any(host == end or host.endswith(f".{end}") for end in _AD_HOSTS)


def picture(url: str) -> str:
    """Return what tells a picture from others, whatever size of it a page asks for."""
    plain = _PHOTON.sub("https://", canonical_url(url))
    parts = urlsplit(plain)
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k.lower() not in _SIZES]
    path = _SIZE_IN_PATH.sub("", _SIZE_IN_NAME.sub("", parts.path))
    return f"{parts.scheme}://{parts.netloc}{path}{'?' if kept else ''}{urlencode(kept)}"
