"""What the bar says about time and people. Imported after the first frame. No Qt."""

from canteen_pos.domain.calendar import meal_at, period_at
from canteen_pos.i18n import tr
from canteen_pos.services import settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.house import HouseKind
from canteen_pos.ui.saying import day_words, period_word, said


def moment(desk: Desk) -> tuple[str, str]:
    """('午餐・11:42', '11月22日 星期日'); between meals the first says which one a sale would belong to."""
    now, settings = desk.clock.now(), settings_store.load(desk)
    clock = f"{now:%H:%M}"
    if period := period_at(now, settings.periods):
        words = tr("{period} ・ {clock}")
    else:
        day, period = meal_at(now, settings.periods, settings.cut_off)
        first = min(settings.periods, key=lambda one: one.start)
        waits = day == now.date() and now.time() < first.start
        words = tr("{period}没到 ・ {clock}") if waits else tr("{period}已过 ・ {clock}")
    return words.format(period=period_word(period), clock=clock), day_words(now.date())


def who(desk: Desk, actor: Actor) -> str:
    """'李芳 ・ 已开班 07:30'."""
    from canteen_pos.services import shifts  # nobody is at the till before the first key

    if actor.role in ("auditor", "dispatcher"):
        return actor.name
    shift = shifts.current(desk)
    since = tr("{clock} 开班").format(clock=f"{shift.opened_at:%H:%M}") if shift else tr("未开班")
    return f"{actor.name} ・ {since}"


def backup(desk: Desk, actor: Actor) -> tuple[str, str]:
    """For who can mend it, while the newest backup failed: (what to do, why it failed); else ('', '')."""
    from canteen_pos.services import backing_up
    from canteen_pos.services.rights import may

    last = backing_up.last(desk) if may(actor, "manage_settings") else None
    if last is None or last.refusal is None:
        return "", ""
    return tr("没有成功，点开看看"), said(last.refusal)


def way(actor: Actor, *, in_office: bool) -> str:
    """The word of the bar's F12: to the back office, and back to the till; '' for whom there is no way."""
    from canteen_pos.services.rights import may

    if not may(actor, "read_people") or not may(actor, "sell"):
        return ""
    return tr("收银") if in_office else tr("管理")


def banner(kind: HouseKind) -> str:
    """The strip under the bar: where sales do not count. '' in the canteen itself."""
    if kind == "training":
        return tr("训练：这里的收款不入账")
    return tr("演示食堂：数据都是编的") if kind == "demo" else ""
