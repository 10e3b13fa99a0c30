"""Kinds of pair that the public corpus does not hold, made from a seed, to measure the duplicate decision on.

    python -m tests.bench.pair_kinds OUT.jsonl.gz [--count 60] [--texts PAIRS.jsonl.gz]

With `--texts` the prose is that of the `a` sides of a pairs file, else our own (prose.py).
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from tests.bench.dedupe import read_pairs
from tests.bench.prose import Piece, article, markets, results, weather

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: What a light rewrite does to words.
_SYNONYMS = """
said>stated because>since about>around after>following but>yet while>whereas many>numerous big>large people>residents
told>informed near>close_to also>too however>still may>might begin>start began>started show>reveal shows>reveals
new>fresh often>frequently use>employ used>employed help>assist need>require make>create made>created long>lengthy
likely>probable small>minor few>hardly_any before>ahead_of with>along_with according>as_reported get>obtain
most>the_majority_of other>further even>indeed such>of_this_kind only>just like>such_as found>discovered
good>decent way>manner work>effort public>general issue>matter major>key year>twelvemonth money>funds old>ageing
"""
SYNONYMS = dict(pair.split(">") for pair in _SYNONYMS.split())

Maker = Callable[[Random, Sequence[Piece]], tuple[Piece, Piece]]


def words_cut(text: str, count: int) -> str:
    """Return the first words of a text."""
    return " ".join(text.split()[:count])


def teaser(random: Random, base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make a feed's teaser: the first 40 words and an ellipsis."""
    ending = random.choice((" …", "...", " [...]", "… Read more at The Valley Monitor"))
    return base[0], replace(base[0], paragraphs=(words_cut(base[0].text, 40) + ending,))


