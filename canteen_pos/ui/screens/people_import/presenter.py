"""What the import of an old list shows and does. No Qt: work that takes long is told its progress and asked to stop."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.money import yuan
from canteen_pos.i18n import language, tr
from canteen_pos.services import importing
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.importing import Brought, CheckedRow, OldList
from canteen_pos.ui.saying import said


class ImportPresenter:
    """`old` is the opened file, `rows` what came of looking at it, `chosen` the numbers of the rows to take."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self._desk, self._actor = desk, actor
        self.old: OldList | None = None
        self.matched: dict[str, int] = {}
        self.rows: tuple[CheckedRow, ...] = ()
        self.chosen: set[int] = set()
        self.brought: Brought | None = None
        self.progress = (0, 0)
        self.stop_wanted = False

    # -- the file ----------------------------------------------------------------------------------------

    def open(self, path: str, sheet: str = "") -> OldList:
        """Read a file; raises Refusal. What was open before stays when it cannot be read."""
        old = importing.open_list(self._desk, self._actor, Path(path).expanduser(), sheet)
        self.path = path
        self.old, self.matched = old, dict(old.headings.matched)
        self.rows, self.chosen, self.brought = (), set(), None
        return old

    def match(self, matched: Mapping[str, int]) -> None:
        """Other columns; the rows are to be looked at again."""
        self.matched = dict(matched)
        self.rows, self.chosen, self.brought = (), set(), None

    def look(self) -> tuple[CheckedRow, ...]:
        """Look at every row, for a worker thread; raises Refusal."""
        assert self.old is not None
        self.stop_wanted = False
        return importing.check_rows(self._desk, self._actor, self.old, self.matched, self._told)

    def looked(self, rows: tuple[CheckedRow, ...]) -> None:
        self.rows = rows
        self.chosen = {row.row for row in rows if row.wanted}

    def template(self, path: str) -> None:
        """The empty workbook; OSError when it cannot be written there."""
        importing.write_template(Path(path).expanduser(), language())

    # -- the rows ----------------------------------------------------------------------------------------

    def shown(self, which: str, text: str) -> Sequence[CheckedRow]:
        """The rows of a filter whose name or row number has `text`."""
        rows = [row for row in self.rows if _in(row, which)]
        return [row for row in rows if text in row.name or text == str(row.row)] if text else rows

    def counts(self) -> dict[str, int | None]:
        if not self.rows:
            return {}
        return {
            which: sum(_in(row, which) for row in self.rows) for which in ("all", "fine", "doubt", "wrong")
        }

    def toggle(self, row: CheckedRow) -> bool:
        """Take it or not; False for a row that cannot be taken."""
        if not row.fine or self.brought is not None:
            return False
        self.chosen ^= {row.row}
        return True

    def choose_all(self, rows: Sequence[CheckedRow]) -> None:
        """All of these, or none of them when all were chosen."""
        numbers = {row.row for row in rows if row.fine}
        self.chosen = self.chosen - numbers if numbers <= self.chosen else self.chosen | numbers

    def opening_fen(self) -> int:
        return sum(row.opening_fen for row in self.rows if row.row in self.chosen)

    # -- taking them -------------------------------------------------------------------------------------

    def take(self) -> Brought:
        """Bring the chosen rows in, for a worker thread; raises Refusal."""
        assert self.old is not None
        self.stop_wanted = False
        rows = [row for row in self.rows if row.row in self.chosen]
        return importing.take(self._desk, self._actor, self.old, rows, self._told)

    def taken(self, brought: Brought) -> None:
        self.brought = brought

    def to_sign(self) -> bytes:
        """The opening balances as a list to sign."""
        assert self.brought is not None
        return importing.list_to_sign(self._desk, self._actor, self.brought.import_id, language())

    def _told(self, done: int, of: int) -> bool:
        self.progress = (done, of)
        return not self.stop_wanted

    # -- words -------------------------------------------------------------------------------------------

    def heading(self, key: str) -> str:
        """What a field's column is called in the file, '' when it has none."""
        place = self.matched.get(key)
        return self._heading_at(place) if place is not None else ""

    def headings(self) -> list[str]:
        """Every column of the file as somebody finds it: 'C 身份证号'."""
        assert self.old is not None
        wide = max((len(line.cells) for line in self.old.table.lines[:20]), default=0)
        return [self._heading_at(place) for place in range(wide)]

    def problem(self, row: CheckedRow) -> str:
        """Which columns are wrong, or that somebody should look: short, for the list."""
        if row.doubt is not None:
            return tr("可能已登记")
        return tr("、").join(field_word(trouble.key) for trouble in row.troubles)

    def sentences(self, row: CheckedRow) -> list[str]:
        """'身份证号：校验位不对' each."""
        noted = [*row.troubles, *([row.doubt] if row.doubt else [])]
        made = []
        for trouble in noted:
            sentence = said(Refusal(trouble.code, dict(trouble.facts)))
            word = field_word(trouble.key)
            made.append(tr("{word}：{sentence}").format(word=word, sentence=sentence) if word else sentence)
        return made

    def done_words(self) -> str:
        assert self.brought is not None
        people, fen = self.brought.people, self.brought.opening_fen
        words = tr("登记了 {people} 人").format(people=f"{people:,}")
        if fen:
            words += tr("，带入余额 ¥{yuan}").format(yuan=yuan(fen))
        return words + tr("。")

    def _heading_at(self, place: int) -> str:
        assert self.old is not None
        letter = importing.column_letters(place)
        texts = self.old.headings.texts
        return f"{letter} {texts[place]}" if place < len(texts) and texts[place] else letter


def field_word(key: str) -> str:
    """What a field is called in the language of the window."""
    return next((field.heading(language()).rstrip("*") for field in importing.FIELDS if field.key == key), "")


def _in(row: CheckedRow, which: str) -> bool:
    match which:
        case "fine":
            return row.wanted
        case "doubt":
            return row.fine and not row.wanted
        case "wrong":
            return not row.fine
        case _:
            return True
