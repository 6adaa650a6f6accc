"""The two files that people read first: the settings and the story."""

from __future__ import annotations

from tools.province.model import Province

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

值得一看的割接 · Cutovers worth a look:

| 割接任务号 | 文件 | 看点 |
|---|---|---|
{stories}

6月20日的申告 · The complaints of 20 June:

| 申告编号 | 看点 |
|---|---|
{asked}
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
    )


def _asked(made: Province) -> list[str]:
    """A row for each thing to be seen, with all complaints that show it."""
    shown: dict[str, list[str]] = {}
    for one in made.complaints:
        shown.setdefault(one.about, []).append(one.number)
    return [f"| {' '.join(numbers)} | {about} |" for about, numbers in shown.items()]
