"""Card scan to commit, 5 lines under 20 rules, against a bare sqlite3 transaction that writes the same rows."""

import sqlite3
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bench.big_canteen import NOON, RULES, BigCanteen, big_canteen
from bench.timing import Row, Samples, below, show
from canteen_pos.domain.bill import Serving
from canteen_pos.domain.order import Order, OrderLine, Payment
from canteen_pos.services import members, menus, selling

TABLES = (
    "documents",
    "document_lines",
    "document_shares",
    "document_claims",
    "payments",
    "ledger_entries",
    "quota_uses",
    "print_jobs",
)
WRITES = ("insert", "update", "delete", "commit")


class Watch:
    """Milliseconds that the database spent on statements, by their first word."""

    def __init__(self, canteen: BigCanteen) -> None:
        engine: Any = canteen.desk.db._engine
        self.spent: dict[str, float] = {}
        self._began = 0
        event.listen(engine, "before_cursor_execute", self._before)
        event.listen(engine, "after_cursor_execute", self._after)
        dialect = engine.dialect
        commit: Callable[[Any], None] = dialect.do_commit

        def timed_commit(connection: Any) -> None:
            began = time.perf_counter_ns()
            commit(connection)
            self._add("commit", began)

        dialect.do_commit = timed_commit

    def _before(self, *_: Any) -> None:
        self._began = time.perf_counter_ns()

    def _after(self, _conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self._add(statement.split(None, 1)[0].lower(), self._began)

    def _add(self, word: str, began: int) -> None:
        self.spent[word] = self.spent.get(word, 0.0) + (time.perf_counter_ns() - began) / 1e6

    def taken(self) -> dict[str, float]:
        spent, self.spent = self.spent, {}
        return spent


def run(*, quick: bool) -> None:
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder:
        canteen = big_canteen(Path(folder), quick=quick)
        try:
            show(
                f"Ring up: card scan to commit, 5 lines, {RULES} rules, {canteen.past_sales:,} past sales,"
                f" {canteen.members:,} members",
                _measure(canteen, 200 if quick else 400),
            )
        finally:
            canteen.desk.db.close()


def _measure(canteen: BigCanteen, times: int) -> list[Row]:
    desk = canteen.desk
    dishes = [tile.dish_id for tile in menus.tiles(desk, NOON.date(), "lunch") if tile.kind == "dish"][:5]
    with desk.db.write() as conn:  # a dish never runs out here
        conn.exec_driver_sql("update menu_entries set planned_halves = null, sold_out_at_utc = null")
    watch = Watch(canteen)
    bare = sqlite3.connect(canteen.file, isolation_level=None)
    bare.execute("pragma synchronous = full")
    parts = {
        name: Samples() for name in ("whole", "scan", "quote", "ring_up", "reads", "writes", "commit", "bare")
    }
    for turn in range(times + 10):
        if turn == 10:  # what came before only warmed up
            for samples in parts.values():
                samples.ms.clear()
        _one_sale(canteen, dishes, 1 + turn * 37 % canteen.members, watch, parts)
        _bare_sale(bare, parts["bare"])
    bare.close()
    return _rows(parts)


def _one_sale(
    canteen: BigCanteen, dishes: list[int], member: int, watch: Watch, parts: dict[str, Samples]
) -> None:
    desk = canteen.desk
    card = _card(canteen, member)
    watch.taken()
    with parts["whole"].one():
        with parts["scan"].one():
            found = members.by_card(desk, card)
        assert found is not None
        assert found.account_id is not None
        order = Order(
            id=uuid.uuid4().hex,
            service_date=NOON.date(),
            period="lunch",
            serving=Serving.DINE_IN,
            person_id=found.id,
            lines=tuple(OrderLine(str(place), dish) for place, dish in enumerate(dishes)),
            opened_at=NOON,
        )
        with parts["quote"].one():
            due_fen = selling.quote(desk, order).pays_fen
        with parts["ring_up"].one():
            selling.ring_up(
                desk,
                canteen.cashier,
                (order,),
                (Payment("wallet", due_fen, found.account_id),),
                due_fen,
                order.id,
            )
    spent = watch.taken()
    parts["reads"].ms.append(sum(ms for word, ms in spent.items() if word not in WRITES))
    parts["commit"].ms.append(spent.get("commit", 0.0))
    parts["writes"].ms.append(sum(ms for word, ms in spent.items() if word in WRITES))


def _card(canteen: BigCanteen, member: int) -> str:
    with canteen.desk.db.read() as conn:
        return str(
            conn.exec_driver_sql(
                "select code from cards where person_id = (select id from people where token = ?)",
                (f"bench-person-{member:07d}",),
            ).scalar_one()
        )


def _bare_sale(bare: sqlite3.Connection, samples: Samples) -> None:
    """The rows of the newest sale once more, under a new id, in one durable transaction."""
    rows = _newest(bare)
    with samples.one():
        bare.execute("begin immediate")
        for table, (columns, values) in rows.items():
            marks = ", ".join("?" * len(columns))
            bare.executemany(f"insert into {table} ({', '.join(columns)}) values ({marks})", values)
        bare.execute("update series set next_number = next_number where id < 0")
        bare.execute("update accounts set balance_fen = balance_fen - 1 where token = 'bench-purse-0000001'")
        bare.execute("commit")


def _newest(bare: sqlite3.Connection) -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    (newest,) = bare.execute(
        "select id from documents where series_id > 0 order by number desc limit 1"
    ).fetchone()
    new = uuid.uuid4().hex
    (past,) = bare.execute("select max(number) from documents where series_id < 0").fetchone()
    copy: dict[str, tuple[list[str], list[tuple[Any, ...]]]] = {}
    for table in TABLES:
        key = "id" if table == "documents" else "document_id"
        found = bare.execute(f"select * from {table} where {key} = ?", (newest,))
        columns = [column[0] for column in found.description]
        changed = {key: new, "hash": new + new, "window": new}
        if table == "documents":
            changed |= {"series_id": -1, "number": past + 1}
        if table in ("quota_uses", "print_jobs"):
            changed |= {"id": None if table == "quota_uses" else new}
        values = [
            tuple(
                _series(bare) if name == "series_id" else changed.get(name, value)
                for name, value in zip(columns, row, strict=True)
            )
            for row in found
        ]
        if values:
            copy[table] = (columns, values)
    return copy


def _series(bare: sqlite3.Connection) -> int:
    return int(bare.execute("select id from series where id < 0").fetchone()[0])


def _rows(parts: dict[str, Samples]) -> list[Row]:
    bare = parts["bare"].median
    outside = parts["whole"].median - parts["reads"].median - parts["writes"].median
    return [
        Row("bare sqlite3, same rows, same file, synchronous=FULL (median)", f"{bare:.2f} ms"),
        Row("whole: scan + quote + ring up (median)", f"{parts['whole'].median:.2f} ms"),
        Row("  find the card", f"{parts['scan'].median:.2f} ms"),
        Row("  quote for the screen", f"{parts['quote'].median:.2f} ms"),
        Row("  ring up", f"{parts['ring_up'].median:.2f} ms"),
        Row("  of the whole: statements that read", f"{parts['reads'].median:.2f} ms"),
        Row("  of the whole: statements that write, and commit", f"{parts['writes'].median:.2f} ms"),
        Row("    commit alone", f"{parts['commit'].median:.2f} ms"),
        Row("  of the whole: our own code", f"{outside:.2f} ms"),
        Row("whole, 99th percentile", f"{parts['whole'].percentile(99):.2f} ms"),
        below("writes / bare", parts["writes"].median / bare, 3, "x"),
        below("whole / bare", parts["whole"].median / bare, 10, "x"),
    ]
