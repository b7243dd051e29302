"""What is the truth of a rendition? The same form as the shared development set, so that the same scorers work."""

import re
from collections.abc import Sequence

from tests.newsletters.sheets import Sheet
from tests.newsletters.texts import FRONT, Issue

_FRONT_KEYS = ("f-title", "f-subtitle", "f-numbering", "f-date", "f-publisher")


def truth_of(issue: Issue, style: str, condition: str, sheets: Sequence[Sheet]) -> dict:
    """Front, sections, pages and texts, as tests/newsletters/README.md describes them."""
    texts = {}
    for s in issue.sections:
        if s.heading:
            texts[f"s{s.n}h"] = s.heading
        texts.update({key: block.plain for key, block in s.keyed().items()})
    pages, on = _pages(issue, sheets, texts)
    sections = [_section(issue, s, texts, on) for s in issue.sections]
    sections.sort(key=lambda s: s["place"])
    for s in sections:
        del s["place"]
    front = {k: issue.front[k] for k in ("series", *FRONT[:3], "date", *FRONT[3:])}
    head = "\n".join(issue.front[k] for k in FRONT)
    return {
        "name": f"{issue.id}_{style}_{condition}",
        "issue_id": issue.id,
        "half": issue.half,
        "layout": style,
        "condition": condition,
        "language": issue.language,
        "front": {**front, "text": head},
        "text": "\n".join([head, *[t for s in sections for t in (s["heading"], s["text"]) if t]]),
        "printed_text": "\n".join(p["text"] for p in pages),
        "other_orders": _down_the_columns(sections, sheets),
        "sections": sections,
        "pages": pages,
    }


def _pages(issue: Issue, sheets: Sequence[Sheet], texts: dict[str, str]) -> tuple[list[dict], dict[str, list[tuple]]]:
    left, on, pages = dict(texts), {}, []
    for number, sheet in enumerate(sheets, 1):
        found: dict[str, str] = {}
        for aside, placed in ((False, sheet.placed), (True, sheet.aside)):
            for _, _, piece in placed:
                for key, text in piece.marks:
                    found[key] = f"{found.get(key, '')} {text}"
                    if key in left:
                        on.setdefault(key, [])
                        if (number, aside) not in on[key]:
                            on[key].append((number, aside))
        out, furniture = [], []
        for key, text in found.items():
            if key in left:
                here, left[key] = _take(left[key], sum(c.isalnum() for c in text))
                out += [here.strip()] if here.strip() else []
            elif key:
                (out if key in _FRONT_KEYS else furniture).append(re.sub(r"\s+", " ", text).strip())
        furniture += [text for text, _ in sheet.running]
        pages.append({"page": number, "text": "\n".join(out), "furniture": furniture})
    lost = [k for k, v in left.items() if any(c.isalnum() for c in v)]
    if lost:
        raise SystemExit(f"{issue.id}: not (wholly) on any page: {lost}")
    return pages, on


def _section(issue: Issue, section, texts: dict[str, str], on: dict[str, list[tuple]]) -> dict:
    keyed = section.keyed()
    keys = ([f"s{section.n}h"] if section.heading else []) + list(keyed)
    where = sorted({place for k in keys for place in on[k]})
    return {
        "key": f"{issue.id}#{section.n}",
        "n": section.n,
        "heading": section.heading,
        "lang": section.lang,
        "category": section.category,
        "also": list(section.also),
        "side": section.side,
        "pages": sorted({page for page, _ in where}),
        "page": where[0][0],
        "place": (where[0], section.n),
        # A kicker may be there or not, like a caption; the scorers know captions.
        "blocks": [
            {"kind": "caption" if b.kind == "kicker" else b.kind, "text": texts[k], "pages": [p for p, _ in on[k]]}
            for k, b in keyed.items()
        ],
        "text": "\n".join(texts[k] for k in keyed),
        "dates": [{"text": t, "date": d, "year_source": y} for t, d, y in section.dates],
    }


def _down_the_columns(sections: Sequence[dict], sheets: Sequence[Sheet]) -> list[str]:
    """Bands may also be read down each column, between the pieces that go over the whole width."""
    if not any(sheet.bands for sheet in sheets):
        return []
    place, part = {}, 0
    for sheet in sheets:
        part += 1
        for n, x, whole in sheet.bands:
            part += whole
            place[n] = (part, x)
            part += whole
    order = sorted(sections, key=lambda s: place[s["n"]])
    return ["\n".join(t for s in order for t in (s["heading"], s["text"]) if t)]


def _take(text: str, count: int) -> tuple[str, str]:
    """Cut the text after `count` letters and digits and the signs that stand against the last of them."""
    seen = 0
    for i, letter in enumerate(text):
        if seen == count and (letter.isspace() or letter.isalnum()):
            return text[:i], text[i:]
        seen += letter.isalnum()
    return text, ""
