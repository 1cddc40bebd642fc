"""Pictures of dishes: copied, made small, into `pictures/` of the canteen's folder; a dish's row holds the file's name.

As with photos of people, a picture stands on the machine where it was chosen; elsewhere the dish shows its initial.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from canteen_pos import paths
from canteen_pos.services.context import Desk
from canteen_pos.storage import photos as files

FOLDER = "pictures"


def path(desk: Desk, name: str) -> Path | None:
    """Where the picture kept under `name` lies; None for '' and for a file that is not here."""
    file = _folder(desk) / Path(name).name
    return file if name and file.is_file() else None


def look(source: Path | str) -> bytes:
    """The picture as it would be kept, a JPEG. Refusal 'photo.missing', 'photo.not_picture', 'photo.too_large' (file=)."""
    return files.read(Path(source))


@contextmanager
def kept(desk: Desk, source: Path | str) -> Iterator[str]:
    """The name of a copy of `source`, for the length of a block; it goes again when the block does not end well.

    '' keeps nothing. Refusals of `look` and 'photo.not_kept' (folder=, why=).
    """
    name = ""
    if source:
        name = f"{secrets.token_hex(8)}.jpg"
        files.write(look(source), _folder(desk) / name)
    try:
        yield name
    except BaseException:
        drop(desk, name)
        raise


def drop(desk: Desk, name: str) -> None:
    if name:
        files.remove(_folder(desk) / Path(name).name)


def _folder(desk: Desk) -> Path:
    beside = desk.db.path
    return (desk.folder or (beside.parent if beside else paths.data_folder())) / FOLDER
