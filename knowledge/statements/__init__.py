"""Statements: what a policy says on one point, in our own words, with the spots that prove it."""
