"""Do the right sections come first? Floors under ranking, over texts and judgements of our own."""

import json
import tomllib
from math import log2
from pathlib import Path
from statistics import mean

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
HERE = Path(__file__).parent
NEWSLETTERS = HERE.parent / "newsletters" / "tune"


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


def printed_sections():
    """Yield the sections of the newsletters, numbered through, each with its key."""
    number = 0
    for name in judged("relevance_newsletters.json")["issues"]:
        issue = tomllib.loads((NEWSLETTERS / f"{name}.toml").read_text(encoding="utf-8"))
        for each in issue["section"]:
            number += 1
            language = each.get("lang") or (issue["language"] if issue["language"] in {"nl", "en"} else "nl")
            text = each["body"].replace("**", "").replace("~~", "")
            yield f"{issue['id']}#{each['n']}", section(number, text, each["heading"], language=language)


def test_the_right_sections_come_first(index_of):
    material = judged("relevance.json")
    texts = material["sections"].items()
    index = index_of(*(section(int(n), text, heading, language=language) for n, (language, heading, text) in texts))
    scores = scores_of(index, material["queries"], lambda section_id: int(section_id[-4:]))
    below = [score for score in scores if min(score[2:]) < 0.9]
    assert mean(score[2] for score in scores) >= FLOOR_NDCG, below
    assert mean(score[3] for score in scores) >= FLOOR_RECALL, below


def test_the_right_sections_of_our_newsletters_come_first(index_of):
    sections = dict(printed_sections())
    keys = {fields["id"]: key for key, fields in sections.items()}
    queries = judged("relevance_newsletters.json")["queries"]
    assert {key for _, _, relevant in queries for key in relevant} <= sections.keys()
    scores = scores_of(index_of(*sections.values()), queries, keys.get)
    below = [score for score in scores if min(score[2:]) < 0.9]
    by_type = {kind: mean(score[2] for score in scores if score[0] == kind) for kind in FLOORS}
    assert {kind: round(found, 3) for kind, found in by_type.items() if found < FLOORS[kind]} == {}, below
    assert mean(score[2] for score in scores) >= 0.93, below
    assert mean(score[3] for score in scores) >= 0.95, below
