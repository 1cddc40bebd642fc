"""Characters for pinyin letters, so that a name can be written where there is no keyboard: 'wang' -> 王 汪 网 …

Not an input method: one character at a time, of the 6,763 of GB 2312, those of names and addresses first.
"""

from collections import defaultdict
from functools import lru_cache
from unicodedata import normalize

_FREQUENT = (
    # surnames by how many bear them
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾萧肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊"
    "白孟秦邱侯江尹薛闫雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申殷詹欧耿关兰焦俞左柳甘祝包宁尚符"
    "舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时阳阎穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席"
    # what people are called
    "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉红梅建国志芝淑珍珠凤琴云莲清春秋菊香月仙素贞琼碧蓉群德福贵发财祥瑞荣昌忠义仁礼信诚孝良善美好"
    "新东南西北中天地山水川河海江湖波浩宇轩泽梓涵子怡欣佳思雨诗琪雪晨博文睿俊豪嘉晓小大光辉亮星辰斌彬鹏飞翔龙虎凯旋雄胜利民生长青松柏林森树根全永远"
    "世家宝庆喜乐康健安宁顺和心悦慧智聪颖学礼开富友道兴旺元亨启正先达才贤士卫兵爱党跃进援朝解放援越抗美"
    # places and what a canteen writes
    "市区县镇乡村街道路号院楼社区食堂居委会养老服务中心站台收银前后厨出纳经理成都锦江青羊武侯金牛成华书院助餐点店一二三四五六七八九十长者幼儿园学校医院"
    "零钱核对票据按错找多少给退换菜品味咸淡凉热送外卖打包自提上门不在家"
)
_SECOND_READING = 300
"""So many places a character stands behind where it is read otherwise than usual: 家 as 'jie'."""


def candidates(letters: str, most: int = 60) -> tuple[str, ...]:
    """Characters read so, or beginning so; those read exactly so come first. 'v' stands for 'ü'."""
    letters = letters.lower()
    if not letters.isascii() or not letters.isalpha():
        return ()
    known = readings()
    exact = sorted(known.get(letters, ()))
    longer = sorted(one for reading in known if reading.startswith(letters) for one in known[reading])
    return tuple(dict.fromkeys(sign for _, sign in (*exact, *longer)))[:most]


@lru_cache(maxsize=1)
def readings() -> dict[str, tuple[tuple[int, str], ...]]:
    """Reading without tone -> its characters, each after its place."""
    from pypinyin.constants import PINYIN_DICT

    places = {sign: place for place, sign in reversed(tuple(enumerate((*_FREQUENT, *_signs()))))}
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for sign in _signs():
        readings = dict.fromkeys(_plain(one) for one in PINYIN_DICT.get(ord(sign), "").split(","))
        for nth, reading in enumerate(readings):
            found[reading][sign] = places[sign] + (_SECOND_READING if nth else 0)
    found.pop("", None)
    return {
        reading: tuple((place, sign) for sign, place in signs.items()) for reading, signs in found.items()
    }


def _signs() -> tuple[str, ...]:
    """GB 2312: the 3,755 everyday characters, then the 3,008 rarer ones."""
    rows = range(0xB0, 0xF8)
    every = (bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in range(0xA1, 0xFF))
    return tuple(sign for sign in every if sign)


def _plain(reading: str) -> str:
    """'lǜ' -> 'lv', 'wáng' -> 'wang'."""
    apart = normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in apart if letter.isascii() and letter.isalpha())
