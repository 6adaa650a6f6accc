from __future__ import annotations

import re
from collections import Counter
from datetime import datetime

import pytest

from tools.province import assurances, circuits, customers, cutovers, departments, names, routes
from tools.province.model import Province
from tools.province.stories import STORIES
from tools.province.wishes import EMERGENCY, PLANNED, TEMPORARY

AS_OF = datetime.fromisoformat("2026-06-01T09:00")


def test_every_table_has_its_size(made: Province) -> None:
    counts = (len(made.tasks), len(made.customers), len(made.circuits), len(made.assurances))
    assert counts == (60, 400, 3_000, 26)


def test_a_table_draws_its_own_random_numbers(made: Province) -> None:
    """Making one alone, or twice, changes nothing in it: a further table can change none of these."""
    assert customers.make(made.seed) == made.customers
    assert departments.make(made.seed) == made.departments
    assert circuits.make(made.seed, made.customers) == made.circuits
    assert routes.make(made.seed, made.circuits) == made.hops
    assert assurances.make(made.seed, made.customers, made.circuits) == made.assurances
    tables = (made.customers, made.circuits, made.hops, made.assurances)
    assert cutovers.make(made.seed, *tables) == made.tasks


@pytest.mark.parametrize("seed", [1, 2, 3, 2026], ids=str)
def test_keys_are_unique_and_every_customer_has_a_circuit(seed: int) -> None:
    owners = customers.make(seed)
    lines = circuits.make(seed, owners)
    assert len({one.code for one in owners}) == len({one.name for one in owners}) == customers.COUNT
    assert len({one.code.replace("-", "") for one in lines}) == circuits.COUNT
    assert {one.code for one in owners} <= {one.customer for one in lines}


def test_one_circuit_belongs_to_nobody(made: Province) -> None:
    known = {one.code for one in made.customers}
    assert [one.customer for one in made.circuits if one.customer not in known] == [circuits.LEFT_OVER]


def test_most_circuits_are_protected_and_a_few_hundred_resources_carry_them(made: Province) -> None:
    protected = {hop.circuit for hop in made.hops if hop.path == routes.PROTECTING}
    assert {hop.circuit for hop in made.hops if hop.path == routes.WORKING} == {one.code for one in made.circuits}
    assert 0.8 < len(protected) / len(made.circuits) < 0.9
    assert 200 < len({hop.resource for hop in made.hops}) < 700
    assert {hop.kind for hop in made.hops} == {"设备", "端口", "光缆", "中继"}
    assert 0 < sum(hop.long_haul for hop in made.hops) < len(made.hops) / 4


def test_three_customers_cannot_be_reached_and_several_cells_hold_several_addresses(made: Province) -> None:
    silent = [c for c in made.customers if not (c.phone or c.email or c.manager_phone or c.manager_email)]
    assert len(silent) == 3
    assert sum(c.email.count("@") > 1 for c in made.customers) > 20
    assert sum(c.language != "" for c in made.customers) == 6
    assert sum(c.notice != "" for c in made.customers) == 5


def test_addresses_and_numbers_belong_to_nobody(made: Province) -> None:
    """Every mail domain ends with .example; mobiles begin with 111, landlines with the area code 0000."""
    texts = [text for c in made.customers for text in (c.email, c.manager_email, c.chief_email)]
    domains = re.findall(r"@([\w.-]+)", " ".join([*texts, *(d.email for d in made.departments)]))
    assert domains
    assert {domain.rpartition(".")[2] for domain in domains} == {"example"}
    phones = {number for c in made.customers for number in (c.phone, c.manager_phone) if number}
    assert {number[:3] for number in phones if "-" not in number} == {"111"}
    assert {number[:5] for number in phones if "-" in number} == {"0000-"}


def test_tasks_are_of_all_kinds_and_reasons(made: Province) -> None:
    kinds = Counter(task.category for task in made.tasks)
    assert set(kinds) == {PLANNED, TEMPORARY, EMERGENCY}
    assert set(cutovers.REASONS) <= {task.reason for task in made.tasks}
    assert {"取消", "改期", "完成"} <= {task.status for task in made.tasks}
    assert 15 <= sum(bool(task.resources) for task in made.tasks) <= 30
    assert {task.number[:2] for task in made.tasks} == {"BD", "JT"}
    assert len({task.number for task in made.tasks}) == cutovers.COUNT


def test_most_windows_are_nights_of_june_and_some_have_begun(made: Province) -> None:
    begun = [task for task in made.tasks if task.start <= AS_OF]
    nights = [task for task in made.tasks if task.start.hour >= 22 or task.start.hour <= 2]
    assert 3 <= len(begun) <= 6
    assert len(nights) > 50
    assert all(task.start < task.end for task in made.tasks)


def test_every_story_is_told_once(made: Province) -> None:
    told = [task.about for task in made.tasks if task.about]
    assert sorted(told) == sorted(story.about for story in STORIES)
    assert len(set(told)) == len(told)


def test_no_name_stands_for_a_city_that_there_is() -> None:
    """The cities are of two characters each, all different; their letters too."""
    cities = (*names.CITIES, *names.BEYOND)
    assert len(set(cities)) == len(cities) == len(set(names.LETTERS.values()))
    assert set(names.LETTERS) == set(cities)
