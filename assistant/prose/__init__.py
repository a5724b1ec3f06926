"""How askers tell facts about themselves: clauses, negation, and the amounts, days and choices in them."""
