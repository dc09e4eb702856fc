"""Formats of dates; read by Django through FORMAT_MODULE_PATH."""
