"""What goes wrong around people is logged without what makes them known."""

import logging
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from canteen_pos import logs
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.membership import NewMember
from canteen_pos.domain.person import PersonEdit
from canteen_pos.i18n import LANGUAGES
from canteen_pos.services import members, people
from canteen_pos.wording import sentence

NUMBER, PHONE = "11010519491231002X", "13912345678"
SECRETS = (NUMBER, NUMBER[:17], PHONE, "赵国强", "粮丰社区 6 栋")


@pytest.fixture
def log(tmp_path: Path):
    root = logging.getLogger()
    before = (root.level, list(root.handlers))
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    folder = tmp_path / "log"
    folder.mkdir()
    file = logs.start(folder)
    yield file
    for handler in [one for one in root.handlers if one not in before[1]]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(before[0])
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    logging.captureWarnings(capture=False)


def test_a_broken_row_tells_no_name_number_or_address(house, log: Path) -> None:
    newcomer = NewMember("赵国强", id_number=NUMBER, phone=PHONE, address="粮丰社区 6 栋")
    zhao = members.enrol(house.desk, house.cashier, newcomer)
    try:
        with house.desk.db.write() as conn:
            conn.execute(
                text(
                    "update people set name = :name, phone = :phone, note = :number, care_level = -1 where id = :id"
                ),
                {"name": "赵国强", "phone": PHONE, "number": NUMBER, "id": zhao.id},
            )
    except IntegrityError:
        logging.getLogger("canteen_pos.tests").exception("nobody expected this of %s, %s", PHONE, NUMBER)
    written = log.read_text("utf-8")
    assert "care_level_not_negative" in written
    assert [secret for secret in SECRETS if secret in written] == []


def test_refusals_never_repeat_a_number(house) -> None:
    members.enrol(house.desk, house.cashier, NewMember("赵国强", id_number=NUMBER, phone=PHONE))
    other = members.enrol(house.desk, house.cashier, NewMember("钱七"))
    tries = (
        lambda: members.enrol(house.desk, house.cashier, NewMember("孙八", id_number=NUMBER, phone=PHONE)),
        lambda: people.edit(house.desk, house.manager, other.id, PersonEdit(id_number=NUMBER)),
        lambda: people.edit(house.desk, house.manager, other.id, PersonEdit(id_number=NUMBER[:17] + "1")),
        lambda: people.edit(house.desk, house.manager, other.id, PersonEdit(id_number=NUMBER + "1")),
    )
    for attempt in tries:
        with pytest.raises(Refusal) as refused:
            attempt()
        for said in (str(refused.value), *(sentence(refused.value, lang) for lang in LANGUAGES)):
            assert NUMBER[:17] not in said
            assert PHONE not in said
