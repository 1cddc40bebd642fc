"""The demo's accounts: units that pay later with meals behind them, vouchers of two kinds, points of volunteers."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from random import Random

from canteen_pos.clock import FixedClock
from canteen_pos.domain.bill import Serving
from canteen_pos.domain.menu import Tile
from canteen_pos.domain.order import Order, OrderLine, Payment
from canteen_pos.services import menus, on_account, points, selling, wallets
from canteen_pos.services.context import Actor, Desk
from canteen_pos.storage import accounts, voucher_lists
from canteen_pos.storage.columns import utc_text
from canteen_pos.storage.engine import Connection

COMMITTEE = "书院街社区居委会"
_UNITS = (
    ("员工餐", 500_000, "staff", "陈经理", ""),
    (COMMITTEE, 300_000, "on_account", "刘书记", "02886660101"),
    ("王家（王强代付）", 50_000, "on_account", "王强", "13800001234"),
)
_GUESTS = 5
_WORK = ((2, "分餐、收盘两小时"), (3, "给行动不便的老人送餐"), (1, "擦桌子"))


def accounts_and_vouchers(conn: Connection, actor: Actor, now: datetime, token: Callable[[], str]) -> None:
    """Inside the founding transaction, as the services would make them."""
    for name, limit_fen, kind, contact, phone in _UNITS:
        made = wallets.add_on_account(conn, name, limit_fen, kind, token())
        accounts.change(conn, made.account_id, contact=contact, phone=phone)
    first, last = now.date().replace(month=1, day=1), now.date().replace(month=12, day=31)
    _batch(
        conn,
        actor,
        now,
        "爱心餐券",
        "锦江区慈善会",
        "锦江区慈善会",
        first,
        last,
        ("LF2026", 20),
        face_fen=500,
    )
    _batch(
        conn,
        actor,
        now,
        "敬老月八折券",
        "书院街街道办",
        "street",
        first,
        last,
        ("ZK2026", 12),
        percent=20,
        cap_fen=500,
        alone=1,
    )


def _batch(
    conn: Connection,
    actor: Actor,
    now: datetime,
    name: str,
    issuer: str,
    fund: str,
    first: date,
    last: date,
    serials: tuple[str, int],
    **worth: int,
) -> None:
    days = {"valid_from": first.isoformat(), "valid_to": last.isoformat()}
    worth = {"face_fen": 0, "percent": 0, "alone": 0, **worth}
    batch_id = voucher_lists.add_batch(
        conn,
        {
            "name": name,
            "issuer": issuer,
            "fund": fund,
            "kind": "percent" if worth["percent"] else "face",
            "medium": "paper",
            "created_at_utc": utc_text(now),
            "created_by": actor.user_id,
            **days,
            **worth,
        },
    )
    prefix, number = serials
    rows = [
        {
            "serial": f"{prefix}{place:04d}",
            "issuer": issuer,
            "fund": fund,
            "batch_id": batch_id,
            **days,
            **worth,
        }
        for place in range(1, number + 1)
    ]
    voucher_lists.add_vouchers(conn, rows)


def eat_on_account(desk: Desk, clock: FixedClock, actor: Actor, guests: Sequence[int], rng: Random) -> int:
    """A committee's lunch: its guests eat one after another, and it has paid part by the bank; how many sales."""
    unit = next(one for one in wallets.on_account(desk) if one.name == COMMITTEE)
    today = clock.now().date()
    sets = [tile for tile in menus.tiles(desk, today, "lunch") if tile.kind == "set"]
    clock.set(datetime.combine(today, time(13, 20), clock.now().tzinfo))
    owed = 0
    for person_id in guests[:_GUESTS]:
        clock.advance(90)
        owed += _meal(desk, actor, person_id, rng.choice(sets), unit.account_id, rng)
    request = f"{rng.getrandbits(128):032x}"
    on_account.receive(
        desk, actor, unit.account_id, owed // 2, "bank_transfer", request, reference="对公转账 1122"
    )
    return min(_GUESTS, len(guests))


def _meal(desk: Desk, actor: Actor, person_id: int, tile: Tile, account_id: int, rng: Random) -> int:
    now = desk.clock.now()
    choices = tuple(choice.options[0] for choice in tile.choices)
    line = OrderLine("1", tile.dish_id, choices=choices)
    order_id = f"{rng.getrandbits(128):032x}"
    order = Order(order_id, now.date(), "lunch", Serving.DINE_IN, person_id, (line,), now)
    due = selling.quote(desk, order).pays_fen
    money = (Payment("on_account", due, account_id=account_id),) if due else ()
    selling.ring_up(desk, actor, (order,), money, due, order_id, oversell=True)
    return due


def volunteers(desk: Desk, manager: Actor, people: Sequence[int], rng: Random) -> None:
    """Hours of the last week, and a towel taken for some of the points."""
    for place, person_id in enumerate(people):
        hours, what = _WORK[place % len(_WORK)]
        minutes = hours * 60 + 30 * rng.randrange(3)
        points.earn(desk, manager, person_id, minutes, what, f"{rng.getrandbits(128):032x}")
    if people:
        points.redeem(desk, manager, people[0], 5, "毛巾一条", f"{rng.getrandbits(128):032x}")
