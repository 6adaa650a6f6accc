"""Makes the Word papers of `visit brief` anew: `python -m tests.visit.make_brief_templates templates/visit`.

They are committed as Word files and meant to be restyled there; this script is how the first ones came to be. Their
words are those of the pages beside them (`brief.html.j2` …). Charts are tables with a bar of characters: a picture
would need a library that draws.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from docx.shared import Cm, Pt, RGBColor
from jinja2 import Environment

from tests.documents import word_parts as word

Words = Mapping[str, Any]
WIDE = 18.0
"""Centimetres between the margins."""


def words_of(folder: Path, stem: str, language: str) -> Words:
    """The words of a page: what its template sets before it includes the layout."""
    name = f"{stem}.html.j2" if language == "zh" else f"{stem}.{language}.html.j2"
    text = (folder / name).read_text("utf-8").split("{% include")[0]
    found: Words = Environment(autoescape=True).from_string(text).module.words  # type: ignore[attr-defined]
    return found


class Paper:
    """One document in the making."""

    def __init__(self, words: Words, language: str) -> None:
        self.words, self.language = words, language
        tag = "zh-CN" if language == "zh" else "en-GB"
        self.document = word.blank(SimpleNamespace(language=tag, latin="Arial", page=word.PAGES[language]))
        section = self.document.sections[0]
        section.left_margin = section.right_margin = Cm(1.5)
        section.top_margin = section.bottom_margin = Cm(1.6)
        self.document.styles["Normal"].font.size = Pt(9.5)

    def head(self, right: str, small: str, big: str) -> None:
        """The sender on the left, what it is on the right, and the title below."""
        left = f'{{{{ sender.unit or "{self.words["desk"]}" }}}}'
        word.head(self.document, left, right, widths=(11, 7), sizes=(11, 8.5))
        above = word.written(self.document, small)
        above.paragraph_format.space_before, above.paragraph_format.space_after = Pt(8), Pt(0)
        word.styled(above.runs[0], 10, word.GREY)
        word.styled(word.written(self.document, big).runs[0], 18, word.INK, bold=True)

    def heading(self, text: str, *, small: bool = False) -> None:
        """A heading that stays with what follows."""
        word.heading(self.document, text, 10 if small else 12.5, before=4 if small else 10)

    def text(self, text: str, *, soft: bool = False, when: str = "") -> Any:
        """A paragraph; only where `when` holds."""
        found = word.written(self.document, text, when=when)
        word.styled(found.runs[0], 8.5 if soft else 9.5, word.GREY if soft else None)
        return found

    def each(self, each: str, text: str, *, soft: bool = False) -> None:
        """A paragraph for `each` (`gap in gaps`)."""
        word.written(self.document, f"{{%p for {each} %}}")
        self.text(text, soft=soft)
        word.written(self.document, "{%p endfor %}")

    def missing(self, *tables: str) -> None:
        """That a table was not given, where it was not."""
        for table in tables:
            self.text(self.words["not_given"].format(table=self.words["tables"][table]), when=f"not has.{table}")

    def figures(self, values: Sequence[str], size: float) -> None:
        """Six numbers side by side, and below each what it counts."""
        figures = word.framed(self.document, [3] * 6)
        for cell in word.row(figures, ["{{ " + value + " }}" for value in values]).cells:
            word.styled(cell.paragraphs[0].runs[0], size, word.INK, bold=True)
        for cell in word.row(figures, self.words["figures"]).cells:
            word.styled(cell.paragraphs[0].runs[0], 8.5, word.GREY)

    def table(
        self, heads: Sequence[str], each: str | None, cells: Sequence[str], widths: Sequence[float], *, blank: int = 0
    ) -> None:
        """A table with a row for `each` (`row in faults.rows`), and empty ones to write into."""
        scale = WIDE / sum(widths)
        scaled = [width * scale for width in widths]
        made = word.headed(self.document, scaled, heads, 8.5) if heads else word.framed(self.document, scaled)
        for row in word.repeated(made, each, cells) if each else ():
            for run in (run for cell in row.cells for run in cell.paragraphs[0].runs):
                run.font.size = Pt(8.5)
        for _ in range(blank):
            word.row(made, [""] * len(widths)).height = Cm(0.75)
        if blank:  # room to write in stays on one page
            for cell in (cell for row in made.rows[:-1] for cell in row.cells):
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        word.gap(self.document)

    def only(self, condition: str) -> None:
        """What follows stands only where the condition holds; close it with `end`."""
        word.written(self.document, f"{{%p if {condition} %}}")

    def end(self) -> None:
        """See `only`."""
        word.written(self.document, "{%p endif %}")


def named(text: str, **values: str) -> str:
    """A sentence of a page with the values' expressions in place."""
    return text.format(**{name: f"{{{{ {value} }}}}" for name, value in values.items()})


