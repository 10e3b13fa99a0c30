"""Whether we may publish: terms, article and time in, a verdict with its reasons out (pure)."""

from ingest.rights.better import choose
from ingest.rights.decide import decide, held_back, stands_until, terms_for
from ingest.rights.values import Decision, Reason, Verdict

__all__ = ["Decision", "Reason", "Verdict", "choose", "decide", "held_back", "stands_until", "terms_for"]
