//! Spreadsheets: XLSX, XLS, XLSB, ODS.

use crate::{Note, Settings, Table, TableError, date, tabled};
use calamine::{Data, Range, Reader, open_workbook_auto_from_rs};
use std::io::Cursor;

/// Packed folders (XLSX, ODS) and the older format of Excel.
pub(crate) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

pub(crate) fn read(bytes: &[u8], settings: &Settings) -> Result<Table, TableError> {
    let broken =
        |error: calamine::Error| TableError::Broken(format!("the spreadsheet cannot be read: {error}"));
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let names = book.sheet_names();
    let mut sheets: Vec<(String, Range<Data>)> = Vec::new();
    for name in names.iter().filter(|name| settings.sheet.as_ref().is_none_or(|wanted| wanted == *name)) {
        let range = book.worksheet_range(name).map_err(broken)?;
        if !range.is_empty() {
            sheets.push((name.clone(), range));
        }
    }
    if let Some(wanted) = settings.sheet.as_ref().filter(|wanted| !names.contains(wanted)) {
        return Err(TableError::NoSheet(wanted.clone(), names.join(", ")));
    }
    let others = sheets.len().saturating_sub(1);
    let Some((name, range)) = sheets.into_iter().next() else { return Err(TableError::Empty) };
    let first = range.start().map_or(0, |(row, _)| u64::from(row));
    let rows = range.rows().zip(first + 1..).map(|(row, line)| (line, row.iter().map(cell).collect()));
    let mut table = tabled(rows.collect(), settings);
    let note = match others {
        0 => Note::sure(format!("sheet: {name}")),
        _ => Note::doubtful(format!("sheet: {name}; {others} more have something in them"), "--sheet NAME"),
    };
    table.notes.insert(0, note);
    Ok(table)
}

fn cell(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        Data::DateTime(moment) => {
            let serial = moment.as_f64();
            let day = (serial >= 1.0).then(|| date::of_serial(serial as i64)).flatten();
            day.map_or_else(|| moment.as_f64().to_string(), |day| day.to_string())
        }
    }
}

#[cfg(test)]
#[expect(clippy::format_push_string, reason = "a small workbook in a test")]
mod tests {
    use crate::{Columns, Settings, Table, TableError};
    use std::io::{Cursor, Write};

    const NS: &str = "http://schemas.openxmlformats.org";

