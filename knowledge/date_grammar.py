"""The closed grammar of date phrases: one pattern for policies, one for the prose of who asks.

A policy's dates say their year, or lack nothing but the year. Prose holds more: weekdays, bare
numbers ("1-11"), months alone, and words that count from today; some of them are a date only for
what stands around them. `date_stretches` gives the groups their meaning.
"""

from __future__ import annotations

import re

from knowledge.date_words import (
    BOUNDS,
    DAY_WORDS_OF_MONTH,
    EDGES,
    FIXED_DAYS,
    FULL_WEEKDAYS,
    LATER,
    MONTHS,
    NEXT,
    NUMBERS,
    ORDINALS,
    PARTS,
    PAST,
    THIS,
    WEEKDAYS,
    choice,
)

Words = dict[str, str]
"""The groups that matched, in lower case with single spaces."""

_MONTH = choice(MONTHS)
_ENGLISH_MONTH = choice(
    """january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec""".split()
)
_WEEKDAY = choice(FULL_WEEKDAYS)
_BOUND = "|".join(pattern for _, pattern in BOUNDS)
_DAY = r"[0-3]?\d"
_NTH = r"(?:e|ste|de|st|nd|rd|th)?"
_ORDINAL = choice(ORDINALS)
_TO = r"(?:t/m|tot\s+en\s+met|tot|until|till|through|to|[-–])"
_NUMBER = rf"\d{{1,3}}|{choice(NUMBERS)}"
_SHORT_YEAR = r"['’‘]\d\d"
_YEAR_WORD = rf"(?:{THIS}|{PAST}|{NEXT}|{LATER})\s+(?:jaar|year)"
_UNIT_SIDE = rf"{THIS}|{PAST}|{NEXT}|{LATER}"
_SIDE_BEHIND = r"jl|j\.l|ll|jongstleden|a\.s|e\.k|aanstaande|aankomende?|eerstkomende?"
_DUTCH_UNIT = "dagen|dag|dgn|weken|week|wkn|wk|maanden|maand|mnd|jaar|jaren"
_ENGLISH_UNIT = "days?|weeks?|fortnights?|months?|years?"
_PART_OF_DAY = "(?:ochtend|middag|avond|nacht)?"
_NTH_OF = choice(EDGES | {word: number for word, number in ORDINALS.items() if number <= 4})
_EXACTLY = r"precies|exact|exactly"
_ABOUT = r"""ongeveer|circa|ca\.|zo['’]n|ruim|bijna|(?:iets\s+)?(?:meer|minder)\s+dan|minstens
    |about|around|roughly|almost|nearly|(?:more|less)\s+than|over|at\s+least"""
_EXACTLY = "precies|exact|exactly"

_POLICY = rf"""
      (?P<part>begin|half|medio|midden|eind|einde|end\ of|mid)\s+
        (?P<part_month>{_MONTH})\.?(?:\s+(?P<part_year>\d{{4}}|{_SHORT_YEAR}))?
      | (?P<day>{_DAY})(?P<nth>{_NTH})(?:\s+of)?\s+(?P<month>{_MONTH})\.?(?:\s+(?P<year>\d{{4}}|{_SHORT_YEAR}))?
      | (?P<e_month>{_ENGLISH_MONTH})\.?\s+(?P<e_day>{_DAY}){_NTH},?\s+(?P<e_year>\d{{4}})
      | (?P<n_day>{_DAY})[-/.](?P<n_month>[01]?\d)[-/.](?P<n_year>\d{{4}}|{_SHORT_YEAR})
      | (?P<iso>\d{{4}}-[01]\d-[0-3]\d)
      | (?:Q(?P<quarter>[1-4])|(?P<ordinal>{_ORDINAL})\s+(?:kwartaal|quarter))(?:\s+(?:van|of))?\s+(?P<q_year>\d{{4}})
      | (?P<half>{_ORDINAL})\s+(?:helft|halfjaar|half\s+jaar|half)(?:\s+(?:van|of))?\s+(?P<half_year>\d{{4}})
      | (?P<only_month>{_MONTH})\s+(?P<only_year>\d{{4}})"""


# Behind a whole word the dot ends the sentence.
_DOT = r"(?:\.(?=\s+\d{4}\b)|(?<![a-z]{5})(?<!juni|juli|june|july)(?<!mei|may)\.)?"
_SIDE_DOT = r"(?:(?<=jl|ll|\.s|\.l|\.k)\.)?"


def _year(group: str) -> str:
    """An asker's year behind a day or a month, optional."""
    # "1 nov 25" only where nothing follows that could be counted.
    year = rf"(?:19|20|21)\d\d|{_SHORT_YEAR}|{_YEAR_WORD}|[23]\d(?=\s*(?:[?!;)]|[.,](?!\d)|$))"
    return rf"(?:,?\s+(?:(?:van|of|in)\s+)?(?P<{group}>{year}))?"


