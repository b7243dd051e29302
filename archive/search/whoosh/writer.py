"""How do sections get into the index, and when are they seen?

An addition is a commit in the live folder; a rebuild fills a new folder. Either is seen when its stamp is written: the
files are brought to disk, then Whoosh's table of contents, then the stamp; only then what is no longer used is removed.
"""

import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, LockError, clean_files
from whoosh.writing import SegmentWriter

from archive.errors import ArchiveBusyError, ArchiveWriteError
from archive.search.whoosh.analysis import SectionWords, section_facts, section_words
from archive.search.whoosh.codec import SectionCodec
from archive.search.whoosh.keeper import keep_words
from archive.search.whoosh.layout import CONFUSIONS, LINKS, MAX_PLACE, VOCABULARY
from archive.search.whoosh.postings import Move, Pool
from archive.search.whoosh.schema import make_schema
from archive.search.whoosh.segments import Segment, SegmentFacts
from archive.search.whoosh.snapshot import Snapshot
from archive.search.whoosh.stamp import (
    Stamp,
    checked_stamp,
    guarded,
    make_live,
    make_way,
    read_stamp,
    seal,
    write_stamp,
)
from archive.search.whoosh.vocabulary import Vocabulary

INDEX_NAME = "MAIN"

# Segments of like size that are left lying before they are merged; each size is this many times the one below.
_LEFT_LYING = 8


