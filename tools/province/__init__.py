"""`python -m tools.province`: an invented province with everything a desk works on, the same for the same seed.

One module per table, each with its own random numbers (`chance`), so that a further table changes no other.
"""
