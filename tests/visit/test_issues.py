"""What customers brought up, followed across visits (R38, R41)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.records.values import Action, VisitKind
from aftersales_cli.records.visits import Visit
from aftersales_cli.visit.issues import Told, Wording, due_for_answer, entries_of, told

WORDING = Wording(solved=("已解决", "solved"), still_open=("未", "待", "是否", "unsolved"), for_good=("未再",),
                  nothing=("无",), untold=("没…说", "下次"), no_issue=("无",))  # fmt: skip
FIRST, SECOND, THIRD = (date(2026, month, 10) for month in (1, 2, 3))


def visit(day: date, *issues: str, progress: tuple[str, ...] = (), said: str | None = None,
          actions: tuple[Action, ...] = ()) -> Visit:  # fmt: skip
    return Visit(
        visit_no=f"V{day.month}", customer_code="K1", kind=VisitKind.ROUTINE, date=day, issues=issues,
        progress=progress, previous_issues=said, actions=actions,
    )  # fmt: skip


def follow(*visits: Visit) -> Told:
    return told(visits, WORDING)


def solved(found: Told) -> list[date | None]:
    return [issue.solved_on for issue in found.issues]


@pytest.mark.parametrize(
    ("text", "solved"),
    [
        ("已解决，更换了光模块", True),
        ("未解决", False),
        ("处理中", False),
        ("是否已解决待确认", False),
        ("solved", True),
        ("unsolved", False),
    ],
)
def test_which_words_say_that_it_is_solved(text: str, solved: bool) -> None:
    assert WORDING.is_solved(text) is solved


@pytest.mark.parametrize(
    ("text", "unclear"), [("已当面说明", True), ("未再出现", True), ("未解决", False), ("已解决", False)]
)
def test_what_says_neither_is_unclear(text: str, unclear: bool) -> None:
    assert WORDING.is_unclear(text) is unclear


def test_progress_stands_in_the_order_of_the_issues() -> None:
    """R41."""
    found = follow(visit(FIRST, "抖动", "账单", progress=("处理中", "已解决")))
    assert solved(found) == [None, FIRST]
    assert [issue.reference for issue in found.issues] == ["V1/1", "V1/2"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("抖动：已解决；账单：处理中", [SECOND, None], id="by words of the issue"),
        pytest.param("V1/2：已解决", [None, SECOND], id="by its reference"),
        pytest.param("2：已解决", [None, SECOND], id="by its number at the last visit"),
        pytest.param("已解决；处理中", [SECOND, None], id="in their order"),
        pytest.param("1. 已解决\n2. 处理中", [SECOND, None], id="in their order, numbered"),
        pytest.param("均已解决", [SECOND, SECOND], id="one sentence for all"),
        pytest.param("无", [None, None], id="nothing"),
    ],
)
def test_a_later_visit_tells_what_became_of_them(said: str, expected: list[date | None]) -> None:
    found = follow(visit(FIRST, "电路抖动", "账单不清"), visit(SECOND, said=said))
    assert solved(found) == expected
    assert found.strays == ()


def test_what_no_visit_raised_is_named() -> None:
    found = follow(visit(FIRST, "电路抖动"), visit(SECOND, said="电路抖动：已解决；邮箱：已解决"))
    assert [(stray.text, stray.unknown) for stray in found.strays] == [("邮箱：已解决", True)]


def test_an_answer_where_nothing_was_ever_raised_is_named() -> None:
    (stray,) = follow(visit(FIRST, said="已解决")).strays
    assert (stray.text, stray.unknown) == ("已解决", True)


def test_three_answers_to_two_issues_are_left_to_a_person() -> None:
    found = follow(visit(FIRST, "电路抖动", "账单不清"), visit(SECOND, said="已解决；处理中；已解决"))
    assert [stray.unknown for stray in found.strays] == [False, False, False]
    assert solved(found) == [None, None]


def test_what_comes_up_again_is_open_again() -> None:
    found = follow(visit(FIRST, "抖动"), visit(SECOND, said="抖动：已解决"), visit(THIRD, said="抖动：未解决"))
    assert solved(found) == [None]
    assert [each.text for each in found.issues[0].progress] == ["已解决", "未解决"]


def test_what_has_to_be_explained_are_the_last_visit_s_issues_and_older_open_ones() -> None:
    rows = (visit(FIRST, "甲", "乙", progress=("已解决",)), visit(SECOND, "丙", progress=("已解决",)), visit(THIRD))
    asked = due_for_answer(follow(*rows).issues, rows[2])
    assert [issue.text for issue in asked] == ["乙", "丙"]


def test_a_measure_belongs_to_the_issue_whose_words_it_has() -> None:
    actions = (Action("为新营业点扩容", "示例乙"), Action("备用路由改走东环", "示例甲", THIRD))
    found = follow(visit(FIRST, "备用路由与主用同缆", "大面积中断", actions=actions))
    assert [issue.action.owner if issue.action else None for issue in found.issues] == ["示例甲", None]


def test_a_later_visit_that_speaks_of_an_issue_may_set_its_measure_s_day_anew() -> None:
    """R41: only a measure with the issue's words does; another one leaves the first as it stands."""
    first = (Action("增加备用路由", "示例甲", SECOND),)
    again = (Action("备用路由提前完成", "示例乙", THIRD),)
    found = follow(visit(FIRST, "希望有备用路由", actions=first), visit(SECOND, said="施工中", actions=again))
    other = follow(
        visit(FIRST, "希望有备用路由", actions=first), visit(SECOND, said="施工中", actions=(Action("换光模块"),))
    )
    assert [issue.action for told in (found, other) for issue in told.issues] == [again[0], first[0]]


@given(st.lists(st.lists(st.sampled_from(["甲问题", "乙问题", "丙问题"]), unique=True, max_size=3), max_size=5))
def test_every_issue_of_every_visit_is_followed_once_and_in_order(raised: list[list[str]]) -> None:
    days = [FIRST + timedelta(days=30 * number) for number in range(len(raised))]
    rows = [Visit(visit_no=f"V{n}", customer_code="K1", kind=VisitKind.ROUTINE, date=day, issues=tuple(texts))
            for n, (day, texts) in enumerate(zip(days, raised, strict=True))]  # fmt: skip
    found = told(list(reversed(rows)), WORDING)
    assert [(issue.raised_on, issue.text) for issue in found.issues] == [
        (day, text) for day, texts in zip(days, raised, strict=True) for text in texts
    ]


def test_numbers_before_entries_are_no_part_of_them() -> None:
    assert entries_of("1. 甲；2、乙\n(3) 丙；") == ["甲", "乙", "丙"]
