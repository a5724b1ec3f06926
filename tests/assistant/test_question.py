"""What kind of answer a question asks for, in Dutch and in English, in words and in keywords."""

from __future__ import annotations

import pytest

from assistant.language import detect_language
from assistant.question import (
    MIN_PART_WORDS,
    Asked,
    Channel,
    asks_address,
    asks_anything,
    asks_cover,
    asks_days_left,
    asks_demand,
    asks_difference,
    asks_each,
    asks_exact_day,
    asks_figure,
    asks_in_time,
    asks_likewise,
    asks_sameness,
    asks_several,
    asks_standing,
    asks_waiting,
    asks_way,
    asks_which_is_first,
    asks_which_policy,
    asks_whom,
    asks_word,
    asks_yes_no,
    awaited,
    gives_channel,
    lacks_yet,
    parts_of,
    read_asked,
)

KINDS = ("when", "contact", "listing", "change", "amount", "yes_no")


@pytest.mark.parametrize(
    ("kind", "question"),
    [
        (kind, line.strip())
        for kind, lines in {
            "when": """
                Hoe snel moet ik dat laten weten?
                How quickly do I have to send it?
                Wanneer moet ik tekenen?
                Tot wanneer kan het loket mij helpen?
                Wat is de deadline?
                Wat is de uiterste dag?
                Ben ik nog op tijd?
                Ben ik te laat?
                Op welke datum begint het?
                tekendatum
                WANNEER SLUIT HET LOKET
                When is the last day?
                By when do I sign?
            """,
            "contact": """
                Wat is het mailadres?
                Welk e-mailadres gebruik ik?
                Kan ik u bellen?
                Wat is uw telefoonnummer?
                Bij wie meld ik een verhuizing?
                Waar kan ik terecht met een klacht?
                Hoe bereik ik de afdeling?
                Wat is het postadres?
                Aan wie stuur ik het formulier?
                Whom do I call?
                Where can I send the form?
            """,
            "listing": """
                Welke voorwaarden gelden er?
                Wat zijn de eisen?
                Noem de documenten die ik nodig heb.
                Geef een overzicht van de stappen.
                Aan welke criteria moet ik voldoen?
                Which conditions apply?
                What are the requirements?
            """,
            "change": """
                Wat is er gewijzigd?
                Wat verandert er volgend jaar?
                Welke wijzigingen zijn er?
                Wat is het verschil met vorig jaar?
                What has changed?
                Are there changes?
            """,
            "amount": """
                Hoeveel uur moet ik leveren?
                Hoe hoog is de toeslag?
                Welk percentage geldt?
                Hoe vaak lever ik cijfers aan?
                Hoeveel patiënten heb ik minimaal nodig?
                How many hours do we deliver?
                How high is the surcharge?
            """,
            "yes_no": """
                Mag ik declareren zonder contract?
                Moet ik opnieuw tekenen?
                Is een diploma nodig?
                Geldt dit ook voor mij?
                Kan een stagiair meedoen?
                Can I sign later?
                Do we need a diploma?
            """,
        }.items()
        for line in lines.strip().splitlines()
    ],
)
def test_a_kind_of_answer_is_heard_in_the_words(kind: str, question: str) -> None:
    assert getattr(read_asked(question), kind) is True


@pytest.mark.parametrize(
    ("question", "channels"),
    [
        ("Wat is het telefoonnummer?", {"phone"}),
        ("Kan ik u bellen?", {"phone"}),
        ("Bent u telefonisch bereikbaar?", {"phone"}),
        ("Can I call you?", {"phone"}),
        ("Wat is het mailadres?", {"mail"}),
        ("Wat is uw e-mailadres?", {"mail"}),
        ("Naar welk adres kan ik mailen?", {"mail"}),
        ("Wat is het postadres?", {"post"}),
        ("Naar welke postbus?", {"post"}),
        ("Op welke website staat dat?", {"web"}),
        ("Wat is de url van de site?", {"web"}),
        ("Kan ik mailen of bellen?", {"mail", "phone"}),
        ("Wanneer moet ik tekenen?", set()),
        ("Bij wie meld ik een klacht?", set()),
        ("Wat doet u met het label?", set()),
    ],
)
def test_the_channel_is_heard_when_it_is_named(question: str, channels: set[Channel]) -> None:
    assert read_asked(question).channels == channels


