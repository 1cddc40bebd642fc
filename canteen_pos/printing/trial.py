"""The test page: every case that goes wrong on thermal printers, on one slip, each beside what it should look like."""

from datetime import datetime

from canteen_pos.i18n import translator
from canteen_pos.printing.paper import Paper
from canteen_pos.printing.ticket import Cut, Item, Pair, Qr, Rule, Space, Text, Ticket


def trial_page(name: str, paper: Paper, at: datetime, lang: str = "zh") -> Ticket:
    """What to look at: no '?' and no box anywhere, rules exactly as wide as the paper, all four sizes differ."""
    tr = translator(lang)
    figures = "".join(str(place % 10) for place in range(1, paper.columns + 1))
    return Ticket(
        tr("测试页") + " " + name,
        (
            Text(tr("测试页"), "centre", 2, 2),
            Text(name, "centre"),
            Text(at.strftime("%Y-%m-%d %H:%M:%S"), "centre"),
            Rule(),
            Text(figures),
            Pair("columns", str(paper.columns)),
            Pair("encoding", paper.encoding),
            Pair("FS ! / cut / status", " ".join("+" if on else "-" for on in _switches(paper))),
            Rule(),
            Text("¥12.50"),
            Text("￥12.50"),
            Text("，：℃㎏〇"),
            Text("、。《》“”‘’…—·×÷√"),
            Text("①②③ ⅠⅡⅢ αβγ あいう"),
            Text("㳃䶮𬭊𠮷 😀"),
            Rule(),
            Text(tr("普通 Normal 12")),
            Text(tr("加粗 Bold 12"), bold=True),
            Text(tr("倍高 Tall 12"), height=2),
            Text(tr("倍宽 Wide 12"), width=2),
            Text(tr("倍大 Big 12"), width=2, height=2),
            Text(tr("居中"), "centre"),
            Text(tr("靠右"), "right"),
            Rule(),
            Item(tr("品名"), tr("数量"), tr("金额"), bold=True),
            Item("红烧肉", "x2", "36.00"),
            Item("很长很长的菜名：清蒸石斑鱼配广式腊味煲仔饭", "x1", "1288.00", "微辣 不要葱"),
            Item("Fish and chips with mushy peas", "x12", "9.00"),
            Pair(tr("应付"), "¥1333.00", width=2, height=2),
            Rule(),
            Qr("canteen_pos test page"),
            Space(),
            Cut(),
        ),
    )


def _switches(paper: Paper) -> tuple[bool, bool, bool]:
    return paper.fs_size, paper.cut, paper.status
