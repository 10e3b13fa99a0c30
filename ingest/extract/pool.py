"""Extraction in killable child processes: a page that crashes, stalls or eats memory costs that page only."""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import TimeoutError as PoolTimeoutError
from types import TracebackType
from typing import Self, TypeAlias

from pebble import ProcessExpired, ProcessPool

from ingest.article import Article
from ingest.errors import ExtractCrashError
from ingest.extract.page import Job, Page, refuse_oversize
from ingest.feed import Entry
from ingest.page_rules import PageRules
from ingest.scrub import scrub

#: What runs in the child; named by its module, so that the child can import it.
Work: TypeAlias = Callable[[Job], Article]

#: Address space of one child, in bytes: about eight times what the largest page takes.
MEMORY_BYTES = 1_500_000_000
#: A child is replaced after so many pages, so that no library's leak grows for ever.
PAGES_PER_CHILD = 400


def work(job: Job) -> Article:
    """Extract one article; this is what the children run."""
    # The parent does without the libraries: they cost it a third of a second at every start.
    from ingest.extract.article import extract_article

    return scrub(extract_article(job.page, entry=job.entry, rules=job.rules, more=job.more, ended=job.ended))


class Extractor:
    """Up to `workers` child processes, started with the first page; `timeout` in seconds for one page."""

    def __init__(
        self,
        *,
        workers: int = 2,
        timeout: float = 20.0,
        memory: int = MEMORY_BYTES,
        pages_per_child: int = PAGES_PER_CHILD,
        work: Work = work,
        on_done: Callable[[float], None] = lambda _seconds: None,
    ) -> None:
        self.workers = workers
        self._timeout = timeout
        self._memory = memory
        self._pages_per_child = pages_per_child
        self._work = work
        self._on_done = on_done
        self._pool: ProcessPool | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]  # pebble types it in part
            await asyncio.to_thread(pool.join)

    async def extract(
        self,
        page: Page,
        *,
        entry: Entry | None = None,
        rules: PageRules | None = None,
        more: Sequence[Page] = (),
        ended: bool = False,
    ) -> Article:
        """Return the article of a page, as `extract_article` does, and raise what it raises.

        Raises ExtractCrashError besides, when the page crashed its child, took longer than the timeout or more memory
        than a child may have.
        """
        for one in (page, *more):
            refuse_oversize(one)
        job = Job(page=page, entry=entry, rules=rules, more=tuple(more), ended=ended)
        began = time.monotonic()
        future = self._running().schedule(self._work, args=(job,), timeout=self._timeout)
        try:
            result: Article = await asyncio.wrap_future(future)
        except PoolTimeoutError as error:
            raise _crash(f"the page stalled the extractor for {self._timeout:g} s", page) from error
        except MemoryError as error:
            raise _crash(f"the page took more than {self._memory // 1_000_000:,} MB", page) from error
        except ProcessExpired as error:
            raise _crash(f"the page ended the extractor (exit code {error.exitcode})", page) from error
        finally:
            self._on_done(time.monotonic() - began)
        return result

    def _running(self) -> ProcessPool:
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self.workers,
                max_tasks=self._pages_per_child,
                initializer=_limit,
                initargs=(self._memory,),
                context=_context(),
            )
        return self._pool


def _context() -> multiprocessing.context.BaseContext:
    """Return a fork server with the libraries loaded: a new child costs milliseconds and inherits no thread."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "ingest.extract.article"])
    return context


def _limit(memory: int) -> None:
    # Ctrl-C is for the parent, which lets its children finish.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _crash(what: str, page: Page) -> ExtractCrashError:
    return ExtractCrashError(
        what, where=page.url, next_step="the other pages go on; report the page if it is a plain article"
    )