def brief(words: Words, language: str) -> Paper:
    """The brief."""
    paper = Paper(words, language)
    paper.head(words["internal"], words["title"] + "　{{ message_id }}", "{{ customer.name }}")
    paper.text(named(words["period"], start="period.start", end="period.end", as_of="as_of"), soft=True)
    paper.only("gaps or short")
    paper.text(words["gaps"])
    paper.each("gap in gaps + short", "• {{ gap }}")
    paper.end()
    values = (
        'since_purchase.circuits if has.circuits else "–"',
        'since_purchase.unprotected if has.routes else "–"',
        'faults.count if has.faults else "–"',
        'complaints.count if has.complaints else "–"',
        'availability.all or "–"',
        'issues.count if has.visits else "–"',
    )
    paper.figures(values, 13)
    _who(paper)
    paper.heading(words["points"])
    paper.each("point in points", "{{ loop.index }}. {{ point }}")
    paper.table(words["proposal"], None, (), (5, 4, 5, 4), blank=4)
    paper.heading(words["data"])
    paper.text(words["data_note"], soft=True).paragraph_format.keep_with_next = True
    paper.table(
        (),
        "pair in facts|batch(2)",
        (
            "□ {{ pair[0].name }}",
            '{{ pair[0].value or "–" }}',
            "{% if pair|length > 1 %}□ {{ pair[1].name }}{% endif %}",
            '{% if pair|length > 1 %}{{ pair[1].value or "–" }}{% endif %}',
        ),
        (3.4, 5.6, 3.4, 5.6),
    )
    _bought(paper)
    _quality(paper)
    _happened(paper)
    _left_open(paper)
    paper.text(words["footer"], soft=True)
    return paper


def _who(paper: Paper) -> None:
    words = paper.words
    paper.heading(words["who"])
    for verdict, text in words["along"].items():
        found = paper.text(
            text + "{% if company.manager %}（{{ company.manager }} {{ company.manager_phone }}）{% endif %}",
            when=f'company.along == "{verdict}"',
        )
        found.runs[0].font.bold = True
    paper.text("{{ company.says }} · {{ company.rule }}", soft=True)
    paper.each("each in company.missing", words["settle"] + "{{ each }}", soft=True)
    paper.text(words["leads"] + f'{{{{ company.leader or "{words["engineer_leads"]}" }}}}　{{{{ company.because }}}}')
    paper.text(words["engineer"] + f'{{{{ company.engineer or "{words["nobody"]}" }}}}')
    paper.text(
        words["agreed"] + "{{ agreed.on }} {{ agreed.manner }} {{ agreed.channel }} {{ agreed.agenda }}",
        when="agreed.on or agreed.agenda",
    )


