"""Pages about this machine: language, theme, till code; scanner; scale; drawer and the customer's display."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QApplication

from canteen_pos import i18n
from canteen_pos.i18n import tr
from canteen_pos.services import print_queue, print_worker, shifts, weighing
from canteen_pos.services.print_worker import Kicked
from canteen_pos.services.weighing import Reading
from canteen_pos.ui import jobs, theme
from canteen_pos.ui.forms import CountField, LineField
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.scanner_filter import ScannerFilter
from canteen_pos.ui.screens.settings.page import Page
from canteen_pos.ui.screens.settings.presenter import LANGUAGES, SettingsPresenter
from canteen_pos.ui.widgets.labels import Text


class MachinePage(Page):
    """Language, look and code of this till; when a till that nobody touches locks. `spoken` when the language changed."""

    def __init__(self, presenter: SettingsPresenter, spoken: Callable[[], object]) -> None:
        super().__init__(presenter, tr("本机与锁屏"), "both")
        self._spoken = spoken
        self.language = Chips(LANGUAGES)
        self.theme = Chips((("light", tr("浅色")), ("dark", tr("深色"))))
        self.station, self.idle = LineField("T1"), CountField()
        self.add("language", tr("窗口语言"), self.language, tr("这台机器；换了要重新登录"))
        self.add("theme", tr("外观"), self.theme, tr("这台机器；Ctrl Shift N 随时切换"))
        self.add("station", tr("收银台编号"), self.station, tr("这台机器；重新打开程序后生效，单号从它开始"))
        self.add("idle", tr("无人操作几分钟后锁屏"), self.idle, tr("整个食堂；0 不锁"))
        self.walk(self.station, self.idle)
        self.load()

    def first_focus(self) -> LineField:
        return self.station

    @staticmethod
    def summary(presenter: SettingsPresenter) -> str:
        machine, minutes = presenter.machine, presenter.canteen.idle_lock_minutes
        lock = tr("{minutes} 分钟锁屏").format(minutes=minutes) if minutes else tr("不锁屏")
        return f"{machine.station} · {dict(LANGUAGES)[i18n.language()]} · {lock}"

    def load(self) -> None:
        self.language.set_value(i18n.language())
        self.theme.set_value(theme.current().name)
        self.station.setText(self.presenter.machine.station)
        self.idle.setText(str(self.seen().idle_lock_minutes))

    def store(self) -> bool:
        minutes = self.idle.text().strip()
        if not minutes.isdigit():
            self.presenter.problems = {"idle": tr("请写分钟数。")}
            return False
        wanted: theme.ThemeName = "dark" if self.theme.value() == "dark" else "light"
        if not self.presenter.save_machine(
            language=self.language.value(), theme=wanted, station=self.station.text().strip().upper()
        ):
            return False
        if not self.keep(idle_lock_minutes=int(minutes)):
            return False
        application = QApplication.instance()
        if wanted != theme.current().name and isinstance(application, QApplication):
            theme.apply(application, wanted)
        if self.language.value() != i18n.language():
            i18n.set_language(self.language.value())
            self._spoken()
        return True


class ScannerPage(Page):
    """What the scanner was set to send round a code, and a place to try it."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(presenter, tr("扫码枪"), "machine")
        self.prefix, self.suffix, self.gap = LineField(), LineField(), CountField()
        self.beside(("scanner_prefix", tr("前缀"), self.prefix), ("scanner_suffix", tr("后缀"), self.suffix))
        self.add(
            "scanner_gap_ms",
            tr("两个字符最多隔几毫秒"),
            self.gap,
            tr("扫码枪一般 5 到 30；打字快的人 60 以上。扫不出来就加大，打字被当成扫码就减小"),
        )
        self.word(tr("试一试：对着任何一张卡或码扫一下"))
        self.heard = Text(tr("还没有扫到"), "item").wrapped()
        self.put(self.heard)
        self.walk(self.prefix, self.suffix, self.gap)
        self.load()

    @staticmethod
    def summary(presenter: SettingsPresenter) -> str:
        machine = presenter.machine
        words = [word for word in (machine.scanner_prefix, machine.scanner_suffix) if word]
        return tr("前后缀 {words}").format(words=" … ".join(words)) if words else tr("没有前后缀")

    def load(self) -> None:
        machine = self.presenter.machine
        self.prefix.setText(machine.scanner_prefix)
        self.suffix.setText(machine.scanner_suffix)
        self.gap.setText(machine.scanner_gap_ms)

    def scan(self, code: str) -> bool:
        self.heard.setText(tr("✓ 扫到了：{code}（{count} 个字符）").format(code=code, count=len(code)))
        return True

    def store(self) -> bool:
        done = self.presenter.save_machine(
            scanner_prefix=self.prefix.text(),
            scanner_suffix=self.suffix.text(),
            scanner_gap_ms=self.gap.text().strip(),
        )
        if done:
            self._at_once()
        return done

    def _at_once(self) -> None:
        """The scanner that listens now keeps to it from the next scan on."""
        application, machine = QApplication.instance(), self.presenter.machine
        for one in application.findChildren(ScannerFilter) if application is not None else ():
            one.timing = replace(
                one.timing,
                prefix=machine.scanner_prefix,
                suffix=machine.scanner_suffix,
                gap_ms=float(machine.scanner_gap_ms),
            )


