"""Bylines: who is credited, who is only mentioned, and what is nobody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Byline, Person, Source
from ingest.byline import merge_bylines, parse_bio, parse_bios, parse_byline
from ingest.byline.casing import sane_case
from ingest.byline.clean import MAX_CHARS, clean, name_key

#: Invented strings in the ways newsrooms write bylines: raw, the names in order, and what is said of them.
CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "byline_cases.json").read_text(encoding="utf-8"))


def read(raw: str, source: Source = Source.VISIBLE) -> Byline:
    """Read one string."""
    return parse_byline(raw, source=source)


@pytest.mark.parametrize("case", CASES, ids=[case["raw"] for case in CASES])
def test_the_names_are_read_in_order(case: dict[str, Any]) -> None:
    """A byline gives the credited names in order, and nothing else as a name."""
    assert list(read(case["raw"]).names) == case["names"]


@pytest.mark.parametrize("case", CASES, ids=[case["raw"] for case in CASES])
def test_what_is_said_of_them_goes_to_its_own_fields(case: dict[str, Any]) -> None:
    """Roles, affiliations and addresses go to their own fields; organisations are told from people."""
    people = read(case["raw"]).people
    assert [person.name for person in people if person.organisation] == case.get("organisations", [])
    for field in ("role", "affiliation", "email"):
        found = {person.name: getattr(person, field) for person in people if getattr(person, field)}
        assert found == case.get(field, {})


@pytest.mark.parametrize(
    "raw",
    [
        "Art of the Problem",
        "selbst ist der Mann",
        "Tuesdays with Stories!",
        "Catch more fish",
        "Loud And Quiet",
        "_why",
        "freeman1984",
        "/u/someone",
        "Editor",
        "j.doe",
        "C.Doe",
        "Arts & Letters",
        "Nerds and Co",
        "3 Quarks Daily",
        "Mr Speaker",
        "Doctors Without Borders",
        "The Grugq",
        "A Person",
        "lower case",
        "Ünal",
    ],
)
def test_a_feed_author_that_is_a_pen_name_stays_whole(raw: str) -> None:
    """What a feed states as its author, and is neither list nor note, is the name as it stands."""
    assert read(raw, Source.FEED).names == (raw,)


@pytest.mark.parametrize(
    "raw", ["", " ", "-", "By", "admin", "noreply@blogger.com (Unknown)", "5 min read", "Comments (3)"]
)
@pytest.mark.parametrize("source", list(Source))
def test_nobody_is_made_of_nothing(raw: str, source: Source) -> None:
    """Where nobody is named there is no author, whatever the source."""
    assert not read(raw, source)


def test_initials_keep_their_dots() -> None:
    """Initials are kept with their dots, spaces and order."""
    assert read("By Ann B. Doe, C.D. Roe and E. F. Poe").names == ("Ann B. Doe", "C.D. Roe", "E. F. Poe")


def test_a_list_is_read_string_by_string() -> None:
    """A partner's list of authors keeps organisations as authors, and says each name once."""
    byline = parse_byline(["Jane Doe", "AFP", "Jane Doe"], source=Source.JSON_LD)
    assert [(person.name, person.organisation) for person in byline.people] == [("Jane Doe", False), ("AFP", True)]
    assert byline.raw == "Jane Doe; AFP; Jane Doe"


def test_the_site_is_credited_only_where_nobody_else_is() -> None:
    """The site's own name gives way to any other credit, and alone is believed little."""
    both = parse_byline("Jane Doe; The Daily Planet", source=Source.META, site_names=["the daily planet"])
    assert both.names == ("Jane Doe",)
    alone = parse_byline("The Daily Planet", source=Source.META, site_names=["The Daily Planet"])
    assert alone.people[0].organisation
    assert alone.confidence < 0.5


def test_the_raw_string_is_kept() -> None:
    """The byline as printed stays on record, verbatim."""
    assert read("By\n  JANE DOE").raw == "By\n  JANE DOE"


def test_confidence_follows_the_form() -> None:
    """A led-in full name is surer than a bare one, which is surer than a single word of the page."""
    led, bare, word = (read(raw).confidence for raw in ("By Jane Doe", "Zyx Qvort", "zyx"))
    assert led > bare > word


