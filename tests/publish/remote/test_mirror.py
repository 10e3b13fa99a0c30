"""The site at other places: a folder, memory, and a real S3 server on loopback."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fsspec.implementations.memory import MemoryFileSystem  # type: ignore[import-untyped]  # ships no types
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import ConfigError, PublishError
from publish.remote import mirror
from publish.remote.headers import headers_of
from publish.remote.manifest import MANIFEST
from publish.remote.place import Place, place_of
from publish.remote.plan import plan_of
from publish.site.writer import write_if_changed

FILES = {
    "index.html": b"<p>front",
    "articles/one.html": b"<p>one",
    "articles/two.html": b"<p>two",
    "archive/index.html": b"<p>archive",
    "feed.xml": b"<rss/>",
    "atom.xml": b"<feed/>",
    "feed.json": b"{}",
    "style.css": b"p{}",
    "images/one/0123456789abcdef0123-480.webp": b"RIFF",
    ".reprint-dressing": b"ours alone",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a site's folder."""
    for path, content in FILES.items():
        write_if_changed(tmp_path / "site" / path, content)
    return tmp_path / "site"


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """Start an S3 server with a bucket of ours, and yield its address."""
    server_module = pytest.importorskip("moto.server", reason="no S3 server for tests on this machine")
    pytest.importorskip("obstore", reason="obstore is not installed: reprint[s3]")
    server = server_module.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    keys = {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }
    with pytest.MonkeyPatch.context() as environment:
        for name, value in keys.items():
            environment.setenv(name, value)
        yield endpoint
    server.stop()


