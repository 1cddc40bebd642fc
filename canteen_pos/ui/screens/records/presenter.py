"""What the records section asks for and says. No Qt."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from canteen_pos import i18n, wording
from canteen_pos.domain.errors import Refusal
from canteen_pos.i18n import tr
from canteen_pos.services import records
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.records import Record, Wanted
from canteen_pos.services.sales_book import SaleDetail
from canteen_pos.ui.saying import code_label, moment_words, money, said, sold_word
from canteen_pos.wording.events import GROUPS

DAYS = 7
"""At first the list shows this many days, so that it is there at once however old the canteen is."""


@dataclass(slots=True)
class Sifting:
    """By whom and on which days; the list's own field and chips say the rest."""

    actor_id: int | None = None
    since: date | None = None
    until: date | None = None


class RecordsPresenter:
    def __init__(self, desk: Desk, actor: Actor) -> None:
        self.desk = desk
        self.actor = actor
        self.sifting = Sifting(since=self.today - timedelta(days=DAYS - 1))

    @property
    def today(self) -> date:
        return self.desk.clock.now().date()

    def groups(self) -> tuple[tuple[str, str], ...]:
        place = 0 if i18n.language() == "zh" else 1
        return (("all", tr("全部")), *((group, words[place]) for group, words in GROUPS.items()))

    def who(self) -> tuple[tuple[str, str], ...]:
        return (("", tr("所有人")), *((str(key), name) for key, name in records.who(self.desk, self.actor)))

    def wanted(self, group: str, text: str) -> Wanted:
        sifting = self.sifting
        return Wanted(text, sifting.actor_id, "" if group == "all" else group, sifting.since, sifting.until)

    def count(self, group: str, text: str) -> int:
        return records.count(self.desk, self.actor, self.wanted(group, text))

    def page(self, group: str, text: str, offset: int, limit: int) -> tuple[Record, ...]:
        return records.page(self.desk, self.actor, self.wanted(group, text), offset, limit)

    def sifted(self) -> str:
        """What is left out, in words: whose records, of which days."""
        sifting = self.sifting
        name = dict(self.who()).get(str(sifting.actor_id), "") if sifting.actor_id is not None else ""
        days = tr("全部日期")
        if sifting.since and sifting.until:
            days = tr("{since} 到 {until}").format(since=sifting.since, until=sifting.until)
        elif sifting.since:
            days = tr("{since} 以来").format(since=sifting.since)
        elif sifting.until:
            days = tr("到 {until} 为止").format(until=sifting.until)
        return f"{days} · {name}" if name else days

    def when(self, record: Record) -> str:
        if record.at.year != self.today.year:
            return f"{record.at:%Y-%m-%d %H:%M}"
        return moment_words(record.at, self.today)

    def exact(self, record: Record) -> str:
        return f"{record.at:%Y-%m-%d %H:%M:%S}"

    def sentence(self, record: Record) -> str:
        return record.sentence(i18n.language())

    def group_word(self, record: Record) -> str:
        return dict(self.groups())[record.group]

    def facts(self, record: Record) -> tuple[tuple[str, str], ...]:
        return wording.event_facts(record.kind, record.facts, i18n.language())

    def document(self, record: Record) -> SaleDetail | None:
        """The document behind a record, None when there is none."""
        return records.document(self.desk, self.actor, record.document_id) if record.document_id else None

    def lines(self, one: SaleDetail) -> list[tuple[str, str]]:
        """What was sold, and for how much at list price."""
        told = []
        for line in one.lines:
            weight = tr("{grams} 克").format(grams=line.grams) if line.grams else ""
            count = f"× {line.quantity}" if abs(line.quantity) != 1 else ""
            half = tr("半份") if line.portion == "half" else ""
            words = " ".join(
                word for word in (sold_word(line.name), line.detail, half, weight, count) if word
            )
            told.append((words, money(line.list_fen)))
        return told

    def sums(self, one: SaleDetail) -> list[tuple[str, str]]:
        """How the list price becomes what is to be paid."""
        taken = ((tr("补贴"), -one.subsidy_fen), (tr("食堂优惠"), -one.own_discount_fen))
        rows = [(word, money(fen)) for word, fen in taken if fen]
        rows += [(tr("折扣券 {tails}").format(tails=serial), money(-fen)) for serial, fen in one.vouchers_off]
        if one.rounding_fen:
            rows.append((tr("现金取整"), money(one.rounding_fen)))
        return rows

    def payments(self, one: SaleDetail) -> list[tuple[str, str]]:
        """With what it was paid."""
        rows = [(code_label(payment.tender), money(payment.fen)) for payment in one.payments]
        if one.corrected:
            now = tr("、").join(code_label(tender) for tender, _ in one.paid_now)
            rows.append((tr("付款方式后来更正为"), now))
        return rows

    def behind(self, one: SaleDetail) -> list[tuple[str, str]]:
        """What else stands in a document."""
        return [
            (tr("营业日"), f"{one.business_date}"),
            (tr("授权"), one.approved_by),
            (tr("原因"), one.reason),
            (tr("原单"), one.refers_to_number),
            (tr("校验码"), one.short_hash),
        ]

    def export(self, group: str, text: str, path: str) -> tuple[bool, str]:
        """(whether it was written, the sentence)."""
        try:
            written = records.export(
                self.desk, self.actor, self.wanted(group, text), Path(path), i18n.language()
            )
        except Refusal as refusal:
            return False, said(refusal)
        return True, tr("已把 {count} 条写到 {path}").format(count=f"{written:,}", path=path)
