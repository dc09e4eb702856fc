"""Tests of the block families."""
