//! A prepared name: parsed once, compared often.

use crate::{
    firm,
    fold::fold,
    hash::stored_hash,
    kind::NameKind,
    lexicon::{LEXICON, LegalClass},
    part::{Part, PartKind},
    readings,
    script::Script,
    spelt::Spelt,
    token::{Token, tokens},
};

/// Parts kept of a name; what comes after says nothing new.
pub(crate) const MOST_PARTS: usize = 20;

/// Bytes read of a name: several times the longest that is on any list. The rest is kept, but not compared.
const LONGEST: usize = 2000;

/// A name, cut into parts and read.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Name {
    text: Box<str>,
    kind: NameKind,
    pub(crate) parts: Vec<Part>,
    /// Another way to cut it (family and given name in Han characters).
    pub(crate) other: Option<Vec<Part>>,
    pub(crate) legal: Option<LegalClass>,
    /// What it is as a name of few syllables that Latin letters spell in several ways.
    pub(crate) spelt: Vec<Spelt>,
}

impl Name {
    /// Prepares a name. Any text is accepted; one without letters has no parts and matches nothing.
    pub fn parse(text: &str, kind: NameKind) -> Self {
        let end = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST).last().unwrap_or(0);
        let read = if text.len() <= LONGEST { text } else { &text[..end] };
        let tokens = tokens(read);
        let tokens = if kind == NameKind::Person { tokens } else { firm::words(tokens) };
        let mut reader =
            Reader { kind, parts: Vec::new(), mixed: mixed_case(read), length: read.len(), honour: false };
        reader.read(&tokens, 0);
        let other = tokens
            .iter()
            .any(|t| t.script == Script::Han && readings::han_segments(t.text).len() > 1)
            .then(|| {
                let mut reader =
                    Reader { kind, parts: Vec::new(), mixed: false, length: read.len(), honour: false };
                reader.read(&tokens, 1);
                reader.parts
            })
            .or_else(|| before_slash(read, kind));
        Self::finished(text, kind, reader.parts, other)
    }

    /// Prepares a name whose parts come typed (given, family, patronymic); the text is the parts in order.
    pub fn typed(parts: &[(PartKind, &str)], kind: NameKind) -> Self {
        let text = parts.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(" ");
        let mut name = Self::parse(&text, kind);
        let mut at = 0;
        for (part_kind, text) in parts {
            let span = at..at + text.len() as u32;
            for part in name.parts.iter_mut().filter(|p| p.kind == PartKind::Word && span.contains(&p.start))
            {
                part.kind = *part_kind;
            }
            at = span.end + 1;
        }
        name
    }

    fn finished(text: &str, kind: NameKind, mut parts: Vec<Part>, other: Option<Vec<Part>>) -> Self {
        parts.truncate(MOST_PARTS);
        if !parts.iter().any(|p| p.kind.counts()) {
            for part in &mut parts {
                part.kind = PartKind::Word;
            }
        }
        let legal = parts.iter().find_map(|p| match p.kind {
            PartKind::Legal(class) if class != LegalClass::Any => Some(class),
            _ => None,
        });
        let spelt = if kind == NameKind::Person { Spelt::all(text, &parts) } else { Vec::new() };
        Self { text: text.into(), kind, parts, other, legal, spelt }
    }

    /// The prepared name as bytes, to be kept in an index. They hold for this version of the program and its data.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).unwrap_or_default()
    }

    /// The name that [`Name::to_bytes`] gave these bytes; none when they are damaged.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }

    /// The same name, with the words that are known to be a family name marked as such.
    #[must_use]
    pub fn with_family(mut self, family: &str) -> Self {
        let Some(start) = self.text.find(family).filter(|_| !family.is_empty()) else { return self };
        let range = start as u32..(start + family.len()) as u32;
        let within = |part: &&mut Part| part.kind == PartKind::Word && range.contains(&part.start);
        for part in self.parts.iter_mut().filter(within) {
            part.kind = PartKind::Family;
        }
        self
    }

    /// The name as given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What bears the name.
    pub const fn kind(&self) -> NameKind {
        self.kind
    }

    /// The parts in order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }
}

