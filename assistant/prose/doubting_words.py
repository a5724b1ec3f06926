"""The words that leave open whether what is told is so: hedges, wishes, what is yet to come; folded."""

from __future__ import annotations

from assistant.prose.function_words import runs

HEDGES = runs(
    """
    denk ik, ik denk, we denken, wij denken, denken we, denken wij, volgens mij, volgens ons, misschien,
    waarschijnlijk, vermoedelijk, wellicht, mogelijk, mogelijkerwijs, ik geloof, geloof ik, ik dacht, dacht ik,
    weet niet, weten niet, weet het niet, weten het niet, weet ik niet, weten we niet, weten wij niet, niet
    zeker, onzeker, onduidelijk, niet duidelijk, twijfel, twijfelen, zo goed als,
    geen idee, no idea, naar ik meen, ik meen, meen ik, als het goed is, zou kunnen, zouden kunnen, ik vermoed, vermoed
    ik, schijnbaar, blijkbaar, min of meer, vraag me af, vragen ons af, ik gok, gok ik, mss, wsl, maybe,
    perhaps, probably, possibly, presumably, i think, we think, i believe, we believe, not sure, unsure, don't
    know, dont know, do not know, might, nauwelijks, amper, zelden, hardly, rarely, barely, i guess, more or less,
    apparently, supposedly, as good as, wonder,
    unclear, i suppose, neem aan dat, nemen aan dat, neem ik aan, nemen we aan, nemen wij aan, ga ervan uit,
    gaan ervan uit, ga er vanuit, gaan er vanuit, i assume, we assume,
    naar verluidt, zover ik weet, zover wij weten, zover we weten, mijn weten, ons weten, de indruk, lijkt erop,
    lijkt het erop, het kan zijn, kan zijn dat, kan best, zou best, zal wel, vast wel, goed heb, me niet vergis,
    mij niet vergis, naar ik begrijp, naar ik weet, naar ik hoop, hopelijk, ik hoop dat, wij hopen dat, we hopen dat,
    ik neem aan, niet gecheckt, niet nagekeken, niet nagegaan, staat me bij, staat mij bij, van bij, durf ik niet,
    durf niet, beweert dat, beweren dat, as far as i know, as far as we know, it seems, seems that, seemingly,
    to my knowledge, if i'm not mistaken, i reckon, could be that, may be that, may have, hopefully, claims that,
    as i recall, i gather, haven't checked, i'd have to check, niet te zeggen
    """
)
"""Words that leave open whether something is so."""
CONSIDERED = frozenset("erover eraan eraf na over aan about of".split())
"""Behind 'denken' these tell of a plan, not of a doubt."""
ALMOST = frozenset("bijna haast nagenoeg vrijwel almost nearly".split())
NOT_YET = runs(
    """
    in aanvraag, aangevraagd, in behandeling, onderweg, komt eraan, komt er,
    komt pas, pas in, pas over, pas vanaf, pas na, pas volgend, pas volgende, in oprichting, wacht nog op,
    wachten nog op, nog wachten op, wachten op, wacht op, volgt nog, volgen nog, aanvraag loopt, traject loopt,
    lopende aanvraag,
    op de planning, op de rol, wachten we nog, wachten wij nog, wacht ik nog, op zich wachten,
    waiting for, applied for, pending, being processed,
    aanmelding loopt, inschrijving loopt, registratie loopt, erkenning loopt, certificering loopt, procedure loopt,
    lopende aanmelding, lopende procedure, lopende inschrijving, in procedure, in de maak, in de steigers, op komst,
    nog in de pijplijn, staan op de wachtlijst, staat op de wachtlijst,
    been requested, is requested, was requested, requested but, awaiting, awaits, still waiting, on its way,
    on the way, in the pipeline, yet to come, to follow, in the making
    """
)
"""Words that say that something is on its way, so not there."""
PROCESSES = frozenset("aanvraag aanmelding inschrijving registratie erkenning certificering procedure traject".split())
"""What still runs of these is not there yet: 'de inschrijving bij X loopt nog'."""
RUNNING_ON = frozenset("tot t/m t af door goed prima uit mee over until".split())
"""Behind 'loopt' these tell until when something is so, or how it goes."""
APPLICATIONS = frozenset(
    "aanmelding aanvraag aanmeldformulier aanvraagformulier inschrijfformulier application request".split()
)
"""Right behind what is named: one has applied for it, so that it is not there yet."""
LATER = runs("binnenkort, volgend jaar, volgende maand, volgende week, straks, next year, next month, next week, soon")
"""When something will be that is only named; what is stated outright of that time is so."""
FOR_LATER = frozenset("voor over van for of".split())
"""In front of a later time: what is meant for it is there now."""
OR_NOT = runs("of niet, of geen, or not, wel of niet")
"""Both ways at once."""
ACCEPTING = frozenset(
    """
    accepteren accepteert accept accepts telt tellen erkennen erkent recognise recognize count
    """.split()
)
PERFECT = frozenset(
    """
    heb hebben heeft hebt had hadden have has was waren is zijn ben kreeg kregen ontving ontvingen received
    applied got geweest gedaan did
    """.split()
)
"""With a day in the past, these say that it is meant so."""
VALUING = frozenset("vind vinden find consider".split())
"""With 'belangrijk' behind them these only tell what one thinks of a thing."""
STILL_OPEN = runs(
    """
    loopt nog, lopen nog, nog loopt, nog lopen, benieuwd naar, nieuwsgierig naar, op zoek naar, wij zoeken, we zoeken,
    ik zoek, zoeken wij, zoeken we, zoek ik, geinteresseerd in, interesse in, belangstelling voor, looking for,
    curious about, interested in, mee bezig, bezig met, in voorbereiding, in ontwikkeling, in wording, in progress,
    working on, under way, underway, in preparation, being prepared, gewerkt aan, werken aan, werk aan,
    aandachtspunt, nog beoordeeld, wordt beoordeeld,
    ter beoordeling, in beoordeling, nog bekeken, nog onderzocht, nog getoetst, nog gekeurd, nog nagekeken,
    nog uitgezocht, under review
    """
)
"""Words of what still runs, is sought or is only of interest."""
ALREADY_APPLIED = frozenset({("aangevraagd",), ("applied", "for")})
YET = frozenset("nog yet".split())
STILL_SO = frozenset("tot steeds altijd until".split())
"""Behind 'nog' these tell that it is so now."""
WISHES = frozenset(
    """
    wil willen wilt gaan ga gaat zal zullen zou zouden overweeg overwegen hoop hopen plannen verwachten verwacht
    plan wish hope intend going will would shall consider considering like streven streef
    """.split()
)
MERE_WISHES = frozenset("wil willen wilt wensen wens".split())
"""Without another verb these wish for what is named."""
EXPECTING = frozenset("verwacht verwachten hoop hopen overweeg overwegen expect expecting hope hoping".split())
ENDING = frozenset("verloopt aflopen afloopt eindigt expires ends".split())
"""What ends later is there now."""
RUNNING_OUT = frozenset("loopt lopen liep liepen".split())
"""With 'af' behind them these say the same."""
RAN_OUT = frozenset("liep liepen".split())
"""With 'af' behind them these say that it is over."""
GETTING = frozenset(
    """
    certificeren registreren inschrijven aanmelden laten halen behalen krijgen aanvragen kopen worden openen
    starten beginnen hebben aanschaffen regelen opzetten verkrijgen ontvangen sluiten toetreden aansluiten zijn
    get obtain become acquire apply have be buy start open join receive achieve
    """.split()
)
"""With a wish: what is wished is not there."""
PAST = frozenset("had hadden was waren were voorheen vroeger eerder formerly previously used".split())
