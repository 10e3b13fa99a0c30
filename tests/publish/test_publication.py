"""What may be handed to a target."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, cast

import pytest

from ingest.errors import PublishError
from ingest.rights import Decision, Verdict
from ingest.terms import Mode
from tests.publish.making import PUBLISHED, article, credit, publication


def test_an_article_without_attribution_is_no_publication() -> None:
    """A bare article is refused, whatever its shape."""
    with pytest.raises(TypeError, match="AttributedArticle"):
        replace(publication(), attributed=cast("Any", article()))


@pytest.mark.parametrize("verdict", [Verdict.HOLD, Verdict.DENY])
def test_what_is_not_to_be_published_is_refused(verdict: Verdict) -> None:
    """A held or denied article cannot become a publication."""
    found = publication()
    held = replace(found.attributed, decision=Decision(verdict=verdict, mode=Mode.FULL))
    with pytest.raises(PublishError, match=f"the decision is {verdict}"):
        replace(found, attributed=held)


def test_a_credit_that_nobody_could_see_is_refused() -> None:
    """Control characters alone are no credit."""
    with pytest.raises(PublishError, match="credit is blank"):
        publication(credit_=credit("\x01\x02 "))


@pytest.mark.parametrize("name", ["published_at", "updated_at"])
def test_a_time_without_zone_is_refused(name: str) -> None:
    """Our own times are aware."""
    naive: datetime = PUBLISHED.replace(tzinfo=None)
    with pytest.raises(ValueError, match=f"{name} has no time zone"):
        replace(publication(), **cast("dict[str, Any]", {name: naive}))
