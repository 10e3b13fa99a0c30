"""A publication as the HTML of a post: credit, byline and text stand in it, whatever theme and plugins do (pure).

Every tag and attribute is one that WordPress lets any role write (wp-includes/kses.php), so that what it keeps is,
byte for byte, what we sent.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup

from ingest.attribution import AttributedArticle
from ingest.printable import one_line, printable
from ingest.terms import Mode, Position
from publish.body_html import body_html, excerpt_html
from publish.full_text import bios_of, https_only
from publish.languages import direction, language_tag
from publish.page import flags_of
from publish.publication import Publication
from publish.teaser import Teaser

_SHORT_ENTITY = re.compile(r"&#(\d{1,2});")


def post_html(publication: Publication, teaser: Teaser) -> str:
    """Return the post's content; raises PublishError where the credit's HTML and text differ."""
    attributed = publication.attributed
    position = attributed.credit.position
    parts = [
        _line("standfirst", attributed.article.standfirst or ""),
        _byline(teaser),
        _credit(publication, teaser, "top") if position in {Position.TOP, Position.BOTH} else Markup(""),
        _wrapped("body", _body(attributed)),
        _onward(teaser),
        _line("tagline", attributed.credit.tagline or ""),
        Markup("").join(_line("bio", bio) for bio in _bios(publication)),
        _credit(publication, teaser, "bottom") if position in {Position.BOTTOM, Position.BOTH} else Markup(""),
        _original(teaser),
        _pixel(publication),
    ]
    inner = Markup("\n").join(part for part in parts if part)
    return kept_as_sent(Markup("<div {}>\n{}\n</div>").format(_attributes(publication, teaser), inner))


def kept_as_sent(html: str) -> str:
    """Return our HTML in the spelling that WordPress keeps: no shortcode, no attribute that a role may not write.

    A bracket is written as a number, so that a partner's "[gallery]" stays a word and is never run.
    """
    bare = str(html).replace(' tabindex="0"', "").replace("[", "&#091;").replace("]", "&#093;")
    return _SHORT_ENTITY.sub(lambda found: f"&#{int(found[1]):03d};", printable(bare))


def plain_field(text: str) -> str:
    """Return a headline or a teaser as WordPress keeps it: words, with what would be markup escaped."""
    return one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def notice_html(notice: str) -> str:
    """Return the content of a post that was taken down."""
    return kept_as_sent(Markup("<p>{}</p>").format(one_line(notice) or "It is no longer available here."))


def _body(attributed: AttributedArticle) -> Markup:
    """Return as much of the body as the decision allows; images in the midst of it stay out."""
    match attributed.decision.mode:
        case Mode.FULL:
            return body_html(attributed.article.body)
        case Mode.EXCERPT:
            return excerpt_html(attributed.article.body, paragraphs=attributed.terms.excerpt_paragraphs)
        case Mode.LINK:
            return Markup("")


def _attributes(publication: Publication, teaser: Teaser) -> Markup:
    found = Markup('class="reprint-story {}" dir="{}"').format(teaser.mode.value, direction(teaser.language))
    if teaser.language:
        found += Markup(' lang="{}"').format(teaser.language)
    flags = flags_of(publication.attributed.terms)
    return found + (Markup(' data-terms="{}"').format(" ".join(flags)) if flags else Markup(""))


def _line(name: str, text: str) -> Markup:
    words = one_line(text)
    return Markup('<p class="{}">{}</p>').format(name, words) if words else Markup("")


def _wrapped(name: str, content: Markup) -> Markup:
    return Markup('<div class="{}">\n{}\n</div>').format(name, content) if content else Markup("")


def _byline(teaser: Teaser) -> Markup:
    names = [author.display for author in teaser.authors]
    if not names:
        return _line("byline", teaser.dateline)
    joined = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return _line("byline", f"By {joined}" + (f" · {teaser.dateline}" if teaser.dateline else ""))


def _credit(publication: Publication, teaser: Teaser, place: str) -> Markup:
    credit = publication.attributed.credit
    tongue = language_tag(credit.language)
    logo = https_only(credit.logo)
    return Markup('<div class="credit at-{}"{}>{}<p>{}</p></div>').format(
        place,
        Markup(' lang="{}"').format(tongue) if tongue else "",
        Markup('<img class="logo" src="{}" alt="{}">').format(logo, teaser.origin_name) if logo else "",
        Markup(teaser.credit_html),  # noqa: S704 - `credit_html` let nothing but links through
    )


def _onward(teaser: Teaser) -> Markup:
    if teaser.mode is Mode.FULL or not teaser.source_url:
        return Markup("")
    name = teaser.origin_name if teaser.origin_url else teaser.partner_name
    onward = Markup('<p class="onward"><a href="{}">Read the full article at {}</a></p>')
    return onward.format(teaser.source_url, name)


def _bios(publication: Publication) -> tuple[str, ...]:
    link_only = publication.attributed.decision.mode is Mode.LINK
    return () if link_only else bios_of(publication.attributed.article)


def _original(teaser: Teaser) -> Markup:
    if not teaser.origin_url:
        return Markup("")
    host = urlsplit(teaser.origin_url).netloc.removeprefix("www.")
    return Markup('<p class="original">Original: <a href="{}">{}</a></p>').format(teaser.origin_url, host)


def _pixel(publication: Publication) -> Markup:
    pixel = https_only(publication.attributed.credit.pixel)
    image = Markup('<img class="pixel" src="{}" alt="" width="1" height="1">')
    return image.format(pixel) if pixel else Markup("")
