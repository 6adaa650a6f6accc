"""Mistakes seen in real notices, pointed out and never a reason to stay silent (facts.md §1, §7)."""

from __future__ import annotations

from aftersales_cli.cutover.numbers import read_number
from aftersales_cli.cutover.task import Pair, Task
from aftersales_cli.places import Known, Place, Unknown
from aftersales_cli.records.values import Interruption, Interrupts
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.register.ownership import Whose
from aftersales_cli.rules.decision import Finding
from aftersales_cli.rules.given import Given
from aftersales_cli.rules.rule import rule
from aftersales_cli.words import Say


@rule("CUT-07")
def interruption_fits(task: Task, given: Given) -> Finding:
    """The declared interruption is no longer than the window, and short ones are called momentary."""
    border = given.number("momentary_below")
    window = task.window.known
    facts = [row.fact("interruption") for pair in task.pairs for row in pair.rows]
    declared = [fact for fact in facts if isinstance(fact, Known)]
    longer = [fact for fact in declared if (fact.value.minutes or 0) > window.minutes]
    cautions = [
        Say("“{found}”: below {border} minutes it is called 瞬断", found=fact.value, border=border)
        for fact in declared
        if _short(fact.value, border)
    ] + [
        Say("“{found}”: from {border} minutes on it is called 中断", found=fact.value, border=border)
        for fact in declared
        if _long(fact.value, border)
    ]
    cautions += [pair.touched.caution for pair in task.pairs if pair.touched and pair.touched.caution]
    if longer:
        says = Say(
            "{found} is longer than the window of {minutes} minutes", found=longer[0].value, minutes=window.minutes
        )
        return Finding.of(False, says, *longer, task.window, cautions=cautions)
    return Finding.of(True, Say("the interruption fits the window"), *declared, task.window, cautions=cautions)


def _short(found: Interruption, border: int) -> bool:
    return found.kind is Interrupts.YES and found.minutes is not None and found.minutes < border


def _long(found: Interruption, border: int) -> bool:
    if found.kind is not Interrupts.MOMENTARILY or found.minutes is None:
        return False
    return found.minutes > border or (found.minutes == border and not found.below)


@rule("CUT-08")
def number_agrees(task: Task, given: Given, *, vocabularies: Vocabularies) -> Finding:
    """The year and the province letters of the task number are those of the cutover."""
    del given
    fact = task.rows[0].fact("task_no")
    read = read_number(fact.known, vocabularies)
    if read is None:
        return Finding.not_applicable(Say("the task number has another form than JT2011SHJH000160"), fact)
    window, province = task.window.known, task.province.known
    term = vocabularies["provinces"].term(province)
    letters = term.more.get("letters") if term else None
    wrong = []
    if read.year != window.start.year:
        wrong.append(Say("the number says {year}, the window {other}", year=read.year, other=window.start.year))
    if letters is not None and read.letters != letters:
        wrong.append(
            Say(
                "the number says {found}, {province} is {letters}",
                found=read.letters,
                province=province,
                letters=letters,
            )
        )
    if wrong:
        return Finding.of(False, Say("{wrong}", wrong=wrong), fact, task.window, task.province)
    return Finding.of(True, Say("year and province agree with the task number"), fact, task.window, task.province)


@rule("CUT-09")
def category_agrees(task: Task, given: Given, *, vocabularies: Vocabularies) -> Finding:
    """The category cell says what the task number says."""
    del given
    fact = task.rows[0].fact("task_no")
    read = read_number(fact.known, vocabularies)
    if isinstance(task.category_cell, Unknown) or read is None or read.category is None:
        return Finding.not_applicable(Say("only one of them says a category"), fact, task.category_cell)
    says = Say("the cell says {cell}, the task number {number}", cell=task.category_cell.value, number=read.category)
    return Finding.of(task.category_cell.value == read.category, says, task.category_cell, fact)


@rule("CUT-10")
def circuit_and_name_agree(task: Task, given: Given) -> Finding:
    """The row's customer name is that of the circuit's owner."""
    del given
    compared = [pair for pair in task.pairs if pair.owner.name_agrees is not None]
    facts = [pair.row.fact("customer_name") for pair in compared]
    strange = [pair for pair in compared if not pair.owner.name_agrees]
    clash = [pair for pair in strange if pair.owner.whose is Whose.HELD]
    cautions = [
        Say("“{name}” is not the name on record", name=pair.row.fact("customer_name").value)
        for pair in strange
        if pair not in clash
    ]
    if clash:
        whys = [pair.owner.why for pair in clash]
        return Finding.of(False, Say("{whys}", whys=whys), *facts, cautions=cautions)
    if not compared:
        return Finding.not_applicable(Say("no row says both a known circuit and a name"))
    return Finding.of(True, Say("names and circuits agree"), *facts, cautions=cautions)


@rule("CUT-11")
def one_path_is_left(task: Task, given: Given) -> Finding:
    """No other task cuts the circuit's other path at the same time."""
    del given
    routed = [pair for pair in task.pairs if pair.touched is not None and pair.touched.cut]
    if not routed:
        return Finding.not_applicable(Say("it works on no resource that the routes of a circuit run over"))
    facts = [Known("resources", list(pair.touched.via), _where(pair)) for pair in routed if pair.touched]
    met = [pair for pair in routed if pair.collides]
    if met:
        circuits: dict[tuple[str, ...], list[str | None]] = {}
        for pair in met:  # said once of all that meet the same tasks
            circuits.setdefault(pair.collides, []).append(pair.circuit_code)
        says = [
            Say("{circuit}: together with {tasks} it cuts both paths", circuit=codes, tasks=tasks)
            for tasks, codes in circuits.items()
        ]
        return Finding.of(False, Say("{says}", says=says), *facts, task.window)
    return Finding.of(True, Say("no other task cuts the other path of a circuit meanwhile"), *facts, task.window)


def _where(pair: Pair) -> Place | None:
    return pair.touched.evidence[-1] if pair.touched and pair.touched.evidence else None
