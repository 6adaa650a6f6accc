"""The cutovers that are there for a reason: what goes wrong in a month, and what must be noticed."""

from __future__ import annotations

from tools.province.assurances import CAUTION, FAULT, FORBIDS, UNREADABLE
from tools.province.wishes import EMERGENCY, MOMENTARY, NONE, TEMPORARY, USUAL, Wish, at

TOGETHER = (
    # two units work on both systems of a link in one night; neither knows of the other
    Wish("一条中继；另一单位同夜割接它的保护中继，合起来是中断", at("06-11 00:00"), 6, "光线路保护维护",
         ("trunk", "0", "1"), kind=MOMENTARY),
    Wish("保护中继，申报不中断；与同夜的另一项合起来是中断", at("06-11 02:00"), 3, "故障隐患处理",
         ("trunk", "0", "2"), kind=NONE, published="未发布"),
    # the same over a long way: a cable in the north, a trunk in the south
    Wish("一干光缆北线；同夜南线中继也在割接，合起来是中断", at("06-16 23:00"), 6, "外力施工",
         ("cable", "2", "1"), minutes=240, scope="JT"),
    Wish("一干南线中继，申报瞬断；与北线光缆合起来是中断", at("06-17 01:00"), 4, "系统优化升级",
         ("long", "2", "2"), kind=MOMENTARY, scope="JT"),
    # and within a city: the device of one building while a cable of the other is moved
    Wish("枢纽楼设备升级，涉及电路最多", at("06-13 00:00"), 5, "系统优化升级", ("device", "4", "1"), kind=MOMENTARY),
    Wish("同一城市的另一条路由同夜搬迁", at("06-13 01:00"), 5, "机房搬迁", ("second", "4"), minutes=120),
)  # fmt: skip
"""Pairs that do together what neither does alone."""

ASSURED = (
    Wish("落在特级重保期内，须停止", at("06-11 00:00"), 6, "机房整治", (FORBIDS, "0")),
    Wish("落在二级重保期内，须停止", at("06-16 00:00"), 4, "系统优化升级", (FORBIDS, "1"), minutes=60),
    Wish("临时割接遇一级重保，按故障处理", at("06-05 23:00"), 3, "故障隐患处理", (FAULT, "0"), TEMPORARY, minutes=15,
         published=USUAL),
    Wish("遇三级重保，提示后照常", at("06-12 00:00"), 4, "光线路保护维护", (CAUTION, "0"), kind=MOMENTARY),
    Wish("所遇重保的级别写错，须人工判断", at("06-12 01:00"), 4, "系统还原", (UNREADABLE, "0")),
)  # fmt: skip
"""Work that meets key protection: forbidden, handled as a fault, only said, not known."""

WRONG = (
    Wish("割接时间写成6月31日", at("06-30 23:00"), 3, "外力施工", ("along", "2"), spoilt="2026.6.31 23:00-次日02:00",
         book="backbone"),
    Wish("割接原因不在分类表内", at("06-12 00:00"), 6, "网络扩容", ("along", "3")),
    Wish("电路与客户名称对不上：两个客户一字之差", at("06-14 00:00"), 6, "电路还原", ("twins",), book="plan"),
    Wish("有一条电路查不到客户", at("06-15 00:00"), 5, "机房整治", ("nobody",)),
    Wish("有一条电路的客户编码已不在客户表中", at("06-18 00:00"), 5, "故障隐患处理", ("unknown",)),
    Wish("有三个客户没有任何联系方式", at("06-16 00:00"), 6, "机房搬迁", ("unreachable",), minutes=90),
    Wish("割接资源不在路由表中", at("06-17 00:00"), 6, "光线路保护维护", ("missing",), TEMPORARY, kind=MOMENTARY),
    Wish("申报中断比割接时间还长", at("06-13 00:00"), 6, "故障隐患处理", ("along", "2"), minutes=420),
    Wish("任务号的省份字母与割接省不符", at("06-16 00:00"), 4, "其它运营商割接", ("along", "2"), province="四川",
         letters="CQ", scope="JT"),
    Wish("任务号是计划，类别是临时", at("06-12 22:00"), 2, "为联通引接", ("along", "1"), TEMPORARY, sort="JH"),
)  # fmt: skip
"""What somebody mistyped, or no table knows."""

UNTIMELY = (
    Wish("尚未发布，今天发布也不足六个工作日", at("06-09 00:00"), 6, "光线路保护维护", ("along", "3"),
         filed=at("05-29 16:20"), published="未发布"),
    Wish("发布晚了", at("06-05 00:00"), 4, "机房整治", ("along", "2"), filed=at("05-28 09:00"),
         published=at("05-29 17:40")),
    Wish("未填报，尚未实施", at("06-12 00:00"), 5, "系统还原", ("along", "2"), filed="未填报"),
    Wish("未填报就实施了", at("06-01 00:00"), 4, "电路还原", ("along", "2"), filed="未填报"),
    Wish("临时割接，不足七十二小时", at("06-03 23:00"), 3, "外力施工", ("along", "3"), TEMPORARY,
         filed=at("06-01 08:20")),
    Wish("紧急割接，今夜实施", at("06-02 00:00"), 6, "自然灾害", ("access",), EMERGENCY, minutes=120,
         filed=at("06-01 07:50")),
)  # fmt: skip
"""Filed or published late, or not at all."""

COURSE = (
    Wish("紧急割接，正在实施", at("06-01 08:00"), 4, "自然灾害", ("along", "4"), EMERGENCY, minutes=180,
         filed=at("06-01 07:30"), published=at("06-01 07:45"), actual=(at("06-01 08:10"), None)),
    Wish("昨夜已完成", at("05-31 23:00"), 6, "机房整治", ("along", "3"), published=USUAL,
         actual=(at("05-31 23:05"), at("06-01 03:40")), status="完成"),
    Wish("今晨已实施，尚无实际时间", at("06-01 01:00"), 5, "光线路保护维护", ("port",), kind=MOMENTARY,
         published=USUAL),
    Wish("通知之前就取消了", at("06-12 00:00"), 6, "机房搬迁", ("along", "4"), minutes=200, status="取消"),
    Wish("改期，行内已是新时间", at("06-18 00:00"), 6, "系统优化升级", ("along", "3"), status="改期"),
    Wish("申报不中断，免通知", at("06-17 00:00"), 4, "系统还原", ("along", "3"), kind=NONE),
    Wish("割接省为国际公司", at("06-16 00:00"), 5, "其他运营商割接", ("along", "2"), province="国际公司", scope="JT",
         letters="GZ", published=USUAL),
)  # fmt: skip
"""Begun, done, cancelled, moved, harmless, and abroad."""

STORIES = (*TOGETHER, *ASSURED, *WRONG, *UNTIMELY, *COURSE)
"""Every task that an ordinary draw would not make; the rest of the sixty are ordinary nights."""
