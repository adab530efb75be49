//! Documents in, readings out.

use crate::row::Row;
use crate::{Reader, ScanError, column::Column, schema};
use arrow_array::RecordBatch;
use arrow_json::reader::{Decoder, ReaderBuilder};
use arrow_schema::{ArrowError, Schema, SchemaRef};
use jiff::civil::Date;
use lagebild_document::{Document, Format, Options};
use lagebild_reading::Reading;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// The documents of a batch.
struct Documents {
    text: Column,
    language: Column,
    published: Column,
    title: Column,
    url: Column,
}

/// Reads the documents of a batch: one row out for each row in, in its place.
///
/// Columns in: `text` (plain text; its bytes are what all offsets count), and, where the batch has them, `id`, `language`, `published`
/// (a day, or words that begin with one), `title`, `url`. Columns out: [`scan_schema`].
pub fn scan(batch: &RecordBatch, reader: &Reader) -> Result<RecordBatch, ScanError> {
    let documents = Documents::of(batch)?;
    let mut rows = decoder(Arc::new(schema::documents()), batch.num_rows())?;
    for row in 0..batch.num_rows() {
        let read = guarded(|| documents.get(row, reader).map(|document| reader.read(document)));
        add(&mut rows, &read)?;
    }
    finish(batch, &mut rows, &schema::documents())
}

/// The columns that [`scan`] answers for documents of this schema.
pub fn scan_schema(given: &Schema) -> Schema {
    with_id(given, &schema::documents())
}

fn add(rows: &mut Decoder, read: &Result<Reading, String>) -> Result<(), ScanError> {
    let row = match read {
        Ok(reading) => Row::of(reading),
        Err(error) => Row::unread(error),
    };
    Ok(rows.serialize(&[row])?)
}

/// Does what a row asks for. No input is known that makes a stage panic; if there is one among ten million, the others shall not be lost.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|cause| {
        let words = cause.downcast_ref::<String>().map(String::as_str);
        let words = words.or_else(|| cause.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
        Err(format!("a fault of the program, please report it: {words}"))
    })
}

impl Documents {
    fn of(batch: &RecordBatch) -> Result<Self, ScanError> {
        Ok(Self {
            text: Column::needed(batch, "text")?,
            language: Column::of(batch, "language")?,
            published: Column::of(batch, "published")?,
            title: Column::of(batch, "title")?,
            url: Column::of(batch, "url")?,
        })
    }

    /// The document of a row, or why there is none.
    fn get(&self, row: usize, reader: &Reader) -> Result<Document, String> {
        let text = self.text.get(row).ok_or("there is no text")?;
        let given = self.language.filled(row);
        let (language, unknown) = if given.is_none_or(is_known) { (given, None) } else { (None, given) };
        let options = Options {
            format: Some(Format::Text),
            language: language.map(Into::into),
            published: self.published.filled(row).map(day).transpose()?,
            max_bytes: reader.max_bytes,
            ..Options::default()
        };
        let found = lagebild_document::read("text", text.as_bytes(), &options).into_iter().next();
        let mut document = found.ok_or("there is no text")?.map_err(|error| error.to_string())?;
        document.title = self.title.filled(row).map(Into::into).or(document.title);
        document.url = self.url.filled(row).map(Into::into);
        let said = |code| format!("`{code}` is no language that is told apart; it was found from the text");
        document.warnings.extend(unknown.map(said));
        Ok(document)
    }
}

fn is_known(code: &str) -> bool {
    code.split(['-', '_']).next().is_some_and(|primary| lagebild_document::languages().contains(&primary))
}

/// The day with which the words begin: "2023-09-12", "2023-09-12T08:00:00Z".
fn day(words: &str) -> Result<Date, String> {
    let day = words.get(..10).and_then(|day| day.parse().ok());
    day.ok_or_else(|| format!("published: `{words}` is no day such as 2023-09-12"))
}

/// What puts rows into columns.
pub(crate) fn decoder(schema: SchemaRef, rows: usize) -> Result<Decoder, ArrowError> {
    ReaderBuilder::new(schema).with_strict_mode(true).with_batch_size(rows.max(1)).build_decoder()
}

/// The rows as a batch, with the `id` of the batch that came in.
pub(crate) fn finish(
    batch: &RecordBatch,
    rows: &mut Decoder,
    own: &Schema,
) -> Result<RecordBatch, ScanError> {
    let schema = Arc::new(with_id(&batch.schema(), own));
    let Some(made) = rows.flush()? else { return Ok(RecordBatch::new_empty(schema)) };
    let columns = batch.column_by_name("id").into_iter().chain(made.columns()).cloned().collect();
    Ok(RecordBatch::try_new(schema, columns)?)
}

pub(crate) fn with_id(given: &Schema, own: &Schema) -> Schema {
    let id = given.fields().iter().find(|field| field.name() == "id");
    Schema::new(id.into_iter().chain(own.fields()).cloned().collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn a_panic_is_the_error_of_its_row() {
        let error = guarded::<()>(|| panic!("at {}", 7)).unwrap_err();
        assert_eq!(error, "a fault of the program, please report it: at 7");
    }
}
