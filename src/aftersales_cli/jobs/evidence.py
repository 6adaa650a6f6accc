"""`cutover evidence TASK`: a frozen folder that shows who was told what, when, by which rules, on what grounds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aftersales_cli import __version__
from aftersales_cli.documents.order import Document, Order
from aftersales_cli.files.writing import RunFolder
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.evidence_files import Document as Copied
from aftersales_cli.jobs.evidence_files import Documents, InputFile, inputs
from aftersales_cli.jobs.evidence_page import page_view
from aftersales_cli.jobs.evidence_story import Story, notices, receipts, run, story_of, summary
from aftersales_cli.jobs.plain import in_language, plain
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.writing_notices import Folder, Nowhere
from aftersales_cli.jobs.writing_run import locked
from aftersales_cli.places import Place, Problem, Severity
from aftersales_cli.records.events import Issued, Paper
from aftersales_cli.words import Say

if TYPE_CHECKING:
    from aftersales_cli.ledger.run import RecordedRun

Json = dict[str, Any]
COMMAND = "cutover evidence"
PAGE, DATA = "index.html", "evidence.json"
SHELVES = {"card": "rules", "province": "rules/provinces", "edition": "rules/editions", "calendar": "calendar"}
"""Where the papers of each kind go."""


@dataclass(frozen=True)
class Wishes:
    """What is asked for: the evidence of this task, in this language; `output` in place of the workspace's folder."""

    task: str
    language: str
    dry_run: bool = False
    output: Path | None = None
    wait: float = 10


def evidence(desk: Desk, wishes: Wishes) -> Report:
    """Gather, check, copy, freeze. A dry run does all but write, and takes no lock; the ledger is only read."""
    story_of(desk, wishes.task)  # a task that nobody knows leaves not even a lock behind
    with ExitStack() as stack:
        if not wishes.dry_run:
            stack.enter_context(locked(desk, COMMAND, wishes.wait))
        story = story_of(desk, wishes.task)
        if wishes.dry_run:
            return _Binder(desk, wishes, story, Nowhere()).report(None)
        name = f"{desk.as_of:%Y-%m-%dT%H%M}-evidence-{story.task_no.replace('/', '_')}"
        with RunFolder(wishes.output or desk.workspace.output, name) as folder:
            binder = _Binder(desk, wishes, story, folder)
            binder.bind()
            folder.prepare()
            return binder.report(folder.publish())


@dataclass
class _Binder:
    """Puts the folder together; `data` is what `evidence.json` holds."""

    desk: Desk
    wishes: Wishes
    story: Story
    folder: Folder
    data: Json = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        output = self.desk.workspace.output
        binding = Documents(output, self.folder)
        documents = [doc for run in self.story.runs for doc in binding.of(run, self._of_run(run))]
        limit = self.desk.limits.file_mb
        read = inputs(self.story.runs, self.desk.workspace.root, self.folder, largest=limit)
        self.problems = [*binding.problems, *map(_unsettled, self.story.interrupted)]
        self.data = self._data(documents, read, [self._shelved(paper) for paper in self.story.papers])
        copies = [*(each.copy for each in documents), *(each.copy for each in read)]
        self.written = [*filter(None, copies), *(paper["copy"] for paper in self.data["papers"])]

    def _of_run(self, run: RecordedRun) -> list[Issued]:
        return [notice for notice in self.story.notices if notice.run == str(run.run_id)]

    def _shelved(self, paper: Paper) -> Json:
        copy = self.folder.write(f"{SHELVES[paper.kind]}/{paper.name}", paper.content)
        content = json.loads(paper.content) if paper.kind in ("edition", "calendar") else None
        said = in_language(content, self.wishes.language)
        return {"kind": paper.kind, "name": paper.name, "sha256": paper.sha256, "copy": copy, "says": said}

    def _data(self, documents: Sequence[Copied], read: Sequence[InputFile], papers: Sequence[Json]) -> Json:
        story, language = self.story, self.wishes.language
        judgements = [
            {"run": int(each.run), "task_no": each.task_no} | in_language(dict(each.said), language)
            for each in story.judgements
        ]
        return {
            "task_no": story.task_no,
            "spellings": list(story.task_nos),
            "as_of": plain(self.desk.as_of, language),
            "version": __version__,
            "language": language,
            "summary": summary(story, documents, read),
            "notices": list(notices(story.notices, judgements, documents)),
            "judgements": judgements,
            "receipts": list(receipts(story)),
            "inputs": [asdict(each) for each in read],
            "runs": [run(each) for each in story.runs],
            "papers": list(papers),
        }

    def bind(self) -> None:
        """Write the page and the data beside what was copied."""
        content = json.dumps(self.data, ensure_ascii=False, indent=1, default=list) + "\n"
        data = self.folder.write(DATA, content.encode("utf-8", "backslashreplace"))
        template = "evidence/index.html.j2" if self.wishes.language == "zh" else "evidence/index.en.html.j2"
        unit = self.desk.workspace.sender.get("unit", "")
        view = {**page_view(self.data, unit), "rows": ()}  # which weigh an order; the page has none of its own
        order = Order(view, (Document(PAGE, template),))
        with self.desk.renderers() as renderers:
            ((_, made),) = renderers.made(self.desk.template_folders, [(None, order)])
        pages = [self.folder.write(name, content) for name, content in made.files]
        self.written = [*pages, data, *self.written]

    def report(self, final: Path | None) -> Report:
        """What was written, with its decisions."""
        judgements = self.data["judgements"]
        files = [final / name for name in self.written] if final else []
        item = {
            "task_no": self.story.task_no,
            "folder": final,
            "notices": self.data["notices"],
            "decisions": judgements[-1]["decisions"] if judgements else [],
            "judged_at": judgements[-1]["judged_at"] if judgements else None,
            "receipts": self.data["receipts"],
            "inputs": self.data["inputs"],
            "files": files,
        }
        return Report(
            command=COMMAND,
            as_of=self.desk.as_of,
            province=self.desk.province,
            exit=exit_for(problems=self.problems),
            summary=self.data["summary"] | {"dry_run": self.wishes.dry_run},
            items=[item],
            problems=self.problems,
            files=files,
            notes=list(self._notes(final)),
            view=self.data,
        )

    def _notes(self, final: Path | None) -> Iterator[Say]:
        summary = self.data["summary"]
        if not summary["notices"]:
            yield Say("nothing was issued for {task}; what a run judged of it is shown", task=self.story.task_no)
        if summary["runs_without_judgement"]:
            runs = summary["runs_without_judgement"]
            yield Say("no judgement was kept by {runs}, made by an older aftersales", runs=[f"run {n}" for n in runs])
        changed = [each["name"] for each in self.data["inputs"] if not each["still"].startswith("same")]
        if changed:
            yield Say("inputs that are no longer there as they were read: {files}", files=list(dict.fromkeys(changed)))
        yield Say("a dry run: nothing was written") if final is None else Say("written to {folder}", folder=str(final))


def _unsettled(run: RecordedRun) -> Problem:
    waiting = Say("run {run} was interrupted; the next run that writes settles it", run=run.run_id)
    return Problem(waiting, Place(str(run.folder)), severity=Severity.CAUTION)
