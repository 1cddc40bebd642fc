"""Records that were merged into another: who asks for one of them asks for the person."""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, or_, select, union_all

from canteen_pos.storage.tables import people


def kept(person_id: Any) -> ColumnElement[int]:
    """The id itself, or that of the record it was merged into."""
    gone = people.alias("gone")
    into: ScalarSelect[int] = select(gone.c.merged_into).where(gone.c.id == person_id).scalar_subquery()
    return func.coalesce(into, person_id)


def tokens(token: Any) -> Select[Any]:
    """The token itself and those of the records that were merged into its person."""
    own, gone, stays = people.alias("own"), people.alias("gone"), people.alias("stays")
    both = union_all(
        select(own.c.token).where(own.c.token == token),
        select(gone.c.token).join(stays, gone.c.merged_into == stays.c.id).where(stays.c.token == token),
    ).subquery()
    return select(both.c.token)


def ids(person_id: Any) -> Select[Any]:
    """The id itself and those of the records that were merged into it."""
    gone = people.alias("gone")
    return select(gone.c.id).where(or_(gone.c.id == person_id, gone.c.merged_into == person_id))
