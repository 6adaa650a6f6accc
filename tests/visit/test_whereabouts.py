"""Places as people write them."""

from __future__ import annotations

import pytest

from aftersales_cli.records.engineers import Engineer
from aftersales_cli.records.vocabulary import Term, Vocabulary
from aftersales_cli.visit.whereabouts import Gazetteer

PROVINCES = Vocabulary("provinces", (Term("北京", ("北京市",)), Term("广东", ("广东省",)), Term("江苏", ("江苏省",))))
ENGINEERS = [
    Engineer(name="示例甲", province="广东", city="深圳"),
    Engineer(name="示例乙", province="江苏", city="苏州市"),
    Engineer(name="示例丙", province="广东", city="两省都有"),
    Engineer(name="示例丁", province="江苏", city="两省都有"),
]
GAZETTEER = Gazetteer.of(PROVINCES, ENGINEERS)


@pytest.mark.parametrize(
    ("written", "province", "inside"),
    [
        pytest.param("广东", "广东", "", id="a province"),
        pytest.param("广东省", "广东", "", id="its full name"),
        pytest.param("广东省深圳市", "广东", "深圳", id="province and city"),
        pytest.param("深圳", "广东", "深圳", id="a city an engineer works in"),
        pytest.param("苏州", "江苏", "苏州", id="a city written with 市 in the table"),
        pytest.param("深圳市南山区", "广东", "深圳南山区", id="a district of a known city"),
        pytest.param("北京市海淀区", "北京", "", id="a province that is one city"),
        pytest.param("拉萨", None, "拉萨", id="a city nobody knows"),
        pytest.param("两省都有", None, "两省都有", id="a city two provinces have"),
    ],
)
def test_whose_province_a_place_is_of(written: str, province: str | None, inside: str) -> None:
    found = GAZETTEER.place(written)
    assert (found.province, found.inside, found.text) == (province, inside, written)


@pytest.mark.parametrize(
    ("here", "there", "within"),
    [
        ("深圳市南山区", "深圳", True),
        ("深圳", "广东", True),
        ("广东", "深圳", False),
        ("苏州", "广东", False),
        ("北京市海淀区", "北京市朝阳区", True),
    ],
)
def test_who_is_in_a_city_is_in_its_province(here: str, there: str, within: bool) -> None:
    assert GAZETTEER.place(here).within(GAZETTEER.place(there)) is within


CITIES = Vocabulary(
    "provinces", (Term("海南", ("海南省",)), Term("青海"), Term("吉林", ("吉林省",)), Term("北京", ("北京市",)))
)
ROWS = [
    Engineer(name="示例甲", province="青海", city="海南州"),
    Engineer(name="示例乙", province="吉林", city="吉林市"),
    Engineer(name="示例丙", province="海南", city="海南海口"),
    Engineer(name="示例丁", province="北京", city="朝阳"),
]


@pytest.mark.parametrize(
    ("written", "province", "inside"),
    [
        pytest.param("海南州共和县", "青海", "海南州共和县", id="a known city that begins as another province does"),
        pytest.param("海南", "海南", "", id="the province"),
        pytest.param("青海海南州", "青海", "海南州", id="with its own province"),
        pytest.param("吉林市", "吉林", "吉林", id="a city called as its province"),
        pytest.param("吉林长春", "吉林", "长春", id="another city of that province"),
        pytest.param("海口", "海南", "海口", id="a city whose row names the province, too"),
        pytest.param("朝阳", "北京", "", id="a district of a province that is one city"),
    ],
)
def test_cities_that_sound_like_provinces(written: str, province: str, inside: str) -> None:
    found = Gazetteer.of(CITIES, ROWS).place(written)
    assert (found.province, found.inside) == (province, inside)


@pytest.mark.parametrize(
    ("row", "province", "inside"),
    [
        pytest.param(ROWS[0], "青海", "海南州", id="a city that begins as another province does"),
        pytest.param(ROWS[1], "吉林", "吉林", id="a city called as its province"),
        pytest.param(ROWS[2], "海南", "海口", id="a city with its province before it"),
        pytest.param(ROWS[3], "北京", "", id="a district"),
        pytest.param(Engineer(name="示例戊", province="青海"), "青海", "", id="a province"),
    ],
)
def test_where_a_row_of_the_table_is(row: Engineer, province: str, inside: str) -> None:
    found = Gazetteer.of(CITIES, ROWS).of_row(row)
    assert (found.province, found.inside) == (province, inside)


def test_a_sentence_names_provinces_and_known_cities() -> None:
    named = GAZETTEER.named_in("请江苏和深圳分公司配合走访")
    assert [(each.province, each.inside) for each in named] == [("江苏", ""), ("广东", "深圳")]