def _bought(paper: Paper) -> None:
    words = paper.words
    paper.heading(words["circuits"])
    paper.missing("circuits", "routes")
    paper.only("circuits")
    routes = (
        f"{{% if row.working %}}{words['working']}{{{{ row.working }}}}{{% endif %}} "
        f"{{% if row.protecting %}}{words['protecting']}{{{{ row.protecting }}}}{{% endif %}}"
    )
    paper.table(
        words["circuit_heads"],
        "row in circuits",
        (
            "{{ row.code }}",
            "{{ row.service }} {{ row.rate }}",
            '{{ row.opened or "–" }} / {{ row.contract_end or "–" }}',
            '{{ row.protection or "–" }}',
            routes,
        ),
        (4.2, 2.6, 3, 2.2, 6),
    )
    paper.end()
    paper.text(named(words["more"], n="more_circuits"), soft=True, when="more_circuits")
    paper.heading(words["use"])
    counted = "since_purchase."
    paper.text(
        named(
            words["use_text"],
            first=counted + 'first_opened or "–"',
            circuits=counted + 'circuits if has.circuits else "–"',
        )
    )
    for table, key, more in (
        ("faults", "use_faults", {"since": counted + 'faults_since or "–"'}),
        ("cutovers", "use_cutovers", {}),
        ("inspections", "use_inspections", {"closed": counted + "closed"}),
        ("visits", "use_visits", {}),
    ):
        paper.text(named(words[key], n=counted + table, **more), when=f"has.{table}")
    paper.only("since_purchase.rows")
    paper.table(
        words["use_heads"],
        "row in since_purchase.rows",
        (
            "{{ row.code }}",
            '{{ row.opened or "–" }}',
            "{{ row.rate }}",
            '{{ row.faults if has.faults else "–" }}',
            '{{ row.availability or "–" }}',
        ),
        (6, 3, 3, 3, 3),
    )
    paper.end()


def _quality(paper: Paper) -> None:
    words = paper.words
    paper.heading(words["availability"])
    paper.missing("faults", "complaints")
    paper.only("charts.months.known")
    paper.heading(words["chart_months"], small=True)
    _chart(paper)
    paper.end()
    paper.only("availability.known")
    paper.text(named(words["whole"], all="availability.all", down="availability.down"))
    paper.text(words["how"], soft=True)
    months = (
        "{% for cell in row.months %}{% if cell.down %}"
        "{{ availability.months[loop.index0] }} {{ cell.text }}%　{% endif %}{% endfor %}"
    )
    heads = {
        "zh": ("电路代号", "全期间", "中断合计", "有中断的月份"),
        "en": ("Circuit", "Whole", "Down", "Months with interruptions"),
    }
    paper.table(
        heads[paper.language],
        "row in availability.rows",
        ("{{ row.code }}", "{{ row.all }}", "{{ row.down }}", months),
        (5, 2.4, 3, 7.6),
    )
    paper.end()


def _chart(paper: Paper) -> None:
    """A line per month, its bar in colour."""
    lines = ("{{ line.label }}", "{{ line.count }}", "{{ line.bar }}")
    paper.table((), "line in charts.months.lines", lines, (2.5, 1.5, 14))
    cells = paper.document.tables[-1].rows[1].cells
    for cell in cells:  # twelve lines of a year shall not need half a page
        cell.paragraphs[0].paragraph_format.line_spacing = 0.9
        cell.paragraphs[0].runs[0].font.size = Pt(7.5)
    word.styled(cells[2].paragraphs[0].runs[0], 6.5, RGBColor(0x3F, 0x6F, 0xB5))


