"""The two years of service, one table after the other."""

from __future__ import annotations

from tools.province import alarms, crisis_visits, engineers, faults, findings, visit_stories, visits
from tools.province.model import Circuit, Customer, Service


def make(seed: int, customers: tuple[Customer, ...], circuits: tuple[Circuit, ...]) -> Service:
    """All tables; each draws its own random numbers."""
    staff = engineers.make(seed, customers)
    alarmed = alarms.make(seed, customers, circuits)
    struck = [one.customer.code for one in alarmed if one.story.about in alarms.STRUCK]
    failed = faults.make(seed, circuits, struck)
    owners = {circuit.code: circuit.customer for circuit in circuits}
    spared = {one.customer.code for one in alarmed}
    made = visits.make(seed, customers, staff, spared, visits.across(circuits))
    routine = visit_stories.told(seed, made, customers, spared)
    return Service(
        engineers=staff,
        faults=failed,
        reports=faults.reported(seed, failed, owners),
        warnings=alarms.warnings(alarmed),
        crises=alarms.crises(alarmed, circuits),
        findings=findings.make(seed, customers, circuits),
        visits=visits.numbered((*routine, *crisis_visits.make(seed, alarmed))),
    )
