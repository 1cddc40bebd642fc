"""What is done to one person's record, each through its service; refusals become sentences by field. No Qt."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import cast

from canteen_pos import i18n
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.person import LeftWhy, PersonRow, PersonStory
from canteen_pos.i18n import tr
from canteen_pos.services import cards, erasing, exporting, facts, merging, people, photos, pictures, proxies
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.facts import DatedFact, Kind
from canteen_pos.ui.saying import money, said
from canteen_pos.ui.screens.people.enrolling import EnrolPresenter
from canteen_pos.ui.screens.people.merge_words import merge_lines

_FIELDS = {
    "fact.ends_early": "until",
    "fact.code": "place",
    "fact.known": "since",
    "fact.known_until": "since",
    "member.name_empty": "name",
    "member.unknown": "all",
}


class PersonDeeds:
    """Deeds for `person_id`. Each answers whether it was done; `problems` holds what was wrong, by field."""

    def __init__(self, desk: Desk, actor: Actor, person_id: int) -> None:
        self.desk = desk
        self.actor = actor
        self.person_id = person_id
        self.problems: dict[str, str] = {}
        self.told = ""
        self._choices = EnrolPresenter(desk, actor)

    @property
    def today(self) -> date:
        return self.desk.clock.now().date()

    def categories(self) -> tuple[tuple[str, str], ...]:
        return self._choices.categories()

    def permits(self) -> tuple[tuple[str, str], ...]:
        return self._choices.permits()

    # -- cards -------------------------------------------------------------------------------------------

    def card(self, what: str, code: str, old: str) -> bool:
        """`what` is issue, replace, lost or returned; lost and returned end the card in use. `told` says it."""
        self.told = {
            "issue": tr("已发卡"),
            "replace": tr("卡已换好，旧卡不能再用"),
            "lost": tr("已挂失，这张卡马上不能用"),
            "returned": tr("已退卡，这张卡不能再用"),
        }[what]
        if what in ("issue", "replace"):
            if not code:
                self.problems = {"card": tr("请扫一下新卡。")}
                return False
            if what == "issue":
                return self._do(lambda: cards.issue(self.desk, self.actor, self.person_id, code))
            return self._do(lambda: cards.replace(self.desk, self.actor, self.person_id, code, old))
        end = cards.lost if what == "lost" else cards.returned

        def work() -> None:
            for card in cards.history(self.desk, self.actor, self.person_id):
                if card.status == "active":
                    end(self.desk, self.actor, card.id)

        return self._do(work)

    # -- facts and proxies -------------------------------------------------------------------------------

    def record(self, kind: str, code: str, since: date | None, until: date | None, source: str) -> bool:
        if not code:
            self.problems = {_BOX.get(kind, kind): tr("请选一个，或写清楚。")}
            return False
        fact = DatedFact(cast("Kind", kind), code, since or self.today, until, source.strip())
        return self._do(
            lambda: facts.record(self.desk, self.actor, self.person_id, fact),
            {"fact.code": _BOX.get(kind, kind)},
        )

    def review(self, fact_id: int, *, proven: bool) -> bool:
        return self._do(lambda: facts.review(self.desk, self.actor, fact_id, proven=proven))

    def end_fact(self, fact_id: int, last: date | None) -> bool:
        if last is None:
            self.problems = {"last": tr("请写日期。")}
            return False
        return self._do(lambda: facts.end(self.desk, self.actor, fact_id, last), {"fact.ends_early": "last"})

    def add_proxy(self, name: str, phone: str, relation: str, since: date | None, until: date | None) -> bool:
        proxy = proxies.NewProxy(name, phone, relation, since, until)
        return self._do(lambda: proxies.add(self.desk, self.actor, self.person_id, proxy))

    def end_proxy(self, proxy_id: int) -> bool:
        return self._do(lambda: proxies.end(self.desk, self.actor, self.person_id, proxy_id))

    # -- the photo ---------------------------------------------------------------------------------------

    def picture(self, name: str) -> bytes:
        return pictures.read(self.desk, name)

    def look(self, path: str) -> bytes:
        """The picture as it would be kept; b'' with `problems` filled."""
        found: list[bytes] = []
        self._do(lambda: found.append(pictures.look(path)))
        return found[0] if found else b""

    def photo(self, path: str) -> bool:
        """Another photo; '' takes it away."""
        return self._do(lambda: photos.change(self.desk, self.actor, self.person_id, path))

    # -- the record as a whole ---------------------------------------------------------------------------

    def leave(self, day: date, why: str) -> bool:
        """`told` says what is left to do: meals sold since that day, money in the purse."""

        def work() -> None:
            left = people.leave(self.desk, self.actor, self.person_id, day, cast("LeftWhy", why))
            parts = [tr("已记下")]
            if left.balance_fen:
                parts.append(tr("余额 {amount} 还在，可以退").format(amount=money(left.balance_fen)))
            if left.meals_since:
                meals = tr("那天以后还有 {count} 餐记在名下，请核对：{numbers}")
                parts.append(
                    meals.format(count=len(left.meals_since), numbers=tr("、").join(left.meals_since[:5]))
                )
            self.told = tr("；").join(parts)

        return self._do(work)

    def come_back(self) -> bool:
        return self._do(lambda: people.return_(self.desk, self.actor, self.person_id))

    def others(self, text: str) -> tuple[PersonRow, ...]:
        """Records that `text` may mean, this one left out."""
        if not text.strip():
            return ()
        found = people.page(self.desk, self.actor, "all", text, 0, 7, i18n.language())
        return tuple(row for row in found if row.id != self.person_id)[:6]

    def known(self, person_id: int) -> PersonStory | None:
        stories: list[PersonStory] = []
        self._do(lambda: stories.append(people.story(self.desk, self.actor, person_id, i18n.language())))
        return stories[0] if stories else None

    def merge_preview(self, keep: int, drop: int) -> tuple[str, ...]:
        """What would move, line by line; () when they cannot be merged (`problems` says why)."""
        lines: list[str] = []
        self._do(lambda: lines.extend(merge_lines(merging.preview(self.desk, self.actor, keep, drop))))
        return tuple(lines)

    def merge(self, keep: int, drop: int) -> bool:
        return self._do(lambda: merging.merge(self.desk, self.actor, keep, drop))

    def export(self, folder: str) -> bool:
        """`told` says where it lies."""

        def work() -> None:
            where = exporting.export_person(
                self.desk, self.actor, self.person_id, Path(folder), i18n.language()
            )
            self.told = tr("已导出到 {folder}").format(folder=where)

        return self._do(work, {"person.not_exported": "folder"})

    def erase(self) -> bool:
        return self._do(lambda: erasing.erase(self.desk, self.actor, self.person_id))

    def erase_lines(self) -> tuple[str, ...]:
        """What goes, what stays and for how long, as docs/privacy.md says."""
        return (
            tr(
                "删掉：姓名、身份证号、电话、住址、联系人、照片、饮食和过敏、资格和证明、代领人。卡马上不能用。"
            ),
            tr(
                "留下：每张单据的金额、补贴、日期和规则，一直保存，只剩一个随机号，再也说不出是谁；操作记录也留下，没有姓名。"
            ),
            tr(
                "卡里还有本金就不能删，要先退清；赠送、积分和没用的餐券作废。补贴没结清的请先结清。删了不能恢复；打印过的纸和以前的备份里还有。"
            ),
        )

    def _do(self, work: Callable[[], object], fields: Mapping[str, str] | None = None) -> bool:
        """`fields`: code of a refusal to field, '' for every other code."""
        self.problems = {}
        try:
            work()
        except Refusal as refusal:
            named = {**_FIELDS, **(fields or {})}
            subject = refusal.code.partition(".")[0]
            usual = subject if subject in ("card", "photo") else named.get("", "all")
            self.problems[named.get(refusal.code, usual)] = said(refusal)
            return False
        return True


_BOX = {"hukou": "place", "residence": "place"}
"""Kind of a fact to the form's field, where they differ."""