/// "Al-Qa'ida/Islamic Army" is also known by what stands before the slash.
fn before_slash(text: &str, kind: NameKind) -> Option<Vec<Part>> {
    let (head, tail) = text.split_once('/')?;
    let named = |half: &str| half.chars().filter(|c| c.is_alphabetic()).count() > 4;
    (kind != NameKind::Person && named(head) && named(tail)).then(|| {
        let mut reader =
            Reader { kind, parts: Vec::new(), mixed: mixed_case(head), length: head.len(), honour: false };
        reader.read(&tokens(head), 0);
        reader.parts.truncate(MOST_PARTS);
        reader.parts
    })
}

/// Upper and lower case both occur, so a word in capitals means something.
fn mixed_case(text: &str) -> bool {
    text.chars().any(char::is_lowercase) && text.chars().any(char::is_uppercase)
}

struct Reader {
    kind: NameKind,
    parts: Vec<Part>,
    mixed: bool,
    /// Bytes of the whole name.
    length: usize,
    /// What follows honours somebody.
    honour: bool,
}

impl Reader {
    fn read(&mut self, tokens: &[Token<'_>], cut: usize) {
        let folded: Vec<String> =
            tokens.iter().map(|t| readings::unified(clean(&fold(t.text)), t.script)).collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            if let Some((n, class)) = self.legal_form(&folded, at) {
                let last = tokens.get(at + n - 1).unwrap_or(token);
                let end = last.start + last.text.len() as u32;
                self.push(token, token.start, end, folded[at].clone(), Some(PartKind::Legal(class)));
                at += n;
                continue;
            }
            if let Some((n, group)) = self.term(&folded, at) {
                let last = tokens.get(at + n - 1).unwrap_or(token);
                let end = last.start + last.text.len() as u32;
                self.push(token, token.start, end, folded[at..at + n].concat(), Some(PartKind::Term));
                if let Some(part) = self.parts.last_mut() {
                    part.group = group;
                }
                at += n;
                continue;
            }
            if let Some(n) = self.number_or_honour(tokens, &folded, at) {
                at += n;
                continue;
            }
            at += self.word(tokens, &folded, at, cut);
        }
        if self.kind == NameKind::Person {
            self.settle_names_before_son();
            self.settle_burmese_words();
            self.settle_burmese_address();
        }
        self.settle_fathers_names();
    }

    /// The name before "oglu" or "kyzy" (son, daughter) is the father's, where two others remain.
    fn settle_names_before_son(&mut self) {
        let counted = self.parts.iter().filter(|part| part.kind.counts()).count();
        let at = self.parts.iter().position(Part::follows_fathers_name).filter(|&at| at > 1 && counted > 2);
        if let Some(part) = at.and_then(|at| self.parts.get_mut(at)) {
            part.weight = 0.0;
        }
        if let Some(part) =
            at.and_then(|at| self.parts.get_mut(at - 1)).filter(|part| part.kind == PartKind::Word)
        {
            becomes(part, PartKind::Patronymic, self.kind);
        }
    }

    /// In a Burmese name of three words and more "San" and "La" are no articles.
    fn settle_burmese_words(&mut self) {
        let address = &LEXICON.burmese;
        let burmese =
            |part: &Part| address.names.contains(&*part.folded) || address.titles.contains(&*part.folded);
        if self.parts.len() < 3 || !self.parts.iter().all(burmese) {
            return;
        }
        for part in self.parts.iter_mut().filter(|part| part.kind == PartKind::Particle) {
            becomes(part, PartKind::Word, self.kind);
        }
    }

