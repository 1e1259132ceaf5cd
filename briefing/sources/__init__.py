"""Documents become seeds and records; finding quotes; snippets and schemas for editors; a new briefing."""