@pytest.mark.parametrize("question", ["", "?", "kraamzorg", "Vertel iets over partusassistentie.", "🙂"])
def test_a_question_that_names_no_kind_asks_for_none(question: str) -> None:
    assert read_asked(question) == Asked()


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Hoeveel uur, en wanneer?", {"amount", "when"}),
        ("Wanneer en bij wie meld ik dat?", {"when", "contact"}),
        ("Kan ik u bellen?", {"yes_no", "contact"}),
    ],
)
def test_several_kinds_may_be_asked_for_at_once(question: str, kinds: set[str]) -> None:
    asked = read_asked(question)
    assert {kind for kind in KINDS if getattr(asked, kind)} == kinds


# What an answer must hold


@pytest.mark.parametrize(
    ("question", "figure", "day", "address", "difference"),
    [
        ("Hoeveel uur moet ik leveren?", True, False, False, False),
        ("Hoe hoog is de toeslag?", True, False, False, False),
        ("Hoe vaak lever ik cijfers aan?", True, False, False, False),
        ("Welk percentage geldt?", True, False, False, False),
        ("Welk minimumtarief geldt?", True, False, False, False),
        ("How many places do we offer?", True, False, False, False),
        ("Welke hygiënische score moeten wij halen?", True, False, False, False),
        ("Which PROM score is enough?", True, False, False, False),
        ("Welke scorelijst gebruikt u?", False, False, False, False),
        ("Hoeveel tijd kost het?", False, False, False, False),
        ("Hoe werkt de toeslag?", False, False, False, False),
        ("Op welke datum teken ik?", False, True, False, False),
        ("Wat is de laatste dag?", False, True, False, False),
        ("Tot welk jaar loopt het?", False, True, False, False),
        ("What is the exact date?", False, True, False, False),
        ("Wanneer teken ik?", False, False, False, False),
        ("Waar mail ik mijn vraag naartoe?", False, False, True, False),
        ("Waar kan ik met een klacht terecht?", False, False, True, False),
        ("Naar welk adres stuur ik de lijst?", False, False, True, False),
        ("Welk telefoonnummer heeft de inkoop?", False, False, True, False),
        ("Where do I send the form?", False, False, True, False),
        ("Waar moet ik aan voldoen?", False, False, False, False),
        ("Waar staat dat?", False, False, False, False),
        ("Is er verschil tussen een keten en een praktijk?", False, False, False, True),
        ("Geldt voor beide hetzelfde?", False, False, False, True),
        ("Compare the two, please.", False, False, False, True),
        ("", False, False, False, False),
    ],
)
def test_what_an_answer_must_hold_to_help(
    question: str, figure: bool, day: bool, address: bool, difference: bool
) -> None:
    asked = (asks_figure(question), asks_exact_day(question), asks_address(question), asks_difference(question))
    assert asked == (figure, day, address, difference)


@pytest.mark.parametrize(
    ("text", "likewise", "each"),
    [
        ("Geldt dat bij een kliniek ook?", True, False),
        ("Vraagt Veenland dit net als Noordkust?", True, False),
        ("Moet dat voor een praktijk ook, of niet?", True, False),
        ("Is that needed for a clinic too?", True, False),
        ("Is that also asked of a clinic?", True, False),
        ("Wie krijgt het aanbod eerder, een kliniek of een praktijk?", True, False),
        ("Welke van de twee vraagt een keurmerk?", False, True),
        ("Which of the two asks for it?", False, True),
        ("How long do we get to sign each one?", False, True),
        ("Wij doen ook scholing. Moet dat worden gemeld?", False, False),
        ("Moeten we elk jaar melden?", False, False),
        ("How much is paid for each visit?", False, False),
        ("Kan de kliniek later tekenen?", False, False),
        ("", False, False),
    ],
)
def test_whether_the_same_is_asked_of_another(text: str, likewise: bool, each: bool) -> None:
    assert (asks_likewise(text), asks_each(text)) == (likewise, each)


