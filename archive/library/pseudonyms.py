"""What stands in an export in the place of what leads to a person?

A token: the kind of the piece and a keyed hash of it, so that the same address or name has the same token in every
export of this archive, and nobody without the key can try out who it is. The key is made once and stays in the archive.
"""

import hashlib
import hmac
import os
import re
import secrets
from base64 import b32encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from archive.errors import BrokenArchiveError, StorageError
from archive.library.personal import NAMES_FILE, Kind, Names, Piece, find_pieces
from archive.library.targets import alone, text_file
from archive.model.exports import ArchiveFacts, Export, IssueFacts, PrintedBlock, PrintedPage, PrintedWord, Sample
from archive.model.search import SearchRequest

KEY_FILE = "pseudonyms.key"
_KEY_BYTES = 32
_TOKEN_SIGNS = 10
# What is made of a newsletter's name, which may be a person's.
_IDS = frozenset({"id", "issue_id", "newsletter", "double_of"})
# What says how a thing was made or where it stands: the same for whoever is named in it.
_KEPT = frozenset(
    {
        *("schema_version", "issue_date", "issue_date_source", "category", "language", "category_scores"),
        *("category_source", "text_source", "page_labels", "pages", "boxes", "sha256", "date", "end"),
        *("precision", "year_source"),
    }
)
# In a scan's name words are parted by signs that belong to a number elsewhere.
_WORD_ENDS = re.compile(r"_|(?<=[^\W\d])[-.](?=[\d+(])")
LIMITS = (
    "What stays: names that names.txt does not list, names and addresses that were misread beyond their shape, "
    "web addresses, categories, page labels, and what leads to people without a name (a role, a street, a date). "
    "Ids and the sha256 of each scan still lead whoever has the archive to the page. Read it before you hand it on."
)

_NOTE = (
    f"Tokens (as EMAIL-A2B3C4D5E6) stand for e-mail addresses, phone numbers, bank accounts, citizen"
    f" service numbers and listed names. {LIMITS}"
)


