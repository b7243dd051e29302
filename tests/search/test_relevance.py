"""Do the right sections come first? Floors under ranking, over texts and judgements of our own."""

import json
import tomllib
from math import log2
from pathlib import Path
from statistics import mean

import pytest

from tests.search.conftest import section

FLOOR_NDCG = 0.95
FLOOR_RECALL = 0.95
# Of the newsletters, by type of query; the least that a change may leave.
FLOORS = {
    "accents": 0.95,
    "compound": 0.9,
    "field": 0.9,
    "inflection": 0.93,
    "known-item": 0.95,
    "negation": 0.93,
    "phrase": 0.95,
    "topical": 0.82,
    "typo": 0.9,
}
# And of sets that were written and judged before any search was run.
FLOORS_TUNE = {
    "compound-apart": 0.94,
    "compound-part": 0.88,
    "hyphen": 0.88,
    "inflection": 0.94,
    "known-absent": 0.94,
    "two-words": 0.9,
    "typo": 0.91,
}
FLOORS_HELD_OUT = {
    "accents": 0.89,
    "compound": 0.87,
    "inflection": 0.84,
    "known-item": 0.97,
    "negation": 0.77,
    "phrase": 0.97,
    "topical": 0.43,
    "typo": 0.89,
}
FLOORS_VARIANTS = {
    "abbreviation": 0.88,
    "date": 0.96,
    "derivation": 0.82,
    "name": 0.95,
    "number": 0.86,
    "sentence": 0.8,
    "separable": 0.87,
    "spelling": 0.9,
}
# Of seventeen newsletters of 1934 to 2019, some of them misread.
FLOORS_YEARS = {
    "abbreviation": 0.78,
    "compound": 0.92,
    "date": 0.96,
    "diminutive": 0.97,
    "english": 0.93,
    "nations": 0.94,
    "noun-verb": 0.82,
    "number": 0.88,
    "ocr": 0.9,
    "person": 0.83,
    "phrase": 0.96,
    "plural": 0.94,
    "punctuation": 0.93,
    "question": 0.95,
    "separable": 0.91,
    "spelling": 0.97,
    "topical": 0.91,
    "typo": 0.93,
    "verb": 0.97,
}
# Of fourteen newsletters of societies, eight of them English, five misread.
FLOORS_SOCIETIES = {
    "compound": 0.95,
    "inflection": 0.86,
    "known-item": 0.97,
    "misread": 0.96,
    "negation": 0.75,
    "phrase": 0.97,
    "proximity": 0.97,
    "several": 0.97,
    "spelling": 0.9,
    "topical": 0.62,
    "typing": 0.91,
    "wildcard": 0.95,
}
HERE = Path(__file__).parent
NEWSLETTERS = HERE.parent / "newsletters"


def ndcg(found, relevant):
    gains = [(2 ** relevant.get(str(number), 0) - 1) / log2(place + 2) for place, number in enumerate(found[:10])]
    ideal = sorted(relevant.values(), reverse=True)[:10]
    return sum(gains) / sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(ideal))


def recall(found, relevant):
    return len({str(number) for number in found[:10]} & relevant.keys()) / len(relevant)


def judged(name):
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def scores_of(index, queries, key):
    """Return type, query, nDCG and recall of each query; `key` leads from the id of a section to its judgement."""
    scores = []
    for kind, query, relevant in queries:
        answer = index.ask(query)
        found = [key(section_id) for section_id, *_ in (*answer.ids, *answer.partial)]
        scores.append((kind, query, round(ndcg(found, relevant), 3), round(recall(found, relevant), 3)))
    return scores


def assert_floors(scores, floors, least):
    """Hold the nDCG of each type of query, and nDCG and recall of all, to what they have been."""
    below = [score for score in scores if min(score[2:]) < 0.9]
    by_type = {kind: mean(score[2] for score in scores if score[0] == kind) for kind in floors}
    assert by_type.keys() == {kind for kind, *_ in scores}
    assert {kind: round(found, 3) for kind, found in by_type.items() if found < floors[kind]} == {}, below
    assert mean(score[2] for score in scores) >= least[0], below
    assert mean(score[3] for score in scores) >= least[1], below


def printed_sections(issues, folder):
    """Yield the sections of newsletters, numbered through, each with its key."""
    number = 0
    for name in issues:
        (path,) = NEWSLETTERS.glob(f"{folder}/{name}.toml")
        issue = tomllib.loads(path.read_text(encoding="utf-8"))
        for each in issue["section"]:
            number += 1
            language = each.get("lang") or (issue["language"] if issue["language"] in {"nl", "en"} else "nl")
            text = each["body"].replace("**", "").replace("~~", "")
            dates = [{"date": day, "text": written} for written, day, _ in each.get("dates", ())]
            fields = section(number, text, each["heading"], language=language, dates=dates)
            yield f"{issue['id']}#{each['n']}", fields


def test_the_right_sections_come_first(index_of):
    material = judged("relevance.json")
    texts = material["sections"].items()
    index = index_of(*(section(int(n), text, heading, language=language) for n, (language, heading, text) in texts))
    scores = scores_of(index, material["queries"], lambda section_id: int(section_id[-4:]))
    below = [score for score in scores if min(score[2:]) < 0.9]
    assert mean(score[2] for score in scores) >= FLOOR_NDCG, below
    assert mean(score[3] for score in scores) >= FLOOR_RECALL, below


@pytest.mark.parametrize(
    ("name", "folder", "floors", "least"),
    [
        ("relevance_newsletters.json", "tune", FLOORS, (0.93, 0.95)),
        ("relevance_tune.json", "tune", FLOORS_TUNE, (0.92, 0.87)),
        ("relevance_held_out.json", "held_out", FLOORS_HELD_OUT, (0.81, 0.77)),
        ("relevance_variants.json", "*", FLOORS_VARIANTS, (0.87, 0.89)),
    ],
)
def test_the_right_sections_of_our_newsletters_come_first(index_of, name, folder, floors, least):
    material = judged(name)
    queries, sections = material["queries"], dict(printed_sections(material["issues"], folder))
    keys = {fields["id"]: key for key, fields in sections.items()}
    assert {key for _, _, relevant in queries for key in relevant} <= sections.keys()
    scores = scores_of(index_of(*sections.values()), queries, keys.get)
    assert_floors(scores, floors, least)


@pytest.mark.parametrize(
    ("name", "floors", "least"),
    [
        ("relevance_years.json", FLOORS_YEARS, (0.93, 0.94)),
        ("relevance_societies.json", FLOORS_SOCIETIES, (0.91, 0.9)),
    ],
)
def test_the_right_sections_of_newsletters_of_other_years_and_makers_come_first(index_of, name, floors, least):
    material = judged(name)
    sections = {}
    for number, (key, (language, heading, text, *named)) in enumerate(material["sections"].items(), start=1):
        dates = [
            {"date": first, "end": last or None, "text": written} for some in named for first, last, written in some
        ]
        sections[key] = section(number, text, heading, language=language, dates=dates)
    keys = {fields["id"]: key for key, fields in sections.items()}
    scores = scores_of(index_of(*sections.values()), material["queries"], keys.__getitem__)
    assert_floors(scores, floors, least)
