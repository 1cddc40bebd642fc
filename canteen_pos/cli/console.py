"""What every command says and asks the shell: sentences, exit codes, the data folder."""

import locale
import os
import sys
from pathlib import Path

from canteen_pos.domain.errors import Fault, Refusal

FOUND_SOMETHING, CANNOT = 1, 2


class Cannot(Exception):
    """A sentence for whoever typed the command."""


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def complain(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def data_folder(data: Path | None) -> Path:
    """The folder to work in, made when missing."""
    from canteen_pos import paths

    return paths.data_folder(data)


def existing(data: Path | None) -> Path:
    """A folder to look into; a mistyped one is not made."""
    if data is not None and not data.is_dir():
        raise Cannot(f"There is no folder {data}.")
    return data_folder(data)


def sentence(refusal: Refusal, data: Path | None) -> str:
    """What is wrong, in the machine's language; the mistakes of a pack or a case alone, one a line."""
    from canteen_pos import wording
    from canteen_pos.wording.faults import faults

    problems = refusal.facts.get("problems")
    if isinstance(problems, tuple) and problems and all(isinstance(one, Fault) for one in problems):
        return faults(problems, _language(data))
    return wording.sentence(refusal, _language(data))


def _language(data: Path | None) -> str:
    """Language of sentences: the machine's settings if readable, else English for a shell that speaks no Chinese."""
    from canteen_pos import paths, settings

    folder = data or paths.users_folder()
    if (folder / settings.FILE).exists():
        try:
            return settings.load(folder).language
        except Refusal:
            pass
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    spoken = next((name for name in named if name), None) or locale.getlocale()[0] or ""
    return "zh" if spoken.startswith(("zh", "Chinese")) else "en"  # Windows says 'Chinese (Simplified)_China'
