"""`aftersales`: the after-sales desk of a telecom carrier, at a prompt."""

__version__ = "0.1.0"
