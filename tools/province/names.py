"""Invented places, organisations and people, all put together from parts; no city of these names exists."""

from __future__ import annotations

from random import Random

CITIES = ("澄川", "岚浦", "栖江", "霁州", "汐阳", "沐陵", "棠湾", "鹭泽", "翎安", "溯河", "黛坪", "珀城")
"""The cities of the province, around a ring."""
BEYOND = ("晗京", "朔岭", "砺海", "蔚津")
"""Cities of other provinces."""
LETTERS = {
    "澄川": "CGC", "岚浦": "LPU", "栖江": "QJG", "霁州": "JZU", "汐阳": "XYG", "沐陵": "MLG", "棠湾": "TWN",
    "鹭泽": "LZE", "翎安": "LAN", "溯河": "SHE", "黛坪": "DPG", "珀城": "POC",
    "晗京": "HJG", "朔岭": "SLG", "砺海": "LHI", "蔚津": "WJN",
}  # fmt: skip
"""Made-up letters of the cities, as circuits to other countries are named."""
DISTRICTS = ("城东", "城西", "高新区", "老城", "港区")

_FIRST = "鹿云松岫霜竹帆岳苇禾砚星渔柘桐棣"
_SECOND = "鸣舟照屿原澜霁驰麓衡棠渡"
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
_GIVEN = "一乔可宁安舟冉言书远之禾知朗岑又微清望初"
TRADES = {
    "制造业": ("精密机械有限公司", "仪表制造有限公司", "新材料股份有限公司", "电子有限公司"),
    "交通物流": ("物流有限公司", "港务有限公司", "公路运营有限公司"),
    "信息技术": ("软件有限公司", "数据服务有限公司", "云计算有限公司"),
    "批发零售": ("商贸有限公司", "连锁超市有限公司", "医药配送有限公司"),
    "能源": ("燃气有限公司", "水电开发有限公司", "新能源有限公司"),
    "金融": ("城郊商业银行", "期货经纪有限公司", "融资租赁有限公司"),
    "文化传媒": ("文化传媒有限公司", "印务有限公司"),
}
"""Industries, and what their companies' names end with."""


def company(rng: Random, city: str, industry: str) -> str:
    """A company of an industry."""
    return f"{city}{rng.choice(_FIRST)}{rng.choice(_SECOND)}{rng.choice(TRADES[industry])}"


def public_body(city: str, number: int) -> tuple[str, str]:
    """A public body of a city and its industry; another for each number from 0 to 11."""
    kinds = (
        ("政府", "市政务服务数据中心"), ("政府", "市应急指挥中心"), ("政府", "市社会保险服务中心"),
        ("政府", "市不动产登记中心"),
        ("医疗", "市第一人民医院"), ("医疗", "市第二人民医院"), ("医疗", "市中心血站"), ("医疗", "市急救中心"),
        ("教育", "职业技术学院"), ("教育", "市第一中学"), ("教育", "市招生考试中心"), ("教育", "师范学院"),
    )  # fmt: skip
    industry, name = kinds[number % len(kinds)]
    return f"{city}{name}", industry


def person(rng: Random) -> str:
    """A name of two or three characters."""
    return rng.choice(_SURNAMES) + "".join(rng.sample(_GIVEN, rng.choice((1, 2, 2))))


def mobile(rng: Random) -> str:
    """A number of a range that no mobile network has (111)."""
    return f"111{rng.randrange(10**8):08}"


def landline(rng: Random) -> str:
    """A number of an area code that there is not (0000)."""
    return f"0000-{rng.randrange(8_000_000, 9_000_000)}"
