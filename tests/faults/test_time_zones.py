"""D05: the machine's time zone changes nothing; what has an offset shows Beijing's."""

from __future__ import annotations

import re
from pathlib import Path

from tests.faults import running
from tests.faults.office import AS_OF, Office
from tests.jobs.world import TASK, cut

ZONES = ("UTC", "Asia/Shanghai", "America/New_York")
COMMANDS = ("cutover check", "cutover notify", "cutover deadline --start 2011-06-08T00:00")


def told(folder: Path) -> dict[str, list[str]]:
    """What each command says under each zone, the folder's name left out."""
    found: dict[str, list[str]] = {}
    for zone in ZONES:
        office = Office(folder / zone.replace("/", "-"))
        office.root.mkdir()
        mixed = {"割接时间": "2011-06-07T16:00:00Z/2011-06-08 06:00", "发布时间": "2011-05-26T23:30:00+08:00"}
        office.cutovers = [cut("X1", **mixed), cut("X2", f"{TASK[:-1]}2", 发布时间="2011-05-27 00:30")]
        office.write()
        for command in COMMANDS:
            line = ["-w", office.root, "--as-of", AS_OF, *command.split(), "--json"]
            ran = running.apart(office.root, *line, environment={"TZ": zone})
            found.setdefault(command, []).append(f"{ran.code} {ran.out.replace(str(office.root), '')}")
    return found


def test_key_commands_say_the_same_under_every_zone(tmp_path: Path) -> None:
    found = told(tmp_path)
    for command, said in found.items():
        assert len(said) == len(ZONES)
        assert set(said) == {said[0]}, command
        assert re.match(r"[01] ", said[0]), said[0]
    instants = re.findall(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*", "".join(said[0] for said in found.values()))
    assert instants
    assert [instant for instant in instants if not re.search(r'\+08:00"?,?$', instant)] == []
