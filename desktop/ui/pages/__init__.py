"""One page a record."""
