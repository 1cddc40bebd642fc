"""A canteen on PostgreSQL: backed up while it sells, restored, moved there and back; nothing lost silently."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from canteen_pos import cli, settings
from canteen_pos.app import DEMO_MOMENT, TillHouse
from canteen_pos.clock import FixedClock
from canteen_pos.domain.errors import Refusal
from canteen_pos.services import backups, demo, shifts, users, verifying
from canteen_pos.services.context import Desk
from canteen_pos.storage.engine import Database, open_database, sqlite_url

pytestmark = pytest.mark.postgres
ASIDE = "select nspname from pg_namespace where nspname like 'replaced%' order by 1"


@dataclass
class Canteen:
    """A data folder whose till.toml names a database of the server; `shut` while nobody has it open."""

    folder: Path
    url: str
    clock: FixedClock

    def open(self) -> Desk:
        return Desk(open_database(self.url), self.clock, "T1", folder=self.folder)

    def move_cash(self, request_id: str) -> str:
        """One more document; its number."""
        desk = self.open()
        try:
            cashier = users.sign_in(desk, "李芳", "1111")
            if shifts.current(desk) is None:
                shifts.open(desk, cashier, 10_000)
            return shifts.cash_movement(desk, cashier, 500, "换零钱", request_id).number_text
        finally:
            desk.db.close()

    def verified(self) -> int:
        """How many documents there are; every one fits."""
        desk = self.open()
        report = verifying.verify(desk)
        desk.db.close()
        assert report.ok, report.problems
        return report.documents

    def ask(self, query: str) -> list:
        database = Database(self.url)
        try:
            with database.write() as conn:
                found = conn.execute(text(query))
                return list(found.scalars()) if found.returns_rows else []
        finally:
            database.close()

    def drop_aside(self) -> None:
        for schema in self.ask(ASIDE):
            self.ask(f"drop schema {schema} cascade")


@pytest.fixture(scope="session")
def traded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo canteen that has traded a little, as a backup; founding one on a server for each test takes long."""
    file = tmp_path_factory.mktemp("traded") / "canteen.db"
    desk = Desk(open_database(sqlite_url(file)), FixedClock(DEMO_MOMENT), "T1", folder=file.parent)
    demo.found_demo(desk, sales=24)
    desk.db.close()
    return file


@pytest.fixture
def canteen(postgres_database: Database, traded: Path, tmp_path: Path) -> Iterator[Canteen]:
    folder = tmp_path / "data"
    folder.mkdir()
    settings.change(folder, database=postgres_database.url.replace("+psycopg", ""))
    here = Canteen(folder, postgres_database.url, FixedClock(DEMO_MOMENT))
    postgres_database.close()
    backups.restore(here.url, traded, here.clock)
    here.drop_aside()
    here.clock.advance(60)
    yield here
    here.drop_aside()


def test_a_backup_is_a_file_that_holds_every_row(canteen: Canteen, tmp_path: Path) -> None:
    copy = tmp_path / "monday.db"
    held = backups.back_up(canteen.url, copy)
    assert held.documents == canteen.verified()
    file, server = Database(sqlite_url(copy)), Database(canteen.url)
    with file.read() as here, server.read() as there:
        tables = here.execute(text("select name from sqlite_master where type = 'table'")).scalars().all()
        for name in set(tables) - {"sqlite_sequence"}:
            counting = text(f'select count(*) from "{name}"')
            assert here.execute(counting).scalar() == there.execute(counting).scalar(), name
    file.close()
    server.close()


def test_restoring_says_what_is_lost_keeps_it_and_numbers_on(canteen: Canteen, tmp_path: Path) -> None:
    backup = tmp_path / "monday.zip"
    held = backups.back_up(canteen.url, backup)
    before = canteen.move_cash("a" * 32)
    seen = backups.preview(canteen.url, backup)
    assert seen.gone is not None
    assert seen.gone.by_kind == (("cash_movement", 1, 500),)
    (label,) = backups.restore(canteen.url, backup, canteen.clock)
    assert canteen.verified() == held.documents
    assert backups.preview(canteen.url, backup).lost == 0
    assert canteen.move_cash("b" * 32) == f"{label}-000001"
    assert before.split("-")[0] != label
    assert canteen.verified() == held.documents + 1
    (schema,) = canteen.ask(ASIDE)
    assert canteen.ask(f'select count(*) from "{schema}".documents') == [held.documents + 1]


