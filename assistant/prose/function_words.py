"""Function words of Dutch and English with which askers state, deny, doubt, suppose and ask.

All folded. No word of any policy stands here: what is asked about comes from the facts' own names.
"""

from __future__ import annotations

from knowledge.date_words import MONTHS


def _runs(listed: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(run.split()) for run in listed.split(","))


ABBREVIATIONS = frozenset(
    """
    ca bijv bv o.a nr art dhr mevr max min incl excl vs evt tel ong resp t.o.v i.v.m m.b.t jl approx e.g i.e
    """.split()
)
"""A point behind these ends no sentence."""

FIRST_PERSON = frozenset("ik wij we wie'k i ikzelf wijzelf k i'm we're i've we've i'd we'd".split())
"""Subjects that are the asker."""
OWN = frozenset("mijn m'n mn ons onze our my".split())
PRONOUNS = FIRST_PERSON | frozenset(
    "u jullie je hij zij ze men er dat dit het you he she they it there this that die deze".split()
)
"""What may follow a verb as its subject, so that verb and subject ask."""
BEFORE_SUBJECTS = PRONOUNS | OWN | frozenset("de een the a an alle elke iedere".split())

CONDITIONS = frozenset(
    """
    als indien stel stelt aangenomen gesteld mocht mochten zodra zolang omdat doordat aangezien hoewel terwijl
    want nadat waarbij ondanks if suppose supposing assuming because although though while since provided_that
    whereas
    """.split()
)
"""What follows these is so, or is to be taken as so."""
CONDITIONS_BEFORE_SUBJECT = frozenset("wanneer nu when as now".split())
"""These suppose only with a subject right behind them: 'wanneer wij geen ...', not 'wanneer moeten wij'."""
OPEN_CONDITIONS = frozenset("mits tenzij unless provided".split())
"""What follows these is what would have to be so."""
COMPARED_BEFORE = frozenset(
    """
    net zowel evenals hetzelfde zelfde evenveel dezelfde even zo anders meer minder hoger lager
    """.split()
)
"""An 'als' behind these compares."""
AFTER_IF = (
    PRONOUNS
    | OWN
    | frozenset("de een geen alle niet in met bij alleen maar wel zonder the a an no our all only".split())
)
"""What follows an 'als' that supposes; before a noun it names a role ('als apotheek')."""

AND_SO = frozenset("daarom sindsdien daardoor daarna vervolgens therefore since then".split())
"""Behind 'en' these begin a clause of their own."""
CONTRASTS = frozenset("maar but echter however dus so doch toch yet".split())
JOINTS = frozenset("en of noch and or nor alsook alsmede & plus".split())
OR_JOINTS = frozenset("of noch or nor".split())

