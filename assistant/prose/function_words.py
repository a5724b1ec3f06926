"""Function words of Dutch and English with which askers state, suppose and ask.

What denies stands in `denying_words`, what leaves open in `doubting_words`. All folded. No word of any policy
stands here: what is asked about comes from the facts' own names.
"""

from __future__ import annotations


def runs(listed: str) -> tuple[tuple[str, ...], ...]:
    """The runs of words of a list with commas."""
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
LIKENING = frozenset("zoals evenals gelijk alike unlike".split())
"""What stands behind these in a clause is of another case."""
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
SENT = frozenset(
    """
    ingestuurd insturen ingediend indienen dienden diende dien dienen dient ingevuld invullen vulde vult vul
    vullen verstuurd verstuurde versturen verstuur verstuurt gestuurd stuurde stuurden stuur sturen stuurt
    opgestuurd opsturen weggestuurd verzonden verzenden verzend verzendt gemaild mail mailde mailden mailen
    mailt ingeleverd inleveren aangevraagd aanvragen doorgestuurd gepost posten geupload
    uploaden sent send sends mail mailed emailed submit submits submitted fill filled file filed apply
    applied applies hand handed
    """.split()
)
"""What one does with an application."""
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

HEARSAY = runs(
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
ORGANISATIONS = frozenset(
    """
    ziekenhuis kliniek groothandel keten moederorganisatie moederbedrijf concern holding maatschap gemeente
    hoofdaannemer onderaannemer franchisegever formule fabrikant producent laboratorium lab huisarts huisartsen
    gynaecoloog gynaecologen leverancier leveranciers verhuurder hospital clinic wholesaler chain parent laboratory
    manufacturer supplier suppliers gp gps gynaecologists
    """.split()
)
"""Whom an asker deals with: set against 'wij' they are somebody else."""
DEPUTIES = frozenset(
    """
    collega compagnon directeur praktijkmanager manager koepel maat assistente secretaresse administratie bestuur
    medewerker colleague partner director assistant
    """.split()
)
"""With 'mijn' or 'ons' in front these do things for the asker."""
SOMEBODY = frozenset("iemand someone".split())
NEXT_DOOR = runs(
    "om de hoek, round the corner, around the corner, next door, down the road, across the street, de rest, the rest"
)

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
MEANT_FOR = frozenset("voor for".split())
"""Between two names these tell what the first is for."""
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
ONESELF = frozenset("zelf eigen own".split())
"""Who has not this of himself is not said to have it of another."""
SO = frozenset("zo daarmee hiermee dan zulks so then".split())
"""These too stand for what was described before."""
RESUMING = frozenset("die dat deze dit daar hier".split())
"""At the head of a clause these take up what was named in front of it."""
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
FIGURATIVE = runs("op papier, op schrift, zwart op wit, on paper")
"""Where something is that is written down."""
SETTING_DOWN = frozenset("gezet zetten zet zette put putting vastgelegd vastleggen".split())
"""What is so put on paper is written down; how one works is not told by it."""
FORGETTING = frozenset("vergeten vergat vergaten forgot forgotten".split())
"""What is forgotten is not done."""
NOW = frozenset("nu now zojuist daarnet zonet heden".split())
CAME = frozenset("ontvangen gekregen binnengekomen getekend ondertekend received signed".split())
JUST = frozenset("net just".split())
"""In front of what was sent or came, these say that it was today: 'net ingediend', not 'net niet' or 'net begonnen'."""
SUBORDINATING = frozenset("dat that".split())
STAFF = frozenset("mensen medewerkers personeel werknemers personeelsleden people staff employees".split())
OF_IT = frozenset("daarvan hiervan ervan waarvan thereof".split())
"""With a question word in front these ask for a part of the amount in front of them."""
BESIDES = frozenset("daarnaast besides".split())
"""Behind an amount these tell of more that is not counted."""
OF_ALL_INSURERS = runs("alle verzekeraars, alle zorgverzekeraars, all insurers, all health insurers")
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
