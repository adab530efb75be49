-- The second layout: people who sign in, who looked at what, what was removed and how long a case is kept.

CREATE TABLE people (
  name TEXT PRIMARY KEY,
  role TEXT NOT NULL,
  password TEXT NOT NULL,
  disabled INTEGER NOT NULL DEFAULT 0,
  added_by TEXT NOT NULL,
  added_at TEXT NOT NULL
);

-- Who is signed in. `token` is the SHA-256 of what the browser holds; times are seconds since 1970.
CREATE TABLE sessions (
  token TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES people (name),
  began INTEGER NOT NULL,
  seen INTEGER NOT NULL
);
CREATE INDEX sessions_person ON sessions (person);

-- Who looked at what. It is no part of the chains and goes after a time of its own.
CREATE TABLE accesses (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  case_id TEXT NOT NULL,
  address TEXT NOT NULL
);
CREATE INDEX accesses_case ON accesses (case_id, id);
CREATE INDEX accesses_at ON accesses (at);

-- What is set for the desk as a whole.
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- Days that documents and notes of a case are kept; items that were removed.
ALTER TABLE cases ADD COLUMN keep_days INTEGER;
ALTER TABLE cases ADD COLUMN removed_items INTEGER NOT NULL DEFAULT 0;
-- The entry that removed the content of a document.
ALTER TABLE documents ADD COLUMN removed INTEGER;

CREATE TRIGGER documents_changed AFTER UPDATE OF title, text ON documents BEGIN
  INSERT INTO words (words, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
  INSERT INTO words (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
-- Words that go leave no trace in the index.
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