def test_rows_point_at_each_other_and_their_keys_hold_again(canteen: Canteen, tmp_path: Path) -> None:
    backup = tmp_path / "monday.db"
    first, second = canteen.ask("select id from people order by id limit 2")
    canteen.ask(f"update people set merged_into = {second}, active = 0 where id = {first}")
    backups.back_up(canteen.url, backup)
    backups.restore(canteen.url, backup, canteen.clock)
    assert canteen.ask(f"select merged_into from people where id = {first}") == [second]
    assert canteen.ask("select conname from pg_constraint where condeferrable") == []


def test_nothing_is_replaced_while_a_till_is_open(canteen: Canteen, tmp_path: Path) -> None:
    backup = tmp_path / "monday.db"
    backups.back_up(canteen.url, backup)
    till = canteen.open()
    with till.db.read(), pytest.raises(Refusal) as refused:
        backups.restore(canteen.url, backup, canteen.clock)
    till.db.close()
    assert refused.value.code == "backup.others_connected"
    assert refused.value.facts["count"] >= 1
    assert canteen.ask(ASIDE) == []
    assert len(canteen.ask("select label from series")) == 2, "the demo's and the one this test began with"


def test_a_user_that_may_not_is_told_whom_to_ask(canteen: Canteen, tmp_path: Path) -> None:
    backup = tmp_path / "monday.db"
    backups.back_up(canteen.url, backup)
    canteen.ask("create role guest login password 'guest'")
    canteen.ask("grant all on all tables in schema public to guest")
    guest = canteen.url.replace("//postgres", "//guest").replace("//guest:postgres", "//guest:guest")
    assert guest != canteen.url
    try:
        with pytest.raises(Refusal) as refused:
            backups.restore(guest, backup, canteen.clock)
    finally:
        canteen.ask("drop owned by guest")
        canteen.ask("drop role guest")
    assert refused.value.code == "backup.not_owner"
    assert canteen.verified() > 0


def test_a_backup_that_does_not_prove_itself_changes_nothing(canteen: Canteen, tmp_path: Path) -> None:
    backup = tmp_path / "bent.db"
    documents = backups.back_up(canteen.url, backup).documents
    bent = Database(sqlite_url(backup))
    with bent.write() as conn:
        conn.execute(text("update payments set fen = fen + 1"))
    bent.close()
    with pytest.raises(Refusal) as refused:
        backups.restore(canteen.url, backup, canteen.clock)
    assert refused.value.code == "backup.does_not_fit"
    assert canteen.verified() == documents
    assert canteen.ask(ASIDE) == []


def test_a_canteen_moves_to_a_server_and_back(canteen: Canteen, tmp_path: Path) -> None:
    alone = sqlite_url(tmp_path / "alone" / "canteen.db")
    (tmp_path / "alone").mkdir()
    backup = tmp_path / "server.zip"
    documents = backups.back_up(canteen.url, backup).documents
    (first,) = backups.restore(alone, backup, canteen.clock)
    again = tmp_path / "alone.zip"
    assert backups.back_up(alone, again).documents == documents
    canteen.clock.advance(60)
    (second,) = backups.restore(canteen.url, again, canteen.clock)
    assert first != second
    assert canteen.verified() == documents


def test_the_command_line_and_the_window_restore_a_server_too(
    canteen: Canteen, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, backup = str(canteen.folder), str(tmp_path / "monday.zip")
    assert cli.call(["backup", "--data", data, backup]) == 0
    canteen.move_cash("a" * 32)
    assert cli.call(["restore", "--data", data, backup]) == cli.CANNOT
    assert "loses 1 documents" in capsys.readouterr().out
    assert cli.call(["restore", "--data", data, backup, "--yes"]) == 0
    assert "Numbers now begin with: T1." in capsys.readouterr().out
    house = TillHouse(canteen.folder, settings.load(canteen.folder), canteen.clock)
    assert verifying.verify(house.desk("canteen")).ok
    canteen.clock.advance(60)
    assert house.restore(Path(backup))
    assert users.sign_in(house.desk("canteen"), "陈经理", "8888").role == "manager"
    house.close()
    assert len(canteen.ask(ASIDE)) == 2
