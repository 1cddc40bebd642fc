"""The list of all keys, grouped by when they are used. No Qt."""

from canteen_pos.i18n import tr

Group = tuple[str, tuple[tuple[str, str], ...]]


def groups() -> tuple[Group, ...]:
    """(heading, ((key, what it does), ...)) in the order in which a sale needs them."""
    return (
        (
            tr("点菜"),
            (
                (tr("字母、数字"), tr("按拼音首字母或编号找菜：hsr 是红烧肉")),
                ("Enter", tr("加入找到的菜；没有输入且已认人时，按主要方式收款")),
                (tr("3*"), tr("份数：先数字，后星号")),
                (tr("空格"), tr("加入置顶的套餐")),
                ("↑ ↓", tr("选中上一行、下一行")),
                ("Del", tr("删行（记入日志）")),
                ("F5", tr("半份、整份")),
                ("F7", tr("堂食、打包、送餐")),
            ),
        ),
        (
            tr("认人"),
            (
                (tr("扫码或刷卡"), tr("随时都可以，不用先点哪里")),
                (tr("手机尾号、姓名首字母"), tr("在输入框里找人")),
                ("Esc", tr("换人；关闭右边的页")),
                ("F6", tr("为什么是这个价")),
                ("Ctrl N", tr("登记新人")),
            ),
        ),
        (
            tr("收款"),
            (
                ("Enter", tr("刷卡扣款")),
                ("F2", tr("现金")),
                ("F3", tr("扫码")),
                ("F4", tr("餐券和其他")),
                ("Ctrl T", tr("充值")),
            ),
        ),
        (
            tr("单据"),
            (
                ("F8", tr("挂单")),
                ("F9", tr("取单")),
                ("F10", tr("退款")),
                ("F11", tr("最近的单：重打、改收款方式、发票")),
            ),
        ),
        (
            tr("班次和收银台"),
            (
                ("Ctrl S", tr("班次：备用金、放入取出、X 报表、点钱交班")),
                ("Ctrl M", tr("今天的菜：价格、份数、售罄")),
                ("Ctrl O", tr("不收款开钱箱（写原因）")),
                ("Ctrl D", tr("顾客屏")),
                ("Ctrl P", tr("虚拟小票机")),
                ("Ctrl L", tr("锁屏")),
                ("F12", tr("换收银员")),
                ("Ctrl Shift D", tr("浅色、深色")),
                ("F1", tr("全部按键")),
            ),
        ),
    )