@pytest.mark.parametrize(
    ("name", "expected"),
    [("JÖRG VAN DER BERG", "Jörg van der Berg"), ("MARY MCDONALD", "Mary McDonald"), ("J.K. ROWLING", "J.K. Rowling"),
     ("ROBERT SMITH III", "Robert Smith III"), ("André KLEIN", "André Klein"), ("AFP", "AFP"), ("JS Tan", "JS Tan"),
     ("JEAN-LUC D'ARC", "Jean-Luc D'Arc"), ("İSMAİL ÇELİK", "İsmail Çelik"), ("Jane Doe", "Jane Doe")],
)  # fmt: skip
def test_capitals_are_cased_sanely(name: str, expected: str) -> None:
    """Names in capitals get the case a reader expects; others are left alone."""
    assert sane_case(name) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "Jane Doe <img src=x onerror=alert(1)>",
        "Jane <b>Doe</b>",
        "<script>steal()</script>Jane Doe",
        "Jane\u202e Doe\u202c",
        "Jane\x00 Doe\x07",
        "&lt;script&gt;steal()&lt;/script&gt;Jane Doe",
        "<![CDATA[Jane Doe]]>",
        "\ue000" + "0\ue000Jane Doe\ue001",
    ],
)
def test_hostile_strings_are_harmless(raw: str) -> None:
    """Markup and unseen characters are taken off, and the name stays."""
    (name,) = read(raw).names
    assert name.replace("0", "").strip() == "Jane Doe"


@pytest.mark.parametrize(
    "unit",
    [
        "(",
        "By ",
        "and & ",
        "Jane Doe, ",
        "<script>",
        "&amp;",
        "@",
        "a@b.example ",
        "Jan 1 ",
        "\u202e",
        "photos by ",
        "記者",
        "a ",
        "a",
        ",",
        "& ",
        " ",
        "a: ",
    ],
)
def test_long_strings_are_bounded(unit: str) -> None:
    """A hundred thousand characters give bounded output."""
    byline = read(unit * (100_000 // len(unit)))
    assert len(byline.people) <= 60
    assert len(byline.raw) <= MAX_CHARS
    assert all(len(person.name) <= 130 for person in byline.people)


_VOCABULARY = """
    By by Von par Jane Doe John Roe van der AFP dpa and und et , ; | ( ) / & - Editor Staff Writer in Tokyo The Times
    @jane j@x.example 3 min read May 2, 2020 Jr. A. PhD <b> &amp; 記者 기자 كتب Foto: photos for
"""
_WORDS = st.sampled_from(["\n", *_VOCABULARY.split()])
_TEXTS = st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=25).map(" ".join))


@given(_TEXTS, st.sampled_from(list(Source)))
@settings(max_examples=400, deadline=None)
def test_any_string_gives_a_byline(raw: str, source: Source) -> None:
    """No string raises; names are never empty, and hold no control character, tag or address."""
    byline = read(raw, source)
    assert 0 <= byline.confidence <= 1
    for name in byline.names:
        assert name.strip()
        assert all(char.isprintable() or char in "\u200c\u200d" for char in name)
        assert "<" not in name
        assert "@x.example" not in name


@given(_TEXTS)
@settings(max_examples=400, deadline=None)
def test_names_are_words_of_the_string(raw: str) -> None:
    """Every word of a name stands in the string: nothing is made up."""
    words = set(name_key(clean(raw)).replace(" ", ""))
    for name in read(raw).names:
        assert set(name_key(name).replace(" ", "")) <= words


