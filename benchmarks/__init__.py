"""Measurements of speed; run them from the project's folder (docs/benchmarks.md)."""
