"""`python -m aftersales_cli`: the same as the console script."""

from aftersales_cli.cli.main import run

run()
