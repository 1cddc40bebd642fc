"""The log of food samples for an inspector: what, how much, when and by whom, until when, and where it went."""

from collections.abc import Callable, Sequence

from canteen_pos.domain.samples import Sample
from canteen_pos.i18n import translator
from canteen_pos.reports import pages
from canteen_pos.reports.pages import Col


def render(
    canteen: str,
    span: str,
    made: str,
    samples: Sequence[Sample],
    period_word: Callable[[str], str],
    lang: str = "zh",
) -> bytes:
    """A4 across, one line a sample, lines to sign at the end."""
    tr = translator(lang)
    columns = (
        Col(tr("日期"), 25),
        Col(tr("餐次"), 18),
        Col(tr("菜品"), 48),
        Col(tr("克数"), 16, "right"),
        Col(tr("留样时间"), 28),
        Col(tr("留样人"), 22),
        Col(tr("应留到"), 28),
        Col(tr("处理时间"), 28),
        Col(tr("处理人"), 22),
        Col(tr("备注"), 30),
    )
    rows = [
        (
            one.service_date.isoformat(),
            period_word(one.period),
            one.dish_name,
            str(one.grams),
            f"{one.taken_at:%m-%d %H:%M}",
            one.taken_by,
            f"{one.keep_until:%m-%d %H:%M}",
            f"{one.disposed_at:%m-%d %H:%M}" if one.disposed_at else tr("在留"),
            one.disposed_by,
            one.note,
        )
        for one in samples
    ]
    head = pages.Masthead(
        canteen=canteen,
        title=tr("食品留样登记表"),
        under=tr("{span} ・ 每个品种不少于 125 克，冷藏（0–8 摄氏度）保存 48 小时以上").format(span=span),
        made=made,
    )
    nothing = [pages.text(tr("这段时间没有留样。"), 11, pages.QUIET)]
    story = [pages.table(columns, rows)] if rows else nothing
    signed = pages.signatures((tr("食品安全管理员"), tr("检查人")), 265)
    return pages.render(head, [*story, pages.gap(8), signed], lang, wide=True)
