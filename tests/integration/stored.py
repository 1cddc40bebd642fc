"""Everything that stands in a database, for tests that look for what must not be in it."""

import re

from sqlalchemy import inspect, text

from canteen_pos.services.context import Desk

_CHANCE = re.compile(r"\b(?=[0-9]*[a-f])[0-9a-f]{12,}\b|[0-9A-Za-z+/_=-]{24,}")
"""Tokens, hashes and sealed texts: any few letters or figures come in them by chance."""


def everything_stored(desk: Desk) -> str:
    """Every value of every row, a row a line, without what is random."""
    with desk.db.read() as conn:
        rows = (
            row
            for name in inspect(conn).get_table_names()
            for row in conn.execute(text(f"select * from {name}"))
        )
        return "\n".join(_CHANCE.sub("", str(tuple(row))) for row in rows)  # a row itself cuts what is long
