"""A photo is kept in the database, small and upright, with the row that names it or not at all."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import text

from canteen_pos.domain.membership import NewMember
from canteen_pos.domain.person import PersonEdit
from canteen_pos.services import audit, erasing, members, merging, people, photos, pictures
from canteen_pos.services.context import Actor, Desk
from canteen_pos.storage import pictures as rows
from canteen_pos.storage.engine import Conflict, Database, guarded
from tests.integration.hands import refusal

_ORIENTATION, _GPS, _MAKER = 0x0112, 0x8825, 0x010F


@pytest.fixture
def portrait(tmp_path: Path) -> Path:
    """A phone's picture held upright: stored lying, 2000x1000, its red top at the left; with the place in it."""
    lying = Image.new("RGB", (2000, 1000), "blue")
    lying.paste("red", (0, 0, 500, 1000))
    exif = Image.Exif()
    exif[_ORIENTATION] = 6  # turn a quarter to the right to see it
    exif[_MAKER] = "a phone"
    exif.get_ifd(_GPS)[1] = "N"
    file = tmp_path / "from-phone.jpg"
    lying.save(file, exif=exif)
    return file


def kept(desk: Desk) -> set[str]:
    with desk.db.read() as conn:
        return set(conn.execute(text("select name from pictures")).scalars())


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))


def test_a_copy_is_small_upright_and_tells_nothing_else(house, portrait: Path) -> None:
    wang = members.enrol(house.desk, house.cashier, NewMember("王秀兰", photo=str(portrait)))
    portrait.unlink()
    with opened(pictures.read(house.desk, wang.photo)) as copy:
        assert (copy.size, copy.format) == ((320, 640), "JPEG")
        red, _, blue = copy.getpixel((160, 20))
        assert red > 200 > blue
        assert not copy.getexif()
    assert kept(house.desk) == {wang.photo}


def test_a_small_picture_stays_as_it_is_and_transparent_becomes_white(tmp_path: Path) -> None:
    Image.new("RGBA", (200, 100), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    with opened(pictures.look(tmp_path / "clear.png")) as copy:
        assert (copy.size, copy.mode) == ((200, 100), "RGB")
        assert copy.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"this is a letter", "photo.not_picture"),
        (b"", "photo.not_picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00 cut short", "photo.not_picture"),
        (None, "photo.missing"),
    ],
)
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes | None, code: str) -> None:
    file = tmp_path / "letter.jpg"
    if content is not None:
        file.write_bytes(content)
    said = refusal(pictures.look, file)
    assert (said.code, said.facts["file"]) == (code, "letter.jpg")


def test_a_damaged_picture_is_refused(portrait: Path) -> None:
    portrait.write_bytes(portrait.read_bytes()[:2000])
    assert refusal(pictures.look, portrait).code == "photo.not_picture"


def test_a_picture_of_too_many_pixels_is_refused(tmp_path: Path) -> None:
    Image.new("1", (20_000, 10_000)).save(tmp_path / "poster.png")
    assert refusal(pictures.look, tmp_path / "poster.png").code == "photo.too_large"


def test_the_database_holds_no_empty_and_no_huge_picture(desk: Desk) -> None:
    for jpeg in (b"", bytes(1 << 20) + b"x"):
        with pytest.raises(Conflict) as caught, desk.db.write() as conn, guarded():
            rows.put(conn, "a", jpeg, "2026-11-23T04:00:00.000Z")
        assert "ck_pictures_of_a_size" in caught.value.where
    with desk.db.write() as conn:
        rows.put(conn, "a", bytes(1 << 20), "2026-11-23T04:00:00.000Z")
    assert kept(desk) == {"a"}


