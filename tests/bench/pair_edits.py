"""Pairs in many languages, lengths and both directions: what partners do to copies, and what only looks like one.

    python -m tests.bench.pair_edits OUT.jsonl.gz [--count 20] [--texts PAIRS.jsonl.gz] [--seed 1]

Each kind is made `--count` times, the language, the length (40 to 3,000 words) and the direction by the seed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from tests.bench.pair_kinds import texts_of
from tests.bench.prose import Piece
from tests.bench.tongues import SCRIPTS, TEMPLATES, piece_in

Edit = Callable[[Random, Piece, Piece], tuple[Piece, Piece]]

_STYLES = (
    {"“": '"', "”": '"', "’": "'", "—": " - ", "…": "..."},
    {'"': "“", "'": "’", " - ": " — ", "...": "…", " ": "\u00a0"},
)
_US = re.compile(r"(?<=[a-z]{3})(our|ise|isation|tre|lled|elling)\b")
_AMERICAN = {"our": "or", "ise": "ize", "isation": "ization", "tre": "ter", "lled": "led", "elling": "eling"}
_FIGURES = ("Of the 412 who asked, 97 were turned away, 14 of them twice.", "The next count is due in 36 days.")
FOOTER = (
    (
        "This story was produced by The Valley Monitor, a nonprofit newsroom that covers rivers and towns. Sign up for its "
        "weekly newsletter, follow it on social media, or support its work with a donation."
    ),
    "Copyright The Valley Monitor. Republished with permission under a Creative Commons licence.",
)
BIO = (
    "Agnes Whitlow is a reporter at The Valley Monitor, where she covers rivers, ports and the people who live by them. "
    "She previously worked for the Harbour Gazette and holds a degree in geography. Reach her at agnes@example.org."
)
_END = re.compile(r"(?<=[.!?。।”])\s*(?=\S)")


def styled(random: Random, a: Piece, _b: Piece) -> tuple[Piece, Piece]:
    """Change quotes, dashes, ellipses and blanks throughout."""
    style = random.choice(_STYLES)
    return a, _each(a, lambda text: _mapped(text, style))


def _mapped(text: str, style: dict[str, str]) -> str:
    for old, new in style.items():
        text = text.replace(old, new)
    return text


def american(_random: Random, a: Piece, _b: Piece) -> tuple[Piece, Piece]:
    """Respell British words."""
    return a, _each(a, lambda text: _US.sub(lambda m: _AMERICAN[m[1]], text))


def _each(piece: Piece, change: Callable[[str], str]) -> Piece:
    return replace(piece, paragraphs=tuple(map(change, piece.paragraphs)))


def headline_changed(_random: Random, a: Piece, b: Piece) -> tuple[Piece, Piece]:
    """Print it under another headline."""
    return a, replace(a, headline=b.headline)


def footers(_random: Random, a: Piece, b: Piece) -> tuple[Piece, Piece]:
    """Add a credit line, a bio and a footer, under another headline."""
    line = "By Agnes Whitlow, The Valley Monitor"
    return a, replace(a, headline=b.headline, paragraphs=(line, *a.paragraphs, BIO, *FOOTER))


def bio_dropped(_random: Random, a: Piece, _b: Piece) -> tuple[Piece, Piece]:
    """Lose the bio at the end."""
    return replace(a, paragraphs=(*a.paragraphs, BIO)), a


def tail_cut(random: Random, a: Piece, _b: Piece) -> tuple[Piece, Piece]:
    """Cut a quarter to a half at the end."""
    keep = max(1, round(len(a.paragraphs) * random.uniform(0.5, 0.75)))
    return a, replace(a, paragraphs=a.paragraphs[:keep])


def subheads(random: Random, a: Piece, b: Piece) -> tuple[Piece, Piece]:
    """Put a subhead before every third paragraph."""
    heads = [" ".join(p.split()[:5])[:40] for p in b.paragraphs]
    lines = [x for i, p in enumerate(a.paragraphs) for x in ((random.choice(heads), p) if i % 3 == 1 else (p,))]
    return a, replace(a, paragraphs=tuple(lines))


def reflowed(_random: Random, a: Piece, _b: Piece) -> tuple[Piece, Piece]:
    """Make each sentence a paragraph."""
    return a, replace(a, paragraphs=tuple(s for p in a.paragraphs for s in _END.split(p)))


def ads_between(random: Random, a: Piece, _b: Piece) -> tuple[Piece, Piece]:
    """Put ads, related links and counters between paragraphs."""
    ads = (
        "Advertisement",
        "Read more: Ferry timetable postponed again",
        "Story continues below",
        "5 min read",
        "Share",
    )
    lines = [x for p in a.paragraphs for x in ((p, random.choice(ads)) if random.random() < 0.5 else (p,))]
    return a, replace(a, paragraphs=tuple(lines))


def excerpt3(random: Random, a: Piece, _b: Piece) -> tuple[Piece, Piece]:
    """Take three paragraphs in a row from anywhere, with a pointer."""
    start = random.randrange(max(1, len(a.paragraphs) - 2))
    return a, replace(a, paragraphs=(*a.paragraphs[start : start + 3], "Read the full story at The Valley Monitor."))


def teaser40(_random: Random, a: Piece, _b: Piece) -> tuple[Piece, Piece]:
    """Take the first 40 words, or as many characters twice in scripts without blanks."""
    words = a.text.split()
    cut = " ".join(words[:40]) if len(words) > len(a.text) / 15 else a.text[:80]
    return a, replace(a, paragraphs=(cut + " …",))


def rewritten(random: Random, a: Piece, b: Piece) -> tuple[Piece, Piece]:
    """Rewrite 10 to 25 % of the sentences in other words."""
    part = random.uniform(0.1, 0.25)
    others = [s for p in b.paragraphs for s in _END.split(p)]

    def again(paragraph: str) -> str:
        sentences = _END.split(paragraph)
        made = [_reworded(random, s, random.choice(others)) if random.random() < part else s for s in sentences]
        return " ".join(made)

    return a, _each(a, again)


def _reworded(random: Random, sentence: str, other: str) -> str:
    """Keep a third of a sentence's words in a row, and take the rest from another."""
    between = " " if " " in sentence.strip() else ""
    words, rest = (one.split() if between else list(one) for one in (sentence, other))
    third = max(1, len(words) // 3)
    start = random.randrange(max(1, len(words) - third))
    return between.join([*rest[:third], *words[start : start + third], *rest[third : 2 * third]])


def combined(random: Random, a: Piece, b: Piece) -> tuple[Piece, Piece]:
    """Change style, headline, tail, subheads and footer at once."""
    made = a
    for edit in (styled, american, subheads, footers):
        made = edit(random, made, b)[1]
    return a, made


def other_piece(_random: Random, a: Piece, b: Piece) -> tuple[Piece, Piece]:
    """Leave two pieces as they are."""
    return a, b


def appended(random: Random, a: Piece, b: Piece) -> tuple[Piece, Piece]:
    """Let a later piece say all of it and add a fifth to a half of its own: an update, elsewhere."""
    more = max(2, round(len(a.paragraphs) * random.uniform(0.2, 0.5)))
    return a, replace(a, paragraphs=(*a.paragraphs, *b.paragraphs[:more]))


def lead_replaced(random: Random, a: Piece, b: Piece) -> tuple[Piece, Piece]:
    """Let a later piece open with news of its own, two or three paragraphs, and go on as the old one did."""
    count = random.choice((2, 3))
    return a, replace(a, headline=b.headline, paragraphs=(*b.paragraphs[:count], *a.paragraphs[count:]))


def background(random: Random, a: Piece, b: Piece) -> tuple[Piece, Piece]:
    """Let another piece end with two to four paragraphs of background from this one."""
    count = min(random.randint(2, 4), max(1, len(a.paragraphs) // 3))
    return a, replace(b, paragraphs=(*b.paragraphs, *a.paragraphs[-count:]))


def same_intro(_random: Random, a: Piece, b: Piece) -> tuple[Piece, Piece]:
    """Give two columns one intro and one sign-off."""
    intro, sign_off = FOOTER[0], BIO
    return replace(a, paragraphs=(intro, *a.paragraphs, sign_off)), replace(
        b, names=a.names, paragraphs=(intro, *b.paragraphs, sign_off)
    )


def digest_two(random: Random, a: Piece, b: Piece) -> tuple[Piece, Piece]:
    """Quote two paragraphs of each of two pieces, with a few words between."""
    said = [f"We also read this at {random.choice(('the Gazette', 'the Monitor'))}:", "And elsewhere:"]
    return a, Piece(
        headline="What we read this week",
        names=("The desk",),
        paragraphs=(FOOTER[0], said[0], *a.paragraphs[:2], said[1], *b.paragraphs[:2], "That is all for this week."),
    )


def figures_changed(random: Random, a: Piece, _b: Piece) -> tuple[Piece, Piece]:
    """Change each digit: the same report of another day or place."""

    def change(text: str) -> str:
        return re.sub(r"\d", lambda m: str((int(m[0]) + random.randint(1, 9)) % 10), text)

    dated = replace(a, paragraphs=(*a.paragraphs, *_FIGURES))
    return dated, replace(_each(dated, change), headline=change(a.headline))


def template(random: Random, _a: Piece, _b: Piece) -> tuple[Piece, Piece]:
    """Fill one template for two days."""
    make = random.choice(TEMPLATES)
    return make(random), make(random)


def translated(random: Random, a: Piece, _b: Piece) -> tuple[Piece, Piece]:
    """Say it in another language, names and figures kept."""
    tongue = random.choice(sorted(SCRIPTS))
    figures = re.findall(r"\d[\d.,]*", a.text)
    made = piece_in(random, tongue, paragraphs=len(a.paragraphs))
    return a, replace(made, names=a.names, paragraphs=(*made.paragraphs, " ".join(figures)))


def release_edited(random: Random, a: Piece, b: Piece) -> tuple[Piece, Piece]:
    """Let two partners edit one press release: a lead each, some of the rest, some words."""

    def edit(lead: str) -> Piece:
        kept = [p for p in a.paragraphs[1:] if random.random() < 0.7]
        return rewritten(random, replace(a, names=(), paragraphs=(lead, *kept)), b)[1]

    return edit(b.paragraphs[0]), edit(b.paragraphs[-1])


KINDS: dict[Edit, int | None] = {
    styled: 1, american: 1, headline_changed: 1, footers: 1, bio_dropped: 1, tail_cut: 1, subheads: 1, reflowed: 1,
    ads_between: 1, excerpt3: 1, teaser40: 1, rewritten: 1, combined: 1,
    other_piece: 0, appended: 0, lead_replaced: 0, background: 0, same_intro: 0, digest_two: 0, figures_changed: 0,
    template: 0, translated: 0,
    release_edited: None,
}  # fmt: skip
#: Later pieces come after the earlier ones.
ONE_WAY = frozenset({appended, lead_replaced})
#: Where no partner is told, these are updates the other way round.
TOLD_WAYS = frozenset({tail_cut, footers, combined, excerpt3})
#: One partner's own.
ONE_PARTNER = frozenset({appended, lead_replaced, same_intro, figures_changed, template})
#: Whole texts of so many paragraphs, of some 60 words each.
LENGTHS = (3, 5, 8, 12, 20, 45)


def make_pairs(random: Random, count: int, texts: Sequence[Piece] = ()) -> list[dict[str, Any]]:
    """Return `count` pairs of each kind."""
    made = []
    for edit, label in KINDS.items():
        for number in range(count):
            tongue = random.choice(("en", "en", "en", "en", *SCRIPTS))
            a, b = edit(random, *_base(random, tongue, texts))
            told = random.random() < 0.66
            if edit not in ONE_WAY and (told or edit not in TOLD_WAYS) and random.random() < 0.5:
                a, b = b, a
            name = edit.__name__
            hosts = ("a", "a") if edit in ONE_PARTNER else ("a", "b")
            sides = {
                key: _side(random, piece, host if told else "")
                for key, piece, host in zip("ab", (a, b), hosts, strict=True)
            }
            made.append({"pair": f"{name}-{number}-{tongue}", "kind": name, "label": label, **sides})
    return made


def _base(random: Random, tongue: str, texts: Sequence[Piece]) -> tuple[Piece, Piece]:
    paragraphs = random.choice(LENGTHS)
    if tongue != "en" or not texts:
        return piece_in(random, tongue, paragraphs=paragraphs), piece_in(random, tongue, paragraphs=paragraphs)
    a, b = random.sample(list(texts), 2)
    return replace(a, paragraphs=a.paragraphs[:paragraphs]), replace(b, paragraphs=b.paragraphs[:paragraphs])


def _side(random: Random, piece: Piece, host: str) -> dict[str, Any]:
    """Return one side; without a host it has no headline, names and address either, as a bare text."""
    return {
        "title": piece.headline if host else None,
        "authors": list(piece.names) if host else None,
        "url": f"https://{host}.example/{random.getrandbits(40):x}" if host else None,
        "text": piece.text,
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the pairs to a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=20, help="pairs of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", type=Path, help="a pairs file whose texts to use where the language is English")
    options = parser.parse_args(arguments)
    texts = texts_of(options.texts) if options.texts else ()
    pairs = make_pairs(Random(options.seed), options.count, texts)
    content = "".join(json.dumps(pair, ensure_ascii=False) + "\n" for pair in pairs)
    options.out.write_bytes(gzip.compress(content.encode()))
    print(f"{len(pairs)} pairs of {len(KINDS)} kinds in {options.out}")


if __name__ == "__main__":
    main()
