"""Lines to printers: open, write, read a little, close. A line that breaks says whether anything had left.

The network line is a plain socket, the serial line pyserial: python-escpos hides how far a write got, and its
default timeout is a minute. It is used where it knows more than we do: USB and Windows queues.
"""

import contextlib
import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Any, Protocol

from canteen_pos.domain.errors import refuse

CONNECT_S = 4.0
WRITE_S = 5.0
"""Longest wait for the printer to take the next piece: its buffer is full while it prints."""
_PIECE = 4096


class LineError(Exception):
    """The line could not be opened, or broke. `left` is how many bytes had gone; `reason` a code for `wording`."""

    def __init__(self, reason: str, left: int = 0, detail: str = "") -> None:
        super().__init__(f"{reason}, {left} bytes left: {detail}")
        self.reason = reason
        self.left = left
        self.detail = detail


class Line(Protocol):
    """An open line to one printer."""

    answers: bool
    """Whether anything can come back at all."""

    def write(self, data: bytes) -> None:
        """All of `data`, or LineError with what had left."""

    def read(self, timeout_s: float) -> bytes:
        """Whatever comes within the time, b'' when nothing does."""

    def close(self) -> None: ...


class NetworkLine:
    """Port 9100 and its like."""

    answers = True

    def __init__(self, host: str, port: int = 9100) -> None:
        try:
            self._socket = socket.create_connection((host, port), timeout=CONNECT_S)
        except ConnectionRefusedError as error:
            raise LineError("refused", detail=str(error)) from error
        except OSError as error:
            raise LineError("unreachable", detail=str(error)) from error

    def write(self, data: bytes) -> None:
        self._socket.settimeout(WRITE_S)
        left = 0
        while left < len(data):
            try:
                left += self._socket.send(data[left : left + _PIECE])
            except OSError as error:
                raise LineError("broken_off", left, str(error)) from error

    def read(self, timeout_s: float) -> bytes:
        self._socket.settimeout(timeout_s)
        try:
            return self._socket.recv(16)
        except OSError:
            return b""

    def close(self) -> None:
        """Say that no more comes before letting go: a hard close makes some printers forget what they hold."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
        self._socket.close()


class SerialLine:
    """A COM port."""

    answers = True

    def __init__(self, device: str, baud: int = 9600) -> None:
        import serial

        try:
            self._port = serial.Serial(device, baud, timeout=1, write_timeout=WRITE_S)
        except (serial.SerialException, ValueError) as error:
            raise LineError("no_device", detail=str(error)) from error

    def write(self, data: bytes) -> None:
        import serial

        left = 0
        while left < len(data):
            try:
                left += self._port.write(data[left : left + 256]) or 0
            except (serial.SerialException, OSError) as error:
                raise LineError("broken_off", max(left, 1), str(error)) from error

    def read(self, timeout_s: float) -> bytes:
        self._port.timeout = timeout_s
        return bytes(self._port.read(1))

    def close(self) -> None:
        self._port.close()


class FileLine:
    """A file to append to, or a device such as /dev/usb/lp0, which is not waited for longer than WRITE_S."""

    answers = False

    def __init__(self, path: str) -> None:
        flags = os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
        if not path.startswith("/dev/"):
            flags |= os.O_CREAT
        try:
            self._file = os.open(path, flags, 0o644)
        except OSError as error:
            raise LineError("no_device", detail=str(error)) from error

    def write(self, data: bytes) -> None:
        left = 0
        while left < len(data):
            try:
                if sys.platform != "win32" and not select.select([], [self._file], [], WRITE_S)[1]:
                    raise LineError("broken_off", left, "it takes nothing")
                left += os.write(self._file, data[left : left + _PIECE])
            except OSError as error:
                raise LineError("broken_off", left, str(error)) from error

    def read(self, timeout_s: float) -> bytes:
        del timeout_s
        return b""

    def close(self) -> None:
        os.close(self._file)


class QueueLine:
    """A queue of the operating system: it takes the whole job or none of it, and answers nothing."""

    answers = False

    def __init__(self, name: str) -> None:
        self._name = name

    def write(self, data: bytes) -> None:
        if sys.platform == "win32":
            self._write_windows(data)
            return
        command = ["lp", "-d", self._name, "-t", "canteen_pos", "-o", "raw"]
        try:
            subprocess.run(command, input=data, check=True, capture_output=True, timeout=WRITE_S)  # noqa: S603
        except FileNotFoundError as error:
            raise LineError("no_queue", detail="lp is not installed") from error
        except subprocess.TimeoutExpired as error:
            raise LineError("broken_off", len(data), str(error)) from error
        except subprocess.CalledProcessError as error:
            raise LineError("no_queue", detail=error.stderr.decode(errors="replace")) from error

    def _write_windows(self, data: bytes) -> None:
        from escpos.printer import Win32Raw

        printer = Win32Raw(self._name)
        try:
            printer.open(job_name="canteen_pos")
        except Exception as error:
            raise LineError("no_queue", detail=str(error)) from error
        try:
            printer._raw(data)  # noqa: SLF001 - the transport's own door
        except Exception as error:
            raise LineError("broken_off", len(data), str(error)) from error
        finally:
            printer.close()

    def read(self, timeout_s: float) -> bytes:
        del timeout_s
        return b""

    def close(self) -> None:
        return


class UsbLine:
    """A printer by its USB numbers, through libusb."""

    answers = True

    def __init__(self, vendor: int, product: int, out_endpoint: int = 1, in_endpoint: int = 0x82) -> None:
        from escpos.printer import Usb

        self._printer = Usb(
            vendor, product, timeout=int(WRITE_S * 1000), in_ep=in_endpoint, out_ep=out_endpoint
        )
        self._in = in_endpoint
        try:
            self._printer.open()
        except Exception as error:  # the library's, libusb's and the system's errors share no class
            raise LineError("no_device", detail=str(error)) from error

    def write(self, data: bytes) -> None:
        for left in range(0, len(data), _PIECE):
            try:
                self._printer._raw(data[left : left + _PIECE])  # noqa: SLF001 - the transport's own door
            except Exception as error:
                raise LineError("broken_off", max(left, 1), str(error)) from error

    def read(self, timeout_s: float) -> bytes:
        until = time.monotonic() + timeout_s
        while time.monotonic() < until:
            try:
                found = bytes(self._printer.device.read(self._in, 16, timeout=200))
            except OSError:  # usb.core.USBError, which a silent printer raises too
                continue
            if found:
                return found
        return b""

    def close(self) -> None:
        self._printer.close()


def open_line(transport: Mapping[str, Any]) -> Line:
    """The line a printer's settings describe. LineError when it cannot be opened, Refusal 'printer.transport'
    when the settings make no sense."""
    match dict(transport):
        case {"kind": "network", "host": str(host), **more}:
            return NetworkLine(host, int(more.get("port", 9100)))
        case {"kind": "usb", "vendor": int(vendor), "product": int(product), **more}:
            return UsbLine(vendor, product, int(more.get("out", 1)), int(more.get("in", 0x82)))
        case {"kind": "serial", "device": str(device), **more}:
            return SerialLine(device, int(more.get("baud", 9600)))
        case {"kind": "file", "path": str(path)}:
            return FileLine(path)
        case {"kind": "queue", "name": str(name)}:
            return QueueLine(name)
    raise refuse("printer.transport", why=str(transport.get("kind", "")))
