"""How a turn can end: every status with its Dutch and English sentence.

Families by prefix: answered*, clarify_*, unanswerable_*, out_of_scope_*, guardrail_*, error_*.
`{...}` are filled from the scope and the catalogue, never from the question itself.
"""

from __future__ import annotations

from assistant.turn import Language

SENTENCES: dict[str, dict[Language, str]] = {
    "answered": {"nl": "", "en": ""},
    "answered_partly": {
        "nl": "Dit is wat ik over uw vraag vond. Het beantwoordt misschien niet alles.",
        "en": "This is what I found on your question. It may not answer all of it.",
    },
    "clarify_scope": {
        "nl": "Dat hangt af van het beleid. Over welk beleid gaat uw vraag?",
        "en": "That depends on the policy. Which policy is your question about?",
    },
    "clarify_fact": {
        "nl": "Dat hangt af van iets wat u nog niet heeft genoemd.",
        "en": "That depends on something that you have not told yet.",
    },
    "clarify_question": {
        "nl": "Wat wilt u precies weten? Noem bijvoorbeeld uw zorgsoort en het onderwerp, zoals tekendatum of voorwaarden.",
        "en": "What would you like to know exactly? Please name your care type and the subject, such as signing date or conditions.",
    },
    "unanswerable_no_evidence": {
        "nl": "Dat heb ik niet gevonden in het beleid dat ik heb ({policies}).",
        "en": "I did not find that in the policies that I have ({policies}).",
    },
    "unanswerable_not_told": {
        "nl": "Dat staat niet in het beleid ({policies}).",
        "en": "The policy does not tell that ({policies}).",
    },
    "unanswerable_no_policy": {
        "nl": "Dat weet ik niet: ik heb geen inkoopbeleid {absent}. Ik heb alleen: {policies}.",
        "en": "I do not know: I have no procurement policy {absent}. I only have: {policies}.",
    },
    "unanswerable_unsupported": {
        "nl": "Ik kan die vraag niet met een citaat uit het beleid onderbouwen, daarom geef ik geen antwoord.",
        "en": "I cannot support an answer to that question with a quote from the policy, so I do not give one.",
    },
    "out_of_scope_medical": {
        "nl": "Medische vragen kan ik niet beantwoorden. Ik geef alleen informatie over het zorginkoopbeleid. Overleg met een arts of apotheker.",
        "en": "I cannot answer medical questions. I only give information about the procurement policy. Please consult a doctor or pharmacist.",
    },
    "out_of_scope_insured": {
        "nl": "Ik geef informatie aan zorgaanbieders over het zorginkoopbeleid. Vragen over een eigen verzekering, premie of vergoeding kunt u stellen aan de klantenservice van uw zorgverzekeraar.",
        "en": "I inform care providers about the procurement policy. Please ask the customer service of your health insurer about your own insurance, premium or reimbursement.",
    },
    "out_of_scope_small_talk": {
        "nl": "Ik ben een geautomatiseerde assistent. Ik beantwoord vragen over het zorginkoopbeleid, bijvoorbeeld over voorwaarden, data en contactgegevens.",
        "en": "I am an automated assistant. I answer questions about the procurement policy, for example about conditions, dates and contact details.",
    },
    "out_of_scope_insurer": {
        "nl": "Hier beantwoord ik alleen vragen over het inkoopbeleid van {only}, niet {absent}. Stel die vraag op de site van die zorgverzekeraar.",
        "en": "Here I only answer questions about the procurement policy of {only}, not {absent}. Please ask that on the site of that insurer.",
    },
    "out_of_scope_other": {
        "nl": "Daar kan ik niet bij helpen. Ik beantwoord alleen vragen van zorgaanbieders over het zorginkoopbeleid.",
        "en": "I cannot help with that. I only answer care providers' questions about the procurement policy.",
    },
    "guardrail_personal_data": {
        "nl": "In uw vraag lijken persoonsgegevens te staan. Ik heb de vraag niet verwerkt. Stel hem opnieuw zonder burgerservicenummer of patiëntgegevens.",
        "en": "Your question seems to hold personal data. I have not processed it. Please ask again without a citizen service number or patient data.",
    },
    "guardrail_abuse": {
        "nl": "Op deze toon kan ik u niet helpen. Stelt u gerust een vraag over het zorginkoopbeleid.",
        "en": "I cannot help you in this tone. Please feel free to ask a question about the procurement policy.",
    },
    "guardrail_too_long": {
        "nl": "Uw vraag is te lang om te beantwoorden. Stel hem korter, of stel een vraag tegelijk.",
        "en": "Your question is too long to be answered. Please make it shorter, or ask one thing at a time.",
    },
    "guardrail_injection": {
        "nl": "Die opdracht voer ik niet uit. Ik beantwoord alleen vragen over het zorginkoopbeleid.",
        "en": "I do not carry out that instruction. I only answer questions about the procurement policy.",
    },
    "error_internal": {
        "nl": "Er ging iets mis. Probeer het later opnieuw.",
        "en": "Something went wrong. Please try again later.",
    },
}

