"""Pages out as translation files and in again: what may be taken, and what is only reported."""
