"""Alerts of `reprint run`: what needs a person, to a webhook or by e-mail, each thing once."""

from publish.alerts.conditions import conditions, of_findings
from publish.alerts.messenger import Messenger, messenger_of
from publish.alerts.tell import tell_new

__all__ = ["Messenger", "conditions", "messenger_of", "of_findings", "tell_new"]
