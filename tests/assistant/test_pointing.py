"""Words that only point back are left out of what cards are looked up by; words that name or ask something stay."""

import pytest

from assistant.pointing import without_pointing


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Heeft Fluvia ook zo'n eis over het vloeroppervlak?", "Heeft Fluvia een eis over het vloeroppervlak?"),
        ("Heeft Fluvia zo’n eis?", "Heeft Fluvia een eis?"),
        ("Staat er dan ook zoiets over parkeren?", "Staat er iets over parkeren?"),
        ("Gelden zulke eisen voor de hal?", "Gelden eisen voor de hal?"),
        ("Is er een dergelijke eis voor de hal?", "Is er een eis voor de hal?"),
        ("Moet dat op diezelfde dag?", "Moet dat op die dag?"),
        ("En moet de hal dan ook schoon zijn?", "En moet de hal schoon zijn?"),
        ("Moet de hal schoon zijn, ook?", "Moet de hal schoon zijn?"),
        ("Is there such a rule for the hall too?", "Is there a rule for the hall?"),
        ("Must the hall also be clean on that same day?", "Must the hall be clean on that day?"),
        ("Does the hall need one as well?", "Does the hall need one?"),
    ],
)
def test_pointing_words_are_left_out(text: str, plain: str) -> None:
    assert without_pointing(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "Wij hebben zo'n 20 medewerkers",
        "Wij hebben zo'n twintig medewerkers",
        "Geldt voor de hal dezelfde dag?",
        "Is het voor de hal hetzelfde?",
        "Zijn wij te laat?",
        "Are we too late?",
        "The hall as well as the garden?",
        "Moet de hal schoon zijn?",
        "",
    ],
)
def test_what_names_or_asks_something_stays(text: str) -> None:
    assert without_pointing(text) == text
