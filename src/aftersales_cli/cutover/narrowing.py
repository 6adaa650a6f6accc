"""A plan narrowed to some customers, its accounting still balanced."""

from __future__ import annotations

from collections.abc import Collection

from aftersales_cli.cutover.notices import Fate, Fated, Plan
from aftersales_cli.records.folding import folded


def only(plan: Plan, customers: Collection[str]) -> Plan:
    """The notices, circuits and standing notices of these customers.

    A customer who is told through the department brings the department's notice of that task with it, whole: half of
    it would be another notice. What no row mentions is not listed: it was not looked for.
    """
    wanted = {folded(code) for code in customers}
    through = {f.task.name for f in plan.fates if f.fate is Fate.DEPARTMENT and _of(f, wanted)}

    def kept(fated: Fated) -> bool:
        return _of(fated, wanted) or (fated.fate is Fate.DEPARTMENT and fated.task.name in through)

    return Plan(
        notices=tuple(
            notice
            for notice in plan.notices
            if (folded(notice.customer.code) in wanted if notice.customer else notice.task.name in through)
        ),
        fates=tuple(fated for fated in plan.fates if kept(fated)),
        standing=tuple(s for s in plan.standing if folded(s.last.customer_code or "") in wanted),
    )


def _of(fated: Fated, wanted: Collection[str]) -> bool:
    return any(folded(code) in wanted for code in fated.pair.owner.codes)
