"""How does the bill of materials of a release become fit to be handed on?

Run: python scripts/sbom.py FOUND.json DIST

Takes what cyclonedx-py found in the environment of a release. What a machine knows and a reader does not need goes:
where packages were fetched from, paths, the tools around them (pip). The wheel and the sdist come in with their
sha256. Validated against the schema of CycloneDX, it is written into DIST under the name of the release.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

_KINDS_OF_ADDRESS = {"website", "vcs", "documentation", "issue-tracker", "license", "release-notes"}
_TOOLS = {"pip", "setuptools", "wheel"}


def clean(found: dict[str, Any], packages: dict[str, str]) -> dict[str, Any]:
    """Return a bill of materials without what is of the machine.

    Args:
        found: As cyclonedx-py wrote it.
        packages: The files of the release, each with its sha256.
    """
    main = found["metadata"]["component"]
    # The version stands in the name of the wheel only.
    version = next(name.split("-")[1] for name in packages if name.endswith(".whl"))
    gone = {each["bom-ref"] for each in found["components"] if each["name"] in {*_TOOLS, main["name"]}}
    kept = [_component(each) for each in found["components"] if each["bom-ref"] not in gone]
    files = [
        {"type": "file", "name": name, "hashes": [{"alg": "SHA-256", "content": sha256}]}
        for name, sha256 in sorted(packages.items())
    ]
    bill = {key: value for key, value in found.items() if key != "serialNumber"}
    bill["metadata"] = {"component": _component(main) | {"version": version, "components": files}}
    bill["components"] = sorted(kept, key=lambda each: str(each["bom-ref"]))
    bill["dependencies"] = [
        {**each, **({"dependsOn": sorted(set(each["dependsOn"]) - gone)} if "dependsOn" in each else {})}
        for each in found["dependencies"]
        if each["ref"] not in gone
    ]
    return bill


def _component(each: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in each.items() if key not in {"externalReferences", "properties", "evidence"}}
    known = [address for address in each.get("externalReferences", ()) if address["type"] in _KINDS_OF_ADDRESS]
    addresses = [{"type": address["type"], "url": address["url"]} for address in known]
    return kept | ({"externalReferences": addresses} if addresses else {})


def main(found: str, dist: str) -> None:
    """Write the bill of materials beside the packages."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    packages = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in Path(dist).iterdir()}
    bill = clean(json.loads(Path(found).read_text(encoding="utf-8")), packages)
    text = json.dumps(bill, ensure_ascii=False, indent=2) + "\n"
    if wrong := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        sys.exit(f"the bill of materials is not valid: {wrong}")
    about = bill["metadata"]["component"]
    Path(dist, f"{about['name']}-{about['version']}.cdx.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
