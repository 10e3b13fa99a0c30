"""Correction notices: the note by which a partner tells readers that something was wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

#: A notice opens its paragraph, or is one short paragraph.
_LABEL: Final = re.compile(
    r"\W*(?:"
    r"corrections?(?: and clarifications?)?|corrected|clarifications?|corrigend(?:um|a)|errat(?:um|a)|retraction"
    r"|korrektur|berichtigung|richtigstellung|correctif|rectificati[fo]n?|mise au point"
    r"|fe de erratas?|correcci[oó]n|rectificaci[oó]n|aclaraci[oó]n|corre[cç][aã]o|errata corrige|rettifica"
    r"|correctie|rectificatie|rättelse|rettelse|korjaus|sprostowanie|oprava|düzeltme"
    r"|исправление|поправка|уточнение|виправлення|更正|勘误|勘誤|訂正|정정|تصحيح|تصويب|תיקון"
    r")(?:\s*\([^)]{1,60}\)|[\s,]+[^:：.]{0,60}?\d[^:：.]{0,40}?)?\s*[:：—–-]",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(
    r"\b(?:an )?(?:earlier|previous|original) version of this (?:story|article|report|piece|post|column|headline)"
    r"|\bthis (?:story|article|report|piece|post|column|headline) (?:has been|was|is) (?:corrected|clarified|amended)"
    r"|\bthis (?:story|article|report|piece|post) (?:has been|was) (?:updated|edited|changed)"
    r" to (?:correct|clarify|fix)"
    r"|\bin einer früheren (?:version|fassung) (?:dieses|des)\b"
    r"|\bune (?:première |précédente )?version (?:antérieure |précédente )?de cet article\b"
    r"|\bcet article a été (?:corrigé|rectifié)"
    r"|\buna versión (?:anterior|previa) de (?:este|esta)\b|\beste artículo (?:ha sido|fue) corregido"
    r"|\buma versão anterior (?:deste|desta)\b|\bin una (?:precedente )?versione (?:precedente )?di quest"
    r"|\bв (?:предыдущей|более ранней|первоначальной) версии\b"
    r"|本文(?:此前|先前|已|曾)[^。]{0,30}(?:更正|有误)|記事[^。]{0,20}訂正",
    re.IGNORECASE,
)
#: Longer paragraphs are prose that speaks of versions.
_LONGEST: Final = 900


def is_notice(line: str) -> bool:
    """Tell whether a paragraph tells readers of a mistake that was put right."""
    return len(line) <= _LONGEST and bool(_LABEL.match(line) or _SENTENCE.search(line))


def new_notices(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """Return the notices among the later lines that the earlier ones do not have."""
    had = {" ".join(line.split()) for line in before}
    return tuple(line for line in after if is_notice(line) and " ".join(line.split()) not in had)