_PROSE_DAY = rf"""
      (?:(?P<around>rond|omstreeks|ongeveer|circa|ca\.|around|approximately|week\s+(?:van|of))\s+)?
      (?:(?:(?P<lead>{PAST}|{NEXT})|(?P<lead_year>{_YEAR_WORD})(?:\s+(?:op|on))?)\s+)?
      (?:(?P<weekday>{choice(WEEKDAYS)}){_PART_OF_DAY}\.?,?\s+(?:(?:de|the)\s+)?)?
      (?:
        (?:(?:tussen|between)\s+(?:de\s+|the\s+)?(?P<between_day>{_DAY}){_NTH}\s+(?:en|and)\s+(?:de\s+|the\s+)?
          |(?:van\s+)?(?P<from_day>{_DAY}){_NTH}\s*(?P<to>{_TO})\s*(?:(?:{choice(WEEKDAYS)})\.?\s+)?
          |(?P<list_day>{_DAY}){_NTH}(?:,\s*{_DAY}{_NTH})*\s+(?:of|or|en|and)\s+)?
        (?P<day>{_DAY})(?P<nth>{_NTH})(?:\s+(?:of|van))?\s+(?P<month>{_MONTH}){_DOT}{_year("year")}
      | (?P<e_month>{_ENGLISH_MONTH}){_DOT}\s+(?:the\s+)?(?P<e_day>{_DAY})(?P<e_nth>{_NTH})
        (?:\s*{_TO}\s*(?P<e_to_day>{_DAY}){_NTH})?(?![.,:/-]?\d){_year("e_year")}
      | (?P<word_day>{choice(DAY_WORDS_OF_MONTH)})\s+(?:(?:van|of)\s+)?
        (?P<word_month>{_MONTH}){_DOT}{_year("word_year")}
      | (?P<fixed>{choice(FIXED_DAYS).replace(chr(92) + " ", chr(92) + "s+")}){_year("fixed_year")}
      | (?P<nth_of>{_NTH_OF})\s+(?:dag|day|(?P<nth_weekday>{_WEEKDAY}))\s+(?:van|of|in)\s+
        (?:(?P<nth_month>{_MONTH}){_DOT}{_year("nth_year")}|(?:(?:de|the)\s+)?(?P<nth_side>{_UNIT_SIDE})\s+(?:maand|month))
      | ultimo\s+(?P<ultimo>{_MONTH}){_DOT}{_year("ultimo_year")}
      | (?P<n_day>{_DAY})[-/.](?P<n_month>[01]?\d)[-/.]
        (?P<n_year>\d{{4}}|{_SHORT_YEAR}|(?<=[-/])[23]\d(?![-/.]\d|\s\d\d\b(?![:.])))
      | (?P<iso>\d{{4}}-[01]\d-[0-3]\d)
      | (?P<b_day>{_DAY})[-/](?P<b_month>[01]?\d)(?![-/.,]?\d|\s\d|\s*%)
      )
      (?:\s+(?P<side>{_SIDE_BEHIND}){_SIDE_DOT})?"""

_PROSE_WEEKDAY = rf"""
      (?P<week_side>vorige|volgende|deze|last|next|this)\s+week,?\s+(?:(?:op|on)\s+)?(?P<week_day>{_WEEKDAY})
      | (?P<weeks_off>{_NUMBER})\s+(?:weken|week|wkn|wk|weeks)\s+(?:geleden|terug|ago),?\s+(?:(?:op|on)\s+)?
        (?P<weeks_off_day>{_WEEKDAY})(?!\s+(?:over|in|{_NUMBER})\b)
      | (?P<day_of_week>{_WEEKDAY})\s+(?:(?:of|van|in)\s+)?(?P<of_week>vorige|volgende|deze|last|next|this)\s+week
      | (?P<weekday_side>{_UNIT_SIDE})\s+(?P<side_weekday>{_WEEKDAY}){_PART_OF_DAY}(?!\s+(?:of|van|in)\b)
      | (?P<weekday_before>{_WEEKDAY}){_PART_OF_DAY}\s+(?P<side_behind>{_SIDE_BEHIND}){_SIDE_DOT}"""

