"""Typer's words are known to the catalogue, and its usage errors are said as ours."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Annotated

import pytest
import typer

from aftersales_cli.cli import typer_words
from aftersales_cli.words import Say


def test_the_catalogue_asks_for_all_that_typer_asks_gettext_for() -> None:
    """A newer Typer may have other words; then the list here follows."""
    calls = [
        node.args[0]
        for file in Path(typer.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
    ]
    asked = {call.value for call in calls if isinstance(call, ast.Constant)}
    source = ast.parse(Path(typer_words.__file__).read_text("utf-8"))
    marked = {
        node.args[0].value
        for node in ast.walk(source)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "_"
        and isinstance(node.args[0], ast.Constant)
    }
    assert marked == asked


def complaint(*arguments: str) -> str:
    """What Typer says of these arguments to a small program."""
    app = typer.Typer()

    @app.command()
    def show(
        year: Annotated[int, typer.Argument(metavar="YEAR", min=1, max=9)],
        start: Annotated[str, typer.Option("--start")],
        wait: Annotated[float, typer.Option("--wait")] = 0,
        json: Annotated[bool, typer.Option("--json")] = False,
    ) -> None:
        del year, start, wait, json

    with pytest.raises(typer.TyperException) as caught:
        app(list(arguments), standalone_mode=False)
    return caught.value.format_message()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(["1"], "--start is missing", id="an option is missing"),
        pytest.param(["--start", "x"], "YEAR is missing", id="an argument is missing"),
        pytest.param(["1", "--start"], "--start needs a value", id="an option without its value"),
        pytest.param(["1", "--start", "x", "--json=3"], "--json takes no value", id="a value too many"),
        pytest.param(["1", "--begin", "x"], "there is no option --begin", id="an unknown option"),
        pytest.param(
            ["1", "--strat", "x"], "there is no option --strat; near it: --start, --wait", id="an option nearly right"
        ),
        pytest.param(["1", "2", "3", "--start", "x"], "“2 3” is too much here", id="arguments too many"),
        pytest.param(["x", "--start", "x"], "YEAR: this has to be a whole number", id="no whole number"),
        pytest.param(["1", "--start", "x", "--wait", "x"], "--wait: this has to be a number", id="no number"),
        pytest.param(["0", "--start", "x"], "YEAR: this has to be 1 or more", id="too small"),
        pytest.param(["10", "--start", "x"], "YEAR: this has to be 9 or less", id="too big"),
    ],
)
def test_a_usage_error_is_said_as_ours(arguments: list[str], expected: str) -> None:
    assert typer_words.said(complaint(*arguments)).to("en") == expected


def test_an_unknown_error_is_said_as_typer_says_it() -> None:
    assert typer_words.said("something new") == Say("{message}", message="something new")
