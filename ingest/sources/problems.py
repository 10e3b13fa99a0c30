"""A mistake in a sources.yaml, and how it is put to a person."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TypeAlias, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from ingest.sources.yaml_tree import Path, Problem, Tree

Fields: TypeAlias = tuple[str, ...]

_CREDENTIALS = re.compile(r"//[^/@\s]*@")
_QUOTED = re.compile(r"'([^']*)'")
_SHOWN = 80
#: So many letters of a word's beginning tell which one is meant.
_TELLING = 3

_PLAIN = {
    "bool_type": "must be true or false, not {given}",
    "bool_parsing": "must be true or false, not {given}",
    "int_type": "must be a whole number, not {given}",
    "int_parsing": "must be a whole number, not {given}",
    "int_from_float": "must be a whole number, not {given}",
    "float_type": "must be a number, not {given}",
    "float_parsing": "must be a number, not {given}",
    "string_type": "must be text, not {given}; put it in quotes",
    "string_too_short": "must not be empty",
    "tuple_type": "must be a list, such as [{bare}], not {given}",
    "dict_type": "must be a block of keys, not {given}",
    "model_type": "must be a block of keys, not {given}",
    "date_type": "must be a day such as 2027-12-31, not {given}",
    "date_parsing": "must be a day such as 2027-12-31, not {given}",
    "date_from_datetime_parsing": "must be a day such as 2027-12-31, not {given}",
    "date_from_datetime_inexact": "must be a day such as 2027-12-31, not {given}",
}


def dotted(path: Path) -> str:
    """Return a path as people write it: partners.x.feeds[0].url."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def shown(value: object) -> str:
    """Return a value as a message may repeat it: short, and without the user name and password of a URL."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a block of keys"
    if isinstance(value, list | tuple):
        return "a list"
    text = _CREDENTIALS.sub("//***@", repr(value) if isinstance(value, str) else str(value))
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def suggestion(word: object, known: Fields) -> str:
    """Return "; did you mean 'x'?" for the nearest known word, or nothing."""
    typed = str(word).lower().replace("_", "-")
    spelt = {k.replace("_", "-"): k for k in known}
    # "owned" is nearer to "none" in letters, and means "owned-credit-match".
    begun = [k for k in spelt if len(typed) >= _TELLING and k.startswith(f"{typed}-")]
    near = begun if len(begun) == 1 else get_close_matches(typed, list(spelt), n=1, cutoff=0.6)
    match = spelt[near[0]] if near else None
    return f"; did you mean {match!r}?" if match else ""


def problem_of(error: ErrorDetails, *, tree: Tree, model: type[BaseModel], root: Path = ()) -> Problem:
    """Turn one of pydantic's errors into ours; `root` is where in the tree the model began."""
    own = tuple(error["loc"])
    at = error.get("ctx", {}).get("at")
    path = (*root, *own, *((at,) if at else ()))
    kind = error["type"]
    if kind == "extra_forbidden":
        return Problem(mark=tree.key_mark(path), path=path, message=_unknown_key(own, model))
    of_list = len(path) > 1 and isinstance(path[-2], int)
    mark = tree.key_mark(path) if kind == "missing" and not of_list else tree.mark(path)
    return Problem(mark=mark, path=path, message=_message(error))


def _message(error: ErrorDetails) -> str:
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "missing":
        return "is missing"
    if kind in {"enum", "literal_error"}:
        known = tuple(_QUOTED.findall(str(context["expected"])))
        quote = "; put it in quotes" if not isinstance(given, str) and str(given) in known else ""
        return f"{shown(given)} is not one of {', '.join(known)}{quote or suggestion(given, known)}"
    if kind == "string_too_long":
        return f"is longer than {context['max_length']:,} characters"
    if kind in _PLAIN:
        return _PLAIN[kind].format(given=shown(given), bare=shown(given).strip("'"))
    if kind == "value_error":
        return str(context["error"])
    if kind == "terms":
        return error["msg"]
    message = error["msg"]
    return f"{shown(given)}: {message[0].lower()}{message[1:]}"


def _unknown_key(loc: Path, model: type[BaseModel]) -> str:
    known = keys_at(model, loc[:-1])
    hint = suggestion(loc[-1], known) or (f"; there are {', '.join(known)}" if known else "")
    return f"is no key of this block{hint}"


def keys_at(model: type[BaseModel], path: Path) -> Fields:
    """Return the keys that the block at `path` below `model` may have; none where that is no block of ours."""
    steps = iter(path)
    for step in steps:
        if isinstance(step, int):
            continue
        field = model.model_fields.get(str(step))
        inner = _model_in(field.annotation) if field else None
        if field is None or inner is None:
            return ()
        model = inner
        if get_origin(field.annotation) is dict:
            next(steps, None)
    return tuple(model.model_fields)


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
