"""An ESC/POS decoder of its own, and printers to talk to over a real socket."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import pytest

from canteen_pos.printing.paper import Paper
from canteen_pos.printing.printers import Machine, Patience


@dataclass(frozen=True)
class Printed:
    """One thing on the paper: a line with both sizes (GS !, FS !) and boldness, a picture, a QR code, or a cut."""

    kind: Literal["line", "raster", "qr", "cut"]
    text: str = ""
    ascii_size: int = 0
    chinese_size: int = 0
    bold: bool = False
    data: bytes = b""


class Decoder:
    """Reads what a printer would do. It knows only the commands a Chinese thermal printer surely has."""

    def __init__(self, data: bytes) -> None:
        self.data, self.place = data, 0
        self.chinese = self.bold = False
        self.ascii_size = self.chinese_size = 0
        self.line = bytearray()
        self.out: list[Printed] = []
        self.questions: list[bytes] = []
        self.stored = b""

    def take(self, count: int) -> bytes:
        taken = self.data[self.place : self.place + count]
        assert len(taken) == count, "the job ends inside a command"
        self.place += count
        return taken

    def run(self) -> list[Printed]:
        while self.place < len(self.data):
            byte = self.take(1)
            command = {b"\x1b": self.esc, b"\x1c": self.fs, b"\x1d": self.gs, b"\x10": self.dle}.get(byte)
            if command:
                command()
            elif byte == b"\n":
                self.feed()
            else:
                assert byte >= b" ", f"control character {byte!r} in the text"
                assert byte < b"\x80" or self.chinese, "Chinese outside Chinese mode"
                self.line += byte
                if byte >= b"\x80":
                    self.line += self.take(1)
        assert not self.line
        return self.out

    def feed(self) -> None:
        text = self.line.decode("gb18030")
        self.out.append(Printed("line", text, self.ascii_size, self.chinese_size, self.bold))
        self.line.clear()

    def esc(self) -> None:
        match self.take(1):
            case b"@":
                self.chinese = self.bold = False
                self.ascii_size = self.chinese_size = 0
            case b"t":
                assert self.take(1) == b"\x00"
            case b"E":
                self.bold = self.take(1) == b"\x01"
            case b"a":
                assert self.take(1) in (b"\x00", b"\x01")
            case other:
                raise AssertionError(f"ESC {other!r}")

    def fs(self) -> None:
        match self.take(1):
            case b"&":
                self.chinese = True
            case b"S":
                assert self.take(2) == b"\x00\x00"
            case b"!":
                self.chinese_size = self.take(1)[0]
            case other:
                raise AssertionError(f"FS {other!r}")

    def gs(self) -> None:
        match self.take(1):
            case b"!":
                self.ascii_size = self.take(1)[0]
            case b"V":
                assert self.take(2) == b"\x42\x00"
                self.out.append(Printed("cut"))
            case b"v":
                assert self.take(2) == b"0\x00"
                width, height = struct.unpack("<HH", self.take(4))
                assert not self.line, "a picture inside a line"
                self.out.append(Printed("raster", data=self.take(width * height)))
            case b"(":
                assert self.take(1) == b"k"
                body = self.take(struct.unpack("<H", self.take(2))[0])
                if body.startswith(b"1P0"):
                    self.stored = body[3:]
                if body.startswith(b"1Q0"):
                    self.out.append(Printed("qr", self.stored.decode()))
            case b"r":
                self.questions.append(b"r" + self.take(1))
            case other:
                raise AssertionError(f"GS {other!r}")

    def dle(self) -> None:
        assert self.take(1) == b"\x04"
        self.questions.append(b"\x04" + self.take(1))


@pytest.fixture
def decode() -> Callable[[bytes], list[Printed]]:
    return lambda data: Decoder(data).run()


# -- printers on a socket --------------------------------------------------------------------------------

Manner = Literal["good", "mute", "paper_out", "cover_open", "runs_out", "slow", "dies_midway", "deaf"]
_ANSWERS: dict[str, tuple[int, int, int]] = {
    "paper_out": (0x1A, 0x32, 0x72),
    "cover_open": (0x1A, 0x16, 0x12),
}


@dataclass
class FakePrinter:
    """Listens on a port of its own until closed. `jobs` holds what each connection sent, questions included."""

    manner: Manner = "good"
    jobs: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.got_some = threading.Event()
        self.thread = threading.Thread(target=self._serve, daemon=True)
        if self.manner != "deaf":  # a deaf one lets the system take the bytes and never looks
            self.thread.start()

    def machine(self, paper: Paper | None = None, patience: Patience | None = None) -> Machine:
        quick = 0.05 if self.manner in ("mute", "deaf", "runs_out") else 10.0
        transport = {"kind": "network", "host": "127.0.0.1", "port": self.port}
        return Machine(transport, paper or Paper(), patience or Patience(quick, quick))

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        self.jobs.append(b"")
        while data := connection.recv(7 if self.manner == "slow" else 65536):
            self.jobs[-1] += data
            self.got_some.set()
            if self.manner == "dies_midway" and len(self.jobs[-1]) > 200:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            if self.manner != "mute":
                self._answer(connection, self.jobs[-1])

    def _answer(self, connection: socket.socket, said: bytes) -> None:
        ran_out = self.manner == "runs_out" and b"\x1b@" in said
        answers = _ANSWERS.get("paper_out" if ran_out else self.manner, (0x12, 0x12, 0x12))
        for number, answer in zip((1, 2, 4), answers, strict=True):
            if said.endswith(b"\x10\x04" + bytes([number])):
                connection.sendall(bytes([answer]))
        if said.endswith(b"\x1dr\x01") and self.manner != "runs_out":
            connection.sendall(b"\x00")

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        if self.thread.is_alive():
            self.thread.join(5)


@pytest.fixture
def printer_with() -> Iterator[Callable[[Manner], FakePrinter]]:
    """`printer_with('mute')`: a printer of that manner; all are closed after the test."""
    made: list[FakePrinter] = []

    def make(manner: Manner = "good") -> FakePrinter:
        made.append(FakePrinter(manner))
        return made[-1]

    yield make
    for printer in made:
        printer.close()


@pytest.fixture
def closed_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
