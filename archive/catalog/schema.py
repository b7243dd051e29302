"""Which tables does the catalogue have?

Migrations are numbered from 1 and never change once released; `PRAGMA user_version` holds the number of the last one
that was run. Lists are JSON; what is long and asked for whole (an issue's raw text, words and edits) is compressed.
"""

_FIRST = """
CREATE TABLE state (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;
INSERT INTO state VALUES ('generation', 0);

CREATE TABLE categories (name TEXT PRIMARY KEY) STRICT;

-- One row for each file of raw/ that was ever looked at. `missing` is 1 while the file is gone: then nothing of it is
-- found or exported. The counts spare every search a walk over the pages.
CREATE TABLE scans (
    scan INTEGER PRIMARY KEY,
    file TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    status TEXT NOT NULL,
    missing INTEGER NOT NULL DEFAULT 0,
    reading_key TEXT NOT NULL,
    parsing_key TEXT NOT NULL,
    version TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    hint TEXT NOT NULL,
    ok INTEGER NOT NULL DEFAULT 0,
    low INTEGER NOT NULL DEFAULT 0,
    empty INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    timed_out INTEGER NOT NULL DEFAULT 0,
    issues INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX scans_sha256 ON scans (sha256);
CREATE INDEX scans_coverage ON scans (missing, issues, ok, low, empty, failed, timed_out);

CREATE TABLE issues (
    issue INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    scan INTEGER NOT NULL REFERENCES scans ON DELETE CASCADE,
    newsletter TEXT NOT NULL,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    number TEXT NOT NULL,
    volume TEXT NOT NULL,
    date TEXT NOT NULL,
    newsletter_source TEXT NOT NULL,
    number_source TEXT NOT NULL,
    date_source TEXT NOT NULL,
    date_evidence TEXT NOT NULL,
    language TEXT NOT NULL,
    first_page INTEGER NOT NULL
) STRICT;
CREATE INDEX issues_scan ON issues (scan);
CREATE INDEX issues_order ON issues (slug, date, id);

CREATE TABLE transcripts (
    issue INTEGER PRIMARY KEY REFERENCES issues ON DELETE CASCADE,
    raw BLOB NOT NULL,
    words BLOB NOT NULL,
    edits BLOB NOT NULL
) STRICT;

CREATE TABLE pages (
    scan INTEGER NOT NULL REFERENCES scans ON DELETE CASCADE,
    number INTEGER NOT NULL,
    issue INTEGER REFERENCES issues ON DELETE SET NULL,
    label TEXT NOT NULL,
    width REAL,
    height REAL,
    turned INTEGER NOT NULL,
    skew REAL NOT NULL,
    language TEXT NOT NULL,
    text_source TEXT NOT NULL,
    reader TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    confidence REAL,
    words INTEGER NOT NULL,
    candidates TEXT NOT NULL,
    PRIMARY KEY (scan, number)
) STRICT;
CREATE INDEX pages_issue ON pages (issue);
CREATE INDEX pages_status ON pages (status);

CREATE TABLE sections (
    section INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    issue INTEGER NOT NULL REFERENCES issues ON DELETE CASCADE,
    position INTEGER NOT NULL,
    heading TEXT NOT NULL,
    text TEXT NOT NULL,
    raw_text TEXT NOT NULL,
    category TEXT NOT NULL,
    category_scores TEXT NOT NULL,
    category_reason TEXT NOT NULL,
    category_source TEXT NOT NULL,
    language TEXT NOT NULL,
    dates TEXT NOT NULL,
    places TEXT NOT NULL,
    organisations TEXT NOT NULL,
    links TEXT NOT NULL,
    emails TEXT NOT NULL,
    tags TEXT NOT NULL,
    notes TEXT NOT NULL,
    pages TEXT NOT NULL,
    page_labels TEXT NOT NULL,
    boxes TEXT NOT NULL,
    ocr_confidence REAL,
    text_source TEXT NOT NULL,
    word_count INTEGER NOT NULL,
    raw_start INTEGER NOT NULL,
    raw_end INTEGER NOT NULL,
    heading_start INTEGER NOT NULL,
    heading_end INTEGER NOT NULL,
    boundary_confidence REAL NOT NULL,
    spans TEXT NOT NULL,
    generation INTEGER NOT NULL
) STRICT;
CREATE INDEX sections_issue ON sections (issue, position);
CREATE INDEX sections_generation ON sections (generation);

-- Which sections left the search, and when: what an index that is behind must take out.
CREATE TABLE departures (
    id TEXT PRIMARY KEY,
    generation INTEGER NOT NULL
) STRICT;
CREATE INDEX departures_generation ON departures (generation);

-- Ids of issues and sections that are no more: where their text went (empty: nowhere) and why.
CREATE TABLE old_ids (
    id TEXT PRIMARY KEY,
    moved_to TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE VIEW section_list AS
    SELECT sections.id, issues.newsletter, issues.date AS issue_date, issues.number AS issue_number, sections.position,
        sections.heading, sections.category, sections.language, sections.ocr_confidence, sections.text,
        issues.id AS issue_id, scans.file
    FROM sections JOIN issues USING (issue) JOIN scans USING (scan)
    WHERE NOT scans.missing
    ORDER BY issues.slug, issues.date, issues.id, sections.position;

CREATE VIEW page_ledger AS
    SELECT scans.file, pages.number, pages.status, pages.reason, pages.confidence, pages.words, pages.text_source,
        pages.reader, issues.id AS issue_id
    FROM pages JOIN scans USING (scan) LEFT JOIN issues ON issues.issue = pages.issue
    WHERE NOT scans.missing
    ORDER BY scans.file, pages.number;
"""

