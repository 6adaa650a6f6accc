"""The two files that people read first: the settings and the story."""

from __future__ import annotations

from tools.province import alarms
from tools.province.model import Province
from tools.province.service import Crisis, Warned

SETTINGS = """\
# 一个虚构的省，2026年6月 / an invented province, June 2026 (made by “python -m tools.province”)
# 不写 province：按集团的规则判断 / without “province” the group's rules decide
language: zh

inputs:
  cutovers: inbox/cutovers/*
  customers: [data/customers.xlsx, data/customers-cities.csv]
  circuits: [data/circuits.csv, data/circuits-long-haul.xlsx]
  routes: [data/routes.xlsx, data/routes-long-haul.csv]
  assurances: data/assurances.xls
  departments: data/departments.yaml
  engineers: data/engineers.xlsx
  faults: data/faults.xlsx
  complaints: data/complaints.csv
  warnings: data/warnings.csv
  crises: data/crises.yaml
  inspections: data/inspections.xls
  visits: data/visits*

sender:
  unit: 网络运行维护部
  name: 值班客户工程师
  phone: 0000-8000000
  email: noc@carrier.example
"""

STORY = """\
# 一个省的六月 · A province in June

{tasks} 项割接（计划、临时、紧急）、{customers} 个客户、{circuits} 条电路和它们的主备路由、{assurances} 条重保、
各角色的部门，按 2026年6月1日 9 时来看。割接分在五个文件里：手工做的工作簿、GB18030 的 CSV、名为 .xls 的文本、YAML；
时间、电路、客户名称的写法都像真实的导出文件。大部分照常通知，少数有意写错，见文末。城市、客户、人名、电话、邮箱全是编的
（没有这些城市，也没有 111 开头的手机号）；割接省须取自省份表，所以借用真实省名，此外与该省无关。

An invented province on the morning of 1 June 2026: {tasks} cutovers, {customers} customers, {circuits} circuits with
working and protecting routes, assurances and departments, in files as carrier systems write them. Most of it goes out;
a handful is wrong on purpose and is held or said, listed below. No city, customer, person, number or address in it
exists; 割接省 has to be one of a list of real provinces, and nothing else is taken from that province.

```sh
aftersales --as-of 2026-06-01T09:00 cutover check     # 每项割接的结论 · what is to be said of each cutover
aftersales --as-of 2026-06-01T09:00 cutover impact    # 哪些电路、多严重、哪两项相撞 · circuits, impacts, collisions
aftersales --as-of 2026-06-01T09:00 cutover notify    # 每个客户一份通知 · a notice for each customer, in out/
aftersales --as-of 2026-06-01T09:00 cutover notify    # 再跑一次：未变 · once more: unchanged
```

退出码是 3：有几处数据错了，只扣下它们涉及的部分。
The exit code is 3: some data is wrong, and only what it touches is held.

`june-20/` 是同一个班组 6月20日上午的工作区：`done.csv` 是 5月、6月做过的 {finished} 项割接（有实际时间），
另有 {complaints} 件申告、{receipts} 张送达回执、{feedback} 条客户意见；客户、电路、路由、重保、部门和六月的割接
都是上面的文件。它有自己的 `out/` 和台账。

`june-20/` is the workspace of the same desk on the morning of 20 June: `done.csv` holds {finished} cutovers that were
done in May and June, with their actual times; with {complaints} complaints, {receipts} receipts and {feedback} opinions
of customers. Customers, circuits, routes, assurances, departments and June's cutovers are the files above. It has its
own `out/` and ledger.

```sh
aftersales -w june-20 --as-of 2026-06-20T09:00 complaint answer     # 每件申告可以怎样答复 · what each may be answered
aftersales -w june-20 --as-of 2026-06-20T09:00 cutover feedback     # 意见、期限、须出的文书 · opinions, deadlines
```

申告里有五件数据错了（结束早于开始、别的客户的电路、任务不涉及电路、不认识的原因、时间没有日期），
只扣下它们，其余照常答复；每条答复规则、每个可能缺少的事实都至少出现一次，见文末第二张表。
Five complaints are wrong on purpose (ends before it begins, another customer's circuit, a task that does not touch it,
an unknown cause, a time without a day): only they are held. Every answer rule occurs, and every fact that may be
missing; see the second table.

## 走访 · Visits

同一个工作区里还有两年的走访：{visits} 次走访（大客户的工作簿、地市级的 CSV、危机走访的 YAML）、
{faults} 起故障、{reports} 件申告和投诉、
{warnings} 条预警、{crises} 起危机、{findings} 条巡检问题、{engineers} 位客户工程师。年初编计划，6月1日看欠哪些走访：

The same workspace has two years of service: {visits} visits (a workbook for the larger customers, a CSV of the cities,
YAML for those because of warnings), {faults} faults, {reports} reports and grievances, {warnings} warnings, {crises}
crises, {findings} findings of inspections, {engineers} engineers. The plan is made at the beginning of the year; on
1 June the desk looks at what is owed:

```sh
aftersales --as-of 2026-01-04T09:00 visit plan --year 2026           # 全年计划 · the year's plan, in out/
aftersales --as-of 2026-06-01T09:00 visit due                        # 欠哪些走访 · what is owed, overdue first
aftersales --as-of 2026-06-01T09:00 visit brief {briefed}              # 走访前 · before the visit
aftersales --as-of 2026-06-01T09:00 visit fault-report {briefed} --from 2026-04-01
aftersales --as-of 2026-06-01T09:00 visit record                     # 两年的记录入台账 · records into the ledger
aftersales --as-of 2026-06-01T09:00 visit report {reported}    # 走访后 · the report of one visit
aftersales --as-of 2026-06-01T09:00 visit issues                     # 客户反映而未解决的问题 · what is still open
aftersales --as-of 2026-06-01T09:00 visit export                     # 须录入集团系统的 · for the group's system
```

有几行是故意写错的，退出码是 3。{briefed} 两个月内三次故障，橙色预警已过两个工作日，没有人去过。看点见文末第三张表。
大客户由二十来位首席客户工程师分管，多数每周只走访一次，排得很满。计划里有 8 次排不进去：6 次是一位借调的首席工程师的，
2 次是秦望的，他分管的客户全年要走访 54 次，比一年的周数还多；计划写明是谁、在哪几周、差多少。
A few rows are wrong on purpose, so the exit code is 3. {briefed} had three faults in two months; nobody has been there
within two working days of the orange warning. The third table lists what is to be seen. Some twenty chief engineers
serve the large customers, most of them with one visit a week, so their weeks are full. Eight visits find no place:
six are those of one on loan, two those of 秦望, whose customers ask for 54 visits, more than the year has weeks; the
plan says who it is, in which weeks, and how many are too many.

值得一看的割接 · Cutovers worth a look:

| 割接任务号 | 文件 | 看点 |
|---|---|---|
{stories}

6月20日的申告 · The complaints of 20 June:

| 申告编号 | 看点 |
|---|---|
{asked}

走访和预警 · Visits and warnings:

| 编号 | 看点 |
|---|---|
{visited}
"""


