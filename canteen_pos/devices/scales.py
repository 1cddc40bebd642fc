"""Scales that send their weight all the time or when asked: what the usual protocols say, and asking one for a weight.

Decoding is pure. It knows by itself which protocol it hears:
  ST,GS,+  0.345kg        A&D, CAS, Ohaus and many more ('US' is moving, 'OL' too heavy)
  S S      0.345 kg       Mettler Toledo MT-SICS ('S D' is moving, 'S +' too heavy)
  wn000.345kg             Yaohua A12 ('ww' is with the tare)
  STX +000345 3 1B ETX    Yaohua XK3190-A9, frame with sign, six digits, decimals and checksum
  =543.000                reversed digits, kilograms (Yaohua, Toledo, '=' first)
  0.345 kg                a bare number with its unit
"""

import re
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from canteen_pos.domain.errors import refuse

_GRAMS = {"kg": 1000, "g": 1, "公斤": 1000, "克": 1, "斤": 500, "jin": 500}
_COMMA = re.compile(
    r"(ST|US|OL|QT)\s*,\s*(?:GS|NT|TR|G|N)\s*,\s*(?:[+-]?[\d.\s]+,\s*)?([+-])?\s*([\d.]+)\s*(kg|g)", re.I
)
_OVERLOAD = re.compile(r"OL\s*,|S\s+\+\s*$|S\s+I\s*$", re.I)
_SICS = re.compile(r"S\s+([SD])\s+([+-]?)\s*([\d.]+)\s*(kg|g)", re.I)
_A12 = re.compile(r"w[wnt]\s*([+-]?)\s*([\d.]+)\s*(kg|g)", re.I)
_REVERSED = re.compile(r"=([\d.]{5,8}-?)")
_BARE = re.compile(r"([+-]?)\s*(\d+(?:\.\d+)?)\s*(kg|g|公斤|克|斤)", re.I)
_FRAME = re.compile(rb"\x02([+-])(\d{6})([0-4])([0-9A-F]{2})\x03")
MOST_GRAMS = 30_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What the scale says now. Without `stable` the pan is still moving."""

    grams: int
    stable: bool


class TooHeavy(Exception):
    """The scale says that it is overloaded."""


def decode(said: bytes) -> Reading | None:
    """The newest whole reading in what was heard; None when there is none yet. TooHeavy when it says so."""
    frame = None
    for frame in _FRAME.finditer(said):  # noqa: B007 - the last one
        pass
    if frame is not None and _fits(frame):
        grams = Decimal(frame[2].decode()).scaleb(3 - int(frame[3]))
        return _reading(frame[1].decode(), grams, 1, stable=True)
    lines = [line for line in re.split(r"[\r\n\x02\x03]+", said.decode("gb18030", "replace")) if line.strip()]
    for line in reversed(lines):
        found = _line(line.strip())
        if found is not None:
            return found
    return None


def _line(line: str) -> Reading | None:
    if _OVERLOAD.match(line):
        raise TooHeavy
    if found := _COMMA.search(line):
        return _reading(
            found[2], Decimal(found[3]), _GRAMS[found[4].lower()], stable=found[1].upper() != "US"
        )
    if found := _SICS.search(line):
        return _reading(found[2], Decimal(found[3]), _GRAMS[found[4].lower()], stable=found[1].upper() == "S")
    if found := _A12.search(line):
        return _reading(found[1], Decimal(found[2]), _GRAMS[found[3].lower()], stable=True)
    if found := _REVERSED.search(line):
        digits = found[1][::-1]
        return _reading(digits[0] if digits[0] == "-" else "", Decimal(digits.lstrip("-")), 1000, stable=True)
    if found := _BARE.fullmatch(line):
        return _reading(found[1], Decimal(found[2]), _GRAMS[found[3].lower()], stable=True)
    return None


def _reading(sign: str | None, number: Decimal, unit: int, *, stable: bool) -> Reading:
    grams = int((number * unit).to_integral_value())
    return Reading(-grams if sign == "-" else grams, stable)


def _fits(frame: "re.Match[bytes]") -> bool:
    """The exclusive or of everything between the frame's ends, as two hexadecimal digits."""
    total = 0
    for byte in frame[1] + frame[2] + frame[3]:
        total ^= byte
    return f"{total:02X}".encode() == frame[4]


# -- asking one ------------------------------------------------------------------------------------------

_SERIAL = re.compile(r"(com\d+|/dev/[\w./-]+)(?:@(\d{3,6}))?", re.IGNORECASE)
_HOST = re.compile(r"([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?):(\d{1,5})", re.IGNORECASE)
ASK = b"S\r\n"
"""MT-SICS wants to be asked; those that send all the time do not mind."""


class Line(Protocol):
    def read(self) -> bytes: ...
    def ask(self) -> None: ...
    def close(self) -> None: ...


def weigh(address: str, wait_s: float = 2.0, now: Callable[[], float] = time.monotonic) -> Reading:
    """A reading that stands still and weighs something; waits `wait_s` for it.

    Refusal 'scale.address', 'scale.no_answer' (why=), 'scale.silent', 'scale.unreadable' (why=), 'scale.moving',
    'scale.empty', 'scale.too_heavy', all with where=.
    """
    try:
        line = open_line(address)
    except OSError as error:
        raise refuse("scale.no_answer", where=address, why=error.strerror or str(error)) from error
    heard, seen = b"", None
    until = now() + wait_s
    try:
        line.ask()
        while now() < until:
            heard = (heard + line.read())[-512:]
            seen = decode(heard) or seen
            if seen is not None and seen.stable and 0 < seen.grams <= MOST_GRAMS:
                return seen
    except TooHeavy:
        raise refuse("scale.too_heavy", where=address) from None
    except OSError as error:
        raise refuse("scale.no_answer", where=address, why=error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            line.close()
    if seen is None and not heard.strip():
        raise refuse("scale.silent", where=address)
    if seen is None:
        raise refuse("scale.unreadable", where=address, why=repr(heard[-32:].decode("ascii", "replace")))
    if not seen.stable:
        raise refuse("scale.moving", where=address)
    raise refuse("scale.empty" if seen.grams <= 0 else "scale.too_heavy", where=address)


def check_address(address: str) -> None:
    """Refusal 'scale.address' for what is no serial port ('COM3@9600') and no 'host:port'."""
    if not (_SERIAL.fullmatch(address) or _HOST.fullmatch(address)):
        raise refuse("scale.address", where=address)


def open_line(address: str) -> Line:
    """Refusal 'scale.address'; OSError when it cannot be opened."""
    check_address(address)
    if found := _SERIAL.fullmatch(address):
        return _Serial(found[1], int(found[2] or 9600))
    host, _, port = address.rpartition(":")
    return _Network(host, int(port))


class _Serial:
    def __init__(self, device: str, baud: int) -> None:
        import serial

        self._port: Any = serial.Serial(device, baud, timeout=0.1)

    def read(self) -> bytes:
        return bytes(self._port.read(max(1, self._port.in_waiting)))

    def ask(self) -> None:
        self._port.reset_input_buffer()  # what was weighed before
        self._port.write(ASK)

    def close(self) -> None:
        self._port.close()


class _Network:
    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port), timeout=1.0)
        self._socket.settimeout(0.1)

    def read(self) -> bytes:
        try:
            heard = self._socket.recv(256)
        except TimeoutError:
            return b""
        if not heard:
            raise ConnectionResetError("closed")
        return heard

    def ask(self) -> None:
        self._socket.sendall(ASK)

    def close(self) -> None:
        self._socket.close()
