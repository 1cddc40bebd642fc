"""Paper: what is refused about printers and jobs, and what ails a printer, in a word for the till's bar."""

PRINTERS: dict[str, tuple[str, str]] = {
    "print.kind_unknown": ("没有“{kind}”这种单据。", "There is no paper of the kind '{kind}'."),
    "print.not_asking": ("这张小票不再等人处理。", "This paper no longer waits for anybody."),
    "printer.name_empty": ("请给打印机起个名字。", "Give the printer a name."),
    "printer.name_taken": ("已经有一台打印机叫“{name}”。", "Another printer is called '{name}'."),
    "printer.none": ("这个收银台还没有打印机。", "This till has no printer yet."),
    "printer.transport": (
        "“{why}”不是打印机的位置。请写网络地址（192.168.1.50）、usb:0416:5011、COM3、/dev/usb/lp0 或 queue:名称。",
        "'{why}' is no printer's place. Write an address (192.168.1.50), usb:0416:5011, COM3, /dev/usb/lp0, queue:NAME.",
    ),
    "printer.unknown": ("没有这台打印机。", "There is no such printer."),
}

TROUBLES: dict[str, tuple[str, str]] = {
    "paper_out": ("缺纸", "no paper"),
    "cover_open": ("盖子开着", "cover open"),
    "printer_error": ("故障", "fault"),
    "offline": ("脱机", "offline"),
    "no_answer": ("没有回应", "no answer"),
    "no_confirmation": ("没有确认", "not confirmed"),
    "interrupted": ("中断过", "interrupted"),
    "unreachable": ("连不上", "unreachable"),
    "refused": ("拒绝连接", "refused"),
    "broken_off": ("连接断了", "broken off"),
    "no_device": ("没有接上", "not connected"),
    "document.unknown": ("找不到单据", "no such document"),
    "print.bug": ("程序出错", "program error"),
    "print.kind_unknown": ("没有这种单据", "no such paper"),
    "printer.transport": ("连接方式不对", "wrong address"),
    "no_queue": ("没有这个队列", "no such queue"),
    "asking": ("有 {count} 张待处理", "{count} to decide"),
}
"""Reason code of a printer's health -> one or two words."""


def trouble(code: str, lang: str, **facts: object) -> str:
    """The word for a printer's reason; '' when nothing ails it, the code itself when nobody gave it words."""
    if not code:
        return ""
    texts = TROUBLES.get(code)
    return texts[lang == "en"].format(**facts) if texts else code
