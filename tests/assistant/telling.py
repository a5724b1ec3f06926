"""Facts about care providers for the tests of reading, and a short way to write down what is read."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache

from assistant.facts import AskerFacts, read_facts
from assistant.language import detect_language
from assistant.prose.phrases import Lexicon
from knowledge.rules.card import FactSpec, FactValue, Option, Said, Unit

TODAY = dt.date(2026, 5, 12)
SAID = Said(nl="-", en="-")


def yes_no(name: str, *names: str, true: tuple[str, ...] = (), false: tuple[str, ...] = ()) -> FactSpec:
    return FactSpec(name=name, kind="yes_no", label=SAID, ask=SAID, names=names, true=true, false=false)


def amount(name: str, unit: Unit, *names: str) -> FactSpec:
    return FactSpec(name=name, kind="amount", unit=unit, label=SAID, ask=SAID, names=names)


def date(name: str, *names: str) -> FactSpec:
    return FactSpec(name=name, kind="date", label=SAID, ask=SAID, names=names)


def option(value: str, nl: str, en: str, *names: str) -> Option:
    return Option(value=value, label=Said(nl=nl, en=en), names=names)


def choice(name: str, *options: Option) -> FactSpec:
    return FactSpec(name=name, kind="choice", label=SAID, ask=SAID, options=options)


SPECS = (
    yes_no("has_iso", "ISO", "ISO-certificaat", "ISO certificate", "ISO-certificering"),
    yes_no("has_hkz", "HKZ", "HKZ-certificaat", "HKZ-keurmerk", "HKZ certificate"),
    yes_no("has_semh", "SEMH", "SEMH-certificaat", "SEMH-registratie"),
    yes_no(
        "in_region",
        "kernregio",
        "core region",
        true=("in|binnen .. regio|kernregio", "in|within .. region"),
        false=("buiten .. regio|kernregio", "outside .. region"),
    ),
    yes_no(
        "chain_member",
        "keten",
        "apotheekketen",
        "chain",
        true=("lid .. keten", "bij .. keten|apotheekketen"),
        false=("zelfstandig", "independent", "los van .. keten"),
    ),
    yes_no("negotiates", "onderhandelen", "onderhandeling", "negotiate", false=("standaardaanbod", "standard offer")),
    yes_no("big_registered", "BIG-registratie", "BIG-geregistreerd", "BIG registration", "BIG registered"),
    yes_no("has_complaints_scheme", "klachtenregeling", "klachtenreglement", "complaints procedure"),
    yes_no("has_website", "website"),
    amount("revenue_eur", "eur", "omzet", "jaaromzet", "revenue", "turnover"),
    amount("market_share", "percent", "marktaandeel", "market share"),
    amount("employed_percent", "percent", "loondienst", "vast personeel", "vaste dienst", "employed", "payroll"),
    amount(
        "specialists_fte", "fte", "specialisten", "medisch specialisten", "revalidatieartsen", "artsen", "specialists"
    ),
    amount("asa_class", "number", "ASA", "ASA-klasse", "ASA class"),
    amount("pharmacies", "count", "apotheken", "pharmacies"),
    amount("representatives", "count", "vertegenwoordigers", "representatives"),
    amount("experience_months", "month", "ervaring", "experience"),
    date(
        "application_date",
        "aanvraag",
        "aangevraagd",
        "aanvragen",
        "aanvraag|aanmelding",
        "applied",
        "application",
        "apply",
    ),
    date("received_date", "ontvangen", "gekregen", "kregen", "aanbod", "received", "offer"),
    FactSpec(
        name="provider_type",
        kind="choice",
        label=SAID,
        ask=SAID,
        options=(
            option(
                "zbc",
                "zelfstandig behandelcentrum",
                "independent treatment centre",
                "zbc",
                "zelfstandige kliniek",
                "kliniek",
                "clinic",
            ),
            option("pharmacy", "apotheek", "pharmacy"),
            option("hospital", "ziekenhuis", "hospital"),
            option("maternity", "kraambureau", "maternity agency", "kraamzorgaanbieder"),
            option("midwife", "verloskundige", "midwife", "verloskundigenpraktijk"),
        ),
    ),
)


def read(text: str, specs: tuple[FactSpec, ...] = SPECS) -> AskerFacts:
    return read_facts(text, _lexicon(specs), today=TODAY, language=detect_language(text))


@cache
def _lexicon(specs: tuple[FactSpec, ...]) -> Lexicon:
    return Lexicon(specs)


def short(text: str, specs: tuple[FactSpec, ...] = SPECS) -> str:
    """What is read, as 'has_iso:no revenue_eur:80000 ?market_share': a doubt bears no value."""
    return " ".join(
        sorted(
            f"?{fact.name}" if fact.certainty == "doubtful" else f"{fact.name}:{_value(fact.value)}"
            for fact in read(text, specs)
        )
    )


def _value(value: FactValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
