"""All that is in one purse goes into another: somebody joins a family purse, two records become one."""

from canteen_pos.domain import chain
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.sale import Entry, no_meal
from canteen_pos.services.documents import Recorded, Writer
from canteen_pos.storage import purses as rows
from canteen_pos.storage.engine import Connection


def move_all(
    conn: Connection, writer: Writer, from_id: int, to_id: int, request_id: str, reason: str
) -> Recorded | None:
    """One 'transfer' document for principal and bonus, inside the caller's transaction; None when there is nothing.

    The writer needs no shift: no cash moves. No cap holds here: it is not new money.
    Refusal 'wallet.unknown' for a purse that is closed or pays later.
    """
    held = rows.purses(conn, {from_id, to_id})
    source, target = held.get(from_id), held.get(to_id)
    if source is None or target is None or {source.kind, target.kind} != {"wallet"} or not target.active:
        raise refuse("wallet.unknown")
    fen, bonus = source.balance_fen, source.bonus_fen
    if not fen and not bonus:
        return None
    if not rows.move(conn, from_id, -fen, -bonus) or not rows.move(conn, to_id, fen, bonus):
        raise refuse("database.busy")
    entries = (
        Entry(f"wallet:{source.token}", fen),
        Entry(f"bonus:{source.token}", bonus),
        Entry(f"wallet:{target.token}", -fen),
        Entry(f"bonus:{target.token}", -bonus),
    )
    draft = no_meal(
        "transfer",
        request_id,
        0,
        fingerprint=chain.fingerprint({"transfer": [source.token, target.token], "fen": [fen, bonus]}),
        entries=tuple(entry for entry in entries if entry.fen),
        extra={"from": source.token, "to": target.token, "fen": fen, "bonus_fen": bonus, "reason": reason},
    )
    return writer.record((draft,))[0]
