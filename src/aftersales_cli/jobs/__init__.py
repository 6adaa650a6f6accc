"""The work of a command, step by step: (workspace, as_of, wishes) → Report."""
