"""Tests of the house itself: its walls, its locks, its one command."""
