"""Commands about the key that opens ID numbers."""

import argparse
import sys

from canteen_pos.cli.console import Cannot, existing, say


def recover_key(asked: argparse.Namespace) -> int:
    """Put the key of ID numbers back from the printed recovery sheet.

    Type the eight groups after the command, or leave them out and type them when asked (a scanner can read the QR code of
    the sheet into that line). A group with a typing error is named. A wrong key file that lies there is kept aside. Every
    till on PostgreSQL needs the key once.
    """
    from canteen_pos import app as till

    folder = existing(asked.data)
    typed = " ".join(asked.groups)
    if not typed:
        if sys.stdin.isatty():
            say("Type the eight groups of the recovery sheet, then Enter:")
        typed = sys.stdin.readline().strip()
    if not typed:
        raise Cannot("Nothing was typed: the key is as it was.")
    say(f"The key is back: {till.recover_key(folder, typed)}")
    return 0
