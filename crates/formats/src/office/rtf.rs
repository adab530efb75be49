//! Rich Text Format.

use crate::model::{Piece, Role, Written};
use encoding_rs::Encoding;
use std::collections::BTreeMap;

/// Groups within groups.
const DEEPEST: usize = 10_000;

/// The text of an RTF file.
pub(crate) fn read(bytes: &[u8]) -> Result<Written, String> {
    let mut reader = Reader::new(bytes);
    reader.run()?;
    let title = Some(reader.title.trim().to_owned()).filter(|title| !title.is_empty());
    let mut written = Written { title, pieces: reader.pieces, ..Written::default() };
    if !reader.ended {
        written.warnings.push("the file is cut off: read as far as it goes".into());
    }
    Ok(written)
}

/// What a group holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Text,
    Hidden,
    Fonts,
    Info,
    Title,
    /// A note at the foot of the page.
    Note,
}

/// What holds until the end of a group.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    part: Part,
    font: i32,
    /// Letters that follow a Unicode letter for readers that know none.
    skip: usize,
    hidden: bool,
    in_list: bool,
    in_table: bool,
    level: Option<i32>,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    state: State,
    outer: Vec<State>,
    pieces: Vec<Piece>,
    text: String,
    /// Bytes in the code page of the font.
    pending: Vec<u8>,
    /// First half of a letter in UTF-16.
    half: Option<u16>,
    to_skip: usize,
    page: &'static Encoding,
    fonts: BTreeMap<i32, &'static Encoding>,
    title: String,
    note: String,
    pages: u32,
    ended: bool,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            state: State { skip: 1, ..State::default() },
            outer: Vec::new(),
            pieces: Vec::new(),
            text: String::new(),
            pending: Vec::new(),
            half: None,
            to_skip: 0,
            page: encoding_rs::WINDOWS_1252,
            fonts: BTreeMap::new(),
            title: String::new(),
            note: String::new(),
            pages: 1,
            ended: false,
        }
    }

    fn run(&mut self) -> Result<(), String> {
        while let Some(byte) = self.next() {
            match byte {
                b'{' => {
                    self.flush();
                    if self.outer.len() >= DEEPEST {
                        return Err("groups within groups too deep".into());
                    }
                    self.outer.push(self.state);
                    self.to_skip = 0;
                }
                b'}' => {
                    self.flush();
                    self.to_skip = 0;
                    match self.outer.pop() {
                        Some(state) => self.state = state,
                        None => break,
                    }
                    if self.outer.is_empty() {
                        self.ended = true;
                        break;
                    }
                }
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                byte => self.byte(byte),
            }
        }
        self.flush();
        self.paragraph();
        Ok(())
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.at).copied();
        self.at += usize::from(byte.is_some());
        byte
    }

    fn control(&mut self) {
        match self.next() {
            Some(b'\'') => {
                let digits =
                    self.bytes.get(self.at..self.at + 2).and_then(|two| std::str::from_utf8(two).ok());
                if let Some(byte) = digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
                    self.at += 2;
                    self.byte(byte);
                }
            }
            Some(b'*') => self.state.part = Part::Hidden,
            Some(b'~') => self.words(" "),
            Some(b'_') => self.words("-"),
            Some(b'-') => {}
            Some(b'\n' | b'\r') => self.paragraph(),
            Some(byte @ (b'\\' | b'{' | b'}')) => self.byte(byte),
            Some(byte) if byte.is_ascii_alphabetic() => {
                let start = self.at - 1;
                while self.bytes.get(self.at).is_some_and(u8::is_ascii_alphabetic) {
                    self.at += 1;
                }
                let word = std::str::from_utf8(self.bytes.get(start..self.at).unwrap_or_default())
                    .unwrap_or_default();
                let number = self.number();
                if self.bytes.get(self.at) == Some(&b' ') {
                    self.at += 1;
                }
                self.word(word, number);
            }
            _ => {}
        }
    }

    fn number(&mut self) -> Option<i32> {
        let start = self.at;
        if self.bytes.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        std::str::from_utf8(self.bytes.get(start..self.at)?).ok()?.parse().ok()
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        if self.to_skip > 0 && word != "u" && !matches!(word, "par" | "line" | "tab" | "page") {
            self.to_skip -= 1;
        }
        match word {
            "par" if self.state.in_table || self.state.part == Part::Note => self.words(" "),
            "par" | "sect" => self.paragraph(),
            "line" => self.words("\n"),
            "page" | "pagebb" => {
                self.paragraph();
                self.pages += 1;
            }
            "row" => {
                self.state.in_table = true;
                self.paragraph();
            }
            "cell" => self.words(" | "),
            "tab" => self.words("\t"),
            "emdash" => self.words("—"),
            "endash" => self.words("–"),
            "lquote" => self.words("‘"),
            "rquote" => self.words("’"),
            "ldblquote" => self.words("“"),
            "rdblquote" => self.words("”"),
            "bullet" => self.words("•"),
            "u" => self.unicode(number.unwrap_or_default()),
            "uc" => self.state.skip = usize::try_from(number.unwrap_or(1)).unwrap_or_default().min(8),
            "bin" => {
                self.at =
                    self.at.saturating_add(usize::try_from(number.unwrap_or_default()).unwrap_or_default());
            }
            "ansicpg" => {
                if let Some(page) = number.and_then(code_page) {
                    self.page = page;
                }
            }
            "mac" => self.page = encoding_rs::MACINTOSH,
            "f" => {
                self.flush();
                self.state.font = number.unwrap_or_default();
            }
            "fcharset" if self.state.part == Part::Fonts => {
                if let Some(page) = number.and_then(charset) {
                    self.fonts.insert(self.state.font, page);
                }
            }
            "plain" => {
                self.flush();
                self.state.hidden = false;
            }
            // Hidden, or cut out of the text while changes are tracked.
            "v" | "deleted" => self.state.hidden = number != Some(0),
            "pard" => (self.state.in_list, self.state.in_table, self.state.level) = (false, false, None),
            "ls" => self.state.in_list = true,
            "intbl" => self.state.in_table = true,
            "outlinelevel" => self.state.level = number.filter(|level| *level < 9),
            "fonttbl" => self.state.part = Part::Fonts,
            "info" => self.state.part = Part::Info,
            "title" if self.state.part == Part::Info => self.state.part = Part::Title,
            "colortbl" | "stylesheet" | "pict" | "object" | "header" | "headerl" | "headerr" | "headerf"
            | "footer" | "footerl" | "footerr" | "footerf" | "fldinst" | "listtext" | "nonshppict"
            | "annotation" | "atnid" | "xe" | "tc" | "datafield" | "pntext" => self.state.part = Part::Hidden,
            "footnote" => self.state.part = Part::Note,
            _ => {}
        }
    }

    fn unicode(&mut self, number: i32) {
        self.flush();
        self.to_skip = self.state.skip;
        // Negative where the number is above 32,767 (RTF 1.9.1, "Unicode RTF").
        let unit = u16::from_le_bytes([number.to_le_bytes()[0], number.to_le_bytes()[1]]);
        let units: Vec<u16> = self.half.take().into_iter().chain([unit]).collect();
        if units.len() == 1 && (0xD800..0xDC00).contains(&unit) {
            self.half = Some(unit);
            return;
        }
        let text: String = char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{FFFD}')).collect();
        let skip = self.to_skip;
        self.words(&text);
        self.to_skip = skip;
    }

    fn byte(&mut self, byte: u8) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
            return;
        }
        self.pending.push(byte);
    }

    /// Decodes the bytes that wait, by the font that they are set in.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let encoding = self.fonts.get(&self.state.font).copied().unwrap_or(self.page);
        let bytes = std::mem::take(&mut self.pending);
        let text = encoding.decode_without_bom_handling(&bytes).0.into_owned();
        self.put(&text);
    }

    fn words(&mut self, text: &str) {
        self.flush();
        self.to_skip = 0;
        self.put(text);
    }

    fn put(&mut self, text: &str) {
        match self.state.part {
            Part::Text if !self.state.hidden => self.text.push_str(text),
            Part::Title => self.title.push_str(text),
            Part::Note => self.note.push_str(text),
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        self.flush();
        self.to_skip = 0;
        if self.state.part != Part::Text {
            return;
        }
        let role = match self.state {
            State { in_table: true, .. } | State { in_list: true, .. } => Role::Item,
            State { level: Some(_), .. } => Role::Heading,
            _ => Role::Body,
        };
        let text = std::mem::take(&mut self.text);
        let text = text.trim().trim_end_matches(" |").trim_end_matches('|');
        let label = format!("p. {}", self.pages);
        self.pieces.extend(
            Piece::new(role, text).map(|piece| if self.pages > 1 { piece.at(&label) } else { piece }),
        );
        let note = std::mem::take(&mut self.note);
        self.pieces.extend(Piece::new(Role::Unknown, &note));
    }
}

fn code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10000 => "macintosh".to_owned(),
        65001 => "utf-8".to_owned(),
        866 => "ibm866".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes())
}

/// The code page of a font by its set of characters.
fn charset(number: i32) -> Option<&'static Encoding> {
    code_page(match number {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        0 => 1252,
        _ => return None,
    })
}
