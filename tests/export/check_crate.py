"""Does roc-validator accept a crate? Run by an interpreter that has roc-validator and rocrate: check_crate.py FOLDER

The context of RO-Crate 1.1 comes out of the `rocrate` package, so that no network is needed.
"""

import json
import sys
from importlib.resources import files
from types import SimpleNamespace
from typing import Any

from rdflib.plugins.shared.jsonld import context as jsonld_context
from rocrate_validator import models, services
from rocrate_validator.utils.http import HttpRequester

CONTEXT_URL = "https://w3id.org/ro/crate/1.1/context"


def main(folder: str) -> int:
    """Print what is wrong and return how much."""
    given = json.loads(files("rocrate").joinpath("data/ro-crate.jsonld").read_text("utf-8"))
    read_elsewhere = jsonld_context.source_to_json

    def source_to_json(source: Any, *args: Any, **options: Any) -> Any:
        if str(source) == CONTEXT_URL:
            return given, None
        return read_elsewhere(source, *args, **options)

    jsonld_context.source_to_json = source_to_json
    answer = SimpleNamespace(
        status_code=200, json=lambda: given, text=json.dumps(given), headers={"Content-Type": "application/ld+json"}
    )
    HttpRequester.get = lambda *_, **__: answer
    HttpRequester.head = lambda *_, **__: answer
    settings = services.ValidationSettings(
        rocrate_uri=folder, profile_identifier="ro-crate-1.1", requirement_severity=models.Severity.RECOMMENDED
    )
    result = services.validate(settings)
    issues = list(result.get_issues())
    for issue in issues:
        sys.stdout.write(f"{issue.severity.name} {issue.check.identifier}: {issue.message}\n")
    return len([issue for issue in issues if issue.severity is models.Severity.REQUIRED])


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1]), 100))
