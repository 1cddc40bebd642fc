"""What several tests do with vouchers and customers: one with a serial of its own choosing, one that pays later."""

from canteen_pos.services import on_account, wallets
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.on_account import Customer
from canteen_pos.services.wallets import Purse
from canteen_pos.storage import tables as t


def add_voucher(desk: Desk, serial: str, face_fen: int = 1000, valid_to: str = "2026-12-31") -> None:
    """A face-value voucher of the street, as an earlier release stored it: without a batch."""
    with desk.db.write() as conn:
        conn.execute(
            t.vouchers.insert().values(
                serial=serial,
                issuer="街道办",
                fund="street",
                face_fen=face_fen,
                valid_from="2026-01-01",
                valid_to=valid_to,
            )
        )


def open_on_account(
    desk: Desk, actor: Actor, name: str, credit_limit_fen: int, kind: str = "on_account"
) -> Purse:
    """A customer who pays later, up to a limit."""
    account_id = on_account.open_(desk, actor, Customer(name, kind, credit_limit_fen))
    return next(purse for purse in wallets.on_account(desk) if purse.account_id == account_id)
