"""What stands in an export in the place of what leads to a person?

A token: the kind of the piece and a keyed hash of it, so that the same address or name has the same token in every
export of this archive, and nobody without the key can try out who it is. The key is made once and stays in the archive.
"""

import hashlib
import hmac
import os
import secrets
from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from archive.errors import BrokenArchiveError, StorageError
from archive.library.personal import NAMES_FILE, Kind, Names, Piece, find_pieces
from archive.library.targets import alone, text_file
from archive.model.exports import ArchiveFacts, Export, IssueFacts, PrintedBlock, PrintedPage, PrintedWord

KEY_FILE = "pseudonyms.key"
_KEY_BYTES = 32
_TOKEN_SIGNS = 10
# What names a thing or says how it was made: the same for whoever is named in it.
_KEPT = frozenset(
    {
        *("schema_version", "id", "issue_id", "newsletter", "issue_date", "issue_date_source", "category", "language"),
        *(
            "category_scores",
            "category_source",
            "text_source",
            "page_labels",
            "pages",
            "boxes",
            "sha256",
            "date",
            "end",
        ),
        *("precision", "year_source", "double_of"),
    }
)
LIMITS = (
    "What stays: names that names.txt does not list, names and addresses that were misread beyond their shape, "
    "web addresses, and what people can be known by without a name (a role, a street, a date). "
    "Ids and the sha256 of each scan still lead whoever has the archive to the page. Read it before you hand it on."
)

_NOTE = (
    f"Tokens (as EMAIL-A2B3C4D5E6) stand for e-mail addresses, phone numbers, bank accounts and listed names. {LIMITS}"
)


@dataclass(slots=True)
class Pseudonyms:
    """Replaces what leads to a person by tokens; `found` holds each of those that were replaced once."""

    key: bytes
    names: Names
    found: set[tuple[str, str]] = field(default_factory=set)

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

        def page(page_id: str) -> PrintedPage | None:
            found = export.page(page_id)
            return None if found is None else self._hide_page(found)

        def issue(issue_id: str) -> IssueFacts:
            found = export.issue(issue_id)
            title, held, file = self.hide(found.title), self.hide_all(dict(found.holdings)), self._hide_name(found.file)
            return replace(found, title=title, holdings=held, file=file)

        def facts() -> ArchiveFacts:
            found = export.facts()
            return replace(found, parsed=self.hide(found.parsed))

        return replace(
            export,
            entries=lambda: map(self.hide_all, export.entries()),
            request=export.request._replace(query=self.hide(export.request.query)),
            facts=facts,
            issue=issue,
            page=page,
            note=_NOTE,
        )

    def hide(self, text: str) -> str:
        """Return a text with a token in the place of each piece that leads to a person."""
        parts, at = [], 0
        for piece in find_pieces(text, self.names):
            parts += [text[at : piece.start], self._token(piece)]
            at = piece.end
        return "".join((*parts, text[at:]))

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
        return self._hide_name(value) if key == "file" else self.hide_all(value)

    def _hide_name(self, file: str) -> str:
        """Hide listed names in the name of a file; its numbers are dates and volumes."""
        parts, at = [], 0
        for piece in self.names.find(file):
            parts += [file[at : piece.start], self._token(piece)]
            at = piece.end
        return "".join((*parts, file[at:]))

    def _hide_page(self, page: PrintedPage) -> PrintedPage:
        blocks = []
        for block in page.blocks:
            shown = iter(self._hide_words([word for line in block.lines for word in line]))
            lines = (tuple(filter(None, (next(shown) for _ in line))) for line in block.lines)
            blocks.append(PrintedBlock(block.role, tuple(filter(None, lines))))
        kept = tuple(block for block in blocks if block.lines)
        return replace(page, text=self.hide(page.text), blocks=kept, file=self._hide_name(page.file))

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


def told(replaced: Mapping[str, int]) -> tuple[str, str]:
    """Return what to say of an export: how much was replaced, by kind, and what stays."""
    nouns = (("EMAIL", "e-mail addresses"), ("PHONE", "phone numbers"), ("ACCOUNT", "bank accounts"), ("NAME", "names"))
    return f"Replaced: {', '.join(f'{noun} {replaced[kind]}' for kind, noun in nouns)}.", LIMITS


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
