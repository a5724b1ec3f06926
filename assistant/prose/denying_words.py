"""The words that deny, take back or answer for what is told, Dutch and English together, folded."""

from __future__ import annotations

from assistant.prose.function_words import runs
from knowledge.date_words import MONTHS

DENYING_FORWARD = frozenset(
    """
    geen zonder noch niet nooit geenszins niemand niets niks nergens mis mist missen ontbreekt ontbreken ontbrak
    kwijt no not without never neither nor lack lacks lacking lacked missing lost verloren cannot none nobody
    nothing evenmin
    """.split()
)
"""Deny what stands behind them."""
NOT = frozenset("niet geen nooit not no never geenszins nergens evenmin".split())
"""In the gap of a phrase these deny it."""
OUTSIDE = frozenset("buiten outside".split())
"""With an article behind them these deny what is named: 'valt buiten de Zvw'."""
SEPARABLE = frozenset("aan af binnen door in mee op over terug toe uit voor klaar".split())
"""At the end of a clause these belong to its verb, however much stands between."""
TURNING = frozenset(
    "alleen slechts only niets niks niemand zonder noch nothing nobody without nor neither behalve ipv except".split()
)
"""In the gap of a phrase these make it say something else."""
PARTIAL = frozenset(
    """
    twee drie vier vijf zes deel paar sommige enkele helft two three four some few part half
    """.split()
)
"""Phrases that hold these tell of a part; what is denied of a part is not so for all."""
SOME = frozenset("sommige enkele paar deel gedeelte helft meeste some few part half most".split())
"""In front of whom something is told of, these leave the others out."""
NO_COMPOUNDS = frozenset("polikliniek poliklinieken buurkliniek buurapotheek buurpraktijk buurziekenhuis".split())
"""Words that end in the name of a provider and are none."""
DENYING_BACK = frozenset(
    """
    niet nooit ontbreekt ontbreken ontbrak mist mis missen kwijt kwijtgeraakt not never missing lacking cannot
    nergens none evenmin
    """.split()
)
"""Deny what stands before them in the clause."""
CONTRACTED_NOT = frozenset(
    """
    don't doesn't didn't haven't hasn't hadn't isn't aren't wasn't weren't won't can't couldn't wouldn't
    shouldn't ain't dont doesnt didnt havent hasnt isnt arent wasnt werent cant wont
    """.split()
)
ENDED = frozenset(
    """
    verlopen ingetrokken vervallen opgezegd beeindigd geschrapt afgelopen ongeldig gestopt gestaakt geschorst
    gestapt getreden uitgetreden expired withdrawn revoked lapsed terminated cancelled canceled suspended
    invalid ended
    """.split()
)
"""What is so no longer; denied itself, it still is."""
STEPPED = frozenset("gestapt getreden".split())
"""Who did so with 'uit' is in it no longer."""
FALLING_SHORT = frozenset("voor tegenover op aan bij against".split())
"""In front of a name with 'tekort' before them these tell that it is not met."""
WRONG = frozenset(
    """
    verkeerd verkeerde fout foute foutief onjuist onjuiste ongeldig achterhaald verouderd incompleet onvolledig wrong
    incorrect outdated incomplete
    """.split()
)
"""What is so is not as it is asked for."""
BEING_SO = frozenset("is zijn was waren bleek bleken blijkt are were".split())
RECEIVING = frozenset("krijgt krijgen ontvangt ontvangen gets receives".split())
PERIODS = frozenset(
    """
    jaar jaren maand maanden week weken dag dagen tijd periode kwartaal halfjaar seizoen lente voorjaar zomer herfst
    najaar winter decennium weekend boekjaar kalenderjaar maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    """.split()
) | frozenset(MONTHS)
"""An 'afgelopen' in front of these tells when something was."""
NO_TROUBLE = frozenset(
    """
    probleem problemen punt punten bezwaar bezwaren moeite issue issues kunst toestand gedoe beletsel beletselen
    obstakel obstakels hindernis hindernissen hobbel hobbels drempel belemmering belemmeringen struikelblok
    breekpunt problem problems trouble obstacle obstacles objection objections hassle hurdle hurdles
    """.split()
)
"""What is no such thing is in order: 'rapporteren is geen punt'."""
NOTHING_DENIED = NO_TROUBLE | frozenset(
    """
    alleen slechts enkel only just idee twijfel vraag genoeg voldoende
    verplicht nodig vereist erg zeker duidelijk sure clear enough sufficient required doubt idea later
    eens necessarily zomaar automatisch toegestaan
    """.split()
)
"""Behind a denying word: what is denied then is this, or nothing ('niet alleen')."""
NOT_ONE = frozenset({("geen", "enkel"), ("zonder", "enkel")})
"""These deny what follows in spite of `NOTHING_DENIED`: 'geen enkel bezwaar' is none."""
QUESTION_OF = frozenset("sprake kwestie".split())
"""'Van X is geen sprake' denies X."""
NOT_ANY = (["enkel"], ["enkele"], ["een"])
"""At the end behind 'geen': 'certificaten hebben we geen enkel'."""
TICKS = {"✓": True, "✔": True, "☑": True, "✅": True, "✗": False, "✘": False, "✖": False, "❌": False}
ANSWERS = TICKS | {"nee": False, "neen": False, "no": False, "nope": False, "ja": True, "yes": True, "jawel": True}
"""Right behind a mention."""
TABLE_ANSWERS = ANSWERS | {"geen": False, "none": False, "niet": False, "wel": True, "aanwezig": True}
"""Alone behind a colon."""
SHORT_ANSWERS: dict[tuple[str, ...], bool] = {
    **{(word,): value for word, value in ANSWERS.items()},
    **{(word,): True for word in "geregeld aanwezig jazeker check klopt".split()},
    **dict.fromkeys(runs("op orde, in orde, in order, in place, hebben we, heb ik"), True),
    **dict.fromkeys(runs("nog niet, helaas niet, niet geregeld, not yet, unfortunately not"), False),
}
"""What one answers to what one has named, as a sentence or behind a colon: 'HKZ? Geregeld.', 'HKZ: op orde'."""
AFFIRMING = frozenset("wel inderdaad zeker indeed".split())
WITH = frozenset("met with".split())
REFUSING = frozenset("weiger weigert weigeren weigerde weigerden refuse refuses refused refusing".split())
"""Deny the act or the thing behind them, but not what is there already: 'het aanbod weigeren'."""
REFUSING_US = REFUSING | frozenset(
    "wil willen wilde wilden wenst bedankt ziet zien zag werkt werken doet doen wants want works work".split()
)
"""What somebody else does with or for the asker by one of these is the asker's own concern."""
OMITTED = runs(
    """
    achterwege, op de lange baan, in de ijskast, in de koelkast, on hold, stopgezet, afgeblazen, doorgehaald,
    opgeschort, gestrand, afgeketst, gesneuveld, uitgesteld, overgeslagen, eruit gezet, eruit gehaald, eruit gevallen,
    van de baan, afscheid genomen, vaarwel gezegd, de deur uit gedaan, aan de kant gezet,
    postponed, shelved, left out, voor wat ze zijn, voor wat het is, voor wat hij is, naast ons neer, naast me neer,
    naast mij neer, links liggen, aan onze laars, aan mijn laars, negeren, negeer, negeert, negeerden, genegeerd,
    afgeschaft, is opgeheven, zijn opgeheven, uitgeschreven, geroyeerd, afgewezen, afgekeurd, weggelaten, eruit
    gegooid, weggegooid,
    weggedaan, van tafel, mee opgehouden, mee gestopt, laten schieten, laten vallen, laten varen, laten lopen,
    laten zitten, laten liggen, de rug toegekeerd, aan de wilgen, ignore, ignored, rejected, abolished, scrapped,
    verleden tijd, geschiedenis, ligt stil, lag stil, liggen stil, lagen stil, stilgelegd, op zijn gat, op z'n gat,
    wegbezuinigd, opgedoekt, doodgebloed, ter ziele, stelt niks voor, stelt niets voor, stellen niks voor,
    stellen niets voor, in het water, aan de kant geschoven, de deur gewezen, te duur, afgezien, zien we van af,
    zien we af, zien wij af, zie ik af, zie ik van af, rammelt, rammelen, ver te zoeken, alleen op papier, wassen neus,
    bleef uit, bleven uit, uitgebleven, blijft uit, besteden we uit, besteden wij uit, besteed ik uit, uitbesteed,
    schiet tekort, schieten tekort, schoot tekort, schoten tekort, tekortgeschoten, is zoek, zijn zoek, zoekgeraakt,
    bedanken we, bedank ik, bedankt, bedankten, afgezegd, aan anderen over, aan een ander over, aan andere over,
    gezakt, zakte, zakten, niks geworden, niets geworden, op niets, op niks, mislukt, mislukte, mislukten, geweigerd,
    niets voor ons, niks voor ons, niks voor mij, niets voor mij, afgepakt, zegden we op, zegde ik op, zeggen we op,
    schrapten we, schrapte ik, schrappen we, schrap ik, schrapten wij, lieten we, liet ik, lieten wij, sloegen we af,
    sloeg ik af, sloegen wij af, wezen we af, wees ik af, gooiden we eruit, verwaarloosd, verwaarlozen, verwaarloosden,
    ran out, fell through, gave up, given up, dropped, abandoned
    """
)
"""Behind what is named these tell that it is not done, without a denying word."""
NO_WAY = runs(
    """
    op geen enkele manier, op geen enkele wijze, op geen enkel punt, van geen kant, in geen geval, in geen enkel
    opzicht, geen van allen, geen van beide, geen van beiden, geen van ons, geen van de, voor geen meter, verre van,
    allesbehalve, met geen mogelijkheid, geen enkele keer, in no way, by no means, not at all, anything but, far from,
    er geen enkele, er geen enkel, er geen een, none of us, none of our, none of the, not all, not every, niet alle,
    niet elke, niet iedere, niet iedereen,
    lang niet, bij lange na
    """
)
"""In front of what is named or behind it these deny it."""
NOT_COME_OFF = runs(
    "nooit van de grond, niet van de grond, niet van gekomen, nooit van gekomen, kwam nooit, kwam er nooit"
)
"""Behind what is named these deny it, whatever else they deny."""
GIVEN_UP = runs(
    """
    ontberen, ontbeer, ontbeert, vermijden, vermijd, vermijdt, negeren, negeer, negeert, negeerden, genegeerd,
    schrapten,
    schrapte, schrappen, schrap, verwaarlozen, verwaarloosden, afgezien van, zien af van, zie af van, ziet af van,
    zagen af van, onvoldoende, te weinig, nul, bedankten voor, bedankte voor, bedankt voor, bedanken voor, zakten voor,
    zakte voor, gezakt voor, opgehouden met, schort aan, schort bij ons aan, gave up, given up, giving up, opted out,
    opt out, abandoned, abandon, dropped, skip, skipped, failed, insufficient, too few, too little
    """
)
"""In front of what is named these tell that it is not there, or no longer."""
NOTHING_TO_DO = runs("te maken, van doen, te schaften, to do with")
"""Behind 'niets' these tell that a thing does not belong to what is named."""
OMITTING = (
    (frozenset("laten laat lieten liet".split()), frozenset("schieten zitten liggen varen vallen lopen".split())),
    (frozenset("slaan sla slaat sloegen sloeg".split()), frozenset({"over"})),
    (frozenset("schuiven schuif schuift schoven stellen stel stelden".split()), frozenset({"uit"})),
    (frozenset("wijken wijk wijkt weken week".split()), frozenset({"af"})),
    (frozenset("laten laat lieten liet".split()), frozenset({"voorbijgaan"})),
)
"""Verbs that tell the same with a later word: 'X laten we schieten', 'van X wijken we af'."""
TAKEN_OUT = frozenset(
    """
    verdwenen gestapt geschreven gezet gevallen gehaald geschrapt verwijderd gegooid vertrokken dropped removed
    """.split()
)
"""Behind 'uit X' these tell that one is in it no longer."""
GIVING = frozenset("aan met op van naar to with".split())
"""In front of a name at the head of a clause: behind it 'niets' or 'geen gegevens' denies it."""
PARTICIPLES = ("ge", "be", "ver", "er", "aange", "inge", "goedge", "certif", "accred", "regist")
"""How the words begin that tell what was done to a thing: 'gecertificeerd', 'ingeschreven'."""
NOTHING = frozenset("niets niks geen nothing no none".split())
NOT_EVEN = frozenset("kennen ken kent weten weet hebben heb gebruiken gebruik volgen".split())
"""With 'niet eens' behind these, it is not so; 'niet eens zijn' disagrees."""
IN_ORDER = frozenset("orde oke ok okee geregeld gehaald klaar gereed aanwezig binnen rond akkoord present done".split())
"""Behind a name, in words without a verb, these tell that it is there."""
HEADS_DENIED = DENYING_FORWARD | frozenset("nee open todo doen".split())
HEADS_AFFIRMED = frozenset("wel ja yes aanwezig binnen geregeld gereed klaar gehaald hebben compleet".split())
"""In front of a colon these tell that the list behind it is lacking, or there."""
LACKED = frozenset("ontbreekt ontbreken ontbrak".split())
"""What is so spoken of is not there, whoever says it."""
NO = frozenset("geen zonder no without".split())