@pytest.fixture(params=["file", "memory", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Return an empty place of each kind in turn."""
    name = f"place-{uuid4().hex}"
    match request.param:
        case "file":
            return place_of(f"file://{tmp_path}/{name}", pauses=())
        case "memory":
            return place_of(f"memory://{name}", pauses=())
        case _:
            endpoint = request.getfixturevalue("s3")
            _make_bucket(endpoint, name)
            return place_of(f"s3://{name}/news", pauses=())


def _make_bucket(endpoint: str, name: str) -> None:
    request = urllib.request.Request(f"{endpoint}/{name}", method="PUT")  # noqa: S310 - loopback
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - loopback
        assert answer.status == 200


def _stands(place: Place) -> dict[str, bytes]:
    place.system.invalidate_cache()
    found = place.system.find(place.root)
    base = place.root.strip("/")
    return {
        path.strip("/").removeprefix(f"{base}/"): place.system.cat_file(path)
        for path in found
        if not path.endswith(MANIFEST)
    }


def test_a_place_becomes_what_the_site_is(root: Path, place: Place) -> None:
    """All files but our own; again sends nothing; then only what changed, and what is gone goes."""
    shown = {path: content for path, content in FILES.items() if not path.startswith(".")}
    assert mirror(root, place).sent == len(shown)
    assert _stands(place) == shown
    again = mirror(root, place)
    assert (again.sent, again.removed) == (0, 0)
    (root / "articles/one.html").write_bytes(b"<p>410 Gone")
    (root / "articles/two.html").unlink()
    (root / "images/one/0123456789abcdef0123-480.webp").unlink()
    third = mirror(root, place)
    assert (third.sent, third.removed) == (1, 2)
    stands = _stands(place)
    assert stands["articles/one.html"] == b"<p>410 Gone"
    assert not {"articles/two.html", "images/one/0123456789abcdef0123-480.webp"} & stands.keys()
    assert mirror(root, place, everything=True).sent == len(shown) - 2


def test_s3_serves_each_file_as_what_it_is(root: Path, s3: str) -> None:
    """Types and cache headers as a browser gets them: a page soon again, an image within the day."""
    from obstore.store import S3Store

    bucket = f"bucket-{uuid4().hex}"
    _make_bucket(s3, bucket)
    mirror(root, place_of(f"s3://{bucket}", pauses=()))
    for path in FILES:
        if path.startswith("."):
            continue
        answer, headers = S3Store(bucket).get(path), headers_of(path)
        assert (answer.attributes["Content-Type"], answer.attributes["Cache-Control"]) == (
            headers.content_type,
            headers.cache_control,
        )
        assert bytes(answer.bytes()) == FILES[path]
    assert headers_of("index.html").cache_control == headers_of("feed.xml").cache_control == "public, max-age=60"
    assert headers_of("images/a/b.webp").cache_control == "public, max-age=86400"


class _Faulty(MemoryFileSystem):  # type: ignore[misc]  # its library ships no types
    """A place that refuses some files, so many times, and remembers the order of what came."""

    cachable = False
    protocol = "faulty"

    def __init__(self, refuses: str, times: int) -> None:
        super().__init__()
        # The library keeps one store for all of memory; this place is on its own.
        self.store: dict[str, Any] = {}
        self.pseudo_dirs = [""]
        self.refuses, self.times, self.came = refuses, times, list[str]()

    def pipe_file(self, path: str, value: bytes, **options: Any) -> None:
        """Take a file, or refuse it."""
        if path.endswith(self.refuses) and self.times > 0:
            self.times -= 1
            raise ConnectionResetError("the line broke")
        super().pipe_file(path, value, **options)
        self.came.append(path.removeprefix("/there/"))


def _faulty(refuses: str, times: int) -> Place:
    return Place(url="faulty://there", system=_Faulty(refuses, times), root="/there", pauses=(0.0, 0.0))


def test_a_failed_upload_is_repeated(root: Path) -> None:
    """A line that breaks twice is tried a third time."""
    place = _faulty("two.html", 2)
    assert mirror(root, place).sent == len(FILES) - 1


def test_no_list_leads_to_a_page_that_did_not_arrive(root: Path) -> None:
    """Pages go before lists, and lists wait for them; what arrived is not sent again, the rest is."""
    place = _faulty("articles/two.html", 3)
    with pytest.raises(PublishError, match=r"articles/two\.html: the line broke"):
        mirror(root, place)
    came = place.system.came
    assert not {"archive/index.html", "index.html", "feed.xml"} & set(came)
    assert {"articles/one.html", "style.css"} <= set(came)
    came.clear()
    mirror(root, place)
    assert "articles/one.html" not in came
    order = [came.index(path) for path in ("articles/two.html", "archive/index.html", "feed.xml", "index.html")]
    assert order == sorted(order)
    assert _stands(place).keys() == FILES.keys() - {".reprint-dressing"}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"files": 3}', b'{"files": {"index.html": 7}}', b"\xff\xfe"])
def test_a_manifest_that_nobody_can_read_sends_everything(root: Path, content: bytes) -> None:
    """What stands there is then unknown; sending it again harms nothing."""
    place = _faulty("nothing", 0)
    place.write(MANIFEST, content)
    assert mirror(root, place).sent == len(FILES) - 1


@pytest.mark.parametrize(
    ("url", "says"), [("s3://key:secret@bucket/x", "user name"), ("nosuchthing://x", "no kind of place")]
)
def test_a_place_that_cannot_be_worked_with_is_told(url: str, says: str) -> None:
    """And no key is repeated in the message."""
    with pytest.raises(ConfigError) as found:
        place_of(url)
    assert says in str(found.value)
    assert "secret" not in str(found.value)


@given(
    st.dictionaries(st.sampled_from(sorted(FILES)), st.sampled_from("ab")),
    st.dictionaries(st.sampled_from([*sorted(FILES), "gone.html"]), st.sampled_from("ab")),
)
def test_a_plan_makes_one_place_of_the_other(here: dict[str, str], there: dict[str, str]) -> None:
    """Whatever stood there: after it, the same stands at both; nothing is sent that stands there already."""
    plan = plan_of(here, there)
    sent: Sequence[str] = [path for wave in plan.waves for path in wave]
    after = {path: digest for path, digest in there.items() if path not in plan.removals}
    after.update({path: here[path] for path in sent})
    assert after == here
    assert all(there.get(path) != here[path] for path in sent)
