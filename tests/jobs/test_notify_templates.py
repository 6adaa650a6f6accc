"""E04: a template that explodes stops the run with 78, names itself, and leaves nothing issued."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftersales_cli.errors import Exit, Stop
from tests.jobs.world import World, changes

EXPLODING = [
    pytest.param("notice.txt.j2", "{{ 'a'|center(900000000) }}", id="memory"),
    pytest.param("notice.html.j2", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", id="recursion"),
    pytest.param("notice.txt.j2", "{% for a in range(9999) %}{{ 'a'|center(999) }}{% endfor %}", id="growth"),
]


def given(world: World, name: str, source: str) -> Path:
    """The workspace's own template of this name."""
    own = world.root / "templates" / "cutover" / name
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(source, "utf-8")
    world.settings |= {"templates": world.root / "templates"}
    return own


@pytest.mark.parametrize("dry_run", [pytest.param(False, id="run"), pytest.param(True, id="rehearsal")])
@pytest.mark.parametrize(("name", "source"), EXPLODING)
def test_an_exploding_template_stops_the_run_named_and_nothing_is_issued(
    world: World, name: str, source: str, dry_run: bool
) -> None:
    own = given(world, name, source)
    with pytest.raises(Stop) as stopped:
        world.notify(dry_run=dry_run)

    assert stopped.value.code == Exit.SETTINGS
    assert str(stopped.value).startswith(str(own))
    assert list(world.root.glob("out/*")) == []
    assert world.issued() == ()


def test_the_run_after_the_template_was_mended_tells_everybody(world: World) -> None:
    own = given(world, "notice.txt.j2", "{{ 'a'|center(900000000) }}")
    with pytest.raises(Stop):
        world.notify()
    own.write_text("{{ title }}", "utf-8")

    assert changes(world.notify()) == {("1", "K1"): ("new", 0)}
