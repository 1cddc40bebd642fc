"""The command line: one thin function a command. Heavy libraries are imported by the command that needs them.

It stands on argparse: typer 0.29 brings pydantic along, a tenth of a second before the till's first frame.

Exit codes: 0 all is well; 1 a check found something (verify, quote, self-test, demo); 2 what was asked cannot be done.
"""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from textwrap import dedent

from canteen_pos import __version__
from canteen_pos.domain.errors import Refusal

FOUND_SOMETHING, CANNOT = 1, 2

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


def main() -> None:
    """Entry point of the console script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a pipe on Windows would not take Chinese
    sys.exit(call(sys.argv[1:]))


def call(words: Sequence[str]) -> int:
    """Do what the words ask; the exit code. SystemExit comes from --help, --version and words that make no command."""
    reader = _reader()
    if not words:
        reader.print_help()
        return CANNOT
    asked = reader.parse_args(words)
    command: Command = asked.command
    try:
        return command(asked)
    except Refusal as refusal:
        _complain(_sentence(refusal, asked.data))
    except _Cannot as cannot:
        _complain(str(cannot))
    except OSError as error:
        logging.getLogger(__name__).debug("%s", error, exc_info=True)
        _complain(f"{error.filename or 'A file'}: {error.strerror or error}")
    except (
        Exception
    ) as error:  # the last place before the shell: no traceback reaches a user, every one the log
        logging.getLogger().addHandler(
            logging.NullHandler()
        )  # a command without a log of its own stays quiet
        logging.getLogger(__name__).exception("%s", asked)
        first_line = str(error).partition("\n")[0]
        _complain(
            f"Something nobody expected went wrong, and it was not done: {type(error).__name__}: {first_line}"
        )
    return CANNOT


def run(asked: argparse.Namespace) -> int:
    """Open the till.

    The first start offers the demo canteen, setting up your own, and training, whose sales stay out of the books.
    Where there is no screen (Linux without DISPLAY and WAYLAND_DISPLAY) it plays a demo lunch into --out instead.
    """
    if not has_screen():
        _say(f"No screen here: playing a demo lunch into {asked.out}/ (see canteen-pos demo --help).")
        return _play(asked.out, offscreen=True)
    from canteen_pos import app as till

    return till.run(_folder(asked.data))


def demo(asked: argparse.Namespace) -> int:
    """Play a demo lunch: the real window, driven by keys.

    Leaves in --out: screens/*.png, receipts/*.png and *.bin, canteen.db and summary.json, whose amounts add up.
    Exits 1 when something did not go as it should. The canteen's own data is never touched.
    """
    return _play(asked.out, offscreen=asked.offscreen or not has_screen())


def quote(asked: argparse.Namespace) -> int:
    """Price written cases under subsidy rules, without any database.

    Prints JSON: list_fen, pays_fen, by_fund_fen, claimable_fen, the rules that applied, and those that did not with
    their first reason. A case may say what it expects; when that differs, `differences` says how and the exit code
    is 1.

    A case: {"at": "2026-11-23T12:05:00+08:00", "serving": "dine_in", "diner": {"birth_date": "1943-02-11"},
    "lines": [{"item": "长者套餐A", "kind": "set", "unit_fen": 1500, "quantity": 1}]}. Fields: docs/policies.md.
    """
    import json

    from canteen_pos.packs import cases

    results, all_met = cases.run(asked.pack, asked.case)
    _say(json.dumps(results, ensure_ascii=False, indent=2))
    if all_met:
        return 0
    wrong = [str(result["case"]) for result in results if not result.get("ok", True)]
    _complain(f"{len(wrong)} of {len(results)} differ from what was expected: {'; '.join(wrong)}")
    return FOUND_SOMETHING


def verify(asked: argparse.Namespace) -> int:
    """Prove the books: rebuild every amount from the documents.

    Walks each series' chain and counter, the ledger, quotas and balances of every database in the folder; names the
    first document that does not fit, and exits 1.
    """
    from canteen_pos import app as till

    folder = _existing(asked.data)
    reports = till.verify(folder)
    if not reports:
        raise _Cannot(f"There is no canteen in {folder}: no *.db file to verify.")
    for name, report in reports.items():
        if report.ok:
            _say(f"{name}: {report.documents} documents fit")
            continue
        (document, what), *others = report.problems[:20]
        _say(f"{name}: {document}: {what}")
        for document, what in others:
            _say(f"  also {document}: {what}")
    return 0 if all(report.ok for report in reports.values()) else FOUND_SOMETHING


def ledger(asked: argparse.Namespace) -> int:
    """Export the whole ledger as plain-text accounting, which `bean-check FILE` checks.

    One transaction a document, amounts in yuan, accounts by what they mean: cash by till, clearing by tender, purses,
    receivables by fund, own discount, sales at list price. Meant for an accountant's own tools; nothing is changed.
    """
    from canteen_pos import app as till

    text = till.ledger(_existing(asked.data))
    if asked.out is None:
        sys.stdout.write(text)
    else:
        asked.out.write_text(text, encoding="utf-8")
    return 0


def backup(asked: argparse.Namespace) -> int:
    """Copy the canteen's books to a file, while the till goes on selling.

    The copy is opened and read before it is called done. Demo and training are not in it. With several tills on
    PostgreSQL use pg_dump.
    """
    from canteen_pos import app as till

    held = till.back_up(_existing(asked.data), asked.file)
    _say(f"{asked.file}: {held.documents} documents, the newest of {held.newest_at_utc or 'no day'}")
    return 0


def restore(asked: argparse.Namespace) -> int:
    """Put a backup in place of the canteen's books. Close every till first.

    Says what would be lost and does nothing until --yes is given. The backup has to prove itself as `verify` does; the
    books it replaces are kept beside it. Each till then numbers on in a new series, so that no printed number comes twice.
    """
    from canteen_pos import app as till

    folder = _folder(asked.data)
    seen = till.look_into(folder, asked.file)
    _say(
        f"{asked.file}: {seen.backup.documents} documents, the newest of {seen.backup.newest_at_utc or 'no day'}"
    )
    if seen.lost is None:
        _say("The books in use cannot be read: what they hold beyond the backup is not known.")
    else:
        _say(f"Restoring it loses {seen.lost} documents written since.")
    if not asked.yes:
        _complain("Nothing was changed. Add --yes to restore.")
        return CANNOT
    _say(f"Restored. Numbers now begin with: {', '.join(till.restore(folder, asked.file))}")
    return 0


def self_test(asked: argparse.Namespace) -> int:
    """Try what the till needs on this machine: rules, database, paper, window.

    It works away from the canteen's own data. One line each; exits 1 when one fails. For a packaged build, and for
    the first question of whoever helps you.
    """
    del asked
    from canteen_pos import selftest

    failed = 0
    for name, said, works in selftest.parts():
        _say(f"{'ok  ' if works else 'FAIL'} {name}: {said}")
        failed += not works
    return FOUND_SOMETHING if failed else 0


def has_screen() -> bool:
    """Whether a window can be shown: always but on Linux without a display."""
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return False
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _reader() -> argparse.ArgumentParser:
    reader = argparse.ArgumentParser(
        prog="canteen-pos",
        description=ABOUT,
        epilog=MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    reader.add_argument("--version", action="version", version=f"canteen-pos {__version__}")
    commands = reader.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _out(_add(commands, "run", run))
    playing = _out(_add(commands, "demo", demo))
    playing.add_argument("--offscreen", action="store_true", help="show no window; the pictures are the same")
    quoting = _add(commands, "quote", quote)
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
    _add(commands, "verify", verify)
    _add(commands, "ledger", ledger).add_argument(
        "--out", type=Path, metavar="FILE", help="write here instead of to the screen"
    )
    _add(commands, "backup", backup).add_argument("file", type=Path, metavar="FILE", help="the copy to make")
    restoring = _add(commands, "restore", restore)
    restoring.add_argument("file", type=Path, metavar="FILE", help="a copy made by `backup`")
    restoring.add_argument(
        "--yes", action="store_true", help="do it; without this, only say what would be lost"
    )
    _add(commands, "self-test", self_test)
    return reader


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, command: Command
) -> argparse.ArgumentParser:
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


def _play(out: Path, *, offscreen: bool) -> int:
    from canteen_pos import app as till

    troubles = till.play_demo(out, offscreen=offscreen)
    for trouble in troubles:
        _complain(trouble)
    if not troubles:
        _say(f"The lunch went well and the books add up: {out}/summary.json, screens/, receipts/.")
    return FOUND_SOMETHING if troubles else 0


class _Cannot(Exception):
    """A sentence for whoever typed the command."""


def _sentence(refusal: Refusal, data: Path | None) -> str:
    """What is wrong; a pack's or a case's mistakes come as sentences already."""
    problems = refusal.facts.get("problems")
    if isinstance(problems, list) and problems and all(isinstance(one, str) for one in problems):
        return "\n".join(problems)
    from canteen_pos import wording

    return wording.sentence(refusal, _language(data))


def _say(text: str) -> None:
    print(text)


def _complain(text: str) -> None:
    print(text, file=sys.stderr)


def _folder(data: Path | None) -> Path:
    from canteen_pos import paths

    return paths.data_folder(data)


def _existing(data: Path | None) -> Path:
    """A folder to look into; a mistyped one is not made."""
    if data is not None and not data.is_dir():
        raise _Cannot(f"There is no folder {data}.")
    return _folder(data)


def _language(data: Path | None) -> str:
    """Language of sentences: the machine's settings if readable, else English for a shell that speaks no Chinese."""
    from canteen_pos import settings

    if data is not None and (data / settings.FILE).exists():
        try:
            return settings.load(data).language
        except Refusal:
            pass
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh" if spoken.startswith("zh") else "en"
