"""Commands that open a window: the till, a demo lunch, a trial of the machine."""

import argparse
import os
import sys
from pathlib import Path

from canteen_pos.cli.console import FOUND_SOMETHING, complain, data_folder, say


def run(asked: argparse.Namespace) -> int:
    """Open the till.

    The first start offers the demo canteen, setting up your own, and training, whose sales stay out of the books.
    Where there is no screen (Linux without DISPLAY and WAYLAND_DISPLAY) it plays a demo lunch into --out instead.
    """
    if not has_screen():
        say(f"No screen here: playing a demo lunch into {asked.out}/ (see canteen-pos demo --help).")
        return _play(asked.out, offscreen=True)
    from canteen_pos import app as till

    return till.run(data_folder(asked.data))


def demo(asked: argparse.Namespace) -> int:
    """Play a demo lunch: the real window, driven by keys.

    Leaves in --out: screens/*.png, receipts/*.png and *.bin, canteen.db and summary.json, whose amounts add up.
    Exits 1 when something did not go as it should. The canteen's own data is never touched.
    """
    return _play(asked.out, offscreen=asked.offscreen or not has_screen())


def self_test(asked: argparse.Namespace) -> int:
    """Try what the till needs on this machine: rules, database, paper, window.

    It works away from the canteen's own data. One line each; exits 1 when one fails. For a packaged build, and for
    the first question of whoever helps you.
    """
    del asked
    from canteen_pos import selftest

    failed = 0
    for name, said, works in selftest.parts():
        say(f"{'ok  ' if works else 'FAIL'} {name}: {said}")
        failed += not works
    return FOUND_SOMETHING if failed else 0


def has_screen() -> bool:
    """Whether a window can be shown: always but on Linux without a display."""
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return False
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _play(out: Path, *, offscreen: bool) -> int:
    from canteen_pos import app as till

    troubles = till.play_demo(out, offscreen=offscreen)
    for trouble in troubles:
        complain(trouble)
    if not troubles:
        say(f"The lunch went well and the books add up: {out}/summary.json, screens/, receipts/.")
    return FOUND_SOMETHING if troubles else 0
