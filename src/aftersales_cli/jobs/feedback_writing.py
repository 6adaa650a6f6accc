"""The documents of feedback: reason letters, requests to approval departments, requests for support."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aftersales_cli.cutover.task import Task
from aftersales_cli.documents.order import Document, Order
from aftersales_cli.documents.renderers import Renderers
from aftersales_cli.feedback.affected import Affected, affected
from aftersales_cli.feedback.case import Case
from aftersales_cli.feedback.happening import Next
from aftersales_cli.feedback.views import Pages, initiating_unit, message_id
from aftersales_cli.files.names import LONGEST_PART, safe_name
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.feedback_board import due_of
from aftersales_cli.jobs.writing_notices import Folder
from aftersales_cli.records.departments import Department
from aftersales_cli.records.events import Happened
from aftersales_cli.records.folding import folded
from aftersales_cli.rules.decision import Decision

APPROVAL = "割接审批"
INTERNAL = "internal"
"""The folder of what customers do not get."""
Due = tuple[Case, Next]


def approval_departments(
    departments: Sequence[Department], desk: Desk, tasks: Iterable[Task] = ()
) -> tuple[Department, ...]:
    """The approval departments of every level (R6): those for all provinces, the desk's, and those of the tasks.

    Of a desk without a province, all.
    """
    book = desk.book
    roles, own = book.vocabularies["department_roles"], book.named(desk.province)
    provinces = {own, *(task.province.value for task in tasks)}
    found = [each for each in departments if roles.term(each.role) == roles.term(APPROVAL) is not None]
    return tuple(each for each in found if own is None or each.province is None or each.province in provinces)


@dataclass(frozen=True)
class Writer:
    """Makes the documents of each event that has some, and puts them into `folder`."""

    desk: Desk
    folder: Folder
    tasks: Sequence[Task]
    departments: Sequence[Department]

    def write(self, due: Iterable[Due], renderers: Renderers) -> Iterator[tuple[Due, tuple[str, ...]]]:
        """Each event with the names of its documents, in the order given."""
        ordered = ((each, self._order(*each)) for each in due)
        for each, made in renderers.made(self.desk.template_folders, ordered):
            yield each, tuple(self.folder.write(name, content) for name, content in made.files)

    def _order(self, case: Case, new: Next) -> Order:
        pages = Pages(self.desk.book.vocabularies, self.desk.workspace.sender)
        match new.event:
            case Happened.LETTER_WRITTEN:
                return self._letter(pages, case, new)
            case Happened.FORWARDED:
                met = self.affected(case)
                to = approval_departments(self.departments, self.desk, [one.task for one in met])
                return self._made(pages.request(case, new, met, to), case, new, INTERNAL, "request", "html", "xlsx")
        due = due_of(self.desk, case)
        assert due is not None
        view = pages.support(case, new, due, self._unit(case))
        return self._made(view, case, new, INTERNAL, "support", "html", "txt")

    def affected(self, case: Case) -> tuple[Affected, ...]:
        """What a request for protection touches, and what the rules of assurance say of it."""
        return affected(case, self.tasks, self._judged)

    def _judged(self, rule: str, task: Task) -> Decision:
        return self.desk.book.judge(rule, task, self.desk.tools, self.desk.province)

    def _letter(self, pages: Pages, case: Case, new: Next) -> Order:
        stem = "reason.en" if case.customer.language == "en" else "reason"
        endings = ("html", "txt", "docx") if new.said.get("word") else ("html", "txt")
        return self._made(pages.letter(case, new), case, new, _part(case.customer.code), stem, *endings)

    def _made(self, view: dict[str, object], case: Case, new: Next, folder: str, stem: str, *endings: str) -> Order:
        kind = stem.partition(".")[0]
        start = f"{self.desk.as_of:%Y%m%d}-{_part(case.customer.code)}-{kind}-{message_id(case, new)}"
        return Order(view, tuple(
            Document(f"{folder}/{safe_name(f'{start}.{ending}', limit=LONGEST_PART)}", _template(stem, ending))
            for ending in endings
        ))  # fmt: skip

    def _unit(self, case: Case) -> Department | None:
        """The initiating unit's entry among the departments, where it has one."""
        named = initiating_unit(case.task) if case.task else None
        same = (each for each in self.departments if named and folded(each.name) == folded(named))
        return next(same, None)


def _template(stem: str, ending: str) -> str:
    return f"feedback/{stem}.{ending}" if ending in ("xlsx", "docx") else f"feedback/{stem}.{ending}.j2"


def _part(code: str) -> str:
    """A customer code as a part of a path."""
    return code.replace("/", "_").replace("\\", "_")