    /// "U", "Daw", "Ko" before a Burmese name of two more words only address its bearer; elsewhere they are names.
    fn settle_burmese_address(&mut self) {
        let address = &LEXICON.burmese;
        let counts = |part: &&Part| part.kind.counts();
        let at = self.parts.iter().position(|part| part.kind.counts());
        let burmese =
            |part: &Part| address.names.contains(&*part.folded) || part.folded.starts_with(is_burmese);
        let others: Vec<&Part> = self.parts.iter().filter(counts).skip(1).collect();
        // A name said twice is a name: Maung Maung, Ko Ko.
        let twice = at
            .and_then(|at| self.parts.get(at))
            .is_some_and(|part| others.first().is_some_and(|p| p.hash == part.hash));
        let told = others.len() > 1 && !twice && others.iter().all(|part| burmese(part));
        let Some(part) = at.filter(|_| told).and_then(|at| self.parts.get_mut(at)) else { return };
        if address.titles.contains(&*part.folded) || address.both.contains(&*part.folded) {
            becomes(part, PartKind::Title, self.kind);
        }
    }

    /// Only between two names, or behind two, is one on "-ovich" the father's; else it is the family's: "Roman Abramovich",
    /// "R. A. Abramovich", "Abramovich Roman", and the second one in "Roman Arkadyevich Abramovich".
    fn settle_fathers_names(&mut self) {
        let whole = |part: &Part| part.kind.counts() && part.kind != PartKind::Initial;
        let names: Vec<usize> = (0..self.parts.len()).filter(|at| whole(&self.parts[*at])).collect();
        let mut fathers = false;
        for (place, at) in names.iter().enumerate() {
            let Some(part) = self.parts.get_mut(*at).filter(|part| part.kind == PartKind::Patronymic) else {
                continue;
            };
            if place > 0 && names.len() > 2 && !fathers {
                fathers = true;
                continue;
            }
            becomes(part, PartKind::Word, self.kind);
        }
    }

