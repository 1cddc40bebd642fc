"""What calls itself a backup and is none."""

import zipfile
from pathlib import Path

import pytest

from canteen_pos.domain.errors import Refusal
from canteen_pos.storage import bundle


def test_a_zip_that_would_fill_the_disk_is_no_backup(tmp_path: Path) -> None:
    bomb, text, locked = (tmp_path / name for name in ("bomb.zip", "text.zip", "locked.zip"))
    beginning = b"SQLite format 3\0"
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
        packed.open(bundle.DATABASE, "w", force_zip64=True) as part,
    ):
        part.write(beginning)
        for _ in range(80):
            part.write(b"\0" * (1 << 20))
    with zipfile.ZipFile(text, "w") as packed:
        packed.writestr(bundle.DATABASE, "no database")
    with zipfile.ZipFile(locked, "w") as packed:
        packed.writestr(bundle.DATABASE, beginning)
    raw = bytearray(locked.read_bytes())
    raw[6] |= 1  # says that it is encrypted
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    locked.write_bytes(raw)
    for file in (bomb, text, locked):
        with pytest.raises(Refusal, match=r"backup\.not_ours"):
            bundle.unpack_database(file, tmp_path / "out.db")
    assert (tmp_path / "out.db").stat().st_size < 1 << 20
