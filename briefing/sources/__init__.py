"""Documents become seeds and records; also finding quotes, snippets and schemas for editors, and new briefings."""