class ScalePage(Page):
    """Where the scale is, and what lies on it now."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(presenter, tr("秤"), "machine")
        self.address = LineField("COM3@9600")
        self.add(
            "scale",
            tr("接在哪里"),
            self.address,
            tr("COM3@9600、/dev/ttyUSB0@9600（@后面是波特率）或 192.168.1.60:4001；没有秤就空着"),
        )
        self.row(self.action(tr("称一下"), "F5", self._weigh))
        self.word(tr("认得 ST,GS 一类（A&D、CAS 等）、托利多 MT-SICS、耀华 A9 和 A12、“=”倒序。"))
        self.walk(self.address)
        self.load()

    @staticmethod
    def summary(presenter: SettingsPresenter) -> str:
        return presenter.machine.scale or tr("没有接秤")

    def load(self) -> None:
        self.address.setText(self.presenter.machine.scale)

    def store(self) -> bool:
        address = self.address.text().strip()
        if address and not self.presenter.attempt(lambda: weighing.check_address(address), "scale"):
            return False
        return self.presenter.save_machine(scale=address)

    def _weigh(self) -> None:
        address = self.address.text()
        self.try_out(lambda: weighing.weigh_at(address), self._weighed)

    def _weighed(self, reading: Reading) -> str:
        return tr("秤上是 {grams} 克").format(grams=reading.grams)


class DrawerPage(Page):
    """The cash drawer and the customer's display, each tried by a key."""

    def __init__(self, presenter: SettingsPresenter, show_display: Callable[[], object]) -> None:
        super().__init__(presenter, tr("钱箱与顾客屏"), "machine")
        self._show_display = show_display
        self.put(Text(tr("钱箱接在小票机上，由小票机弹开。试弹也会记进操作记录。"), "body").wrapped())
        self.row(self.action(tr("试弹钱箱"), "F5", self._kick))
        self.put(Text(tr("顾客屏接上第二个屏幕就自己出来；也可以按键打开或收起。"), "body").wrapped())
        self.row(self.action(tr("打开或收起顾客屏"), "F6", self._display))
        self.save_button.hide()

    @staticmethod
    def summary(presenter: SettingsPresenter) -> str:
        receipt = next((one for one in print_queue.status(presenter.desk) if one.role == "receipt"), None)
        return (
            tr("钱箱接在{printer}上").format(printer=receipt.name)
            if receipt
            else tr("没有小票机，弹不了钱箱")
        )

    def _kick(self) -> None:
        desk, actor = self.presenter.desk, self.presenter.actor

        def work() -> Kicked:
            shifts.no_sale(desk, actor, tr("试弹钱箱"))
            return print_worker.open_drawer(desk)

        self.told.emit(tr("正在试…"), "quiet")
        jobs.run(work, self._kicked, self._went_wrong, lane="drawer")

    def _kicked(self, end: Kicked) -> None:
        if end == "opened":
            self._went_well(tr("信号已发出，钱箱应该弹开了；没弹请查小票机到钱箱的线"))
        elif end == "unreachable":
            self._say_wrong(tr("小票机没有回应，钱箱没有弹开：请查小票机的线和电源"))
        else:
            self._say_wrong(tr("没有能弹钱箱的小票机：请先设置小票机"))

    def _display(self) -> None:
        self._show_display()
        self.told.emit(tr("顾客屏已切换"), "good")
