"""`make references`: pages and help blocks that are made from the code, so that they cannot say something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from aftersales_cli import library
from aftersales_cli.complaint import rules as _complaint_rules  # noqa: F401 - registers the functions the cards name
from aftersales_cli.cutover import rules as _cutover_rules  # noqa: F401 - registers the functions the cards name
from aftersales_cli.records.columns import Column, Table
from aftersales_cli.records.tables import TABLES
from aftersales_cli.records.vocabulary import Vocabulary
from aftersales_cli.rules.book import Book, load_book
from aftersales_cli.rules.card import Card, Edition
from aftersales_cli.tables.describing import holds
from aftersales_cli.words import shown
from tools.helps import help_texts

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh.md"}
MADE = "<!-- made by “make references”; do not edit -->"
FINDING = {
    "en": "A column is found by its heading, one of the other headings, or its key; width, spaces and case do not "
    "matter. `*` = required. Several values in one cell are separated by `;`, `；`, `、` or line breaks.",
    "zh": "列按标题、其他写法或键名识别，不计全半角、空格和大小写。`*` = 必填。一格多值用 `;`、`；`、`、` 或换行分隔。",
}
HELP = re.compile(r"(<!-- help -->\n```text\n).*?(\n```\n<!-- /help -->)", re.DOTALL)


def written(language: str) -> dict[Path, str]:
    """Every page and README that is made from the code, as it should be, in one language (`en`, `zh`)."""
    ending = "" if language == "en" else f".{language}"
    readme = READMES[language]
    helps = help_texts(language)
    return {
        REFERENCE / f"commands{ending}.md": commands_page(helps, language),
        REFERENCE / f"tables{ending}.md": tables_page(language),
        REFERENCE / f"rules{ending}.md": rules_page(language),
        readme: with_help(readme.read_text("utf-8"), helps[()]),
    }


def with_help(readme: str, text: str) -> str:
    """A README with the help text between its marks."""
    return HELP.sub(lambda found: found[1] + text + found[2], readme)


def commands_page(helps: Mapping[tuple[str, ...], str], language: str) -> str:
    """Every command with its help."""
    title = {"en": "Commands", "zh": "命令"}[language]
    parts = [f"# {title}", MADE]
    for line, text in helps.items():
        parts += [f"{'#' * (len(line) + 2)} {' '.join(('aftersales', *line))}", f"```text\n{text}\n```"]
    return _page(parts)


def tables_page(language: str) -> str:
    """Every table of the data dictionary, column by column."""
    title = {"en": "Tables", "zh": "表格"}[language]
    parts = [f"# {title}", MADE, FINDING[language]]
    for table in TABLES.values():
        parts += [f"## {table.key} {table.heading}", _columns(table, language)]
    return _page(parts)


def _columns(table: Table[Any], language: str) -> str:
    headings = {
        "en": ("key", "heading", "other headings", "English", "holds", "words", "example"),
        "zh": ("键", "标题", "其他写法", "英文", "内容", "可用的词", "例"),
    }[language]
    return _grid(headings, [_column(column, language) for column in table.columns])


def _column(column: Column, language: str) -> tuple[str, ...]:
    others = "、".join((*column.aliases, *([" + ".join(column.parts)] if column.parts else [])))
    words = "、".join(column.choices)
    if listed := column.vocabulary or column.offers:
        words = f"[{listed}]({_rules_page(language)}#{listed})"
    key = f"`{column.key}`{'*' if column.required else ''}"
    return key, column.heading, others, column.english, holds(column).to(language), words, column.example


def rules_page(language: str) -> str:
    """Every card of the shipped rule book with its editions and clauses, and every word list."""
    title = {"en": "Rules", "zh": "规则"}[language]
    words = {"en": "Word lists", "zh": "词表"}[language]
    book = _book()
    parts = [f"# {title}", MADE]
    for card in book.cards.values():
        parts += _card(card, book, language)
    parts.append(f"## {words}")
    for vocabulary in book.vocabularies.values():
        parts += _word_list(vocabulary, language)
    return _page(parts)


def _card(card: Card, book: Book, language: str) -> Iterator[str]:
    facts = {
        "en": ("requirement", "judged on", "on breach", "when it needs a person", "cases"),
        "zh": ("要求", "判定日", "违反时", "需人工时", "用例"),
    }[language]
    path = Path(card.file).relative_to(ROOT).as_posix()
    cases = path.replace(".yaml", ".cases.yaml")
    said = (
        ", ".join(card.requirement),
        f"`{card.judged_on}`",
        card.on_breach.value,
        card.on_needs_a_person.value,
        f"[{Path(cases).name}](../../{cases})" if (ROOT / cases).exists() else "–",
    )
    yield f"## {card.id}"
    yield f"**{card.title[language]}**"
    if card.note:
        yield card.note[language]
    yield "\n".join(f"- {name}: {value}" for name, value in zip(facts, said, strict=True))
    if card.parameters:
        headings = {
            "en": ("number", "unit", "a province may", "a contract may", "sample value"),
            "zh": ("参数", "单位", "省可", "合同可", "样例值"),
        }[language]
        yield _grid(
            headings,
            [
                (f"`{p.name}`", p.unit.value, p.province_may.value, p.contract_may.value, shown(p.sample, language))
                for p in card.parameters.values()
            ],
        )
    yield _editions(card, book, language)


def _editions(card: Card, book: Book, language: str) -> str:
    headings = {"en": ("from", "whose", "numbers", "clause"), "zh": ("自", "谁的", "数值", "条款")}[language]
    group = {"en": "group", "zh": "集团"}[language]
    rows = [_edition(group, edition, language) for edition in card.editions]
    for province in book.provinces.values():
        rows += [
            _edition(province.title[language], edition, language) for edition in province.editions.get(card.id, ())
        ]
    return _grid(headings, rows)


def _edition(owner: str, edition: Edition, language: str) -> tuple[str, ...]:
    numbers = "; ".join(f"{name} = {shown(setting.value, language)}" for name, setting in edition.settings.items())
    clause = f"{edition.clause.source}, {edition.clause.article[language]}: {edition.clause.text[language]}"
    return edition.start.isoformat(), owner, numbers or "–", clause


def _word_list(vocabulary: Vocabulary, language: str) -> Iterator[str]:
    headings = {"en": ("word", "also written", "English"), "zh": ("词", "也写作", "英文")}[language]
    more = tuple(dict.fromkeys(name for term in vocabulary.terms for name in term.more))
    yield f"### {vocabulary.name}"
    yield vocabulary.note
    yield _grid(
        (*headings, *more),
        [
            (term.word, "、".join(term.aliases), term.english or "", *(term.more.get(name, "") for name in more))
            for term in vocabulary.terms
        ],
    )


def _rules_page(language: str) -> str:
    return "rules.md" if language == "en" else f"rules.{language}.md"


def _book() -> Book:
    return load_book([library.content("rulebook")])


def _grid(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _page(parts: Sequence[str]) -> str:
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Write them all; say which changed."""
    for language in READMES:
        for path, text in written(language).items():
            if not path.exists() or path.read_text("utf-8") != text:
                path.write_text(text, "utf-8", newline="\n")
                print(f"written: {path.relative_to(ROOT).as_posix()}")


if __name__ == "__main__":
    main()
