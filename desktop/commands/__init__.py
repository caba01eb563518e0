"""The commands of the command line, beside `ui` on the same services."""