def files(made: Province) -> dict[str, bytes]:
    """Settings and story."""
    return {"aftersales.yaml": SETTINGS.encode(), "README.md": _story(made).encode()}


def _story(made: Province) -> str:
    rows = [f"| {task.number} | {task.book} | {task.about} |" for task in made.tasks if task.about]
    return STORY.format(
        tasks=len(made.tasks),
        customers=len(made.customers),
        circuits=f"{len(made.circuits):,}",
        assurances=len(made.assurances),
        stories="\n".join(rows),
        finished=len(made.finished),
        complaints=len(made.complaints),
        receipts=len(made.receipts),
        feedback=len(made.feedback),
        asked="\n".join(_asked(made)),
        **_service(made),
    )


def _service(made: Province) -> dict[str, object]:
    """Counts of the two years, whom to brief, which visit to report, and what is to be seen."""
    service = made.service
    tables = ("visits", "faults", "reports", "warnings", "crises", "findings", "engineers")
    counts = {table: f"{len(getattr(service, table)):,}" for table in tables}
    briefed = next(one.customer for one in service.warnings if one.about == alarms.STRUCK[0])
    reported = next(one.number for one in service.visits if "级别不够" in one.about)
    shown: dict[str, list[str]] = {}
    alarmed: tuple[Warned | Crisis, ...] = (*service.warnings, *service.crises)
    for one in alarmed:
        shown[one.about] = [one.number]
    for visit in (visit for visit in service.visits if visit.about):
        if visit.number not in shown.setdefault(visit.about, []):
            shown[visit.about].append(visit.number)
    rows = [f"| {' '.join(numbers)} | {about} |" for about, numbers in shown.items()]
    return {**counts, "briefed": briefed, "reported": reported, "visited": "\n".join(rows)}


def _asked(made: Province) -> list[str]:
    """A row for each thing to be seen, with all complaints that show it."""
    shown: dict[str, list[str]] = {}
    for one in made.complaints:
        shown.setdefault(one.about, []).append(one.number)
    return [f"| {' '.join(numbers)} | {about} |" for about, numbers in shown.items()]
