//! Office files, books, RTF.
mod common;

use common::{one, refused, texts, zip};
use lagebild_formats::Role;

#[test]
fn word_documents() {
    let body = "<w:document xmlns:w='w'><w:body><w:p><w:pPr><w:pStyle w:val='T1'/></w:pPr><w:r><w:t>Zwei Schiffe</w:t></w:r></w:p>\
        <w:p><w:r><w:t xml:space='preserve'>Kim </w:t></w:r><w:del><w:r><w:t>nicht </w:t></w:r></w:del><w:r><w:t>kam &amp; </w:t></w:r>\
        <w:r><w:lastRenderedPageBreak/><w:t>ging.</w:t></w:r></w:p>\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Stern</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
    let styles = "<w:styles xmlns:w='w'><w:style w:styleId='T1'><w:name w:val='Title'/></w:style></w:styles>";
    let notes = "<w:footnotes xmlns:w='w'><w:footnote><w:p><w:r><w:t>So die Zeitung.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let core = "<cp:coreProperties xmlns:dc='d'><dc:creator>A. Muster</dc:creator></cp:coreProperties>";
    let bytes = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", body.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/footnotes.xml", notes.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
    ]);
    let (found, written) = one("a.docx", &bytes);
    assert_eq!(texts(&written), ["Zwei Schiffe", "Kim kam & ging.", "Stern | 12", "So die Zeitung."]);
    assert_eq!(written.title.as_deref(), Some("Zwei Schiffe"));
    assert_eq!(written.pieces.get(1).unwrap().places, [(10, "p. 2".to_owned())]);
    assert_eq!(found.origin.author.as_deref(), Some("A. Muster"));
}

#[test]
fn open_documents() {
    let content = "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:table='b'><office:body><text:tracked-changes><text:p>weg</text:p></text:tracked-changes>\
        <text:h>Zwei Schiffe</text:h><text:p>Kim<text:s text:c='2'/>kam.<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>So die Zeitung.</text:p></text:note-body></text:note></text:p>\
        <text:list><text:list-item><text:p>Stern</text:p></text:list-item></text:list></office:body></office:document-content>";
    let bytes =
        zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())]);
    let (found, written) = one("a.odt", &bytes);
    assert_eq!(found.origin.format, "odt");
    assert_eq!(texts(&written), ["Zwei Schiffe", "Kim  kam.", "So die Zeitung.", "Stern"]);
    assert_eq!(
        written.pieces.iter().map(|piece| piece.role).collect::<Vec<_>>(),
        [Role::Heading, Role::Body, Role::Unknown, Role::Item]
    );
    let table = "<o xmlns:table='b' xmlns:text='t'><table:table table:name='Export'><table:table-row><table:table-cell><text:p>Stern</text:p></table:table-cell>\
        <table:table-cell table:number-columns-repeated='16000'/></table:table-row></table:table></o>";
    let bytes = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", table.as_bytes()),
    ]);
    let (_, written) = one("a.ods", &bytes);
    assert_eq!(written.pieces.first().unwrap().places, [(0, "sheet Export, row 1".to_owned())]);
}

#[test]
fn presentations_in_the_order_in_which_they_are_shown() {
    let slide = |title: &str, text: &str| {
        format!(
            "<p:sld xmlns:p='p' xmlns:a='a'><p:sp><p:nvSpPr><p:nvPr><p:ph type='title'/></p:nvPr></p:nvSpPr><a:p><a:r><a:t>{title}</a:t></a:r></a:p></p:sp>\
            <p:sp><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sp></p:sld>"
        )
    };
    let bytes = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("ppt/presentation.xml", b"<p:presentation xmlns:p='p' xmlns:r='r'><p:sldIdLst><p:sldId id='256' r:id='rId2'/><p:sldId id='257' r:id='rId1'/></p:sldIdLst></p:presentation>"),
        ("ppt/_rels/presentation.xml.rels", b"<R><Relationship Id='rId1' Target='slides/slide1.xml'/><Relationship Id='rId2' Target='slides/slide2.xml'/></R>"),
        ("ppt/slides/slide1.xml", slide("Eins", "Kim kam.").as_bytes()),
        ("ppt/slides/slide2.xml", slide("Zwei", "Er ging.").as_bytes()),
    ]);
    let (_, written) = one("a.pptx", &bytes);
    assert_eq!(texts(&written), ["Zwei", "Er ging.", "Eins", "Kim kam."]);
    assert_eq!(written.pieces.last().unwrap().places, [(0, "slide 2".to_owned())]);
}

