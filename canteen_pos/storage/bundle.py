"""A backup as one file: a zip with the database, the pictures that belong to it, and `about.json`.

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

DATABASE, ABOUT = "canteen.db", "about.json"
FOLDERS = ("photos", "pictures")
"""Folders of a canteen that belong to its books."""
_BEGINNING = b"SQLite format 3\0"
_SMALL, _TIMES = 64 << 20, 100
"""A database packs to a third or a tenth; what claims to grow a hundredfold beyond the small is there to fill the disk."""


def write(target: Path, database: Path, folder: Path | None, about: Mapping[str, Any]) -> int:
    """Make the file; how many pictures are in it."""
    pictures = _pictures(folder)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        packed.writestr(ABOUT, json.dumps({**about, "pictures": len(pictures)}, ensure_ascii=False, indent=1))
        packed.write(database, DATABASE)
        for name, file in pictures:
            packed.write(file, name, zipfile.ZIP_STORED)
    return len(pictures)


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


def unpack_pictures(file: Path, folder: Path) -> int:
    """Put the pictures back that are missing in `folder`; how many. Nothing outside its picture folders is written."""
    done = 0
    with zipfile.ZipFile(file) as packed:
        for member in packed.infolist():
            place, _, name = member.filename.partition("/")
            if place not in FOLDERS or not name or name != Path(name).name or member.is_dir():
                continue
            target = folder / place / name
            if target.exists():
                continue
            target.parent.mkdir(exist_ok=True)
            with packed.open(member) as source, target.open("wb") as out:
                shutil.copyfileobj(source, out)
            done += 1
    return done


def _pictures(folder: Path | None) -> list[tuple[str, Path]]:
    if folder is None:
        return []
    return [
        (f"{name}/{file.name}", file)
        for name in FOLDERS
        for file in sorted((folder / name).glob("*"))
        if file.is_file() and not file.name.endswith(".part")
    ]
