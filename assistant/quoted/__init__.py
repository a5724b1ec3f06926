"""Quoted sentences read as conditions and held against what the asker tells, where nobody wrote a rule."""
