"""The list of all keys: the till's own, and the window's. No Qt."""

from collections.abc import Sequence

from canteen_pos.i18n import tr

Keys = tuple[tuple[str, str], ...]


def window_keys() -> Keys:
    """Keys that work everywhere."""
    return (
        (tr("扫码或刷卡"), tr("随时都可以，不用先点哪里")),
        ("Esc", tr("关闭右边的页")),
        ("Ctrl L", tr("锁屏")),
        ("Ctrl Shift L", tr("换收银员")),
        ("Ctrl F12", tr("管理后台（经理）")),
        ("Ctrl Shift M", tr("今天的菜：价格、份数、售罄")),
        ("Ctrl Shift C", tr("顾客屏")),
        ("Ctrl Shift P", tr("虚拟小票机")),
        ("Ctrl Shift R", tr("小票机：再打、不打、测试页")),
        ("Ctrl Shift N", tr("浅色、深色")),
    )


def columns(till: object) -> tuple[tuple[str, Keys], ...]:
    """(heading, keys) to show side by side; `till` is the till's own list as it hands it over."""
    own: list[tuple[str, str]] = []
    if isinstance(till, Sequence):
        own = [(str(pair[0]), str(pair[1])) for pair in till]
    everywhere = window_keys()
    known = {key for key, _ in everywhere}
    own = [pair for pair in own if pair[0] not in known]
    half = (len(own) + len(everywhere) + 1) // 2 + 1
    return (
        (tr("收银"), tuple(own[:half])),
        ("", tuple(own[half:])),
        (tr("处处可用"), everywhere),
    )