class IndexWriter:
    """Adds sections to the live index, or fills a new one; used by one process at a time.

    Args:
        directory: The folder that holds the indexes.
        languages: Which languages a section of unknown language may have.
        rebuild: Start from nothing; the index that is live stays so until the first commit.

    Raises:
        BrokenArchiveError: `rebuild` is not asked for and there is no index in order to add to.
        ArchiveBusyError: another process writes.
    """

    def __init__(self, directory: Path, languages: Sequence[str], *, rebuild: bool) -> None:
        self._directory = directory
        self._languages = tuple(languages)
        self._stamp = self._new_folder() if rebuild else checked_stamp(directory)
        self._writer: _StampingWriter | None = None
        self._snapshot: Snapshot | None = None
        self._vocabulary: Vocabulary | None = None
        self._fresh: dict[str, int] = {}  # numbers in the segment that is being written

    def add(self, sections: Iterable[Mapping[str, object]]) -> None:
        """Put sections in, replacing those with the same id."""
        with _told(self._stamp.folder):
            for section in sections:
                self._add(section)

    def remove(self, ids: Iterable[str]) -> None:
        """Take sections out."""
        with _told(self._stamp.folder):
            for section_id in ids:
                self._remove(section_id)

    def commit(self, generation: int) -> None:
        """Make everything visible in one step, stamped with the catalogue's generation."""
        with _told(self._stamp.folder):
            writer, snapshot, vocabulary = self._open()
            self._add_links(writer, snapshot, vocabulary)
            if not snapshot.count:
                self._learn(vocabulary)
                vocabulary.let_go()
                writer.is_first = True
                self._stamp = self._stamp._replace(made_at=generation, made_of=len(self._fresh))
            languages = set(self._stamp.languages) | vocabulary.languages
            self._stamp = self._stamp._replace(generation=generation, languages=tuple(sorted(languages)))
            del vocabulary
            self._vocabulary = None  # so that it takes no memory while segments are merged
            writer.commit(mergetype=_merge_alike)
            self._stamp = writer.stamp
            self._close()
            live = read_stamp(self._directory)
            if live is None or live.folder != self._stamp.folder:
                make_live(self._directory, self._stamp.folder)
                self._remove_others()

    def cancel(self) -> None:
        """Forget what was not committed."""
        if self._writer is not None and not self._writer.is_closed:
            self._writer.cancel()
        self._close()

    def _add(self, section: Mapping[str, object]) -> None:
        writer, _, vocabulary = self._open()
        section_id = str(section["id"])
        self._remove(section_id)
        words = section_words(str(section.get("heading") or ""), str(section.get("text") or ""))
        facts = section_facts(section)
        self._fresh[section_id] = writer.docnum
        language = facts["language"][0]
        vocabulary.add(words.printed, language)
        raw = str(section.get("raw_text") or section.get("text") or "")
        judged = vocabulary.judge(raw, language, _share(section.get("ocr_confidence")))
        writer.add_section(section_id, words, facts, judged)

    def _remove(self, section_id: str) -> None:
        writer, snapshot, _ = self._open()
        if section_id in self._fresh:
            writer.newsegment.delete_document(self._fresh.pop(section_id))
        for number in snapshot.documents("id", section_id):
            if not writer.is_deleted(number):
                writer.delete_document(number)

    def _add_links(self, writer: "_StampingWriter", snapshot: Snapshot, vocabulary: Vocabulary) -> None:
        writer.add_links(vocabulary.links(lambda link: snapshot.has(LINKS, link)))

    def _learn(self, vocabulary: Vocabulary) -> None:
        """Keep what the words of a new index teach; additions to it go by what was learned then."""
        path = self._stamp.folder / CONFUSIONS
        path.write_text(vocabulary.learn().to_json(), encoding="utf-8")

    def _open(self) -> tuple["_StampingWriter", Snapshot, Vocabulary]:
        """Take the lock and look at what is there, at the first change."""
        if self._writer is None or self._snapshot is None or self._vocabulary is None:
            self._snapshot = guarded(self._stamp, lambda: Snapshot(self._stamp))
            self._writer = self._open_writer()
            self._vocabulary = Vocabulary(self._languages, self._snapshot.frequency)
            self._fresh = {}
        return self._writer, self._snapshot, self._vocabulary

    def _open_writer(self) -> "_StampingWriter":
        storage = FileStorage(str(self._stamp.folder))
        _remove_unstamped(self._stamp)
        index = FileIndex(storage, schema=make_schema(), indexname=INDEX_NAME)
        try:
            writer = _StampingWriter(index, codec=SectionCodec(), compound=False)
        except LockError as error:
            raise ArchiveBusyError(
                self._directory, "another run writes the full-text index", hint="Try again later."
            ) from error
        writer.stamped = lambda: self._stamp
        return writer

    def _close(self) -> None:
        if self._snapshot is not None:
            self._snapshot.close()
        self._writer = self._snapshot = self._vocabulary = None

    def _new_folder(self) -> Stamp:
        folder = self._directory / f"index-{uuid.uuid4().hex[:12]}"
        with _told(folder):
            make_way(self._directory)
            folder.mkdir(parents=True)
            TOC.create(FileStorage(str(folder)), make_schema(), INDEX_NAME)
        return Stamp(folder=folder, generation=0, toc=0, languages=(), files={})

    def _remove_others(self) -> None:
        """Remove indexes that are no longer live; readers that have them open keep what they have."""
        for folder in self._directory.glob("index-*"):
            if folder != self._stamp.folder and folder.is_dir():
                shutil.rmtree(folder, ignore_errors=True)


