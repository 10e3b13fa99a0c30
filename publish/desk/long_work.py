"""Long work of the desk: in a thread of its own, one of each kind at a time, with progress that pages show."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeAlias

import structlog

from ingest.errors import ReprintError

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Work:
    """One piece of work as it stands."""

    kind: str
    #: What it is about, in words.
    title: str
    by: str
    begun_at: datetime
    done: int = 0
    #: 0 while nobody knows.
    total: int = 0
    ended_at: datetime | None = None
    #: What kept it from its end, in words.
    error: str | None = None
    result: object = None

    @property
    def running(self) -> bool:
        """Whether it is not at its end."""
        return self.ended_at is None


#: Is told how much is done, and of how much.
Step: TypeAlias = Callable[[int, int], None]


class StoppedError(Exception):
    """The desk ends: the work that is told so ends too."""


class LongWorks:
    """The last work of each kind, running or not; its functions are called from any thread."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._works: dict[str, Work] = {}
        self._stopping = threading.Event()
        #: Grows with each change, so that whoever watches sees one.
        self.version = 0

    @property
    def works(self) -> Mapping[str, Work]:
        """The works by their kinds."""
        with self._lock:
            return MappingProxyType(dict(self._works))

    def stop(self) -> None:
        """Have running work end at its next step."""
        self._stopping.set()

    def start(self, work: Work, run: Callable[[Step], object]) -> bool:
        """Begin a work in a thread; False where one of its kind is not at its end yet."""
        with self._lock:
            before = self._works.get(work.kind)
            if before is not None and before.running:
                return False
            self._works[work.kind] = work
            self.version += 1
        threading.Thread(target=self._run, args=(work, run), name=f"desk-{work.kind}", daemon=True).start()
        return True

    def _run(self, work: Work, run: Callable[[Step], object]) -> None:
        def step(done: int, total: int) -> None:
            if self._stopping.is_set():
                raise StoppedError
            self._change(work.kind, done=done, total=total)

        try:
            result = run(step)
        except StoppedError:
            self._change(work.kind, ended_at=self._clock(), error="the desk was stopped")
        except ReprintError as error:
            self._change(work.kind, ended_at=self._clock(), error=str(error))
        except Exception as error:
            # A thread that ended unseen would be shown as running for ever.
            log.exception("desk.work_broken", kind=work.kind, error=repr(error))
            self._change(
                work.kind, ended_at=self._clock(), error=f"it broke, and that is our mistake: {error!r:.300}"
            )
        else:
            self._change(work.kind, ended_at=self._clock(), result=result)

    def _change(self, kind: str, **changes: Any) -> None:
        with self._lock:
            self._works[kind] = replace(self._works[kind], **changes)
            self.version += 1
