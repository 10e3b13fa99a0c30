"""The people of one byline while it is read: what comes next is another name, or belongs to the last one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.article import Person, Source
from ingest.byline.casing import sane_case
from ingest.byline.clean import name_key
from ingest.byline.judge import Kind, Verdict
from ingest.byline.organisations import is_agency, is_organisation
from ingest.byline.pieces import Joint
from ingest.byline.roles import is_head

_PLURAL = (
    "writers",
    "reporters",
    "correspondents",
    "editors",
    "journalists",
    "contributors",
    "columnists",
    "redakteure",
    "periodistas",
)
_LONGEST_NAME = 120
_LONGEST_NOTE = 300


@dataclass(slots=True)
class Draft:
    """One credited name with what was found about it so far."""

    name: str
    kind: Kind
    confidence: float
    role: str | None = None
    affiliation: str | None = None
    email: str | None = None
    url: str | None = None

    def person(self, source: Source) -> Person:
        """Make it the value that flows on."""
        organisation = self.kind is Kind.ORGANISATION
        return Person(
            name=self.name if organisation else sane_case(self.name), role=self.role, affiliation=self.affiliation,
            email=self.email, url=self.url, organisation=organisation, source=source,
        )  # fmt: skip

    def fill(self, other: Draft) -> None:
        """Take from the same name's other mention what this one lacks."""
        self.role, self.affiliation = self.role or other.role, self.affiliation or other.affiliation
        self.email, self.url = self.email or other.email, self.url or other.url
        self.confidence = max(self.confidence, other.confidence)


@dataclass(slots=True)
class Roster:
    """The drafts of a byline in order; `take` each judged piece, then `distinct`."""

    drafts: list[Draft] = field(default_factory=list)
    role: str | None = None
    #: Where the string that is being read began.
    start: int = 0

    def open(self) -> None:
        """Begin another string: what it says belongs to no name of the one before."""
        self.role, self.start = None, len(self.drafts)

    @property
    def last(self) -> Draft | None:
        """The name the next note belongs to."""
        return self.drafts[-1] if len(self.drafts) > self.start else None

    def take(self, verdict: Verdict, joint: Joint, confidence: float) -> None:
        """Take one judged piece: a further name, or a note on the last one."""
        if verdict.kind is Kind.NOTHING:
            return
        if verdict.kind is Kind.SUFFIX:
            self._suffix(verdict.text)
        elif verdict.kind is Kind.ROLE:
            self._note_role(verdict.text)
        elif verdict.kind is Kind.PLACE:
            self._note_place(verdict.text)
        elif self._is_name(verdict, joint):
            self._add(verdict, joint, confidence)
        else:
            self._note_affiliation(verdict, joint)

    def contact(self, email: str | None, url: str | None) -> None:
        """Keep an address with the last name."""
        if self.last is not None:
            self.last.email, self.last.url = self.last.email or email, self.last.url or url

    def distinct(self) -> list[Draft]:
        """Return the drafts, each name once."""
        by_key: dict[str, Draft] = {}
        for draft in self.drafts:
            first = by_key.setdefault(name_key(draft.name) or draft.name, draft)
            if first is not draft:
                first.fill(draft)
        return list(by_key.values())

    def _is_name(self, verdict: Verdict, joint: Joint) -> bool:
        last = self.last
        if last is None or joint in {Joint.START, Joint.AND}:
            return True
        if verdict.kind is Kind.PERSON:
            return joint is not Joint.INSIDE or last.kind is not Kind.PERSON
        if joint is Joint.INSIDE and last.kind is Kind.ORGANISATION:
            return is_agency(verdict.text) and not _abbreviates(verdict.text, last.name)
        if joint is Joint.INSIDE or last.kind is Kind.PERSON:
            return False
        return verdict.kind is Kind.ORGANISATION or joint is Joint.COMMA

    def _add(self, verdict: Verdict, joint: Joint, confidence: float) -> None:
        role, self.role = verdict.role or self.role, None
        draft = Draft(verdict.text[:_LONGEST_NAME], verdict.kind, confidence, role, verdict.affiliation)
        if joint is Joint.INSIDE and self.last is not None and self.last.kind is Kind.LOOSE:
            self.drafts.pop()  # "jdoe (Jane Doe)": the pen name gives way to the full one
        self.drafts.append(draft)

    def _suffix(self, text: str) -> None:
        if self.last is not None:
            self.last.name = f"{self.last.name}, {text}"

    def _note_role(self, text: str) -> None:
        if self.last is None:
            self.role = self.role or text
            return
        plural = text.casefold().endswith(_PLURAL)
        for draft in self._since_note("role") if plural else [self.last]:
            draft.role = f"{draft.role}, {text}"[:_LONGEST_NOTE] if draft.role else text[:_LONGEST_NOTE]

    def _note_place(self, text: str) -> None:
        if self.last is not None:
            have = self.last.affiliation
            self.last.affiliation = f"{have}, {text}"[:_LONGEST_NOTE] if have else text

    def _note_affiliation(self, verdict: Verdict, joint: Joint) -> None:
        last, text = self.last, verdict.text
        if last is None or (joint is Joint.INSIDE and text.islower() and not is_agency(text)):
            return
        if is_head(text.rpartition(" ")[2]):
            self._note_role(text)
            return
        if last.affiliation or not is_organisation(text.split()):
            self._note_place(text)
            return
        for draft in self._since_note("affiliation"):
            draft.affiliation = text[:_LONGEST_NOTE]

    def _since_note(self, name: str) -> list[Draft]:
        found: list[Draft] = []
        for draft in reversed(self.drafts[self.start :]):
            if getattr(draft, name) or draft.kind is not Kind.PERSON:
                break
            found.append(draft)
        return found or self.drafts[-1:]


def _abbreviates(sign: str, name: str) -> bool:
    """Tell whether a sign is made of a name's own initials ("AP" of "The Associated Press")."""
    initials = "".join(word[0] for word in re.split(r"[\s-]+", name) if word and word.casefold() != "the")
    return sign.casefold() == initials.casefold() or len(sign) < 2
