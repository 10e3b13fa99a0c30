"""How an extraction is scored against a reference: the public corpus's definitions, in our own code.

Body: multisets of 4-word shingles; precision and recall are means over pages, F1 their harmonic mean. A standfirst that
the reference keeps apart may be in the body or not: the better reading counts. Names and headlines are compared after
NFKC with straight quotes, plain dashes, single blanks and folded case. A date is right when it is the same calendar day,
as written or in UTC.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import fmean
from typing import Any

Record = Mapping[str, Any]

_WORD = re.compile(r"\w+")
_DAY = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)")
_PLAIN = str.maketrans(
    {**dict.fromkeys("‘’‚‛´`", "'"), **dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‐‑‒–—―−", "-")}
)
_RUN = 4


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """Precision, recall and F1 of one body; `some` tells whether there was a body at all."""

    precision: float
    recall: float
    some: bool

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        return harmonic(self.precision, self.recall)


def harmonic(precision: float, recall: float) -> float:
    """Return F1."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def shingles(text: str | None) -> Counter[tuple[str, ...]]:
    """Return the multiset of a text's 4-word runs; a shorter text is one run."""
    words = _WORD.findall(text or "")
    if not words:
        return Counter()
    return Counter(tuple(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1)))


def overlap(truth: str, guess: str | None) -> Overlap:
    """Return how far two texts share their runs."""
    wanted, given = shingles(truth), shingles(guess)
    both = (wanted & given).total()
    return Overlap(
        precision=both / given.total() if given else float(not wanted),
        recall=both / wanted.total() if wanted else float(not given),
        some=bool(given),
    )


def best_overlap(record: Record, guess: str | None) -> Overlap:
    """Return the better of the readings with and without the reference's standfirst."""
    body, standfirst = record["body_text"], record.get("optional_text")
    forms = [body, f"{standfirst}\n{body}"] if standfirst else [body]
    return max((overlap(form, guess) for form in forms), key=lambda found: found.f1)


def flat(text: object) -> str:
    """Return a headline or name in comparison form."""
    plain = unicodedata.normalize("NFKC", str(text or "")).translate(_PLAIN)
    return " ".join(plain.split()).casefold()


def names(value: str | Sequence[str] | None) -> frozenset[str]:
    """Return a set of names in comparison form; a string is parted at semicolons."""
    parts = value.split(";") if isinstance(value, str) else value or ()
    return frozenset(name for name in map(flat, parts) if name)


def days(value: object) -> frozenset[str]:
    """Return the calendar days that a timestamp may stand for: as written, and in UTC."""
    text = str(value or "")
    match = _DAY.match(text)
    if not match:
        return frozenset()
    found = {"-".join(match.groups())}
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return frozenset(found)
    if moment.tzinfo:
        found.add(moment.astimezone(UTC).date().isoformat())
    return frozenset(found)


def score(records: Iterable[Record], predictions: Mapping[str, Record]) -> dict[str, float]:
    """Return the figures of one set of references; what they do not speak of has no figure."""
    pairs = [(record, predictions.get(record["id"]) or {}) for record in records]
    figures: dict[str, float] = {}
    for scorer in (_bodies, _chunks, _headlines, _authors, _dates):
        figures.update(scorer(pairs))
    return {name: round(value, 4) for name, value in figures.items()}


_Pairs = Sequence[tuple[Record, Record]]


def _bodies(pairs: _Pairs) -> dict[str, float]:
    found = [best_overlap(record, got.get("body_text")) for record, got in pairs if record.get("body_text")]
    if not found:
        return {}
    precision = fmean([o.precision for o in found if o.some] or [0.0])
    return {"body_f1": harmonic(precision, fmean(o.recall for o in found))}


def _chunks(pairs: _Pairs) -> dict[str, float]:
    hits = wanted = wrong = 0
    for record, got in pairs:
        text = " ".join((got.get("body_text") or "").split())
        must, must_not = record.get("must") or (), record.get("must_not") or ()
        wanted += len(must)
        hits += sum(" ".join(chunk.split()) in text for chunk in must)
        wrong += sum(" ".join(chunk.split()) in text for chunk in must_not)
    if not wanted:
        return {}
    return {"chunks_f1": harmonic(hits / (hits + wrong) if hits + wrong else 0.0, hits / wanted)}


def _headlines(pairs: _Pairs) -> dict[str, float]:
    right = [flat(record["title"]) == flat(got.get("title")) for record, got in pairs if record.get("title")]
    return {"headline": fmean(right)} if right else {}


def _authors(pairs: _Pairs) -> dict[str, float]:
    sets = [
        (names(record["authors"]), names(got.get("authors")))
        for record, got in pairs
        if record.get("authors") is not None
    ]
    if not sets:
        return {}
    hits = sum(len(want & have) for want, have in sets)
    want, have = sum(len(want) for want, _ in sets), sum(len(have) for _, have in sets)
    return {
        "authors_exact": fmean(want == have for want, have in sets),
        "authors_f1": harmonic(hits / have if have else 0.0, hits / want if want else 0.0),
    }


def _dates(pairs: _Pairs) -> dict[str, float]:
    right = [bool(days(record["date"]) & days(got.get("date"))) for record, got in pairs if record.get("date")]
    return {"date": fmean(right)} if right else {}