QUESTION_WORDS = frozenset(
    """
    wat hoe hoeveel hvl welk welke wie wiens waar waarom waaraan waarheen waarvoor waaruit waarmee wanneer wnr
    hoezo what how which who whom whose where when why
    """.split()
)
EXPLAINING = frozenset("hoe waarom how why".split())
"""What stands in front of a question with these is what it is about."""
BEFORE_ASKED = frozenset(
    """
    aan at bij binnen by door for from in met naar on onder op
    over per since sinds till to tot uit until van vanaf voor with
    """.split()
)
"""In front of a question word: 'tot wanneer', 'by what date'."""
POSSESSING = frozenset(
    """
    heb hebben hebt heeft had hadden ben zijn bent is zit zitten zat zaten val valt vallen werk werkt werken doe
    doet doen sta staan staat maak maakt maken lever levert leveren behandel behandelen zien zie krijg krijgen
    voer voeren hanteer hanteren beschik beschikt beschikken bezit bezitten hoort horen behoort behoren voert
    hanteert blijf blijft blijven voldoe voldoen heten heet halen haal haalt kom komen komt teken tekenen have
    has am are was were work works hold holds own do does employ employs use uses treat operate run
    """.split()
)
"""Finite verbs with which one tells what one has or is."""
ASKING = frozenset(
    """
    is zijn had hadden mag mogen moet moeten kan kunnen kun kunt kunne moete magge wille zulle hebbe
    krijg krijgen krijgt kom komen komt geldt gelden telt tellen
    val valt vallen voldoe voldoen voldoet volstaat volstaan hoef hoeft hoeven hebben hebt heeft heb wordt
    worden word ben bent was waren zal zullen zou zouden wil willen wilt mocht klopt kost ga gaan gaat dien
    dienen dient hoort horen sta staan staat weet weten vraagt eist eisen vragen verwacht verwachten accepteren
    accepteert geeft betekent maakt doe doet haal haalt halen werkt zit zitten ken kent vindt vinden hanteert
    hanteren stelt stellen do does did are am can could may must should will would shall have has were might
    """.split()
)
"""Verbs that ask when they stand first."""
NO_VERBS = frozenset("niet naast eerst want slecht recent laatst verplicht omtrent omdat mocht zonet direct".split())
"""Words in -t that are no verbs."""
ALWAYS_ASKING = frozenset(
    """
    is mag mogen moet moeten kan kunnen kun kunt krijgt geldt gelden telt tellen volstaat volstaan hoef hoeft hoeven
    wordt zal zullen zou zouden klopt kost dient weet accepteren accepteert eist eisen verwacht verwachten
    betekent vindt vinden do does did are can could may must should will would shall might
    """.split()
)
"""Verbs that ask in front even without a subject right behind them."""
FILLERS = frozenset(
    """
    en maar of dus want ja nee hallo hoi beste goedemorgen goedemiddag vraag vraagje vraagt graag ook dan nou
    oke ok eh and but or so yes no hello hi dear please also well then belt mailt question
    """.split()
)

ASKING_TIME = frozenset("wanneer wnr laat lang when late soon".split())
"""'hoe laat', 'how long' and the like."""
SENDING = frozenset(
    """
    ingestuurd instuur instuurt insturen ingediend indienen dienden diende dien dienen dient ingevuld invullen vulde
    verstuurd verstuurde versturen gestuurd stuurde stuurden stuur sturen stuurt opgestuurd weggestuurd verzonden
    verzoek aangeleverd aanleveren leverde ontvangen gekregen kregen kreeg krijgen gemaild mail mailde mailden mailen
    mailt
    binnen binnengekomen kwam laten ingaan ingang start starten begin beginnen in uit op aan de deur sent send hand
    handed fill filled submit submitted received got arrived ingeleverd bevestigd gesteld vraag
    """.split()
)
"""What one does with any paper; what the paper is called says more."""
CONTRACTS = ("contract", "overeenkomst", "gecontracteerd", "contracted", "agreement")
WANTING = frozenset("graag willend want wants wanted".split())

REQUIRING = frozenset(
    """
    moet moeten moest hoef hoeft hoeven verplicht verplichte verplichting nodig vereist vereiste eis eisen eist
    vereisen eisten norm normen voorwaarde voorwaarden dient dienen noodzakelijk noodzaak minimumeis vragen
    verlangen verlangt stellen stelt hanteren hanteert rekenen must need needs needed require requires required
    requirement requirements should mandatory obligatory necessary compulsory demand demands ask asks condition
    conditions criterion criteria obliged
    """.split()
)
ASKED_FOR = frozenset("eis eisen voorwaarde voorwaarden norm normen requirement requirements conditions".split())
"""Right behind a phrase ('voldoen aan alle') these are its end."""
ENOUGH = frozenset(
    """
    genoeg voldoende volstaat volstaan toereikend voldoet voldoen voldoe akkoord toegestaan toegelaten goed oke
    ok prima enough sufficient suffice suffices adequate acceptable allowed okay fine
    """.split()
)
PERMITTING = frozenset(
    """
    mag mogen kan kunnen kun may can could might telt tellen accepteren accepteert accept
    """.split()
)
MAY = frozenset("mag mogen kan kunnen kun may can".split())
"""Verbs in front that ask leave."""
ANY_SUBJECT = frozenset("de het dat dit the this that".split())
GETTING_HOLD = frozenset(
    """
    aanvragen krijgen halen behalen verkrijgen ontvangen kopen certificeren registreren inschrijven aanmelden
    aanschaffen worden hebben regelen bestellen openen starten get obtain acquire become have apply receive buy
    """.split()
)
"""Who asks whether he can do this has it not."""
AFTERWARDS = frozenset("later alsnog straks afterwards".split())
"""Who asks whether he may do it then has not done it."""
FINDING = frozenset(
    """
    vinden lezen zien weten opzoeken uitleggen vertellen aangeven zeggen checken controleren nakijken terugvinden
    nalezen bekijken inzien toelichten opvragen helpen melden rapporteren
    report find read see know tell explain check look say show help
    """.split()
)
"""Who asks this seeks information."""
MEANING = frozenset("betekent betekenen bedoelen bedoelt bedoeld inhoudt mean means".split())
PLACING = frozenset("bij vanuit vanaf in binnen from at in within".split())
LIMITS = frozenset(
    """
    grens norm eis drempel limiet ondergrens bovengrens minimum maximum vereiste criterium plafond minimumeis
    omzetgrens limit threshold ceiling requirement cap criterion floor
    """.split()
)
"""Beside an amount these make it the policy's own."""

