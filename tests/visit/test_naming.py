"""Who goes: one person for each engineer of a place, nobody of another province, and rows that disagree are said."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.places import Severity
from aftersales_cli.records.columns import Broken, Source
from aftersales_cli.records.engineers import Engineer
from aftersales_cli.visit.earlier import labels_now
from aftersales_cli.visit.naming import Role, Staff
from tests.visit.plans import book, customer, planned, staff

HEADINGS = {
    "visits_per_week": ("F", "每周走访数"),
    "phone": ("D", "联系电话"),
    "email": ("E", "联系邮箱"),
    "name": ("A", "姓名"),
}


def engineer(
    row: int, name: str = "示例甲", province: str = "广东", city: str | None = "深圳", **cells: object
) -> Engineer:
    """A row of engineers.xlsx."""
    source = Source("engineers.xlsx", "客户工程师", row, None, HEADINGS)
    return Engineer(name=name, province=province, city=city, source=source, **cells)  # type: ignore[arg-type]


def test_of_two_rows_of_one_engineer_the_smaller_number_counts_whichever_stands_first() -> None:
    few, many = engineer(2, visits_per_week=2), engineer(3, visits_per_week=6)
    for rows in ((few, many), (many, few)):
        found = staff(*rows)
        assert [(person.label, person.capacity) for person in found.people] == [("示例甲", 2)]


def test_two_rows_that_differ_are_said_with_both_cells() -> None:
    found = staff(engineer(2, visits_per_week=2), engineer(3, visits_per_week=6, city="深圳市"))
    (problem,) = found.problems
    assert str(problem.place) == "engineers.xlsx › 客户工程师 › F3 (每周走访数)"
    assert str(problem.message) == (
        "示例甲 at 深圳市: 6 visits a week here, 2 in engineers.xlsx › 客户工程师 › F2; the smaller number counts"
    )
    assert (problem.severity, problem.held) == (Severity.CAUTION, ())


def test_an_empty_cell_counts_as_the_book_s_number() -> None:
    """PLN-3 has 5."""
    found = staff(engineer(2), engineer(3, visits_per_week=5), engineer(4, visits_per_week=6))
    assert [str(problem.place) for problem in found.problems] == ["engineers.xlsx › 客户工程师 › F4 (每周走访数)"]
    assert [person.capacity for person in found.people] == [5]


@pytest.mark.parametrize(
    ("one", "other", "labels", "cells"),
    [
        pytest.param(
            {"email": ("a@carrier.example",)}, {"email": ("b@carrier.example",)},
            ["示例甲（深圳 a）", "示例甲（深圳 b）"], ("E", "b@carrier.example", "a@carrier.example"),
            id="two addresses",
        ),
        pytest.param(
            {"phone": "11100000001"}, {"phone": "11100000002"},
            ["示例甲（深圳 11100000001）", "示例甲（深圳 11100000002）"], ("D", "11100000002", "11100000001"),
            id="two phones",
        ),
        pytest.param(
            {"email": ("a@here.example",)}, {"email": ("a@there.example",)},
            ["示例甲（广东深圳 a@here.example）", "示例甲（广东深圳 a@there.example）"],
            ("E", "a@there.example", "a@here.example"), id="addresses that begin alike",
        ),
    ],
)  # fmt: skip
def test_whom_address_or_phone_tells_apart_are_two_people_and_both_cells_are_said(
    one: dict[str, Any], other: dict[str, Any], labels: list[str], cells: tuple[str, str, str]
) -> None:
    found = staff(engineer(2, **one), engineer(3, city="深圳市", **other))
    assert [person.label.replace("深圳市", "深圳") for person in found.people] == labels
    (problem,) = found.problems
    column, ours, theirs = cells
    assert str(problem.message) == (
        f"示例甲 at 深圳市: {ours} here, {theirs} in engineers.xlsx › 客户工程师 › {column}2; "
        "they are planned as two people"
    )
    assert (str(problem.place).startswith(f"engineers.xlsx › 客户工程师 › {column}3"), problem.held) == (True, ())


def test_namesakes_keep_their_labels_whatever_the_order_of_the_rows() -> None:
    rows = [engineer(2, email=("a@c.example",)), engineer(3, email=("b@c.example",)), engineer(4, visits_per_week=1)]
    found = [sorted(person.label for person in staff(*order).people) for order in permutations(rows)]
    assert found == [["示例甲（深圳 a）", "示例甲（深圳 b）"]] * 6


@given(
    st.lists(
        st.fixed_dictionaries({
            "name": st.sampled_from(["示例甲", "示例乙", "示例甲（深圳）"]),
            "province": st.sampled_from(["广东", "江苏", "某地"]),
            "city": st.sampled_from([None, "深圳", "深圳市", "广东深圳"]),
            "email": st.sampled_from([(), ("a@here.example",), ("a@there.example",), ("b@here.example",)]),
            "phone": st.sampled_from([None, "11100000001", "11100000002"]),
        }),
        max_size=6,
    )
)  # fmt: skip
def test_no_two_engineers_have_one_label(rows: list[dict[str, Any]]) -> None:
    labels = [person.label for person in staff(*(engineer(n, **cells) for n, cells in enumerate(rows, 2))).people]
    assert len(labels) == len(set(labels))


def test_the_chief_s_address_tells_which_of_two_is_meant() -> None:
    rows = engineer(2, email=("a@c.example",)), engineer(3, email=("b@c.example",))
    here = customer("K1", headquarters="深圳", chief_engineer="示例甲", chief_engineer_email=("B@c.example",))
    (visit,) = planned([here], rows).visits
    assert (visit.by.person.label, visit.by.others) == ("示例甲（深圳 b）", ())


def test_of_two_chiefs_of_one_name_elsewhere_one_goes_whatever_the_order_and_the_other_is_named() -> None:
    """D10: neither is at the customer's place."""
    rows = [engineer(2), engineer(3, province="上海", city=None)]
    here = customer("K1", headquarters="北京", chief_engineer="示例甲")
    for order in (rows, rows[::-1]):
        (visit,) = planned([here], order).visits
        assert (visit.by.person.label, visit.by.others) == ("示例甲（上海）", ("示例甲（深圳）",))


