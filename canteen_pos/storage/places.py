"""Where backups are kept: another folder, or a URL that fsspec knows (sftp, ftp, memory in tests).

A folder is never made: a missing one is an unplugged disk, and a backup beside the original is none.
"""

import errno
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from canteen_pos.domain.errors import Refusal, refuse

TIMEOUT_S = 20
BEGUN = ".part"
"""The end of a file's name until it lies there whole."""


@dataclass(frozen=True, slots=True)
class Held:
    """A file of the place."""

    name: str
    size: int


_WITH_PASSWORD = re.compile(r"([a-z][a-z0-9+.-]*://[^:@/]*):(?!\d+(?:/|$))(.*)@")
"""Everything between the user and the last @ is the password, whatever is in it; digits before a path are a port."""


def shown(url: str) -> str:
    """The address fit to be shown and logged: without a password somebody typed into it."""
    return _split(url)[0]


def _split(url: str) -> tuple[str, str]:
    """(the address without its password, the password)."""
    found = _WITH_PASSWORD.match(url)
    return (f"{found[1]}@{url[found.end() :]}", found[2]) if found else (url, "")


class Place:
    """An open place. Whenever it cannot do what is asked: refusal 'backup.full', 'backup.not_allowed',
    'backup.password', 'backup.other_host', 'backup.no_answer', or 'backup.place' for what has no better word; all with
    where= and why=.
    """

    def __init__(self, url: str, password: str = "", known_hosts: Path | None = None) -> None:
        self.where, typed = _split(url)
        with self._trouble():
            self._fs, self._root = _open(self.where, password or typed, known_hosts)
            if not self._fs.isdir(self._root):
                raise refuse("backup.no_place", where=self.where)

    def __enter__(self) -> "Place":
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up; a folder has nothing to hang up."""
        for line in (getattr(self._fs, "client", None), getattr(self._fs, "ftp", None)):
            if line is not None:
                with suppress(Exception):
                    line.close()

    def names(self) -> tuple[Held, ...]:
        """What lies there, by name."""
        with self._trouble():
            self._fs.invalidate_cache()
            found = self._fs.ls(self._root, detail=True)
        files = [
            Held(one["name"].rsplit("/", 1)[-1], int(one["size"] or 0))
            for one in found
            if one["type"] == "file"
        ]
        return tuple(sorted(files, key=lambda one: one.name))

    def put(self, file: Path, name: str) -> None:
        """`name` appears whole or not at all; what was begun is taken away again, or a full disk would stay full."""
        begun = self._at(f"{name}{BEGUN}")
        with self._trouble():
            try:
                self._fs.put_file(str(file), begun)
                self._fs.mv(begun, self._at(name))
            except Exception:
                with suppress(Exception):
                    self._fs.rm_file(begun)
                raise

    def fetch(self, name: str, target: Path) -> None:
        with self._trouble():
            self._fs.get_file(self._at(name), str(target))

    def drop(self, name: str) -> None:
        with self._trouble():
            self._fs.rm_file(self._at(name))

    def _at(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        try:
            yield
        except Refusal:
            raise
        except Exception as error:  # each transport raises its own; all mean that the place did not do it
            why = str(error) or type(error).__name__
            raise refuse(_code(error), where=self.where, why=why) from error


_ERRNO = {
    errno.ENOSPC: "backup.full",
    errno.EDQUOT: "backup.full",
    errno.EFBIG: "backup.full",
    errno.EACCES: "backup.not_allowed",
    errno.EPERM: "backup.not_allowed",
    errno.EROFS: "backup.not_allowed",
}
_NAMED = {
    "AuthenticationException": "backup.password",
    "BadHostKeyException": "backup.other_host",
    "NoValidConnectionsError": "backup.no_answer",
}
_FTP = {
    "530": "backup.password",
    "550": "backup.not_allowed",
    "552": "backup.full",
    "553": "backup.not_allowed",
}


def _code(error: Exception) -> str:
    """What to tell people: each transport has its own names for the same few troubles, and none of them is imported
    for a folder."""
    name = type(error).__name__
    if name in _NAMED:
        return _NAMED[name]
    if name == "error_perm":
        return _FTP.get(str(error)[:3], "backup.place")
    if isinstance(error, TimeoutError | ConnectionError | socket.gaierror | EOFError):
        return "backup.no_answer"
    return _ERRNO.get(error.errno or 0, "backup.place") if isinstance(error, OSError) else "backup.place"


def _open(url: str, password: str, known_hosts: Path | None) -> tuple[Any, str]:
    from fsspec.core import url_to_fs  # type: ignore[import-untyped]

    scheme = urlsplit(url).scheme if "://" in url else ""
    options: dict[str, Any] = {"skip_instance_cache": True}
    if password and scheme in ("sftp", "ssh", "ftp"):
        options["password"] = password
    if scheme == "ftp":
        options["timeout"] = TIMEOUT_S
    if scheme in ("sftp", "ssh"):
        return _open_sftp(url, options, known_hosts)
    fs, root = url_to_fs(url, **options)
    return fs, str(root)


def _open_sftp(url: str, options: dict[str, Any], known_hosts: Path | None) -> tuple[Any, str]:
    """fsspec believes any server; ours is remembered at the first meeting, and another one is refused afterwards."""
    import paramiko  # type: ignore[import-untyped]
    from fsspec.implementations.sftp import SFTPFileSystem  # type: ignore[import-untyped]

    class Careful(SFTPFileSystem):  # type: ignore[misc]
        def _connect(self) -> None:
            self.client = paramiko.SSHClient()
            if known_hosts is not None:
                known_hosts.touch(mode=0o600)
                self.client.load_host_keys(str(known_hosts))
            self.client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
            self.client.connect(self.host, timeout=TIMEOUT_S, banner_timeout=TIMEOUT_S, **self.ssh_kwargs)
            self.ftp = self.client.open_sftp()

    parts = urlsplit(url)
    wanted = {"username": parts.username, "port": parts.port} | options
    del wanted["skip_instance_cache"]
    given = {name: value for name, value in wanted.items() if value}
    return Careful(parts.hostname, skip_instance_cache=True, **given), parts.path or "/"
