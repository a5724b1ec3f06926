"""Measuring the assistant against curated questions."""
