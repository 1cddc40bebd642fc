"""Can this machine be a till? Each part is tried away from the canteen's own data, with what the program ships."""

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from canteen_pos import app, i18n, paths, settings
from canteen_pos.clock import FixedClock
from canteen_pos.domain.errors import Refusal

Part = Callable[[Path], str]
"""Tries something in an empty folder; answers what it saw. Any exception means that it does not work."""


def parts() -> Iterator[tuple[str, str, bool]]:
    """Name, what was seen or what is wrong, and whether it works, one after another."""
    for name, part in PARTS:
        with tempfile.TemporaryDirectory(prefix="canteen-self-test-") as place:
            try:
                yield name, part(Path(place)), True
            except Refusal as refusal:
                yield name, str(refusal), False
            except Exception as error:  # noqa: BLE001 - whatever it is, the next part is tried too
                yield name, f"{type(error).__name__}: {error}", False


def _rules(_folder: Path) -> str:
    from canteen_pos.packs import load_folder

    packs = load_folder(paths.resources() / "policies")
    return f"{len(packs)} rule packs, {sum(len(list(pack.rules())) for pack in packs.values())} rules"


def _words(_folder: Path) -> str:
    said = i18n.translator("en")("现金")
    if said != "Cash":
        raise LookupError(f"the English catalogue says {said!r} for 现金")
    return "Chinese and English"


def _books(folder: Path) -> str:
    """A canteen founded, a day's trade, and every amount rebuilt from the documents."""
    from canteen_pos.services import demo, verifying

    house = app.TillHouse(folder, settings.MachineSettings(), FixedClock(app.DEMO_MOMENT))
    try:
        founded = demo.found_demo(house.desk("demo"), sales=12)
        report = verifying.verify(house.desk("demo"))
    finally:
        house.close()
    if not report.ok:
        document, what = report.problems[0]
        raise ValueError(f"{document}: {what}")
    return f"{founded.sales} sales of {founded.people} diners, {report.documents} documents fit"


def _paper(_folder: Path) -> str:
    """Every output draws a rare surname and a QR code."""
    from canteen_pos.printing import escpos_bytes, pdf, picture
    from canteen_pos.printing.paper import Paper
    from canteen_pos.printing.ticket import Pair, Qr, Text, Ticket

    ticket = Ticket("self-test", (Text("㳃文秀 自检", width=2), Pair("应付", "¥12.50"), Qr("self-test")))
    paper = Paper()
    sent = len(escpos_bytes.render(ticket, paper))
    drawn = picture.render(ticket, paper)
    printed = pdf.render(ticket, paper)
    if not printed.startswith(b"%PDF"):
        raise ValueError("the PDF is none")
    return f"{sent} bytes for a printer, a picture of {drawn.width} x {drawn.height}, a PDF of {len(printed)} bytes"


def _workbook(folder: Path) -> str:
    from canteen_pos.reports.spreadsheets import read_house
    from canteen_pos.services import setup

    setup.template(folder / "template.xlsx")
    problems = read_house(folder / "template.xlsx", date(2026, 11, 23)).problems
    if problems:
        raise ValueError(f"the template itself has {len(problems)} problems")
    return "the template can be written and read"


def _secrets(_folder: Path) -> str:
    from canteen_pos import vault

    if not vault.pin_fits(vault.hash_pin("2468"), "2468"):
        raise ValueError("a PIN does not fit its own hash")
    return "PINs are kept as argon2 hashes"


def _window(folder: Path) -> str:
    """The real window, as a first start shows it; offscreen, whatever screen there is."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    machine = settings.MachineSettings()
    application = app.start_qt(machine)
    house = app.TillHouse(folder, machine)
    window, _ = app.open_window(application, house, machine)
    try:
        for _ in range(100):
            application.processEvents()
            if window.welcome is not None:
                return "the first start offers its choices"
        raise TimeoutError("the welcome does not come")
    finally:
        window.close()
        app.leave(house)


PARTS: tuple[tuple[str, Part], ...] = (
    ("rules", _rules),
    ("words", _words),
    ("books", _books),
    ("paper", _paper),
    ("workbook", _workbook),
    ("secrets", _secrets),
    ("window", _window),
)
