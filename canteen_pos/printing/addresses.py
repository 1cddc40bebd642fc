"""Where a printer is, as one line that people type and settings show: '192.168.1.50', 'usb:0416:5011', 'COM3@9600'."""

import re
from collections.abc import Mapping
from typing import Any

from canteen_pos.domain.errors import refuse

_USB = re.compile(r"usb:([0-9a-f]{4}):([0-9a-f]{4})", re.IGNORECASE)
_SERIAL = re.compile(r"(com\d+|/dev/(?:tty|cu|rfcomm)[\w.-]+)(?:@(\d{3,6}))?", re.IGNORECASE)
_HOST = re.compile(r"([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::(\d{1,5}))?", re.IGNORECASE)


def parse(text: str) -> dict[str, Any]:
    """The transport that `text` describes. Refusal 'printer.transport' (why=) when it describes none.

    host or host:port; usb:VENDOR:PRODUCT (hexadecimal, as lsusb shows them); COM3 or /dev/ttyUSB0, with @baud;
    /dev/usb/lp0 or file:PATH; queue:NAME; virtual or virtual:TRAY.
    """
    text = text.strip()
    kind, _, rest = text.partition(":")
    if kind == "file" and rest:
        return {"kind": "file", "path": rest}
    if kind == "queue" and rest:
        return {"kind": "queue", "name": rest}
    if kind == "virtual":
        return {"kind": "virtual", "tray": rest}
    if found := _USB.fullmatch(text):
        return {"kind": "usb", "vendor": int(found[1], 16), "product": int(found[2], 16)}
    if found := _SERIAL.fullmatch(text):
        return {"kind": "serial", "device": found[1], "baud": int(found[2] or 9600)}
    if text.startswith("/dev/"):
        return {"kind": "file", "path": text}
    if (found := _HOST.fullmatch(text)) and 0 < int(found[2] or 9100) < 65536:
        return {"kind": "network", "host": found[1], "port": int(found[2] or 9100)}
    raise refuse("printer.transport", why=text)


def text_of(transport: Mapping[str, Any]) -> str:
    """The line that `parse` reads as `transport`; '' for one it cannot write."""
    match dict(transport):
        case {"kind": "network", "host": str(host), **more}:
            port = int(more.get("port", 9100))
            return host if port == 9100 else f"{host}:{port}"
        case {"kind": "usb", "vendor": int(vendor), "product": int(product)}:
            return f"usb:{vendor:04x}:{product:04x}"
        case {"kind": "serial", "device": str(device), **more}:
            baud = int(more.get("baud", 9600))
            return device if baud == 9600 else f"{device}@{baud}"
        case {"kind": "file", "path": str(path)}:
            return path if path.startswith("/dev/") else f"file:{path}"
        case {"kind": "queue", "name": str(name)}:
            return f"queue:{name}"
        case {"kind": "virtual", **more}:
            return f"virtual:{more['tray']}" if more.get("tray") else "virtual"
    return ""
