"""Whether a clause of prose says what one statement of the evidence says: its figures, its words, its yes or no."""

from __future__ import annotations

from assistant.model.figures import Figures, figures_in
from assistant.model.likeness import Content, content_of, denials, main_clauses
from assistant.model.material import Behind, Statement
from assistant.model.prose import Sentence
from assistant.turn import Language

LEAST_SHARE, LEAST_TRANSLATED = 0.5, 0.25
"""The share of a clause's words that its statement holds; less where the statements are in another language."""
AS_NEAR = 0.15
"""What is this much below the nearest still may be what is meant."""
RETOLD_SHARE = 0.7
"""The share of a statement's words from which on it is told again whole."""


def unsupported_clauses(sentence: Sentence, behind: Behind, language: Language) -> list[str]:
    """The clauses of a sentence that no single statement of the evidence supports."""
    clauses = main_clauses(sentence.bare)
    return [clause for clause in clauses if not _is_supported(clause, behind, language)]


def _is_supported(clause: str, behind: Behind, language: Language) -> bool:
    """Whether one of the statements that are nearest in words has the same figures, and denies as often."""
    content, figures, denied = content_of(clause), figures_in(clause), denials(clause)
    own = [content.share_in(statement.content) for statement in behind.statements]
    nearest = max(own, default=0.0)
    return any(
        share >= nearest - AS_NEAR
        and _holds_enough(content, statement, behind, language)
        and _says(statement, content, figures, behind, denied)
        for share, statement in zip(own, behind.statements, strict=True)
    )


def _holds_enough(content: Content, statement: Statement, behind: Behind, language: Language) -> bool:
    """Enough of the words stand in the statement, with what headings say that it is about; one at least in itself."""
    if not content.stems:
        return True
    named, said = behind.naming_content, statement.content
    whole = Content(said.stems | named.stems, {**named.concepts, **said.concepts})
    least = LEAST_SHARE if statement.language == language else LEAST_TRANSLATED
    return content.share_in(said) > 0 and content.share_in(whole) >= least


def _says(statement: Statement, content: Content, figures: Figures, behind: Behind, denied: int) -> bool:
    """Whether a clause of the statement that is about the same denies as often, and has the same figures.

    Where that clause has figures of its own these count: the ones of the next clause are of something else. A
    statement that is told again nearly whole counts as a clause.
    """
    is_retold = len(statement.sentences) == 1 and statement.content.share_in(content) >= RETOLD_SHARE
    clauses = (*statement.clauses, statement) if is_retold else statement.clauses
    shares = [content.share_in(clause.content) for clause in clauses]
    nearest = max(shares, default=0.0)
    for share, clause in zip(shares, clauses, strict=True):
        if share < nearest - AS_NEAR or clause.denials != denied:
            continue
        held = clause.figures or statement.figures
        if not figures.unbounded.missing_in((held | behind.naming_figures).unbounded):
            return True
    return False
