"""Cutovers: tasks, who is touched, what the rules say, what is held, and the notices that follow."""
