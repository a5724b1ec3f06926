"""What the product is made of, as a CycloneDX 1.6 bill of materials.

Run: python -m evals.sbom [--out FILE]. It lists the packages that the product needs, as they are installed here, with
their licences and what they need themselves, and the weights that come with it, with their hashes. The same
installation gives the same file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import uuid
from collections.abc import Iterator, Sequence
from importlib import metadata
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

PRODUCT = "inkooploket"
WEIGHTS = ("*.safetensors", "*.npz")
ROOT = Path(__file__).parents[1]

_NAMESPACE = uuid.UUID("6f1c7b1e-6a57-4b8e-9d0b-3a4b2f0f6c11")
"""Any; it makes the serial number the same for the same content."""


def bill_of_materials(product: str = PRODUCT) -> dict[str, Any]:
    """The bill of the product as it is installed here. Raises PackageNotFoundError where it is not."""
    found = dict(sorted(_needed(product)))
    own = found.pop(_key(product))
    components = [*map(_component, found.values()), *_weights()]
    dependencies = [
        {"ref": _purl(each), "dependsOn": sorted(_purl(found[name]) for name in _requires(each) if name in found)}
        for each in (own, *found.values())
    ]
    bill: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": _component(own) | {"type": "application"}},
        "components": components,
        "dependencies": dependencies,
    }
    return bill | {"serialNumber": f"urn:uuid:{uuid.uuid5(_NAMESPACE, json.dumps(bill, sort_keys=True))}"}


def _needed(product: str) -> Iterator[tuple[str, Distribution]]:
    """The product and all that it needs, as far as it is installed; what is for development only is not needed."""
    left, seen = [_key(product)], {_key(product)}
    while left:
        name = left.pop()
        try:
            each = metadata.distribution(name)
        except PackageNotFoundError:
            if name == _key(product):
                raise
            continue  # for another system or an extra that is not in use
        yield name, each
        new = set(_requires(each)) - seen
        seen |= new
        left += new


def _requires(each: Distribution) -> set[str]:
    """The packages that it needs on this system, without extras."""
    read = map(Requirement, each.requires or ())
    return {_key(need.name) for need in read if need.marker is None or need.marker.evaluate({"extra": ""})}


def _component(each: Distribution) -> dict[str, Any]:
    name, version = each.metadata["Name"], each.version
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": _purl(each),
        "name": name,
        "version": version,
        "purl": _purl(each),
    }
    if "License-Expression" in each.metadata:
        return component | {"licenses": [{"expression": each.metadata["License-Expression"]}]}
    classified = [
        c.rpartition(" :: ")[2] for c in each.metadata.get_all("Classifier", []) if c.startswith("License ::")
    ]
    short = each.metadata["License"].strip() if "License" in each.metadata else ""
    names = classified or ([short] if short and len(short) <= 60 and "\n" not in short else [])
    return component | ({"licenses": [{"license": {"name": name}} for name in names]} if names else {})


def _weights() -> Iterator[dict[str, Any]]:
    for package in ("knowledge", "assistant"):
        for pattern in WEIGHTS:
            for path in sorted((ROOT / package).rglob(pattern)):
                name = path.relative_to(ROOT).as_posix()
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                yield {
                    "type": "machine-learning-model",
                    "bom-ref": name,
                    "name": name,
                    "hashes": [{"alg": "SHA-256", "content": digest}],
                }


def _purl(each: Distribution) -> str:
    return f"pkg:pypi/{_key(each.metadata['Name'])}@{each.version}"


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the bill to a file, or show it."""
    parser = argparse.ArgumentParser(description="A CycloneDX bill of materials of the installed product.")
    parser.add_argument("--out", type=Path, help="a file (default: the screen)")
    out: Path | None = parser.parse_args(arguments).out
    text = json.dumps(bill_of_materials(), indent=1, ensure_ascii=False) + "\n"
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
