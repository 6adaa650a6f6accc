"""The nouns: one file per table of the data dictionary."""
