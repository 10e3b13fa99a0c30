"""Images are decoded in a killable child process: one that crashes, stalls or eats memory costs that image only."""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import signal
from collections.abc import Callable
from concurrent.futures import TimeoutError as PoolTimeoutError
from types import TracebackType
from typing import Self

from pebble import ProcessExpired, ProcessPool

from publish.images.values import Files, Job, Refused

#: Address space of the child, in bytes: twice what the largest image takes.
MEMORY_BYTES = 1_500_000_000
_IMAGES_PER_CHILD = 200


def work(job: Job) -> Files | Refused:
    """Make one image's files; this is what the child runs."""
    # The parent does without the decoders: importing them costs it time at every start, and is what is attacked.
    from publish.images.make import make

    return make(job)


class ImageMaker:
    """One child process, started with the first image; `timeout` in seconds for one image."""

    def __init__(
        self,
        *,
        timeout: float = 20.0,
        memory: int = MEMORY_BYTES,
        work: Callable[[Job], Files | Refused] = work,
    ) -> None:
        self._timeout = timeout
        self._memory = memory
        self._work = work
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

    async def make(self, job: Job) -> Files | Refused:
        """Return what `make` does; an image that the child did not survive is refused."""
        future = self._running().schedule(self._work, args=(job,), timeout=self._timeout)
        try:
            result: Files | Refused = await asyncio.wrap_future(future)
        except PoolTimeoutError:
            return Refused(reason=f"it takes more than {self._timeout:g} s to decode")
        except MemoryError:
            return Refused(reason=f"it takes more than {self._memory // 1_000_000:,} MB to decode")
        except ProcessExpired as error:
            return Refused(reason=f"it ended the decoder (exit code {error.exitcode})")
        return result

    def _running(self) -> ProcessPool:
        if self._pool is None:
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(["publish.images.make"])
            self._pool = ProcessPool(
                max_workers=1,
                max_tasks=_IMAGES_PER_CHILD,
                initializer=_limit,
                initargs=(self._memory,),
                context=context,
            )
        return self._pool


def _limit(memory: int) -> None:
    # Ctrl-C is for the parent, which lets its child finish.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
