-- The first layout. Nothing here is changed once it is out: a change is a new file, run after this one.
-- `entries` is what counts; the other tables of a case are worked out from them and can be made again.

CREATE TABLE cases (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  four_eyes INTEGER NOT NULL,
  opened TEXT NOT NULL,
  entries INTEGER NOT NULL,
  head TEXT NOT NULL,
  documents INTEGER NOT NULL,
  items INTEGER NOT NULL,
  pending INTEGER NOT NULL
);

CREATE TABLE entries (
  case_id TEXT NOT NULL REFERENCES cases (id),
  entry INTEGER NOT NULL,
  head TEXT NOT NULL,
  body TEXT,
  signature TEXT,
  PRIMARY KEY (case_id, entry)
);

CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  number INTEGER NOT NULL,
  source TEXT NOT NULL,
  title TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  text_hash TEXT NOT NULL,
  reading_hash TEXT NOT NULL,
  watchlist TEXT NOT NULL,
  added TEXT NOT NULL,
  stamp TEXT NOT NULL,
  about TEXT NOT NULL,
  text TEXT NOT NULL,
  reading BLOB NOT NULL,
  UNIQUE (case_id, number)
);
CREATE INDEX documents_source ON documents (case_id, sha256, source);

CREATE VIRTUAL TABLE words USING fts5 (
  title, text, content = 'documents', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER documents_added AFTER INSERT ON documents BEGIN
  INSERT INTO words (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER documents_removed AFTER DELETE ON documents BEGIN
  INSERT INTO words (words, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END;

CREATE TABLE items (
  id INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  kind TEXT NOT NULL,
  identity TEXT NOT NULL,
  state TEXT NOT NULL,
  pending INTEGER NOT NULL,
  rank INTEGER NOT NULL,
  shown TEXT NOT NULL,
  documents INTEGER NOT NULL,
  decision INTEGER,
  remembered TEXT,
  assigned TEXT,
  due TEXT,
  UNIQUE (case_id, number)
);
CREATE INDEX items_pending ON items (pending, rank DESC, id);
CREATE INDEX items_pending_case ON items (case_id, pending, rank DESC, id);
CREATE INDEX items_assigned ON items (assigned, pending, rank DESC, id);
CREATE INDEX items_remembered ON items (remembered);
CREATE INDEX items_identity ON items (case_id, kind, identity);

CREATE TABLE item_parties (
  item INTEGER NOT NULL REFERENCES items (id),
  party TEXT NOT NULL,
  PRIMARY KEY (item, party)
);
CREATE INDEX item_parties_party ON item_parties (party, item);

CREATE TABLE appearances (
  item INTEGER NOT NULL REFERENCES items (id),
  document INTEGER NOT NULL REFERENCES documents (id),
  PRIMARY KEY (item, document)
);
CREATE INDEX appearances_document ON appearances (document);

CREATE TABLE decisions (
  case_id TEXT NOT NULL REFERENCES cases (id),
  entry INTEGER NOT NULL,
  item INTEGER NOT NULL REFERENCES items (id),
  choice TEXT NOT NULL,
  reason TEXT NOT NULL,
  note TEXT,
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  confirmed_by TEXT,
  undone INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (case_id, entry)
);
CREATE INDEX decisions_item ON decisions (item, undone, entry);

-- Which name was found to be, or not to be, which party.
CREATE TABLE memory (
  name TEXT NOT NULL,
  party TEXT NOT NULL,
  case_id TEXT NOT NULL REFERENCES cases (id),
  entry INTEGER NOT NULL,
  choice TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  PRIMARY KEY (name, party, case_id, entry)
);

CREATE TABLE notes (
  case_id TEXT NOT NULL REFERENCES cases (id),
  entry INTEGER NOT NULL,
  item INTEGER,
  note TEXT NOT NULL,
  noted_by TEXT NOT NULL,
  noted_at TEXT NOT NULL,
  PRIMARY KEY (case_id, entry)
);

-- Everybody who is named, listed or not: asked again when a list changes.
CREATE TABLE names (
  id INTEGER PRIMARY KEY,
  schema TEXT NOT NULL,
  name TEXT NOT NULL,
  UNIQUE (schema, name)
);
CREATE TABLE named (
  name INTEGER NOT NULL REFERENCES names (id),
  document INTEGER NOT NULL REFERENCES documents (id),
  PRIMARY KEY (name, document)
);
CREATE INDEX named_document ON named (document);

-- Versions of lists that documents were read with.
CREATE TABLE lists (
  hash TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  date TEXT NOT NULL,
  parties BLOB NOT NULL
);
CREATE TABLE watchlists (
  hash TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  date TEXT NOT NULL,
  members TEXT NOT NULL
);

-- What is watched beside the names of cases, and the version of each list that was asked last.
CREATE TABLE watched (
  name TEXT NOT NULL,
  schema TEXT NOT NULL,
  source TEXT NOT NULL,
  added_by TEXT NOT NULL,
  added_at TEXT NOT NULL,
  PRIMARY KEY (name, schema, source)
);
CREATE TABLE screened (
  list TEXT PRIMARY KEY,
  hash TEXT NOT NULL,
  date TEXT NOT NULL
);