# The same issue scanned twice: one scan answers, the other is kept beside it. `own_id` is what the register gave to an
# issue or section of a scan, `id` what it answers under: where the better scan came in later, its sections stand under
# the ids given first, and the other's under its. `double_of` is the `id` of the issue that answers instead, or empty.
_DOUBLES = """
ALTER TABLE issues ADD COLUMN own_id TEXT NOT NULL DEFAULT '';
ALTER TABLE issues ADD COLUMN double_of TEXT NOT NULL DEFAULT '';
ALTER TABLE sections ADD COLUMN own_id TEXT NOT NULL DEFAULT '';
UPDATE issues SET own_id = id;
UPDATE sections SET own_id = id;
CREATE INDEX issues_own_id ON issues (own_id);
CREATE INDEX issues_double_of ON issues (double_of);
INSERT INTO state VALUES ('doubles', 0);

DROP VIEW section_list;
CREATE VIEW section_list AS
    SELECT sections.id, issues.newsletter, issues.date AS issue_date, issues.number AS issue_number, sections.position,
        sections.heading, sections.category, sections.language, sections.ocr_confidence, sections.text,
        issues.id AS issue_id, scans.file
    FROM sections JOIN issues USING (issue) JOIN scans USING (scan)
    WHERE NOT scans.missing AND issues.double_of = ''
    ORDER BY issues.slug, issues.date, issues.id, sections.position;
"""

# What every search says of the scans that are there, summed up by SQLite whenever one of them changes, so that it
# costs the same however many there are. `unopened` counts files of which nothing is known.
_COVERAGE = """
CREATE TABLE coverage (
    issues INTEGER NOT NULL,
    ok INTEGER NOT NULL,
    low INTEGER NOT NULL,
    empty INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    timed_out INTEGER NOT NULL,
    unopened INTEGER NOT NULL
) STRICT;
INSERT INTO coverage
    SELECT coalesce(sum(issues), 0), coalesce(sum(ok), 0), coalesce(sum(low), 0), coalesce(sum(empty), 0),
        coalesce(sum(failed), 0), coalesce(sum(timed_out), 0),
        coalesce(sum(status = 'failed' AND ok + low + empty + failed + timed_out = 0), 0)
    FROM scans WHERE NOT missing;
DROP INDEX scans_coverage;

CREATE TRIGGER scans_comes AFTER INSERT ON scans WHEN NOT new.missing BEGIN
    UPDATE coverage SET issues = issues + new.issues, ok = ok + new.ok, low = low + new.low, empty = empty + new.empty,
        failed = failed + new.failed, timed_out = timed_out + new.timed_out, unopened = unopened
        + (new.status = 'failed' AND new.ok + new.low + new.empty + new.failed + new.timed_out = 0);
END;
CREATE TRIGGER scans_goes AFTER DELETE ON scans WHEN NOT old.missing BEGIN
    UPDATE coverage SET issues = issues - old.issues, ok = ok - old.ok, low = low - old.low, empty = empty - old.empty,
        failed = failed - old.failed, timed_out = timed_out - old.timed_out, unopened = unopened
        - (old.status = 'failed' AND old.ok + old.low + old.empty + old.failed + old.timed_out = 0);
END;
-- What changes goes as it was and comes as it is.
CREATE TRIGGER scans_changes AFTER UPDATE ON scans BEGIN
    UPDATE coverage SET issues = issues - old.issues, ok = ok - old.ok, low = low - old.low, empty = empty - old.empty,
        failed = failed - old.failed, timed_out = timed_out - old.timed_out, unopened = unopened
        - (old.status = 'failed' AND old.ok + old.low + old.empty + old.failed + old.timed_out = 0)
        WHERE NOT old.missing;
    UPDATE coverage SET issues = issues + new.issues, ok = ok + new.ok, low = low + new.low, empty = empty + new.empty,
        failed = failed + new.failed, timed_out = timed_out + new.timed_out, unopened = unopened
        + (new.status = 'failed' AND new.ok + new.low + new.empty + new.failed + new.timed_out = 0)
        WHERE NOT new.missing;
END;
"""

