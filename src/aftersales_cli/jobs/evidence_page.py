"""The evidence as the page's template gets it: plain texts in one language, long lists cut and counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aftersales_cli.places import Place
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.values import Lead, LeadUnit
from aftersales_cli.words import Counted, shown

Json = dict[str, Any]
NOTICES, JUDGEMENTS, CIRCUITS, ROWS = 150, 20, 100, 40
"""How many the page shows of each; `evidence.json` has all. A page has at most 2 MB (E04)."""
LONGEST = 300  # characters of one cell


def page_view(data: Mapping[str, Any], unit: str) -> Json:
    """What `evidence/index.html.j2` is given; `unit` is who keeps the evidence."""
    language = data["language"]
    editions = {paper["sha256"]: paper["says"] for paper in data["papers"] if paper["kind"] == "edition"}
    judgements = data["judgements"][-JUDGEMENTS:]
    return {
        "task_no": data["task_no"],
        "spellings": data["spellings"],
        "made_at": _at(data["as_of"]),
        "version": data["version"],
        "unit": unit,
        "summary": _plain(data["summary"]),
        "notices": [_notice(each) for each in data["notices"][:NOTICES]],
        "more_notices": max(0, len(data["notices"]) - NOTICES),
        "judgements": [_judgement(each, editions, language) for each in judgements],
        "more_judgements": len(data["judgements"]) - len(judgements),
        "receipts": [_receipt(each) for each in data["receipts"][:NOTICES]],
        "more_receipts": max(0, len(data["receipts"]) - NOTICES),
        "inputs": _plain(data["inputs"]),
        "runs": [_run(each) for each in data["runs"]],
        "papers": [_paper(each) for each in data["papers"]],
    }


def _notice(said: Json) -> Json:
    window = _window(said["window"])
    return {
        "customer_code": said["customer_code"] or "",
        "customer_name": said["customer_name"],
        "change": said["change"],
        "sequence": said["sequence"],
        "issued_at": _at(said["issued_at"]),
        "published_at": _at(said["published_at"]),
        "published_said": said["published_said"],
        "window": window,
        "interruption": _cut(said["interruption"]),
        "province": said["province"],
        "reason": said["reason"],
        "circuits": said["circuit_codes"][:CIRCUITS],
        "more_circuits": max(0, len(said["circuit_codes"]) - CIRCUITS),
        "collisions": [{"circuit": c, "tasks": tasks} for c, tasks in list(said["collisions"].items())[:ROWS]],
        "recipients": said["recipients"][:ROWS],
        "despite": [{"rule": rule, "because": why} for rule, why in said["despite"].items()],
        "late": bool(said["late"]),
        "run": said["run"],
        "changed": [_change(each) for each in said["changed"]],
        "documents": [_blank(each) for each in said["documents"][:ROWS]],
    }


def _receipt(said: Json) -> Json:
    return {
        "customer_code": said["customer_code"],
        "customer_name": said["customer_name"],
        "sequence": said["sequence"],
        "delivered": said["delivered"],
        "delivered_at": _at(said["delivered_at"] or ""),
        "channel": said["channel"],
        "confirmed_by": _cut(said["confirmed_by"]),
        "circuits": said["circuit_codes"][:CIRCUITS],
        "reply": said["reply"] or "",
        "source": _cut(said["source"]),
        "recorded_at": _at(said["recorded_at"]),
    }


def _change(each: Json) -> Json:
    old, new = (_window(each[key]) if each["what"] == "window" else _text(each[key]) for key in ("old", "new"))
    return {"what": each["what"], "old": old, "new": new}


def _window(said: Mapping[str, str]) -> str:
    return f"{_at(said['start'])} – {_at(said['end'])}"


def _judgement(said: Json, editions: Mapping[str, Json], language: str) -> Json:
    untold = [each for each in said["circuits"] if each["fate"] != "notified"]
    return {
        "run": said["run"],
        "judged_at": _at(said["judged_at"]),
        "province": said["province"] or "",
        "verdict": said["verdict"],
        "held": said["held"],
        "reasons": said["reasons"],
        "despite": [{"rule": rule, "because": why} for rule, why in said["despite"].items()],
        "accounting": said["accounting"],
        "untold": [_blank(each) for each in untold[:CIRCUITS]],
        "more_untold": max(0, len(untold) - CIRCUITS),
        "standing": [_blank(each) for each in said["standing"][:ROWS]],
        "rows": [_row(each, language) for each in said["rows"][:ROWS]],
        "more_rows": max(0, len(said["rows"]) - ROWS),
        "decisions": [_decision(each, editions, language) for each in said["decisions"]],
        "years": sorted(said["calendar"]["years"]),
        "not_published": [str(year) for year in said["calendar"]["not_published"]],
    }


def _row(row: Json, language: str) -> Json:
    cells = [{"name": _heading(key, language), "value": _text(value)} for key, value in row["cells"].items()]
    unread = [
        {"name": _heading(key, language), "value": _cut(problem["message"])} for key, problem in row["unread"].items()
    ]
    return {"where": _where(row["source"]), "cells": cells, "unread": unread}


def _decision(said: Json, editions: Mapping[str, Json], language: str) -> Json:
    return {
        "rule": said["rule"],
        "title": said["title"],
        "verdict": said["verdict"],
        "says": _cut(said["says"]),
        "judged_on": said["judged_on"] or "",
        "holds": said["holds"],
        "evidence": [
            {"name": _heading(e["field"], language), "value": _text(e["value"]), "where": _where(e["source"])}
            for e in said["evidence"][:ROWS]
        ],
        "missing": [{"name": _heading(m["field"], language), "why": _cut(m["why"])} for m in said["missing"][:ROWS]],
        "values": [{"name": v["name"], "value": _amount(v, language)} | v["clause"] for v in said["values"]],
        "cautions": [_cut(each) for each in said["cautions"][:ROWS]],
        "editions": [
            {"from": found["from"], "province": found["province"] or ""} | found["clause"]
            for digest in said["editions"]
            if (found := editions.get(digest)) is not None
        ],
    }


def _amount(used: Json, language: str) -> str:
    """A number with its unit in words, as decisions show it."""
    value, unit = used["value"], used["unit"]
    if isinstance(value, int) and unit in tuple(LeadUnit):
        return shown(Lead(value, LeadUnit(unit)), language)
    if isinstance(value, int) and unit == "minutes":
        return shown(Counted("{n} minute", "{n} minutes", n=value), language)
    return _text(value)


def _paper(paper: Json) -> Json:
    said = paper["says"] or {}
    return {
        "kind": paper["kind"],
        "name": paper["name"],
        "sha256": paper["sha256"],
        "copy": paper["copy"],
        "source": said.get("source", "") if paper["kind"] == "calendar" else "",
    }


def _run(run: Json) -> Json:
    return _blank({**run, "as_of": _at(run["as_of"]), "inputs": len(run["inputs"])})


def _heading(field: str, language: str) -> str:
    """The heading of a column of the cutovers; other fields by their own word."""
    column = next((column for column in Cutover.TABLE.columns if column.key == field), None)
    return field if column is None else column.heading if language == "zh" else column.english


def _where(source: Mapping[str, Any] | None) -> str:
    return str(Place(**source)) if source else ""


def _text(value: object) -> str:
    match value:
        case str() if len(value) >= len("2011-06-08T00:00") and value[10:11] == "T" and value[:4].isdecimal():
            return _at(value)
        case None:
            return "–"
        case list():
            return _cut("、".join(_text(each) for each in value))
        case _:
            return _cut(str(value))


def _at(instant: str) -> str:
    """`2011-05-26 09:00`; seconds where there are any."""
    day, _, time = instant.partition("T")
    clock = time[:8].removesuffix(":00")
    return f"{day} {clock}".strip()


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _blank(found: Mapping[str, Any]) -> Json:
    """Nothing for None: a template prints no None."""
    return {key: "" if value is None else _plain(value) for key, value in found.items()}


def _plain(value: Any) -> Any:
    """Lists for tuples, words for enums, to the bottom."""
    match value:
        case str():
            return str(value)
        case Mapping():
            return _blank(value)
        case Sequence() | set():
            return [_plain(each) for each in value]
        case _:
            return value
