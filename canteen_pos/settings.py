"""What belongs to this machine and not to the canteen: `till.toml` in the data folder.

Printers and everything about the canteen are in the database. The file is small, written by the program and fit to be
edited by hand; a missing one means the defaults.
"""

import json
import re
import tomllib
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from canteen_pos.domain.errors import refuse

FILE = "till.toml"
LANGUAGES = ("zh", "en")
THEMES = ("light", "dark")
HOUSES = ("", "canteen", "demo", "training")
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_STATION = re.compile(r"[A-Z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class MachineSettings:
    """`database` is a PostgreSQL URL for a canteen with several tills, '' for the file in the data folder.

    `scanner_prefix` and `scanner_suffix` are what the scanner was set to send round a code. `house` is where the
    window worked last, '' before the first start.

    `scanner_gap_ms`: keys of one scan come closer than this. `scale` is where it is connected ('COM3@9600',
    '192.168.1.60:4001'), '' for none. `backup_to` is a folder or an address (sftp, ftp), '' for no backups by themselves;
    its password stands here and not in the database, which is what a backup carries away.
    """

    language: str = "zh"
    theme: str = "light"
    station: str = "T1"
    database: str = ""
    scanner_prefix: str = ""
    scanner_suffix: str = ""
    house: str = ""
    scanner_gap_ms: str = "35"
    scale: str = ""
    backup_to: str = ""
    backup_password: str = field(default="", repr=False)
    backup_at: str = "21:30"
    backup_daily: str = "14"
    backup_monthly: str = "12"

    def __post_init__(self) -> None:
        for name, choices in (("language", LANGUAGES), ("theme", THEMES), ("house", HOUSES)):
            if getattr(self, name) not in choices:
                wanted = ", ".join(choice for choice in choices if choice)
                raise refuse("machine.not_a_choice", field=name, found=getattr(self, name), wanted=wanted)
        if not _STATION.fullmatch(self.station):
            raise refuse("machine.station", found=self.station)
        for name, least, most in (
            ("scanner_gap_ms", 5, 500),
            ("backup_daily", 1, 400),
            ("backup_monthly", 0, 400),
        ):
            typed = getattr(self, name)
            if not (typed.isascii() and typed.isdigit() and len(typed) <= 9 and least <= int(typed) <= most):
                raise refuse("machine.number", field=name, found=typed, least=least, most=most)
        if not _HOUR.fullmatch(self.backup_at):
            raise refuse("machine.hour", field="backup_at", found=self.backup_at)
        if self.database and not self.database.startswith(("postgresql://", "postgresql+psycopg://")):
            raise refuse("machine.database")

    @property
    def database_url(self) -> str:
        """The database override for our driver, '' when there is none."""
        return re.sub(r"^postgresql://", "postgresql+psycopg://", self.database)


def load(folder: Path) -> MachineSettings:
    """Settings of this machine. Refusal 'machine.unreadable', or 'machine.*' for a value that cannot be."""
    file = folder / FILE
    try:
        stored = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return MachineSettings()
    except (OSError, ValueError) as error:
        raise refuse("machine.unreadable", file=str(file), why=str(error)) from error
    known = {one.name for one in fields(MachineSettings)}
    for name, value in stored.items():
        if name not in known:
            raise refuse("machine.unknown", field=name, wanted=", ".join(sorted(known)))
        if not isinstance(value, str):
            raise refuse("machine.not_text", field=name)
    return MachineSettings(**stored)


def change(folder: Path, **changes: Any) -> MachineSettings:
    """Keep some settings under new values; the file is replaced whole, so that a power cut leaves the old or the new."""
    settings = replace(load(folder), **changes)
    lines = [f"{name} = {_quoted(value)}" for name, value in asdict(settings).items()]
    written = folder / f"{FILE}.new"
    written.touch(mode=0o600)  # it may hold a password
    written.write_text("\n".join(lines) + "\n", encoding="utf-8")
    written.replace(folder / FILE)
    return settings


def _quoted(text: str) -> str:
    """A JSON string is a TOML basic string, but for DEL, which TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
