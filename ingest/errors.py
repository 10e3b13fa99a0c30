"""Every error reprint raises on purpose, as one tree; each says what, where and what to do next.

    ReprintError
    ├── ConfigError             exit 2: sources.yaml, settings, command line
    │   └── SourcesError        all mistakes of a sources.yaml at once
    ├── StoreError              exit 2: the database
    │   ├── StoreLockedError    another process holds it
    │   ├── StaleClaimError     another worker has taken over what this one claimed
    │   └── ForeignStoreError   it is not ours, or newer than this program
    ├── LedgerError             the ledger's chain is broken
    ├── ChangedError            an article changed after its editor looked at it
    ├── FetchError              one URL could not be had
    │   ├── BlockedAddressError a private, loopback or metadata address
    │   ├── TooLargeError       more bytes than the cap
    │   ├── RobotsError         robots.txt forbids the page, or cannot be had
    │   ├── StatusError         an HTTP status that is no answer
    │   └── UnreachableError    DNS, connection, TLS, time-out, malformed HTTP
    ├── FeedError               the document is no feed that can be read
    ├── ExtractError            one page gave no article
    │   ├── NoArticleError      nothing on it reads like an article
    │   └── ExtractCrashError   it crashed, stalled or outgrew the extractor
    └── PublishError            one target refused or failed

This module imports nothing, so that everything may import it.
"""

from __future__ import annotations


class ReprintError(Exception):
    """The root: `what` happened, `where` (partner, URL, file:line:column), and what to do `next_step`.

    `exit_code` is what the command line ends with when the error ends the command.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", next_step: str = "") -> None:
        super().__init__(what, where, next_step)
        self.what = what
        self.where = where
        self.next_step = next_step

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way back from a child process, keyword arguments included."""
        return _rebuild, (type(self), self.__dict__.copy())

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head} ({self.next_step})" if self.next_step else head


def _rebuild(kind: type[ReprintError], state: dict[str, object]) -> ReprintError:
    error = kind.__new__(kind)
    error.__dict__.update(state)
    error.args = (state.get("what"), state.get("where"), state.get("next_step"))
    return error


class ConfigError(ReprintError):
    """A setting or command line that cannot be used."""

    exit_code = 2


class SourcesError(ConfigError):
    """A sources.yaml with mistakes; `problems` holds one printable line for each.

    `mistakes` hold the same for programs: file, line, column, path and message of each that has a place in the file.
    """

    def __init__(
        self,
        problems: tuple[str, ...],
        *,
        mistakes: tuple[dict[str, object], ...] = (),
        where: str = "",
        next_step: str = "",
    ) -> None:
        super().__init__("\n".join(problems), where=where, next_step=next_step)
        self.problems = problems
        self.mistakes = mistakes

    def __str__(self) -> str:
        return "\n".join((*self.problems, *((self.next_step,) if self.next_step else ())))


class StoreError(ReprintError):
    """The database cannot be used."""

    exit_code = 2


class StoreLockedError(StoreError):
    """Another process holds the database longer than we wait."""


class StaleClaimError(StoreError):
    """Another worker has taken a host over from this one, which must write nothing of its pass any more."""


class ForeignStoreError(StoreError):
    """The database was not made by reprint, or by a newer reprint."""


class LedgerError(ReprintError):
    """The ledger's chain is broken: a record was edited, removed, reordered or inserted."""


class ChangedError(ReprintError):
    """An article changed after its editor looked at it; `seen` is the ledger's number of what was seen."""

    def __init__(self, what: str, *, article_id: int, seen: int, where: str = "", next_step: str = "") -> None:
        super().__init__(what, where=where, next_step=next_step)
        self.article_id = article_id
        self.seen = seen


class FetchError(ReprintError):
    """One URL could not be had. `transient` tells whether trying again may help; `retry_after` in seconds."""

    transient = True

    def __init__(self, what: str, *, where: str = "", next_step: str = "", retry_after: float | None = None) -> None:
        super().__init__(what, where=where, next_step=next_step)
        self.retry_after = retry_after


class BlockedAddressError(FetchError):
    """The URL, or a redirect from it, leads to an address that partners have no business naming."""

    transient = False


class TooLargeError(FetchError):
    """The answer holds more bytes, decoded, than its cap."""

    transient = False


class RobotsError(FetchError):
    """The host's robots.txt forbids the page; `transient` where the file itself could not be had."""

    transient = False


class StatusError(FetchError):
    """An HTTP status that is no answer; `status` holds it, and `transient` follows from it."""

    def __init__(
        self,
        what: str,
        *,
        status: int,
        where: str = "",
        next_step: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(what, where=where, next_step=next_step, retry_after=retry_after)
        self.status = status
        self.transient = status in {408, 425, 429} or status >= 500


class UnreachableError(FetchError):
    """The host could not be asked, or did not answer in HTTP and in time."""


class FeedError(ReprintError):
    """The document is no feed that can be read."""


class ExtractError(ReprintError):
    """One page gave no article."""


class NoArticleError(ExtractError):
    """Nothing on the page reads like an article."""


class ExtractCrashError(ExtractError):
    """The page crashed, stalled or outgrew the extractor's child process."""


class PublishError(ReprintError):
    """One target refused or failed."""
