"""What a target is asked to show: one attributed article under our own name and times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ingest.attribution import AttributedArticle
from ingest.corrections import Correction
from ingest.errors import PublishError
from ingest.printable import printable
from ingest.rights import Verdict
from publish.images.values import Picture


@dataclass(frozen=True, kw_only=True)
class Related:
    """An earlier piece on the same topic, as another piece's page names it."""

    slug: str
    headline: str
    partner_name: str
    language: str | None
    published_at: datetime


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A work as it is to stand at a target; refuses to exist without a credit or against the verdict.

    Raises TypeError for anything but an AttributedArticle, ValueError for a time without zone, and PublishError where
    the credit is blank or the decision is not to publish.
    """

    #: The work's number in our store: one page for all its copies and revisions.
    work_id: int
    #: Ours, ASCII, unique at the target, and unchanged by later revisions.
    slug: str
    attributed: AttributedArticle
    #: When we first published it; aware.
    published_at: datetime
    #: When we last changed it; aware, `published_at` if never.
    updated_at: datetime
    #: What was put right in it, the oldest first.
    corrections: tuple[Correction, ...] = ()
    #: The pieces just before this one on its topic, the newest first; where the target keeps lists.
    related: tuple[Related, ...] = ()
    #: What the topic is called ("Climate", "Pacific Forum").
    topic: str = ""
    #: The key of the section that an editor chose for it; None: by the partner's labels.
    section: str | None = None

    #: The images that we have and that the terms allow here, the lead first.
    pictures: tuple[Picture, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.attributed, AttributedArticle):
            raise TypeError(f"a publication takes an AttributedArticle, not {type(self.attributed).__name__}")
        for name in ("published_at", "updated_at"):
            if getattr(self, name).tzinfo is None:
                raise ValueError(f"{name} has no time zone")
        self._demand_right_and_credit()

    def _demand_right_and_credit(self) -> None:
        decision, where = self.attributed.decision, self.attributed.article.url
        if decision.verdict is not Verdict.PUBLISH:
            raise PublishError(
                f"the decision is {decision.verdict}, not publish",
                where=where,
                next_step="release it, or change the terms",
            )
        if not printable(self.attributed.credit.text).strip():
            raise PublishError("the credit is blank", where=where, next_step="give the terms a credit template")
