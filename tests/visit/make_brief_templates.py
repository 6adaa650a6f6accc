"""Makes the Word papers of `visit brief` anew: `python -m tests.visit.make_brief_templates templates/visit`.

They are committed as Word files and meant to be restyled there; this script is how the first ones came to be. Their
words are those of the pages beside them (`brief.html.j2` …). Charts are tables with a bar of characters: a picture
would need a library that draws.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from docx.shared import Cm, Pt, RGBColor
from jinja2 import Environment

from tests.documents import word_parts as word

Words = Mapping[str, Any]
WIDE = 18.0
"""Centimetres between the margins."""
LINE = r'{{ "\n" }}'
"""A new line within a cell."""


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
        self.document = word.blank("Arial", word.PAGES[language])
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

    def each(self, each: str, text: str, *, soft: bool = False) -> Any:
        """A paragraph for `each` (`gap in gaps`)."""
        word.written(self.document, f"{{%p for {each} %}}")
        found = self.text(text, soft=soft)
        word.written(self.document, "{%p endfor %}")
        return found

    def missing(self, *tables: str) -> None:
        """That a table was not given, where it was not."""
        for table in tables:
            self.text(self.words["not_given"].format(table=self.words["tables"][table]), when=f"not has.{table}")

    def figures(self, values: Sequence[str], size: float, labels: Sequence[str] = ()) -> None:
        """Six numbers side by side, and below each what it counts: `labels`, or those of the page."""
        figures = word.framed(self.document, [3] * 6)
        for cell in word.row(figures, ["{{ " + value + " }}" for value in values]).cells:
            word.styled(cell.paragraphs[0].runs[0], size, word.INK, bold=True)
        for cell in word.row(figures, labels or self.words["figures"]).cells:
            word.styled(cell.paragraphs[0].runs[0], 8.5, word.GREY)

    def table(
        self,
        heads: Sequence[str],
        each: str | None,
        cells: Sequence[str],
        widths: Sequence[float],
        *,
        blank: int = 0,
        together: bool = False,
        last: tuple[str, Sequence[str]] | None = None,
    ) -> None:
        """A table with a row for `each` (`row in faults.rows`), and empty ones to write into.

        A short one is kept `together` on one page, with what stands below it. `last` is a condition and a row that ends
        the table where it holds.
        """
        scale = WIDE / sum(widths)
        scaled = [width * scale for width in widths]
        made = word.headed(self.document, scaled, heads, 8.5) if heads else word.framed(self.document, scaled)
        rows = word.repeated(made, each, cells) if each else []
        if last is not None:
            empty = [""] * (len(widths) - 1)
            word.row(made, (f"{{%tr if {last[0]} %}}", *empty))
            rows.append(word.row(made, last[1]))
            word.row(made, ("{%tr endif %}", *empty))
        for paragraph in (cell.paragraphs[0] for row in rows for cell in row.cells):
            paragraph.paragraph_format.keep_with_next = together or None
            for run in paragraph.runs:
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
    for some, said in (("gaps + short", "gaps"), ("held", "held")):
        paper.only(some)
        paper.text(words[said])
        paper.each(f"each in {some}", "• {{ each }}")
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
    word.gap(paper.document)
    _owed(paper)
    _who(paper)
    _contents(paper)
    paper.heading(words["points"])
    paper.each("point in points", f"{{{{ loop.index }}}}. {breaking('point')}")
    paper.text(words["none"], soft=True, when="not points")
    paper.table(words["proposal"], None, (), (5, 4, 5, 4), blank=4)
    paper.heading(words["data"])
    paper.text(words["data_note"], soft=True).paragraph_format.keep_with_next = True
    paper.table(
        (),
        "pair in facts|batch(2)",
        (
            "□ {{ pair[0].name }}",
            breaking('pair[0].value or "–"'),
            "{% if pair|length > 1 %}□ {{ pair[1].name }}{% endif %}",
            "{% if pair|length > 1 %}" + breaking('pair[1].value or "–"') + "{% endif %}",
        ),
        (3.4, 5.6, 3.4, 5.6),
        together=True,
    )
    _bought(paper)
    _quality(paper)
    _happened(paper)
    _left_open(paper)
    paper.text(words["footer"], soft=True)
    return paper


def signs(words: Words, language: str) -> str:
    """Who signs, with room between them."""
    colon = "：" if language == "zh" else ":"
    return "　　　　　　　　　　".join(f"{sign}{colon}" for sign in words["signs"])


def breaking(value: str) -> str:
    """A list of codes that may break after each: between 、 and a Latin letter LibreOffice breaks nowhere else."""
    return f'{{{{ ({value})|replace("、", "、\u200b") }}}}'


def _owed(paper: Paper) -> None:
    words = paper.words
    paper.heading(words["owed"])
    paper.text(words["owed_none"], soft=True, when="not owed")
    paper.only("owed")
    late = "".join(
        f'{{% if row.late == "{key}" %}}{LINE}{text}{{% endif %}}' for key, text in words["owed_late"].items()
    )
    visit = f"{{{{ row.kind }}}}{{% if row.on_site %}} · {words['on_site']}{{% endif %}}{LINE}{{{{ row.place }}}}"
    visit += f"{{% if row.theirs %}}{LINE}{words['theirs']}{{{{ row.theirs }}}}{{% endif %}}"
    paper.table(
        words["owed_heads"],
        "row in owed",
        (
            f"{{{{ row.due }}}}{late}{{% if row.planned %}}{LINE}{words['planned']}{{{{ row.planned }}}}{{% endif %}}",
            visit,
            '{{ row.leader or row.engineer or "–" }}',
            r'{% if row.asked_by %}{{ row.asked_by }} {% endif %}{{ row.because|join("\n") }}',
        ),
        (2.6, 3.2, 3, 9.2),
    )
    paper.end()
    agreed = "".join(
        f"{{% if agreed.{key} %}}{words['comma']}{{{{ agreed.{key} }}}}{{% endif %}}"
        for key in ("manner", "channel", "agenda")
    )
    paper.text(named(words["agreed"], at="agreed.at") + "{{ agreed.on }}" + agreed, when="agreed.at")


def _contents(paper: Paper) -> None:
    """Boxes to tick, with what belongs to them."""
    words = paper.words
    paper.only("contents")
    paper.heading(words["contents"])
    paper.text(words["contents_note"], soft=True).paragraph_format.keep_with_next = True
    notes = "".join(
        f'{{% if each.word == "{key}" %}}　{text}{{% endif %}}' for key, text in words["content_notes"].items()
    )
    paper.each("each in contents", "□ {{ each.text }}" + notes)
    paper.end()


def _who(paper: Paper) -> None:
    words = paper.words
    paper.heading(words["who"])
    for verdict, text in words["along"].items():
        who = words["manager"] + "{{ company.manager }} {{ company.manager_phone }}"
        manager = f"{{% if company.manager and company.along != 'no' %}}{who}{{% endif %}}"
        found = paper.text(text + manager, when=f'company.along == "{verdict}"')
        found.runs[0].font.bold = True
    rule = named(words["by_rule"], rule="company.rule", clause='company.clause or "–"')
    paper.text("{{ company.says }}" + rule, soft=True)
    paper.each("each in company.missing", words["settle"] + "{{ each }}", soft=True)
    paper.text(words["leads"] + f'{{{{ company.leader or "{words["engineer_leads"]}" }}}}　{{{{ company.because }}}}')
    paper.text(words["engineer"] + f'{{{{ company.engineer or "{words["nobody"]}" }}}}')


def _bought(paper: Paper) -> None:
    words = paper.words
    paper.heading(words["circuits"])
    paper.missing("circuits", "routes")
    paper.only("circuits")
    routes = (
        f"{{% if row.working %}}{words['working']}{breaking('row.working')}{{% endif %}}"
        f"{{% if row.protecting %}}{LINE}{words['protecting']}{breaking('row.protecting')}{{% endif %}}"
    )
    paper.table(
        words["circuit_heads"],
        "row in circuits",
        (
            "{{ row.code }}",
            f"{{{{ row.service }}}}{LINE}{{{{ row.rate }}}}",
            f'{{{{ row.opened or "–" }}}}{LINE}{{{{ row.contract_end or "–" }}}}',
            '{{ row.protection or "–" }}',
            routes,
        ),
        (3.6, 2.4, 2.4, 2.2, 7.4),
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
    since = named(words["use_since"], since="since_purchase.since", as_of="as_of")
    paper.text(since, soft=True, when="since_purchase.since").paragraph_format.keep_with_next = True
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
    paper.only("charts.months.known and charts.months.some")
    paper.heading(named(words["chart_months"], start="period.start", end="period.end"), small=True)
    _chart(paper)
    paper.end()
    paper.only("availability.known")
    whole = {"all": "availability.all", "down": "availability.down"}
    paper.text(named(words["whole"], start="period.start", end="period.end", **whole))
    for steady, rows in (("steady", "availability.rows"), ("all_steady", "not availability.rows")):
        paper.text(named(words[steady], n="availability.steady"), when=f"availability.steady and {rows}")
    paper.text(words["how"], soft=True)
    paper.only("availability.rows")
    months = (
        "{% for cell in row.months %}{% if cell.down %}"
        "{{ availability.months[loop.index0] }} {{ cell.text }}%　{% endif %}{% endfor %}"
    )
    heads = {
        "zh": ("电路代号", "期间可用率", "中断合计", "有中断的月份及当月可用率"),
        "en": ("Circuit", "Availability", "Down", "Months with interruptions, availability of each"),
    }
    paper.table(
        heads[paper.language],
        "row in availability.rows",
        ("{{ row.code }}", "{{ row.all }}", "{{ row.down }}", months),
        (5, 2.4, 3, 7.6),
    )
    paper.end()
    paper.end()


def _chart(paper: Paper) -> None:
    """A line per month, its bar in colour."""
    lines = ("{{ line.label }}", "{{ line.count }}", "{{ line.bar }}")
    paper.table((), "line in charts.months.lines", lines, (2.5, 1.5, 14))
    cells = paper.document.tables[-1].rows[1].cells
    for cell in cells:  # twelve lines of a year shall not need half a page, nor be higher where there is no bar
        cell.paragraphs[0].paragraph_format.line_spacing = Pt(8.5)
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
            f"{{{{ row.number }}}}{LINE}{{{{ row.circuit }}}}",
            '{{ row.rate or "–" }}',
            f"{{{{ row.began }}}}{LINE}{{{{ row.restored }}}}",
            f"{{{{ row.duration }}}}{{% if row.self_recovered %}}{LINE}{words['by_itself']}{{% endif %}}",
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
            f"{{{{ row.number }}}}{LINE}{{{{ row.circuit }}}}",
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
        paper.text(f"{words[key]}{words['colon']}{words['none']}", soft=True, when=f"has.cutovers and not {key}.rows")
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
            f'{{{{ row.issued }}}}{LINE}{{{{ row.lifted or row.until or "–" }}}}',
            '{{ row.reason or "–" }}',
            f'{{{{ row.measures|join("{words["semicolon"]}") or "–" }}}}',
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
            f'{{{{ row.measures|join("{words["semicolon"]}") or "–" }}}}',
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
            f"{{{{ row.number }}}}{LINE}{{{{ row.circuit }}}}",
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
    _earlier(paper)


def _earlier(paper: Paper) -> None:
    words = paper.words
    paper.heading(words["earlier"])
    paper.missing("visits")
    paper.text(words["none"], soft=True, when="has.visits and not earlier.rows")
    paper.only("earlier.rows")
    paper.table(
        words["earlier_heads"],
        "row in earlier.rows",
        (
            "{{ row.date }}",
            "{{ row.number }}",
            "{{ row.kind }}{% if row.manner %} · {{ row.manner }}{% endif %} {{ row.led_by }}",
            f'{{{{ row.materials or "{words["nothing_handed"]}" }}}}',
        ),
        (2.4, 3.8, 4.4, 7.4),
    )
    paper.text(named(words["more"], n="earlier.more"), soft=True, when="earlier.more")
    paper.end()
    paper.text(words["no_reports"], soft=True, when="not earlier.reports")
    paper.only("earlier.reports")
    paper.heading(words["reports"], small=True)
    of_visit = named(words["report_of"], visit="row.visit")
    paper.table(
        words["report_heads"],
        "row in earlier.reports",
        (
            "{{ row.date }}",
            f"{{% if row.visit %}}{of_visit}{{% else %}}{words['report_of_faults']}{{% endif %}}",
            "{{ row.name }}",
        ),
        (2.4, 5.6, 10),
    )
    paper.end()


def results(words: Words, language: str) -> Paper:
    """The sheet of the customer's results."""
    paper = Paper(words, language)
    section = paper.document.sections[0]
    section.top_margin = section.bottom_margin = Cm(1.3)
    paper.head(words["number"] + " {{ message_id }}", "{{ customer.name }}", words["title"])
    paper.text(named(words["period"], start="period.start", end="period.end"), soft=True)
    for ran, said in words["opening"].items():
        paper.text(named(said, n="interruptions", down="down", since="records_since"), when=f'ran == "{ran}"')
    paper.heading(words["network"])
    since = f"{{% if records_since %}} {named(words['since'], since='records_since')}{{% endif %}}"
    paper.text(words["unknown"] + since, when="not known")
    paper.text(words["partial"], when="partial")
    paper.only("known")
    values = (
        "availability",
        'untouched ~ " / " ~ circuits',
        'quiet_months ~ " / " ~ months',
        "longest",
        "interruptions",
        'mean or "–"',
    )
    labels = [
        f"{{% if sure %}}{sure}{{% else %}}{on_record}{{% endif %}}"
        for sure, on_record in zip(words["figures"], words["figures_on_record"], strict=True)
    ]
    paper.figures(values, 10.5, labels)
    paper.only("charts.months.some")
    blank = f"{{% if charts.months.blank %}}{words['chart_blank']}{{% endif %}}"
    paper.heading(words["chart"] + blank, small=True)
    _chart(paper)
    paper.end()
    paper.text(words["how"] + since, soft=True)
    paper.end()
    paper.heading(words["joint"])
    table = word.framed(paper.document, (13, 5))
    for label, key in zip(
        words["rows"], ("reported", "cutovers", "findings", "closed", "meetings", "raised"), strict=True
    ):
        cells = word.row(table, (label, f'{{{{ {key} if {key} is number else "{words["not_known"]}" }}}}')).cells
        for paragraph in (cell.paragraphs[0] for cell in cells):
            paragraph.runs[0].font.size, paragraph.paragraph_format.line_spacing = Pt(8.5), 1
    paper.heading(words["staff"])
    paper.text(words["staff_note"], soft=True).paragraph_format.keep_with_next = True
    paper.table(words["staff_heads"], None, (), (3, 3, 7, 5), blank=2)
    staff = paper.document.tables[-1].rows[-1].cells[0].paragraphs[0]
    for paragraph in (staff, paper.document.paragraphs[-1]):  # nobody signs on a page of its own
        paragraph.paragraph_format.keep_with_next = True
    paper.document.paragraphs[-1].paragraph_format.line_spacing = 0.7
    paper.text(signs(words, language)).paragraph_format.keep_with_next = True
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
            f"{{{{ row.circuit }}}}{LINE}{{{{ row.number }}}}",
            '{{ row.rate or "–" }}',
            "{{ row.began }}",
            "{{ row.restored }}",
            f"{{{{ row.duration }}}}{{% if row.self_recovered %}}{LINE}{words['by_itself']}{{% endif %}}",
            f'{{{{ row.cause or "{none}" }}}}',
            '{{ row.handling or "–" }}',
        ),
        (4, 1.5, 2.6, 2.6, 2, 3, 3),
    )
    paper.text(named(words["more"], n="more"), soft=True, when="more")
    paper.heading(words["process"])
    word.written(paper.document, "{%p for row in faults %}")
    paper.heading("{{ row.number }}　{{ row.circuit }}　{{ row.rate }}", small=True)
    handling = ("row.handling", (words["handling"], "{{ row.handling }}"))
    paper.table((), "step in row.steps", ("{{ step.at }}", "{{ step.what }}"), (4, 14), together=True, last=handling)
    word.written(paper.document, "{%p endfor %}")
    paper.heading(words["causes"])
    comma = words["comma"]
    causes = (
        paper.each(
            "each in causes", f'{{{{ loop.index }}}}. {{{{ each.cause }}}}　{{{{ each.faults|join("{comma}") }}}}'
        ),
        paper.text(words["unexplained"] + f'{{{{ unexplained|join("{comma}") }}}}', when="unexplained"),
        paper.each("each in repeated", named(words["repeated"], circuit="each.circuit", n="each.count")),
        paper.text(words["analysis"]),
    )
    for paragraph in causes:
        paragraph.paragraph_format.keep_with_next = True
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
    paper.text(signs(words, language))
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
