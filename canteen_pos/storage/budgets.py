"""Funds' pots: what everybody together has drawn, kept by conditional updates so that no two tills draw the same fen."""

from collections.abc import Mapping

from sqlalchemy import bindparam, select, text

from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import budgets

_DRAWN = select(budgets.c.name, budgets.c.drawn_fen).where(
    budgets.c.name.in_(bindparam("names", expanding=True))
)
_DRAW = text(
    "insert into budgets (name, drawn_fen, start_fen)"
    " select cast(:budget as text), cast(:fen as bigint), cast(:start as bigint)"
    " where cast(:start as bigint) is null or :fen <= :start"
    " on conflict (name) do update"
    " set drawn_fen = budgets.drawn_fen + excluded.drawn_fen, start_fen = excluded.start_fen"
    " where excluded.start_fen is null or budgets.drawn_fen + excluded.drawn_fen <= excluded.start_fen"
)
_GIVE_BACK = text("update budgets set drawn_fen = drawn_fen - :fen where name = :budget")


def left(conn: Connection, starts: Mapping[str, int]) -> dict[str, int]:
    """What is left in each pot that began with so much, never below zero.

    Whatever was drawn counts, also before anybody said what the pot holds: it came out of the same pot.
    """
    if not starts:
        return {}
    drawn = {row.name: row.drawn_fen for row in conn.execute(_DRAWN, {"names": sorted(starts)})}
    return {name: max(0, start_fen - drawn.get(name, 0)) for name, start_fen in starts.items()}


def draw(conn: Connection, name: str, fen: int, start_fen: int | None) -> bool:
    """Take `fen` out of a pot that holds `start_fen` in all (None: it has no end); False when it has less."""
    return conn.execute(_DRAW, {"budget": name, "fen": fen, "start": start_fen}).rowcount == 1


def give_back(conn: Connection, name: str, fen: int) -> None:
    conn.execute(_GIVE_BACK, {"budget": name, "fen": fen})
