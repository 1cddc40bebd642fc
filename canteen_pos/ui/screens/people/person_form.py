"""The form for a newcomer, and for what may be changed by hand of somebody known."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from canteen_pos.domain.place import Place
from canteen_pos.i18n import tr
from canteen_pos.services import pictures
from canteen_pos.ui.forms import LineField
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import MoneyField
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.office.picture_field import PictureField
from canteen_pos.ui.screens.people import words
from canteen_pos.ui.screens.people.enrolling import EnrolPresenter, Typed

_MOST_CARE = 6


class PersonForm(Form):
    """`saved` carries the person's id. A scanned card goes into its field, whatever has the focus."""

    def __init__(self, presenter: EnrolPresenter) -> None:
        self.presenter = presenter
        self.known = presenter.person_id is not None
        super().__init__(tr("改资料") if self.known else tr("登记"), tr("保存") if self.known else tr("登记"))
        self._own_initials = False
        self._fields()
        self._rows()
        self.walk(*self._lines())
        self.name.textEdited.connect(self._read_name)
        self.initials.textEdited.connect(self._by_hand)
        self.id_number.textEdited.connect(self._read_id)
        self.photo.told.connect(self.boxes["photo"].say)
        self.on("F8", self.photo.away.click)
        self._fill()
        self._before = self.typed()

    def first_focus(self) -> QWidget:
        return self.name

    def scan(self, code: str) -> bool:
        if not self.known:
            self.card.setText(code)
            self.boxes["card"].say("")
            self.touch()
        return True

    def save(self) -> object | None:
        typed = self.typed()
        limits = (
            ("meal_limit", self.meal_limit),
            ("day_limit", self.day_limit),
            ("month_limit", self.month_limit),
        )
        wrong = {key: field.problem() for key, field in limits if field.problem()}
        done: object | None = None
        if wrong:
            self.show_problems(wrong)
            return None
        if self.known:
            changed = self.presenter.change(typed, self._before)
            done = changed.id if changed is not None else None
        else:
            member = self.presenter.enrol(typed)
            done = member.id if member is not None else None
        self.show_problems(self.presenter.problems)
        return done

    def typed(self) -> Typed:
        """What stands in the form now."""
        return Typed(
            name=self.name.text(),
            initials=self.initials.text(),
            id_number=self.id_number.text(),
            born=self.born.text(),
            phone=self.phone.text(),
            card=self.card.text(),
            address=self.address.text(),
            contact_name=self.contact_name.text(),
            contact_phone=self.contact_phone.text(),
            hukou=Place(*(field.text().strip() for field in self.hukou)),
            residence=Place(*(field.text().strip() for field in self.residence)),
            care_level=int(self.care.value() or 0),
            in_institution=self.institution.value() == "1",
            categories=self.categories.values(),
            permits=self.permits.values(),
            diet=self.diet.values(),
            texture=self.texture.value().replace("usual", ""),
            allergies=self.allergies.values(),
            note=self.note.text(),
            photo=self.photo.change(),
            meal_limit_fen=self.meal_limit.fen(),
            day_limit_fen=self.day_limit.fen(),
            month_limit_fen=self.month_limit.fen(),
        )

    # -- making it ---------------------------------------------------------------------------------------

    def _fields(self) -> None:
        self.name = LineField(tr("例如：王秀兰"))
        self.initials = LineField("wxl")
        self.id_number = LineField(tr("18 位；可不填"))
        self.born = LineField(tr("1943-02-11 或 1943"))
        self.phone, self.card = LineField(tr("可不填")), LineField(tr("扫一下卡；可以以后再办"))
        self.address = LineField(tr("送餐要写到门牌"))
        self.contact_name, self.contact_phone = LineField(tr("如 女儿 李敏")), LineField()
        self.hukou = [LineField(word) for word in (tr("市"), tr("区县"), tr("街道"))]
        self.residence = [LineField(word) for word in (tr("市"), tr("区县"), tr("街道"))]
        latin = (self.initials, self.id_number, self.born, self.phone, self.card, self.contact_phone)
        for field in latin:
            field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.care = Chips([(str(level), str(level)) for level in range(_MOST_CARE + 1)])
        self.institution = Chips([("0", tr("住在家里")), ("1", tr("住在机构"))])
        self.categories = Chips(self.presenter.categories(), many=True)
        self.permits = Chips(self.presenter.permits(), many=True)
        self.diet = Chips([(code, words.code_word(code)) for code in words.DIETS], many=True)
        textures = [(code or "usual", words.texture_word(code)) for code in ("", "soft", "minced", "pureed")]
        self.texture = Chips(textures)
        self.allergies = Chips([(code, words.code_word(code)) for code in words.ALLERGIES], many=True)
        self.note = LineField(tr("如 听力不好，大声些"))
        self.photo = PictureField(tr("照片文件；可不填"), QSize(56, 70), pictures.look)
        self.meal_limit, self.day_limit, self.month_limit = (MoneyField(tr("不限")) for _ in range(3))

    def _rows(self) -> None:
        self.beside(
            ("name", tr("姓名"), self.name),
            ("initials", tr("首字母（多音字请改）"), self.initials),
            ("id_number", tr("身份证号"), self.id_number),
            ("born", tr("出生日期"), self.born),
        )
        contact = (
            ("contact_name", tr("紧急联系人"), self.contact_name),
            ("contact_phone", tr("联系人电话"), self.contact_phone),
        )
        if self.known:
            self.card.hide()
            self.beside(("phone", tr("手机"), self.phone), *contact)
        else:
            self.beside(("phone", tr("手机"), self.phone), ("card", tr("卡"), self.card), *contact)
        self.beside(("address", tr("住址"), self.address), ("note", tr("备注"), self.note))
        self.beside(
            ("hukou", tr("户籍"), _in_a_row(self.hukou)),
            ("residence", tr("居住地"), _in_a_row(self.residence)),
        )
        self.beside(("diet", tr("饮食"), self.diet), ("allergies", tr("过敏（忌口）"), self.allergies))
        self.beside(
            ("texture", tr("软硬"), self.texture),
            ("care", tr("照护等级"), self.care),
            ("institution", tr("住在哪里"), self.institution),
        )
        if self.known:
            self.beside(
                ("meal_limit", tr("每餐最多用卡（元）"), self.meal_limit),
                ("day_limit", tr("每天最多用卡（元）"), self.day_limit),
                ("month_limit", tr("每月最多用卡（元）"), self.month_limit),
            )
        else:
            self.beside(("categories", tr("类别"), self.categories), ("permits", tr("证件"), self.permits))
        self.add("photo", tr("照片"), self.photo)

    def _lines(self) -> tuple[LineField, ...]:
        card = () if self.known else (self.card,)
        contact = (self.contact_name, self.contact_phone, self.address, self.note)
        return (self.name, self.initials, self.id_number, self.born, self.phone, *card, *contact,
                *self.hukou, *self.residence)  # fmt: skip

    def _fill(self) -> None:
        home = self.presenter.home()
        if not self.known:
            self._put_place(self.residence, Place(home.city, home.district, ""))
            self.care.set_value("0")
            self.institution.set_value("0")
            self.texture.set_value("usual")
            return
        before = self.presenter.before()
        story = self.presenter.story()
        for field, text in (
            (self.name, before.name),
            (self.initials, before.initials),
            (self.phone, before.phone),
            (self.address, before.address),
            (self.contact_name, before.contact_name),
            (self.contact_phone, before.contact_phone),
            (self.note, before.note),
            (self.born, before.birth_date.isoformat() if before.birth_date else ""),
        ):
            field.setText(text or "")
        if story.id_number:
            self.id_number.setPlaceholderText(story.id_number)
            self.boxes["id_number"].note(tr("已存；不改就留空。"))
        self._put_place(self.hukou, before.hukou or Place())
        self._put_place(self.residence, before.residence or Place())
        self.care.set_value(str(before.care_level or 0))
        self.institution.set_value("1" if before.in_institution else "0")
        self.texture.set_value(before.texture or "usual")
        for chips, usual, codes in (
            (self.diet, words.DIETS, before.diet or ()),
            (self.allergies, words.ALLERGIES, before.allergies or ()),
        ):
            chips.set_choices([(code, words.code_word(code)) for code in dict.fromkeys((*usual, *codes))])
            chips.set_values(codes)
        self.meal_limit.set_fen(before.meal_limit_fen)
        self.day_limit.set_fen(before.day_limit_fen)
        self.month_limit.set_fen(before.month_limit_fen)
        self._own_initials = self.initials.text() != self.presenter.initials(self.name.text())
        self.photo.show_kept(pictures.read(self.presenter.desk, story.photo))

    @staticmethod
    def _put_place(fields: list[LineField], place: Place) -> None:
        for field, name in zip(fields, (place.city, place.district, place.town), strict=True):
            field.setText(name)

    # -- while typing ------------------------------------------------------------------------------------

    def _read_name(self, name: str) -> None:
        if not self._own_initials:
            self.initials.setText(self.presenter.initials(name))

    def _by_hand(self, text: str) -> None:
        self._own_initials = bool(text.strip())

    def _read_id(self, text: str) -> None:
        note, problem = self.presenter.id_note(text)
        box = self.boxes["id_number"]
        box.note(note)
        box.say(problem)
        if note:
            self.born.setText(self.presenter.born_of(text))


def _in_a_row(fields: list[LineField]) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for field in fields:
        row.addWidget(field)
    holder.setFocusProxy(fields[0])
    return holder
