"""Where a printer is, typed by people."""

import pytest

from canteen_pos.domain.errors import Refusal
from canteen_pos.printing import addresses


@pytest.mark.parametrize(
    ("typed", "transport", "shown"),
    [
        ("192.168.1.50", {"kind": "network", "host": "192.168.1.50", "port": 9100}, "192.168.1.50"),
        (" kitchen.lan:9101 ", {"kind": "network", "host": "kitchen.lan", "port": 9101}, "kitchen.lan:9101"),
        ("192.168.1.50:9100", {"kind": "network", "host": "192.168.1.50", "port": 9100}, "192.168.1.50"),
        ("usb:0416:5011", {"kind": "usb", "vendor": 0x416, "product": 0x5011}, "usb:0416:5011"),
        ("COM3", {"kind": "serial", "device": "COM3", "baud": 9600}, "COM3"),
        (
            "/dev/ttyUSB0@19200",
            {"kind": "serial", "device": "/dev/ttyUSB0", "baud": 19200},
            "/dev/ttyUSB0@19200",
        ),
        ("/dev/usb/lp0", {"kind": "file", "path": "/dev/usb/lp0"}, "/dev/usb/lp0"),
        (r"file:C:\tickets.bin", {"kind": "file", "path": r"C:\tickets.bin"}, r"file:C:\tickets.bin"),
        ("queue:前台 小票", {"kind": "queue", "name": "前台 小票"}, "queue:前台 小票"),
        ("virtual", {"kind": "virtual", "tray": ""}, "virtual"),
        ("virtual:T1", {"kind": "virtual", "tray": "T1"}, "virtual:T1"),
    ],
)
def test_an_address_is_read_and_shown_again(typed: str, transport: dict[str, object], shown: str) -> None:
    assert addresses.parse(typed) == transport
    assert addresses.text_of(transport) == shown
    assert addresses.parse(shown) == transport


@pytest.mark.parametrize(
    "typed", ["", "?", "host:99999", "host:0", "usb:12:34", "file:", "queue:", "a b", "-x"]
)
def test_nonsense_is_refused_with_what_was_typed(typed: str) -> None:
    with pytest.raises(Refusal) as caught:
        addresses.parse(typed)
    assert (caught.value.code, caught.value.facts) == ("printer.transport", {"why": typed})


def test_a_transport_nobody_knows_shows_as_nothing() -> None:
    assert addresses.text_of({"kind": "pigeon"}) == ""
