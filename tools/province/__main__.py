"""`python -m tools.province [--to FOLDER] [--seed N]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.province.making import SEED, files, make, write

EXAMPLE = Path(__file__).parents[2] / "examples" / "province"


def main() -> None:
    """Make the province and say how large it became."""
    parser = argparse.ArgumentParser(prog="python -m tools.province", description=__doc__)
    parser.add_argument("--to", type=Path, default=EXAMPLE, help="the folder to write into (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="another number makes another province")
    given = parser.parse_args()
    made = make(given.seed)
    contents = files(made)
    write(given.to, contents)
    print(f"{given.to}: {len(made.tasks)} cutovers, {len(made.customers)} customers, {len(made.circuits)} circuits, "
          f"{len(made.hops)} hops; {len(contents)} files, {sum(map(len, contents.values())):,} bytes")  # fmt: skip


if __name__ == "__main__":
    main()
