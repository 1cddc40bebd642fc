"""What may be typed: every command, its words and its help."""

import argparse
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import TypeAlias

from canteen_pos import __version__
from canteen_pos.cli import books, keys, playing, rules

ABOUT = """\
The till of a community canteen 社区食堂收银.

Start it:            canteen-pos run
See it work:         canteen-pos demo --out out --offscreen
Try subsidy rules:   canteen-pos quote --pack resources/policies --case case.json
Prove the books:     canteen-pos verify
"""
MORE = """\
Every command takes --data DIR, the folder with the canteen's database, its log and this machine's till.toml;
without it that is the user's own data folder. `canteen-pos COMMAND --help` teaches one command.

Exit codes: 0 all is well, 1 a check found something, 2 it cannot be done.
"""

Command = Callable[[argparse.Namespace], int]
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - no public name


def command_reader() -> argparse.ArgumentParser:
    """Reads the words after `canteen-pos`; what it found holds `command`, the function to call with it."""
    reader = argparse.ArgumentParser(
        prog="canteen-pos",
        description=ABOUT,
        epilog=MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    reader.add_argument("--version", action="version", version=f"canteen-pos {__version__}")
    commands = reader.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _play(commands)
    _quote(commands)
    _books(commands)
    _add(commands, "self-test", playing.self_test)
    return reader


def _play(commands: Commands) -> None:
    _out(_add(commands, "run", playing.run))
    _out(_add(commands, "demo", playing.demo)).add_argument(
        "--offscreen", action="store_true", help="show no window; the pictures are the same"
    )


def _quote(commands: Commands) -> None:
    quoting = _add(commands, "quote", rules.quote)
    quoting.add_argument(
        "--pack",
        type=Path,
        required=True,
        metavar="FILE-or-FOLDER",
        help="a rule pack (TOML), or a folder of them",
    )
    quoting.add_argument(
        "--case",
        type=Path,
        required=True,
        metavar="FILE",
        help="one case, a list, or schemes with cases (JSON)",
    )


def _books(commands: Commands) -> None:
    _add(commands, "verify", books.verify)
    _add(commands, "ledger", books.ledger).add_argument(
        "--out", type=Path, metavar="FILE", help="write here instead of to the screen"
    )
    _add(commands, "backup", books.backup).add_argument(
        "file",
        type=Path,
        metavar="FILE",
        nargs="?",
        help="the copy to make; without it, the place of the till's own backups",
    )
    restoring = _add(commands, "restore", books.restore)
    restoring.add_argument(
        "file", type=Path, metavar="FILE", help="a copy made by `backup` or by the till itself"
    )
    restoring.add_argument(
        "--yes", action="store_true", help="do it; without this, only say what would be lost"
    )
    _add(commands, "recover-key", keys.recover_key).add_argument(
        "groups", metavar="GROUP", nargs="*", help="the groups of the recovery sheet; asked for when left out"
    )


def _add(commands: Commands, name: str, command: Command) -> argparse.ArgumentParser:
    """A command whose help is its docstring."""
    title, _, body = (command.__doc__ or "").partition("\n")
    made = commands.add_parser(
        name,
        help=title.rstrip("."),
        description=f"{title}\n{dedent(body)}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="folder with the canteen's data (default: the user's own data folder)",
    )
    made.set_defaults(command=command)
    return made


def _out(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument(
        "--out",
        type=Path,
        default=Path("out"),
        metavar="DIR",
        help="folder for the demo's pictures, receipts, database, summary (default: out)",
    )
    return command