@pytest.mark.parametrize(
    ("text", "differs"),
    [
        ("Hoeveel krijgt een praktijk met contract en hoeveel een zonder?", True),
        ("Wat is de termijn zonder onderhandeling en die met?", True),
        ("Wat is de vergoeding, vergeleken met vorig jaar?", True),
        ("Krijgt een praktijk met contract een toeslag?", False),
        ("Mag een praktijk zonder contract declareren?", False),
    ],
)
def test_with_and_without_are_put_side_by_side(text: str, differs: bool) -> None:
    assert asks_difference(text) is differs


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Tot wanneer kan ik tekenen en waar mail ik de lijst?",
         ["Tot wanneer kan ik tekenen", "waar mail ik de lijst?"]),
        ("Moet ik een verhuizing melden? Waarin bewaar ik het dossier?",
         ["Moet ik een verhuizing melden?", "Waarin bewaar ik het dossier?"]),
        ("When do I sign here, and where do I send it?", ["When do I sign here", "where do I send it?"]),
        ("Geldt dat voor praktijken en ketens in de regio?", ["Geldt dat voor praktijken en ketens in de regio?"]),
        ("Mag dat? En hoe werkt het dan precies?", ["En hoe werkt het dan precies?"]),
        ("Per wanneer gaat het in en kunnen wij eerder beginnen?",
         ["Per wanneer gaat het in", "kunnen wij eerder beginnen?"]),
        ("Kan het vanaf mei en zo niet wanneer dan?", ["Kan het vanaf mei", "zo niet wanneer dan?"]),
        ("", []),
    ],
)  # fmt: skip
def test_the_things_asked_in_one_go(text: str, parts: list[str]) -> None:
    assert parts_of(text) == parts
    assert all(len(part.split()) >= MIN_PART_WORDS for part in parts)


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("Bij wie kan ik een klacht kwijt?", True),
        ("vraag over de huur, mailadres graag", True),
        ("Wie kan ons daar verder mee helpen?", True),
        ("telnr van de inkoop?", True),
        ("Wie moet ik bellen als het systeem plat ligt?", True),
        ("Who should we contact about an invoice?", True),
        ("Waar stel ik een vraag over de huur?", True),
        ("Waar kunnen wij onze vragen over het rooster stellen?", True),
        ("Where can we ask about the rent?", True),
        ("Bij wie moet ik me inschrijven?", True),
        ("Bij wie moet ik ingeschreven staan?", False),
        ("Bij wie moeten molenaars aangesloten zijn?", False),
        ("Wat stelt dat voor?", False),
        ("Met wie werkt een praktijk samen?", False),
        ("Aan wie is de toeslag gericht?", False),
        ("Wie beslist over de aanvraag?", False),
    ],
)
def test_whom_to_turn_to_is_asked_in_many_words(question: str, address: bool) -> None:
    assert asks_address(question) is address


@pytest.mark.parametrize(
    ("question", "which"),
    [
        ("Valt een praktijk aan huis hieronder?", True),
        ("In welk document staat de eerste hulp?", True),
        ("Is dit stuk voor ons?", True),
        ("Which policy covers podiatry?", True),
        ("Is dit stuk op onze kliniek van toepassing?", True),
        ("Zitten wij hier verkeerd?", True),
        ("Is dit het juiste beleid?", True),
        ("Welke praktijk zit in de wijk?", False),
        ("Onder welke voorwaarden wordt eerste hulp ingekocht?", False),
        ("Hoeveel uur eerste hulp is nodig?", False),
        ("What does first aid need?", False),
    ],
)
def test_who_asks_where_a_subject_is_regulated(question: str, which: bool) -> None:
    assert asks_which_policy(question) is which


