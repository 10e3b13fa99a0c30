"""Content codings, undone within a cap."""

from __future__ import annotations

import gzip
import zlib

import brotli  # type: ignore[import-untyped]  # ships no type information
import pytest

from ingest.fetch.codings import CodingError, OverCapError, decode
from tests.ingest.fetch.servers import CAP, coded


class TestCodings:
    """Content codings, undone within a cap."""

    @pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate"])
    def test_cut_data_is_told(self, coding: str) -> None:
        """Data that stops early is an error, never half a document."""
        body = coded(bytes(range(256)) * 40, coding)
        with pytest.raises(CodingError):
            decode(body[:-6], coding, max_bytes=CAP)

    @pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate"])
    def test_the_cap_is_exact(self, coding: str) -> None:
        """The cap itself fits, one byte more does not."""
        body = coded(b"a" * 1000, coding)
        assert len(decode(body, coding, max_bytes=1000)) == 1000
        with pytest.raises(OverCapError):
            decode(body, coding, max_bytes=999)

    def test_members_and_frames_follow_one_another(self) -> None:
        """Members of gzip and frames of zstd may be several, and padding after gzip is passed over."""
        assert decode(gzip.compress(b"a") + gzip.compress(b"b") + bytes(8), "gzip", max_bytes=9) == b"ab"
        frames = coded(b"a", "zstd") + coded(b"b", "zstd")
        assert decode(frames, "zstd", max_bytes=9) == b"ab"

    def test_bare_deflate_is_taken(self) -> None:
        """Some servers leave out zlib's wrapper."""
        worker = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        assert decode(worker.compress(b"abc") + worker.flush(), "deflate", max_bytes=9) == b"abc"

    @pytest.mark.parametrize("name", ["", "identity", "utf-8", "none", "GZIP , br"])
    def test_names(self, name: str) -> None:
        """Names of no coding are passed over, real ones are read in any case and order."""
        coded = brotli.compress(gzip.compress(b"abc")) if "GZIP" in name else b"abc"
        assert decode(coded, name, max_bytes=100) == b"abc"
