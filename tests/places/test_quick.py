"""Values of `quick` are frozen dataclasses in all but the time they take."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, field, fields, replace

import pytest

from aftersales_cli.places import Known
from aftersales_cli.places.quick import quick


@quick
class Parcel:
    """What is sent."""

    number: str
    weight: int = 1
    notes: list[str] = field(default_factory=list)


def test_it_is_filled_by_position_by_name_and_by_default() -> None:
    parcel = Parcel("A", notes=["fragile"])
    assert (parcel.number, parcel.weight, parcel.notes) == ("A", 1, ["fragile"])
    assert (parcel, repr(parcel)) == (
        Parcel("A", 1, ["fragile"]),
        "Parcel(number='A', weight=1, notes=['fragile'])",
    )


def test_a_default_that_is_made_is_made_anew_for_each() -> None:
    first, second = Parcel("A"), Parcel("B")
    first.notes.append("fragile")
    assert second.notes == []


def test_it_cannot_be_changed_and_takes_nothing_else() -> None:
    parcel = Parcel("A")
    with pytest.raises(FrozenInstanceError):
        parcel.weight = 2  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError)):
        parcel.colour = "red"  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        Parcel()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Parcel("A", colour="red")  # type: ignore[call-arg]


def test_it_can_be_replaced_copied_and_sent_to_another_process() -> None:
    known = Known("weight", 3)
    assert (replace(Parcel("A"), weight=2), [f.name for f in fields(Parcel)]) == (
        Parcel("A", 2),
        ["number", "weight", "notes"],
    )
    assert (copy.copy(known), pickle.loads(pickle.dumps(known))) == (known, known)


def test_equal_ones_are_one_in_a_set() -> None:
    assert {Known("a", 1), Known("a", 1), Known("a", 2)} == {Known("a", 1), Known("a", 2)}


@pytest.mark.parametrize(
    "cls",
    [
        pytest.param(
            type("Late", (), {"__annotations__": {"a": int}, "__post_init__": lambda self: None}), id="with more to do"
        ),
        pytest.param(
            type("Named", (), {"__annotations__": {"a": int}, "a": field(kw_only=True)}), id="with a field by name only"
        ),
        pytest.param(
            type("Own", (), {"__annotations__": {"a": int}, "a": field(init=False)}), id="with a field of its own"
        ),
    ],
)
def test_what_it_cannot_fill_it_refuses(cls: type) -> None:
    with pytest.raises(TypeError, match="is not filled by its fields alone"):
        quick(cls)