@dataclass(slots=True)
class Pseudonyms:
    """Replaces what leads to a person by tokens; `found` holds each of those that were replaced once."""

    key: bytes
    names: Names
    found: set[tuple[str, str]] = field(default_factory=set)
    _true: dict[str, str] = field(default_factory=dict)  # what stands behind an id or a scan's name that was changed
    _columns: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Path) -> "Pseudonyms":
        """Take the key and the list of names of an archive; the key is made where there is none.

        Raises:
            StorageError: The key or the list cannot be read, or the key cannot be written.
            BrokenArchiveError: The key was cut off.
        """
        return cls(_key(root / KEY_FILE), Names.read(root / NAMES_FILE))

    @property
    def counts(self) -> dict[str, int]:
        """How many addresses, numbers and names were replaced, by kind; each counts once however often it stands."""
        return {kind.value: sum(each == kind for each, _ in self.found) for kind in Kind}

    def apply(self, export: Export) -> Export:
        """Return an export of which every part is hidden: sections, issues, pages, the query itself."""
        self._columns = self._hide_columns(export.holdings)

        def page(page_id: str) -> PrintedPage | None:
            found = export.page(self._true.get(page_id, page_id))
            return None if found is None else self._hide_page(found)

        def issue(issue_id: str) -> IssueFacts:
            return self._hide_issue(export.issue(self._true.get(issue_id, issue_id)))

        def pages_of(file: str) -> tuple[str, ...]:
            return tuple(map(self._hide_id, export.pages_of(self._true.get(file, file))))

        def facts() -> ArchiveFacts:
            found = export.facts()
            gaps = tuple((self._hide_id(name), run, numbers) for name, run, numbers in found.gaps)
            names = tuple(map(self._hide_id, found.newsletters))
            settings = self.hide_all(dict(found.settings))
            return replace(found, parsed=self.hide(found.parsed), newsletters=names, gaps=gaps, settings=settings)

        return replace(
            export,
            entries=lambda: map(self.hide_all, export.entries()),
            request=self._hide_request(export.request),
            facts=facts,
            issue=issue,
            page=page,
            pages_of=pages_of,
            holdings=tuple(self._columns.values()),
            sample=export.sample and self._hide_sample(export.sample),
            note=_NOTE,
        )

    def _hide_issue(self, issue: IssueFacts) -> IssueFacts:
        return replace(
            issue,
            id=self._hide_id(issue.id),
            newsletter=self._hide_id(issue.newsletter),
            title=self.hide(issue.title),
            number=self.hide(issue.number),
            volume=self.hide(issue.volume),
            file=self._hide_name(issue.file),
            pages=tuple(map(self._hide_id, issue.pages)),
            holdings=self._hide_holdings(issue.holdings),
        )

    def _hide_request(self, request: SearchRequest) -> SearchRequest:
        asked = (each.partition("=") for each in request.holdings)
        return request._replace(
            query=self.hide(request.query),
            newsletters=tuple(map(self._hide_id, request.newsletters)),
            tags=tuple(map(self.hide, request.tags)),
            holdings=tuple(f"{self._columns.get(name, name)}={self.hide(value)}" for name, _, value in asked),
        )

    def _hide_sample(self, sample: Sample) -> Sample:
        strata = tuple(replace(each, values=tuple(map(self._hide_id, each.values))) for each in sample.strata)
        weights = {self._hide_id(given): weight for given, weight in sample.weights.items()}
        return replace(sample, ids=tuple(map(self._hide_id, sample.ids)), strata=strata, weights=weights)

    def _hide_columns(self, columns: Sequence[str]) -> dict[str, str]:
        """Return what each column of issues.csv is called; two that name the same person stay two."""
        shown: dict[str, str] = {}
        for column in columns:
            hidden = name = self.hide(column)
            count = 1
            while name in shown.values():
                count += 1
                name = f"{hidden} {count}"
            shown[column] = name
        return shown

    def _hide_holdings(self, holdings: Mapping[str, Any]) -> dict[str, Any]:
        """Hide what issues.csv says; its columns are the owner's, whatever they are called."""
        return {self._columns.get(name, name): self.hide(str(value)) for name, value in holdings.items()}

    def hide(self, text: str) -> str:
        """Return a text with a token in the place of each piece that leads to a person."""
        return self._replaced(text, find_pieces(text, self.names))

    def hide_all(self, value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Return a value of JSON with every text in it hidden, but for what names things or says how they were made."""
        if isinstance(value, str):
            return self.hide(value)
        if isinstance(value, Mapping):
            return {key: self._hide_field(key, part) for key, part in value.items()}
        return [self.hide_all(part) for part in value] if isinstance(value, list | tuple) else value

    def _hide_field(self, key: str, value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
        if key in _KEPT:
            return value
        if key in _IDS and isinstance(value, str):
            return self._hide_id(value)
        if key == "holdings" and isinstance(value, Mapping):
            return self._hide_holdings(value)
        return self._hide_name(value) if key == "file" else self.hide_all(value)

    def _hide_id(self, given: str) -> str:
        """Hide listed names in an id, which keeps its form, or in a newsletter's name."""
        hidden = self._replaced(given, self.names.find(given))
        if hidden != given and given == given.lower():
            hidden = hidden.lower()
        self._true[hidden] = given
        return hidden

    def _hide_name(self, file: str) -> str:
        """Hide what leads to a person in the name of a file."""
        hidden = self._replaced(file, find_pieces(_WORD_ENDS.sub(" ", file), self.names))
        self._true[hidden] = file
        return hidden

    def _replaced(self, text: str, pieces: Iterable[Piece]) -> str:
        parts, at = [], 0
        for piece in pieces:
            parts += [text[at : piece.start], self._token(piece)]
            at = piece.end
        return "".join((*parts, text[at:]))

    def _hide_page(self, page: PrintedPage) -> PrintedPage:
        blocks = []
        for block in page.blocks:
            shown = iter(self._hide_words([word for line in block.lines for word in line]))
            lines = (tuple(filter(None, (next(shown) for _ in line))) for line in block.lines)
            blocks.append(PrintedBlock(block.role, tuple(filter(None, lines))))
        kept = tuple(block for block in blocks if block.lines)
        return replace(
            page,
            id=self._hide_id(page.id),
            issue_id=self._hide_id(page.issue_id),
            text=self.hide(page.text),
            blocks=kept,
            file=self._hide_name(page.file),
        )

    def _hide_words(self, words: list[PrintedWord]) -> list[PrintedWord | None]:
        """Return the words of a block, a token for the first one of each piece and None for the others of it."""
        shown: list[PrintedWord | None] = list(words)
        for name in ("text", "raw"):
            texts = [getattr(word, name) for word in words]
            text, starts = _run_on(texts, [word.joined for word in words])
            for piece in find_pieces(text, self.names):
                ends = [start + len(part) for start, part in zip(starts, texts, strict=True)]
                first, *others = (at for at, end in enumerate(ends) if starts[at] < piece.end and end > piece.start)
                last = max((first, *others))
                if shown[first] is words[first]:
                    hidden = text[starts[first] : piece.start] + self._token(piece) + text[piece.end : ends[last]]
                    shown[first] = replace(words[first], text=hidden, raw=hidden, joined=words[last].joined)
                for at in others:
                    shown[at] = None if shown[at] is words[at] else shown[at]
        return shown

    def _token(self, piece: Piece) -> str:
        self.found.add((piece.kind, piece.same))
        digest = hmac.new(self.key, f"{piece.kind}\0{piece.same}".encode(), hashlib.sha256).digest()
        return f"{piece.kind}-{b32encode(digest).decode()[:_TOKEN_SIGNS]}"


def told(replaced: Mapping[str, int]) -> str:
    """Return what to say of an export: how much was replaced, by kind. What stays is said before (LIMITS)."""
    nouns = (
        *(("EMAIL", "e-mail addresses"), ("PHONE", "phone numbers"), ("ACCOUNT", "bank accounts")),
        *(("BSN", "citizen service numbers"), ("NAME", "names")),
    )
    return f"Replaced: {', '.join(f'{noun} {replaced[kind]}' for kind, noun in nouns)}."


def _run_on(texts: Sequence[str], joined: Sequence[bool]) -> tuple[str, list[int]]:
    """Return words as one text, and where each of them starts; one that a line's end breaks is whole."""
    starts: list[int] = []
    text = ""
    for part, goes_on in zip(texts, joined, strict=True):
        starts.append(len(text))
        text += part if goes_on else f"{part} "
    return text, starts


def _key(path: Path) -> bytes:
    hint = "Make the archive's folder writable: the key of the tokens is kept in it."
    try:
        if not path.exists():
            _make_key(path)
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except ValueError:
        key = b""
    except OSError as error:
        raise StorageError(path, f"cannot be read or written ({error.strerror})", hint) from error
    except StorageError as error:
        raise StorageError(path, error.message, hint) from error
    if len(key) != _KEY_BYTES:
        hint = "Put it back from a backup; a new one, made when it is taken away, gives other tokens."
        raise BrokenArchiveError(path, "is no key of pseudonyms", hint)
    return key


def _make_key(path: Path) -> None:
    """Make the key, whole before it has its name; of two exports at once the first one makes it."""
    with alone(path.parent):
        if not path.exists():
            with text_file(path) as out:
                os.fchmod(out.fileno(), 0o600)
                out.write(secrets.token_hex(_KEY_BYTES) + "\n")
