"""ID numbers in a canteen: sealed, masked, one person one number; a lost key never stops a sale and comes back."""

import os
import shutil
import sys

import pytest
from sqlalchemy import text

from canteen_pos import vault
from canteen_pos.domain import recovery_code
from canteen_pos.domain.membership import NewMember
from canteen_pos.domain.person import PersonEdit
from canteen_pos.i18n import LANGUAGES
from canteen_pos.services import audit, id_key, id_numbers, members, people, users
from canteen_pos.services.context import Desk
from canteen_pos.wording import sentence
from tests.integration.hands import refusal
from tests.integration.recovery_hands import sheet_groups
from tests.integration.stored import everything_stored

NUMBER, OTHER = "11010519491231002X", "510104194302110029"


@pytest.fixture
def zhao(house) -> members.Member:
    return members.enrol(house.desk, house.cashier, NewMember("赵六", id_number="110105 19491231 002x"))


def test_founding_makes_the_key_outside_the_database(house) -> None:
    status = id_key.status(house.desk)
    assert (status.state, status.sealed, status.printed_at) == ("ready", 0, None)
    assert status.file is not None
    key = vault.read_key(status.file)
    stored = everything_stored(house.desk)
    assert key is not None
    for secret in (key.hex(), *recovery_code.groups_of(key)):
        assert secret not in stored


def test_sealed_masked_found_and_shown_only_on_the_record(house, zhao) -> None:
    assert NUMBER[:17] not in everything_stored(house.desk)
    story = people.story(house.desk, house.manager, zhao.id)
    assert (story.id_number, story.id_number_state) == ("110105********002X", "kept")
    for typed in (NUMBER, NUMBER.lower(), "110105 19491231 002X"):
        assert [row.id for row in people.page(house.desk, house.manager, "all", typed)] == [zhao.id]
    assert people.page(house.desk, house.manager, "all", OTHER) == ()
    assert people.reveal_id_number(house.desk, house.manager, zhao.id) == NUMBER
    shown = audit.recent(house.desk, "id_number_shown")
    assert [(one.actor, one.body) for one in shown] == [("陈经理", {"person_id": zhao.id})]
    assert refusal(people.reveal_id_number, house.desk, house.cashier, zhao.id).code == "right.missing"
    assert NUMBER[:17] not in everything_stored(house.desk), "not in the log either"


def test_nobody_is_enrolled_twice(house, zhao) -> None:
    refused = refusal(members.enrol, house.desk, house.cashier, NewMember("赵陆", id_number=NUMBER))
    assert (refused.code, refused.facts) == ("id_number.taken", {"name": "赵六", "member_no": "00001"})
    assert members.find(house.desk, "赵陆") == ()
    qian = members.enrol(house.desk, house.cashier, NewMember("钱七"))
    refused = refusal(people.edit, house.desk, house.manager, qian.id, PersonEdit(id_number=NUMBER))
    assert refused.code == "id_number.taken"
    people.edit(house.desk, house.manager, zhao.id, PersonEdit(id_number=NUMBER))
    people.edit(house.desk, house.manager, zhao.id, PersonEdit(id_number=""))
    assert people.story(house.desk, house.manager, zhao.id).id_number_state == "none"
    edited = people.edit(house.desk, house.manager, qian.id, PersonEdit(id_number=NUMBER))
    assert (edited.id_number, str(edited.birth_date)) == ("110105********002X", "1949-12-31")


@pytest.mark.parametrize("why", ["missing", "wrong", "damaged"])
def test_without_the_key_people_eat_and_new_numbers_are_refused(lunch, why: str) -> None:
    with_number = members.enrol(lunch.desk, lunch.cashier, NewMember("赵六", id_number=NUMBER, card="0412"))
    file = id_key.status(lunch.desk).file
    if why == "missing":
        file.unlink()
    elif why == "wrong":
        vault.write_key(file, vault.new_key())
    else:
        file.write_text("what was this?", "utf-8")
    state = "wrong" if why == "wrong" else "missing"
    assert id_key.status(lunch.desk).state == state
    assert members.by_card(lunch.desk, "0412").age == 76
    assert lunch.sell(lunch.order("202", who=with_number)).documents
    story = people.story(lunch.desk, lunch.manager, with_number.id)
    assert (story.id_number, story.id_number_state) == ("", "no_key")
    assert people.page(lunch.desk, lunch.manager, "all", NUMBER) == ()
    refused = refusal(members.enrol, lunch.desk, lunch.cashier, NewMember("钱七", id_number=OTHER))
    assert refused.code == f"id_key.{state}"
    assert OTHER not in str(refused)
    assert all(len(sentence(refused, lang)) > 20 for lang in LANGUAGES)
    assert members.enrol(lunch.desk, lunch.cashier, NewMember("钱七", birth_year=1943)).age == 82
    sheet = file.with_name("sheet.pdf")
    assert refusal(id_key.print_sheet, lunch.desk, lunch.manager, sheet).code == f"id_key.{state}"
    assert not sheet.exists()


