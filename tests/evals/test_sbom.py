from __future__ import annotations

import json
from pathlib import Path

from evals.sbom import bill_of_materials, main


def test_the_bill_names_what_the_product_needs_and_nothing_for_its_tests(tmp_path: Path) -> None:
    bill = bill_of_materials()
    by_name = {component["name"].lower().replace("_", "-"): component for component in bill["components"]}
    assert {"fastapi", "chromadb", "starlette", "pydantic-core"} <= set(by_name)
    assert not {"pytest", "ruff", "mypy"} & set(by_name)
    assert by_name["fastapi"]["purl"] == f"pkg:pypi/fastapi@{by_name['fastapi']['version']}"
    libraries = [component for component in bill["components"] if component["type"] == "library"]
    assert sum("licenses" in component for component in libraries) >= 0.9 * len(libraries)
    weights = [component for component in bill["components"] if component["type"] == "machine-learning-model"]
    assert weights
    assert all(len(component["hashes"][0]["content"]) == 64 for component in weights)
    refs = {component["bom-ref"] for component in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    assert len(refs) == len(bill["components"]) + 1
    assert all({each["ref"], *each["dependsOn"]} <= refs for each in bill["dependencies"])
    main(["--out", str(tmp_path / "sbom.json")])
    assert json.loads((tmp_path / "sbom.json").read_text()) == bill
