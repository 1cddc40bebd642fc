"""The database itself: model equals migration, newer files refused, writers queue, crashes leave nothing."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from canteen_pos.domain.errors import Refusal
from canteen_pos.storage import engine, migrating
from canteen_pos.storage.engine import Conflict, Database, guarded, open_database, sqlite_url
from canteen_pos.storage.indexes import metadata


def _differences(database: Database) -> list[object]:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with database.read() as conn:
        context = MigrationContext.configure(
            conn, opts={"compare_type": True, "compare_server_default": not database.is_sqlite}
        )
        return compare_metadata(context, metadata)


def _checks(database: Database) -> dict[str, set[str]]:
    with database.read() as conn:
        look = inspect(conn)
        return {
            name: {str(check["name"]) for check in look.get_check_constraints(name)}
            for name in metadata.tables
        }


def test_model_is_what_the_migrations_make(database: Database) -> None:
    assert _differences(database) == []


def test_model_has_the_check_constraints_the_migrations_make(database: Database, tmp_path: Path) -> None:
    fresh = Database(sqlite_url(tmp_path / "model.db"))
    with fresh.write() as conn:
        metadata.create_all(conn)
    assert _checks(database) == _checks(fresh)
    fresh.close()


def test_migrated_sqlite_tables_read_like_the_model(sqlite_database: Database, tmp_path: Path) -> None:
    fresh = Database(sqlite_url(tmp_path / "model.db"))
    with fresh.write() as conn:
        metadata.create_all(conn)

    def shape(database: Database) -> dict[str, set[str]]:
        with database.read() as conn:
            rows = conn.execute(text("select name, sql from sqlite_master where sql is not null")).all()
        return {
            name: {line.strip().rstrip(",").replace('"', "") for line in sql.strip().splitlines()}
            for name, sql in rows
            if name not in ("alembic_version", "sqlite_sequence")
        }

    assert shape(sqlite_database) == shape(fresh)
    fresh.close()


def test_head_is_the_newest_migration() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(migrating.__file__).parent / "migrations"))
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [migrating.HEAD]
    assert {revision.revision for revision in script.walk_revisions()} == set(migrating.KNOWN)


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "canteen.db")
    open_database(url).close()
    open_database(url).close()
    assert sorted(path.name for path in tmp_path.glob("*.db")) == ["canteen.db"]


def test_a_newer_database_is_refused_and_left_alone(database: Database) -> None:
    with database.write() as conn:
        conn.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(Refusal) as refused:
        migrating.bring_up_to_date(database)
    assert refused.value.code == "database.newer"
    with database.read() as conn:
        assert migrating.current_revision(conn) == "9999"


def test_an_older_sqlite_file_is_backed_up_before_migrating(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "canteen.db"
    open_database(sqlite_url(path)).close()
    monkeypatch.setattr(migrating, "HEAD", "9999")
    migrated = []
    monkeypatch.setattr(migrating, "migrate", lambda _conn: migrated.append(True))
    open_database(sqlite_url(path)).close()
    assert migrated
    copy = Database(sqlite_url(tmp_path / "canteen-before-9999.db"))
    with copy.read() as conn:
        assert migrating.current_revision(conn) == migrating.KNOWN[-1]
    copy.close()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "canteen.db"
    path.write_bytes(b"not a database at all, but long enough to have a header of sixteen bytes")
    with pytest.raises(Refusal) as refused:
        open_database(sqlite_url(path))
    assert refused.value.code == "database.unreadable"


def test_an_error_inside_write_leaves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError), database.write() as conn:  # noqa: PT012
        conn.execute(text("insert into budgets (name, drawn_fen) values ('charity', 100)"))
        raise RuntimeError("power cut")
    with database.read() as conn:
        assert conn.execute(text("select count(*) from budgets")).scalar() == 0


def test_two_writers_lose_no_update(database: Database) -> None:
    """With a deferred BEGIN this lost increments on SQLite; on PostgreSQL the row is locked by the update."""
    with database.write() as conn:
        conn.execute(text("insert into budgets (name, drawn_fen) values ('charity', 0)"))

    def add() -> None:
        for _ in range(20):
            with database.write() as conn:
                left = conn.execute(
                    text("select drawn_fen from budgets" + ("" if database.is_sqlite else " for update"))
                )
                conn.execute(text("update budgets set drawn_fen = :fen"), {"fen": left.scalar_one() + 1})

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as conn:
        assert conn.execute(text("select drawn_fen from budgets")).scalar() == 80


def test_a_constraint_speaks_through_conflict(database: Database) -> None:
    with pytest.raises(Conflict) as conflict, database.write() as conn, guarded():
        conn.execute(text("insert into budgets (name, drawn_fen) values ('charity', -1)"))
    assert "ck_budgets_gave_something" in conflict.value.where


def test_sqlite_is_durable_and_checks_foreign_keys(sqlite_database: Database) -> None:
    with sqlite_database.read() as conn:
        answers = [
            conn.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        ]
    assert answers == ["wal", 2, 1, 1]


def test_two_tills_may_make_the_tables_at_once(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "canteen.db")
    failed: list[BaseException] = []

    def start() -> None:
        try:
            open_database(url).close()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_a_new_file_whose_journal_another_till_changes_is_waited_for() -> None:
    """SQLite says 'locked' at once then, whatever the busy timeout: seen in one of three hundred common starts."""
    asked: list[str] = []

    class Cursor:
        def execute(self, statement: str) -> None:
            asked.append(statement)
            if len(asked) < 3:
                raise sqlite3.OperationalError("database is locked")

    engine._write_ahead(Cursor())
    assert asked == ["PRAGMA journal_mode=WAL"] * 3


def test_a_full_disk_is_a_refusal_and_sells_nothing(sqlite_database: Database) -> None:
    with pytest.raises(Refusal) as refused, sqlite_database.write() as conn:  # noqa: PT012
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
        conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        conn.execute(
            text("insert into settings (key, value) values ('x', :text)"), {"text": "x" * 10_000_000}
        )
    assert refused.value.code == "database.disk"
