"""Food samples: what is to be taken, what stands in the fridge, what may go, the log. No Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from canteen_pos.domain.samples import LEAST_GRAMS
from canteen_pos.i18n import language, tr
from canteen_pos.services import sample_papers, samples
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.samples import Sample, ToTake
from canteen_pos.ui.saying import date_words, moment_words, period_word
from canteen_pos.ui.trying import Tries

LOG_DAYS = 30


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A line of the list: a dish that waits for its sample, or a sample."""

    key: str
    name: str
    day: date
    period: str
    to_take: ToTake | None = None
    sample: Sample | None = None


class SamplesPresenter(Tries):
    def __init__(self, desk: Desk, actor: Actor) -> None:
        self.desk, self.actor = desk, actor
        self.notice = self.problem = ""
        self.due = samples.due(desk)
        self._kept: tuple[Sample, ...] = ()
        self._log: tuple[Sample, ...] = ()
        self.load()

    @property
    def now(self) -> datetime:
        return self.desk.clock.now()

    def load(self) -> None:
        today = self.now.date()
        self.due = samples.due(self.desk)
        self._kept = samples.kept(self.desk)
        self._log = samples.between(self.desk, today - timedelta(days=LOG_DAYS), today)

    def filters(self) -> tuple[tuple[str, str], ...]:
        return (
            ("take", tr("待留样")),
            ("dispose", tr("可处理")),
            ("kept", tr("在留")),
            ("log", tr("近 {days} 天").format(days=LOG_DAYS)),
        )

    def counts(self) -> Mapping[str, int | None]:
        return {
            "take": len(self.due.to_take),
            "dispose": len(self.due.to_dispose),
            "kept": len(self._kept),
            "log": len(self._log),
        }

    def rows(self, which: str, text: str) -> tuple[SampleRow, ...]:
        if which == "take":
            found = [
                SampleRow(
                    f"t{one.service_date}{one.period}{one.dish_id}",
                    one.name,
                    one.service_date,
                    one.period,
                    to_take=one,
                )
                for one in self.due.to_take
            ]
        else:
            chosen = {"dispose": self.due.to_dispose, "kept": self._kept, "log": tuple(reversed(self._log))}
            found = [
                SampleRow(str(one.id), one.dish_name, one.service_date, one.period, sample=one)
                for one in chosen[which]
            ]
        return tuple(row for row in found if not text or text in row.name)

    def of_meal(self, row: SampleRow) -> tuple[ToTake, ...]:
        """All that wait in the same meal."""
        meal = (row.day, row.period)
        return tuple(one for one in self.due.to_take if (one.service_date, one.period) == meal)

    def is_late(self, row: SampleRow) -> bool:
        """Whether it is another day already; what was missed stays on the list for a day."""
        return row.day < self.now.date()

    def take(self, wanted: Sequence[ToTake], grams: int, note: str) -> bool:
        def work() -> None:
            first = wanted[0]
            ids = [one.dish_id for one in wanted]
            made = samples.take(self.desk, self.actor, first.service_date, first.period, ids, grams, note)
            self.notice = tr("留样 {count} 份，留到 {until}。F8 打印标签。").format(
                count=len(made), until=self.moment(made[0].keep_until)
            )

        return self._try(work)

    def dispose(self, wanted: Sequence[Sample]) -> bool:
        def work() -> None:
            samples.dispose(self.desk, self.actor, [one.id for one in wanted])
            self.notice = tr("处理了 {count} 份留样。").format(count=len(wanted))

        return self._try(work)

    def write_log(self, first: date, last: date, target: str) -> bool:
        def work() -> None:
            file = sample_papers.write_log(self.desk, self.actor, first, last, target, language())
            self.notice = tr("已写到 {file}").format(file=file)

        return self._try(work)

    def labelled(self, row: SampleRow | None) -> tuple[Sample, ...]:
        """The samples that get labels: all of the row's meal that are kept; those taken last where a dish still waits."""
        if not self._kept:
            return ()
        one = (
            row.sample
            if row is not None and row.sample is not None
            else max(self._kept, key=lambda kept: kept.taken_at)
        )
        meal = (one.service_date, one.period)
        return tuple(kept for kept in self._kept if (kept.service_date, kept.period) == meal)

    def write_labels(self, kept: Sequence[Sample], target: str) -> bool:
        def work() -> None:
            file = sample_papers.write_labels(self.desk, self.actor, kept, target, language())
            self.notice = tr("已写到 {file}").format(file=file)

        return self._try(work)

    def _tried(self) -> None:
        self.load()

    # -- words -------------------------------------------------------------------------------------------

    def meal_words(self, row: SampleRow) -> str:
        today = self.now.date()
        day = tr("今天") if row.day == today else date_words(row.day)
        return f"{day} {period_word(row.period)}"

    def moment(self, moment: datetime | None) -> str:
        return "" if moment is None else moment_words(moment, self.now.date())

    def state(self, sample: Sample) -> str:
        """How much longer, or that it may go, or that it went."""
        if sample.disposed_at is not None:
            return tr("已处理")
        if sample.may_go(self.now):
            return tr("可处理")
        minutes = int((sample.keep_until - self.now).total_seconds() // 60)
        return tr("还有 {hours} 小时 {minutes} 分").format(hours=minutes // 60, minutes=minutes % 60)


def least_grams() -> int:
    return LEAST_GRAMS
