//! The columns that come out. Their fields are those of `row`; a test compares the two.

use arrow_schema::{DataType, Field, Fields, Schema};

/// What `scan` answers for each document, beside its `id`.
pub(crate) fn documents() -> Schema {
    Schema::new(vec![
        text("sha256"),
        text("language"),
        text("title"),
        day("published"),
        day("as_of"),
        list("hits", hit()),
        list("statements", statement()),
        list("transfers", transfer()),
        list("findings", finding()),
        texts("warnings"),
        text("error"),
    ])
}

/// What `screen` answers for each name, beside its `id`.
pub(crate) fn names() -> Schema {
    let reason = vec![text("field"), number("points"), text("words")];
    let hit = vec![
        text("party"),
        text("schema"),
        text("caption"),
        number("score"),
        Field::new("matched", DataType::Boolean, true),
        text("listed"),
        list("reasons", reason),
    ];
    Schema::new(vec![list("hits", hit), text("error")])
}

fn hit() -> Vec<Field> {
    let party = vec![text("list"), text("party"), text("name"), number("score")];
    let mut fields = span();
    fields.extend([text("form"), text("entity"), text("kind"), text("name"), list("parties", party)]);
    fields
}

fn statement() -> Vec<Field> {
    vec![
        text("id"),
        record("content", span()),
        record("cue", span()),
        record("speaker", side()),
        record("channel", side()),
        record("addressee", side()),
        text("manner"),
        text("certainty"),
        text("act"),
        text("within"),
        share("confidence"),
    ]
}

fn transfer() -> Vec<Field> {
    let mut quantity = span();
    quantity.extend([number("value"), text("unit")]);
    vec![
        text("id"),
        record("giver", side()),
        record("receiver", side()),
        record("item", span()),
        text("class"),
        record("quantity", quantity),
        day("from"),
        day("to"),
        text("certainty"),
        text("status"),
        text("standing"),
        record("source", side()),
        text("statement"),
        record("carrier", side()),
        record("via", side()),
        record("end_user", side()),
        share("confidence"),
    ]
}

fn finding() -> Vec<Field> {
    vec![
        text("transfer"),
        record("item", span()),
        text("standing"),
        text("measure"),
        text("regime"),
        text("issuer"),
        text("instrument"),
        text("paragraph"),
        text("verdict"),
        text("why"),
        texts("missing"),
        texts("exceptions"),
        text("source"),
    ]
}

/// Somebody who takes part: the entity, where it is one, and the words that name it, where there are some.
fn side() -> Vec<Field> {
    let mut fields = vec![text("entity"), text("name"), text("country")];
    fields.extend(span());
    fields
}

/// Bytes of the text, end exclusive.
fn span() -> Vec<Field> {
    ["start", "end"].map(|name| Field::new(name, DataType::Int64, true)).into()
}

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn texts(name: &str) -> Field {
    Field::new_list(name, Field::new_list_field(DataType::Utf8, true), true)
}

fn number(name: &str) -> Field {
    Field::new(name, DataType::Float64, true)
}

/// 0 to 1 in hundredths.
fn share(name: &str) -> Field {
    Field::new(name, DataType::Float32, true)
}

fn day(name: &str) -> Field {
    Field::new(name, DataType::Date32, true)
}

fn record(name: &str, fields: Vec<Field>) -> Field {
    Field::new(name, DataType::Struct(Fields::from(fields)), true)
}

fn list(name: &str, fields: Vec<Field>) -> Field {
    Field::new_list(name, Field::new_list_field(DataType::Struct(Fields::from(fields)), true), true)
}
