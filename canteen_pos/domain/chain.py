"""The chain of documents: one canonical text for each body, and hashes that link it to the one before."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any


def canonical(value: object) -> str:
    """The one JSON text of `value`: keys sorted, no spaces, Chinese as it is. TypeError for what JSON cannot hold,
    ValueError for a float: an amount with a fraction has no business here."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if _FLOAT.search(_STRINGS.sub("", text)):
        raise ValueError(f"a float in a document: {text}")
    return text


_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"')
_FLOAT = re.compile(r"\d[.eE]|NaN|Infinity")


def digest(text: str) -> str:
    """Hex sha256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def link(previous_hash: str, body: str) -> str:
    """The hash of a document: of the hash before it and its canonical body."""
    return digest(previous_hash + body)


def first_link(label: str, opened_at_utc: str) -> str:
    """What stands before the first document of a series."""
    return digest(f"canteen_pos series {label} opened {opened_at_utc}")


def fingerprint(request: object) -> str:
    """Of everything that makes two requests the same request."""
    return digest(canonical(request))


def salted(salt: str, facts: Mapping[str, Any]) -> str:
    """Proves facts to who holds the salt; without it, nobody can guess them back."""
    return digest(salt + canonical(facts))


SHORT = 10


def short(full_hash: str) -> str:
    """What a receipt shows of a hash."""
    return full_hash[:SHORT].upper()
