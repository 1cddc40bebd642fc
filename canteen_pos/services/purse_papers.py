"""Statements, voucher sheets and lists of purses as files: PDF to print and sign, a spreadsheet to reckon with."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from canteen_pos.domain.errors import refuse
from canteen_pos.i18n import translator
from canteen_pos.reports import account_statement, purse_list, table_files, voucher_sheet
from canteen_pos.reports import voucher_claim as report
from canteen_pos.reports.account_statement import StatementHead, StatementRow
from canteen_pos.reports.purse_list import PurseLine
from canteen_pos.reports.voucher_claim import ClaimHead, ClaimLine
from canteen_pos.reports.voucher_sheet import VoucherSheet
from canteen_pos.services import audit, liability, on_account, purses, settings_store, voucher_life, vouchers
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.liability import Owed
from canteen_pos.services.purses import PurseFilter
from canteen_pos.services.rights import check
from canteen_pos.wording import codes


def statement(
    desk: Desk, actor: Actor, account_id: int, month: str, file: Path, lang: str = "zh"
) -> on_account.Statement:
    """The month of an on-account customer as PDF. Needs 'read_purses'. Refusal 'account.month', 'account.unknown',
    'export.suffix', 'export.not_written'."""
    found = on_account.statement(desk, actor, account_id, month)
    customer = found.customer
    contact = " ".join(part for part in (customer.contact, customer.phone) if part)
    head = StatementHead(
        found.canteen,
        customer.name,
        contact,
        found.first,
        found.up_to,
        found.running,
        found.opening_fen,
        found.meals_fen,
        found.paid_fen,
        found.closing_fen,
        customer.credit_limit_fen,
    )
    rows = [
        StatementRow(
            line.day,
            line.number_text,
            line.kind,
            line.person,
            line.what,
            line.fen,
            line.owed_after_fen,
            line.tender,
        )
        for line in found.lines
    ]
    _write(file, account_statement.render(head, rows, _made(desk, actor, lang), lang))
    return found


def voucher_sheets(desk: Desk, actor: Actor, batch_id: int, file: Path, lang: str = "zh") -> int:
    """The unused vouchers of a batch to print and cut; how many. Every printing is logged.

    Needs 'manage_purses': who prints them holds what they are worth. Refusal 'voucher.batch_unknown',
    'voucher.none_to_print', 'export.*'.
    """
    check(actor, "manage_purses")
    batch = vouchers.batch_of(desk, actor, batch_id)
    every = vouchers.listed(desk, actor, batch_id)
    wanted = [(one.serial, one.person) for one in every if one.state == "unused"]
    if not wanted:
        raise refuse("voucher.none_to_print")
    sheet = VoucherSheet(
        settings_store.load(desk).name,
        batch.name,
        batch.issuer,
        batch.face_fen,
        batch.percent,
        batch.cap_fen,
        batch.valid_from,
        batch.valid_to,
        batch.alone,
    )
    _write(file, voucher_sheet.render(sheet, wanted, lang))
    printed = {serial for serial, _ in wanted}
    left_out = [one.serial for one in every if one.serial not in printed]
    facts = {"batch": batch_id, "name": batch.name, "number": len(wanted), "left_out": left_out}
    with desk.db.write() as conn:
        audit.log(conn, desk, actor, "vouchers_printed", **facts)
    return len(wanted)


def voucher_claim(
    desk: Desk, actor: Actor, batch_id: int, first: date, last: date, file: Path, lang: str = "zh"
) -> voucher_life.Claim:
    """What whoever pays a batch back owes for these business days: .pdf, .xlsx or .csv. Needs 'read_purses'.

    Refusal 'voucher.batch_unknown', 'voucher.claim_days', 'export.*'.
    """
    found = voucher_life.claim(desk, actor, batch_id, first, last)
    lines = [
        ClaimLine(one.business_date, one.number_text, one.serial, one.person, one.fen) for one in found.lines
    ]
    if file.suffix.lower() != ".pdf":
        table_files.write(file, report.headings(lang), [report.cells(line) for line in lines])
        return found
    batch = found.batch
    head = ClaimHead(
        found.canteen,
        batch.name,
        batch.issuer,
        codes.label(voucher_life.who_pays(batch), lang, codes.FUNDS),
        voucher_sheet.worth(batch.face_fen, batch.percent, lang),
        first,
        last,
        found.vouchers,
        found.fen,
    )
    _write(file, report.render(head, lines, _made(desk, actor, lang), lang))
    return found


def prepaid(desk: Desk, actor: Actor, on: date, file: Path, lang: str = "zh") -> liability.Liability:
    """The prepaid liability of a day: .pdf, .xlsx or .csv. Needs 'read_purses'. Refusal 'export.*'."""
    found = liability.on(desk, actor, on)
    lines = [_line(one) for one in found.purses]
    if file.suffix.lower() == ".pdf":
        made = _made(desk, actor, lang)
        _write(file, purse_list.render(found.canteen, on, lines, found.owing_fen, made, lang))
    else:
        _spreadsheet(file, lines, lang)
    return found


def list_of_purses(
    desk: Desk, actor: Actor, which: PurseFilter, title: str, file: Path, lang: str = "zh"
) -> int:
    """Purses of one filter with their cards and holders, such as those nobody eats from, as .pdf, .xlsx or .csv; how many.
    Needs 'read_purses'. Refusal 'export.*'."""
    check(actor, "read_purses")
    found = purses.page(desk, actor, purses.WALLETS, which, "", 0, purses.count(desk, purses.WALLETS, which))
    lines = [
        PurseLine(
            "、".join(row.names) or row.name,
            "、".join(one.member_no for one in row.users),
            "、".join(_masked(one.phone) for one in row.users[:1] if one.phone),
            row.balance_fen,
            row.bonus_fen,
            row.last_day,
            "、".join(row.cards),
        )
        for row in found
    ]
    if file.suffix.lower() == ".pdf":
        canteen = settings_store.load(desk).name
        _write(file, purse_list.render_purses(canteen, title, lines, _made(desk, actor, lang), lang))
    else:
        _spreadsheet(file, lines, lang)
    return len(lines)


def list_to_sign(desk: Desk, actor: Actor, file: Path, lang: str = "zh") -> int:
    """Everybody who gets money back when the canteen closes, with room to sign; how many.

    Needs 'read_purses'. Refusal 'export.suffix', 'export.not_written'.
    """
    today = desk.clock.now().date()
    found = liability.on(desk, actor, today)
    lines = [_line(one) for one in found.purses if one.fen]
    debtors = [(one.name, one.fen) for one in found.debtors]
    made = _made(desk, actor, lang)
    _write(file, purse_list.render_to_sign(found.canteen, today, lines, debtors, made, lang))
    return len(lines)


def _spreadsheet(file: Path, lines: Sequence[PurseLine], lang: str) -> None:
    table_files.write(file, purse_list.headings(lang), [purse_list.cells(line) for line in lines])


def _line(one: Owed) -> PurseLine:
    return PurseLine(
        one.who,
        "、".join(one.member_nos),
        "、".join(_masked(phone) for phone in one.phones[:1]),
        one.fen,
        one.bonus_fen,
        one.last_day,
        "、".join(one.cards),
        one.died,
    )


def _masked(phone: str) -> str:
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 7 else phone


def _made(desk: Desk, actor: Actor, lang: str) -> str:
    tr, when = translator(lang), desk.clock.now().strftime("%Y-%m-%d %H:%M")
    return tr("{name} 于 {when} 制表").format(name=actor.name, when=when)


def _write(file: Path, content: bytes) -> None:
    """The file appears whole or not at all."""
    if file.suffix.lower() != ".pdf":
        raise refuse("export.suffix", file=file.name)
    half_made = file.with_name(file.name + ".part")
    try:
        half_made.write_bytes(content)
        half_made.replace(file)
    except OSError as error:
        raise refuse("export.not_written", file=str(file), why=error.strerror or str(error)) from error
