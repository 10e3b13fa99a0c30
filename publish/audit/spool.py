"""Findings kept aside on disk until all are known: an audit of any size takes little memory."""

from __future__ import annotations

import json
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Self

from publish.audit.finding import CODES, Finding, Severity

#: Below this a code's findings stay in memory.
_IN_MEMORY = 256_000


class Spool:
    """Findings by code, the gravest first; a context manager, closed at the latest when nothing holds it any more."""

    def __init__(self) -> None:
        self._files: dict[str, SpooledTemporaryFile[str]] = {}
        self._open = ExitStack()
        # The desk shows findings for as long as it keeps them, which no block could say.
        weakref.finalize(self, self._open.close)
        self.counts: Counter[str] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def take(self, findings: Iterable[Finding]) -> None:
        """Put findings aside, as they come."""
        for found in findings:
            if found.code not in self._files:
                made = SpooledTemporaryFile(max_size=_IN_MEMORY, mode="w+", encoding="utf-8", errors="surrogatepass")  # noqa: SIM115 - the stack closes it
                self._files[found.code] = self._open.enter_context(made)
            self._files[found.code].write(json.dumps(asdict(found), ensure_ascii=False) + "\n")
            self.counts[found.code] += 1

    def __iter__(self) -> Iterator[Finding]:
        """Yield all of them: by severity, code, and in the order in which they were found."""
        for code in self.codes:
            yield from self.of(code)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that were found, the gravest first."""
        order = list(Severity)
        return tuple(sorted(self.counts, key=lambda code: (order.index(CODES[code][0]), code)))

    def of(self, code: str) -> Iterator[Finding]:
        """Yield the findings of one code."""
        file = self._files[code]
        file.seek(0)
        for line in file:
            values = json.loads(line)
            yield Finding(**{**values, "severity": Severity(values["severity"])})

    def severities(self) -> Counter[Severity]:
        """Return how many there are of each severity."""
        counts: Counter[Severity] = Counter()
        for code, count in self.counts.items():
            counts[CODES[code][0]] += count
        return counts
