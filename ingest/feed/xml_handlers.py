"""feedparser's handlers with our own bounds and without its rewriting of the partner's words.

They hold what is known of real feeds. What they do besides is left out: they read the author field with a pattern
whose time grows with the square of the field, make a photo's caption the article's content, lose what stood in an
author element, turn ids into links, and keep no bound on memory.
"""

from __future__ import annotations

from typing import Any, Final
from xml.sax.xmlreader import AttributesNSImpl

from feedparser.api import LooseFeedParser, StrictFeedParser
from feedparser.util import FeedParserDict

MAX_ENTRIES: Final = 10_000

#: Elements outside articles' own markup; each may cost a kilobyte.
MAX_ELEMENTS: Final = 100_000

#: Tags, texts and references in all; a document of 10 MB with more of them is made to hurt.
MAX_EVENTS: Final = 2_000_000


#: Of one element; no dialect has a tenth of them.
MAX_ATTRIBUTES: Final = 1000

#: What their attributes say holds for all within them.
_ROOTS: Final = frozenset({"rss", "feed"})
_SCOPING: Final = ("xml", "base", "lang")


class TooMuchError(Exception):
    """The document holds more than a feed does; the message says more of what."""


class _Bounded:
    """Bounds, and the partner's words left as they are; goes before one of feedparser's handlers."""

    resolve_relative_uris = False
    sanitize_html = False

    def __init__(self, *args: Any) -> None:
        self.events = self.elements = 0
        super().__init__(*args)
        self.contentparams: dict[str, Any] = {}

    def _count(self) -> None:
        self.events += 1
        if self.events > MAX_EVENTS:
            raise TooMuchError(f"more than {MAX_EVENTS} tags and texts")

    @property
    def is_at_rest(self: Any) -> bool:
        """Whether no element that was begun still holds sway over those to come."""
        within = (self.incontent, self.insource, self.inimage, self.intextinput, self.inauthor, self.incontributor)
        return not (any(within) or self.inpublisher or self.inentry or self.svgOK or self.elementstack)

    def unknown_starttag(self: Any, tag: str, attrs: Any) -> None:
        self._count()
        if not self.incontent:
            self.elements += 1
            if self.elements > MAX_ELEMENTS:
                raise TooMuchError(f"more than {MAX_ELEMENTS} elements")
        if self.incontent or tag in _ROOTS or any(name.lower().startswith(_SCOPING) for name, _ in attrs):
            super().unknown_starttag(tag, attrs)  # type: ignore[misc]  # feedparser's, next in line
        else:
            self._start_plainly(tag, attrs)

    def _start_plainly(self: Any, tag: str, attrs: Any) -> None:
        """Do as feedparser does with an element that brings no base, language or namespace, in a third of the time.

        It would join the feed's address to itself at each one.
        """
        self.depth += 1
        self.basestack.append(self.baseuri)
        self.langstack.append(self.lang)
        head, colon, tail = tag.partition(":")
        prefix, name = (head, tail) if colon else ("", tag)
        prefix = self.namespacemap.get(prefix, prefix)
        if not prefix and name not in {"title", "link", "description", "name"}:
            self.intextinput = 0
        if not prefix and name not in {"title", "link", "description", "url", "href", "width", "height"}:
            self.inimage = 0
        full, said = f"{prefix}_{name}" if prefix else name, dict(map(self._normalize_attributes, attrs))
        try:
            getattr(self, f"_start_{full}")(said)
        except AttributeError:
            if said:
                self._get_context()[full] = said
            else:
                self.push(full, 1)

    def unknown_endtag(self: Any, tag: str) -> None:
        self._count()
        super().unknown_endtag(tag)  # type: ignore[misc]

    def handle_data(self: Any, *args: Any, **options: Any) -> None:
        self._count()
        super().handle_data(*args, **options)  # type: ignore[misc]

    def handle_entityref(self: Any, ref: str) -> None:
        self._count()
        super().handle_entityref(ref)  # type: ignore[misc]

    def handle_charref(self: Any, ref: str) -> None:
        self._count()
        try:
            super().handle_charref(ref)  # type: ignore[misc]
        except (ValueError, OverflowError):
            self.handle_data("\ufffd")

    def push_content(self: Any, tag: str, attrs: Any, default_content_type: str, expecting_text: Any) -> None:
        super().push_content(tag, attrs, default_content_type, expecting_text)  # type: ignore[misc]
        # Looked into a dozen times for each text, and copied; feedparser's own dictionary takes ten times longer.
        self.contentparams = dict(self.contentparams)

    def _start_item(self: Any, attrs: Any) -> None:
        if len(self.entries) >= MAX_ENTRIES:
            raise TooMuchError(f"more than {MAX_ENTRIES} entries")
        super()._start_item(attrs)  # type: ignore[misc]

    _start_entry = _start_item

    # Every hour and day that the feed asks to be left alone in, not the last of them.

    def _start_skiphours(self: Any, _attrs: Any) -> None:
        self.feeddata.setdefault("skip_hours", [])

    def _start_skipdays(self: Any, _attrs: Any) -> None:
        self.feeddata.setdefault("skip_days", [])

    def _end_skiphours(self) -> None:
        pass

    _end_skipdays = _end_skiphours

    def _end_hour(self: Any) -> None:
        self._keep_skip("hour", "skip_hours", 24)

    def _end_day(self: Any) -> None:
        self._keep_skip("day", "skip_days", 7)

    def _keep_skip(self: Any, element: str, name: str, most: int) -> None:
        text, kept = self.pop(element), self.feeddata.get(name)
        if isinstance(kept, list) and isinstance(text, str) and not self.inentry and len(kept) < most:
            kept.append(text)

    # Authors as sent: each element's own text, and no splitting into name and mail.

    def _sync_author_detail(self, key: str = "author") -> None:
        pass

    def _end_author(self: Any) -> None:
        raw = self.pop("author")
        self.inauthor = 0
        authors = self._get_context().get("authors")
        if raw and isinstance(authors, list) and authors:
            authors[-1]["raw"] = raw

    # Ids as sent: a GUID is no link unless it says so or looks like one.

    def _start_guid(self: Any, attrs: Any) -> None:
        self.guidislink = False
        self._get_context()["permalink"] = attrs.get("ispermalink", "").lower()
        self.push("id", 1)

    def _end_guid(self: Any) -> None:
        self.pop("id")

    _start_id, _end_id = _start_guid, _end_guid

    # Every description in a place of its own, and none of them ever content.

    def _start_description(self: Any, attrs: Any) -> None:
        self.push_content("description", attrs, "text/html", self.infeed or self.inentry or self.insource)

    def _end_description(self: Any) -> None:
        self.pop_content("description")

    def _start_summary(self: Any, attrs: Any) -> None:
        self.push_content("summary", attrs, "text/plain", 1)

    def _end_summary(self: Any) -> None:
        self.pop_content("summary")

    def _start_media_description(self: Any, _attrs: Any) -> None:
        self.push("media_description", 1)

    def _end_media_description(self: Any) -> None:
        self.pop("media_description")

    def _start_dc_description(self: Any, _attrs: Any) -> None:
        self.push("dc_description", 1)

    def _end_dc_description(self: Any) -> None:
        self.pop("dc_description")

    def _start_itunes_summary(self: Any, _attrs: Any) -> None:
        self.push("itunes_summary", 1)

    def _end_itunes_summary(self: Any) -> None:
        self.pop("itunes_summary")

    def _end_content(self: Any) -> None:
        self.pop_content("content")

    _end_body = _end_xhtml_body = _end_content_encoded = _end_fullitem = _end_content

    # Dates as sent: they are read later, from texts of bounded length.

    def _end_published(self: Any) -> None:
        self.pop("published")

    _end_issued = _end_pubdate = _end_published

    def _end_updated(self: Any) -> None:
        self.pop("updated")

    _end_modified = _end_lastbuilddate = _end_updated

    def _end_created(self: Any) -> None:
        self.pop("created")

    def _end_expirationdate(self: Any) -> None:
        self.pop("expired")

    def _start_dc_date(self: Any, _attrs: Any) -> None:
        self.push("dc_date", 1)

    def _end_dc_date(self: Any) -> None:
        self.pop("dc_date")

    # Labels without a look through all before, which takes the square of their number.

    def _add_tag(self: Any, term: str | None, scheme: str | None, label: str | None) -> None:
        tags = self._get_context().setdefault("tags", [])
        if term or scheme or label:
            tags.append(FeedParserDict(term=term, scheme=scheme, label=label))


