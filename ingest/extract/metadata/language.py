"""The language that a page states."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.article import Evidence, Source
from ingest.extract.metadata.jsonld import Node, as_list, text_of
from ingest.extract.metadata.survey import Survey

#: RFC 5646 in its common shapes: language, script, region.
_TAG = re.compile(r"^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$")


def read_language(
    page: Survey, *, articles: Sequence[Node], feed: str | None = None
) -> tuple[str | None, tuple[Evidence, ...]]:
    """Return the page's language as a lower-case BCP 47 tag, None where nothing states it, and every reading.

    Templates often state a default; so the language that most readings share wins, in order of trust among equals.
    """
    stated: list[tuple[str | None, Source, str]] = [
        (page.language, Source.META, "html lang"),
        *(
            (text, Source.META, name)
            for name, text in page.all("og:locale", "content-language", "dc.language", "language")
        ),
        *((text_of(value), Source.JSON_LD, "inLanguage") for n in articles for value in as_list(n.get("inLanguage"))),
        (feed, Source.FEED, "language"),
    ]
    readings = tuple(
        Evidence(field="language", value=tag, source=source, confidence=0.8, detail=detail)
        for text, source, detail in stated
        if text and (tag := language_tag(text))
    )
    votes = Counter(reading.value.split("-")[0] for reading in readings)
    best = max(readings, key=lambda reading: votes[reading.value.split("-")[0]], default=None)
    return (best.value if best else None), readings


def language_tag(text: str) -> str | None:
    """Return `text` ("de_DE", "EN-us") as a lower-case BCP 47 tag; None where it is none."""
    tag = text.split(",")[0].strip().split(".")[0].replace("_", "-").lower()
    return tag if _TAG.match(tag) else None
