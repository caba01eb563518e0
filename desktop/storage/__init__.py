"""The office file."""