class _Attributes(AttributesNSImpl):
    """Attributes that are found by their name, where the library goes through all of them for each."""

    def __init__(self, attrs: AttributesNSImpl) -> None:
        by_name = {name: attrs.getQNameByName(name) for name in attrs.getNames()}
        super().__init__({name: attrs.getValue(name) for name in by_name}, by_name)
        self._by_qname = {qname: self.getValue(name) for name, qname in by_name.items()}

    def getValueByQName(self, name: str) -> str:  # noqa: N802 - the interface's
        """Return the value of the attribute that is written so."""
        return self._by_qname[name]


#: Fewer attributes are as quickly gone through.
_FEW: Final = 20


class StrictHandler(_Bounded, StrictFeedParser):  # type: ignore[misc]  # feedparser ships no types
    """For well-formed XML."""

    def startElementNS(self, name: Any, qname: Any, attrs: AttributesNSImpl) -> None:  # noqa: N802 - the interface's
        """Begin an element, whose attributes are bounded."""
        count = len(attrs)
        if count > MAX_ATTRIBUTES:
            raise TooMuchError(f"an element of more than {MAX_ATTRIBUTES} attributes")
        super().startElementNS(name, qname, _Attributes(attrs) if count > _FEW else attrs)


class LooseHandler(_Bounded, LooseFeedParser):  # type: ignore[misc]  # feedparser ships no types
    """For everything else."""