    /// A number in words, or the beginning of an honour, in the name of an organisation or a ship; answers the tokens taken.
    fn number_or_honour(&mut self, tokens: &[Token<'_>], folded: &[String], at: usize) -> Option<usize> {
        if self.kind == NameKind::Person || at == 0 {
            return None;
        }
        let honours = |phrase: &str| LEXICON.honours.contains(phrase).then_some(());
        if let Some((n, ())) = longest(folded, at, 5, honours).filter(|(n, ())| at + n < folded.len()) {
            self.honour = true;
            return Some(n);
        }
        let (n, digits) = LEXICON.number(folded.get(at..)?)?;
        let (first, last) = (tokens.get(at)?, tokens.get(at + n - 1)?);
        self.push(first, first.start, last.start + last.text.len() as u32, digits, Some(PartKind::Number));
        Some(n)
    }

    /// The legal form that begins here: number of words and class.
    fn legal_form(&self, folded: &[String], at: usize) -> Option<(usize, LegalClass)> {
        let found = longest(folded, at, 7, |phrase| LEXICON.legal.get(phrase).copied())?;
        let (n, class) = found;
        let person_word = self.kind == NameKind::Person && folded[at].chars().count() < 3 && n == 1;
        let edge = at == 0 || at + n == folded.len() || n > 1 || folded[at].len() > 2;
        let stands_alone = folded.len() == n;
        (!stands_alone && !person_word && edge && !self.is_name_like(class, n)).then_some(found)
    }

    /// A person's name rarely holds a legal form, so only unmistakable ones are taken for it.
    fn is_name_like(&self, class: LegalClass, n: usize) -> bool {
        self.kind == NameKind::Person && (class == LegalClass::Any || n > 3)
    }

    /// The common word of organisations that begins here.
    fn term(&self, folded: &[String], at: usize) -> Option<(usize, u16)> {
        if self.kind == NameKind::Person {
            return None;
        }
        let bare = |phrase: &str| phrase.strip_prefix("ال").and_then(|word| LEXICON.terms.get(word)).copied();
        longest(folded, at, 5, |phrase| LEXICON.terms.get(phrase).copied().or_else(|| bare(phrase)))
    }

    /// Reads one word that is no legal form; answers how many tokens it took.
    fn word(&mut self, tokens: &[Token<'_>], folded: &[String], at: usize, cut: usize) -> usize {
        let (token, word) = (&tokens[at], &folded[at]);
        let end = token.start + token.text.len() as u32;
        let dotted = |t: &&Token<'_>| t.text.chars().count() == 1 && (t.dotted || t.script == Script::Latin);
        let letters = tokens[at..].iter().take_while(dotted).count();
        if self.kind != NameKind::Person && letters > 1 {
            let end = tokens[at + letters - 1].start + tokens[at + letters - 1].text.len() as u32;
            self.push(token, token.start, end, folded[at..at + letters].concat(), None);
            return letters;
        }
        let initials = self.kind == NameKind::Person
            && self.mixed
            && token.text.len() == 2
            && token.text.bytes().all(|b| b.is_ascii_uppercase())
            && !word.contains(['a', 'e', 'i', 'o', 'u'])
            && !LEXICON.without_vowel.contains(word);
        if initials {
            for (k, letter) in (0u32..).zip(word.chars()) {
                self.push(token, token.start + k, token.start + k + 1, letter.to_string(), None);
            }
            return 1;
        }
        let cut = match token.script {
            Script::Han => readings::han_segments(token.text).get(cut).or(None).copied(),
            Script::Hangul if tokens.len() == 1 => readings::hangul_segments(token.text),
            _ => None,
        };
        let alone = tokens.iter().filter(|t| t.script == Script::Han && !t.bracketed).count() == 1;
        match cut.filter(|_| self.kind == NameKind::Person && (token.script == Script::Hangul || alone)) {
            Some(n) => {
                let (family, given) = token.text.split_at_checked(n).unwrap_or((token.text, ""));
                self.push(
                    token,
                    token.start,
                    token.start + n as u32,
                    readings::unified(fold(family), token.script),
                    Some(PartKind::Family),
                );
                self.push(
                    token,
                    token.start + n as u32,
                    end,
                    readings::unified(fold(given), token.script),
                    Some(PartKind::Given),
                );
            }
            None => self.plain_word(token, word),
        }
        1
    }

    /// A word that is a part, or two parts written together.
    fn plain_word(&mut self, token: &Token<'_>, word: &str) {
        let end = token.start + token.text.len() as u32;
        let same_letters = word.chars().count() == token.text.chars().count();
        let cut = LEXICON.cut(word).filter(|_| self.kind == NameKind::Person && same_letters);
        let Some((letters, head, tail)) = cut else {
            return self.push(token, token.start, end, word.into(), None);
        };
        let at = token.text.char_indices().nth(letters).map_or(token.text.len(), |(at, _)| at);
        let middle = token.start + at as u32;
        self.push(token, token.start, middle, head, None);
        self.push(token, middle, end, tail, None);
    }

    fn push(&mut self, token: &Token<'_>, start: u32, end: u32, folded: String, kind: Option<PartKind>) {
        let (folded, article) = without_article(folded, token.script);
        let kind = kind.unwrap_or_else(|| self.kind_of(token, &folded));
        let kind = if self.honour && kind.counts() { PartKind::Particle } else { kind };
        if folded.is_empty() {
            return;
        }
        let surname = kind == PartKind::Family || self.parts.is_empty();
        let readings = readings::readings(&folded, token.script, surname);
        let spelled = readings::in_latin(&folded, token.script);
        let group = match (self.kind, kind) {
            (NameKind::Person, k) if k.counts() => {
                LEXICON.given.get(&folded).or_else(|| LEXICON.given.get(&spelled)).copied().unwrap_or(0)
            }
            _ => 0,
        };
        let abjad = matches!(token.script, Script::Arabic | Script::Hebrew);
        let weight = weight(kind, &folded, if abjad { &folded } else { &spelled }, self.kind);
        let exact = self.kind != NameKind::Person && folded.chars().count() < 4;
        let hash = stored_hash("word", &[folded.as_bytes()]);
        let start = start + article;
        let folded = folded.into_boxed_str();
        self.parts.push(Part {
            start,
            end,
            kind,
            script: token.script,
            folded,
            readings,
            weight,
            group,
            exact,
            hash,
        });
    }

    /// A short title (Dr, Ing, Jr) stands at the edge of the name or has a full stop; elsewhere it is a name (Tsai Ing-wen).
    fn stands_for_title(&self, token: &Token<'_>, folded: &str) -> bool {
        let end = token.start as usize + token.text.len();
        folded.chars().count() > 3 || token.dotted || self.parts.is_empty() || end >= self.length
    }

    fn kind_of(&self, token: &Token<'_>, folded: &str) -> PartKind {
        let person = self.kind == NameKind::Person;
        if token.script == Script::Digit {
            PartKind::Number
        } else if person && LEXICON.titles.contains(folded) && self.stands_for_title(token, folded) {
            PartKind::Title
        } else if LEXICON.particles.contains(folded) && !(person && token.dotted) {
            PartKind::Particle
        } else if token.bracketed && !self.parts.is_empty() {
            PartKind::Aside
        } else if person && folded.chars().count() == 1 && folded.is_ascii() {
            PartKind::Initial
        } else if person && LEXICON.is_patronymic(folded) {
            PartKind::Patronymic
        } else if self.kind == NameKind::Vessel && LEXICON.ship_titles.contains(folded) {
            PartKind::Title
        } else {
            PartKind::Word
        }
    }
}

fn is_burmese(c: char) -> bool {
    matches!(c, '\u{1000}'..='\u{109f}')
}

/// The longest run of words from `at` that `find` knows, joined by blanks.
fn longest<T>(
    words: &[String],
    at: usize,
    most: usize,
    find: impl Fn(&str) -> Option<T>,
) -> Option<(usize, T)> {
    let most = most.min(words.len().saturating_sub(at));
    (1..=most).rev().find_map(|n| find(&words.get(at..at + n)?.join(" ")).map(|found| (n, found)))
}

/// Drops what stands inside a word without being a letter.
fn clean(word: &str) -> String {
    let inner = word.trim_end_matches("'s").trim_end_matches("’s");
    // Burmese: the signs that silence a letter or stack it are no letters, and tell how a syllable is read.
    let sign = |c: char| matches!(c, '\u{1037}'..='\u{103a}');
    let kept = |&c: &char| Script::of(c).is_some() || !c.is_ascii() && c.is_alphanumeric() || sign(c);
    inner.chars().filter(kept).collect()
}

/// Takes the Arabic article off a word, and `-ul`/`-el` off "abdul"; answers the bytes cut at the front.
fn without_article(word: String, script: Script) -> (String, u32) {
    match script {
        Script::Arabic if word.chars().count() > 4 && word.starts_with("ال") && word != "الله" => {
            (word.replacen("ال", "", 1), 4)
        }
        Script::Latin if matches!(&*word, "abdul" | "abdel" | "abdal" | "abdol" | "abdur" | "abdus") => {
            ("abd".into(), 0)
        }
        _ => (word, 0),
    }
}

/// Takes a part for another kind than it looked like by itself.
fn becomes(part: &mut Part, kind: PartKind, of: NameKind) {
    part.kind = kind;
    part.weight = weight(kind, &part.folded, &readings::in_latin(&part.folded, part.script), of);
}

fn weight(kind: PartKind, folded: &str, spelled: &str, of: NameKind) -> f32 {
    match kind {
        PartKind::Particle => 0.1,
        PartKind::Title | PartKind::Legal(_) => 0.0,
        PartKind::Aside => 0.05,
        PartKind::Term => 0.45,
        PartKind::Initial => 0.35,
        PartKind::Patronymic | PartKind::Number => 0.7,
        _ => LEXICON.weight(folded, of).min(LEXICON.weight(spelled, of)),
    }
}
