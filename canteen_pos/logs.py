"""The log in the data folder: what went wrong, for whoever is asked to help. It holds no ID number, no
telephone number, no payment code and no password."""

import logging
import re
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any, TypeGuard

FILE = "canteen.log"
_D, _GAP = "[0-9０-９]", "[ \t\u00a0\u3000\u2010-\u2015·-]?"
_ALONE, _END = r"(?<![0-9A-Za-z０-９])", r"(?![0-9A-Za-z０-９])"
_LONG_NUMBER = re.compile(f"{_ALONE}{_D}(?:{_GAP}{_D}){{14,23}}(?:{_GAP}[Xx])?{_END}")
"""National ID numbers have 15 or 18 places, payment codes of WeChat and Alipay 16 to 24, bank cards 15 to 19; people write
them in groups."""
_MOBILE = re.compile(f"{_ALONE}(?:[+＋]?86{_GAP})?[1１]{_GAP}[3-9３-９](?:{_GAP}{_D}){{9}}{_END}")
_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z.-])(?:\+?86[ -]?)?[(（]?0(?:10|2[0-9]|[3-9][0-9]{2})[)）]?[ -]?[2-9](?:[ -]?[0-9]){6,7}(?![0-9A-Za-z])"
)
_LOGIN = re.compile(r"(?<=://)[^\s'\"<>]*@")
_ROW = re.compile(r"(Failing row contains |行包含)\((?:[\s\S]*?\)(?=\.?$)|.*\))", re.MULTILINE)
_KEY = re.compile(r"(\([^()]+\))=\(.*\)")
"""PostgreSQL tells a whole row with a broken constraint, and the values of a key: names, addresses and all."""
_log = logging.getLogger("canteen_pos")


def scrub(text: str) -> str:
    """`text` with every number that may be somebody's identity, money or telephone left out, logins, and rows of the
    database."""
    text = _KEY.sub(r"\1=([value])", _ROW.sub(r"\1[row]", text))
    text = _LOGIN.sub("[login]@", text)
    text = _LONG_NUMBER.sub("[number]", text)
    return _LANDLINE.sub("[phone]", _MOBILE.sub("[phone]", text))


class _Scrubbing(logging.Formatter):
    """Scrubs the finished text, so that arguments and tracebacks are covered too."""

    def format(self, record: logging.LogRecord) -> str:
        return scrub(super().format(record))


def start(folder: Path) -> Path:
    """Log into `folder`, three files of a megabyte at most, and catch what nobody else does. Answers the file."""
    file = folder / FILE
    handler = RotatingFileHandler(file, maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True)
    handler.setFormatter(_Scrubbing("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    root = logging.getLogger()
    for old in [one for one in root.handlers if _is_ours(one)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    sys.excepthook = _unexpected
    threading.excepthook = _in_a_thread
    sys.unraisablehook = _unraisable
    return file


def where() -> str:
    """The file that is being written; its bare name while there is none."""
    return next((one.baseFilename for one in logging.getLogger().handlers if _is_ours(one)), FILE)


def _unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _log.critical("an error nobody expected", exc_info=(kind, error, trace))
    if sys.stderr is not None:  # a window without a console has none
        sys.stderr.write(scrub(f"{kind.__name__}: {error}\nThe details are in {where()}\n"))


def _is_ours(handler: logging.Handler) -> TypeGuard[RotatingFileHandler]:
    return isinstance(handler, RotatingFileHandler)


def _in_a_thread(args: Any) -> None:
    if args.exc_type is SystemExit:
        return
    name = args.thread.name if args.thread else "?"
    trace = (args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)
    _log.critical("an error nobody expected in thread %s", name, exc_info=trace)


def _unraisable(args: Any) -> None:
    error = args.exc_value or args.exc_type()
    _log.error(
        "%s: %r", args.err_msg or "ignored", args.object, exc_info=(args.exc_type, error, args.exc_traceback)
    )