@pytest.mark.parametrize("case", CASES, ids=[case["raw"] for case in CASES])
def test_a_name_read_again_is_itself(case: dict[str, Any]) -> None:
    """A name that was read gives itself when it is read as a feed's author."""
    for name in case["names"]:
        assert read(name, Source.FEED).names == (name,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Doe (jane.doe@uni.example) is an associate professor of history at the University of Somewhere.",
         ("Jane Doe", "associate professor of history", "the University of Somewhere", "jane.doe@uni.example")),
        ("Jane Doe is a freelance writer based in Oslo.", ("Jane Doe", "freelance writer", None, None)),
        ("About the author: Jane Doe is a lecturer in law at Any University.",
         ("Jane Doe", "lecturer in law", "Any University", None)),
        ("Jane Doe, Ph.D., is a senior fellow at the Any Institute.",
         ("Jane Doe", "senior fellow", "the Any Institute", None)),
        ("Jane Doe covers health care for The Daily Planet. Follow her on Twitter @janedoe.",
         ("Jane Doe", None, "The Daily Planet", None)),
        ("Jane Doe can be reached at jane@paper.example.", ("Jane Doe", None, None, "jane@paper.example")),
        ("Contact reporter Jane Doe at jane@paper.example.", ("Jane Doe", None, None, "jane@paper.example")),
        ("Jane DoeJane Doe is a reporter at The Daily Planet.", ("Jane Doe", "reporter", "The Daily Planet", None)),
        ("J. A. Doe (doe@forum.example) is president emeritus of Any Forum.",
         ("J. A. Doe", "president emeritus of Any Forum", None, "doe@forum.example")),
        ("Max Müller ist Professor für Soziologie an der Universität Irgendwo.",
         ("Max Müller", "Professor für Soziologie", "Universität Irgendwo", None)),
        ("Marie Durand est journaliste à La Gazette.", ("Marie Durand", "journaliste", "La Gazette", None)),
        ("María López es periodista de El Diario.", ("María López", "periodista de El Diario", None, None)),
        ("Mario Rossi è giornalista e scrittore.", ("Mario Rossi", "giornalista", None, None)),
        ("João Silva é professor de história na Universidade Nova.",
         ("João Silva", "professor de história", "Universidade Nova", None)),
        ("Jan Jansen is journalist bij De Krant.", ("Jan Jansen", "journalist", "De Krant", None)),
        ("Anna Svensson är journalist på Tidningen.", ("Anna Svensson", "journalist", "Tidningen", None)),
        ("Иван Петров — журналист, обозреватель газеты.", ("Иван Петров", "журналист", None, None)),
    ],
)  # fmt: skip
def test_a_closing_note_is_read(text: str, expected: tuple[str | None, ...]) -> None:
    """A closing note gives name, role, affiliation and address, and stays verbatim as the bio."""
    person = parse_bio(text)
    assert person is not None
    assert (person.name, person.role, person.affiliation, person.email) == expected
    assert person.bio == text
    assert person.source is Source.BIO


@pytest.mark.parametrize(
    "text",
    [
        "France is a republic at the heart of Europe.",
        "New Zealand is a member of the Commonwealth and an island state.",
        "Jane Doe is the president of the United Lands and lives in the capital.",
        'Jane Doe is a professor at Any University, and "this is bad," she said.',
        "United Airways is a leader in aviation at the moment.",
        "The professor is a researcher at an institute in Oslo.",
        "South Africa is home to many writers and journalists.",
        "He is an associate professor of law at Any University.",
        "Mr Roe was a journalist at the time of the war.",
        "This Sunday is a day for editors and writers at home.",
        "Wikipedia is a free encyclopedia written by authors.",
        "Any University is a private research university in Oslo.",
        "Jane Roe leads the company from its seat in Texas.",
        "Max Roe ist der ehemalige Bundeskanzler.",
        "",
        "Jane Doe",
        "x" * 3_000,
        "Climate Change is a problem for editors everywhere.",
    ],
)
def test_running_text_is_no_closing_note(text: str) -> None:
    """A sentence about a country, a firm or somebody in the news is no note on an author."""
    assert parse_bio(text) is None


def test_several_notes_are_parted() -> None:
    """Notes on several authors in one paragraph give one person each, with its own words."""
    text = (
        "Jane Doe is a staff writer for The Daily Planet. She lives in Oslo. John Roe is a reporter at The Gazette."
    )
    jane, john = parse_bios(text)
    assert jane.bio == "Jane Doe is a staff writer for The Daily Planet. She lives in Oslo."
    assert (john.name, john.affiliation) == ("John Roe", "The Gazette")


