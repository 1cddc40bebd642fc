"""Backups over sftp, to a real server that answers on this machine."""

import os
import resource
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import paramiko
import pytest

from canteen_pos.domain.errors import Refusal
from canteen_pos.storage.places import Place, shown


class _Door(paramiko.ServerInterface):
    def check_auth_password(self, username: str, password: str) -> int:
        fits = (username, password) == ("till", "geheim")
        return paramiko.AUTH_SUCCESSFUL if fits else paramiko.AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:
        del chanid
        return (
            paramiko.OPEN_SUCCEEDED if kind == "session" else paramiko.OPEN_FAILED_ADMINISTRATIVELY_PROHIBITED
        )

    def get_allowed_auths(self, username: str) -> str:
        del username
        return "password"


class _Handle(paramiko.SFTPHandle):
    def __init__(self, file: Any) -> None:
        super().__init__(0)
        self.readfile = self.writefile = file


class _Files(paramiko.SFTPServerInterface):
    """The few things a backup does, on a folder."""

    root = Path("/")

    def _path(self, name: str) -> Path:
        return self.root / name.lstrip("/")

    def list_folder(self, path: str) -> list[paramiko.SFTPAttributes]:
        return [
            paramiko.SFTPAttributes.from_stat(file.stat(), file.name)
            for file in sorted(self._path(path).iterdir())
        ]

    def stat(self, path: str) -> Any:
        try:
            return paramiko.SFTPAttributes.from_stat(self._path(path).stat())
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)

    lstat = stat

    def open(self, path: str, flags: int, attr: Any) -> Any:
        del attr
        try:
            descriptor = os.open(self._path(path), flags, 0o600)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)
        return _Handle(os.fdopen(descriptor, "wb" if flags & os.O_WRONLY else "rb"))

    def rename(self, oldpath: str, newpath: str) -> int:
        self._path(oldpath).rename(self._path(newpath))
        return paramiko.SFTP_OK

    posix_rename = rename

    def remove(self, path: str) -> int:
        self._path(path).unlink()
        return paramiko.SFTP_OK


class Server:
    """One that speaks sftp on a free port, with a host key of its own."""

    def __init__(self, root: Path) -> None:
        self.key = paramiko.RSAKey.generate(2048)
        self._files = type("Files", (_Files,), {"root": root})
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._transports: list[paramiko.Transport] = []
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            transport = paramiko.Transport(connection)
            transport.add_server_key(self.key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, self._files)
            self._transports.append(transport)
            try:
                transport.start_server(server=_Door())
            except (paramiko.SSHException, EOFError):
                transport.close()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for transport in self._transports:
            transport.close()
        self._thread.join()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    root = tmp_path / "far away"
    (root / "backups").mkdir(parents=True)
    made = Server(root)
    yield made
    made.close()


@pytest.fixture
def url(server: Server) -> str:
    return f"sftp://till@127.0.0.1:{server.port}/backups"


def test_a_file_goes_there_and_comes_back(url: str, tmp_path: Path) -> None:
    sent, back = tmp_path / "sent", tmp_path / "back"
    sent.write_bytes(b"the books " * 10_000)
    place = Place(url, "geheim", tmp_path / "hosts")
    place.put(sent, "monday.zip")
    assert [(one.name, one.size) for one in place.names()] == [("monday.zip", 100_000)]
    place.fetch("monday.zip", back)
    assert back.read_bytes() == sent.read_bytes()
    place.drop("monday.zip")
    assert place.names() == ()


def test_a_wrong_password_and_a_missing_folder_are_said(url: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        Place(url, "guess", tmp_path / "hosts")
    assert refused.value.code == "backup.password"
    assert "geheim" not in str(refused.value.facts)
    with pytest.raises(Refusal) as refused:
        Place(f"{url}/nothing", "geheim", tmp_path / "hosts")
    assert refused.value.code == "backup.no_place"


def test_another_host_under_the_known_name_gets_nothing(server: Server, url: str, tmp_path: Path) -> None:
    hosts = tmp_path / "hosts"
    Place(url, "geheim", hosts)
    assert hosts.stat().st_mode & 0o077 == 0
    server.key = paramiko.RSAKey.generate(2048)
    with pytest.raises(Refusal) as refused:
        Place(url, "geheim", hosts)
    assert refused.value.code == "backup.other_host"


@pytest.mark.parametrize("scheme", ["sftp", "ftp"])
def test_nobody_answers(scheme: str, tmp_path: Path) -> None:
    free = socket.create_server(("127.0.0.1", 0))
    port = free.getsockname()[1]
    free.close()
    with pytest.raises(Refusal) as refused:
        Place(f"{scheme}://till@127.0.0.1:{port}/backups", "geheim", tmp_path / "hosts")
    assert refused.value.code == "backup.no_answer"


@pytest.mark.parametrize(
    ("typed", "fit"),
    [
        ("sftp://till:geheim@host:22/x", "sftp://till@host:22/x"),
        ("ftp://till:ge#he/im?@host/x", "ftp://till@host/x"),
        ("ftp://till:ge@heim@host/x", "ftp://till@host/x"),
        ("ftp://till:abc:[@host:bad/x", "ftp://till@host:bad/x"),
        ("sftp://till@host:22/a@b", "sftp://till@host:22/a@b"),
        ("sftp://host:22/a@b", "sftp://host:22/a@b"),
        ("/media/usb", "/media/usb"),
    ],
)
def test_a_password_is_not_shown(typed: str, fit: str) -> None:
    assert shown(typed) == fit


@pytest.mark.parametrize(
    "typed", ["sftp://till:geheim@host:bad/x", "ftp://[nowhere/x", "ftp://till:ge#heim@[/x"]
)
def test_an_address_that_is_none_is_said_without_the_password(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        Place(typed)
    assert refused.value.code == "backup.place"
    assert "heim" not in str(refused.value.facts)


def test_a_full_disk_is_said_and_what_was_begun_is_taken_away(tmp_path: Path) -> None:
    disk, sent = tmp_path / "usb", tmp_path / "sent"
    disk.mkdir()
    sent.write_bytes(b"the books " * 10_000)
    place = Place(str(disk))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))  # as full as a disk can be made here
    try:
        with pytest.raises(Refusal) as refused:
            place.put(sent, "monday.zip")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert refused.value.code == "backup.full"
    assert list(disk.iterdir()) == []


def test_a_folder_that_vanished_is_not_made_again(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        Place(str(tmp_path / "unplugged"))
    assert refused.value.code == "backup.no_place"
    assert not (tmp_path / "unplugged").exists()
