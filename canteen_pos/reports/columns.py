"""The columns of the founding workbook and the words that may stand in them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """`note_zh` and `note_en` are shown at the heading's corner."""

    key: str
    zh: str
    en: str
    note_zh: str
    note_en: str
    width: int = 12
    required: bool = False
    money: bool = False

    def heading(self, lang: str) -> str:
        return (self.zh if lang == "zh" else self.en) + ("*" if self.required else "")

    def note(self, lang: str) -> str:
        return self.note_zh if lang == "zh" else self.note_en


@dataclass(frozen=True, slots=True)
class Sheet:
    zh: str
    en: str
    columns: tuple[Column, ...]
    examples: tuple[tuple[str | float, ...], ...]

    def title(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


KINDS = {"套餐": "set", "单品": "dish", "菜品": "dish", "称重": "weighed"}
PERIODS = {"早餐": "breakfast", "午餐": "lunch", "晚餐": "dinner"}
CATEGORIES = {
    "低保": "dibao",
    "特困": "tekun",
    "失独": "shidu",
    "独居": "dujv",
    "失能": "shineng",
    "残疾": "canji",
    "低保边缘": "dibao_edge",
}
PERMITS = {
    "志愿者证": "volunteer",
    "志愿者": "volunteer",
    "环卫工作证": "sanitation",
    "环卫": "sanitation",
    "老年证": "elder_card",
    "优待证": "elder_card",
}
DIETS = {
    "低盐": "low_salt",
    "低糖": "low_sugar",
    "低脂": "low_fat",
    "软食": "soft_food",
    "忌辣": "no_spicy",
    "忌花生": "no_peanut",
    "忌蛋": "no_egg",
    "忌鱼": "no_fish",
    "忌虾蟹": "no_shrimp",
    "忌奶": "no_milk",
    "忌豆": "no_soy",
    "忌麸质": "no_gluten",
    "忌牛肉": "no_beef",
    "清真": "halal",
    "素食": "vegetarian",
}
TEXTURES = {"软": "soft", "软烂": "soft", "切碎": "minced", "糊状": "pureed"}
TAGS = {
    "低盐": "low_salt",
    "低糖": "low_sugar",
    "软烂": "soft",
    "辣": "spicy",
    "咸": "salty",
    "甜": "sweet",
    "油腻": "fatty",
    "硬": "hard",
    "素": "veg",
    "清真": "halal",
    "预包装": "packaged",
    "猪肉": "pork",
    "牛肉": "beef",
    "鸡肉": "chicken",
    "鸭肉": "duck",
    "鱼": "fish",
    "虾": "shrimp",
    "花生": "peanut",
    "蛋": "egg",
    "奶": "milk",
    "大豆": "soy",
    "麸质": "gluten",
    "芝麻": "sesame",
}

MENU = Sheet(
    "菜单",
    "Menu",
    (
        Column(
            "code", "编号", "Code", "收银时可键入，全店唯一", "Typed at the till; unique", 8, required=True
        ),
        Column("name", "名称", "Name", "小票上的名称", "As printed", 18, required=True),
        Column(
            "category", "分类", "Category", "如 套餐、荤菜、素菜、主食", "Tab at the till", 10, required=True
        ),
        Column(
            "kind",
            "类型",
            "Kind",
            "套餐、单品 或 称重",
            "套餐 set, 单品 dish or 称重 weighed",
            8,
            required=True,
        ),
        Column(
            "price",
            "价格（元）",
            "Price (yuan)",
            "称重菜填每多少克的价格",
            "Weighed: price for so many grams",
            10,
            True,
            True,
        ),
        Column(
            "half", "半份价（元）", "Half price (yuan)", "不卖半份则留空", "Empty: no halves", 10, money=True
        ),
        Column("per_grams", "每多少克", "Per grams", "只用于称重，如 50", "Weighed only, e.g. 50", 9),
        Column(
            "periods", "餐段", "Periods", "早餐、午餐、晚餐；留空为全部", "早餐 午餐 晚餐; empty: all", 16
        ),
        Column("portions", "每餐份数", "Portions", "留空为不计数", "Empty: not counted", 9),
        Column("made_to_order", "现做", "Made to order", "是：打印后厨单", "是/yes: kitchen ticket", 7),
        Column(
            "open_price",
            "可改价",
            "Open price",
            "是：可输入价格并说明",
            "是/yes: price typed with a reason",
            7,
        ),
        Column(
            "pinned", "置顶", "Pinned", "第一个置顶套餐可用空格键", "Space rings up the first pinned set", 7
        ),
        Column("tags", "标签", "Tags", "、".join(list(TAGS)[:15]), ", ".join(TAGS.values()), 16),
        Column(
            "allergens",
            "过敏原",
            "Allergens",
            "花生、蛋、奶、大豆、麸质、芝麻、鱼、虾",
            "peanut, egg, milk, soy",
            14,
        ),
        Column(
            "choices",
            "套餐选择",
            "Choices",
            "荤菜：红烧肉/鱼香肉丝；汤：紫菜汤",
            "Name：one/other；Next：one",
            40,
        ),
    ),
    (
        (
            "101",
            "长者套餐A",
            "套餐",
            "套餐",
            15.0,
            "",
            "",
            "午餐、晚餐",
            "80",
            "",
            "",
            "是",
            "",
            "",
            "荤菜：红烧肉/鱼香肉丝；汤：紫菜蛋花汤",
        ),
        ("201", "红烧肉", "荤菜", "单品", 12.0, 6.0, "", "午餐", "40", "", "", "", "软烂、猪肉", "大豆", ""),
        ("701", "自选菜", "称重", "称重", 1.8, "", "50", "", "", "", "", "", "", "", ""),
    ),
)
PEOPLE = Sheet(
    "人员",
    "People",
    (
        Column("name", "姓名", "Name", "与证件一致", "As on the ID card", 12, required=True),
        Column("member_no", "会员号", "Member number", "留空则自动编号", "Empty: numbered by itself", 10),
        Column("birth_date", "出生日期", "Birth date", "如 1943-02-11", "e.g. 1943-02-11", 12),
        Column(
            "id_number",
            "身份证号",
            "ID number",
            "核对出生日期，加密保存",
            "Checked against the birth date; kept encrypted",
            22,
        ),
        Column("phone", "手机", "Phone", "用于查找", "To find people by", 14),
        Column("card", "卡号", "Card", "刷卡机读出的号码", "As the reader gives it", 14),
        Column("hukou_city", "户籍市", "Hukou city", "如 成都市", "e.g. 成都市", 10),
        Column("hukou_district", "户籍区", "Hukou district", "如 锦江区", "e.g. 锦江区", 10),
        Column("hukou_town", "户籍街道", "Hukou town", "如 书院街街道", "e.g. 书院街街道", 12),
        Column("residence_city", "居住市", "Residence city", "留空为不知道", "Empty: unknown", 10),
        Column("residence_district", "居住区", "Residence district", "留空为不知道", "Empty: unknown", 10),
        Column("residence_town", "居住街道", "Residence town", "留空为不知道", "Empty: unknown", 12),
        Column(
            "categories",
            "类别",
            "Categories",
            "、".join(CATEGORIES) + "，或规则包里的代码",
            "Codes the packs name",
            14,
        ),
        Column(
            "permits",
            "证件",
            "Permits",
            "、".join(PERMITS) + "，或规则包里的代码",
            "Codes the packs name",
            12,
        ),
        Column("care_level", "照护等级", "Care level", "0 至 6", "0 to 6", 9),
        Column("in_institution", "机构养老", "In institution", "是/否", "yes/no", 9),
        Column("diet", "忌口", "Diet", "、".join(DIETS), ", ".join(DIETS.values()), 16),
        Column("texture", "食物质地", "Texture", "、".join(TEXTURES), ", ".join(TEXTURES.values()), 10),
        Column("allergies", "过敏食物", "Allergies", "如 花生、虾", "e.g. peanut, shrimp", 14),
        Column("address", "住址", "Address", "送餐和联系用", "For delivery and visits", 24),
        Column("contact_name", "紧急联系人", "Emergency contact", "家属或邻居", "Family or neighbour", 12),
        Column("contact_phone", "紧急联系电话", "Emergency phone", "手机或座机", "Mobile or landline", 14),
        Column("note", "备注", "Note", "自己看的话", "For yourselves", 20),
        Column(
            "balance",
            "余额（元）",
            "Balance (yuan)",
            "开业时带入的储值余额",
            "Stored value brought in",
            10,
            money=True,
        ),
        Column("initials", "首字母", "Initials", "留空则按拼音；多音字请写", "Empty: by pinyin", 9),
    ),
    (
        (
            "王秀兰",
            "",
            "1943-02-11",
            "",
            "13800006612",
            "0412",
            "成都市",
            "锦江区",
            "书院街街道",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "低盐、忌花生",
            "软烂",
            "",
            "粮丰社区6栋2单元301",
            "王芳",
            "13900001234",
            "",
            86.4,
        ),
        (
            "王小林",
            "",
            "2017-05-04",
            "",
            "",
            "1187",
            "成都市",
            "锦江区",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
        ),
    ),
)
