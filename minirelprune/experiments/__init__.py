"""The paper's experiments: what to run, running it, and what to show of it."""
