"""Forms about a person's papers: cards, entitlements and other dated facts, who may collect for them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from canteen_pos.domain.person import FactOnFile, PersonStory
from canteen_pos.i18n import tr, tr_as
from canteen_pos.ui.forms import LineField
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import DateField
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.screens.people import words
from canteen_pos.ui.screens.people.doing import PersonDeeds
from canteen_pos.ui.widgets.labels import Text

_MOST_CARE = 6


class CardForm(Form):
    """A card given, changed for another, reported lost, or given back. A scan goes into the field."""

    def __init__(self, deeds: PersonDeeds, one: PersonStory) -> None:
        super().__init__(tr("{name}的卡").format(name=one.name), tr("确定"))
        self.deeds = deeds
        self.id = one.id
        active = next((card for card in one.cards if card.status == "active"), None)
        what = [("replace", tr("换卡")), ("lost", tr("挂失")), ("returned", tr("退卡"))]
        self.what = Chips(what if active else [("issue", tr("发卡"))])
        self.what.set_value("replace" if active else "issue")
        self.card = LineField(tr("扫一下新卡，或手输卡号"))
        self.card.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.old = Chips([("lost", tr("丢了")), ("replaced", tr("坏了或换新"))])
        self.old.set_value("lost")
        self.put(
            Text(tr("现在的卡：{code}").format(code=active.code) if active else tr("现在没有卡。"), "body")
        )
        self.add("what", tr("办什么"), self.what)
        self.add("card", tr("新卡"), self.card)
        self.add("old", tr("旧卡怎么了（马上不能再用）"), self.old)
        self.note = Text("", "quiet").wrapped()
        self.put(self.note)
        self.what.picked.connect(lambda _: self._show())
        self.walk(self.card)
        self._show()

    def first_focus(self) -> QWidget:
        return self.card

    def scan(self, code: str) -> bool:
        self.card.setText(code)
        self.touch()
        return True

    def save(self) -> object | None:
        done = self.deeds.card(self.what.value(), self.card.text().strip(), self.old.value())
        self.show_problems(self.deeds.problems)
        return self.id if done else None

    def _show(self) -> None:
        what = self.what.value()
        self.boxes["card"].setVisible(what in ("issue", "replace"))
        self.boxes["old"].setVisible(what == "replace")
        notes = {
            "lost": tr("挂失后这张卡马上不能用；钱还在，办新卡接着用。"),
            "returned": tr("退卡后这张卡不能用；余额在“账户与券”里退。"),
        }
        self.note.setText(notes.get(what, ""))


class FactForm(Form):
    """An entitlement, place, care level or stay written down with its proof; one that waits is reviewed; one is ended."""

    def __init__(
        self, deeds: PersonDeeds, one: PersonStory, *, what: str = "record", manager: bool = True
    ) -> None:
        super().__init__(tr("{name}的资格").format(name=one.name), tr("确定"))
        self.deeds = deeds
        self.id = one.id
        self._facts = {str(fact.id): fact for fact in one.facts}
        waiting = [fact for fact in one.facts if fact.to_review and manager]
        running = [fact for fact in one.facts if fact.when != "past" and manager]
        modes = [("record", tr_as("a fact", "登记"))]
        modes += [("review", tr_as("to do", "复核"))] if waiting else []
        modes += [("end", tr("终止"))] if running else []
        self.what = Chips(modes)
        self.what.set_value(what if what in dict(modes) else "record")
        self.kind = Chips([(kind, words.kind_word(kind)) for kind in _KINDS])
        self.kind.set_value("category")
        self.category = Chips(deeds.categories())
        self.permit = Chips(deeds.permits())
        self.place = LineField(tr("市 区县 街道，用空格隔开"))
        self.level = Chips([(str(level), str(level)) for level in range(_MOST_CARE + 1)])
        self.inside = Chips([("1", tr("住进机构")), ("0", tr("回家住"))])
        self.since, self.until = DateField(deeds.today), DateField(deeds.today, tr("长期有效就不填"))
        self.since.set_day(deeds.today)
        self.source = LineField(tr("如 户口簿 2025-03-20"))
        self.waiting = Chips([(str(fact.id), self._words(fact)) for fact in waiting])
        self.running = Chips([(str(fact.id), self._words(fact)) for fact in running])
        for chips in (self.waiting, self.running):
            chips.set_value(next(iter(chips.codes()), ""))
        self.verdict = Chips([("proven", tr("看过证件，属实")), ("not", tr("没有证明，作废"))])
        self.verdict.set_value("proven")
        self.last = DateField(deeds.today)
        self.last.set_day(deeds.today)
        self._rows()
        if not manager:
            self.put(Text(tr("登记后马上算数，并列入待复核，等经理看过证件。"), "quiet").wrapped())
        for chips in (self.what, self.kind, self.waiting):
            chips.picked.connect(lambda _: self._show())
        self.walk(self.place, self.since, self.until, self.source, self.last)
        self._show()

    def first_focus(self) -> QWidget:
        return self.last if self.what.value() == "end" else self.source

    def save(self) -> object | None:
        unread = {
            key: box.problem()
            for key, box in (("since", self.since), ("until", self.until), ("last", self.last))
        }
        wrong = {key: problem for key, problem in unread.items() if problem}
        if wrong:
            self.show_problems(wrong)
            return None
        what = self.what.value()
        if what == "review":
            done = self.deeds.review(int(self.waiting.value()), proven=self.verdict.value() == "proven")
        elif what == "end":
            done = self.deeds.end_fact(int(self.running.value()), self.last.day())
        else:
            code = self._code()
            done = self.deeds.record(
                self.kind.value(), code, self.since.day(), self.until.day(), self.source.text()
            )
        self.show_problems(self.deeds.problems)
        return self.id if done else None

    def _code(self) -> str:
        match self.kind.value():
            case "category":
                return self.category.value()
            case "permit":
                return self.permit.value()
            case "care_level":
                return self.level.value()
            case "institution":
                return self.inside.value()
        parts = [*self.place.text().split(), "", "", ""][:3]
        return "/".join(parts) if parts[0] else ""

    def _rows(self) -> None:
        self.add("what", tr("办什么"), self.what)
        self.add("kind", tr("种类"), self.kind)
        self.add("category", tr("类别"), self.category)
        self.add("permit", tr("证件"), self.permit)
        self.add("place", tr("地方"), self.place)
        self.add("care_level", tr("照护等级"), self.level)
        self.add("institution", tr("机构入住"), self.inside)
        self.beside(("since", tr("从哪天起"), self.since), ("until", tr("到哪天止（含）"), self.until))
        self.add("source", tr("凭什么（看过的证件）"), self.source, tr("不填就列入待复核"))
        self.add("waiting", tr("哪一条"), self.waiting)
        self.proof = Text("", "body").wrapped()
        self.put(self.proof)
        self.add("verdict", tr("结果"), self.verdict)
        self.add("running", tr("哪一条"), self.running)
        self.add("last", tr("最后一天（含）"), self.last)

    def _show(self) -> None:
        what, kind = self.what.value(), self.kind.value()
        recording = what == "record"
        shown = {
            "kind": recording,
            "category": recording and kind == "category",
            "permit": recording and kind == "permit",
            "place": recording and kind in ("hukou", "residence"),
            "care_level": recording and kind == "care_level",
            "institution": recording and kind == "institution",
            "since": recording,
            "until": recording,
            "source": recording,
            "waiting": what == "review",
            "verdict": what == "review",
            "running": what == "end",
            "last": what == "end",
        }
        for key, visible in shown.items():
            self.boxes[key].setVisible(visible)
        fact = self._facts.get(self.waiting.value()) if what == "review" else None
        self.proof.setText(
            tr("请对着证件核一遍：{proof}").format(proof=words.fact_detail(fact)) if fact else ""
        )
        self.proof.setVisible(fact is not None)

    @staticmethod
    def _words(fact: FactOnFile) -> str:
        return f"{words.fact_title(fact)} {words.fact_words(fact)}".strip()


_KINDS = ("category", "permit", "hukou", "residence", "care_level", "institution")


class ProxyForm(Form):
    """Somebody who may collect meals for a person, and the end of that."""

    def __init__(self, deeds: PersonDeeds, one: PersonStory) -> None:
        super().__init__(tr("谁可以替{name}领餐").format(name=one.name), tr("确定"))
        self.deeds = deeds
        self.id = one.id
        holding = [proxy for proxy in one.proxies if proxy.holds]
        self.what = Chips([("add", tr("添一位")), *([("end", tr("不再代领"))] if holding else [])])
        self.what.set_value("add")
        self.name, self.phone = LineField(), LineField()
        self.relation = LineField(tr("如 女儿、邻居、志愿者"))
        self.since, self.until = DateField(deeds.today), DateField(deeds.today, tr("长期就不填"))
        self.since.set_day(deeds.today)
        self.who = Chips([(str(proxy.id), f"{proxy.name} {proxy.relation}".strip()) for proxy in holding])
        self.who.set_value(next(iter(self.who.codes()), ""))
        self.add("what", tr("办什么"), self.what)
        self.beside(("name", tr("姓名"), self.name), ("relation", tr("关系"), self.relation))
        self.add("phone", tr("手机"), self.phone)
        self.beside(("since", tr("从哪天起"), self.since), ("until", tr("到哪天止（含）"), self.until))
        self.add("who", tr("哪一位"), self.who)
        self.what.picked.connect(lambda _: self._show())
        self.walk(self.name, self.relation, self.phone, self.since, self.until)
        self._show()

    def first_focus(self) -> QWidget:
        return self.name

    def save(self) -> object | None:
        unread = {
            key: box.problem() for key, box in (("since", self.since), ("until", self.until)) if box.problem()
        }
        if unread:
            self.show_problems(unread)
            return None
        if self.what.value() == "end":
            done = self.deeds.end_proxy(int(self.who.value()))
        else:
            who = (self.name.text().strip(), self.phone.text().strip(), self.relation.text().strip())
            done = self.deeds.add_proxy(*who, self.since.day(), self.until.day())
        self.show_problems(self.deeds.problems)
        return self.id if done else None

    def _show(self) -> None:
        ending = self.what.value() == "end"
        for key in ("name", "relation", "phone", "since", "until"):
            self.boxes[key].setVisible(not ending)
        self.boxes["who"].setVisible(ending)
