"""R1-R3: nothing that goes to one customer holds anything of another, looked for in every byte of thirty customers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import unescape

import pytest

from aftersales_cli.files.confined import Confined
from aftersales_cli.jobs.report import Report
from tests.jobs.posted import everything, signed
from tests.jobs.world import Row, World, circuit, customer, cut, json

MANY = 30
MOVED = "20110615 00:00:00/20110615 06:00:00"


def own(number: int) -> tuple[str, ...]:
    """What only this customer's documents may hold: circuits, name, people, telephone, addresses."""
    return (
        *(f"沪京{number:02}N{part}NP" for part in "ABC"),
        f"第{number:02}号公司",
        *(f"联络{number:02}人", f"经理{number:02}人", f"021-9{number:02}5{number:02}8"),
        *(f"ops{number:02}@example.cn", f"two{number:02}@example.cn", f"mgr{number:02}@example.cn"),
    )


def kept(number: int) -> Row:
    """The customer's row; a third have two addresses, a third only the manager's, a third only a telephone."""
    _, _, _, name, contact, manager, phone, *mails = own(number)
    first = {0: f"{mails[0]};{mails[1]}", 1: "", 2: ""}[number % 3]
    row = customer(f"Q{number:02}", name, 售后联系人=contact, 联系电话=phone, 联系邮箱=first, 客户经理=manager)
    return row | {"客户经理邮箱": mails[2] if number % 3 == 1 else "", "通知语言": "en" if number % 5 == 0 else "zh"}


def rows() -> Iterator[Row]:
    """Ten tasks, each of which touches six customers; every row tells of the others in cells that are not for them."""
    for number in range(MANY):
        for part, task in enumerate((number % 10, (number + 3) % 10)):
            gossip = "、".join(f"第{other:02}号公司 沪京{other:02}NANP" for other in range(MANY))
            yield cut(
                own(number)[part],
                f"BD2011SHJH0000{task:02}",
                影响范围=gossip,
                割接资源=f"沪京{(number + 1) % MANY:02}NANP",
                发起单位=f"第{(number + 2) % MANY:02}号公司",
            )
    yield cut("无主电路", "BD2011SHJH000000", 影响范围="第07号公司")


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory, reader: Confined) -> list[Report]:
    """A first run, and one that brings changes and cancellations."""
    world = signed(World(tmp_path_factory.mktemp("leak"), reader), cc="log@carrier.example")
    world.customers = [kept(number) for number in range(MANY)]
    world.circuits = [circuit(code, f"Q{number:02}") for number in range(MANY) for code in own(number)[:3]]
    world.cutovers = list(rows())
    first = world.notify(letters=True)
    changed = {"BD2011SHJH000001": {"割接时间": MOVED}, "BD2011SHJH000002": {"状态": "取消"}}
    world.cutovers = [row | changed.get(row["割接任务号"], {}) for row in world.cutovers]
    return [first, world.notify("2011-05-28T09:00", letters=True)]


Documents = list[tuple[int, Path, str]]


@pytest.fixture(scope="module")
def documents(runs: list[Report]) -> Documents:
    """Every customer's every document: whose it is, where it lies, all it says."""
    told = [each for report in runs for each in json(report)["items"] if each["customer_code"]]
    found = [(int(each["customer_code"][1:]), path) for each in told for path in map(Path, each["files"])]
    return [(number, path, said(path)) for number, path in found]


def said(path: Path) -> str:
    return f"{path.parent.name}/{path.name}\n{unescape(everything(path.name, path.read_bytes()))}"


def test_the_runs_hold_every_kind_of_notice_and_document(runs: list[Report], documents: Documents) -> None:
    changes = {task["change"] for report in runs for each in json(report)["items"] for task in each["tasks"]}

    assert changes == {"new", "update", "cancel", "unchanged"}
    assert {path.suffix for _, path, _ in documents} == {".xlsx", ".html", ".txt", ".docx", ".ics", ".eml"}


def test_no_document_holds_anything_of_another_customer(documents: Documents) -> None:
    whose = {word: number for number in range(MANY) for word in own(number)}
    anyones = re.compile("|".join(map(re.escape, whose)))
    leaks = {
        (path.name, word) for number, path, text in documents for word in anyones.findall(text) if whose[word] != number
    }

    assert leaks == set()


def test_the_search_finds_what_is_there(documents: Documents) -> None:
    """Each document names a circuit of its own customer, so that a leak could not hide from the search."""
    blind = {path.name for number, path, text in documents if not any(word in text for word in own(number)[:3])}

    assert blind == set()
