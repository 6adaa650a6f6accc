"""Customers' feedback to cutovers as cases: questions, objections, requests for protection, and their rules (R4–R6)."""
