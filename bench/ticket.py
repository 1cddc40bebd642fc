"""A stored sale of five lines to the bytes of its receipt, 58 and 80 mm; apart from the sale, as paper is."""

import tempfile
import uuid
from pathlib import Path

from bench.big_canteen import NOON
from bench.timing import Row, show, timed
from canteen_pos.clock import FixedClock
from canteen_pos.domain.bill import Serving
from canteen_pos.domain.order import Order, OrderLine, Payment
from canteen_pos.printing import escpos_bytes, picture
from canteen_pos.printing.paper import Paper
from canteen_pos.printing.papers import Head
from canteen_pos.printing.receipts import ticket_of
from canteen_pos.printing.ticket import Ticket
from canteen_pos.services import demo, members, menus, sales_book, selling, shifts
from canteen_pos.services.context import Desk
from canteen_pos.services.print_slips import sale_slip
from canteen_pos.storage.engine import open_database, sqlite_url


def run(*, quick: bool) -> None:
    times = 50 if quick else 300
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(sqlite_url(Path(folder) / "canteen.db"))
        desk = Desk(database, FixedClock(NOON), "T1")
        document = _a_sale(desk)

        def ticket() -> Ticket:
            return _receipt(desk, document)

        narrow, wide = Paper(columns=32), Paper(columns=48)
        made = ticket()
        rows = [
            Row(what, f"{timed(work, times).median:.2f} ms")
            for what, work in (
                ("document read and laid out as a ticket (median)", ticket),
                ("ticket to bytes, 58 mm", lambda: escpos_bytes.render(made, narrow)),
                ("ticket to bytes, 80 mm", lambda: escpos_bytes.render(made, wide)),
                ("ticket to picture, 80 mm", lambda: picture.render(made, wide)),
            )
        ]
        size = len(escpos_bytes.render(made, wide))
        database.close()
    show(f"A receipt of five lines, {size:,} bytes at 80 mm", rows)


def _a_sale(desk: Desk) -> str:
    cashier = demo.found_demo(desk).cashier
    shifts.open(desk, cashier, 20_000)
    member = members.by_card(desk, "0412")
    assert member is not None
    dishes = [tile for tile in menus.tiles(desk, NOON.date(), "lunch") if tile.kind == "dish"][:5]
    lines = tuple(OrderLine(str(place), tile.dish_id) for place, tile in enumerate(dishes))
    order = Order(uuid.uuid4().hex, NOON.date(), "lunch", Serving.DINE_IN, member.id, lines, NOON)
    due = selling.quote(desk, order).pays_fen
    selling.ring_up(desk, cashier, (order,), (Payment("cash", due, given_fen=due),), due, order.id)
    return order.id


def _receipt(desk: Desk, document: str) -> Ticket:
    detail = sales_book.load(desk, document)
    head = Head("粮丰社区食堂", detail.station, detail.number_text, detail.at, detail.cashier, "zh")
    return ticket_of(sale_slip(head, detail))
