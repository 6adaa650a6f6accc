"""What is shipped: a wheel works far from the checkout, an editable install sees the checkout's own content."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path
from sysconfig import get_path

import pytest

from aftersales_cli import __version__, library

ROOT = Path(__file__).parents[2]
AS_OF = ("--as-of", "2011-05-27T09:00")

pytestmark = pytest.mark.slow


def run(command: Sequence[str | Path], cwd: Path, *, code: int = 0) -> str:
    """What a process prints, started far from the checkout's own paths."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "AFTERSALES", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=environment | {"PYTHONUTF8": "1", "LANGUAGE": "en"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


class Installed:
    """A venv with our wheel in it; what we depend on is lent by the environment the tests run in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "venv"
        venv.create(self.folder, with_pip=False)
        self.scripts = self.folder / ("Scripts" if os.name == "nt" else "bin")
        self.python = self.scripts / "python"
        (self.site / "lent.pth").write_text(get_path("purelib"))  # its own .pth files are not read

    @property
    def site(self) -> Path:
        """Where its packages are."""
        asked = run([self.python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], self.folder)
        return Path(asked.strip())

    def install(self, wheel: Path) -> None:
        """Put the wheel in; nothing comes from the network."""
        pip = (sys.executable, "-m", "pip", "--python", self.python, "install", "--quiet", "--no-deps", "--no-index")
        run([*pip, wheel], self.folder)

    def aftersales(self, *arguments: str | Path, cwd: Path, code: int = 0) -> str:
        """What the installed command prints."""
        return run([self.scripts / "aftersales", *arguments], cwd, code=code)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT], folder)
    made = Installed(folder)
    made.install(next(folder.glob("*.whl")))
    yield made


def test_an_installed_wheel_is_what_runs_and_knows_its_version(installed: Installed, tmp_path: Path) -> None:
    where = run([installed.python, "-c", "import aftersales_cli; print(aftersales_cli.__file__)"], tmp_path)
    assert Path(where.strip()).is_relative_to(installed.folder)
    assert installed.aftersales("--version", cwd=tmp_path) == f"aftersales {__version__}\n"


@pytest.mark.parametrize("name", ["rulebook", "templates", "examples"])
def test_a_wheel_holds_the_content_of_the_checkout(installed: Installed, tmp_path: Path, name: str) -> None:
    code = f"from aftersales_cli import library; print(library.content({name!r}))"
    there = Path(run([installed.python, "-c", code], tmp_path).strip())
    assert there.is_relative_to(installed.folder)
    ours = {path.relative_to(ROOT / name): path.read_bytes() for path in (ROOT / name).rglob("*") if path.is_file()}
    assert {path.relative_to(there): path.read_bytes() for path in there.rglob("*") if path.is_file()} == ours


def test_a_wheel_speaks_chinese(installed: Installed, tmp_path: Path) -> None:
    assert "割接" in installed.aftersales("--lang", "zh", "--help", cwd=tmp_path)


def test_a_wheel_tells_the_textbooks_four_customers(installed: Installed, tmp_path: Path) -> None:
    """From a blank folder to notices: example, rule book and templates all come out of the wheel."""
    installed.aftersales("init", "desk", "--example", "textbook", cwd=tmp_path)
    desk = tmp_path / "desk"
    checked = json.loads(installed.aftersales("cutover", "check", "--json", *AS_OF, cwd=desk))
    assert [item["verdict"] for item in checked["items"]] == ["met"] * 4
    told = json.loads(installed.aftersales("cutover", "notify", "--json", *AS_OF, cwd=desk))
    assert told["summary"]["accounting"] == {"circuits": 4, "notified": 4, "department": 0, "exempt": 0, "held": 0}
    assert all(Path(file).is_file() for item in told["items"] for file in item["files"])


@pytest.mark.parametrize("name", ["rulebook", "templates", "examples"])
def test_an_editable_install_uses_the_checkouts_own_content(tmp_path: Path, name: str) -> None:
    """An edit at the checkout's top level counts at once; no stale copy is seen."""
    code = f"from aftersales_cli import library; print(library.content({name!r}))"
    assert Path(run([sys.executable, "-c", code], tmp_path).strip()) == ROOT / name
    assert library.content(name) == ROOT / name
