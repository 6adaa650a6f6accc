"""Answers to the questions `register/inventory.py` asks of the circuits; row numbers kept."""
