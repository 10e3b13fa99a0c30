"""The pieces of an article's pages to those of one article: in order, what each page shows again only once (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.body import Figure, Heading
from ingest.extract.lines import flat
from ingest.extract.pieces import Piece

#: Why a block was dropped that another page of the article shows, too.
AGAIN = "other-page"
#: Longer paragraphs stand once in an article, wherever.
_LONG = 60
#: So many blocks at a page's ends are its head and foot, where each page shows the same again.
_EDGE = 4
#: A page of which more than this share stood before is the same page.
_SAME = 0.8
#: A closing subhead that one of these follows is theirs.
_BOXES = frozenset({"related", "teaser", "newsletter", "share", "tags", "comments", "author"})


def join(pages: Sequence[Sequence[Piece]]) -> list[Piece]:
    """Return the pieces of all pages; those shown again are dropped, a note at the foot of each but the last one.

    Takes each page's trimmed pieces. A repeated line is the earlier one's where both close their pages, as a note on
    the author does: the last is the article's.
    """
    open_pages = [_with_last_subhead(page) for page in pages[:-1]]
    joined: list[list[Piece]] = []
    for page in (*open_pages, pages[-1]):
        current = list(page)
        for earlier in joined:
            _drop_repeats(earlier, current)
        joined.append(current)
    return [piece for page in joined for piece in page]


def _drop_repeats(earlier: list[Piece], current: list[Piece]) -> None:
    """Drop, in place, what two pages share, from one of them."""
    if _shown_again(earlier, current):
        current[:] = [piece.drop(AGAIN) if piece.kept else piece for piece in current]
        return
    places = {key: i for i, piece in enumerate(earlier) if piece.reason != AGAIN and (key := _key(piece))}
    old_foot, old_head, foot, head = _foot(earlier), _head(earlier), _foot(current), _head(current)
    for i, piece in enumerate(current):
        at = places.get(_key(piece)) if piece.kept else None
        if at is None:
            continue
        if i in foot and at in old_foot and i not in head:
            earlier[at] = earlier[at].drop(AGAIN)
        elif len(piece.text) >= _LONG or isinstance(piece.block, Figure) or (i in head and at in old_head):
            current[i] = piece.drop(AGAIN)


def _shown_again(earlier: Sequence[Piece], current: Sequence[Piece]) -> bool:
    """Tell a page that is the earlier one again, under another address."""
    known = {_key(piece) for piece in earlier if piece.kept}
    sizes = [(len(piece.text), _key(piece) in known) for piece in current if piece.kept]
    return sum(size for size, again in sizes if again) > _SAME * sum(size for size, _ in sizes)


def _key(piece: Piece) -> str:
    """Return what tells a piece from others: a picture's address, else its words."""
    if isinstance(piece.block, Figure):
        return piece.block.image.url
    return flat(piece.text)


def _kept(page: Sequence[Piece]) -> list[int]:
    return [i for i, piece in enumerate(page) if piece.kept]


def _head(page: Sequence[Piece]) -> frozenset[int]:
    return frozenset(_kept(page)[:_EDGE])


def _foot(page: Sequence[Piece]) -> frozenset[int]:
    return frozenset(_kept(page)[-_EDGE:])


def _with_last_subhead(page: Sequence[Piece]) -> list[Piece]:
    """Return a page that others follow with the subhead that closes it: what it stands over is on the next page."""
    result = list(page)
    last = max(_kept(page), default=-1)
    for i in range(last + 1, len(page)):
        if page[i].reason in _BOXES:
            break
        if isinstance(page[i].block, Heading) and page[i].reason in ("heading", "tail"):
            result[i] = Piece(block=page[i].block, element=page[i].element, text=page[i].text)
            break
    return result
