"""The leader's side of the engine: jobs for hosts where something is due, and what dead workers left behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import structlog

from ingest.engine.app import QUEUE, TASK, lock_of

if TYPE_CHECKING:
    from procrastinate import App
    from procrastinate.jobs import Job

log = structlog.get_logger()

#: So many jobs are made in one statement.
_AT_ONCE: Final = 500
#: Jobs that ended this long ago are forgotten; nothing is read from them.
_KEPT_HOURS: Final = 24
#: A job that is given back counts as due for long, whatever the clocks of two machines say.
_LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class EngineClock:
    """What the leader does with the engine."""

    app: App
    #: A worker that has given no sign of life for so long has lost its jobs.
    stalled_after: timedelta

    async def submit(self, hosts: Iterable[str]) -> int:
        """Make a job for each of these hosts that has none waiting or under way; return how many were made."""
        busy = {job.lock for status in ("todo", "doing") for job in await self._jobs(status)}
        missing = [host for host in dict.fromkeys(hosts) if lock_of(host) not in busy]
        made = 0
        for start in range(0, len(missing), _AT_ONCE):
            made += await self._defer(missing[start : start + _AT_ONCE])
        if made:
            log.info("engine.submitted", hosts=made, busy=len(busy))
        return made

    async def reap(self) -> int:
        """Give the jobs of workers that died to others, and return how many they were."""
        from procrastinate.exceptions import ConnectorException, UniqueViolation
        from procrastinate.jobs import Status

        manager, count = self.app.job_manager, 0
        silent = self.stalled_after.total_seconds()
        for job in await manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=silent):
            log.warning("engine.reaped", lock=job.lock, job=job.id, silent_for=silent)
            try:
                await manager.retry_job(job, retry_at=_LONG_AGO)
            except UniqueViolation:
                # Another one waits for the host, and will do what this one left.
                await manager.finish_job(job, status=Status.FAILED, delete_job=False)
            except ConnectorException as error:
                # Its worker was only slow, and has just ended it.
                log.info("engine.not-reaped", job=job.id, why=str(error.__cause__ or error))
                continue
            count += 1
        return count

    async def prune(self) -> None:
        """Forget jobs that ended long ago."""
        await self.app.job_manager.delete_old_jobs(
            nb_hours=_KEPT_HOURS, queue=QUEUE, include_failed=True, include_cancelled=True, include_aborted=True
        )

    async def _jobs(self, status: str) -> Iterable[Job]:
        return await self.app.job_manager.list_jobs_async(queue=QUEUE, status=status)

    async def _defer(self, hosts: list[str]) -> int:
        from procrastinate.exceptions import AlreadyEnqueued

        try:
            await self.app.job_manager.batch_defer_jobs_async([_job(host) for host in hosts])
        except AlreadyEnqueued:
            if len(hosts) == 1:
                return 0
            return sum([await self._defer([host]) for host in hosts])
        return len(hosts)


def _job(host: str) -> Job:
    from procrastinate.jobs import Job

    return Job(
        queue=QUEUE, lock=lock_of(host), queueing_lock=lock_of(host), task_name=TASK, task_kwargs={"host": host}
    )