    fn packed(parts: &[(&str, String)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// A workbook of sheets; a cell that begins with `=` is a number, with `@` one in the format of dates.
    fn xlsx(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
        let (mut book, mut links) = (String::new(), String::new());
        let mut parts = Vec::new();
        for (number, (name, rows)) in (1..).zip(sheets) {
            book += &format!("<sheet name='{name}' sheetId='{number}' r:id='r{number}'/>");
            links += &format!(
                "<Relationship Id='r{number}' Type='{NS}/officeDocument/2006/relationships/worksheet' \
                 Target='worksheets/sheet{number}.xml'/>"
            );
            let mut cells = String::new();
            for (row, line) in (1..).zip(*rows) {
                cells += &format!("<row r='{row}'>");
                for (column, text) in ('A'..).zip(*line) {
                    cells += &match text.split_at_checked(1) {
                        Some(("=", number)) => format!("<c r='{column}{row}'><v>{number}</v></c>"),
                        Some(("@", day)) => format!("<c r='{column}{row}' s='1'><v>{day}</v></c>"),
                        _ => format!("<c r='{column}{row}' t='inlineStr'><is><t>{text}</t></is></c>"),
                    };
                }
                cells += "</row>";
            }
            let sheet = format!(
                "<worksheet xmlns='{NS}/spreadsheetml/2006/main'><sheetData>{cells}</sheetData></worksheet>"
            );
            parts.push((format!("xl/worksheets/sheet{number}.xml"), sheet));
        }
        parts.push((
            "xl/workbook.xml".into(),
            format!(
                "<workbook xmlns='{NS}/spreadsheetml/2006/main' \
                 xmlns:r='{NS}/officeDocument/2006/relationships'><sheets>{book}</sheets></workbook>"
            ),
        ));
        parts.push((
            "xl/_rels/workbook.xml.rels".into(),
            format!("<Relationships xmlns='{NS}/package/2006/relationships'>{links}</Relationships>"),
        ));
        parts.push((
            "xl/styles.xml".into(),
            format!(
                "<styleSheet xmlns='{NS}/spreadsheetml/2006/main'><cellXfs count='2'><xf numFmtId='0'/>\
                 <xf numFmtId='14'/></cellXfs></styleSheet>"
            ),
        ));
        let parts: Vec<(&str, String)> =
            parts.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
        packed(&parts)
    }

    fn ods(rows: &[&[&str]]) -> Vec<u8> {
        let cell = |text: &&str| {
            format!("<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>")
        };
        let row = |cells: &&[&str]| {
            format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
        };
        let ns = "urn:oasis:names:tc:opendocument:xmlns";
        let content = format!(
            "<office:document-content xmlns:office='{ns}:office:1.0' xmlns:table='{ns}:table:1.0' \
             xmlns:text='{ns}:text:1.0'><office:body><office:spreadsheet><table:table table:name='Kunden'>{}\
             </table:table></office:spreadsheet></office:body></office:document-content>",
            rows.iter().map(row).collect::<String>()
        );
        let mime = "application/vnd.oasis.opendocument.spreadsheet";
        let manifest = format!(
            "<manifest:manifest xmlns:manifest='{ns}:manifest:1.0'><manifest:file-entry manifest:full-path='/' \
             manifest:media-type='{mime}'/></manifest:manifest>"
        );
        packed(&[("mimetype", mime.into()), ("content.xml", content), ("META-INF/manifest.xml", manifest)])
    }

    fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Table, TableError> {
        let settings = Settings { sheet: sheet.map(Into::into), ..Settings::default() };
        crate::read(bytes, "csv", &settings)
    }

    #[test]
    fn a_workbook_is_told_by_its_bytes_and_its_numbers_are_dates_where_they_are_shown_so() {
        let rows: &[&[&str]] =
            &[&["Kunden 2026"], &["Nr", "Name", "Geburtsdatum"], &["=7", "Anna Grün", "@22344"]];
        let table = read(&xlsx(&[("Kunden", rows)]), None).unwrap();
        assert_eq!(table.headings, ["Nr", "Name", "Geburtsdatum"]);
        assert_eq!(table.rows[0].cells, ["7", "Anna Grün", "1961-03-04"]);
        assert_eq!(table.rows[0].line, 3);
        let (columns, _) = Columns::of(&table, &Settings::default()).unwrap();
        assert_eq!(columns.record(&table.rows[0]).unwrap().properties["birthDate"], ["1961-03-04"]);
    }

    #[test]
    fn which_of_several_sheets_is_a_doubt() {
        let book = xlsx(&[("A", &[&["Name"], &["Anna"]]), ("B", &[&["Name"], &["Otto"]]), ("Empty", &[])]);
        let doubt = |table: &Table| table.notes.iter().any(|note| note.doubt.is_some());
        let first = read(&book, None).unwrap();
        assert!(doubt(&first) && first.rows[0].cells == ["Anna"], "{first:?}");
        let second = read(&book, Some("B")).unwrap();
        assert!(!doubt(&second) && second.rows[0].cells == ["Otto"], "{second:?}");
        assert!(matches!(read(&book, Some("C")), Err(TableError::NoSheet(..))));
        assert_eq!(read(&book, Some("Empty")).unwrap_err(), TableError::Empty);
    }

    #[test]
    fn an_open_document_is_read_and_a_broken_one_refused() {
        let book = ods(&[&["Name", "Land"], &["Anna Grün", "AT"]]);
        assert_eq!(read(&book, None).unwrap().rows[0].cells, ["Anna Grün", "AT"]);
        assert!(matches!(read(b"PK\x03\x04 no folder", None), Err(TableError::Broken(_))));
        assert!(matches!(read(&packed(&[("x.txt", "x".into())]), None), Err(TableError::Broken(_))));
    }
}