def test_one_note_on_two_people_is_for_both() -> None:
    """A note that opens with two names speaks of both."""
    people = parse_bios("Jane Doe and John Roe are professors of economics at Any University.")
    assert [person.name for person in people] == ["Jane Doe", "John Roe"]


@settings(deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(_WORDS, max_size=40).map(" ".join)))
def test_any_paragraph_may_be_asked(text: str) -> None:
    """No paragraph raises, and a bio is always a part of the paragraph."""
    for person in parse_bios(text):
        assert person.bio is not None
        assert person.bio in text


def _byline(*people: Person, confidence: float = 0.9, raw: str = "") -> Byline:
    return Byline(people=people, confidence=confidence, raw=raw)


def test_merging_fills_in_by_name() -> None:
    """The strongest byline keeps its names and order; the others fill in what it lacks."""
    feed = _byline(Person(name="Jane Doe", source=Source.FEED), Person(name="John Roe", source=Source.FEED), raw="a")
    page = _byline(Person(name="JOHN ROE", role="Reporter"), Person(name="Jane A. Doe", affiliation="AP"), raw="b")
    bio = _byline(Person(name="Jane Doe", bio="Jane Doe is ...", email="j@x.example", source=Source.BIO))
    merged = merge_bylines([feed, page, bio])
    assert merged.names == ("Jane Doe", "John Roe")
    assert merged.raw == "a"
    assert merged.people[0] == Person(
        name="Jane Doe", affiliation="AP", email="j@x.example", bio="Jane Doe is ...", source=Source.FEED
    )
    assert merged.people[1].role == "Reporter"


def test_agreement_raises_and_dispute_lowers_confidence() -> None:
    """Confidence rises where another reading agrees, and falls where all differ."""
    jane, john = _byline(Person(name="Jane Doe"), raw="a"), _byline(Person(name="John Roe"), raw="b")
    assert merge_bylines([jane, _byline(Person(name="Jane Doe"), raw="c")]).confidence > jane.confidence
    assert merge_bylines([jane, john]).confidence < jane.confidence
    assert merge_bylines([jane, john]).names == ("Jane Doe",)


def test_an_organisation_yields_to_the_people_found_elsewhere() -> None:
    """A site that names itself in its data hides no person in the printed byline; an editor's word stands."""
    person = _byline(Person(name="Jane Doe"), raw="By Jane Doe")
    paper = Person(name="The Daily Planet", organisation=True, source=Source.JSON_LD)
    assert merge_bylines([_byline(paper), person]).names == ("Jane Doe",)
    editor = Person(name="The Daily Planet", organisation=True, source=Source.EDITOR)
    assert merge_bylines([_byline(editor), person]).names == ("The Daily Planet",)


def test_a_bio_is_the_byline_only_where_there_is_none() -> None:
    """A closing note makes nobody a co-author, but stands in where nobody is credited."""
    bio = _byline(Person(name="John Roe", source=Source.BIO))
    assert merge_bylines([bio, _byline(Person(name="Jane Doe"))]).names == ("Jane Doe",)
    assert merge_bylines([Byline(), bio]).names == ("John Roe",)


def test_merging_nothing_is_nothing() -> None:
    """No candidates give an empty byline."""
    assert not merge_bylines([])
    assert not merge_bylines([Byline(raw="3 min read")])


@pytest.mark.parametrize(
    "raw", ["Staff Writers", "Staff Reporter", "Staff", "Our Staff", "By Our Special Correspondent"]
)
@pytest.mark.parametrize("source", list(Source))
def test_a_role_alone_names_nobody(raw: str, source: Source) -> None:
    """What stands where a name would, and says only what somebody does there, is no author, whatever the source."""
    assert not read(raw, source)


def test_a_line_that_says_for_whom_somebody_works_is_an_affiliation() -> None:
    """The staff of a paper, on the line after a person, is where the person works and no second author."""
    byline = parse_byline(["By Jane Doe", "Herald Staff"], source=Source.VISIBLE)
    assert [(person.name, person.affiliation) for person in byline.people] == [("Jane Doe", "Herald Staff")]
    assert parse_byline(["Herald Staff"], source=Source.VISIBLE).names == ("Herald Staff",)