def test_the_sheet_brings_the_key_back(house, zhao, tmp_path) -> None:
    groups = sheet_groups(house.desk, house.manager)
    file = id_key.status(house.desk).file
    shutil.move(file, tmp_path / "away")
    wrong = list(groups)
    wrong[2] = wrong[2][1] + wrong[2][0] + wrong[2][2:] if wrong[2][0] != wrong[2][1] else "00000"
    refused = refusal(id_key.recover, house.desk, house.manager, "-".join(wrong))
    assert (refused.code, refused.facts) == ("id_key.mistyped", {"groups": [3]})
    assert "3" in sentence(refused, "zh")
    assert not file.exists()
    other = recovery_code.groups_of(vault.new_key())
    assert refusal(id_key.recover, house.desk, house.manager, other).code == "id_key.other_canteen"
    assert not file.exists()
    assert id_key.recover(house.desk, house.manager, " ".join(groups).lower()) == file
    assert file.read_bytes() == (tmp_path / "away").read_bytes()
    assert people.reveal_id_number(house.desk, house.manager, zhao.id) == NUMBER
    assert refusal(id_key.recover, house.desk, house.cashier, groups).code == "right.missing"


def test_a_wrong_key_is_kept_aside_when_the_right_one_comes(house, zhao) -> None:
    groups = sheet_groups(house.desk, house.manager)
    file = id_key.status(house.desk).file
    stranger = vault.new_key()
    file.unlink()
    vault.write_key(file, stranger)
    id_key.recover(house.desk, None, groups)
    assert id_key.status(house.desk).state == "ready"
    assert vault.read_key(file.with_suffix(".key-1")) == stranger


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_said(house, zhao) -> None:
    groups = sheet_groups(house.desk, house.manager)
    file = id_key.status(house.desk).file
    file.unlink()
    file.parent.chmod(0o500)
    try:
        assert refusal(id_key.recover, house.desk, house.manager, groups).code == "id_key.not_written"
    finally:
        file.parent.chmod(0o700)


def test_the_sheet_is_a_page_and_its_printing_is_known(house, tmp_path) -> None:
    from pypdf import PdfReader

    made = id_key.print_sheet(house.desk, house.manager, tmp_path / "恢复单.pdf")
    pages = PdfReader(made).pages
    said = "".join(page.extract_text() for page in pages)
    assert len(pages) == 1
    for group in sheet_groups(house.desk, house.manager):
        assert group in said
    assert "粮丰社区食堂" in said
    assert id_key.status(house.desk).printed_at == house.desk.clock.now()
    assert refusal(id_key.print_sheet, house.desk, house.cashier, tmp_path / "x.pdf").code == "right.missing"
    auditor = users.create(house.desk, house.manager, "何会计", "auditor", "4680")
    actor = users.sign_in(house.desk, auditor.id, "4680")
    assert refusal(id_key.print_sheet, house.desk, actor, tmp_path / "x.pdf").code == "right.missing"


@pytest.mark.parametrize("damaged", [False, True])
def test_when_file_and_sheet_are_lost_the_numbers_are_asked_for_again(house, zhao, damaged: bool) -> None:
    assert refusal(id_key.begin_anew, house.desk, house.manager).code == "id_key.not_lost"
    file = id_key.status(house.desk).file
    file.unlink()
    if damaged:
        file.write_text("half a k", "utf-8")
    assert id_key.begin_anew(house.desk, house.manager) == 1
    assert id_key.status(house.desk).state == "ready"
    assert people.story(house.desk, house.manager, zhao.id).id_number_state == "none"
    people.edit(house.desk, house.manager, zhao.id, PersonEdit(id_number=NUMBER))
    assert people.reveal_id_number(house.desk, house.manager, zhao.id) == NUMBER


def test_a_seal_moved_to_another_person_does_not_open(house, zhao) -> None:
    qian = members.enrol(house.desk, house.cashier, NewMember("钱七", id_number=OTHER))
    with house.desk.db.write() as conn:
        conn.execute(
            text(
                "update people set id_number_sealed = (select id_number_sealed from people where id = :one)"
                " where id = :other"
            ),
            {"one": zhao.id, "other": qian.id},
        )
    assert people.story(house.desk, house.manager, qian.id).id_number_state == "damaged"
    assert refusal(people.reveal_id_number, house.desk, house.manager, qian.id).code == "id_number.damaged"


def test_each_machine_has_the_key_for_itself(house, zhao, tmp_path) -> None:
    """Two tills on one database: the second has a folder of its own and is given the sheet."""
    if house.desk.db.is_sqlite:
        pytest.skip("one file, one folder")
    folder = tmp_path / "second"
    folder.mkdir()
    second = Desk(house.desk.db, house.clock, "T2", folder=folder)
    assert id_key.status(second).state == "missing"
    assert (
        refusal(members.enrol, second, house.cashier, NewMember("钱七", id_number=OTHER)).code
        == "id_key.missing"
    )
    id_key.recover(second, None, sheet_groups(house.desk, house.manager))
    assert members.enrol(second, house.cashier, NewMember("钱七", id_number=OTHER)).age == 83
    assert (
        refusal(members.enrol, second, house.cashier, NewMember("赵", id_number=NUMBER)).code
        == "id_number.taken"
    )


def test_a_house_from_before_keeps_its_first_number_under_a_new_key(house) -> None:
    """As after migrating from the first release: no key was ever made."""
    file = id_key.status(house.desk).file
    file.unlink()
    with house.desk.db.write() as conn:
        conn.execute(text("delete from settings where key = :key"), {"key": id_numbers.CHECK})
    assert id_key.status(house.desk).state == "none"
    assert (
        refusal(id_key.recover, house.desk, house.manager, recovery_code.groups_of(bytes(20))).code
        == "id_key.nothing_sealed"
    )
    zhao = members.enrol(house.desk, house.cashier, NewMember("赵六", id_number=NUMBER))
    assert people.reveal_id_number(house.desk, house.manager, zhao.id) == NUMBER
    assert file.exists()
