"""Acquire, decide, keep: a complete headless library for syndicated articles."""
