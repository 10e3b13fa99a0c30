"""Raw author strings to a `Byline`: cleaned, cut into pieces, each judged, and put together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.article import Byline, Source
from ingest.byline.clean import BREAK, MAX_CHARS, clean, name_key
from ingest.byline.contacts import Contacts, take_contacts
from ingest.byline.east import rewrite_east
from ingest.byline.glue import unglue
from ingest.byline.judge import Kind, Verdict, judge
from ingest.byline.lead import Credit, break_before_credits, is_credit_note, strip_lead
from ingest.byline.noise import cut_noise
from ingest.byline.order import first_name_first
from ingest.byline.organisations import is_acronym
from ingest.byline.pieces import Joint, Piece, cut
from ingest.byline.roles import is_credit
from ingest.byline.roster import Draft, Roster
from ingest.byline.words import is_surely_person

#: No byline credits more people than this; what is longer is a list of something else.
MAX_PEOPLE = 60
#: Sources that state an author on purpose: a bare role or title there is the credit itself.
_STATED = frozenset({Source.EDITOR, Source.FEED, Source.JSON_LD, Source.MICRODATA, Source.META})
#: Accounts that are written with a stroke ("/u/name").
_PEN_NAME = re.compile(r"/?u/[\w-]{2,40}\Z")
_TITLES = re.compile(r"(?:(?:Dr|Prof|Ing|Sir|Dame|Mag)\b\.?\s*)+\Z")
_SITE_ONLY = 0.3


def parse_byline(raw: str | Sequence[str], *, source: Source, site_names: Sequence[str] = ()) -> Byline:
    """Read who is credited from an author string as the partner printed or sent it.

    Takes one string, or several where the partner sent a list (each is read by itself); `source` says where it stood,
    and `site_names` are the site's own names, credited (with low confidence) only where nobody else is. Returns the
    people in their order; an empty byline where the string names nobody. Never raises on any string.
    """
    strings = [raw] if isinstance(raw, str) else list(raw)
    roster = Roster()
    for string in strings[:MAX_PEOPLE]:
        _read(string, roster, stated=source in _STATED)
    drafts = _with_employers(roster.distinct()[:MAX_PEOPLE])
    drafts = _without_site(drafts, {name_key(name) for name in site_names})
    return Byline(
        people=tuple(draft.person(source) for draft in drafts),
        raw="; ".join(string[:MAX_CHARS] for string in strings[:MAX_PEOPLE])[:MAX_CHARS],
        confidence=_confidence(drafts, strings),
    )


def _read(string: str, roster: Roster, *, stated: bool) -> None:
    roster.open()
    text, contacts = take_contacts(clean(string))
    if _PEN_NAME.match(text):
        roster.take(Verdict(Kind.LOOSE, text), Joint.START, 0.7)
        return
    whole = cut_noise(unglue(rewrite_east(text))).lstrip(f" {BREAK}\n-\u2013\u2014|,:.\u00b7\u2022")
    text, credit = strip_lead(whole)
    lead = whole[: len(whole) - len(text)]
    text = _join_lines(break_before_credits(text))
    pieces = first_name_first(cut(text, led=credit is Credit.AUTHOR, lead=lead))
    _take_pieces(pieces, credit, contacts, roster, stated=stated)
    if roster.last is None and roster.role and _is_credited(roster.role, stated=stated or credit is Credit.AUTHOR):
        roster.take(Verdict(Kind.ORGANISATION, roster.role), Joint.START, 0.4)


def _is_credited(role: str, *, stated: bool) -> bool:
    """Tell whether a role alone is whom the partner credits: a desk is, "Staff Writers" are nobody."""
    return not is_credit(role) and (stated or is_acronym(role.split()[0]))


def _take_pieces(pieces: list[Piece], credit: Credit, contacts: Contacts, roster: Roster, *, stated: bool) -> None:
    for piece in pieces:
        text, found = strip_lead(piece.text) if piece.joint is not Joint.START else (piece.text, Credit.NONE)
        credit = found if found is not Credit.NONE else credit
        text, email, url = contacts.take(text)
        if credit is Credit.OTHER:
            continue
        led = credit is Credit.AUTHOR
        if piece.joint is Joint.INSIDE and is_credit_note(text):
            verdict = Verdict(Kind.ROLE, text)
        else:
            verdict = judge(text, led=led)
        if verdict.kind is Kind.LOOSE and not stated and not led and _is_running(verdict.text):
            continue
        roster.take(verdict, piece.joint, _belief(verdict, led=led, stated=stated))
        roster.contact(email, url)


def _belief(verdict: Verdict, *, led: bool, stated: bool) -> float:
    """Say how far a judged name is believed, 0 to 1: how sure its form is, and where it stood."""
    if verdict.kind is Kind.PERSON:
        sure = is_surely_person(verdict.text.split(), led=led)
        return (0.95 if sure else 0.85) - (0 if stated or led else 0.1)
    if verdict.kind is Kind.ORGANISATION:
        return 0.8 if stated or led else 0.6
    return 0.7 if stated else (0.55 if led else 0.4)


def _without_site(drafts: list[Draft], site_keys: set[str]) -> list[Draft]:
    others = [draft for draft in drafts if name_key(draft.name) not in site_keys]
    if others or not drafts:
        return others
    for draft in drafts:
        draft.kind, draft.confidence = Kind.ORGANISATION, _SITE_ONLY
    return drafts[:1]


def _with_employers(drafts: list[Draft]) -> list[Draft]:
    """Give a line that says for whom a person works ("Herald Staff") to the person on the line before it."""
    kept: list[Draft] = []
    for draft in drafts:
        employed = draft.kind is Kind.ORGANISATION and draft.name.casefold().endswith(" staff")
        if employed and kept and kept[-1].kind is Kind.PERSON:
            kept[-1].affiliation = kept[-1].affiliation or draft.name
        else:
            kept.append(draft)
    return kept


def _is_running(text: str) -> bool:
    """Tell whether visible text is a label of the page ("Afficher mon profil complet") rather than a pen name."""
    words = text.split()
    return len(words) > 2 and all(word.islower() for word in words[1:])


def _join_lines(text: str) -> str:
    """Join a name that markup broke into lines of one word each ("Prof. Dr.", then "Jane", then "Doe")."""
    lines = text.split("\n")
    if 2 <= len(lines) <= 5 and all(_TITLES.match(line) or (line.istitle() and line.isalpha()) for line in lines):
        return " ".join(lines)
    return text


def _confidence(drafts: list[Draft], strings: Sequence[str]) -> float:
    """Say how far the whole is believed: as its weakest name; nothing read from nothing is sure."""
    long = any(len(string) > MAX_CHARS for string in strings)
    weakest = min((draft.confidence for draft in drafts), default=0.5 if any(map(str.strip, strings)) else 1.0)
    return round(weakest * (0.6 if long else 1.0), 3)
