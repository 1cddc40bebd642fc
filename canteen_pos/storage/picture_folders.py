"""Pictures that an earlier release kept in folders beside the books: taken into the database once, then the files go."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from canteen_pos.domain.errors import Refusal
from canteen_pos.storage import picture_files, pictures
from canteen_pos.storage.columns import utc_text
from canteen_pos.storage.engine import Connection, Database

FOLDERS = ("photos", "pictures")
_log = logging.getLogger(__name__)
_AT_ONCE = 100
"""Pictures in one transaction: a till that sells meanwhile waits for a blink only."""
_MOST_BYTES = 1 << 20


def take_in(database: Database, folder: Path) -> int:
    """Keep the pictures of `folder` that rows of this database name; how many.

    A file goes once its picture is committed. What only another house beside these books names stays, and so does what
    cannot be taken in now, which is logged: nothing here keeps a canteen from opening.
    """
    files = {file.name: file for name in FOLDERS for file in (folder / name).glob("*.jpg")}
    done = 0
    try:
        with database.read() as conn:
            wanted = sorted(set(pictures.named(conn, files))) if files else []
        for first in range(0, len(wanted), _AT_ONCE):
            done += _some(database, {name: files[name] for name in wanted[first : first + _AT_ONCE]})
        for name in FOLDERS:
            if (folder / name).is_dir() and not any((folder / name).iterdir()):
                (folder / name).rmdir()
    except (OSError, Refusal) as error:
        _log.warning("pictures in %s wait for the next start: %s", folder, error)
    return done


def _some(database: Database, files: Mapping[str, Path]) -> int:
    with database.write() as conn:
        kept = pictures.known(conn, files)
        kept |= {name for name, file in files.items() if name not in kept and _put(conn, file)}
    for name in kept:
        files[name].unlink(missing_ok=True)
    return len(kept)


def _put(conn: Connection, file: Path) -> bool:
    """Whether the file could be read."""
    try:
        content = file.read_bytes()
        if not 0 < len(content) <= _MOST_BYTES:
            content = picture_files.read(file)
        pictures.put(conn, file.name, content, utc_text(datetime.fromtimestamp(file.stat().st_mtime, UTC)))
    except (OSError, Refusal) as error:
        _log.warning("the picture %s stays where it is: %s", file, error)
        return False
    return True