def test_the_chief_of_the_city_is_meant_and_not_one_of_its_province() -> None:
    rows = engineer(2, city="广州"), engineer(3)
    here = customer("K1", headquarters="深圳市南山区", chief_engineer="示例甲")
    (visit,) = planned([here], rows).visits
    assert (visit.by.person.label, visit.by.others) == ("示例甲（深圳）", ())


def broken(row: int, **values: str) -> Broken:
    """A row of engineers.xlsx that could not be read."""
    return Broken(values, {}, Source("engineers.xlsx", "客户工程师", row, None, HEADINGS))


def test_somebody_whose_row_could_not_be_read_is_not_said_to_be_missing() -> None:
    found = Staff((), 5, book().vocabularies["provinces"], [broken(2, name="示例甲", city="深圳")])
    person = found.person("示例甲", "深圳")
    assert (person.listed, person.unread, person.place) == (False, True, "深圳")
    assert found.person("示例乙", "深圳").unread is False


def test_a_row_that_could_not_be_read_may_be_about_the_one_who_is_meant() -> None:
    found = Staff([engineer(2)], 5, book().vocabularies["provinces"], [broken(3, name="示例甲", city="北京")])
    named = found.named(customer("K1", headquarters="北京", chief_engineer="示例甲"))
    assert named is not None
    assert (named.person.label, named.others) == ("示例甲", ("engineers.xlsx › 客户工程师 › row 3",))


def test_a_local_engineer_is_found_by_the_province_of_a_city() -> None:
    """The engineers' table knows of which province the city is, as for what is due."""
    here = customer("K1", headquarters="深圳", local_engineers=(("广东", "示例乙"),))
    (visit,) = planned([here], [engineer(2), engineer(3, "示例乙")]).visits
    assert (visit.by.role, visit.by.person.label) == (Role.LOCAL, "示例乙")


