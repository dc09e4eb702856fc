"""The headless API."""
