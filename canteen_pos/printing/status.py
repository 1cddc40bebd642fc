"""What a printer says of itself, and what is made of its silence: ok, fault, or unknown."""

from dataclasses import dataclass
from typing import Literal

from canteen_pos.printing.escpos_bytes import ASK_OFFLINE_CAUSE, ASK_PAPER, ASK_PRINTER
from canteen_pos.printing.lines import Line

State = Literal["ok", "fault", "unknown"]


@dataclass(frozen=True, slots=True)
class Health:
    """`reason` is '' when ok, else a code for `wording`: paper_out, cover_open, offline, no_answer, refused..."""

    state: State
    reason: str = ""


OK = Health("ok")
SILENT = Health("unknown", "no_answer")
_REAL_TIME_MASK, _REAL_TIME_SIGN = 0x93, 0x12
"""Bits that are the same in every DLE EOT answer; anything else is not one."""


def ask(line: Line, timeout_s: float) -> Health:
    """Three real-time questions. An empty or senseless answer is unknown, never 'no paper'."""
    if not line.answers:
        return SILENT
    answers = []
    for question in (ASK_PRINTER, ASK_OFFLINE_CAUSE, ASK_PAPER):
        line.write(question)
        answer = _real_time(line.read(timeout_s))
        if answer is None:
            return SILENT
        answers.append(answer)
    return judge(*answers)


def judge(printer: int, cause: int, paper: int) -> Health:
    """Health from the answers to DLE EOT 1, 2 and 4."""
    if cause & 0x20 or paper & 0x60:
        return Health("fault", "paper_out")
    if cause & 0x04:
        return Health("fault", "cover_open")
    if cause & 0x40:
        return Health("fault", "printer_error")
    if printer & 0x08:
        return Health("fault", "offline")
    return OK


def _real_time(reply: bytes) -> int | None:
    return next((byte for byte in reply if byte & _REAL_TIME_MASK == _REAL_TIME_SIGN), None)


def is_done(reply: bytes) -> bool | None:
    """The answer to GS r 1 behind the data: True done, False the paper ran out, None no such answer."""
    byte = next((byte for byte in reply if byte & 0x90 == 0), None)
    return None if byte is None else not byte & 0x0C