# What of each issue may tell its series, packed (archive.parsing.series.sketch): kept so that one issue more is
# compared with all others without reading them again. `part` counts the issues of a scan from 0.
_SKETCHES = """
CREATE TABLE sketches (
    scan INTEGER NOT NULL REFERENCES scans ON DELETE CASCADE,
    part INTEGER NOT NULL,
    packed BLOB NOT NULL,
    PRIMARY KEY (scan, part)
) STRICT;
"""

# The share of a page's print that was not read, and where that stands (JSON); NULL where nobody measured it. `unread`
# of a scan counts the pages where it is much.
_UNREAD = """
ALTER TABLE pages ADD COLUMN unread REAL;
ALTER TABLE pages ADD COLUMN unread_boxes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE scans ADD COLUMN unread INTEGER NOT NULL DEFAULT 0;
ALTER TABLE coverage ADD COLUMN unread INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER scans_comes;
DROP TRIGGER scans_goes;
DROP TRIGGER scans_changes;
CREATE TRIGGER scans_comes AFTER INSERT ON scans WHEN NOT new.missing BEGIN
    UPDATE coverage SET issues = issues + new.issues, ok = ok + new.ok, low = low + new.low, empty = empty + new.empty,
        failed = failed + new.failed, timed_out = timed_out + new.timed_out, unread = unread + new.unread,
        unopened = unopened
        + (new.status = 'failed' AND new.ok + new.low + new.empty + new.failed + new.timed_out = 0);
END;
CREATE TRIGGER scans_goes AFTER DELETE ON scans WHEN NOT old.missing BEGIN
    UPDATE coverage SET issues = issues - old.issues, ok = ok - old.ok, low = low - old.low, empty = empty - old.empty,
        failed = failed - old.failed, timed_out = timed_out - old.timed_out, unread = unread - old.unread,
        unopened = unopened
        - (old.status = 'failed' AND old.ok + old.low + old.empty + old.failed + old.timed_out = 0);
END;
-- What changes goes as it was and comes as it is.
CREATE TRIGGER scans_changes AFTER UPDATE ON scans BEGIN
    UPDATE coverage SET issues = issues - old.issues, ok = ok - old.ok, low = low - old.low, empty = empty - old.empty,
        failed = failed - old.failed, timed_out = timed_out - old.timed_out, unread = unread - old.unread,
        unopened = unopened
        - (old.status = 'failed' AND old.ok + old.low + old.empty + old.failed + old.timed_out = 0)
        WHERE NOT old.missing;
    UPDATE coverage SET issues = issues + new.issues, ok = ok + new.ok, low = low + new.low, empty = empty + new.empty,
        failed = failed + new.failed, timed_out = timed_out + new.timed_out, unread = unread + new.unread,
        unopened = unopened
        + (new.status = 'failed' AND new.ok + new.low + new.empty + new.failed + new.timed_out = 0)
        WHERE NOT new.missing;
END;

DROP VIEW IF EXISTS page_ledger;
CREATE VIEW page_ledger AS
    SELECT scans.file, pages.number, pages.status, pages.reason, pages.confidence, pages.unread, pages.words,
        pages.text_source, pages.reader, issues.id AS issue_id
    FROM pages JOIN scans USING (scan) LEFT JOIN issues ON issues.issue = pages.issue
    WHERE NOT scans.missing
    ORDER BY scans.file, pages.number;
"""

MIGRATIONS: tuple[str, ...] = (_FIRST, _DOUBLES, _COVERAGE, _SKETCHES, _UNREAD)