POLICY_SUBJECTS = frozenset(
    """
    jullie u you uw your beleid policy inkoopbeleid verzekeraar insurer zorgverzekeraar contractvoorwaarden
    """.split()
)
POLICY_VERBS = frozenset(
    """
    eis eisen eist vragen vraagt stellen stelt willen wilt verlangen verlangt schrijven schrijft noemen noemt
    hanteren hanteert verwachten verwacht zeggen zegt rekenen rekent accepteren want wants require requires ask
    asks say says expect expects demand demands set sets state states write mention mentions use uses bieden
    biedt
    """.split()
)
READING = frozenset(
    """
    lees lezen las lazen gelezen begrijp begreep begrepen vernam read reads reading says states
    """.split()
)
"""Verbs of taking something from a text or hearsay."""

HEARSAY = _runs(
    """
    hoor dat, hoorde dat, hoorden dat, horen dat, gehoord dat, zegt dat, zei dat, zeiden dat, zeggen dat, vertelt dat,
    vertelde dat, vertelden dat, hear that, heard that, said that, told that
    """
)
"""What follows these is what others say."""
BY = frozenset("volgens according".split())
"""In front of what is said, or of a text, these quote it; elsewhere one works by something."""
WRITTEN = frozenset("staat stond staan".split())
TEXTS = frozenset(
    """
    beleid inkoopbeleid tekst stuk document bijlage hoofdstuk paragraaf pdf voorwaardenblad jullie policy text
    document annex chapter
    """.split()
)
SUBJECT_OPENINGS = frozenset("de het een die deze er iedereen niemand the a an everyone nobody".split())
RELATIVE_PLACES = frozenset("waarvoor waarin waarmee waardoor waarop".split())
"""In the middle of a sentence these open a clause of their own."""

