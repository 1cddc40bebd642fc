"""What the cashier typed into the one field: how many, of what, whole or half."""

import re
from dataclasses import dataclass

WHO_SIGNS = (".", "@")
"""A text that begins with one of these looks for a person."""
_QUERY = re.compile(r"^(?:(?P<count>\d{1,2})[*×])?(?P<what>[^*×/]*)(?P<half>/?)$")


@dataclass(frozen=True, slots=True)
class Query:
    """`count` is 1 to 99; `what` is initials, code or name."""

    what: str = ""
    count: int = 1
    half: bool = False


def read(text: str) -> Query:
    """'3*hsr/' is three half portions of what 'hsr' finds. Text of another shape is taken as it is."""
    found = _QUERY.match(text.strip())
    if not found:
        return Query(what=text.strip())
    return Query(what=found["what"].strip(), count=max(1, int(found["count"] or 1)), half=bool(found["half"]))