class _StampingWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer, with files brought to disk and the stamp replaced before old files go."""

    stamped: Callable[[], Stamp]
    stamp: Stamp
    is_first = False  # commit of an index that held nothing

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Whoosh's
        super().__init__(*args, **kwargs)
        self.pool = Pool(Path(self.temp_storage().folder))

    def add_section(
        self, section_id: str, words: SectionWords, facts: Mapping[str, Iterable[str]], read: tuple[int, int]
    ) -> None:
        """Add a section: its words, what it can be filtered by, and how well it was read."""
        self.pool.add_words(self.docnum, self.perdocwriter.place, words.seen)
        self._add({"id": (section_id,), **facts})
        self.perdocwriter.add(section_id, words.length, words.extents, read)

    def add_links(self, found: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Add a document of words that are new and the links that lead to each; none where there are no words."""
        words: dict[str, None] = {}
        for word, links in found:
            words[word] = None
            self.pool.add_terms(self.docnum, LINKS, dict.fromkeys(links))
        if words:
            self._add({VOCABULARY: (VOCABULARY,)})
            self.perdocwriter.add("", 0, (0, 0), (0, 0))
            self.perdocwriter.bring(words)

    def add_segment(self, segment: Segment) -> bool:
        """Take in another segment, which stays open until the commit; not where its places would find no numbers."""
        if self.perdocwriter.place + segment.marks[-1] > MAX_PLACE:
            segment.close()
            return False
        move = Move(self.docnum, self.perdocwriter.place, segment.facts.deleted, segment.marks)
        self.pool.merge(segment, move)
        self.perdocwriter.take_over(segment)
        self.docnum += segment.facts.size - len(segment.facts.deleted)
        self._added = True
        return True

    def _add(self, fields: Mapping[str, Iterable[str]]) -> None:
        for field, terms in fields.items():
            self.pool.add_terms(self.docnum, field, terms)
        self._added = True
        self.docnum += 1

    def _commit_toc(self, segments: list[Any]) -> None:
        """Write the table of contents and the stamp; called by Whoosh at the end of a commit."""
        TOC(self.schema, segments, self.generation).write(self.storage, self.indexname)
        before = self.stamped()
        facts = tuple(map(_facts, segments))
        if self.is_first and len(facts) == 1:
            keep_words(before._replace(segments=facts, files=dict.fromkeys((CONFUSIONS,), (0, 0, 0))))
        prefixes = tuple(f"{segment.segment_id()}." for segment in segments)
        names = [name for name in sorted(self.storage.list()) if name.startswith(prefixes)]
        names += [name for name in (CONFUSIONS,) if self.storage.file_exists(name)]
        names.append(TOC._filename(self.indexname, self.generation))  # noqa: SLF001 - no public way to its name
        files = seal(before.folder, names, before.files)
        self.stamp = before._replace(toc=self.generation, files=files, segments=facts)
        write_stamp(self.stamp)
        clean_files(self.storage, self.indexname, self.generation, segments)


def _merge_alike(writer: _StampingWriter, segments: list[Any]) -> list[Any]:
    """Merge segments of like size once there are many: most additions then cost what they hold."""
    by_size: dict[int, list[Any]] = {}
    for segment in segments:
        level, size = 0, segment.doc_count_all() / _LEFT_LYING
        while size >= _LEFT_LYING:
            level, size = level + 1, size / _LEFT_LYING
        by_size.setdefault(level, []).append(segment)
    merged: set[str] = set()
    for alike in (some for some in by_size.values() if len(some) >= _LEFT_LYING):
        for segment in alike:
            if writer.add_segment(Segment(Path(writer.storage.folder), _facts(segment), 0)):
                merged.add(segment.segment_id())
    return [segment for segment in segments if segment.segment_id() not in merged]


def _facts(segment: Any) -> SegmentFacts:  # noqa: ANN401 - Whoosh has no types
    """Return what the stamp says of a segment."""
    deleted = tuple(sorted(int(number) for number in segment.deleted_docs()))
    return SegmentFacts(segment.segment_id(), int(segment.doc_count_all()), int(segment.words), deleted)


def _remove_unstamped(stamp: Stamp) -> None:
    """Remove what a run left that was killed between its commit and its stamp."""
    for path in stamp.folder.glob(f"_{INDEX_NAME}_*.toc*"):
        if stamp.files and path.name not in stamp.files:
            path.unlink()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell what the disk does as an error that a person can mend."""
    try:
        yield
    except OSError as error:
        raise ArchiveWriteError(
            path,
            f"the full-text index cannot be written: {error.strerror}",
            hint="Free some space or mend the rights, then run it again.",
        ) from error


def _share(value: object) -> float | None:
    return value if isinstance(value, float) else None
