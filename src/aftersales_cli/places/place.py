"""A place in a file of the user's: a cell of a workbook, or a line of a text file."""

from __future__ import annotations

from aftersales_cli.places.quick import quick
from aftersales_cli.words import Say

TYPED = "command line"
"""The file of what was given by options; `heading` then names the option."""


@quick
class Place:
    """File as the user named it; row as the spreadsheet shows it; column letter and heading; or a text file's line."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    line: int | None = None
    heading: str | None = None

    def __str__(self) -> str:
        """`cutovers.xlsx › 割接 › C7 (割接开始时间)`, or `inbox.csv › line 4`, with what is known of it; `--began`."""
        if self.file == TYPED and self.heading:
            return self.heading
        parts = [self.file.replace("\\", "/").rsplit("/", 1)[-1]]
        if self.sheet:
            parts.append(self.sheet)
        if self.row is not None:
            parts.append(f"{self.column}{self.row}" if self.column else str(Say("row {n}", n=self.row)))
        elif self.line is not None:
            parts.append(str(Say("line {n}", n=self.line)))
        text = " › ".join(parts)
        return f"{text} ({self.heading})" if self.heading else text
