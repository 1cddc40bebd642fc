"""The command line: one thin function a command. Heavy libraries are imported by the command that needs them.

Exit codes: 0 all is well; 1 a check found something (verify, quote, self-test, demo); 2 what was asked cannot be done.
"""

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from canteen_pos import __version__
from canteen_pos.domain.errors import Refusal

FOUND_SOMETHING, CANNOT = 1, 2

app = typer.Typer(
    name="canteen-pos",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""The till of a community canteen 社区食堂收银.

Start it:            canteen-pos run

See it work:         canteen-pos demo --out out --offscreen

Try subsidy rules:   canteen-pos quote --pack resources/policies --case case.json

Prove the books:     canteen-pos verify

Every command takes --data DIR, the folder with the canteen's database, its log and this machine's till.toml; without
it that is the user's own data folder. Exit codes: 0 all is well, 1 a check found something, 2 it cannot be done.""",
)

Data = Annotated[
    Path | None,
    typer.Option(
        "--data", metavar="DIR", help="Folder with the canteen's data. Default: the user's data folder."
    ),
]
Out = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="Folder for pictures, receipts, database, summary.")
]


def main() -> None:
    """Entry point of the console script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a pipe on Windows would not take Chinese
    app()


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"canteen-pos {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    del version


@app.command()
def run(
    data: Data = None,
    out: Out = Path("out"),
) -> None:
    """Open the till.

    The first start offers the demo canteen, setting up your own, and training, whose sales stay out of the books.
    Where there is no screen (Linux without DISPLAY and WAYLAND_DISPLAY) it plays a demo lunch into --out instead.
    """
    from canteen_pos import app as till

    if not has_screen():
        typer.echo(f"No screen here: playing a demo lunch into {out}/ (see canteen-pos demo --help).")
        _play(data, out, offscreen=True)
    with _kindly(data):
        raise typer.Exit(till.run(_folder(data)))


@app.command()
def demo(
    data: Data = None,
    out: Out = Path("out"),
    offscreen: Annotated[
        bool, typer.Option("--offscreen", help="Show no window; the pictures are the same.")
    ] = False,
) -> None:
    """Play a demo lunch: the real window, driven by keys.

    Leaves in --out: screens/*.png, receipts/*.png and *.bin, canteen.db and summary.json, whose amounts add up. Exits 1
    when something did not go as it should. The canteen's own data is never touched.
    """
    _play(data, out, offscreen=offscreen or not has_screen())


@app.command()
def quote(
    pack: Annotated[
        Path,
        typer.Option("--pack", metavar="FILE-or-FOLDER", help="A rule pack (TOML), or a folder of them."),
    ],
    case: Annotated[
        Path, typer.Option("--case", metavar="FILE", help="One case, a list, or schemes with cases (JSON).")
    ],
    data: Data = None,
) -> None:
    """Price written cases under subsidy rules, without any database.

    Prints JSON: list_fen, pays_fen, by_fund_fen, claimable_fen, the rules that applied, and those that did not with their
    first reason. A case may say what it expects; when that differs, `differences` says how and the exit code is 1.

    A case: {"at": "2026-11-23T12:05:00+08:00", "serving": "dine_in", "diner": {"birth_date": "1943-02-11"},
    "lines": [{"item": "长者套餐A", "kind": "set", "unit_fen": 1500, "quantity": 1}]}. Fields: docs/policies.md.
    """
    with _kindly(data):
        from canteen_pos.packs import cases

        results, all_met = cases.run(pack, case)
        typer.echo(json.dumps(results, ensure_ascii=False, indent=2))
        if not all_met:
            wrong = [result["case"] for result in results if not result.get("ok", True)]
            typer.echo(
                f"{len(wrong)} of {len(results)} differ from what was expected: {'; '.join(wrong)}", err=True
            )
            raise typer.Exit(FOUND_SOMETHING)


@app.command()
def verify(data: Data = None) -> None:
    """Prove the books: rebuild every amount from the documents.

    Walks each series' chain and counter, the ledger, quotas and balances of every database in the folder; names the
    first document that does not fit, and exits 1.
    """
    with _kindly(data):
        from canteen_pos import app as till

        folder = _existing(data)
        reports = till.verify(folder)
        if not reports:
            raise _Cannot(f"There is no canteen in {folder}: no *.db file to verify.")
        for name, report in reports.items():
            if report.ok:
                typer.echo(f"{name}: {report.documents} documents fit")
                continue
            document, what = report.problems[0]
            typer.echo(f"{name}: {document}: {what}")
            for document, what in report.problems[1:20]:
                typer.echo(f"  also {document}: {what}")
        if not all(report.ok for report in reports.values()):
            raise typer.Exit(FOUND_SOMETHING)


@app.command()
def ledger(
    data: Data = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write here instead of to the screen.")
    ] = None,
) -> None:
    """Export the whole ledger as plain-text accounting, which `bean-check FILE` checks."""
    with _kindly(data):
        from canteen_pos import app as till

        text = till.ledger(_existing(data))
        if out is None:
            typer.echo(text, nl=False)
        else:
            out.write_text(text, encoding="utf-8")


@app.command("self-test")
def self_test(data: Data = None) -> None:
    """Try what the till needs on this machine, away from the canteen's own data: rules, database, paper, window.

    One line each; exits 1 when one fails. For a packaged build, and for the first question of whoever helps you.
    """
    with _kindly(data):
        from canteen_pos import selftest

        failed = 0
        for name, said, works in selftest.parts():
            typer.echo(f"{'ok  ' if works else 'FAIL'} {name}: {said}")
            failed += not works
        if failed:
            raise typer.Exit(FOUND_SOMETHING)


def has_screen() -> bool:
    """Whether a window can be shown: always but on Linux without a display."""
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return False
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _play(data: Path | None, out: Path, *, offscreen: bool) -> None:
    with _kindly(data):
        from canteen_pos import app as till

        troubles = till.play_demo(out, offscreen=offscreen)
        for trouble in troubles:
            typer.echo(trouble, err=True)
        raise typer.Exit(FOUND_SOMETHING if troubles else 0)


class _Cannot(Exception):
    """A sentence for whoever typed the command."""


@contextmanager
def _kindly(data: Path | None) -> Iterator[None]:
    """What went wrong as one sentence and exit code 2; the traceback only where logs go."""
    try:
        yield
    except Refusal as refusal:
        sentences = refusal.facts.get("problems")
        if isinstance(sentences, list) and sentences and all(isinstance(one, str) for one in sentences):
            _fail("\n".join(sentences))
        from canteen_pos import wording

        _fail(wording.sentence(refusal, _language(data)))
    except _Cannot as cannot:
        _fail(str(cannot))
    except OSError as error:
        logging.getLogger(__name__).debug("%s", error, exc_info=True)
        _fail(f"{error.filename or 'A file'}: {error.strerror or error}")


def _fail(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(CANNOT)


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
    spoken: Any = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh" if str(spoken).startswith("zh") else "en"
