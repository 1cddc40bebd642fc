"""A photo is copied into the canteen's folder, small and upright; nothing else is taken for a picture."""

from pathlib import Path

import pytest
from PIL import Image

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.membership import NewMember
from canteen_pos.services import audit, erasing, members, photos
from canteen_pos.services.context import Actor, Desk

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


def kept_files(desk: Desk) -> list[Path]:
    return sorted((desk.folder / "photos").iterdir()) if (desk.folder / "photos").exists() else []


@pytest.fixture
def at_home(house, tmp_path: Path):
    """The house with a folder of its own: on PostgreSQL there is no database file to lie beside."""
    from dataclasses import replace

    return replace(house, desk=replace(house.desk, folder=tmp_path / "data"))


def refused(call, *args) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*args)
    return caught.value


def test_a_copy_is_small_upright_and_tells_nothing_else(at_home, portrait: Path) -> None:
    name = photos.keep(at_home.desk, portrait)
    portrait.unlink()
    file = photos.path(at_home.desk, name)
    assert file is not None
    assert file.parent == at_home.desk.folder / "photos"
    with Image.open(file) as copy:
        assert copy.size == (320, 640)
        red, _, blue = copy.getpixel((160, 20))
        assert red > 200 > blue
        assert not copy.getexif()
    assert kept_files(at_home.desk) == [file]


def test_a_small_picture_stays_as_it_is_and_transparent_becomes_white(at_home, tmp_path: Path) -> None:
    Image.new("RGBA", (200, 100), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    file = photos.path(at_home.desk, photos.keep(at_home.desk, tmp_path / "clear.png"))
    with Image.open(file) as copy:
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
def test_what_is_no_picture_is_refused_and_leaves_nothing(at_home, tmp_path: Path, content, code) -> None:
    file = tmp_path / "letter.jpg"
    if content is not None:
        file.write_bytes(content)
    said = refused(photos.keep, at_home.desk, file)
    assert (said.code, said.facts["file"]) == (code, "letter.jpg")
    assert kept_files(at_home.desk) == []


def test_a_damaged_picture_is_refused(at_home, portrait: Path) -> None:
    portrait.write_bytes(portrait.read_bytes()[:2000])
    assert refused(photos.keep, at_home.desk, portrait).code == "photo.not_picture"


def test_a_picture_of_too_many_pixels_is_refused(at_home, tmp_path: Path) -> None:
    Image.new("1", (20_000, 10_000)).save(tmp_path / "poster.png")
    assert refused(photos.keep, at_home.desk, tmp_path / "poster.png").code == "photo.too_large"


def test_a_folder_that_cannot_be_written_is_named(at_home, portrait: Path) -> None:
    at_home.desk.folder.mkdir()
    (at_home.desk.folder / "photos").write_text("a file stands in the way")
    said = refused(photos.keep, at_home.desk, portrait)
    assert (said.code, said.facts["folder"]) == ("photo.not_kept", str(at_home.desk.folder / "photos"))


def test_somebody_known_gets_a_photo_another_and_none(at_home, portrait: Path) -> None:
    wang = members.enrol(at_home.desk, at_home.cashier, NewMember("王秀兰"))
    first = photos.change(at_home.desk, at_home.cashier, wang.id, portrait).photo
    second = photos.change(at_home.desk, at_home.cashier, wang.id, portrait).photo
    assert first != second
    assert members.by_id(at_home.desk, wang.id).photo == second
    assert [file.name for file in kept_files(at_home.desk)] == [second]
    assert photos.change(at_home.desk, at_home.cashier, wang.id, "").photo == ""
    assert kept_files(at_home.desk) == []
    assert [event.kind for event in audit.recent(at_home.desk, "photo_changed")] == ["photo_changed"] * 3


def test_a_change_that_is_refused_keeps_no_copy(at_home, portrait: Path) -> None:
    assert refused(photos.change, at_home.desk, at_home.cashier, 999, portrait).code == "member.unknown"
    auditor = Actor(at_home.cashier.user_id, "何会计", "auditor")
    assert refused(photos.change, at_home.desk, auditor, 1, portrait).code == "right.missing"
    assert kept_files(at_home.desk) == []


def test_a_newcomer_who_is_refused_leaves_no_photo(at_home, portrait: Path) -> None:
    def take_in() -> None:
        with photos.kept(at_home.desk, portrait) as name:
            members.enrol(at_home.desk, at_home.cashier, NewMember(" ", photo=name))

    assert refused(take_in).code == "member.name_empty"
    assert kept_files(at_home.desk) == []


def test_who_is_forgotten_leaves_no_photo(at_home, portrait: Path) -> None:
    wang = members.enrol(at_home.desk, at_home.cashier, NewMember("王秀兰"))
    photos.change(at_home.desk, at_home.cashier, wang.id, portrait)
    erasing.erase(at_home.desk, at_home.manager, wang.id)
    assert kept_files(at_home.desk) == []


def test_a_name_leads_nowhere_else_and_an_old_path_is_still_shown(
    at_home, portrait: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"x")
    assert photos.path(at_home.desk, "../secret.jpg") is None
    assert photos.path(at_home.desk, "") is None
    assert photos.path(at_home.desk, str(portrait)) == portrait
    photos.drop(at_home.desk, str(portrait))
    assert portrait.exists()


def test_beside_the_database_file_when_no_folder_is_named(sqlite_desk: Desk, portrait: Path) -> None:
    name = photos.keep(sqlite_desk, portrait)
    assert photos.path(sqlite_desk, name) == sqlite_desk.db.path.parent / "photos" / name
