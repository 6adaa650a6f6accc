"""Where a value stood, what was wrong with it, and whether it is known."""

from aftersales_cli.places.fact import Fact, Known, Missing, Unknown
from aftersales_cli.places.place import TYPED, Place
from aftersales_cli.places.problem import Problem, Severity, shortened

__all__ = ["TYPED", "Fact", "Known", "Missing", "Place", "Problem", "Severity", "Unknown", "shortened"]
