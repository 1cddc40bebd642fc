"""Backing up while selling, and restoring: nothing lost silently, no printed number twice."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from canteen_pos import cli
from canteen_pos.app import DEMO_MOMENT
from canteen_pos.clock import FixedClock
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.membership import Member, NewMember
from canteen_pos.services import (
    backups,
    demo,
    erasing,
    members,
    on_account,
    shifts,
    today,
    users,
    verifying,
)
from canteen_pos.services.context import Desk
from canteen_pos.storage.engine import open_database, sqlite_url

CLOCK = FixedClock(DEMO_MOMENT)


@pytest.fixture
def canteen(tmp_path: Path) -> Path:
    """A data folder with a canteen that has traded for a little while; nobody has it open."""
    file = tmp_path / "canteen.db"
    desk = _open(file)
    demo.found_demo(desk, sales=24)
    desk.db.close()
    return file


def _open(file: Path) -> Desk:
    return Desk(open_database(sqlite_url(file)), CLOCK, "T1")


def _move_cash(file: Path, request_id: str) -> str:
    """One more document; its number."""
    desk = _open(file)
    try:
        cashier = users.sign_in(desk, "李芳", "1111")
        if shifts.current(desk) is None:
            shifts.open(desk, cashier, 10_000)
        return shifts.cash_movement(desk, cashier, 500, "换零钱", request_id).number_text
    finally:
        desk.db.close()


def test_a_restored_canteen_proves_itself_and_numbers_on_in_a_new_series(
    canteen: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "monday.db"
    held = backups.back_up(sqlite_url(canteen), backup)
    before = _move_cash(canteen, "a" * 32)
    assert backups.preview(sqlite_url(canteen), backup).lost == 1

    (label,) = backups.restore(sqlite_url(canteen), backup, CLOCK)

    assert backups.preview(sqlite_url(canteen), backup).lost == 0
    after = _move_cash(canteen, "b" * 32)
    assert after == f"{label}-000001"
    assert before.split("-")[0] == "T1" != label
    desk = _open(canteen)
    assert verifying.verify(desk).ok
    assert verifying.verify(desk).documents == held.documents + 1
    desk.db.close()


def test_what_was_replaced_is_kept_and_the_backup_is_untouched(canteen: Path, tmp_path: Path) -> None:
    backup = tmp_path / "monday.db"
    backups.back_up(sqlite_url(canteen), backup)
    bytes_before = backup.read_bytes()
    _move_cash(canteen, "a" * 32)
    backups.restore(sqlite_url(canteen), backup, CLOCK)
    (kept,) = tmp_path.glob("canteen-replaced-*.db")
    assert backups.preview(sqlite_url(kept), backup).lost == 1
    assert backup.read_bytes() == bytes_before
    assert [file.name for file in tmp_path.glob(".restoring*")] == []


def test_the_same_backup_restored_twice_never_repeats_a_label(canteen: Path, tmp_path: Path) -> None:
    backup = tmp_path / "monday.db"
    backups.back_up(sqlite_url(canteen), backup)
    labels = [*backups.restore(sqlite_url(canteen), backup, CLOCK)]
    CLOCK.advance(60)
    labels += backups.restore(sqlite_url(canteen), backup, CLOCK)
    assert len(set(labels)) == 2


def test_a_backup_is_whole_while_a_sale_is_being_written(canteen: Path, tmp_path: Path) -> None:
    desk = _open(canteen)
    with desk.db.write() as conn:
        conn.exec_driver_sql("update users set name = 'half written' where id = 1")
        backups.back_up(sqlite_url(canteen), tmp_path / "copy.db")
    copy = _open(tmp_path / "copy.db")
    assert "half written" not in [user.name for user in users.all(copy)]
    copy.db.close()
    desk.db.close()


def test_a_till_that_is_open_keeps_its_books(canteen: Path, tmp_path: Path) -> None:
    backup = tmp_path / "monday.db"
    backups.back_up(sqlite_url(canteen), backup)
    desk = _open(canteen)
    documents = verifying.verify(desk).documents
    with pytest.raises(Refusal) as refused:
        backups.restore(sqlite_url(canteen), backup, CLOCK)
    assert refused.value.code == "backup.in_use"
    assert verifying.verify(desk).documents == documents
    desk.db.close()


@pytest.mark.parametrize("damage", ["update payments set fen = fen + 1", "delete from ledger_entries"])
def test_a_backup_that_does_not_prove_itself_is_refused(canteen: Path, tmp_path: Path, damage: str) -> None:
    backup = tmp_path / "bent.db"
    backups.back_up(sqlite_url(canteen), backup)
    with closing(sqlite3.connect(backup)) as conn:
        conn.execute(damage)
        conn.commit()
    before = canteen.read_bytes()
    with pytest.raises(Refusal) as refused:
        backups.restore(sqlite_url(canteen), backup, CLOCK)
    assert refused.value.code == "backup.does_not_fit"
    assert refused.value.facts["document"].startswith("T1-")
    assert canteen.read_bytes() == before
    assert [file.name for file in tmp_path.glob(".restoring*")] == []


def test_what_is_no_backup_is_said(canteen: Path, tmp_path: Path) -> None:
    (tmp_path / "menu.xlsx").write_bytes(b"PK\x03\x04 no database")
    for file, code in (("menu.xlsx", "backup.not_ours"), ("nothing.db", "backup.missing")):
        with pytest.raises(Refusal) as refused:
            backups.restore(sqlite_url(canteen), tmp_path / file, CLOCK)
        assert refused.value.code == code
    with pytest.raises(Refusal) as refused:
        backups.back_up(sqlite_url(canteen), tmp_path / "menu.xlsx")
    assert refused.value.code == "backup.exists"


def test_books_that_cannot_be_read_any_more_are_restored_all_the_same(canteen: Path, tmp_path: Path) -> None:
    backup = tmp_path / "monday.db"
    backups.back_up(sqlite_url(canteen), backup)
    canteen.write_bytes(b"the disk failed here" * 1000)
    assert backups.preview(sqlite_url(canteen), backup).lost is None
    backups.restore(sqlite_url(canteen), backup, CLOCK)
    assert backups.preview(sqlite_url(canteen), backup).lost == 0


def test_a_damaged_file_is_kept_with_the_log_that_may_hold_its_newest_sales(
    canteen: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "monday.db"
    backups.back_up(sqlite_url(canteen), backup)
    canteen.write_bytes(b"the disk failed here" * 1000)
    log = tmp_path / "canteen.db-wal"
    log.write_bytes(b"sales of the last minute")
    backups.restore(sqlite_url(canteen), backup, CLOCK)
    (kept,) = tmp_path.glob("canteen-replaced-*.db")
    assert kept.read_bytes().startswith(b"the disk failed here")
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"sales of the last minute"
    assert backups.preview(sqlite_url(canteen), backup).lost == 0


@pytest.mark.parametrize("links", [True, False], ids=["a second name", "a disk without links"])
def test_there_are_books_at_every_moment(
    canteen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    """The power fails between keeping the old file and placing the new one."""
    backup = tmp_path / "monday.db"
    backups.back_up(sqlite_url(canteen), backup)
    before = canteen.read_bytes()
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    real = Path.replace

    def cut(self: Path, target: Path) -> Path:
        if self.parent.name.startswith(".restoring"):
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", cut)
    with pytest.raises(KeyboardInterrupt):
        backups.restore(sqlite_url(canteen), backup, CLOCK)
    assert canteen.read_bytes() == before


def _no_links(*_: object) -> None:
    raise OSError(1, "not supported here")


def test_the_command_line_says_what_is_lost_before_it_does_anything(
    canteen: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = str(tmp_path / "monday.db")
    assert cli.call(["backup", "--data", str(tmp_path), backup]) == 0
    _move_cash(canteen, "a" * 32)
    before = canteen.read_bytes()
    assert cli.call(["restore", "--data", str(tmp_path), backup]) == cli.CANNOT
    assert "loses 1 documents" in capsys.readouterr().out
    assert canteen.read_bytes() == before
    assert cli.call(["restore", "--data", str(tmp_path), backup, "--yes"]) == 0
    assert "Numbers now begin with: T1." in capsys.readouterr().out
    assert cli.call(["verify", "--data", str(tmp_path)]) == 0


def _who(desk: Desk, name: str) -> Member:
    return next(one for one in members.find(desk, name) if one.name == name)


def test_who_was_erased_is_named_when_an_older_backup_would_bring_them_back(
    canteen: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = _open(canteen)
    manager = users.sign_in(desk, "陈经理", "8888")
    poor = members.enrol(desk, manager, NewMember("钱多多", phone="13812345678"))
    customer = on_account.open_(desk, manager, on_account.Customer("孙某某家", credit_limit_fen=10_000))
    desk.db.close()
    backup = tmp_path / "monday.db"
    backups.back_up(sqlite_url(canteen), backup)
    desk = _open(canteen)
    erasing.erase(desk, manager, poor.id)
    erasing.erase_customer(desk, manager, customer)
    assert erasing.to_do_again(desk) == ()
    desk.db.close()

    seen = backups.preview(sqlite_url(canteen), backup).gone
    assert seen is not None
    assert (seen.erased, seen.customers) == ((poor.member_no,), (customer,))
    assert cli.call(["restore", str(backup), "--data", str(tmp_path)]) == cli.CANNOT
    assert f"to be erased again: numbers {poor.member_no}" in capsys.readouterr().out

    backups.restore(sqlite_url(canteen), backup, CLOCK)
    desk = _open(canteen)
    (told,) = [one for one in today.board(desk, manager).tasks if one.kind == "erase_again"]
    assert told.names == (f"{poor.member_no} 钱多多", "孙某某家")
    erasing.erase(desk, manager, _who(desk, "钱多多").id)
    assert erasing.to_do_again(desk) == ("孙某某家",)
    erasing.erase_customer(desk, manager, customer)
    assert erasing.to_do_again(desk) == ()
    assert verifying.verify(desk).ok
    desk.db.close()
    again = backups.preview(sqlite_url(canteen), backup).gone
    assert again is not None
    assert again.erased == (poor.member_no,), "the copy still has them"
