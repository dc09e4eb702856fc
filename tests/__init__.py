"""Tests, laid out as the packages are. `contracts/` holds suites that several parts must pass."""