@pytest.mark.parametrize(
    ("question", "standing"),
    [
        ("Kan ik dat nog indienen?", True),
        ("Wanneer moet de lijst binnen zijn?", True),
        ("Are we too late?", True),
        ("Wat staat er in de lijst?", False),
    ],
)
def test_who_asks_when_something_is_due_or_whether_it_is_past(question: str, standing: bool) -> None:
    assert asks_standing(question) is standing


@pytest.mark.parametrize(
    ("part", "is_yes_no"),
    [
        ("Past dat binnen de voorwaarden?", True),
        ("Neemt de verzekeraar zelf contact op?", True),
        ("Compleet?", True),
        ("Am I too late?", True),
        ("Wat zijn de voorwaarden?", False),
        ("Tot wanneer kan ik tekenen?", False),
        ("Op welke dag moet mijn praktijk tekenen, zonder gesprek?", False),
        ("Moet mijn praktijk tekenen, zonder gesprek?", True),
        ("Ingangsdatum?", False),
        ("voorwaarden contract", False),
    ],
)
def test_yes_or_no_is_asked_by_a_verb_in_front_or_a_cut_question(part: str, is_yes_no: bool) -> None:
    assert asks_yes_no(part, detect_language(part)) is is_yes_no


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Is dat hetzelfde?", True),
        ("Zijn die gelijk?", True),
        ("Is it the same?", True),
        ("Verschilt dat?", False),
        ("Is dat anders?", False),
        ("Does it differ?", False),
        ("Is dat hetzelfde of verschilt het?", None),
        ("Moeten beide tekenen?", None),
    ],
)
def test_whether_sameness_or_difference_is_asked(question: str, wanted: bool | None) -> None:
    assert asks_sameness(question) is wanted


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("Bellen kan op 088 35 35 792.", "phone"),
        ("Mail naar loket@voorbeeld.example.", "mail"),
        ("Schrijf naar Postbus 12, Dorp.", "post"),
        ("Kijk op www.voorbeeld.example.", "web"),
    ],
)
def test_the_channel_that_a_text_gives(text: str, channel: Channel) -> None:
    channels: tuple[Channel, ...] = ("phone", "mail", "post", "web")
    assert [each for each in channels if gives_channel(text, each)] == [channel]


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("Adres graag, en hoe snel antwoord?", True),
        ("Waar vraag ik het aan en wat stuur ik mee?", True),
        ("Waar stuur ik de map en de foto's heen?", False),
        ("Wat is het adres?", False),
    ],
)
def test_more_than_one_thing_is_asked_however_shortly(text: str, several: bool) -> None:
    assert asks_several(text) == several


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Wie moet eerder tekenen: de duinen of de heuvels?", True),
        ("Which of the two comes first?", True),
        ("Wanneer moeten de duinen tekenen?", False),
    ],
)
def test_which_of_several_comes_first_asks_for_the_day_of_each(text: str, first: bool) -> None:
    assert asks_which_is_first(text) == first


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("hoeveel dagen heb ik dan nog?", True), ("hoelang hebben we nog?", True), ("How many days are left?", True),
        ("Hoeveel speling hebben we nog?", True), ("Hoeveel tijd mag ik nemen?", True),
        ("How much time can I give her?", True), ("How much leeway is left?", True),
        ("hoeveel dagen is de termijn?", False), ("kan ik nog tekenen?", False),
        ("Hoeveel tijd kost een intake?", False), ("How much time does an intake take?", False),
    ],
)  # fmt: skip
def test_how_much_time_is_left_is_asked(text: str, left: bool) -> None:
    assert asks_days_left(text) is left


@pytest.mark.parametrize(
    ("part", "is_whom"),
    [
        ("Met wie moet ik over de nachtprijs onderhandelen?", True),
        ("met wie maken we de afspraken over de regio", True),
        ("With whom do we negotiate the night fee?", True),
        ("Door wie wordt de prijs vastgesteld?", True),
        ("Met wie kan ik bellen over de nachtprijs?", False),
        ("Naar welk adres stuur ik het, en met wie mail ik?", False),
        ("Bij wie dien ik het verzoek in?", False),
    ],
)
def test_with_whom_one_deals_asks_for_a_party(part: str, is_whom: bool) -> None:
    assert asks_whom(part) is is_whom


