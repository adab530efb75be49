//! Which columns the tables have, and where in a reading (as JSON, `docs/reading.md`) each is found.

use serde_json::Value;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words; lists and records as JSON.
    Text,
    /// A whole number.
    Whole,
    /// A number.
    Real,
    /// A day.
    Day,
    /// The exact words of a span of the text.
    Words,
}

/// A column and its place in the record that gives a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// A JSON pointer.
    place: &'static str,
}

impl Column {
    /// What the record has there; of words their span.
    pub(super) fn of(self, record: &Value) -> Option<&Value> {
        record.pointer(self.place).filter(|value| !value.is_null())
    }
}

/// A table: its name and what stands in it beside `document`, the key of the document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub(super) name: &'static str,
    pub(super) columns: &'static [Column],
}

const fn column(name: &'static str, kind: Kind, place: &'static str) -> Column {
    Column { name, kind, place }
}

const fn text(name: &'static str, place: &'static str) -> Column {
    column(name, Kind::Text, place)
}

const fn whole(name: &'static str, place: &'static str) -> Column {
    column(name, Kind::Whole, place)
}

/// The name of the column with the key of the document.
pub(super) const KEY: &str = "document";

pub(super) const DOCUMENTS: Plan = Plan {
    name: "documents",
    columns: &[
        text("sha256", "/document/sha256"),
        text("source", "/document/source"),
        text("format", "/document/origin/format"),
        text("language", "/document/language"),
        text("title", "/document/title"),
        column("published", Kind::Day, "/document/published"),
        text("author", "/document/origin/author"),
        text("url", "/document/url"),
        whole("pages", "/document/origin/pages"),
        text("ocr_program", "/document/origin/ocr/program"),
        text("ocr_languages", "/document/origin/ocr/languages"),
        text("ocr_pages", "/document/origin/ocr/pages"),
        whole("ocr_confidence", "/document/origin/ocr/confidence"),
        text("text", "/text"),
        text("warnings", "/warnings"),
        column("as_of", Kind::Day, "/stamp/as_of"),
        text("lagebild", "/stamp/lagebild"),
        text("program_hash", "/stamp/program"),
        text("models", "/stamp/models"),
        text("language_hash", "/stamp/language/hash"),
        text("world_hash", "/stamp/world/hash"),
        text("names_hash", "/stamp/names/hash"),
        text("spotting_hash", "/stamp/spotting/hash"),
        text("watchlist", "/stamp/watchlist/name"),
        text("watchlist_date", "/stamp/watchlist/date"),
        text("watchlist_hash", "/stamp/watchlist/hash"),
        text("lists", "/stamp/watchlist/lists"),
        text("measures_hash", "/stamp/measures/hash"),
        text("goods_hash", "/stamp/goods/hash"),
    ],
};

pub(super) const ENTITIES: Plan = Plan {
    name: "entities",
    columns: &[
        text("id", "/id"),
        text("kind", "/kind"),
        text("name", "/name"),
        text("country", "/country"),
        column("role", Kind::Words, "/role"),
        column("words", Kind::Words, "/first"),
        whole("start", "/first/start"),
        whole("end", "/first/end"),
        whole("mentions", "/mentions"),
        text("list", "/best/list"),
        text("party", "/best/party"),
        text("party_name", "/best/name"),
        column("score", Kind::Real, "/best/score"),
        text("matches", "/matches"),
    ],
};

pub(super) const STATEMENTS: Plan = Plan {
    name: "statements",
    columns: &[
        text("id", "/id"),
        column("words", Kind::Words, "/content"),
        whole("start", "/content/start"),
        whole("end", "/content/end"),
        text("speaker", "/speaker"),
        column("speaker_words", Kind::Words, "/speaker_words"),
        whole("speaker_start", "/speaker_words/start"),
        whole("speaker_end", "/speaker_words/end"),
        column("cue", Kind::Words, "/cue"),
        whole("cue_start", "/cue/start"),
        whole("cue_end", "/cue/end"),
        text("channel", "/channel"),
        text("addressee", "/addressee"),
        text("manner", "/manner"),
        text("certainty", "/certainty"),
        text("act", "/act"),
        text("within", "/within"),
        column("confidence", Kind::Real, "/confidence"),
    ],
};

pub(super) const TRANSFERS: Plan = Plan {
    name: "transfers",
    columns: &[
        text("id", "/id"),
        text("giver", "/giver"),
        column("giver_words", Kind::Words, "/giver_words"),
        whole("giver_start", "/giver_words/start"),
        whole("giver_end", "/giver_words/end"),
        text("giver_country", "/giver_country"),
        text("receiver", "/receiver"),
        column("receiver_words", Kind::Words, "/receiver_words"),
        whole("receiver_start", "/receiver_words/start"),
        whole("receiver_end", "/receiver_words/end"),
        text("receiver_country", "/receiver_country"),
        column("item", Kind::Words, "/item"),
        whole("item_start", "/item/start"),
        whole("item_end", "/item/end"),
        text("class", "/class"),
        column("quantity_words", Kind::Words, "/quantity"),
        column("quantity", Kind::Real, "/quantity/value"),
        text("unit", "/quantity/unit"),
        column("time_words", Kind::Words, "/time/words"),
        column("from", Kind::Day, "/time/from"),
        column("to", Kind::Day, "/time/to"),
        text("certainty", "/certainty"),
        text("status", "/status"),
        text("standing", "/standing"),
        text("source", "/source"),
        text("statement", "/statement"),
        text("carrier", "/carrier"),
        text("via", "/via"),
        text("end_user", "/end_user"),
        text("in_exchange_for", "/in_exchange_for"),
        text("disputed_by", "/disputed_by"),
        text("contradicted_by", "/contradicted_by"),
        column("confidence", Kind::Real, "/confidence"),
    ],
};

pub(super) const FINDINGS: Plan = Plan {
    name: "findings",
    columns: &[
        text("transfer", "/transfer"),
        text("standing", "/standing"),
        text("verdict", "/verdict"),
        text("regime", "/regime"),
        text("issuer", "/issuer"),
        text("measure", "/measure"),
        text("instrument", "/instrument"),
        text("paragraph", "/paragraph"),
        text("why", "/why"),
        text("missing", "/missing"),
        text("exceptions", "/exceptions"),
        text("denied_by", "/denied_by"),
        column("on", Kind::Day, "/on"),
        text("source", "/source"),
        text("beside", "/beside"),
    ],
};
