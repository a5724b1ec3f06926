"""What we know: records, language, dates, the search legs and the snapshots they live in."""
