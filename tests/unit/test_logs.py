"""The log catches what nobody else does, and holds nobody's numbers."""

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from canteen_pos import logs


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    level, hooks = root.level, (sys.excepthook, threading.excepthook, sys.unraisablehook)
    file = logs.start(tmp_path)
    yield file
    for handler in [one for one in root.handlers if isinstance(one, logging.handlers.RotatingFileHandler)]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    logging.captureWarnings(capture=False)


@pytest.mark.parametrize(
    "number",
    [
        "510104194302111229",
        "51010419430211122X",
        "510104430211122",
        "134567890123456789",
        "2812345678901234567890",
        "510104 19430211 0027",
        "510104-19430211-002X",
        "510104 1943 0211 002 X",
        "６２２２０２１２３４５６７８９０",
        "6222 0212 3456 7890 123",
    ],
)
def test_numbers_of_people_and_purses_are_left_out(number: str) -> None:
    assert logs.scrub(f"scanned {number}, and 卡{number}。") == "scanned [number], and 卡[number]。"


@pytest.mark.parametrize(
    "number",
    [
        "13800006612",
        "19912345678",
        "+8613800006612",
        "8613800006612",
        "138-0013-8000",
        "138 0013 8000",
        "+86 138 0013 8000",
        "１３８００１３８０００",
        "028-86651234",
        "028 8665 1234",
        "(028)86651234",
        "010-66012345",
        "0833-2112345",
    ],
)
def test_telephones_are_left_out(number: str) -> None:
    assert logs.scrub(f"no sms to {number}，{number}。") == "no sms to [phone]，[phone]。"


def test_rows_of_the_database_are_left_out() -> None:
    told = "DETAIL:  Failing row contains (3, 王秀兰, 粮丰社区 6 栋(后门), null).\nCONTEXT: x"
    assert logs.scrub(told) == "DETAIL:  Failing row contains [row].\nCONTEXT: x"


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("Key (姓名)=(王桂芳) already exists.", "Key (姓名)=([value]) already exists."),
        ("Key (a, b)=(粮丰社区 6 栋(后门), 3) already exists.", "Key (a, b)=([value]) already exists."),
        ("键值“(name)=(王桂芳)”已经存在", "键值“(name)=([value])”已经存在"),
        (
            "Failing row contains (3, 王秀兰\n(后门), null).\nCONTEXT: (x)",
            "Failing row contains [row].\nCONTEXT: (x)",
        ),
        ("失败, 行包含(3, 王秀兰).", "失败, 行包含[row]."),
        ("cannot open sftp://u:secret@h/x", "cannot open sftp://[login]@h/x"),
        ("postgresql+psycopg://till:p@ss/w@10.0.0.2/books", "postgresql+psycopg://[login]@10.0.0.2/books"),
    ],
)
def test_names_in_keys_and_passwords_are_left_out(told: str, kept: str) -> None:
    assert logs.scrub(told) == kept


@pytest.mark.parametrize(
    "harmless",
    [
        "T1-000123",
        "0412",
        "1234567890",
        "a" * 8 + "0" * 20,
        "2026-11-23 11:40:01,123",
        "canteen-20261123-114001.zip",
        "https://host/a",
        "0.12345678",
        "f(x)=3",
    ],
)
def test_other_numbers_stay(harmless: str) -> None:
    assert logs.scrub(f"x {harmless} y") == f"x {harmless} y"


def test_arguments_and_tracebacks_are_scrubbed_too(log: Path) -> None:
    try:
        raise ValueError("no person 510104194302111229")
    except ValueError:
        logging.getLogger("canteen_pos.x").exception("code %s", "134567890123456789")
    written = log.read_text("utf-8")
    assert "ValueError: no person [number]" in written
    assert "code [number]" in written
    assert "5101041943" not in written


def test_an_error_in_a_thread_is_logged(log: Path) -> None:
    def work() -> None:
        raise RuntimeError("the printer is on fire")

    thread = threading.Thread(target=work, name="print")
    thread.start()
    thread.join()
    written = log.read_text("utf-8")
    assert "in thread print" in written
    assert "RuntimeError: the printer is on fire" in written


def test_an_error_nobody_caught_is_logged_and_said(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise KeyError("dish of 510104194302111229")
    except KeyError:
        sys.excepthook(*sys.exc_info())
    assert "Traceback" in log.read_text("utf-8")
    assert "KeyError: 'dish of [number]'" in log.read_text("utf-8")
    said = capsys.readouterr().err
    assert said == f"KeyError: 'dish of [number]'\nThe details are in {log}\n"


def test_starting_again_logs_once(log: Path) -> None:
    logs.start(log.parent)
    logging.getLogger("canteen_pos").warning("once")
    assert log.read_text("utf-8").count("once") == 1
