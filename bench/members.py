"""Finding one member among all: by card and by initials."""

import itertools
import tempfile
from pathlib import Path

from bench.big_canteen import big_canteen
from bench.timing import below, show, timed
from canteen_pos.services import members


def run(*, quick: bool) -> None:
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder:
        canteen = big_canteen(Path(folder), quick=quick)
        desk = canteen.desk
        with desk.db.read() as conn:
            cards = (
                conn.exec_driver_sql("select code from cards order by code desc limit 500").scalars().all()
            )
        card, initials = itertools.cycle(cards), itertools.cycle(("wxl", "lgy", "z", "cy", "hsm", "yj"))
        assert members.by_card(desk, cards[0])
        assert members.find(desk, "wxl")
        by_card = timed(lambda: members.by_card(desk, next(card)), 500)
        by_initials = timed(lambda: members.find(desk, next(initials)), 300)
        desk.db.close()
    show(
        f"Finding a member among {canteen.members:,}",
        [
            below("by card (median)", by_card.median, 5),
            below("by card (99th percentile)", by_card.percentile(99), 5),
            below("by initials, first 50 (median)", by_initials.median, 5),
            below("by initials, first 50 (99th percentile)", by_initials.percentile(99), 5),
        ],
    )