US = frozenset("ons mij me hen hem haar jullie us them you".split())
OTHERS = frozenset(
    """
    collega collega's concurrent concurrenten buren buurman buurvrouw hiernaast ernaast verderop ander andere
    anderen leverancier leveranciers voorganger iemand colleague colleagues competitor competitors neighbour
    neighbor neighbours neighbors neighbouring neighboring other others another supplier predecessor someone
    buurziekenhuis buurpraktijk overkant bevriende kennis kennissen vriend vrienden friend friends zus zusje broer
    schoonzus zwager neef nicht oom tante vriendin vriendinnen studiegenoot studiegenoten oud-collega
    huisgenoot sister brother cousin uncle aunt friend's sister's brother's
    """.split()
)
DEPUTIES = frozenset(
    """
    collega compagnon directeur praktijkmanager manager koepel maat assistente secretaresse administratie bestuur
    medewerker colleague partner director assistant
    """.split()
)
"""With 'mijn' or 'ons' in front these do things for the asker."""
SOMEBODY = frozenset("iemand someone".split())
NEXT_DOOR = _runs(
    "om de hoek, round the corner, around the corner, next door, down the road, across the street, de rest, the rest"
)

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
NOTHING_DENIED = frozenset(
    """
    alleen slechts enkel only just idee probleem bezwaar bezwaren moeite twijfel vraag genoeg voldoende
    verplicht nodig vereist erg zeker duidelijk sure clear enough sufficient required problem doubt idea later
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
AFFIRMING = frozenset("wel inderdaad zeker indeed".split())
WITH = frozenset("met with".split())
REFUSING = frozenset("weiger weigert weigeren weigerde weigerden refuse refuses refused refusing".split())
"""Deny the act or the thing behind them, but not what is there already: 'het aanbod weigeren'."""
REFUSING_US = REFUSING | frozenset(
    "wil willen wilde wilden wenst bedankt ziet zien zag werkt werken doet doen wants want works work".split()
)
"""What somebody else does with or for the asker by one of these is the asker's own concern."""
OMITTED = _runs(
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
NO_WAY = _runs(
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
NOT_COME_OFF = _runs(
    "nooit van de grond, niet van de grond, niet van gekomen, nooit van gekomen, kwam nooit, kwam er nooit"
)
"""Behind what is named these deny it, whatever else they deny."""
GIVEN_UP = _runs(
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
NOTHING_TO_DO = _runs("te maken, van doen, te schaften, to do with")
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
WITH_OF_VERBS = frozenset(
    """
    samen bedoelt bedoelen bedoel overleg overleggen afspraken afspraak contact contract contracten maken
    rekening houden houdt houd bezig zit akkoord mee stoppen samenwerking samenwerken samenwerkt samenwerkend
    werkt omgaan gesprek praten vergeleken zoals mean means together contracts agreement talk deal gebeurt gebeuren
    gebeurde happens happen happened
    """.split()
)
"""A 'met' behind these belongs to them and says nothing of what one has."""
PARTICLES = frozenset(
    "mee samen bezig verbonden aangesloten meedoet meedoen deelneemt werkt werken samenwerkt samenwerken along".split()
)
"""A 'met' behind these goes with the verb, so that 'niet' in front reaches past it."""
WITHOUT = frozenset("zonder without".split())
ADDING = frozenset("ook nog dan toch ik wij we also still then i".split())
"""Behind these the reach of 'met' and 'zonder' has ended."""
EVERY = frozenset("alle al elk elke ieder iedere beide allebei all every each both any".split())
EVERYONE = frozenset("iedereen allemaal alle everyone everybody all".split())
NOBODY = frozenset("niemand nobody".split())
ABOUT = frozenset("over about regarding concerning betreffende omtrent inzake tegen against qua".split())
"""Behind these stands a topic."""
HAVING_OVER = frozenset("beschik beschikt beschikken beschikking".split())
AFFIRMED_ALONE = frozenset("alleen enkel slechts only just ons onze mijn our my al reeds sinds since".split())
"""In words without a verb, these tell that one has what is named."""
AT = frozenset("bij met op voor van at with on for of having tegen vanuit".split())
LEAVING_OUT = frozenset("behalve uitgezonderd except excluding excepting".split())
ALL = frozenset("alles alle allemaal all everything elke iedere every each".split())
INSTEAD = frozenset("ipv i.p.v".split())

PLACED = frozenset("staan staat zijn is werken werkt vallen valt liggen ligt voldoen voldoet are is work".split())
"""Verbs behind a subject that say where or how it is, and so that it is there."""
ENDED_THEN = frozenset("verliep eindigde verviel stopte stopten ended".split())
WHOLLY = frozenset(
    "alle allemaal overal volledig helemaal altijd iedereen compleet all fully always everywhere".split()
)
HAVING = frozenset("heb hebben heeft hebt had hadden is zijn was waren has have are were ben".split())
SAME = frozenset("diezelfde dezelfde die same that".split())
LYING = frozenset("staan staat liggen ligt lie stand".split())
DEALING = frozenset("bij via naar door through to".split())
COMPARABLE = frozenset(
    """
    vergelijkbaar vergelijkbare gelijkwaardig gelijkwaardige soortgelijk verschil verschillen comparable similar
    difference differ
    """.split()
)
FOR_WHOM = frozenset("voor van de het een for the of a".split())
POLICIES = (
    "beleid",
    "inkoopbeleid",
    "zorginkoopbeleid",
    "policy",
    "voorwaarden",
    "regels",
    "inkoopvoorwaarden",
    "rules",
)
"""Behind these, 'voor' or nothing in between, stands whom a policy is for: 'het inkoopbeleid voor zbc's'."""
GAP = frozenset("verschil difference".split())
"""An amount behind these is the difference itself."""
LACKING = frozenset("mist missen mis ontbreekt ontbreken lacks lack".split())
NEARBY = frozenset(
    "naburige naburig nabijgelegen dichtstbijzijnde plaatselijke lokale nearby neighbouring local".split()
)
ONLY = frozenset("alleen only alone enkel".split())
HEDGES = _runs(
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

NOT_YET = _runs(
    """
    in aanvraag, aangevraagd, in behandeling, onderweg, komt eraan, komt er,
    komt pas, pas in, pas over, pas vanaf, pas na, pas volgend, pas volgende, in oprichting, wacht nog op,
    wachten nog op, nog wachten op, wachten op, wacht op, volgt nog, volgen nog, aanvraag loopt, traject loopt,
    lopende aanvraag,
    op de planning, op de rol, wachten we nog, wachten wij nog, wacht ik nog, op zich wachten,
    waiting for, applied for, pending, being processed
    """
)
"""Words that say that something is on its way, so not there."""
LATER = _runs("binnenkort, volgend jaar, volgende maand, volgende week, straks, next year, next month, next week, soon")
"""When something will be that is only named; what is stated outright of that time is so."""
FOR_LATER = frozenset("voor over van for of".split())
"""In front of a later time: what is meant for it is there now."""
OR_NOT = _runs("of niet, of geen, or not, wel of niet")
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
STILL_OPEN = _runs(
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
CORRECTIONS = frozenset(
    """
    nee toch sorry correctie bedoel bedoelde oeps eigenlijk correction actually mean meant rather excuse pardon
    """.split()
)
POINTING = frozenset("die dat deze dit het it that this them those one".split())
"""These stand for what was named before."""
HANDLED = frozenset(
    """
    getekend ondertekend tekende tekenden ondertekende ondertekenden ontvangen ontving ontvingen gekregen kreeg kregen
    aangeboden aangevraagd vroeg vroegen opgestuurd toegestuurd teruggestuurd signed received offered requested
    """.split()
)
"""What is done to a contract before one has it."""
ALREADY = frozenset("al reeds vorig jarenlang lopende bestaande huidige already current".split())
ARTICLE_LIKE = frozenset("het dit dat die deze this that".split())
"""Pronouns that may also stand in front of a noun."""
SO = frozenset("zo daarmee hiermee dan zulks so then".split())
"""These too stand for what was described before."""
RESUMING = frozenset("die dat deze dit daar hier".split())
"""At the head of a clause these take up what was named in front of it."""
LACKED = frozenset("ontbreekt ontbreken ontbrak".split())
"""What is so spoken of is not there, whoever says it."""
USING = frozenset(
    """
    gebruik gebruiken gebruikt doe doen doet werk werken werkt volg volgen volgt houden houd houdt pas passen past
    toepassen use uses follow follows do does apply work
    """.split()
)
"""What one does with what one knows of."""
USED = frozenset("het hem die deze ze it them".split())
"""In front of 'niet' these are what is not used."""
USED_WITH = frozenset("mee aan naar op volgens with".split())
"""At the end behind 'er' or 'daar': 'we doen er niets mee'."""
KNOWING = frozenset(
    """
    weet weten hoor horen zie zien vertellen zeggen nagaan controleren checken controleert kijken beoordelen bepalen
    benieuwd vraag vragen know hear see tell check verify
    """.split()
)
"""An 'of' behind these asks, where a question or a wish holds them."""
OBEYING = frozenset(
    """
    voldoe voldoen voldoet halen haal haalt volg volgen volgt hanteer hanteren hanteert werk werken werkt meet meets
    follow follows
    """.split()
)
"""Who does this with a requirement has what it asks."""
STANDARDS = frozenset(
    """
    eis eisen norm normen voorwaarde voorwaarden minimumeis requirement requirements condition conditions criterion
    criteria
    """.split()
)
SETTING = frozenset("stellen stel stelt hanteren hanteer hanteert rekenen vragen ask demand".split())
"""Verbs that require only where another than the asker does them."""
LETTING = frozenset("toegestaan toegelaten geoorloofd permitted allowed acceptable".split())
"""Judgements of what anybody may do."""
BESIDE = frozenset("naast tegenover".split())
"""In front of 'ons' these tell where others are."""
FIGURATIVE = _runs("op papier, op schrift, zwart op wit, on paper")
"""Where something is that is written down."""
FORGETTING = frozenset("vergeten vergat vergaten forgot forgotten".split())
"""What is forgotten is not done."""
NOW = frozenset("nu now zojuist daarnet zonet heden".split())
SUBORDINATING = frozenset("dat that".split())
STAFF = frozenset("mensen medewerkers personeel werknemers personeelsleden people staff employees".split())
OF_IT = frozenset("daarvan hiervan ervan waarvan thereof".split())
"""With a question word in front these ask for a part of the amount in front of them."""
BESIDES = frozenset("daarnaast besides".split())
"""Behind an amount these tell of more that is not counted."""
OF_ALL_INSURERS = _runs("alle verzekeraars, alle zorgverzekeraars, all insurers, all health insurers")
SUCH = frozenset("zo'n zulk zulke such".split())
"""In front of a kind of provider these point to the asker."""
FIRST_VERBS = frozenset("ben word sta werk doe am".split())
"""At the head of a clause without a subject these are of the first person."""
THROUGH = frozenset("via through".split())
RELATIVE = frozenset("die who which that waarvan waarbij".split())
BEING = frozenset("zijn ben bent is als are am i'm we're as namens ons onze mijn our my".split())
WHETHER = frozenset("of whether".split())
ASKS_ABOUT = frozenset("vraag benieuwd kunt kun".split())
"""With a verb of knowing behind these, an 'of' asks."""
BUILDINGS = ("kliniek", "apotheek", "praktijk", "ziekenhuis", "centrum", "instelling")
"""Who is next door: 'buurkliniek'."""
EVENTS = frozenset("sluiting sluiten faillissement vertrek wegvallen brand closure bankruptcy".split())
"""What happens next door touches the asker."""
DIFFERENT = frozenset("ander andere other another".split())
"""Somebody else, but not behind 'geen' or 'bij een'."""
NO = frozenset("geen zonder no without".split())
PREPOSITIONS = frozenset("bij naar door aan met van via voor uit in op tot met to at by with from for in on".split())
STANDING = frozenset("klaar onder stand iemand niemand ready".split())
"""What stands there with these is not written anywhere."""
DOING = frozenset("doen doet doe do does".split())
"""In 'wat doen jullie met X?' nothing is said of X."""
COUNTING = frozenset("telt tellen geldt gelden gezien beschouwd geschikt count counts qualifies seen regarded".split())
"""An 'als' behind these in a question asks what is one."""
PLURALS = ("ers", "aars", "eurs", "ieken", "theken", "tijken", "huizen", "ingen", "tra")
"""How several providers end: 'apothekers', 'klinieken'."""
PARTITIVE = frozenset("aan op bij in op at on".split())
"""An 'een' behind these is 'één': 'aan één eis voldoen wij niet'."""
MUST = frozenset("moet moeten moest moesten must".split())
"""With 'nog' in a phrase these say that it is still to be done: 'de lijst moeten wij nog goedkeuren'."""
MEETING = frozenset("voldoe voldoet voldoen".split())
"""Verbs in front that ask whether something is met."""
