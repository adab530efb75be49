//! Writing systems a name may come in.

/// The script of a character or of a name part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[expect(missing_docs, reason = "the names of the scripts say it")]
pub enum Script {
    Latin,
    Cyrillic,
    Greek,
    Armenian,
    Georgian,
    Hebrew,
    Arabic,
    Devanagari,
    Thai,
    Hangul,
    Kana,
    Han,
    Digit,
    Other,
}

impl Script {
    /// Whether a character of it stands for a syllable: Chinese characters and Hangul.
    pub const fn writes_syllables(self) -> bool {
        matches!(self, Self::Han | Self::Hangul)
    }

    /// The script of one character; marks, punctuation and spaces have none.
    pub fn of(c: char) -> Option<Self> {
        let script = match c {
            '0'..='9' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => Self::Digit,
            'a'..='z' | 'A'..='Z' => Self::Latin,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Self::Greek,
            '\u{400}'..='\u{52f}' => Self::Cyrillic,
            '\u{531}'..='\u{587}' => Self::Armenian,
            '\u{5d0}'..='\u{5f2}' => Self::Hebrew,
            '\u{620}'..='\u{6ff}'
            | '\u{750}'..='\u{77f}'
            | '\u{fb50}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}' => Self::Arabic,
            '\u{900}'..='\u{97f}' => Self::Devanagari,
            '\u{e01}'..='\u{e4e}' => Self::Thai,
            '\u{10a0}'..='\u{10ff}' | '\u{1c90}'..='\u{1cbf}' => Self::Georgian,
            '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}' => Self::Hangul,
            '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}' => Self::Kana,
            '\u{3005}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => {
                Self::Han
            }
            // With the letters of the phonetic alphabet: Azerbaijani writes ə.
            c if c.is_alphabetic() && c < '\u{2b0}' => Self::Latin,
            '\u{1e00}'..='\u{1eff}' | '\u{2160}'..='\u{2188}' | '\u{ff21}'..='\u{ff5a}' => Self::Latin,
            c if c.is_alphanumeric() => Self::Other,
            _ => return None,
        };
        Some(script)
    }
}
