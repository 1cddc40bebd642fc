"""Proving the books: every stored amount rebuilt from the hashed texts, every chain and counter walked."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from canteen_pos.domain import chain
from canteen_pos.domain.menu import HALVES
from canteen_pos.domain.proof import applied_fits, misfits
from canteen_pos.domain.sale import number_text
from canteen_pos.services.context import Desk
from canteen_pos.storage import verification as rows
from canteen_pos.storage.columns import from_json
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.verification import DocumentRow, SeriesRow


class Problem(NamedTuple):
    """`document` is a printed number, or the name of what else does not fit; `what` says it in plain English."""

    document: str
    what: str


@dataclass(frozen=True, slots=True)
class Report:
    """`documents` is how many were looked at. The first problem names the first document that does not fit."""

    problems: tuple[Problem, ...]
    documents: int

    @property
    def ok(self) -> bool:
        return not self.problems


def verify(desk: Desk) -> Report:
    """Look at everything, on one snapshot, changing nothing. The caller checked the right."""
    with desk.db.read() as conn:
        walk = _Walk(conn)
        for series in rows.all_series(conn):
            walk.series(series)
        walk.beside_the_documents()
    return Report(tuple(walk.problems), walk.seen)


@dataclass(slots=True)
class _Walk:
    """What was found so far, and the sums that are compared at the end."""

    conn: Connection
    problems: list[Problem] = field(default_factory=list)
    seen: int = 0
    rows_seen: Counter[str] = field(default_factory=Counter)
    purses: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    budgets: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    points: dict[str, int] = field(default_factory=dict)
    portions_back: dict[tuple[str, str, str], int] = field(default_factory=lambda: defaultdict(int))

    def series(self, series: SeriesRow) -> None:
        number, head = 1, chain.first_link(series.label, series.opened_at_utc)
        for document in rows.documents(self.conn, series.id):
            name = number_text(series.label, document.rows.head["number"])
            if document.rows.head["number"] != number:
                self.problems.append(Problem(number_text(series.label, number), "this number is missing"))
            if document.prev_hash != head:
                self.problems.append(Problem(name, "it does not follow the document before it"))
            self.document(name, document)
            number, head = document.rows.head["number"] + 1, document.hash
        if series.next_number != number:
            self.problems.append(
                Problem(
                    number_text(series.label, number),
                    f"the counter says {series.next_number}: documents are missing",
                )
            )
        elif series.head_hash != head:
            self.problems.append(Problem(f"series {series.label}", "its head is not its last document"))

    def document(self, name: str, document: DocumentRow) -> None:
        self.seen += 1
        found = document.rows
        if document.hash != chain.link(document.prev_hash, found.body):
            self.problems.append(Problem(name, "its text is not the text that was signed"))
        try:
            body = from_json(found.body)
            wrong = misfits(found, body)
        except (ValueError, KeyError, TypeError) as error:
            self.problems.append(Problem(name, f"its text cannot be read: {error!r}"))
            return
        if not applied_fits(body, document.salt, document.applied):
            wrong.append("the facts kept beside it are not those it was signed with")
        self.problems += [Problem(name, what) for what in wrong]
        self._count(document)
        self._sum(body)

    def _count(self, document: DocumentRow) -> None:
        for _, name in rows.CHILDREN:
            self.rows_seen[name] += len(getattr(document.rows, name))

    def _sum(self, body: Mapping[str, Any]) -> None:
        for account, _, fen in body["entries"]:
            if account.startswith(("wallet:", "bonus:", "on_account:")):
                self.purses[account] -= fen
        for name, fen, _ in body["budgets"]:
            self.budgets[name] += fen
        said = sum(count for _, count in body["extra"].get("points", ()))
        if said:
            self.points[body["id"]] = said
        if body["extra"].get("portions_back"):
            for line in body["lines"]:
                key = (body["service_date"], body["period"], line["item"])
                self.portions_back[key] += (
                    HALVES["half" if line["portion"] == "half" else "full"] * line["quantity"]
                )

    # -- beside the documents -----------------------------------------------------------------------

    def beside_the_documents(self) -> None:
        self._row_counts()
        self._refunds()
        self._purses()
        self._shifts()
        self._portions()
        self._vouchers()
        self._points()
        self._budgets()

    def _row_counts(self) -> None:
        """Rows that belong to no document that was walked."""
        counted = rows.counts(self.conn)
        self.rows_seen["documents"] = self.seen
        self.problems += [
            Problem(name, f"{number} rows, but documents account for {self.rows_seen[name]}")
            for name, number in counted.items()
            if number != self.rows_seen[name]
        ]

    def _refunds(self) -> None:
        """A refund gives back no more than was sold."""
        for label, number, line_no, sold, back in rows.refunded_beyond(self.conn):
            what = f"of line {line_no} {sold} were sold and {back} given back"
            self.problems.append(Problem(number_text(label, number), what))

    def _purses(self) -> None:
        known = set()
        for token, kind, balance_fen, bonus_fen, credit_limit_fen in rows.purses(self.conn):
            if balance_fen < -credit_limit_fen:
                what = f"{-balance_fen} fen are owed, {credit_limit_fen} is its limit"
                self.problems.append(Problem(f"account {token}", what))
            prefix = "wallet" if kind == "wallet" else "on_account"
            for account, fen in ((f"{prefix}:{token}", balance_fen), (f"bonus:{token}", bonus_fen)):
                known.add(account)
                if self.purses.get(account, 0) != fen:
                    what = f"holds {fen} fen, documents say {self.purses.get(account, 0)}"
                    self.problems.append(Problem(f"account {account}", what))
        for account in sorted(set(self.purses) - known):
            self.problems.append(Problem(f"account {account}", "documents name it, but it is gone"))

    def _shifts(self) -> None:
        for shift in rows.closed_shifts(self.conn):
            name = f"shift {shift.station} of {shift.opened_at_utc}"
            if shift.counted_fen - shift.expected_fen != shift.difference_fen:
                self.problems.append(Problem(name, "counted less expected is not its difference"))
            if shift.difference_fen != -int(shift.over_fen):
                what = f"a difference of {shift.difference_fen} fen, documents say {-int(shift.over_fen)}"
                self.problems.append(Problem(name, what))
            if (
                sum(int(piece) * number for piece, number in from_json(shift.counts).items())
                != shift.counted_fen
            ):
                self.problems.append(Problem(name, "its notes and coins are not what was counted"))
            if shift.float_fen + int(shift.cash_fen) != shift.counted_fen:
                what = (
                    f"counted {shift.counted_fen} fen, documents say {shift.float_fen + int(shift.cash_fen)}"
                )
                self.problems.append(Problem(name, what))

    def _portions(self) -> None:
        sold, counted = rows.sold_lines(self.conn), rows.portions(self.conn)
        for key in sorted(set(sold) | set(counted)):
            expected = sold.get(key, 0) - self.portions_back.get(key, 0)
            if counted.get(key, 0) != expected:
                what = f"{counted.get(key, 0)} half portions counted as sold, documents say {expected}"
                self.problems.append(Problem(f"menu {' '.join(key)}", what))

    def _vouchers(self) -> None:
        for one in rows.vouchers(self.conn):
            name = f"voucher {one.serial}"
            if one.used != (one.fen > 0):
                what = f"marked {'used' if one.used else 'unused'}, pays {one.fen} fen"
                self.problems.append(Problem(name, what))
            if one.face_fen and one.fen > one.face_fen:
                self.problems.append(Problem(name, f"pays {one.fen} fen, worth {one.face_fen}"))
            if one.used and one.voided:
                self.problems.append(Problem(name, "void and used all the same"))

    def _points(self) -> None:
        for token, held, moved in rows.points(self.conn):
            if held != moved:
                what = f"holds {held}, movements say {moved}"
                self.problems.append(Problem(f"points of person {token}", what))
        noted = rows.points_of_documents(self.conn)
        for document_id in sorted(set(noted) | set(self.points)):
            said, moved = self.points.get(document_id, 0), noted.get(document_id, 0)
            if said != moved:
                what = f"says {said} points, movements say {moved}"
                self.problems.append(Problem(f"document {document_id}", what))

    def _budgets(self) -> None:
        held = rows.budgets(self.conn)
        for name in sorted({*held, *self.budgets}):
            if held.get(name, 0) != self.budgets.get(name, 0):
                what = f"{held.get(name, 0)} fen drawn, documents say {self.budgets.get(name, 0)}"
                self.problems.append(Problem(f"budget {name}", what))
