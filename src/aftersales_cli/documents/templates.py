"""The template folders: what is found where, texts rendered, workbooks opened once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from traceback import walk_tb

from jinja2 import BaseLoader, Environment, TemplateNotFound, TemplateSyntaxError

from aftersales_cli.documents.cleaning import cleaned
from aftersales_cli.documents.faults import refused, template_fault
from aftersales_cli.documents.patience import patience
from aftersales_cli.documents.sandbox import Sandbox, bounded, plain
from aftersales_cli.documents.workbook import Workbook
from aftersales_cli.errors import Stop
from aftersales_cli.words import Say


class Templates:
    """Templates by name (`cutover/notice.html.j2`), looked up in `folders` in this order; each is read once.

    Everything that does not hold in a template stops the command with 78, naming the file and line or cell (E01-E06).
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = [folder.resolve() for folder in folders]
        self._found: dict[str, Path] = {}
        self._workbooks: dict[Path, Workbook] = {}
        self._environment = Sandbox(
            loader=_Folders(self),
            autoescape=lambda name: name is not None and ".html" in name,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def has(self, name: str) -> bool:
        """Whether a template of this name stands in one of the folders."""
        return self._path(name) is not None

    def find(self, name: str) -> Path:
        """The file behind a name, in the first folder that has it; `Stop` 78 where none has."""
        path = self._path(name)
        if path is None:
            near = get_close_matches(name, self._names(), 3)
            message = Say("there is no template {name} in {folders}", name=name, folders=self._folders)
            raise refused(message, Say("did you mean {names}?", names=near) if near else None)
        return path

    def text(self, name: str, view: Mapping[str, object]) -> str:
        """The text or letter of one view; values are escaped in `.html.j2`, never in `.txt.j2`."""
        values = plain(view)
        self.find(name)
        try:
            with patience():
                return cleaned(bounded(self._environment.get_template(name).generate(values)))
        except Stop:
            raise
        except Exception as error:
            raise template_fault(error, self._where(error, name), list(values)) from error

    def workbook(self, name: str) -> Workbook:
        """The workbook template of this name, opened and checked once, filled as often as wanted."""
        path = self.find(name)
        if path not in self._workbooks:
            self._workbooks[path] = Workbook(_read(path), str(path))
        return self._workbooks[path]

    def content(self, name: str) -> bytes:
        """The file behind a name, as it is; for kinds of documents that open their template themselves."""
        return _read(self.find(name))

    def _path(self, name: str) -> Path | None:
        """Where a name was found; looked up once, as each template is read once."""
        if name not in self._found and (path := self._looked_up(name)) is not None:
            self._found[name] = path
        return self._found.get(name)

    def _looked_up(self, name: str) -> Path | None:
        """Only files inside the folders: no `..`, no absolute names, no links that lead out of them."""
        parts = name.split("/")
        if "\\" in name or ":" in name or any(part in ("", ".", "..") for part in parts):
            return None
        candidates = (folder.joinpath(*parts).resolve() for folder in self._folders if folder.is_dir())
        inside = (p for p in candidates if any(p.is_relative_to(folder) for folder in self._folders))
        return next((path for path in inside if path.is_file()), None)

    def _names(self) -> list[str]:
        return sorted({p.relative_to(f).as_posix() for f in self._folders for p in f.rglob("*.*") if p.is_file()})

    def _where(self, error: Exception, name: str) -> Say | str:
        """File and line of the template (or include) that stands deepest in the error's traceback."""
        if isinstance(error, TemplateSyntaxError):
            return Say("{file}, line {line}", file=error.filename or name, line=error.lineno)
        frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
        inside = [(file, line) for file, line in frames if any(Path(file).is_relative_to(f) for f in self._folders)]
        if not inside:
            return str(self._path(name) or name)
        file, line = inside[-1]
        return Say("{file}, line {line}", file=file, line=line)


class _Folders(BaseLoader):
    """Gives Jinja what `Templates` finds: includes follow the same order and are confined to the same folders."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002
        if not self._templates.has(template):
            raise TemplateNotFound(template)
        path = self._templates.find(template)
        return _decoded(_read(path), path), str(path), lambda: True


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise refused(Say("{file} cannot be read: {error}", file=path, error=str(error))) from error


def _decoded(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refused(
            Say("{file}, line {line}: is not UTF-8 text", file=path, line=line),
            Say("save the template as UTF-8 (in Notepad: Save as, Encoding)"),
        ) from error
