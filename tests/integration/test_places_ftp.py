"""Backups over ftp, to a real server that answers on this machine."""

import logging
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from canteen_pos.domain.errors import Refusal
from canteen_pos.services import backing_up
from canteen_pos.services.backing_up import Plan
from canteen_pos.storage.places import BEGUN, Place

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # asyncore, which Python 3.11 is the last to have
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.handlers import DTPHandler, FTPHandler
    from pyftpdlib.ioloop import IOLoop
    from pyftpdlib.servers import FTPServer

BOOKS = b"the books " * 100_000


class Server:
    """One that speaks ftp on a free port. `perm` is what the till's account may do there; `old` knows no MLSD."""

    def __init__(self, root: Path, perm: str = "elradfmwMT", *, old: bool = False) -> None:
        logging.getLogger("pyftpdlib").setLevel(logging.CRITICAL)
        accounts = DummyAuthorizer()
        accounts.add_user("till", "geheim", str(root), perm=perm)
        self.data = type("Data", (DTPHandler,), {})
        given = {"authorizer": accounts, "dtp_handler": self.data, "auth_failed_timeout": 0}
        handler = type("Handler", (FTPHandler,), given)
        if old:
            handler.proto_cmds = {k: v for k, v in FTPHandler.proto_cmds.items() if k not in ("MLSD", "MLST")}
        self._loop = IOLoop()
        self._server = FTPServer(("127.0.0.1", 0), handler, ioloop=self._loop)
        self.port = self._server.address[1]
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while not self._stopping.is_set():
            self._loop.loop(timeout=0.05, blocking=False)

    def close(self) -> None:
        self._stopping.set()
        self._thread.join()
        self._server.close_all()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "far away"
    (made / "backups").mkdir(parents=True)
    return made


@pytest.fixture(params=["new", "old"])
def server(root: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    """Old ones (vsftpd is one) list a folder in their own words only."""
    made = Server(root, old=request.param == "old")
    yield made
    made.close()


@pytest.fixture
def url(server: Server) -> str:
    return f"ftp://till@127.0.0.1:{server.port}/backups"


def test_a_file_goes_there_and_comes_back(url: str, root: Path, tmp_path: Path) -> None:
    sent, back = tmp_path / "sent", tmp_path / "back"
    sent.write_bytes(BOOKS)
    with Place(url, "geheim") as place:
        place.put(sent, "monday.zip")
        assert [(one.name, one.size) for one in place.names()] == [("monday.zip", len(BOOKS))]
        assert (root / "backups" / "monday.zip").read_bytes() == BOOKS
        place.fetch("monday.zip", back)
        assert back.read_bytes() == BOOKS
        place.drop("monday.zip")
        assert place.names() == ()


def test_a_folder_may_have_any_name(server: Server, root: Path, tmp_path: Path) -> None:
    (root / "食堂 备份").mkdir()
    sent = tmp_path / "sent"
    sent.write_bytes(BOOKS)
    with Place(f"ftp://till@127.0.0.1:{server.port}/食堂 备份", "geheim") as place:
        place.put(sent, "monday.zip")
        assert [one.name for one in place.names()] == ["monday.zip"]
    with Place(f"ftp://till@127.0.0.1:{server.port}", "geheim") as place:
        assert place.names() == (), "the account's own folder, where only folders lie"


def test_a_password_typed_into_the_address_serves_too_and_is_not_shown(
    server: Server, tmp_path: Path
) -> None:
    sent = tmp_path / "sent"
    sent.write_bytes(BOOKS)
    with Place(f"ftp://till:geheim@127.0.0.1:{server.port}/backups") as place:
        place.put(sent, "monday.zip")
        assert "geheim" not in place.where


@pytest.mark.parametrize(
    ("password", "folder", "code"),
    [("guess", "backups", "backup.password"), ("geheim", "backups/nothing", "backup.no_place")],
)
def test_a_wrong_password_and_a_missing_folder_are_said(
    server: Server, password: str, folder: str, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        Place(f"ftp://till@127.0.0.1:{server.port}/{folder}", password)
    assert refused.value.code == code
    assert "geheim" not in str(refused.value.facts)


def test_a_place_that_takes_nothing_is_said(root: Path, tmp_path: Path) -> None:
    server = Server(root, perm="elr")
    try:
        with Place(f"ftp://till@127.0.0.1:{server.port}/backups", "geheim") as place:
            sent = tmp_path / "sent"
            sent.write_bytes(BOOKS)
            with pytest.raises(Refusal) as refused:
                place.put(sent, "monday.zip")
            assert refused.value.code == "backup.not_allowed"
    finally:
        server.close()
    assert list((root / "backups").iterdir()) == []


def test_a_line_that_breaks_leaves_the_last_good_copy(
    server: Server, url: str, root: Path, tmp_path: Path
) -> None:
    sent = tmp_path / "sent"
    sent.write_bytes(BOOKS)
    with Place(url, "geheim") as place:
        place.put(sent, "monday.zip")

        def broken(data: DTPHandler) -> None:
            data.cmd_channel.close()
            data.close()

        server.data.handle_read_event = broken
        with pytest.raises(Refusal) as refused:
            place.put(sent, "tuesday.zip")
        assert refused.value.code == "backup.no_answer"
    assert (root / "backups" / "monday.zip").read_bytes() == BOOKS
    assert not (root / "backups" / "tuesday.zip").exists(), "half a copy bears no copy's name"


def test_what_a_broken_line_left_there_is_cleared_by_the_next_backup(
    house, url: str, root: Path, tmp_path: Path
) -> None:
    wanted = Plan(tmp_path, to=url, password="geheim")
    first = backing_up.run(house.desk, wanted).file
    leftover = root / "backups" / f"{first[:-10]}101500.zip{BEGUN}"
    strange = root / "backups" / "somebody else's.zip.part"
    for file in (leftover, strange):
        file.write_bytes(b"half")
    house.clock.advance(60)
    backing_up.run(house.desk, wanted)
    assert not leftover.exists()
    assert strange.exists()


def test_a_whole_backup_goes_there_and_is_proved(house, url: str, root: Path, tmp_path: Path) -> None:
    wanted = Plan(tmp_path, to=url, password="geheim")
    made = backing_up.run(house.desk, wanted)
    assert (root / "backups" / made.file).stat().st_size == made.size
    assert [copy.name for copy in backing_up.copies(house.desk, wanted)] == [made.file]
    back = backing_up.fetch(wanted, made.file, tmp_path)
    assert back.stat().st_size == made.size
    assert backing_up.try_place(house.manager, wanted) == url
    assert [file.name for file in (root / "backups").iterdir()] == [made.file], "the trial was taken away"
