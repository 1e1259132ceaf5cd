"""Checks a built site against the seeds. Imports nothing of the renderer."""
