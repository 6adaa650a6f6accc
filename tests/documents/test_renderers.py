"""E04: what explodes or never ends in a template ends in the child, named; whichever child renders, same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aftersales_cli.documents import templates as rooms
from aftersales_cli.documents.carrying import packed, packed_stop, unpacked, unpacked_stop
from aftersales_cli.documents.order import Document, Mailing, Order
from aftersales_cli.documents.patience import TooLongError, patience
from aftersales_cli.documents.renderers import BATCH, Renderers, RenderingFault
from aftersales_cli.documents.rendering import Room
from aftersales_cli.documents.templates import Templates
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.confined import Confines
from aftersales_cli.library import content
from aftersales_cli.words import Counted, Say
from tests.documents.views import TEXTBOOK, view

ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


@pytest.fixture(scope="module")
def children() -> Iterator[Renderers]:
    with Renderers(Confines(memory=500_000_000, cpu=1, wall=30)) as made:
        yield made


def order(number: int, *names: str) -> Order:
    plain: dict[str, Any] = {"rows": [], "number": number}
    return Order(plain, tuple(Document(f"{number}-{name}", name) for name in names))


def written(folder: Path, **sources: str) -> Path:
    for name, source in sources.items():
        (folder / f"{name}.txt.j2").write_text(source, "utf-8")
    return folder


def test_what_is_made_comes_in_the_order_asked_for(tmp_path: Path, children: Renderers) -> None:
    folder = written(tmp_path, n="{{ number }}")
    asked = [(number, order(number, "n.txt.j2")) for number in range(3 * BATCH + 1)]

    made = [(number, *found.files) for number, found in children.made([folder], asked)]
    assert made == [(number, (f"{number}-n.txt.j2", str(number).encode())) for number in range(3 * BATCH + 1)]


def test_a_child_makes_the_same_bytes_as_this_process(children: Renderers) -> None:
    folder = content("templates")
    documents = [Document(ending, f"cutover/notice.{ending}") for ending in ("xlsx", "html.j2", "txt.j2")]
    asked = Order(view(*TEXTBOOK), tuple(documents))

    twice = [found.files for _, found in children.made([folder], [(1, asked)] * (BATCH + 1))]
    assert {tuple(files) for files in twice} == {tuple(Room((str(folder),)).made(asked)["files"])}


def test_a_template_is_read_anew_for_each_run(tmp_path: Path, children: Renderers) -> None:
    for text in ("one", "two"):
        (found,) = children.made([written(tmp_path, n=text)], [(1, order(1, "n.txt.j2"))])
        assert found[1].files == (("1-n.txt.j2", text.encode()),)


def test_a_stop_arrives_as_it_was_said(tmp_path: Path, children: Renderers) -> None:
    folder = written(tmp_path, n="\n{{ numbr }}")
    with pytest.raises(Stop) as here:
        Templates([folder]).text("n.txt.j2", {"rows": [], "number": 1})
    with pytest.raises(Stop) as there:
        list(children.made([folder], [(1, order(1, "n.txt.j2"))]))

    assert str(there.value) == str(here.value) == f"{folder}/n.txt.j2, line 2: there is no value “numbr”"
    assert str(there.value.hint) == str(here.value.hint) == "did you mean number?"


EXPLODING = [
    pytest.param("{{ 'a' * 500000000 }}", "n.txt.j2, line 1: not allowed", id="a repeated text"),
    pytest.param("{{ 'a'|center(900000000) }}", "n.txt.j2.*more memory than is allowed", id="memory at one stroke"),
    pytest.param(
        "{% set n = namespace(x=['a']) %}{% for a in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "n.txt.j2.*more memory than is allowed",
        id="memory step by step",
    ),
    pytest.param("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "n.txt.j2, line 1: Recursion", id="a macro"),
    pytest.param("{% include 'n.txt.j2' %}", "n.txt.j2, line 1: Recursion", id="a template that includes itself"),
    pytest.param(ENDLESS, "takes longer than 1 seconds: .*n.txt.j2", id="loops"),
]


@pytest.mark.parametrize(("source", "message"), EXPLODING)
def test_an_exploding_template_stops_the_command_and_is_named(
    tmp_path: Path, children: Renderers, source: str, message: str
) -> None:
    folder = written(tmp_path, n=source, good="{{ number }}")
    with pytest.raises(Stop, match=message) as stopped:
        list(children.made([folder], [(1, order(1, "n.txt.j2"))]))
    assert stopped.value.code == Exit.SETTINGS

    ((_, found),) = children.made([folder], [(2, order(2, "good.txt.j2"))])
    assert found.files == (("2-good.txt.j2", b"2"),)


def test_an_endless_template_is_stopped_at_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "patience", lambda: patience(0.05))
    with pytest.raises(Stop, match=r"n.txt.j2, line 2: the template takes longer than 10 seconds") as stopped:
        Templates([written(tmp_path, n=f"\n{ENDLESS}")]).text("n.txt.j2", {})
    assert isinstance(stopped.value.__cause__, TooLongError)


def test_a_fault_of_ours_is_no_fault_of_the_template(tmp_path: Path, children: Renderers) -> None:
    wrong = Order({"rows": [], "object": Path()}, (Document("n", "n.txt.j2"),))
    with pytest.raises(RenderingFault, match=r"(?s)Traceback.*TypeError: view\.object"):
        list(children.made([written(tmp_path, n="")], [(1, wrong)]))


def test_who_leaves_in_the_middle_leaves_no_answer_behind(tmp_path: Path, children: Renderers) -> None:
    folder = written(tmp_path, n="{{ number }}")
    asked = [(number, order(number, "n.txt.j2")) for number in range(5 * BATCH)]
    making = children.made([folder], asked)
    next(making)
    making.close()

    ((_, found),) = children.made([folder], asked[7:8])
    assert found.files == (("7-n.txt.j2", b"7"),)


def test_the_templates_of_an_order_are_named_once() -> None:
    asked = Order({}, (Document("a", "x.xlsx"), Document("b", "y.j2")), (), Mailing("y.j2", (), "b", "a"))
    assert asked.templates == ("x.xlsx", "y.j2")


@pytest.mark.parametrize(
    "sentence",
    [
        Say("{where}: {names}, {n}", where=Say("line {n}", n=3), names=["a", "b"], n=None),
        Counted("{n} day", "{n} days", n=2),
    ],
)
def test_sentences_survive_the_way(sentence: Say) -> None:
    stop = unpacked_stop(packed_stop(Stop(sentence, hint=None, code=Exit.OURS)))

    assert (unpacked(packed(sentence)), stop.message, stop.hint, stop.code) == (sentence, sentence, None, Exit.OURS)
    assert unpacked(packed(sentence)).to("en") == sentence.to("en")


def test_a_path_in_a_sentence_becomes_its_text() -> None:
    assert unpacked(packed(Say("{file}", file=Path("a/b")))) == Say("{file}", file="a/b")
