"""Other words for the same thing, as training text: thesaurus names, and English words for Dutch ones.

Policies are Dutch; some questions are English, and all use other names than the policy. No public pairs
hold both, so Dutch law text is reworded: its domain words become other names of the same concept, or the
words of a stretch become English ones where the thesaurus or the list below knows them.

The list was written by hand, from general knowledge and the domain of the five policies at hand; it was not
drawn from the bank's questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.dutch import fold
from knowledge.thesaurus import Term

MAX_PHRASE_WORDS = 4
SYNONYM_SHARE = 0.6  # of the domain words of a text that get another name
ENGLISH_SHARE = 0.5  # of the reworded texts; the others get Dutch names
STRETCH_WORDS = (5, 12)  # of a paragraph, both ends included
MIN_PARAGRAPH_WORDS = 12
MAX_PARAGRAPH_WORDS = 110
QUESTION_TIMES = 3  # a citizen's question is reworded so often, in different ways

_WORDS = """
when=wanneer|as soon as=zodra|how=hoe|how much=hoeveel|how many=hoeveel|how long=hoe lang|what=wat|which=welke|who=wie
where=waar|why=waarom|if=als,indien|whether=of|the=de,het|a=een|an=een|and=en|or=of|of=van|for=voor|with=met
without=zonder|from=van,vanaf|to=naar,tot|until=tot|before=voor|after=na|during=tijdens|between=tussen|within=binnen
in=in|on=op|at=bij,op|by=door|about=over|per=per|not=niet|no=geen|only=alleen,enkel|also=ook|more=meer|less=minder
than=dan|at least=minimaal,ten minste|at most=maximaal,ten hoogste|minimum=minimum,minimaal|maximum=maximum,maximaal
i=ik|we=wij|you=u,jullie|they=zij|our=onze|my=mijn|your=uw|their=hun|us=ons|this=deze,dit|that=die,dat|there=er,daar
is=is|are=zijn|be=zijn|have=hebben|has=heeft|do=doen|does=doet|can=kan,kunnen|may=mag,mei|must=moet,moeten|need=nodig
should=moeten|will=zal,gaat|would=zou|want=willen|get=krijgen|give=geven|make=maken|happens=gebeurt|mean=betekenen
means=betekent|know=weten|ask=vragen|answer=antwoord|question=vraag|questions=vragen|contact=contact|find=vinden
send=sturen|receive=ontvangen|received=ontvangen|pay=betalen|paid=betaald,vergoed|payment=betaling|cost=kosten
costs=kosten|price=prijs|prices=prijzen|rate=tarief|rates=tarieven|fee=vergoeding|reimburse=vergoeden
reimbursed=vergoed|reimbursement=vergoeding|compensation=vergoeding|money=geld|budget=budget|turnover=omzet
revenue=omzet|invoice=factuur,nota|claim=declaratie,declareren|claims=declaraties|bill=factuur,declareren
billing=declareren|discount=korting|index=index|indexation=indexering|increase=verhoging,stijging|decrease=verlaging
raise=verhogen|lower=lager,verlagen|higher=hoger|high=hoog|low=laag|percentage=percentage|number=aantal
amount=bedrag,hoeveelheid|volume=volume|contract=contract,overeenkomst|agreement=overeenkomst,afspraak
agreements=afspraken|contracted=gecontracteerd|contracting=contracteren,zorginkoop|purchase=inkopen,inkoop
purchasing=inkoop,zorginkoop|procurement=inkoop,zorginkoop|policy=beleid,inkoopbeleid|offer=aanbod,aanbieden
offers=aanbiedingen|accept=accepteren|reject=afwijzen|refuse=weigeren|refused=geweigerd|sign=ondertekenen,tekenen
signed=ondertekend|signature=handtekening|negotiate=onderhandelen|negotiation=onderhandeling
negotiations=onderhandelingen|talks=gesprekken|meeting=overleg,gesprek|apply=aanvragen,aanmelden|application=aanvraag
applications=aanvragen|request=verzoek,aanvraag|register=aanmelden,registreren|registration=registratie,aanmelding
submit=indienen,aanleveren|form=formulier|deadline=uiterste datum,deadline|date=datum|start=begin,ingangsdatum
starts=begint,gaat in|begin=begin|end=einde|ends=eindigt|expire=aflopen|new=nieuw,nieuwe|old=oud|first=eerste
last=laatste|next=volgende|year=jaar|years=jaren|month=maand|months=maanden|week=week|weeks=weken|day=dag|days=dagen
working days=werkdagen|hour=uur|hours=uren|time=tijd|today=vandaag|now=nu|already=al|still=nog|late=laat|early=vroeg
too late=te laat|period=periode,termijn|term=termijn,looptijd|duration=looptijd,duur|annual=jaarlijks|yearly=jaarlijks
january=januari|february=februari|march=maart|april=april|june=juni|july=juli|august=augustus|september=september
october=oktober|november=november|december=december|retroactive=met terugwerkende kracht|care=zorg
health=gezondheid,zorg|healthcare=gezondheidszorg,zorg|insurer=zorgverzekeraar,verzekeraar
insurers=zorgverzekeraars,verzekeraars|insurance=verzekering|insured=verzekerde,verzekerden|client=client
clients=clienten|patient=patient|patients=patienten|people=mensen|person=persoon|child=kind|children=kinderen
baby=baby|mother=moeder|family=gezin|woman=vrouw|women=vrouwen|elderly=ouderen|provider=zorgaanbieder,aanbieder
providers=zorgaanbieders,aanbieders|practice=praktijk|practices=praktijken|clinic=kliniek|clinics=klinieken
hospital=ziekenhuis|hospitals=ziekenhuizen|pharmacy=apotheek|pharmacies=apotheken|pharmacist=apotheker
doctor=arts,dokter|doctors=artsen|physician=arts|nurse=verpleegkundige|midwife=verloskundige|midwives=verloskundigen
specialist=specialist|therapist=therapeut|coach=coach|staff=personeel|employee=medewerker|employees=medewerkers
employed=in dienst|employer=werkgever|team=team|company=bedrijf|organisation=organisatie|organization=organisatie
organisations=organisaties|group=groep|groups=groepen|chain=keten|centre=centrum|center=centrum
location=locatie,vestiging|locations=locaties|region=regio|regional=regionaal|local=lokaal|national=landelijk
nationwide=landelijk|country=land|abroad=buitenland|medicine=geneesmiddel,medicijn|medicines=geneesmiddelen,medicijnen
drug=geneesmiddel|drugs=geneesmiddelen|medication=medicatie|prescription=recept|treatment=behandeling
treatments=behandelingen|therapy=therapie|test=test|tests=testen|research=onderzoek|screening=screening
ultrasound=echo|surgery=operatie|disease=ziekte|illness=ziekte|pain=pijn|chronic=chronisch|pregnancy=zwangerschap
pregnant=zwanger|birth=geboorte,bevalling|smoking=roken|quit=stoppen|night=nacht|evening=avond|weekend=weekend
emergency=spoed|urgent=spoed|waiting=wachten|waiting time=wachttijd|waiting times=wachttijden|waiting list=wachtlijst
referral=verwijzing|refer=verwijzen|quality=kwaliteit|standard=standaard,norm|standards=normen,standaarden
requirement=eis|requirements=eisen,vereisten|required=verplicht,vereist|mandatory=verplicht|obliged=verplicht
allowed=toegestaan|permitted=toegestaan|forbidden=verboden|condition=voorwaarde|conditions=voorwaarden
criteria=criteria|criterion=criterium|rule=regel|rules=regels|law=wet|act=wet|exception=uitzondering
exceptions=uitzonderingen|guideline=richtlijn|guidelines=richtlijnen|certificate=certificaat,keurmerk
certification=certificering|certified=gecertificeerd|accreditation=accreditatie|diploma=diploma
training=opleiding,scholing|education=opleiding|experience=ervaring|experiences=ervaringen|data=gegevens
information=informatie|report=rapport,rapporteren|reports=rapportages|measure=meten|measured=gemeten
results=resultaten|outcome=uitkomst|outcomes=uitkomsten|goal=doel|goals=doelen|target=doel|plan=plan|plans=plannen
project=project|innovation=innovatie|innovative=innovatief|digital=digitaal,digitale|online=online|remote=op afstand
exchange=uitwisseling|system=systeem|website=website,site|portal=portaal|email=e-mail|mail=mail|phone=telefoon
address=adres|letter=brief|document=document|text=tekst|page=pagina|chapter=hoofdstuk|annex=bijlage|appendix=bijlage
table=tabel|list=lijst|part=deel,onderdeel|section=paragraaf|difference=verschil|differences=verschillen
change=wijziging,wijzigen|changes=wijzigingen|changed=gewijzigd|different=anders,verschillend|same=hetzelfde,zelfde
other=andere|another=andere|extra=extra|additional=aanvullend|supplement=toeslag|surcharge=toeslag|bonus=beloning
penalty=boete|decision=besluit|decide=besluiten,bepalen|decided=besloten|choose=kiezen|choice=keuze
agree=akkoord,afspreken|disagree=niet eens|objection=bezwaar|complaint=klacht|complaints=klachten|dispute=geschil
disputes=geschillen|appeal=beroep|committee=commissie|arbitration=arbitrage|check=controle,controleren
checks=controles|audit=controle|control=controle|fraud=fraude|error=fout|mistake=fout|withdraw=intrekken|stop=stoppen
terminate=opzeggen,beeindigen|termination=beeindiging|cancel=annuleren|continue=voortzetten|renew=verlengen
extend=verlengen|extension=verlenging|transition=overgang|transfer=overdracht|cooperation=samenwerking
collaboration=samenwerking|cooperate=samenwerken|work=werk,werken|work together=samenwerken|partner=partner
network=netwerk|role=rol|responsible=verantwoordelijk|responsibility=verantwoordelijkheid|capacity=capaciteit
availability=beschikbaarheid|available=beschikbaar|access=toegang|accessible=toegankelijk|affordable=betaalbaar
sustainable=duurzaam|sustainability=duurzaamheid|environment=milieu|green=groen,duurzaam|waste=verspilling,afval
appropriate=passend|appropriate care=passende zorg|effective=effectief|efficient=doelmatig|prevention=preventie
support=ondersteuning|supported=ondersteund|help=hulp,helpen|advice=advies|use=gebruik,gebruiken|used=gebruikt
example=voorbeeld|important=belangrijk|reason=reden|reasons=redenen|based on=op basis van|according to=volgens
because=omdat|due to=vanwege|instead=in plaats van|against=tegen|under=onder|above=boven|every=elke|each=elk|all=alle
any=enige|some=sommige|both=beide|one=een|two=twee|three=drie|four=vier|five=vijf|six=zes|half=helft|full=volledig
part time=deeltijd|small=klein|large=groot|market share=marktaandeel|share=aandeel|competition=concurrentie
tender=aanbesteding|selective=selectief|preferred=voorkeur|preference=voorkeur|basic=basis|custom=maatwerk
standard contract=standaardcontract|multi-year=meerjarig|short=kort|long=lang|self-employed=zelfstandig
freelancer=zzp'er|owner=eigenaar|take over=overnemen|takeover=overname|merger=fusie|open=openen|closed=gesloten
publish=publiceren|published=gepubliceerd|inform=informeren|explain=uitleggen|explanation=toelichting,uitleg
involved=betrokken|involve=betrekken|participation=inspraak,deelname|join=deelnemen,aansluiten|member=lid|vision=visie
mission=missie|strategy=strategie|theme=thema|themes=thema's|focus=aandacht|expect=verwachten|expected=verwacht
expectations=verwachtingen|improve=verbeteren|improvement=verbetering|develop=ontwikkelen|development=ontwikkeling
deliver=leveren|delivered=geleverd|delivery=levering|provide=leveren,bieden|supply=levering|shortage=tekort
cover=dekken|covered=vergoed|coverage=dekking|home=thuis|at home=thuis|outside=buiten|inside=binnen|third party=derde
subcontractor=onderaannemer
"""

ENGLISH_LEADS = (
    "what is", "what are the rules for", "what does", "how do i", "how do we", "how does", "how much", "how long",
    "when", "when do i have to", "do we have to", "do i need", "can i", "can we", "am i allowed to",
    "are we required to", "which requirements apply to", "what are the conditions for", "where can i find",
    "who decides on", "is there a", "is it possible to", "what happens if", "what if", "tell me about", "why",
    "does the insurer", "we are a provider and", "until when can i", "is there anything about",
)  # fmt: skip


@dataclass(frozen=True)
class Reworded:
    """`query` is a text in other words, `passage` where it comes from; equal `group`: the same origin."""

    query: str
    passage: str
    group: int
    english: bool


class Rewording:
    """Says texts in other words, drawn at random. Texts come out folded, without punctuation."""

    def __init__(self, terms: Sequence[Term], random: np.random.Generator) -> None:
        self._random = random
        self._synonyms: dict[str, list[str]] = {}
        self._english: dict[str, list[str]] = {}
        for term in terms:
            for name in term.names:
                self._synonyms.setdefault(_key(name), []).extend(term.names)
                self._english.setdefault(_key(name), []).extend(term.en)
        for english, dutch in english_words():
            self._english.setdefault(_key(dutch), []).append(english)

    def synonyms(self, text: str) -> str:
        """`text` with most of its domain words under another name of theirs."""
        return " ".join(
            self._one_of(names) if names and self._random.random() < SYNONYM_SHARE else phrase
            for phrase, names in _phrases(_key(text).split(), self._synonyms)
        )

    def english(self, text: str) -> str:
        """`text`, word for word, in English as far as the words are known."""
        return " ".join(
            self._one_of(names) if names else phrase for phrase, names in _phrases(_key(text).split(), self._english)
        )

    def paragraphs(self, paragraphs: Sequence[str]) -> Iterator[Reworded]:
        """A stretch of each paragraph in other words, where that changes it."""
        for number, paragraph in enumerate(paragraphs):
            words = _key(paragraph).split()[:MAX_PARAGRAPH_WORDS]
            if len(words) < MIN_PARAGRAPH_WORDS:
                continue
            length = int(self._random.integers(STRETCH_WORDS[0], STRETCH_WORDS[1] + 1))
            start = int(self._random.integers(max(1, len(words) - length)))
            yield from self._reworded(" ".join(words[start : start + length]), paragraph, number)

    def questions(self, questions: Iterable[tuple[str, str]], first_group: int) -> Iterator[Reworded]:
        """Each of the (question side, passage) in other words, where that changes it."""
        for number, (question, passage) in enumerate(questions):
            yield from self._reworded(_key(question), passage, first_group + number)

    def _reworded(self, text: str, passage: str, group: int) -> Iterator[Reworded]:
        english = bool(self._random.random() < ENGLISH_SHARE)
        query = self.english(text) if english else self.synonyms(text)
        if query != text:
            yield Reworded(query, passage, group, english)

    def _one_of(self, names: Sequence[str]) -> str:
        return names[int(self._random.integers(len(names)))]


def english_words() -> list[tuple[str, str]]:
    """The list's pairs of an English word and a Dutch one, in its order."""
    entries = [entry.split("=") for entry in re.split(r"[|\n]", _WORDS) if entry]
    return [(english, word) for english, dutch in entries for word in dutch.split(",")]


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _phrases(words: Sequence[str], known: dict[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """The words in order, known phrases together with what is known of them, longest first."""
    start = 0
    while start < len(words):
        for length in range(min(MAX_PHRASE_WORDS, len(words) - start), 0, -1):
            phrase = " ".join(words[start : start + length])
            if length == 1 or phrase in known:
                yield phrase, known.get(phrase, [])
                start += length
                break