def test_two_tills_of_one_database_see_the_same_photo(house, portrait: Path, tmp_path: Path) -> None:
    """The office and the till on two machines: two connections, two folders, nothing copied between them."""
    here = replace(house.desk, folder=tmp_path / "office")
    wang = members.enrol(here, house.cashier, NewMember("王秀兰", photo=str(portrait)))
    other = Database(here.db.url)
    there = Desk(other, house.clock, "T2", folder=tmp_path / "till")
    seen = members.by_id(there, wang.id)
    assert pictures.read(there, seen.photo) == pictures.read(here, wang.photo) != b""
    assert not list(tmp_path.rglob("*.jpg")) or list(tmp_path.rglob("*.jpg")) == [portrait]
    other.close()


def test_somebody_known_gets_a_photo_another_and_none(house, portrait: Path) -> None:
    wang = members.enrol(house.desk, house.cashier, NewMember("王秀兰"))
    first = photos.change(house.desk, house.cashier, wang.id, portrait).photo
    second = photos.change(house.desk, house.cashier, wang.id, portrait).photo
    assert first != second
    assert members.by_id(house.desk, wang.id).photo == second
    assert kept(house.desk) == {second}
    assert photos.change(house.desk, house.cashier, wang.id, "").photo == ""
    assert kept(house.desk) == set()
    assert [event.kind for event in audit.recent(house.desk, "photo_changed")] == ["photo_changed"] * 3


def test_a_change_that_is_refused_keeps_no_copy(house, portrait: Path) -> None:
    assert refusal(photos.change, house.desk, house.cashier, 999, portrait).code == "member.unknown"
    auditor = Actor(house.cashier.user_id, "何会计", "auditor")
    assert refusal(photos.change, house.desk, auditor, 1, portrait).code == "right.missing"
    assert kept(house.desk) == set()


def test_a_form_that_is_refused_keeps_the_photo_that_was(house, portrait: Path) -> None:
    wang = members.enrol(house.desk, house.cashier, NewMember("王秀兰", photo=str(portrait)))
    wrong = PersonEdit(photo=str(portrait), day_limit_fen=-1)
    assert refusal(people.edit, house.desk, house.manager, wang.id, wrong).code == "member.limit"
    assert kept(house.desk) == {wang.photo}
    after = people.edit(house.desk, house.manager, wang.id, PersonEdit(photo=str(portrait)))
    assert kept(house.desk) == {after.photo} != {wang.photo}
    assert people.edit(house.desk, house.manager, wang.id, PersonEdit(note="x")).photo == after.photo
    assert people.edit(house.desk, house.manager, wang.id, PersonEdit(photo="")).photo == ""
    assert kept(house.desk) == set()


def test_a_newcomer_who_is_refused_leaves_no_photo(house, portrait: Path) -> None:
    members.enrol(house.desk, house.cashier, NewMember("李四", card="0412"))
    for newcomer, code in (
        (NewMember(" "), "member.name_empty"),
        (NewMember("王五", card="0412"), "card.taken"),
    ):
        pictured = replace(newcomer, photo=str(portrait))
        assert refusal(members.enrol, house.desk, house.cashier, pictured).code == code
    assert kept(house.desk) == set()


def test_who_is_forgotten_leaves_no_photo(house, portrait: Path) -> None:
    wang = members.enrol(house.desk, house.cashier, NewMember("王秀兰", photo=str(portrait)))
    erasing.erase(house.desk, house.manager, wang.id)
    assert kept(house.desk) == set()


def test_two_records_become_one_with_one_photo(house, portrait: Path) -> None:
    one, two, three = (
        members.enrol(house.desk, house.cashier, NewMember("王秀兰", photo=photo))
        for photo in ("", str(portrait), str(portrait))
    )
    merging.merge(house.desk, house.manager, one.id, two.id)
    assert members.by_id(house.desk, one.id).photo == two.photo
    merging.merge(house.desk, house.manager, one.id, three.id)
    assert members.by_id(house.desk, one.id).photo == two.photo
    assert kept(house.desk) == {two.photo}


def test_a_name_without_a_picture_is_no_picture(house) -> None:
    assert pictures.read(house.desk, "") == b""
    assert pictures.read(house.desk, "../secret.jpg") == b""
