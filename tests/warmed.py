"""Imported by the process that builds are forked from: what they need is imported there already."""

from tests.small import warm

warm()
