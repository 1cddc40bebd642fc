"""Pictures that an earlier release kept in folders beside the books come into the database once."""

import logging
import lzma
import shutil
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import text

from canteen_pos import settings
from canteen_pos.app.house import open_books
from canteen_pos.clock import FixedClock
from canteen_pos.domain.membership import NewMember
from canteen_pos.services import dishes, members, people, pictures, users
from canteen_pos.services.context import Desk
from canteen_pos.storage.engine import Database
from canteen_pos.storage.picture_folders import take_in

SCHEMAS = Path(__file__).parents[1] / "data" / "schemas"
FACE = "05f3faa991cedb4a.jpg"


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A data folder as release 0002 left it: books, two photos, a dish's picture, the key of the ID numbers."""
    folder = tmp_path / "data"
    shutil.copytree(SCHEMAS / "0002", folder)
    (folder / "canteen.db").write_bytes(lzma.decompress((SCHEMAS / "0002.db.xz").read_bytes()))
    return folder


def kept(database: Database) -> list[str]:
    with database.read() as conn:
        return list(conn.execute(text("select name from pictures order by name")).scalars())


def test_an_earlier_canteen_keeps_its_pictures_and_its_folders_go(earlier: Path, clock: FixedClock) -> None:
    face = (earlier / "photos" / FACE).read_bytes()
    database = open_books(earlier, "canteen", settings.MachineSettings())
    desk = Desk(database, clock, "T1", folder=earlier)
    manager = users.sign_in(desk, "陈经理", "8888")
    wang, zhao = members.find(desk, "wxl")[0], members.find(desk, "赵德胜")[0]
    (pictured,) = [dish for dish in dishes.every(desk) if dish.picture]
    assert all(pictures.read(desk, name) for name in (wang.photo, zhao.photo, pictured.picture))
    assert pictures.read(desk, FACE) == face
    assert not list(earlier.glob("photos*")), "nothing is left in the folders"
    assert not list(earlier.glob("pictures*"))
    assert people.reveal_id_number(desk, manager, zhao.id).startswith("51999919480409")
    database.close()
    again = open_books(earlier, "canteen", settings.MachineSettings())
    assert len(kept(again)) == 3
    again.close()


def test_what_no_row_names_stays_and_what_cannot_be_read_is_said(
    house, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ids = [
        members.enrol(house.desk, house.cashier, NewMember(name)).id
        for name in ("王一", "王二", "王三", "王四")
    ]
    names = ["good.jpg", "broken.jpg", "large.jpg", "nowhere.jpg"]
    with house.desk.db.write() as conn:
        for person_id, name in zip(ids, names, strict=True):
            conn.execute(
                text("update people set photo = :name where id = :id"), {"name": name, "id": person_id}
            )
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("good.jpg", "another-house.jpg"):
        Image.new("RGB", (60, 80), "red").save(folder / name)
    (folder / "broken.jpg").write_bytes(b"")
    Image.effect_noise((2400, 2400), 90).save(folder / "large.jpg", quality=98)
    assert (folder / "large.jpg").stat().st_size > 1 << 20
    with caplog.at_level(logging.WARNING):
        assert take_in(house.desk.db, tmp_path) == 2
    assert [record for record in caplog.messages if "broken.jpg" in record]
    assert kept(house.desk.db) == ["good.jpg", "large.jpg"]
    assert sorted(file.name for file in folder.iterdir()) == ["another-house.jpg", "broken.jpg"]
    assert pictures.read(house.desk, "nowhere.jpg") == b"", "its person is shown by the initial"
    Image.new("RGB", (60, 80), "blue").save(folder / "good.jpg")  # an old backup was unpacked over it
    before = pictures.read(house.desk, "good.jpg")
    take_in(house.desk.db, tmp_path)
    assert pictures.read(house.desk, "good.jpg") == before
    assert not (folder / "good.jpg").exists()


def test_a_folder_that_cannot_be_read_keeps_nothing_from_opening(
    house, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    wang = members.enrol(house.desk, house.cashier, NewMember("王一"))
    with house.desk.db.write() as conn:
        conn.execute(text("update people set photo = 'a.jpg' where id = :id"), {"id": wang.id})
    (tmp_path / "photos").mkdir()
    Image.new("RGB", (60, 80), "red").save(tmp_path / "photos" / "a.jpg")

    def refuses(_file: Path, **_more: bool) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuses)
    with caplog.at_level(logging.WARNING):
        take_in(house.desk.db, tmp_path)
    assert "Permission denied" in caplog.text
    monkeypatch.undo()
    assert take_in(house.desk.db, tmp_path) == 1, "the next start tries again"
    assert kept(house.desk.db) == ["a.jpg"]
    assert not (tmp_path / "photos").exists()
