"""Suggestions and matters: what was said, and what became of it until the resident's verdict."""
