"""Tests of the shared index."""