def test_nobody_goes_from_海南_to_海南州_of_青海() -> None:
    here = customer("K1", headquarters="青海海南州", chief_engineer=None)
    plan = planned([here], [engineer(2, "示例乙", "海南", None), engineer(3, "示例丙", "青海", "西宁")])
    assert {visit.by.person.label for visit in plan.visits} == {"示例丙"}


@pytest.mark.parametrize(
    "second",
    [
        pytest.param({}, id="the same cells"),
        pytest.param({"email": ("A@carrier.example",)}, id="an address in capitals"),
        pytest.param({"phone": "11100000000"}, id="what no plan asks for"),
    ],
)
def test_rows_that_say_the_same_are_one(second: dict[str, object]) -> None:
    first = engineer(2, email=("a@carrier.example",))
    found = staff(first, replace(first, source=engineer(3).source, **second))  # type: ignore[arg-type]
    assert (len(list(found.people)), found.problems) == (1, ())


def test_one_name_at_two_places_is_two_people() -> None:
    found = staff(engineer(2), engineer(3, province="上海", city=None), engineer(4, province="湖南"))
    assert [person.label for person in found.people] == ["示例甲（广东深圳）", "示例甲（上海）", "示例甲（湖南深圳）"]
    assert found.problems == ()


def test_nobody_of_another_province_goes_though_the_city_is_called_the_same() -> None:
    """朝阳 is a city of 辽宁 and a district of 北京."""
    here = customer("K1", headquarters="北京市朝阳区", chief_engineer=None)
    plan = planned([here], [engineer(2, "示例乙", "辽宁", "朝阳")])
    assert [str(one.because) for one in plan.unplaced] == ["there is no engineer at 北京市朝阳区"]
    plan = planned([here], [engineer(2, "示例乙", "辽宁", "朝阳"), engineer(3, "示例丙", "北京", "朝阳")])
    assert {visit.by.person.label for visit in plan.visits} == {"示例丙"}


def test_a_local_engineer_is_not_the_one_of_the_same_name_in_another_province() -> None:
    here = customer("K1", headquarters="北京", local_engineers=(("北京", "示例乙"),))
    (visit,) = planned([here], [engineer(2, "示例乙", "辽宁", "朝阳", visits_per_week=1)]).visits
    assert (visit.by.role, visit.by.person.label, visit.by.person.listed) == (Role.LOCAL, "示例乙（北京）", False)


def test_a_chief_engineer_may_be_of_another_province() -> None:
    here = customer("K1", headquarters="北京", chief_engineer="示例乙")
    (visit,) = planned([here], [engineer(2, "示例乙", "辽宁", "朝阳")]).visits
    assert (visit.by.role, visit.by.person.listed) == (Role.CHIEF, True)


def test_a_phone_is_the_same_number_however_it_is_grouped() -> None:
    found = staff(engineer(2, phone="13900000000"), engineer(3, phone="139 0000-0000"))
    assert [person.label for person in found.people] == ["示例甲"]
    assert found.problems == ()


@pytest.mark.parametrize("written", ["示例甲（深圳）", "示例甲(深圳)", "示例甲 (深圳市)", "示例甲（广东深圳）"])
def test_a_label_may_be_written_with_any_brackets_and_by_any_of_its_spellings(written: str) -> None:
    found = staff(engineer(2), engineer(3, city="广州"))
    named = found.named(customer("K1", chief_engineer=written))
    assert named is not None
    assert (named.person.label, named.person.listed, named.others) == ("示例甲（深圳）", True, ())


def test_the_label_of_a_namesake_who_left_is_nobody_else_s() -> None:
    found = staff(engineer(2))
    assert found.called("示例甲（深圳）", "上海") == [found.person("示例甲", "上海")]
    assert found.called("示例甲（广州）", "上海") == []


def test_a_label_of_the_plan_before_is_one_person_whom_most_places_tell() -> None:
    """示例甲 of 深圳 went to 广州 once; the namesake of 广州 is new."""
    found = staff(engineer(2), engineer(3, city="广州"))
    written = [("示例甲", "深圳"), ("示例甲", "深圳"), ("示例甲", "广州"), ("示例乙", "深圳")]
    assert labels_now(written, found) == {"示例甲": "示例甲（深圳）"}
    assert labels_now(written[1:3], found) == {}
