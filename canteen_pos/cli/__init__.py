"""The command line. Heavy libraries are imported by the command that needs them.

It stands on argparse: typer 0.29 brings pydantic along, a tenth of a second before the till's first frame.

Exit codes: 0 all is well; 1 a check found something (verify, quote, self-test, demo); 2 what was asked cannot be done.
"""

import logging
import os
import sys
from collections.abc import Sequence

from canteen_pos.cli.console import CANNOT, FOUND_SOMETHING, Cannot, complain, sentence
from canteen_pos.cli.reader import Command, command_reader
from canteen_pos.domain.errors import Refusal

__all__ = ("CANNOT", "FOUND_SOMETHING", "call", "main")


def main() -> None:
    """Entry point of the console script, and of the window. What it writes is for this user alone: it is about people."""
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a pipe on Windows would not take Chinese
    sys.exit(call(sys.argv[1:]))


def call(words: Sequence[str]) -> int:
    """Do what the words ask; the exit code. SystemExit comes from --help, --version and words that make no command."""
    reader = command_reader()
    if not words:
        reader.print_help()
        return CANNOT
    asked = reader.parse_args(words)
    command: Command = asked.command
    try:
        return command(asked)
    except Refusal as refusal:
        complain(sentence(refusal, asked.data))
    except Cannot as cannot:
        complain(str(cannot))
    except OSError as error:
        logging.getLogger(__name__).debug("%s", error, exc_info=True)
        complain(f"{error.filename or 'A file'}: {error.strerror or error}")
    except Exception as error:  # the last place before the shell: no traceback reaches a user
        logging.getLogger().addHandler(logging.NullHandler())  # a command without a log stays quiet
        logging.getLogger(__name__).exception("%s", asked)
        first_line = str(error).partition("\n")[0]
        complain(
            f"Something nobody expected went wrong, and it was not done: {type(error).__name__}: {first_line}"
        )
    return CANNOT
