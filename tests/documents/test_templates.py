"""Text templates: where they are found, what they may do, and how their mistakes are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.documents.templates import Templates
from aftersales_cli.errors import Exit, Stop
from tests.documents.restyled import by_openpyxl
from tests.documents.views import view


def templates(folder: Path, **texts: str | bytes) -> Templates:
    """Templates of one folder; `a_txt="…"` writes `a.txt.j2`."""
    for name, text in texts.items():
        path = folder / (name.replace("_", ".") + ".j2")
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Templates([folder])


def stopped(room: Templates, name: str) -> tuple[str, str]:
    with pytest.raises(Stop) as caught:
        room.text(name, view(absent=None))
    assert caught.value.code == Exit.SETTINGS
    return caught.value.message.to("en"), caught.value.hint.to("en") if caught.value.hint else ""


def test_the_first_folder_that_has_a_template_gives_it_also_for_includes(tmp_path: Path) -> None:
    own, built_in = tmp_path / "own", tmp_path / "built-in"
    for folder in (own, built_in):
        (folder / "cutover").mkdir(parents=True)
    (built_in / "cutover/letter.txt.j2").write_text('{% include "cutover/_head.txt.j2" %} {{ message_id }}')
    (built_in / "cutover/_head.txt.j2").write_text("theirs")
    (own / "cutover/_head.txt.j2").write_text("ours")
    room = Templates([own, built_in])
    assert room.text("cutover/letter.txt.j2", view()) == "ours a1b2c3d4e5f6"
    assert room.find("cutover/_head.txt.j2") == (own / "cutover/_head.txt.j2").resolve()
    assert (room.has("cutover/letter.txt.j2"), room.has("cutover/letter.en.txt.j2")) == (True, False)


def test_a_folder_that_is_not_there_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "a.txt.j2").write_text("there")
    assert Templates([tmp_path / "nowhere", tmp_path]).text("a.txt.j2", {}) == "there"


def test_a_template_that_is_nowhere_is_named_with_its_neighbours(tmp_path: Path) -> None:
    message, hint = stopped(templates(tmp_path, notice_txt="x"), "notise.txt.j2")
    assert message.startswith("there is no template notise.txt.j2 in ")
    assert hint == "did you mean notice.txt.j2?"


def test_a_workbook_is_opened_once(tmp_path: Path) -> None:
    (tmp_path / "notice.xlsx").write_bytes(by_openpyxl())
    room = Templates([tmp_path])
    assert room.workbook("notice.xlsx") is room.workbook("notice.xlsx")


def test_values_are_escaped_in_letters_and_not_in_texts(tmp_path: Path) -> None:
    room = templates(tmp_path, a_html="{{ name }}", a_txt="{{ name }}")
    values = {"name": '<script>alert("x")</script>&'}
    assert room.text("a.html.j2", values) == "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;&amp;"
    assert room.text("a.txt.j2", values) == values["name"]


@given(text=st.text())
def test_no_value_can_write_a_tag_or_leave_its_attribute(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    room = templates(tmp_path_factory.mktemp("templates"), a_html='<p title="{{ x }}">{{ x }}</p>')
    document = room.text("a.html.j2", {"x": text})
    assert (document.count("<"), document.count(">"), document.count('"')) == (2, 2, 2)


def test_a_key_named_like_a_method_is_the_key(tmp_path: Path) -> None:
    room = templates(tmp_path, a_txt="{{ changes.update }} {{ changes.items()|length }}")
    assert room.text("a.txt.j2", view()) == "0 3"


def test_control_characters_do_not_reach_a_document(tmp_path: Path) -> None:
    room = templates(tmp_path, a_html="{{ x }}\x0b", a_txt="{{ x }}")
    assert room.text("a.html.j2", {"x": "<\x00>\x1b"}) == "&lt;&gt;"
    assert room.text("a.txt.j2", {"x": "a\r\nb\ud83d"}) == "a\nb"


def test_a_byte_order_mark_and_windows_line_ends_are_no_obstacle(tmp_path: Path) -> None:
    room = templates(tmp_path, a_txt="\ufeff第一行\r\n{{ message_id }}\r\n".encode())
    assert room.text("a.txt.j2", view()) == "第一行\na1b2c3d4e5f6\n"


FAULTS = [
    pytest.param("一\n{{ titel }}", "line 2: there is no value “titel”", "did you mean title?", id="E01: unknown name"),
    pytest.param("{{ sender.fone }}", "line 1: there is no value “fone”", "did you mean phone", id="E01: unknown key"),
    pytest.param(
        "{% if zzz %}{% endif %}",
        "line 1: there is no value “zzz”",
        "there are: language, message_id",
        id="E01: in an if",
    ),
    pytest.param(
        "{% for task in tasks %}\n{{ task.windw_text }}\n{% endfor %}",
        "line 2: there is no value “windw_text”",
        "did you mean window_text",
        id="E01: in a loop",
    ),
    pytest.param("{{ title", "line 1: unexpected end of template", "a value is written", id="E02: braces"),
    pytest.param("a\nb\n{% fi %}", "line 3: Encountered unknown tag 'fi'", "", id="E02: unknown tag"),
    pytest.param("{{ title|shout }}", "line 1: No filter named 'shout'", "filters are", id="E02: unknown filter"),
    pytest.param(
        '\n{% include "b.txt.j2" %}', "line 2: there is no template “b.txt.j2” to include", "", id="E02: no include"
    ),
    pytest.param(
        '{% include "../secret.txt" %}', "line 1: there is no template “../secret.txt”", "without “..”", id="E02: ../"
    ),
    pytest.param('{% include "/etc/hostname" %}', "line 1: there is no template", "", id="E02: absolute"),
    pytest.param('{% include "link.txt" %}', "line 1: there is no template “link.txt”", "", id="E02: a link outside"),
    pytest.param("{{ title.__class__ }}", "line 1: not allowed in a template", "", id="E03: attribute"),
    pytest.param(
        "{{ ''['__class__']['__mro__'][1]['__subclasses__']() }}", "line 1: not allowed", "", id="E03: subclasses"
    ),
    pytest.param("{{ sender.clear() }}", "line 1: not allowed in a template", "", id="E03: changing a value"),
    pytest.param("{{ rows.append(1) }}", "line 1: not allowed in a template", "", id="E03: changing a list"),
    pytest.param("{{ (title|attr('__class__')) }}", "line 1: ", "", id="E03: by filter"),
    pytest.param("{{ '{0.__class__}'.format(title) }}", "line 1: not allowed", "", id="E03: by format"),
    pytest.param("{{ cycler.__init__.__globals__ }}", "line 1: not allowed", "", id="E03: by a global"),
    pytest.param("{{ 'a' * 500000000 }}", "line 1: not allowed in a template", "", id="E04: repeated text"),
    pytest.param("{{ 9 ** 9 ** 9 }}", "line 1: not allowed in a template", "", id="E04: powers"),
    pytest.param(
        "{% for a in range(9999) %}{% for b in range(9999) %}{{ title }}{% endfor %}{% endfor %}",
        "the document grows over 2000000 bytes",
        "",
        id="E04: loops",
    ),
    pytest.param("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "line 1: RecursionError", "", id="E04: recursion"),
    pytest.param(
        "a\n{{ absent }}", "line 2: a value that is empty would be printed as “None”", "or '–'", id="E05: None"
    ),
    pytest.param("{{ title|safe }}", "line 1: No filter named 'safe'", "", id="E05: safe"),
    pytest.param(
        "{% autoescape false %}{{ title }}{% endautoescape %}",
        "line 1: escaping is not switched in a template",
        "",
        id="E05: escaping switched off",
    ),
    pytest.param("{{ lipsum() }}", "line 1: there is no value “lipsum”", "", id="chance: lipsum"),
    pytest.param("{{ rows|random }}", "line 1: No filter named 'random'", "", id="chance: random"),
    pytest.param("标题\n通知".encode("gbk"), "line 1: is not UTF-8 text", "save the template as UTF-8", id="E06: GBK"),
    pytest.param("a\n{{ 1 // 0 }}", "line 2: ZeroDivisionError", "", id="E06: division"),
    pytest.param("{{ title + 1 }}", "line 1: TypeError", "", id="E06: type"),
]


@pytest.mark.parametrize("kind", ["txt", "html"])
@pytest.mark.parametrize(("text", "message", "hint"), FAULTS)
def test_a_mistake_is_named_by_file_and_line(
    tmp_path: Path, text: str | bytes, message: str, hint: str, kind: str
) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text("secret")
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "link.txt").symlink_to(outside)
    room = templates(folder, **{f"a_{kind}": text})
    said, advice = stopped(room, f"a.{kind}.j2")
    file = folder.resolve() / f"a.{kind}.j2"
    assert said.startswith((f"{file}, {message}", f"{file}: {message}"))
    assert hint in advice


def test_a_mistake_in_an_include_is_named_there(tmp_path: Path) -> None:
    room = templates(tmp_path, a_txt='{% include "b.txt.j2" %}', b_txt="\n\n{{ nothing }}")
    assert stopped(room, "a.txt.j2")[0] == f"{tmp_path.resolve() / 'b.txt.j2'}, line 3: there is no value “nothing”"


def test_objects_do_not_reach_a_template(tmp_path: Path) -> None:
    room = templates(tmp_path, a_txt="x")
    with pytest.raises(TypeError, match=r"view\.rows\[\]\.when is a "):
        room.text("a.txt.j2", {"rows": [{"when": tmp_path}]})
