"""Words at a prompt: options in, reports out; no thinking."""
