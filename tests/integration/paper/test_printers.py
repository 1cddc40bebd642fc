"""Printing over a real socket to printers of every manner, and what is said about how it ended."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from canteen_pos.domain.errors import Refusal
from canteen_pos.printing import escpos_bytes, printers, status
from canteen_pos.printing.paper import Paper
from canteen_pos.printing.printers import Machine, Patience
from canteen_pos.printing.status import Health
from canteen_pos.printing.ticket import Cut, Item, Text, TextRow, Ticket, layout
from canteen_pos.printing.virtual import tray

TICKET = Ticket(
    "小票", (Text("粮丰社区食堂", "centre", 2, 2), Item("红烧肉", "x2", "36.00"), Text("￥36.00"), Cut())
)
LONG = Ticket("长", tuple(Text(f"第{line}行 红烧肉") for line in range(400)))


def ending(outcome: printers.Outcome) -> tuple[str, str, str]:
    return outcome.end, outcome.health.state, outcome.health.reason


def test_a_good_printer_confirms(printer_with: Any, decode: Callable[[bytes], list[Any]]) -> None:
    printer = printer_with("good")
    assert ending(printers.send(printer.machine(), TICKET)) == ("printed", "ok", "")
    (job,) = printer.jobs
    assert job.startswith(b"\x10\x04\x01\x10\x04\x02\x10\x04\x04" + escpos_bytes.BEGIN)
    assert job.endswith(b"\x1dr\x01")
    lines = [one.text for one in decode(job) if one.kind == "line"]
    assert lines == [row.text for row in layout(TICKET, 32) if isinstance(row, TextRow)]


def test_a_slow_printer_is_waited_for(printer_with: Any) -> None:
    printer = printer_with("slow")
    assert printers.send(printer.machine(), LONG).end == "printed"
    assert escpos_bytes.render(LONG, Paper()) in printer.jobs[0]


def test_a_mute_printer_prints_but_nobody_knows(printer_with: Any) -> None:
    """The ticket is sent: many cheap printers never answer. But sent is not printed."""
    printer = printer_with("mute")
    assert ending(printers.send(printer.machine(), TICKET)) == ("unknown", "unknown", "no_confirmation")
    assert printer.jobs[0].count(escpos_bytes.BEGIN) == 1


def test_a_mute_printer_whose_status_is_switched_off_counts_as_printed(printer_with: Any) -> None:
    printer = printer_with("mute")
    assert printers.send(printer.machine(Paper(status=False)), TICKET).end == "printed"
    printer.got_some.wait(5)
    assert b"\x10\x04" not in printer.jobs[0]


def test_a_switched_off_printer_that_takes_bytes_is_not_believed(printer_with: Any) -> None:
    printer = printer_with("deaf")
    assert ending(printers.send(printer.machine(), TICKET)) == ("unknown", "unknown", "no_confirmation")


def test_nobody_listening_means_nothing_left(closed_port: int) -> None:
    machine = Machine({"kind": "network", "host": "127.0.0.1", "port": closed_port}, Paper())
    assert ending(printers.send(machine, TICKET)) == ("unsent", "fault", "refused")


@pytest.mark.parametrize("manner", ["paper_out", "cover_open"])
def test_a_fault_known_beforehand_sends_nothing(printer_with: Any, manner: str) -> None:
    printer = printer_with(manner)
    assert ending(printers.send(printer.machine(), TICKET)) == ("unsent", "fault", manner)
    assert escpos_bytes.BEGIN not in printer.jobs[0]


def test_paper_that_runs_out_in_the_middle_is_for_a_person(printer_with: Any) -> None:
    assert ending(printers.send(printer_with("runs_out").machine(), TICKET)) == (
        "unknown",
        "fault",
        "paper_out",
    )


def test_a_line_that_breaks_in_the_middle_is_for_a_person(printer_with: Any) -> None:
    outcome = printers.send(printer_with("dies_midway").machine(), LONG)
    assert outcome.end == "unknown"
    assert outcome.health.state in ("fault", "unknown")


def test_health_without_printing(printer_with: Any, closed_port: int) -> None:
    assert printers.health(printer_with("good").machine()) == status.OK
    assert printers.health(printer_with("mute").machine()) == Health("unknown", "no_answer")
    assert printers.health(printer_with("paper_out").machine()) == Health("fault", "paper_out")
    gone = Machine({"kind": "network", "host": "127.0.0.1", "port": closed_port}, Paper())
    assert printers.health(gone) == Health("fault", "refused")


def test_an_empty_answer_is_not_no_paper() -> None:
    assert status.is_done(b"") is None
    assert status.is_done(b"\x0c") is False
    assert status.is_done(b"\x00") is True
    assert status.is_done(b"\xff") is None


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ((0x12, 0x12, 0x12), ""),
        ((0x1A, 0x12, 0x12), "offline"),
        ((0x1A, 0x52, 0x12), "printer_error"),
        ((0x1A, 0x16, 0x12), "cover_open"),
        ((0x1A, 0x36, 0x72), "paper_out"),
        ((0x12, 0x12, 0x1E), ""),  # paper near its end is still paper
    ],
)
def test_what_the_status_bits_mean(answers: tuple[int, int, int], reason: str) -> None:
    assert status.judge(*answers).reason == reason


def test_the_drawer_is_kicked_at_once_and_alone(printer_with: Any, closed_port: int) -> None:
    printer = printer_with("good")
    assert printers.kick_drawer(printer.machine())
    printer.got_some.wait(5)
    assert printer.jobs == [b"\x1bp\x00\x19\x78"]
    gone = Machine({"kind": "network", "host": "127.0.0.1", "port": closed_port}, Paper())
    assert not printers.kick_drawer(gone)


def test_a_file_takes_tickets_one_behind_the_other(tmp_path: Path) -> None:
    path = tmp_path / "tickets.bin"
    machine = Machine({"kind": "file", "path": str(path)}, Paper())
    assert printers.send(machine, TICKET).end == "printed"
    assert printers.send(machine, TICKET).end == "printed"
    assert path.read_bytes() == 2 * escpos_bytes.render(TICKET, Paper())


@pytest.mark.skipif(os.name != "posix", reason="a pseudo terminal stands in for the serial port")
def test_a_printer_on_a_serial_line_gets_every_byte_and_confirms() -> None:
    """The far end of a pseudo terminal answers as the good printer does."""
    import tty

    far, near = os.openpty()
    tty.setraw(far)
    tty.setraw(near)
    got = bytearray()

    def answer() -> None:
        while not got.endswith(escpos_bytes.ASK_WHEN_DONE):
            some = os.read(far, 4096)
            got.extend(some)
            os.write(far, b"\x12" * some.count(b"\x10\x04"))
        os.write(far, b"\x00")

    printer = threading.Thread(target=answer, daemon=True)
    printer.start()
    machine = Machine({"kind": "serial", "device": os.ttyname(near)}, Paper())
    assert ending(printers.send(machine, TICKET)) == ("printed", "ok", "")
    printer.join(5)
    assert escpos_bytes.render(TICKET, Paper()) in bytes(got)
    os.close(far)
    os.close(near)


def test_a_missing_device_means_nothing_left() -> None:
    for transport in (
        {"kind": "file", "path": "/dev/no/such/lp0"},
        {"kind": "serial", "device": "/dev/no-tty"},
    ):
        assert ending(printers.send(Machine(transport, Paper()), TICKET)) == ("unsent", "fault", "no_device")


def test_a_missing_usb_printer_or_library_means_nothing_left() -> None:
    machine = Machine({"kind": "usb", "vendor": 0x0416, "product": 0x5011}, Paper())
    assert ending(printers.send(machine, TICKET)) == ("unsent", "fault", "no_device")


def test_a_missing_queue_means_nothing_left() -> None:
    machine = Machine({"kind": "queue", "name": "no such queue"}, Paper())
    assert ending(printers.send(machine, TICKET)) == ("unsent", "fault", "no_queue")


def test_a_transport_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        printers.send(Machine({"kind": "pigeon"}, Paper()), TICKET)
    assert caught.value.code == "printer.transport"


def test_the_built_in_printer_keeps_pictures_and_tells_its_listeners() -> None:
    machine = Machine({"kind": "virtual", "tray": "test"}, Paper())
    heard: list[str] = []
    silence = tray("test").subscribe(lambda ticket: heard.append(ticket.job))
    assert printers.send(machine, TICKET, "job-1").end == "printed"
    silence()
    printers.send(machine, TICKET, "job-2")
    assert heard == ["job-1"]
    first, second = tray("test").tickets
    assert (first.serial, second.serial, first.title) == (1, 2, "小票")
    assert first.data == escpos_bytes.render(TICKET, Paper())
    assert first.picture.width == (384 + 32) * 2
    printers.kick_drawer(machine)
    assert tray("test").drawer_kicks == 1


def test_patience_is_three_to_five_seconds_for_the_line() -> None:
    from canteen_pos.printing import lines

    assert 3 <= lines.CONNECT_S <= 5
    assert 3 <= lines.WRITE_S <= 5
    assert Patience().status_s < 3
