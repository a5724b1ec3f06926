"""What changed from one policy to another: sections, sentences, figures, rules and questions. Pure functions.

`compare` matches sections and aligns sentences; `list_changes` tells what differs; `cards` and `questions`
tell what came of the rules, statements and bank questions of the old policy.
"""