#[test]
fn books_in_the_order_of_their_spine() {
    let bytes = zip(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", b"<container><rootfiles><rootfile full-path='OPS/book.opf'/></rootfiles></container>"),
        ("OPS/book.opf", b"<package xmlns:dc='d'><metadata><dc:title>Schiffe</dc:title><dc:language>de</dc:language></metadata>\
            <manifest><item id='a' href='one.xhtml'/><item id='b' href='two.xhtml'/></manifest><spine><itemref idref='b'/><itemref idref='a'/></spine></package>"),
        ("OPS/one.xhtml", b"<html><head><title>x</title></head><body><p>Kim kam.</p></body></html>"),
        ("OPS/two.xhtml", b"<html><body><p>Er ging.</p></body></html>"),
    ]);
    let (_, written) = one("a.epub", &bytes);
    assert_eq!(
        texts(&written),
        ["<body><p>Er ging.</p></body></html>", "<body><p>Kim kam.</p></body></html>"]
    );
    assert_eq!((written.title.as_deref(), written.language.as_deref()), (Some("Schiffe"), Some("de")));
}

#[test]
fn workbooks_by_sheet_and_row() {
    let bytes = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets><sheet name='Export' sheetId='1' r:id='rId1'/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", b"<Relationships><Relationship Id='rId1' Target='worksheets/sheet1.xml' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet'/></Relationships>"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r='2'><c r='A2' t='inlineStr'><is><t>Stern</t></is></c><c r='B2'><v>12</v></c></row>\
            <row r='1048576'><c r='XFD1048576'><v>7</v></c></row></sheetData></worksheet>"),
    ]);
    let (_, written) = one("a.xlsx", &bytes);
    assert_eq!(texts(&written), ["Stern | 12", "7"]);
    assert_eq!(written.pieces.first().unwrap().places, [(0, "sheet Export, row 2".to_owned())]);
}

#[test]
fn rich_text() {
    let rtf = br"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}{\info{\title Zwei Schiffe}}
        \pard Gr\'fc\'dfe, {\b Kim}\par \pard\f1\'ca\'e8\'ec \u1087?\u1088?\u1080?\par {\*\generator x}
        \trowd\intbl Stern\cell 12\cell\row\pard Ende{\footnote So die Zeitung.}.\par}";
    let (_, written) = one("a.rtf", rtf);
    assert_eq!(texts(&written), ["Grüße, Kim", "Ким при", "Stern | 12", "Ende.", "So die Zeitung."]);
    assert_eq!(written.title.as_deref(), Some("Zwei Schiffe"));
    let (_, cut) = one("a.rtf", br"{\rtf1 Kim kam");
    assert!(cut.warnings.first().unwrap().contains("cut off"));
    assert!(refused("a.rtf", &[br"{\rtf1".to_vec(), b"{".repeat(20_000)].concat()).contains("too deep"));
}

#[test]
fn what_is_locked_or_old_says_what_to_do() {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    file.create_stream("/WordDocument").unwrap();
    assert!(refused("a.doc", &file.into_inner().into_inner()).contains("save it as .docx"));
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    file.create_stream("/EncryptedPackage").unwrap();
    assert!(refused("a.docx", &file.into_inner().into_inner()).contains("encrypted"));
}

#[test]
fn messages_of_outlook() {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    file.create_storage("/__attach_version1.0_#00000000").unwrap();
    for (name, bytes) in [
        ("/__properties_version1.0", vec![0; 32]),
        ("/__substg1.0_0037001F", wide("Zwei Schiffe")),
        ("/__substg1.0_0C1A001F", wide("Anna Muster")),
        ("/__substg1.0_1000001F", wide("Kim kam an.")),
        ("/__attach_version1.0_#00000000/__substg1.0_3707001F", wide("list.txt")),
        ("/__attach_version1.0_#00000000/__substg1.0_37010102", b"Zehn Kisten.".to_vec()),
    ] {
        std::io::Write::write_all(&mut file.create_stream(name).unwrap(), &bytes).unwrap();
    }
    let found = common::all("a.msg", &file.into_inner().into_inner());
    assert_eq!(common::told(&found), ["a.msg", "a.msg!list.txt"]);
    let mail = found.first().unwrap().as_ref().unwrap().origin.mail.as_ref().unwrap();
    assert_eq!((mail.subject.as_deref(), mail.from.as_deref()), (Some("Zwei Schiffe"), Some("Anna Muster")));
}
