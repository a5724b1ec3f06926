"""A made next-year edition of a bundled policy: its text with a table of planted changes, made when it is needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from ingest.parse import parse_policy
from ingest.read_text import read_markdown
from knowledge.records import Policy, PolicyText

FOLDER = Path(__file__).parents[1] / "knowledge" / "policies"
OLD_ID, NEW_ID = "caresq-farmacie-2027", "caresq-farmacie-2028"

Figure = tuple[str, str, str]
"""Kind, as the old text words it, as the new one does."""


@dataclass(frozen=True)
class Edit:
    """A planted change: what stands in the file and what replaces it, where, and what a comparison is to say.

    `kind`: added, removed and changed are those of a sentence; "section added", "section removed", "renumbered"
    and "retitled" those of a section. `section` is the number or title of the section in the new edition.
    """

    kind: str
    section: str
    old: str
    new: str
    figures: tuple[Figure, ...] = ()


def _date(old: str, new: str) -> tuple[Figure, ...]:
    return (("date", old, new),)


PLANTED = (
    Edit("changed", "2.7", "apotheekhoudenden | 1 juli 2026", "apotheekhoudenden | 15 juni 2027",
         _date("1 juli 2026", "15 juni 2027")),
    Edit("changed", "2.7", "Uiterlijk eind augustus 2026 neemt", "Uiterlijk eind juli 2027 neemt",
         _date("Uiterlijk eind augustus 2026", "Uiterlijk eind juli 2027")),
    Edit("changed", "2.7", "(DISV) | Uiterlijk 30 september 2026", "(DISV) | Uiterlijk 30 september 2027",
         _date("Uiterlijk 30 september 2026", "Uiterlijk 30 september 2027")),
    Edit("changed", "2.7", "dienstapotheken: uiterlijk 30 september 2026", "dienstapotheken: uiterlijk 1 oktober 2027",
         _date("uiterlijk 30 september 2026", "uiterlijk 1 oktober 2027")),
    Edit("changed", "2.7", "(DISV) | 7 november 2026", "(DISV) | 6 november 2027",
         _date("7 november 2026", "6 november 2027")),
    Edit("changed", "2.7", "zonder onderhandeling: 7 november 2026", "zonder onderhandeling: 6 november 2027",
         _date("7 november 2026", "6 november 2027")),
    Edit("changed", "2.7", "met onderhandeling: 4 weken nadat", "met onderhandeling: 6 weken nadat",
         (("number", "4 weken", "6 weken"),)),
    Edit("changed", "2.7", "Vanaf 12 november 2026", "Vanaf 12 november 2027",
         _date("Vanaf 12 november 2026", "Vanaf 12 november 2027")),
    Edit("changed", "2.7", "om binnen 5 werkdagen", "om binnen 10 werkdagen",
         (("number", "5 werkdagen", "10 werkdagen"),)),
    Edit("changed", "Doorlopende zorgovereenkomst", "Die krijgt u uiterlijk 30 september 2026",
         "Die krijgt u uiterlijk 30 september 2027",
         _date("uiterlijk 30 september 2026", "uiterlijk 30 september 2027")),
    Edit("changed", "Geen aanbod ontvangen", "na 1 januari 2027, dan", "na 1 januari 2028, dan",
         _date("na 1 januari 2027", "na 1 januari 2028")),
    Edit("changed", "Onplanbare nachtzorg", "(personele kosten 90%, materiële kosten 10%)",
         "(personele kosten 85%, materiële kosten 15%)", (("percentage", "90%", "85%"), ("percentage", "10%", "15%"))),
    Edit("changed", "1.1", "| Zorginkoop | Telefoon | 088 35 35 732 |", "| Zorginkoop | Telefoon | 088 35 35 740 |",
         (("address", "088 35 35 732", "088 35 35 740"),)),
    Edit("changed", "1.1", "Machtigingen en toestemming: e-mail | mg@aevitae.com",
         "Machtigingen en toestemming: e-mail | machtigingen@aevitae.com",
         (("address", "mg@aevitae.com", "machtigingen@aevitae.com"),)),
    Edit("changed", "Farmaceutische zorg - randvoorwaarden", "(met de 8 kenmerken daarvan)",
         "(met de 9 kenmerken daarvan)", (("number", "8 kenmerken", "9 kenmerken"),)),
    Edit("changed", "Over Caresq", "Het team zit in Rotterdam.", "Het team werkt vanuit een kantoor in Rotterdam."),
    Edit("changed", "Verbruiksartikelen (DISV) en dieetpreparaten - randvoorwaarden",
         "beschikt over een klachtenregeling en legt",
         "beschikt over een klachtenregeling die een erkende geschilleninstantie heeft goedgekeurd en legt"),
    Edit("changed", "Verbruiksartikelen (DISV) en dieetpreparaten - randvoorwaarden",
         "ISO, HKZ, SEMH of een vergelijkbaar certificaat", "ISO, HKZ of SEMH"),
    Edit("added", "Verbruiksartikelen (DISV) en dieetpreparaten", "onderhandelen wij niet.\n",
         "onderhandelen wij niet. Voor bezorging aan huis geldt een vaste toeslag van € 4,50.\n"),
    Edit("added", "Selectieve inkoop bij de Natura Select", "- De propositie van de zorgaanbieder is gunstig.\n",
         "- De propositie van de zorgaanbieder is gunstig.\n- De zorgaanbieder bezorgt ook op zaterdag.\n"),
    Edit("removed", "Over Eucare en Aevitae",
         " Aevitae is er voor de klanten, en niet andersom.", ""),
    Edit("section added", "Herhaalservice", "#### Dieetpreparaten\n",
         "#### Herhaalservice\n\nApotheken bieden verzekerden met chronische medicatie een herhaalservice aan.\n\n"
         "#### Dieetpreparaten\n"),
    Edit("section removed", "Inzet helpenden in de wijkverpleging",
         "##### Inzet helpenden in de wijkverpleging\n\nOver het inzetten van helpenden zijn generieke afspraken "
         "gemaakt. Meer daarover leest u op de website van ZN, via de link *Wijkverpleging - Zorgverzekeraars "
         "Nederland (zn.nl)*.\n\n", ""),
    Edit("renumbered", "3.2.6", "#### 3.2.5 GGZ", "#### 3.2.6 GGZ"),
    Edit("retitled", "Acute farmaceutische zorg",
         "#### Spoedeisende farmaceutische zorg", "#### Acute farmaceutische zorg"),
)  # fmt: skip


def edited_source() -> str:
    """The file of the made edition: the bundled one in its next year, with every planted change."""
    text = (FOLDER / f"{OLD_ID}.md").read_text("utf-8")
    for edit in PLANTED:
        assert text.count(edit.old) >= 1, f"{edit.old!r} stands nowhere in {OLD_ID}"
        text = text.replace(edit.old, edit.new, 1)
    # The policy's own year, but not that of a date, of a web address or of another policy.
    months = "januari|juni|juli|september|oktober|november"
    return re.sub(rf"(?<![-\w])(?:(?P<date>(?:{months}) )2027|2027)(?![-\w])", _next_year, text)


def _next_year(match: re.Match[str]) -> str:
    return match.group() if match["date"] else "2028"


def write_editions(folder: Path) -> Path:
    """`folder` with the bundled policy, its made next edition, and a manifest of both."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{OLD_ID}.md").write_text((FOLDER / f"{OLD_ID}.md").read_text("utf-8"), "utf-8")
    (folder / f"{NEW_ID}.md").write_text(edited_source(), "utf-8")
    entries = yaml.safe_load((FOLDER / "manifest.yaml").read_text("utf-8"))["policies"]
    old = next(entry for entry in entries if entry["id"] == OLD_ID)
    new = {
        **old,
        "id": NEW_ID,
        "file": f"{NEW_ID}.md",
        "year": 2028,
        "title": old["title"].replace("2027", "2028"),
        "valid_from": "2028-01-01",
        "valid_until": "2028-12-31",
    }
    content = {"policies": [{**old, "valid_from": "2027-01-01", "valid_until": "2027-12-31"}, new]}
    (folder / "manifest.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return folder


def read_markdown_policy(folder: Path, name: str, source: str, **fields: object) -> PolicyText:
    """A policy of Markdown, read in this process; `fields` are those of its manifest entry."""
    path = folder / f"{name}.md"
    path.write_text(source, "utf-8")
    entry = {"id": name, "file": path.name, "insurer": "Zorgkompas", "year": 2027, "title": "Inkoopbeleid 2027"}
    return parse_policy(Policy.model_validate(entry | fields), read_markdown(path))


def read_editions(folder: Path) -> tuple[PolicyText, PolicyText]:
    """The bundled policy and its made next edition, read in this process."""
    write_editions(folder)
    listed = yaml.safe_load((folder / "manifest.yaml").read_text("utf-8"))["policies"]
    entries = [Policy.model_validate(each) for each in listed]
    old, new = (parse_policy(entry, read_markdown(folder / entry.file)) for entry in entries)
    return old, new
