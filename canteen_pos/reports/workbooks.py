"""Opening what somebody chose as a workbook: other kinds are known by their first bytes, damaged ones are said to be."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from canteen_pos.domain.errors import Refusal, refuse

MOST_BYTES = 300 * 1024 * 1024
"""Unpacked. A list of 60,000 people with thirty columns is about 120 MB of XML."""
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
"""How .xls, .et and every .xlsx with a password begin."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = b"<"
"""A web page or XML under the name .xls, as old systems write their lists."""
_PAPERS = (b"%PDF", b"{\\rtf")
_OTHER_OFFICE = b"application/vnd.oasis.opendocument"


def is_workbook(path: Path) -> bool:
    """Whether the file is a workbook to open, else a text. Refusal 'import.locked' with a password, 'import.save_as_xlsx'
    for another program's table, 'import.not_a_table' for what is none, 'import.bomb'; all name the file."""
    with path.open("rb") as file:
        beginning = file.read(512).removeprefix(b"\xef\xbb\xbf").lstrip()
    if beginning.startswith(_OLD_EXCEL):
        locked = _LOCKED in path.read_bytes()
        raise refuse("import.locked" if locked else "import.save_as_xlsx", file=path.name)
    if beginning.startswith(_MARKUP):
        raise refuse("import.save_as_xlsx", file=path.name)
    if beginning.startswith(_PAPERS):
        raise refuse("import.not_a_table", file=path.name)
    if not beginning.startswith(b"PK"):
        return False
    with ZipFile(path) as packed:
        _look_inside(packed, path.name)
    return True


def _look_inside(packed: ZipFile, file: str) -> None:
    """The directory of a zip says what its parts unpack to, and `zipfile` gives out no more than that."""
    if sum(part.file_size for part in packed.infolist()) > MOST_BYTES:
        raise refuse("import.bomb", file=file)
    if "mimetype" in packed.namelist() and packed.read("mimetype").startswith(_OTHER_OFFICE):
        raise refuse("import.save_as_xlsx", file=file)


@contextmanager
def reading(path: Path, code: str) -> Iterator[None]:
    """Whatever goes wrong inside is the file's fault: Refusal `code` (file=)."""
    try:
        yield
    except Refusal:
        raise
    except Exception as trouble:  # damage ends anywhere in zlib, the XML parser or openpyxl
        raise refuse(code, file=path.name) from trouble


@contextmanager
def opened(path: Path, *, values: bool = True) -> Iterator[Any]:
    """openpyxl's workbook, read row by row; results of formulas, or (`values` false) the formulas themselves. The file is
    closed whatever happens, so that somebody can mend it."""
    import openpyxl

    with (
        path.open("rb") as file,
        closing(openpyxl.load_workbook(file, read_only=True, data_only=values)) as book,
    ):
        yield book
