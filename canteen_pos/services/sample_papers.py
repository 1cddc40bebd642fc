"""Paper of food samples, written as files: the log for an inspector, labels for the boxes.

Needs 'read_reports' or 'keep_samples'.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from canteen_pos.domain.errors import refuse
from canteen_pos.i18n import translator
from canteen_pos.reports import sample_labels, sample_log
from canteen_pos.services import samples, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.menu_paper import write_file
from canteen_pos.services.rights import check, may
from canteen_pos.services.samples import Sample
from canteen_pos.wording import codes


def write_log(
    desk: Desk, actor: Actor, first: date, last: date, target: Path | str, lang: str = "zh"
) -> Path:
    """The log of these service dates as a PDF. Needs 'keep_samples'.

    Refusal 'sample.days_backwards', 'menu.not_written' (file, why).
    """
    _may_print(actor)
    if last < first:
        raise refuse("sample.days_backwards")
    tr = translator(lang)
    now = desk.clock.now()
    span = first.isoformat() if first == last else f"{first.isoformat()} – {last.isoformat()}"
    made = tr("{name} 打印于 {moment}").format(name=actor.name, moment=f"{now:%Y-%m-%d %H:%M}")
    found = samples.between(desk, first, last)
    pdf = sample_log.render(
        settings_store.load(desk).name, span, made, found, lambda code: codes.word(code, lang), lang
    )
    word = tr("食品留样")
    return write_file(target, f"{word}-{first.isoformat()}.pdf", pdf)


def write_labels(
    desk: Desk, actor: Actor, kept: Sequence[Sample], target: Path | str, lang: str = "zh"
) -> Path:
    """A label for each of these samples, 24 on an A4 sheet of 70 by 37 mm. Needs 'keep_samples'.

    Refusal 'menu.not_written' (file, why).
    """
    _may_print(actor)
    tr = translator(lang)
    taken, until, title = tr("留样"), tr("留到"), tr("留样标签")
    labels = []
    for one in kept:
        day = tr("{month}月{day}日").format(month=one.service_date.month, day=one.service_date.day)
        labels.append(
            sample_labels.Label(
                one.dish_name,
                f"{day} {codes.word(one.period, lang)} ・ {one.grams} g",
                f"{taken} {one.taken_at:%m-%d %H:%M}  {one.taken_by}",
                f"{until} {one.keep_until:%m-%d %H:%M}",
            )
        )
    name = f"{title}-{desk.clock.now():%Y-%m-%d-%H%M}.pdf"
    return write_file(target, name, sample_labels.render(labels, title))


def _may_print(actor: Actor) -> None:
    if not may(actor, "read_reports"):
        check(actor, "keep_samples")
