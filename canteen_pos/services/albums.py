"""Pictures chosen by somebody: copied, made small, into a folder beside the canteen's books; a row holds the file's name.

With one database for several tills a picture stands on the machine where it was chosen; elsewhere an initial is shown.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from canteen_pos import paths
from canteen_pos.services.context import Desk
from canteen_pos.storage import photos as files


@dataclass(frozen=True, slots=True)
class Album:
    """A folder of pictures, by its name beside the books."""

    folder: str

    def path(self, desk: Desk, name: str) -> Path | None:
        """Where the picture kept under `name` lies; None for '' and for a file that is not here."""
        if not name:
            return None
        file = Path(name) if Path(name).is_absolute() else self._folder(desk) / Path(name).name
        return file if file.is_file() else None

    def look(self, source: Path | str) -> bytes:
        """The picture as it would be kept, a JPEG; nothing is stored.

        Refusal 'photo.missing', 'photo.not_picture', 'photo.too_large' (file=).
        """
        return files.read(Path(source))

    @contextmanager
    def kept(self, desk: Desk, source: Path | str) -> Iterator[str]:
        """The name of a copy of `source`, for the length of a block; it goes again when the block does not end well.

        '' keeps nothing. Refusals of `look` and 'photo.not_kept' (folder=, why=).
        """
        name = self.keep(desk, source) if source else ""
        try:
            yield name
        except BaseException:
            self.drop(desk, name)
            raise

    def keep(self, desk: Desk, source: Path | str) -> str:
        """A copy for good that nothing refers to yet; the name to store. Use `kept` where what follows may be refused."""
        name = f"{secrets.token_hex(8)}.jpg"
        files.write(self.look(source), self._folder(desk) / name)
        return name

    def drop(self, desk: Desk, name: str) -> None:
        """Take a copy away; what was never copied here (an earlier release kept paths) is left alone."""
        if name and not Path(name).is_absolute():
            files.remove(self._folder(desk) / Path(name).name)

    def _folder(self, desk: Desk) -> Path:
        beside = desk.db.path
        return (desk.folder or (beside.parent if beside else paths.data_folder())) / self.folder