@pytest.mark.parametrize(
    ("part", "in_time"),
    [
        ("Lukt dat nog?", True),
        ("Kan het dan nog?", True),
        ("Kunnen wij ons vandaag nog opgeven?", True),
        ("Halen we dat?", True),
        ("Redden wij het dan?", True),
        ("Is dat vroeg genoeg?", True),
        ("Zijn we te laat?", True),
        ("Gaat dat goed?", True),
        ("Wordt het dan nog behandeld?", True),
        ("Had de lijst er al moeten zijn?", True),
        ("Moesten wij gisteren al getekend hebben?", True),
        ("Is Monday early enough?", True),
        ("Kan hij de pas-op-de-plaats-overeenkomst voor het komende jaar dan nog tekenen?", True),
        ("Heb ik de inschrijving gemist?", True),
        ("Can they still report it?", True),
        ("Will we make it?", True),
        ("Should we have signed by now already?", True),
        ("Kan ik nog een tweede vestiging laten meedoen?", False),
        ("Mag er nog iets anders in het pakket?", False),
        ("Welke eisen gelden er nog meer?", False),
        ("Wat moet er in de aanvraag staan?", False),
        ("By what date should we have heard back?", False),
        ("Can a pharmacy sell dressings?", False),
        ("Is dat goed?", False),
    ],
)
def test_who_asks_whether_something_can_still_be_done(part: str, in_time: bool) -> None:
    assert asks_in_time(part) is in_time


def test_whether_that_is_right_asks_it_of_who_told_a_day() -> None:
    assert asks_in_time("Is dat goed?", tells_day=True)
    assert not asks_in_time("Wat kost dat?", tells_day=True)


@pytest.mark.parametrize(
    ("part", "text", "waits"),
    [
        ("Is er iets mis?", "", True),
        ("Zijn wij vergeten?", "", True),
        ("Moeten we geduld hebben?", "", True),
        ("Is that overdue?", "", True),
        ("Should we be patient?", "", True),
        ("Moeten wij ons zorgen maken?", "", True),
        ("Had ons aanbod er al moeten zijn?", "", True),
        ("Had het voorstel er niet allang moeten zijn?", "", True),
        ("Komt dat nog?", "", True),
        ("Komt er nog een gesprek?", "", False),
        ("Moest het contract er al zijn?", "Lijst ingestuurd, sindsdien stil. Moest het contract er al zijn?", True),
        ("Is dat te laat?", "Verder niets van jullie gehoord. Is dat te laat?", True),
        ("Moet de overeenkomst al getekend zijn?", "Wij tekenen maandag.", False),
        ("Wie bemiddelt er voor de patiënt?", "", False),
        ("Is dat te laat?", "Wij hebben nog niets ontvangen. Is dat te laat?", True),
        ("Is dat te laat?", "Wij tekenen maandag. Is dat te laat?", False),
        ("Loopt dat uit?", "U heeft ons nog niet gebeld. Loopt dat uit?", True),
        ("Klopt dat?", "Er heeft nog niemand van u gebeld over het gesprek. Klopt dat?", True),
        ("Klopt dat?", "Wij tekenen maandag. Klopt dat?", False),
        ("Zijn ze laat?", "De lijst is nog steeds niet binnen. Zijn ze laat?", True),
        ("Is there a delay?", "We are still waiting for the list. Is there a delay?", True),
        ("Hoe laat is het gesprek?", "Wij zijn nog niet gebeld. Hoe laat is het gesprek?", False),
        ("Per wanneer gaat het in?", "Wij hebben nog geen aanbod ontvangen. Per wanneer gaat het in?", False),
    ],
)
def test_who_waits_for_what_others_should_have_done(part: str, text: str, waits: bool) -> None:
    assert asks_waiting(part, text) is waits


