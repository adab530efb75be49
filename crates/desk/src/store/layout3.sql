-- The third layout: documents that were removed are counted without reading the others; notices to others.

CREATE INDEX documents_gone ON documents (case_id) WHERE removed IS NOT NULL;
CREATE INDEX memory_entry ON memory (case_id, entry);

-- What is told to others about lists that changed. `state` is waiting, sent or dead; times are seconds since 1970. `body` goes
-- once it was sent.
CREATE TABLE notices (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  target TEXT NOT NULL,
  made INTEGER NOT NULL,
  body TEXT,
  state TEXT NOT NULL,
  tries INTEGER NOT NULL,
  next INTEGER NOT NULL,
  why TEXT NOT NULL
);
CREATE INDEX notices_due ON notices (state, next);
