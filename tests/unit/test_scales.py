"""What scales say, byte by byte; and asking one on a real line."""

import os
import pty
import socket
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canteen_pos.devices.scales import Reading, TooHeavy, check_address, decode, weigh
from canteen_pos.domain.errors import Refusal


def _a9(sign: str, digits: str, decimals: int) -> bytes:
    inside = f"{sign}{digits}{decimals}".encode()
    total = 0
    for byte in inside:
        total ^= byte
    return b"\x02" + inside + f"{total:02X}".encode() + b"\x03"


@pytest.mark.parametrize(
    ("said", "grams", "stable"),
    [
        (b"ST,GS,+  0.345kg\r\n", 345, True),
        (b"ST,GS,+0000.345kg\r\n", 345, True),
        (b"US,NT,+  0.345kg\r\n", 345, False),
        (b"ST,NT,-  0.020kg\r\n", -20, True),
        (b"ST,GS,   345 g\r\n", 345, True),
        (b"S S      0.345 kg\r\n", 345, True),
        (b"S D      0.344 kg\r\n", 344, False),
        (b"S S     -0.010 kg\r\n", -10, True),
        (b"wn000.345kg\r\n", 345, True),
        (b"ww0001.250kg\r\n", 1250, True),
        (b"=543.000\r\n", 345, True),
        (b"=052.100\r\n", 1250, True),
        (b"  0.345 kg\r\n", 345, True),
        (b"345g\r\n", 345, True),
        ("0.7斤\r\n".encode("gb18030"), 350, True),
        (_a9("+", "000345", 3), 345, True),
        (_a9("+", "003450", 4), 345, True),
        (_a9("-", "000020", 3), -20, True),
        (_a9("+", "000345", 3) + _a9("+", "000400", 3), 400, True),
        (b"0.1kg\r\nST,GS,+  0.2", 100, True),
        (b"ST,GS,+  0.100kg\r\nST,GS,+  0.200kg\r\n", 200, True),
    ],
)
def test_what_scales_say(said: bytes, grams: int, stable: bool) -> None:
    assert decode(said) == Reading(grams, stable)


@pytest.mark.parametrize("said", [b"", b"\r\n", b"hello\r\n", b"ES\r\n", b"12345\r\n", b"\x02+0003453FF\x03"])
def test_what_is_no_weight(said: bytes) -> None:
    assert decode(said) is None


@pytest.mark.parametrize("said", [b"OL,GS,+9999999kg\r\n", b"S +\r\n"])
def test_too_heavy(said: bytes) -> None:
    with pytest.raises(TooHeavy):
        decode(said)


@given(st.binary(max_size=200))
def test_noise_never_breaks_anything(said: bytes) -> None:
    try:
        found = decode(said)
    except TooHeavy:
        return
    assert found is None or isinstance(found.grams, int)


@given(st.integers(0, 29_999))
def test_every_weight_comes_through(grams: int) -> None:
    for said in (
        f"ST,GS,+{grams / 1000:8.3f}kg\r\n".encode(),
        f"S S {grams / 1000:10.3f} kg\r\n".encode(),
        b"=" + f"{grams / 1000:07.3f}".encode()[::-1] + b"\r\n",
        _a9("+", f"{grams:06d}", 3),
    ):
        assert decode(said) == Reading(grams, stable=True)


# -- on a line -------------------------------------------------------------------------------------------


@contextmanager
def _network_scale(say: Callable[[socket.socket], None]) -> Iterator[str]:
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = server.accept()
        with connection:
            say(connection)
            while connection.recv(64):
                pass

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"127.0.0.1:{server.getsockname()[1]}"
    finally:
        thread.join()
        server.close()


def test_a_scale_on_the_network_settles() -> None:
    def settles(connection: socket.socket) -> None:
        for text in (b"US,GS,+  0.300kg\r\n", b"US,GS,+  0.340kg\r\n", b"ST,GS,+  0.345kg\r\n"):
            connection.sendall(text)

    with _network_scale(settles) as address:
        assert weigh(address) == Reading(345, stable=True)


def test_a_scale_that_has_to_be_asked() -> None:
    def answers(connection: socket.socket) -> None:
        assert connection.recv(16) == b"S\r\n"
        connection.sendall(b"S S      1.200 kg\r\n")

    with _network_scale(answers) as address:
        assert weigh(address).grams == 1200


def test_a_scale_on_a_serial_line() -> None:
    scale, till = pty.openpty()
    tty.setraw(till)
    tty.setraw(scale)

    def answers() -> None:
        os.read(scale, 16)
        os.write(scale, b"wn000.456kg\r\n")

    thread = threading.Thread(target=answers)
    thread.start()
    assert weigh(f"{os.ttyname(till)}@9600") == Reading(456, stable=True)
    thread.join()
    os.close(scale)
    os.close(till)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (b"", "scale.silent"),
        (b"GARBAGE\r\n", "scale.unreadable"),
        (b"US,GS,+  0.300kg\r\n", "scale.moving"),
        (b"ST,GS,+  0.000kg\r\n", "scale.empty"),
        (b"OL,GS,+\r\n", "scale.too_heavy"),
    ],
)
def test_what_went_wrong_is_said(said: bytes, code: str) -> None:
    def says(connection: socket.socket) -> None:
        connection.sendall(said)

    with _network_scale(says) as address, pytest.raises(Refusal) as refused:
        weigh(address, wait_s=0.25)
    assert refused.value.code == code
    assert refused.value.facts["where"] == address


def test_nobody_is_there() -> None:
    free = socket.create_server(("127.0.0.1", 0))
    address = f"127.0.0.1:{free.getsockname()[1]}"
    free.close()
    for where in (address, "/dev/ttyNothing@9600"):
        with pytest.raises(Refusal) as refused:
            weigh(where)
        assert refused.value.code == "scale.no_answer"


@pytest.mark.parametrize(
    "address", ["COM3", "COM3@9600", "/dev/ttyUSB0@4800", "192.168.1.60:4001", "scale.local:23"]
)
def test_addresses_that_can_be(address: str) -> None:
    check_address(address)


@pytest.mark.parametrize("address", ["", "192.168.1.60", "usb", "COM", "ttyUSB0"])
def test_addresses_that_cannot_be(address: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_address(address)
    assert refused.value.code == "scale.address"
