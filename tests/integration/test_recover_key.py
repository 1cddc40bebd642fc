"""canteen-pos recover-key: the sheet typed into a shell."""

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from canteen_pos import cli, settings
from canteen_pos.app import TillHouse
from canteen_pos.services import id_key, setup
from tests.integration.recovery_hands import sheet_groups


def call(*words: str | Path) -> tuple[int, str, str]:
    said, complaints = io.StringIO(), io.StringIO()
    with redirect_stdout(said), redirect_stderr(complaints), pytest.MonkeyPatch.context() as patch:
        patch.setenv("LC_ALL", "C")
        code = cli.call([str(word) for word in words])
    return code, said.getvalue(), complaints.getvalue()


@pytest.fixture
def lost(tmp_path: Path) -> tuple[str, ...]:
    """A canteen in `tmp_path` whose key file is gone; the groups of its sheet."""
    house = TillHouse(tmp_path, settings.load(tmp_path))
    desk = house.desk("canteen")
    manager = setup.found_canteen(desk, setup.SetupRequest(name="粮丰社区食堂", manager="陈经理", pin="8642"))
    groups = sheet_groups(desk, manager)
    house.close()
    (tmp_path / "canteen.key").unlink()
    return groups


def test_the_key_is_back(tmp_path: Path, lost: tuple[str, ...]) -> None:
    code, said, _ = call("recover-key", "--data", tmp_path, *lost)
    assert (code, said) == (0, f"The key is back: {tmp_path / 'canteen.key'}\n")
    house = TillHouse(tmp_path, settings.load(tmp_path))
    assert id_key.status(house.desk("canteen")).state == "ready"
    house.close()


def test_it_may_be_piped_or_scanned_in(tmp_path: Path, lost: tuple[str, ...], monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("-".join(lost).lower() + "\n"))
    assert call("recover-key", "--data", tmp_path)[0] == 0
    assert (tmp_path / "canteen.key").exists()


def test_a_mistyped_group_is_named_and_nothing_is_written(
    tmp_path: Path, lost: tuple[str, ...], monkeypatch
) -> None:
    wrong = [*lost[:4], lost[4][:4], *lost[5:]]
    code, _, complaint = call("recover-key", "--data", tmp_path, *wrong)
    assert (code, complaint) == (2, "Group 5 is not right: compare it with the sheet and type it again.\n")
    code, _, complaint = call("recover-key", "--data", tmp_path, *lost[:7])
    assert code == 2
    assert "8 groups of letters, here are 7" in complaint
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert call("recover-key", "--data", tmp_path) == (2, "", "Nothing was typed: the key is as it was.\n")
    assert not (tmp_path / "canteen.key").exists()


def test_where_no_canteen_is_there_is_nothing_to_recover(tmp_path: Path, lost: tuple[str, ...]) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    code, _, complaint = call("recover-key", "--data", empty, *lost)
    assert code == 2
    assert "There is no canteen" in complaint
    assert list(empty.iterdir()) == []