def _happened(paper: Paper) -> None:
    words = paper.words
    none = words["no_cause"]
    paper.heading(words["faults"])
    paper.missing("faults")
    paper.text(words["none"], soft=True, when="has.faults and not faults.rows")
    paper.only("faults.rows")
    paper.table(
        words["fault_heads"],
        "row in faults.rows",
        (
            "{{ row.number }} {{ row.circuit }}",
            '{{ row.rate or "–" }}',
            "{{ row.began }} → {{ row.restored }}",
            f"{{{{ row.duration }}}}{{% if row.self_recovered %}} {words['by_itself']}{{% endif %}}",
            f'{{{{ row.cause or "{none}" }}}}',
            '{{ row.handling or "–" }}',
        ),
        (4.4, 1.6, 3.4, 2.2, 3.2, 3.2),
    )
    paper.end()
    paper.heading(words["complaints"])
    paper.missing("complaints")
    paper.text(words["none"], soft=True, when="has.complaints and not complaints.rows")
    paper.only("complaints.rows")
    paper.table(
        words["complaint_heads"],
        "row in complaints.rows",
        (
            "{{ row.number }} {{ row.circuit }}",
            '{{ row.kind or "–" }}',
            "{{ row.reported }}",
            '{{ row.duration or "–" }}',
            f'{{{{ row.cause or "{none}" }}}}',
            '{{ row.text or "–" }}',
        ),
        (4.4, 1.6, 2.8, 2.4, 2.4, 4.4),
    )
    paper.end()
    paper.heading(words["cutovers"])
    paper.missing("cutovers")
    for key in ("coming", "past"):
        paper.text(f"{words[key]}：{words['none']}", soft=True, when=f"has.cutovers and not {key}.rows")
        paper.only(f"{key}.rows")
        paper.heading(words[key], small=True)
        paper.table(
            words["cutover_heads"],
            f"row in {key}.rows",
            (
                f"{{{{ row.task_no }}}}{{% if row.cancelled %}} {words['cancelled']}{{% endif %}}",
                "{{ row.window }}",
                "{{ row.circuits }}",
                '{{ row.interruption or "–" }}',
                "{{ row.province }} {{ row.reason }}",
                f'{{{{ row.told or "{words["untold"]}" }}}}',
            ),
            (3.6, 3.6, 4, 2.4, 2.4, 2.6),
        )
        paper.end()
    paper.heading(words["warnings"])
    paper.missing("warnings")
    paper.text(words["none"], soft=True, when="has.warnings and not warnings.rows")
    paper.only("warnings.rows")
    paper.table(
        words["warning_heads"],
        "row in warnings.rows",
        (
            "{{ row.number }}",
            f"{{{{ row.level }}}}{{% if row.active %}} {words['active']}{{% endif %}}",
            '{{ row.issued }} / {{ row.lifted or row.until or "–" }}',
            '{{ row.reason or "–" }}',
            '{{ row.measures|join("；") or "–" }}',
        ),
        (3.4, 2, 3.6, 4, 5),
    )
    paper.end()
    paper.only("crises.rows")
    paper.heading(words["crises"], small=True)
    paper.table(
        words["crisis_heads"],
        "row in crises.rows",
        (
            "{{ row.number }}",
            "{{ row.at }}",
            "{{ row.form }} {{ row.text }}",
            '{{ row.measures|join("；") or "–" }}',
            f'{{{{ row.closed or "{words["still_open"]}" }}}} {{{{ row.outcome }}}}',
        ),
        (3.4, 2.8, 4.6, 4.2, 3),
    )
    paper.end()


def _left_open(paper: Paper) -> None:
    words = paper.words
    paper.heading(words["inspections"])
    paper.missing("inspections")
    paper.text(words["none"], soft=True, when="has.inspections and not inspections.rows")
    paper.only("inspections.rows")
    paper.table(
        words["inspection_heads"],
        "row in inspections.rows",
        (
            "{{ row.number }} {{ row.circuit }}",
            "{{ row.date }}",
            '{{ row.finding or "–" }}',
            '{{ row.hazard or "–" }}',
            '{{ row.proposal or "–" }}',
            f'{{{{ row.closed or "{words["still_open"]}" }}}}',
        ),
        (4, 2.2, 3.6, 3, 3.2, 2),
    )
    paper.end()
    paper.heading(words["issues"])
    paper.missing("visits")
    paper.text(words["none"], soft=True, when="has.visits and not issues.rows")
    paper.only("issues.rows")
    paper.table(
        words["issue_heads"],
        "row in issues.rows",
        ("{{ row.date }}", "{{ row.text }}", f'{{{{ row.progress or "{words["no_progress"]}" }}}}', ""),
        (2.2, 5.4, 5.4, 5),
    )
    paper.end()
    paper.only("actions.rows")
    paper.heading(words["actions"], small=True)
    paper.table(
        words["action_heads"],
        "row in actions.rows",
        (
            "{{ row.text }}",
            '{{ row.owner or "–" }}',
            f'{{{{ row.due or "–" }}}}{{% if row.late %}} {words["late"]}{{% endif %}}',
            "",
        ),
        (7, 3, 3.4, 4.6),
    )
    paper.end()