CONTACT: dict[Language, str] = {
    "nl": "U kunt uw vraag stellen via {address} ({insurer}).",
    "en": "You can ask your question via {address} ({insurer}).",
}

NO_OWN_POLICY: dict[Language, str] = {
    "nl": "Ik heb geen eigen beleid voor {care}; dit staat erover in een ander beleid.",
    "en": "I have no separate policy for {care}; this is what another policy says about it.",
}

ONLY_AN_ANNEX: dict[Language, str] = {
    "nl": "Ik heb geen eigen beleid voor {care}. Dit staat erover in een bijlage bij een ander beleid, en is niet het hele beleid.",
    "en": "I have no separate policy for {care}. This is from an annex to another policy, and it is not the whole policy.",
}

MISSING_INSURERS: dict[Language, str] = {
    "nl": "Van {insurers} heb ik geen inkoopbeleid; dit antwoord gaat daar niet over.",
    "en": "I have no procurement policy of {insurers}; this answer is not about them.",
}

OTHER_INSURERS: dict[Language, str] = {
    "nl": "Hier antwoord ik alleen uit het inkoopbeleid van {only}; dit antwoord gaat niet over {insurers}.",
    "en": "Here I only answer from the procurement policy of {only}; this answer is not about {insurers}.",
}

RESTATEMENT: dict[Language, str] = {
    "nl": "Dit is een weergave van het beleid in onze eigen woorden. Het gepubliceerde beleid van {insurer} ({source}) is leidend.",
    "en": "This is a restatement of the policy in our own words. The policy published by {insurer} ({source}) prevails.",
}

APPROVED: dict[Language, str] = {
    "nl": "Dit antwoord is nagekeken en goedgekeurd door de helpdesk.",
    "en": "This answer was checked and approved by the helpdesk.",
}

EDITION: dict[Language, str] = {
    "nl": "Dit antwoord komt uit het inkoopbeleid voor {year}, dat geldt van {first} tot en met {last}. Ik heb ook het beleid voor {others}: noem dat jaar als u dat bedoelt.",
    "en": "This answer is from the procurement policy for {year}, which is in force from {first} to {last}. I also have the policy for {others}: name that year if you mean it.",
}

ENDED: dict[Language, str] = {
    "nl": "Het inkoopbeleid voor {year} gold tot en met {last}. Een later beleid heb ik niet.",
    "en": "The procurement policy for {year} was in force until {last}. I do not have a later one.",
}

ENDED_NEWER: dict[Language, str] = {
    "nl": "Het inkoopbeleid voor {year} gold tot en met {last}. Ik heb ook het beleid voor {others}.",
    "en": "The procurement policy for {year} was in force until {last}. I also have the policy for {others}.",
}

NO_LATER_EDITION: dict[Language, str] = {
    "nl": "Voor {later} heb ik nog geen inkoopbeleid. Dit antwoord komt uit het beleid voor {years}.",
    "en": "I do not have a procurement policy for {later} yet. This answer is from the policy for {years}.",
}

WITHOUT_MODEL: dict[Language, str] = {
    "nl": "Het taalmodel antwoordde niet of niet op tijd. Dit antwoord is zonder taalmodel samengesteld uit het beleid.",
    "en": "The language model did not answer, or not in time. This answer was composed from the policy without it.",
}

BY_WORDS_ALONE: dict[Language, str] = {
    "nl": "Het zoeken werkt nu minder goed dan anders: er wordt alleen op de woorden van uw vraag gezocht. Staat het antwoord er niet bij, stel de vraag dan met andere woorden.",
    "en": "The search works less well than usual just now: it looks for the words of your question alone. If the answer is not there, ask in other words.",
}


def sentence(status: str, language: Language, **values: str) -> str:
    """The sentence of `status`, filled. Raises KeyError for a status that does not exist."""
    return SENTENCES[status][language].format(**values)
