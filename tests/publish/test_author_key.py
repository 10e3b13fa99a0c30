"""Who is the same person."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Person
from publish.author_key import author_key, name_key
from tests.publish.making import origin

FORUM, ATLAS = origin(), origin(name="The Atlas Brief", key=None)


def test_one_name_at_two_origins_is_two_people() -> None:
    """Nobody is credited with another's work."""
    jane = Person(name="Jane Doe")
    assert (author_key(jane, FORUM), author_key(jane, ATLAS)) == (
        "jane-doe-pacific-forum",
        "jane-doe-the-atlas-brief",
    )


def _with(field: str, value: str) -> dict[str, Any]:
    return {field: value}


def test_the_same_address_is_the_same_person_wherever() -> None:
    """A page of their own, however it is written, or an e-mail address; another one is somebody else."""
    for field, one, same, other in (
        ("email", "jane@doe.example", "Jane@Doe.example ", "jane@roe.example"),
        ("url", "https://doe.example/jane", "https://doe.example/jane?utm_source=feed", "https://roe.example/jane"),
    ):
        keys = [author_key(Person(name="Jane Doe", **_with(field, value)), FORUM) for value in (one, other)]
        assert author_key(Person(name="Jane Doe", **_with(field, same)), ATLAS) == keys[0] != keys[1]


def test_names_that_read_alike_are_one_and_others_are_not() -> None:
    """Accents come and go between feeds; names that only transliterate alike are two people."""
    assert name_key("Jos\u00e9 N\u00fa\u00f1ez") == name_key("Jose Nunez") == "jose-nunez"
    assert name_key("\u674e\u5a1c") != name_key("\u4e3d\u5a1c")


@given(st.text(st.characters(), min_size=1, max_size=300), st.text(st.characters(), max_size=300))
def test_any_author_has_a_safe_key(name: str, origin_name: str) -> None:
    """Whatever a byline holds, the key is one plain name of bounded length, and always the same."""
    found = author_key(Person(name=name), origin(name=origin_name, key=None))
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert 0 < len(found) <= 150
    assert found[0] != "-"
    assert found == author_key(Person(name=name), origin(name=origin_name, key=None))