def teaser_first(random: Random, base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make the teaser come in before the whole."""
    whole, cut = teaser(random, base)
    return cut, whole


def excerpt_opening(_random: Random, base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make an excerpt of the first three paragraphs with a pointer."""
    return base[0], replace(
        base[0], paragraphs=(*base[0].paragraphs[:3], "Read the full story at Open Ledger."), headline=""
    )


def excerpt_inner(_random: Random, base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make an excerpt of three paragraphs from the middle."""
    middle = len(base[0].paragraphs) // 2
    return base[0], replace(base[0], paragraphs=base[0].paragraphs[middle - 1 : middle + 2])


def light_rewrite(random: Random, base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make a rewrite: synonyms, a dropped sentence here and there, neighbours swapped."""
    return base[0], replace(
        base[0],
        headline=" ".join(reversed(base[0].headline.split())),
        paragraphs=tuple(_rewrite(random, p) for p in base[0].paragraphs),
    )


def _rewrite(random: Random, paragraph: str) -> str:
    sentences = re.split(r"(?<=[.!?”]) ", paragraph)
    if len(sentences) > 2 and random.random() < 0.15:
        del sentences[random.randrange(len(sentences))]
    if len(sentences) > 2 and random.random() < 0.15:
        sentences[0], sentences[1] = sentences[1], sentences[0]
    words = [
        SYNONYMS.get(word, word).replace("_", " ") if random.random() < 0.8 else word
        for word in " ".join(sentences).split()
    ]
    return " ".join(word for word in words if random.random() > 0.02)


def noisy_rewrite(random: Random, base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make a rewrite in which every tenth word, of those not capitalised or figures, is another."""
    vocabulary = sorted({w for piece in base for w in piece.text.split() if w.isalpha() and w.islower()})

    def other(word: str) -> str:
        return random.choice(vocabulary) if word.isalpha() and word.islower() and random.random() < 0.12 else word

    return base[0], replace(
        base[0], headline="", paragraphs=tuple(" ".join(map(other, p.split())) for p in base[0].paragraphs)
    )


def credited(_random: Random, base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make a republisher's copy: credit line first, bio and footer last, headline changed."""
    footer = (
        "Agnes Whitlow covers rivers for The Valley Monitor. Reach her at agnes@example.org.",
        "This story was first published by The Valley Monitor, a non-profit newsroom. Sign up for its newsletter.",
    )
    line = "By Agnes Whitlow | The Valley Monitor. Republished here with permission under a Creative Commons licence."
    return base[0], replace(base[0], headline="What we know so far", paragraphs=(line, *base[0].paragraphs, *footer))


def yearly_series(random: Random, base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make two years' posts of a series: one intro and closing, other entries, another year."""
    intro = base[0].paragraphs[:2]
    closing = base[0].paragraphs[2:3]
    years = random.sample(range(2015, 2027), 2)
    made = [
        Piece(
            headline=f"The best walks along the coast in {year}",
            names=base[0].names,
            paragraphs=(*intro, f"These are our picks for {year}.", *other.paragraphs[:5], *closing),
        )
        for year, other in zip(years, base[1:3], strict=True)
    ]
    return made[0], made[1]


def yearly_notice(random: Random, base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make two years' posts that are the same but for years, dates and figures."""
    years = random.sample(range(2015, 2027), 2)

    def made(year: int) -> Piece:
        dates = [f"{random.randint(1, 28)} {random.choice(('May', 'June', 'July'))}" for _ in range(4)]
        lines = [
            f"The {year} harbour fair opens on {dates[0]} {year} and closes on {dates[1]} {year}.",
            f"Tickets cost {random.randint(5, 40)} crowns at the gate, {random.randint(5, 40)} before {dates[2]}.",
            f"Last year {random.randint(1000, 9000)} visitors came; {random.randint(1000, 9000)} may in {year}.",
            *base[0].paragraphs[:2],
            f"Exhibitors sign up until {dates[3]} {year} at the harbour office, room {random.randint(1, 99)}.",
        ]
        return Piece(headline=f"Harbour fair {year}: all you need to know", names=(), paragraphs=tuple(lines))

    return made(years[0]), made(years[1])


def weather_other_day(random: Random, _base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make the forecasts of two days."""
    first, second = random.sample(DAYS, 2)
    return weather(random, first, random.randint(1, 15)), weather(random, second, random.randint(16, 30))


def markets_other_day(random: Random, _base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make the market reports of two days."""
    first, second = random.sample(DAYS[:5], 2)
    return markets(random, first), markets(random, second)


def results_other_day(random: Random, _base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make the results of two match days."""
    first, second = random.sample(DAYS, 2)
    return results(random, first), results(random, second)


def digest(_random: Random, base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make a digest that quotes the opening of several pieces, the first one's among them."""
    lines = ["Good morning. Here is what our partners wrote this week."]
    for piece in base[:5]:
        lines += [piece.headline, piece.paragraphs[0], "Read it in full at the source."]
    return base[0], Piece(headline="The week in stories", names=(), paragraphs=tuple(lines))


def digest_of_briefs(_random: Random, base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make a digest that takes in a whole brief."""
    briefs = [replace(piece, paragraphs=piece.paragraphs[:2]) for piece in base[:4]]
    lines = ["Good morning. Here is what our partners wrote this week."]
    for piece in (briefs[1], briefs[0], *briefs[2:]):
        lines += [piece.headline, *piece.paragraphs]
    return briefs[0], Piece(headline="The week in stories", names=(), paragraphs=tuple(lines))


def rolling_update(random: Random, base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make a live page and its later state under another URL: a new lead, part of the old text, new paragraphs."""
    old = base[0].paragraphs
    fresh = iter([p for piece in base[1:] for p in piece.paragraphs])
    lines = [next(fresh), next(fresh)]
    for paragraph in old:
        lines += [paragraph] if random.random() < 0.7 else [next(fresh)] if random.random() < 0.7 else []
    headline = base[0].headline
    return replace(base[0], headline=f"Live: {headline}"), replace(
        base[0], headline=f"Live: {headline}, day two", paragraphs=tuple(lines)
    )


def rolling_lead(_random: Random, base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make a later state under another URL that puts three new paragraphs on top and keeps the old text."""
    return replace(base[0], headline=""), replace(
        base[0], headline="", paragraphs=(*base[1].paragraphs[:3], *base[0].paragraphs)
    )


def rolling_tail(_random: Random, base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make a later state under another URL that adds four paragraphs at the end."""
    return base[0], replace(base[0], paragraphs=(*base[0].paragraphs, *base[1].paragraphs[:4]))


def follow_up(_random: Random, base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make a follow-up: new paragraphs, then the old background."""
    return base[0], Piece(
        headline=base[1].headline,
        names=base[0].names,
        paragraphs=(*base[1].paragraphs[:5], *base[0].paragraphs[3:8]),
    )


def weekly_column(_random: Random, base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make two columns with one intro and sign-off."""
    intro, sign_off = base[2].paragraphs[:2], base[2].paragraphs[2:3]
    a, b = (
        Piece(headline="The Thursday column", names=p.names, paragraphs=(*intro, *p.paragraphs[:4], *sign_off))
        for p in base[:2]
    )
    return a, b


def two_reports(random: Random, base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make two reports of one event: a few shared statements, each in words of its own."""
    shared = base[0].paragraphs[:3]
    b = [*base[1].paragraphs[:2], *(shared[i] for i in random.sample(range(3), 2)), *base[1].paragraphs[2:5]]
    return replace(base[0], paragraphs=base[0].paragraphs[:8]), Piece(
        headline=base[0].headline, names=base[1].names, paragraphs=tuple(b)
    )


def press_release(random: Random, base: Sequence[Piece]) -> tuple[Piece, Piece]:
    """Make two partners' edits of one press release: paragraphs dropped, words changed."""

    def edit(piece: Piece) -> Piece:
        kept = [_rewrite(random, p) for p in piece.paragraphs if random.random() < 0.75]
        return replace(piece, paragraphs=tuple(kept or piece.paragraphs[:1]), names=())

    return edit(base[0]), edit(base[0])


KINDS: dict[Maker, int | None] = {
    teaser: 1,
    teaser_first: 1,
    excerpt_opening: 1,
    excerpt_inner: 1,
    light_rewrite: 1,
    noisy_rewrite: 1,
    credited: 1,
    yearly_series: 0,
    yearly_notice: 0,
    weather_other_day: 0,
    markets_other_day: 0,
    results_other_day: 0,
    digest: 0,
    digest_of_briefs: 0,
    rolling_update: 0,
    rolling_lead: 0,
    rolling_tail: 0,
    follow_up: 0,
    weekly_column: 0,
    two_reports: 0,
    press_release: None,
}


def make_pairs(
    random: Random,
    count: int,
    texts: Sequence[Piece] = (),
    *,
    titles: bool = True,
    kinds: Iterable[Maker] = KINDS,
) -> list[dict[str, Any]]:
    """Return `count` pairs of each kind, from `texts` or our own prose; without titles the text decides alone."""
    pairs = []
    for kind in kinds:
        for number in range(count):
            base = random.sample(list(texts), 6) if texts else [article(random) for _ in range(6)]
            a, b = kind(random, base)
            sides = {"a": _side(a, titles=titles), "b": _side(b, titles=titles)}
            name = kind.__name__
            pairs.append({"pair": f"{name}-{number}", "kind": name, "label": KINDS[kind], **sides})
    return pairs


def _side(piece: Piece, *, titles: bool) -> dict[str, Any]:
    return {
        "title": piece.headline if titles else None,
        "authors": list(piece.names) if titles else None,
        "text": piece.text,
    }


def texts_of(path: Path) -> list[Piece]:
    """Return the plain texts of the corpus pairs that have eight paragraphs, under headlines of our own."""
    texts = sorted({pair["a"]["text"] for pair in read_pairs(path) if pair["kind"] == "attribution"})
    pieces = [
        replace(article(Random(text)), paragraphs=tuple(p for p in text.split("\n") if len(p.split()) > 8))
        for text in texts
    ]
    return [piece for piece in pieces if len(piece.paragraphs) >= 8]


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the pairs to a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=60, help="pairs of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", type=Path, help="a pairs file whose texts to use")
    parser.add_argument("--no-titles", action="store_true", help="leave headlines and names out")
    options = parser.parse_args(arguments)
    texts = texts_of(options.texts) if options.texts else ()
    pairs = make_pairs(Random(options.seed), options.count, texts, titles=not options.no_titles)
    content = "".join(json.dumps(pair, ensure_ascii=False) + "\n" for pair in pairs)
    options.out.write_bytes(gzip.compress(content.encode()))
    print(f"{len(pairs)} pairs of {len(KINDS)} kinds in {options.out}")


if __name__ == "__main__":
    main()