_PROSE_COUNT = rf"""
      (?P<counted_from>vandaag|gisteren|morgen|today|yesterday|tomorrow|{_WEEKDAY})\s+
        (?:(?P<from_over>over|in)\s+(?P<from_count>{_NUMBER})\s+(?P<from_unit>{_DUTCH_UNIT}|{_ENGLISH_UNIT})
          |(?P<from_ago>{_NUMBER})\s+(?P<from_ago_unit>{_DUTCH_UNIT}|{_ENGLISH_UNIT})\s+(?:geleden|terug|ago))
      | (?P<day_word>vandaag(?!\s+de\s+dag)|eergister(?:en|ochtend|middag|avond|nacht)
        |gister(?:en|ochtend|middag|avond|nacht)?|overmorgen(?:ochtend|middag|avond)?
        |morgen(?:ochtend|middag|avond|vroeg)?|van(?:ochtend|morgen|middag|avond|nacht)|zojuist|zonet|daarnet|zoeven
        |zo-even|today|tonight|just\s+now|last\s+night|(?:the\s+)?day\s+before\s+yesterday|yesterday|(?:the\s+)?day\s+after\s+tomorrow|tomorrow
        |this\s+(?:morning|afternoon|evening))
      | (?:(?P<about>{_ABOUT})\s+|(?:{_EXACTLY})\s+)?
        (?P<ago>{_NUMBER})\s+(?P<ago_unit>{_DUTCH_UNIT}|{_ENGLISH_UNIT})\s+(?:geleden|terug|ago)
      | (?P<ahead_word>over|in)\s+(?:(?P<ahead_about>{_ABOUT})\s+|(?:{_EXACTLY})\s+)?
        (?P<ahead>{_NUMBER})\s+(?P<ahead_unit>{_DUTCH_UNIT}|{_ENGLISH_UNIT})(?!\s+of\b)
      | (?P<day_of_month>{_DAY}(?:e|de|ste|st|nd|rd|th)|{choice(DAY_WORDS_OF_MONTH)})
        \s+(?:van|of)\s+(?:(?:de|the)\s+)?(?P<month_of_day>{_UNIT_SIDE})\s+(?:maand|month)
      | (?P<lone_weekday>{choice(WEEKDAYS)})\.?,?\s+(?:(?P<lone_the>de|the)\s+)?(?P<dated_day>{_DAY})
        (?P<dated_nth>(?:e|de|ste|st|nd|rd|th)?)(?![.:/-]?\d|\s*(?:uur|u)\b)
      | (?:de|the)\s+(?P<lone_day>{_DAY})(?:e|de|ste|st|nd|rd|th)
      | (?P<from_now>{_NUMBER})\s+(?P<from_now_unit>{_ENGLISH_UNIT})\s+from\s+(?:now|today)"""

_PROSE_STRETCH = rf"""
      (?P<part>{choice(PARTS)})(?:\s+(?:van|of))?[\s-]+
        (?:(?P<part_month>{_MONTH}){_DOT}{_year("part_year")}
          |(?:(?:de|the)\s+)?(?P<part_side>{_UNIT_SIDE})\s+(?:maand|month)
          |(?P<part_of_year>(?:19|20|21)\d\d|{_YEAR_WORD}))
      | (?:Q(?P<quarter>[1-4])|kwartaal\s+(?P<quarter_number>[1-4])|(?P<ordinal>{_ORDINAL})\s+(?:kwartaal|quarter))
        (?:-(?P<q_dash_year>\d{{4}})|{_year("q_year")})
      | (?P<half>{_ORDINAL})\s+(?:helft|halfjaar|half\s+jaar|half(?:\s+year)?)(?:\s+(?:van|of))?
        \s+(?P<half_year>(?:19|20|21)\d\d|{_YEAR_WORD})
      | (?:(?:(?P<month_lead>{PAST}|{NEXT}|{LATER})|(?P<month_lead_year>{_YEAR_WORD})(?:\s+in)?)\s+)?
        (?P<only_month>{_MONTH}){_DOT}{_year("only_year")}(?:\s+(?P<month_side>{_SIDE_BEHIND}){_SIDE_DOT})?
      | (?P<unit_side>{_UNIT_SIDE})\s+(?P<unit>weekend|week|maand|month|kwartaal|quarter|jaar|year)"""


def _compiled(*forms: str, article: str = "") -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w/])(?<!\d[.,])(?:(?P<bound>{_BOUND})\s+{article})?(?P<core>{'|'.join(forms)})(?!\w)",
        re.IGNORECASE | re.VERBOSE,
    )


POLICY_DATES = _compiled(_POLICY)
# "Voor het derde kwartaal" is for it, not before it; "voor de 1e mei" is before it.
_ARTICLE = r"(?:(?:(?<!voor\s)(?:de|het|the)|de(?=\s+\d))\s+)?"
PROSE_DATES = _compiled(_PROSE_DAY, _PROSE_WEEKDAY, _PROSE_COUNT, _PROSE_STRETCH, article=_ARTICLE)


def words_of(match: re.Match[str]) -> Words:
    """The groups that matched."""
    return {group: " ".join(said.lower().split()) for group, said in match.groupdict().items() if said}
