"""Giving quota uses back."""

from sqlalchemy import bindparam, update

from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import quota_uses

_RELEASE = (
    update(quota_uses)
    .where(
        quota_uses.c.document_id == bindparam("sale"),
        quota_uses.c.quota == bindparam("name"),
        quota_uses.c.window == bindparam("in_window"),
        quota_uses.c.released_by.is_(None),
    )
    .values(released_by=bindparam("refund"))
)


def release(conn: Connection, sale_id: str, quota: str, window: str, refund_id: str) -> None:
    """The use that a sale took counts no more; its slot is free again."""
    conn.execute(_RELEASE, {"sale": sale_id, "name": quota, "in_window": window, "refund": refund_id})
