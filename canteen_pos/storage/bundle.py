"""A backup as one file: a zip with the database and `about.json`, which says what it is.

The key of the ID numbers is not in it: who finds a backup must not find those (see docs/privacy.md).
"""

import json
import shutil
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from canteen_pos.domain.errors import refuse
from canteen_pos.storage.picture_folders import FOLDERS

DATABASE, ABOUT = "canteen.db", "about.json"
_BEGINNING = b"SQLite format 3\0"
_SMALL, _TIMES = 64 << 20, 100
"""A database packs to a third or a tenth; what claims to grow a hundredfold beyond the small is there to fill the disk."""
_MOST_BYTES = 8 << 20
"""A picture was kept small."""


def write(target: Path, database: Path, about: Mapping[str, Any]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        packed.writestr(ABOUT, json.dumps(about, ensure_ascii=False, indent=1))
        packed.write(database, DATABASE)


def is_bundle(file: Path) -> bool:
    return zipfile.is_zipfile(file)


def unpack_database(file: Path, target: Path) -> None:
    """Refusal 'backup.not_ours' when there is none in it or the zip is damaged."""
    try:
        with zipfile.ZipFile(file) as packed, packed.open(DATABASE) as source, target.open("wb") as out:
            about = packed.getinfo(DATABASE)
            if about.file_size > max(_SMALL, _TIMES * about.compress_size) or (
                source.read(len(_BEGINNING)) != _BEGINNING
            ):
                raise refuse("backup.not_ours", file=str(file))
            out.write(_BEGINNING)
            shutil.copyfileobj(source, out)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, ValueError, RuntimeError) as error:
        raise refuse("backup.not_ours", file=str(file)) from error


def unpack_pictures(file: Path, folder: Path) -> None:
    """The pictures that an earlier release packed beside its database; nothing outside their folders is written."""
    with zipfile.ZipFile(file) as packed:
        for member in packed.infolist():
            place, _, name = member.filename.partition("/")
            if place not in FOLDERS or not name or name != Path(name).name or member.file_size > _MOST_BYTES:
                continue
            (folder / place).mkdir(exist_ok=True)
            (folder / place / name).write_bytes(packed.read(member))
