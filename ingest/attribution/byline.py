"""The authors' names as the terms want them printed (pure)."""

from __future__ import annotations

from ingest.article import Article, Origin, Person
from ingest.credit_fields import clean
from ingest.credit_render import render
from ingest.credit_template import BYLINE_FIELDS, Part, parse_template
from ingest.sources import Partner
from ingest.terms import Terms


def byline_names(*, article: Article, supplier: Partner, origin: Origin, terms: Terms) -> tuple[str, ...]:
    """Return each credited author in the terms' byline format, in order; none where nobody is known.

    Where the terms want the institution named and their format does not, it follows the name.
    """
    template = terms.credit.byline
    if terms.credit.institution and "{affiliation}" not in template:
        template = template.replace("{name}", "{name}[, {affiliation}]", 1)
    parts = parse_template(template, fields=BYLINE_FIELDS)
    names = (_name(person, parts, supplier.name, origin.name) for person in article.byline.people)
    return tuple(name for name in names if name)


def _name(person: Person, parts: tuple[Part, ...], partner: str, origin: str) -> str:
    values = {
        "name": person.name,
        "affiliation": person.affiliation or "",
        "role": person.role or "",
        "origin": origin,
        "partner": partner,
    }
    if not clean(person.name):
        return ""
    return "".join(run.text for run in render(parts, {name: clean(text) for name, text in values.items()}))
