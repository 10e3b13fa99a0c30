"""Emit, check, show: stands on `ingest`, which never imports it."""
