"""Suites that several implementations must pass; each implementation subclasses its suite."""