def results(words: Words, language: str) -> Paper:
    """The sheet of the customer's results."""
    paper = Paper(words, language)
    paper.head(words["number"] + " {{ message_id }}", "{{ customer.name }}", words["title"])
    paper.text(named(words["period"], start="period.start", end="period.end"), soft=True)
    paper.text(words["opening"])
    paper.heading(words["network"])
    paper.text(words["unknown"], when="not known")
    paper.only("known")
    values = (
        "availability",
        'untouched ~ " / " ~ circuits',
        'quiet_months ~ " / " ~ months',
        "longest",
        "interruptions",
        'mean or "–"',
    )
    paper.figures(values, 12)
    paper.heading(words["chart"], small=True)
    _chart(paper)
    paper.text(words["how"] + '{{ short|join(" · ") }}', soft=True)
    paper.end()
    paper.heading(words["joint"])
    table = word.framed(paper.document, (13, 5))
    for label, key in zip(words["rows"], ("cutovers", "findings", "closed", "meetings", "raised"), strict=True):
        word.row(table, (label, f'{{{{ {key} if {key} is number else "{words["not_known"]}" }}}}'))
    paper.heading(words["staff"])
    paper.text(words["staff_note"], soft=True).paragraph_format.keep_with_next = True
    paper.table(words["staff_heads"], None, (), (3, 3, 7, 5), blank=5)
    paper.text("　　　　　　　　　　".join(f"{sign}：" for sign in words["signs"]))
    paper.text("{{ sender.unit }}　{{ issued_on }}　{{ sender.phone }}", soft=True)
    return paper


def fault_report(words: Words, language: str) -> Paper:
    """The fault analysis report."""
    paper = Paper(words, language)
    paper.head(words["number"] + " {{ message_id }}", "{{ customer.name }}", words["title"])
    paper.heading(words["overview"])
    paper.text(
        named(
            words["summary"],
            first="first",
            last="last",
            count="count",
            circuits="circuits|length",
            down="down",
            longest="longest",
        )
    )
    paper.text(named(words["open"], n="open", as_of="as_of"), when="open")
    none = words["no_cause"]
    paper.table(
        words["heads"],
        "row in faults",
        (
            "{{ row.circuit }} {{ row.number }}",
            '{{ row.rate or "–" }}',
            "{{ row.began }}",
            "{{ row.restored }}",
            "{{ row.duration }}",
            f'{{{{ row.cause or "{none}" }}}}',
            '{{ row.handling or "–" }}',
        ),
        (4, 1.5, 2.6, 2.6, 2, 3, 3),
    )
    paper.text(named(words["more"], n="more"), soft=True, when="more")
    paper.heading(words["process"])
    word.written(paper.document, "{%p for row in faults %}")
    paper.heading("{{ row.number }}　{{ row.circuit }}　{{ row.rate }}", small=True)
    paper.table((), "step in row.steps", ("{{ step.at }}", "{{ step.what }}"), (4, 14))
    paper.text(words["handling"] + "：{{ row.handling }}", when="row.handling")
    word.written(paper.document, "{%p endfor %}")
    paper.heading(words["causes"])
    paper.each("each in causes", '{{ loop.index }}. {{ each.cause }}　{{ each.faults|join("、") }}')
    paper.text(words["unexplained"] + '{{ unexplained|join("、") }}', when="unexplained")
    paper.each("each in repeated", named(words["repeated"], circuit="each.circuit", n="each.count"))
    paper.text(words["analysis"]).paragraph_format.keep_with_next = True
    paper.table((), None, (), (18,), blank=2)
    paper.heading(words["measures"])
    paper.table(
        words["measure_heads"],
        "row in measures",
        ("{{ row.text }}", "{{ row.owner }}", "{{ row.due }}"),
        (11, 3.5, 3.5),
        blank=3,
    )
    paper.text(words["closing"])
    paper.text("　　　　　　　　　　".join(f"{sign}：" for sign in words["signs"]))
    paper.text("{{ sender.unit }}　{{ issued_on }}　{{ sender.name }} {{ sender.phone }}", soft=True)
    return paper


def make(folder: Path) -> None:
    """Write all of them."""
    for stem, makes in (("brief", brief), ("results", results), ("fault_report", fault_report)):
        for language, tongue in (("zh", ""), ("en", ".en")):
            words = words_of(folder, stem, language)
            document = makes(words, language).document
            word.save(document, folder / f"{stem}{tongue}.docx", str(words["title"]))


if __name__ == "__main__":
    make(Path(sys.argv[1]))
