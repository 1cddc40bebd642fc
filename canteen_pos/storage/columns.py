"""How values lie in columns: fen as integers, times as UTC text beside the local offset, JSON as text."""

import json
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Integer, Text


def fen(name: str, *, nullable: bool = False, default: str | None = None) -> "Column[Any]":
    """An amount in fen: 64 bits, so that a year of a district fits."""
    return Column(name, BigInteger, nullable=nullable, server_default=default)


def count(name: str, *, nullable: bool = False, default: str | None = None) -> "Column[Any]":
    return Column(name, Integer, nullable=nullable, server_default=default)


def text(name: str, *, nullable: bool = False, default: str | None = None) -> "Column[Any]":
    return Column(name, Text, nullable=nullable, server_default=default)


def flag(name: str, default: str = "0") -> "Column[Any]":
    """0 or 1; pair it with `flags(...)` in the table."""
    return Column(name, Integer, nullable=False, server_default=default)


def flags(*names: str) -> tuple[CheckConstraint, ...]:
    """Each named column holds 0 or 1 and nothing else."""
    return tuple(CheckConstraint(f"{name} in (0, 1)", name=f"{name}_is_a_flag") for name in names)


def one_of(name: str, *values: str) -> CheckConstraint:
    """The column holds one of these words."""
    return CheckConstraint(
        f"{name} in ({', '.join(repr(value) for value in values)})", name=f"{name}_is_known"
    )


def utc_text(moment: datetime) -> str:
    """'2026-11-23T04:00:00.000Z': fixed width, so text order is time order. ValueError for a naive moment."""
    if moment.tzinfo is None:
        raise ValueError("a stored time needs its zone")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def offset_min(moment: datetime) -> int:
    """Minutes east of UTC at that local moment: 480 in China."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a stored time needs its zone")
    return int(offset.total_seconds() // 60)


@lru_cache(maxsize=64)
def _zone(minutes: int) -> timezone:
    return timezone(timedelta(minutes=minutes))


def local_moment(at_utc: str, minutes: int = 0) -> datetime:
    """The stored time back, in the zone it was written in."""
    return datetime.fromisoformat(at_utc.replace("Z", "+00:00")).astimezone(_zone(minutes))


def to_json(value: object) -> str:
    """Compact JSON text with Chinese left readable."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def from_json(value: str | None) -> Any:
    return None if value is None else json.loads(value)
