"""A built site is checked against the seeds. Imports nothing of the renderer."""
