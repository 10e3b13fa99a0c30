"""Terms in plain English, a sentence for each rule (pure)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from ingest.terms.rules import DEFAULT_TEMPLATE, Terms
from ingest.terms.vocabulary import AtEnd, Basis, Edits, Images, LinkTarget, Mode, Position, SearchPolicy, Selection

#: The rule's dotted path, and what it says; nothing where it asks for nothing.
Told: TypeAlias = tuple[str, str]


def tell_terms(terms: Terms) -> Iterator[Told]:
    """Yield each rule that says something, with its dotted path, in the order in which people ask."""
    for path, sentence in _SENTENCES:
        text = sentence(terms)
        if text:
            yield path, text


def _basis(terms: Terms) -> str:
    grant = terms.grant
    if grant.basis is Basis.NONE:
        return "Nothing may be republished: there is no permission."
    by = f" by {grant.grantor}" if grant.grantor else ""
    if grant.basis is Basis.GRANT:
        return f"May be republished by a permission given{by}."
    port = f" {grant.licence_port.upper()}" if grant.licence_port else ""
    version = "1.0" if grant.basis is Basis.CC0 else grant.licence_version
    licence = f"{grant.basis.value.upper().replace('CC-', 'CC ')} {version}{port}"
    return f"May be republished under {licence}, named{by or ' in public'}."


_MODE = {
    Mode.FULL: "The whole article may be shown.",
    Mode.EXCERPT: "Only an excerpt may be shown, with a link to the original.",
    Mode.LINK: "Only headline and standfirst may be shown, with a link to the original.",
}
_EDITS = {
    Edits.NONE: "Not a word may be changed.",
    Edits.STYLE: "Words may be changed for time, place and house style only.",
    Edits.LENGTH: "It may be shortened, and changed for style.",
    Edits.ANY: "It may be changed.",
}
_POSITION = {
    Position.TOP: "The credit stands above the text.",
    Position.BOTTOM: "The credit stands below the text.",
    Position.BOTH: "The credit stands above and below the text.",
}
_LINK = {
    LinkTarget.ARTICLE: "The credit links to the original article.",
    LinkTarget.HOME: "The credit links to the home page.",
    LinkTarget.NONE: "The credit needs no link.",
}
_IMAGES = {
    Images.NONE: "No images of theirs may be shown.",
    Images.OWNED: "Only images whose credit names them may be shown.",
    Images.ALL: "Their images may be shown.",
}
_SEARCH = {
    SearchPolicy.CANONICAL: "Search engines are sent to the original (canonical link).",
    SearchPolicy.NOINDEX: "Our page stays out of search engines.",
    SearchPolicy.NEWS_NOINDEX: "Our page stays out of Google News.",
    SearchPolicy.NONE: "Our page may be indexed as ours.",
}
_END = {
    AtEnd.WITHDRAW: "At the end our page is taken down.",
    AtEnd.LINK: "At the end the text goes; headline, credit and link stay.",
    AtEnd.ASK: "At the end the page stays, and a person asks for more time.",
}


def _when(text: str, holds: object) -> str:
    return text if holds else ""


def _listed(text: str, words: tuple[str, ...]) -> str:
    return f"{text}: {', '.join(words)}." if words else ""


def _hours(text: str, hours: float | None) -> str:
    return f"{text} within {hours:g} hours." if hours is not None else ""


def _template(terms: Terms) -> str:
    own = terms.credit.template
    return (
        f"The credit reads: “{own}”"
        if own != DEFAULT_TEMPLATE
        else f"The credit reads, in the article's language: “{own}”"
    )


_SENTENCES: tuple[tuple[str, Callable[[Terms], str]], ...] = (
    ("grant.basis", _basis),
    ("grant.evidence", lambda t: _when(f"The proof: {t.grant.evidence}", t.grant.evidence)),
    (
        "grant.waives",
        lambda t: _listed(
            "Freed by the grantor from these conditions of the licence", tuple(w.value for w in t.grant.waives)
        ),
    ),
    ("grant.valid_from", lambda t: _when(f"From {t.grant.valid_from} on.", t.grant.valid_from)),
    ("grant.valid_until", lambda t: _when(f"Until {t.grant.valid_until}.", t.grant.valid_until)),
    (
        "grant.review_by",
        lambda t: _when(f"A person reads the terms again by {t.grant.review_by}.", t.grant.review_by),
    ),
    (
        "own_only",
        lambda t: "Only what they first published themselves." if t.own_only else "Also what others gave to them.",
    ),
    ("selection", lambda t: _when("An editor releases each article.", t.selection is Selection.MANUAL)),
    ("require_label", lambda t: _when(f"Only articles labelled “{t.require_label}”.", t.require_label)),
    ("require_marker", lambda t: _when(f"Only articles whose page shows “{t.require_marker}”.", t.require_marker)),
    ("exclude_labels", lambda t: _listed("Not those labelled", t.exclude_labels)),
    ("exclude_authors", lambda t: _listed("Not those by", t.exclude_authors)),
    ("exclude_keywords", lambda t: _listed("Not those with the words", t.exclude_keywords)),
    ("exclude_slugs", lambda t: _listed("Not those whose address has", t.exclude_slugs)),
    ("mode", lambda t: _MODE[t.mode]),
    (
        "excerpt_paragraphs",
        lambda t: _when(f"At most {t.excerpt_paragraphs} paragraphs of it.", t.mode is Mode.EXCERPT),
    ),
    ("quota", lambda t: f"At most {t.quota.articles} articles in {t.quota.days} days." if t.quota else ""),
    ("delay_hours", lambda t: _when(f"Not before {t.delay_hours:g} hours after the original.", t.delay_hours)),
    ("window_days", lambda t: _when(f"It may be taken for {t.window_days} days after the original.", t.window_days)),
    ("keep_days", lambda t: _when(f"Our page may stand for {t.keep_days} days.", t.keep_days)),
    ("at_end", lambda t: _when(_END[t.at_end], t.keep_days or t.grant.valid_until)),
    ("edits", lambda t: _EDITS[t.edits]),
    (
        "headline_edits",
        lambda t: "The headline may be changed." if t.headline_edits else "The headline stays as it is.",
    ),
    ("change_notice", lambda t: _when("Changes are named on the page.", t.change_notice)),
    ("credit.template", _template),
    ("credit.translations", lambda t: _listed("The credit is translated into", tuple(t.credit.translations))),
    ("credit.language", lambda t: _when(f"Its language is {t.credit.language}.", t.credit.language)),
    (
        "credit.edited_template",
        lambda t: _when(f"Where we changed words it reads: “{t.credit.edited_template}”", t.credit.edited_template),
    ),
    ("credit.position", lambda t: _POSITION[t.credit.position]),
    ("credit.link", lambda t: _LINK[t.credit.link]),
    ("credit.link_required", lambda t: _when("Without that link's address it is held.", t.credit.link_required)),
    ("credit.byline", lambda t: f"Authors are named as “{t.credit.byline}”."),
    ("credit.institution", lambda t: _when("Each author's institution is named.", t.credit.institution)),
    ("credit.tagline", lambda t: _when(f"The page ends with: “{t.credit.tagline}”", t.credit.tagline)),
    ("credit.logo", lambda t: _when(f"The credit carries the logo {t.credit.logo}", t.credit.logo)),
    ("keep_links", lambda t: "All links in the story stay." if t.keep_links else "Links in the story may go."),
    ("keep_bio", lambda t: "The note on the author stays." if t.keep_bio else "The note on the author may go."),
    ("pixel_hosts", lambda t: _listed("Their counting pixel is on the page, from", t.pixel_hosts)),
    ("pixel_url", lambda t: _when(f"Where the article brings none, it is {t.pixel_url}", t.pixel_url)),
    ("images", lambda t: _IMAGES[t.images]),
    ("image_credits", lambda t: _listed("These names make an image theirs", t.image_credits)),
    ("no_ads", lambda t: "No advertising against it." if t.no_ads else "Advertising beside it is allowed."),
    (
        "no_paywall",
        lambda t: "Not sold, and not behind a paywall." if t.no_paywall else "It may stand behind a paywall.",
    ),
    ("site_contact", lambda t: _when("A way to reach us stands on the page.", t.site_contact)),
    ("search", lambda t: _SEARCH[t.search]),
    (
        "full_in_feeds",
        lambda t: (
            "Our feeds may carry the whole text." if t.full_in_feeds else "Our feeds carry no more than a teaser."
        ),
    ),
    ("duties.notify", lambda t: _when(f"Of each publication we tell {t.duties.notify}.", t.duties.notify)),
    ("duties.notify_hours", lambda t: _hours("They are told", t.duties.notify_hours)),
    ("duties.fee", lambda t: _when(f"We pay for it: {t.duties.fee}.", t.duties.fee)),
    ("duties.fee_to", lambda t: _when(f"It is paid to {t.duties.fee_to}.", t.duties.fee_to)),
    ("duties.correct_hours", lambda t: _hours("Their corrections stand on our page", t.duties.correct_hours)),
    ("duties.takedown_hours", lambda t: _hours("What they take back is gone from ours", t.duties.takedown_hours)),
)
#: Every rule that has a sentence, by its dotted path.
TOLD = tuple(path for path, _sentence in _SENTENCES)