def test_what_is_waited_for_stands_where_it_is_said_not_to_be_there() -> None:
    assert awaited("Wij tekenden op tijd. De lijst staat er niet op. Is er iets mis?") == "De lijst staat er niet op."
    assert awaited("Is er iets mis?") == "Is er iets mis?"


@pytest.mark.parametrize(
    ("text", "is_each"),
    [
        ("Wij hebben zowel een apotheek als een kraambureau. Tot wanneer tekenen we?", True),
        ("Twee contracten, kraamzorg en kliniek: wat is voor allebei de laatste dag?", True),
        ("We run both a clinic and a pharmacy. Until when do we sign?", True),
        ("Onze apotheek staat naast het ziekenhuis. Tot wanneer tekenen we?", False),
    ],
)
def test_what_is_asked_of_each(text: str, is_each: bool) -> None:
    assert asks_each(text) is is_each


@pytest.mark.parametrize(
    ("part", "is_way"),
    [
        ("Hoe vraag ik dat aan?", True),
        ("Via welke weg doen we dat?", True),
        ("op welke manier melden wij ons?", True),
        ("How do we apply?", True),
        ("Hoe lang duurt dat?", False),
        ("Hoe komt het dat dat duurt?", False),
        ("Welke weg is korter?", False),
    ],
)
def test_how_something_is_done_asks_for_a_way(part: str, is_way: bool) -> None:
    assert asks_way(part) is is_way


@pytest.mark.parametrize(
    ("part", "is_demanded"),
    [
        ("Moeten onze zusters in een register staan?", True),
        ("en hoeven wij dat niet te melden?", True),
        ("Do we have to report it?", True),
        ("Mogen wij dat melden?", False),
        ("Wat moeten wij melden?", False),
        ("Do we get it?", False),
    ],
)
def test_whether_it_is_asked_if_something_has_to_be_done(part: str, is_demanded: bool) -> None:
    assert asks_demand(part) is is_demanded


@pytest.mark.parametrize(
    ("question", "anything"),
    [
        ("Staat er iets over parkeren in?", True),
        ("Wat staat er in het stuk over parkeren?", True),
        ("Do you say anything at all about parking?", True),
        ("Hoeveel plekken zijn er?", False),
        ("Mag ik iets veranderen?", False),
    ],
)
def test_whether_anything_is_said_of_a_subject(question: str, anything: bool) -> None:
    assert asks_anything(question) is anything


@pytest.mark.parametrize(
    ("part", "is_asked"),
    [
        ("Wanneer weten we of het hoger mag?", True),
        ("Tot welke dag horen wij niets?", True),
        ("Wanneer kan ik het contract verwachten?", True),
        ("When will we hear about the price?", True),
        ("By what date should we receive it?", True),
        ("Wanneer moeten wij het weten te regelen?", False),
        ("Wanneer weet de patiënt dat?", False),
        ("Wanneer moet ik tekenen?", False),
        ("When do we have to sign?", False),
    ],
)
def test_when_the_asker_will_know_is_asked(part: str, is_asked: bool) -> None:
    assert asks_word(part) is is_asked


@pytest.mark.parametrize(
    ("part", "is_asked"),
    [
        ("Telt juli dan nog mee?", True),
        ("Dekt de overeenkomst ook mei?", True),
        ("Valt juli eronder?", True),
        ("Kan dat met terugwerkende kracht?", True),
        ("Will it cover May as well?", True),
        ("Can it be backdated?", True),
        ("Per wanneer gaat het in?", False),
        ("Wie doet er mee in juli?", False),
        ("When does it start?", False),
    ],
)
def test_whether_a_contract_holds_for_a_time_is_asked(part: str, is_asked: bool) -> None:
    assert asks_cover(part) is is_asked


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("Nog steeds geen brief te zien.", True),
        ("Wij hebben nog niets gehoord.", True),
        ("Wij hebben geen personeel.", False),
        ("De brief is binnen.", False),
    ],
)
def test_something_of_others_is_not_there_yet(text: str, lacks: bool) -> None:
    assert lacks_yet(text) is lacks
