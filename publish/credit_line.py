"""The credit and the byline as they stand on a page, checked at our own door (pure)."""

from __future__ import annotations

from dataclasses import dataclass

import nh3
from lxml import html
from markupsafe import Markup

from ingest.article import Person
from ingest.attribution import AttributedArticle, Credit
from ingest.errors import PublishError
from ingest.printable import one_line, printable


@dataclass(frozen=True, kw_only=True)
class CreditedName:
    """One entry of the printed byline, with the person it names where that is certain."""

    display: str
    person: Person | None


def credit_html(credit: Credit) -> Markup:
    """Return the credit's HTML with nothing but links in it.

    Raises PublishError where its words are not the credit's text: what the ledger keeps is what readers see.
    """
    clean = nh3.clean(
        printable(credit.html),
        tags={"a"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    if _words(clean) != one_line(credit.text):
        raise PublishError(
            "the credit's HTML and its text differ", where=credit.text[:120], next_step="attribute the article again"
        )
    return Markup(clean)  # noqa: S704 - nh3 left nothing but links


def _words(fragment: str) -> str:
    return one_line(html.fragment_fromstring(fragment, create_parent="div").text_content())


def credited_names(attributed: AttributedArticle) -> tuple[CreditedName, ...]:
    """Return the byline as the terms want it printed, each entry with its person where one, and only one, fits."""
    people = attributed.article.byline.people
    printed = [one_line(name) for name in attributed.credit.byline or attributed.article.byline.names]
    pairs: list[tuple[str, Person | None]] = [(display, _only(display, people)) for display in printed]
    if len(printed) == len(people):
        pairs = list(zip(printed, people, strict=True))
    return tuple(CreditedName(display=display, person=person) for display, person in pairs if display)


def _only(display: str, people: tuple[Person, ...]) -> Person | None:
    fitting = [person for person in people if one_line(person.name) and one_line(person.name) in display]
    return fitting[0] if len(fitting) == 1 else None
