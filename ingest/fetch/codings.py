"""Content codings undone within a cap (RFC 9110, section 8.4.1), so that no bomb grows past it (pure).

httpx decodes whole chunks without a limit: 64 KB of brotli can hold gigabytes. So the fetcher takes the coded bytes
and decodes them here.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Mapping
from typing import Final

import brotli  # type: ignore[import-untyped]  # ships no type information
import zstandard

#: What we ask for, the cheapest to undo first.
ACCEPT_ENCODING: Final = "gzip, br, zstd, deflate"

#: More layers than this are no honest answer.
MAX_CODINGS: Final = 2

#: RFC 8878, section 3.1.1.1.2: decoders may refuse frames that want more memory than 8 MB.
ZSTD_MAX_WINDOW: Final = 8 * 1024 * 1024


class CodingError(ValueError):
    """The bytes are not what their content coding says, or end too early."""


class OverCapError(ValueError):
    """The decoded bytes are more than the cap; `kept` are those up to it, where no other layer covers them."""

    def __init__(self, message: str, kept: bytes = b"") -> None:
        super().__init__(message)
        self.kept = kept


def decode(coded: bytes, content_encoding: str, *, max_bytes: int) -> bytes:
    """Return the bytes behind a Content-Encoding header's codings, the last applied undone first.

    Names of no coding ("utf-8", "none", as some servers send) are passed over. Raises OverCapError where more than
    `max_bytes` come out of any layer, CodingError where the bytes do not fit their coding or stop before its end.
    """
    names = [name.strip().lower() for name in content_encoding.split(",")]
    layers = [name for name in names if name in _DECODERS]
    if len(layers) > MAX_CODINGS:
        raise CodingError(f"{len(layers)} content codings one over the other")
    for position, name in enumerate(reversed(layers), start=1):
        try:
            coded = _DECODERS[name](coded, max_bytes) if coded else coded
        except OverCapError as error:
            raise (error if position == len(layers) else OverCapError(str(error))) from error
    if len(coded) > max_bytes:
        raise OverCapError(f"more than {max_bytes} bytes", coded[:max_bytes])
    return coded


def _inflate(coded: bytes, max_bytes: int, wbits: int) -> bytes:
    plain = bytearray()
    rest = coded
    while rest:
        worker = zlib.decompressobj(wbits)
        try:
            plain += worker.decompress(rest, max_bytes + 1 - len(plain))
        except zlib.error as error:
            raise CodingError(str(error)) from error
        if len(plain) > max_bytes:
            raise OverCapError(f"more than {max_bytes} bytes", bytes(plain[:max_bytes]))
        if not worker.eof:
            raise CodingError("the coded data stops before its end")
        # RFC 1952, section 2.2: members follow one another; what does not begin one is padding.
        rest = worker.unused_data if worker.unused_data.startswith(b"\x1f\x8b") else b""
    return bytes(plain)


def _gzip(coded: bytes, max_bytes: int) -> bytes:
    return _inflate(coded, max_bytes, 16 + zlib.MAX_WBITS)


def _deflate(coded: bytes, max_bytes: int) -> bytes:
    # RFC 9110 says zlib's wrapper; some servers send the bare stream (RFC 1951).
    try:
        return _inflate(coded, max_bytes, zlib.MAX_WBITS)
    except CodingError:
        return _inflate(coded, max_bytes, -zlib.MAX_WBITS)


def _brotli(coded: bytes, max_bytes: int) -> bytes:
    worker = brotli.Decompressor()
    plain = bytearray()
    chunk = coded
    try:
        while not worker.is_finished():
            piece = worker.process(chunk, output_buffer_limit=max_bytes + 1 - len(plain))
            plain += piece
            if len(plain) > max_bytes:
                raise OverCapError(f"more than {max_bytes} bytes", bytes(plain[:max_bytes]))
            if not piece and not chunk:
                raise CodingError("the coded data stops before its end")
            chunk = b""
    except brotli.error as error:
        raise CodingError("not brotli") from error
    return bytes(plain)


def _zstd(coded: bytes, max_bytes: int) -> bytes:
    worker = zstandard.ZstdDecompressor(max_window_size=ZSTD_MAX_WINDOW)
    try:
        with worker.stream_reader(io.BytesIO(coded), read_across_frames=True) as reader:
            plain = reader.read(max_bytes + 1)
        if len(plain) > max_bytes:
            raise OverCapError(f"more than {max_bytes} bytes", bytes(plain[:max_bytes]))
        # The reader is bounded but takes a cut for the end, so a second pass looks for the end.
        whole = _ends(coded, worker)
    except zstandard.ZstdError as error:
        raise CodingError(str(error)) from error
    if not whole:
        raise CodingError("the coded data stops before its end")
    return plain


def _ends(coded: bytes, worker: zstandard.ZstdDecompressor) -> bool:
    while coded:
        frame = worker.decompressobj()
        frame.decompress(coded)
        if not frame.eof:
            return False
        coded = frame.unused_data
    return True


_DECODERS: Final[Mapping[str, Callable[[bytes, int], bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
