//! The whole name that a listed name stands in: "Ye Aung Thu" for the listed "Ye Aung", "Blue Heron" for "Blue".

use crate::known::Finder;
use crate::lexicon::Lexicon;
use crate::words::{Gap, Word, Words, touching};
use crate::world::{NamedKind, World};
use lagebild_grammar::{NameClass, NameSpan, Upos};
use lagebild_names::legal_form;
use lagebild_span::Span;

/// The most words that a name goes on over to either side.
const REACH: usize = 4;
/// How many words may stand between a word for pictures and who made them.
const CREDIT_REACH: usize = 4;
/// No heading has more words than this to either side of a name. A sentence may have any number: it is asked again for each
/// listed name in it.
const HEADING: usize = 100;

/// The span with the words of a name that go on before and after it.
pub(crate) fn name(words: &Words, lexicon: &Lexicon, finder: &Finder, names: Names, span: Span) -> Span {
    let (from, to) = words.range(span);
    if from == to || titled(words, from, to) {
        return span;
    }
    let whole = Whole { words, lexicon, finder };
    let labelled = labelled(&whole, names, span);
    // What the labeller takes for a person's name ends where it says: the body before it has him in office ("ФСБ Олександра …").
    if names.person
        && touching(names.all, span).any(|name| name.class == NameClass::Person && name.span.contains(span))
    {
        return labelled.map_or(span, |label| span.cover(label));
    }
    let before = (1..=REACH.min(from)).take_while(|back| whole.goes_on(from - back, from + 1 - back)).count();
    let after = (0..REACH).take_while(|step| whole.goes_on(to + step, to + step)).count();
    let spaced = words.span(from - before, to + after);
    let wide = if before + after > 0 { span.cover(spaced) } else { span };
    labelled.map_or(wide, |label| wide.cover(label))
}

/// What the labeller found, for a listed name.
#[derive(Clone, Copy)]
pub(crate) struct Names<'a> {
    pub(crate) all: &'a [NameSpan],
    /// True for a listed person.
    pub(crate) person: bool,
    /// True for a surname alone.
    pub(crate) partial: bool,
}

/// The name of the labeller that holds these words and more: any in scripts without capitals, where capitals show none of it;
/// else a person's, without the titles at its ends ("Salim bin Haddad" for "Salim").
fn labelled(whole: &Whole, names: Names, span: Span) -> Option<Span> {
    let words = whole.words;
    let label = touching(names.all, span).find(|name| name.span.contains(span) && name.span != span)?;
    let cased = label.span.of(words.text).chars().any(|c| c.is_lowercase() || c.is_uppercase());
    let (from, to) = words.range(span);
    let (mut first, mut last) = words.range(label.span);
    if !cased {
        // Prefixes and particles of the same word are none of the name; where no spaces are set, a word tells nothing.
        let mut letters = span.of(words.text).chars().filter(|c| c.is_alphabetic());
        let unspaced = letters.all(|c| c as u32 >= HAN_AND_KANA && !is_hangul(c));
        if !unspaced && (first, last) == (from, to) {
            return None;
        }
        let mut label = without_countries(label.span, span, words.text);
        // Where the surname stands last, what follows one alone is none of the name.
        let surname_last = !span.of(words.text).chars().any(|c| c as u32 >= HAN_AND_KANA);
        if names.partial && surname_last {
            label = label.ending(span.end());
        }
        return (label != span).then_some(label);
    }
    if !names.person || label.class != NameClass::Person {
        return None;
    }
    let beside = |at: usize| words.get(at).is_some_and(|word| whole.accompanies(at, word));
    while first < from && beside(first) {
        first += 1;
    }
    while last > to && beside(last - 1) {
        last -= 1;
    }
    (first < from || last > to).then(|| words.span(first, last))
}

/// The label without the names of countries beside the listed name: they say where somebody is from and a body sits.
fn without_countries(label: Span, span: Span, text: &str) -> Span {
    let countries = &World::shipped().countries;
    let space = |c: char| c.is_whitespace();
    let part =
        |from: u32, to: u32| text.get(from as usize..to as usize).unwrap_or_default().trim_matches(space);
    let country = |part: &str| countries.iter().any(|country| country.is_written(part));
    let start = if country(part(label.start(), span.start())) { span.start() } else { label.start() };
    let end = if country(part(span.end(), label.end())) { span.end() } else { label.end() };
    Span::between(start, end)
}

/// From this code point on letters are of Chinese and Japanese, but for those of Korean.
const HAN_AND_KANA: u32 = 0x3040;

fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='힣')
}

struct Whole<'a> {
    words: &'a Words<'a>,
    lexicon: &'a Lexicon,
    finder: &'a Finder<'a>,
}

impl Whole<'_> {
    /// Whether word `at` is a part of the name beside it; what stands between the two is before word `gap`.
    fn goes_on(&self, at: usize, gap: usize) -> bool {
        let Some(word) = self.words.get(at) else { return false };
        let joined = self.words.get(gap).is_some_and(|word| word.gap == Gap::Space);
        joined && word.capital() && proper(word) && !self.accompanies(at, word)
    }

    /// Titles, roles, cues, countries, outlets, legal forms: they stand beside a name and are no part of it.
    fn accompanies(&self, at: usize, word: &Word) -> bool {
        let role = (0..3).any(|back| {
            at.checked_sub(back).and_then(|from| self.words.role_len(from)).is_some_and(|len| len > back)
        });
        let known = self
            .finder
            .hit_over(at)
            .is_some_and(|hit| hit.named_kind(self.finder.world) != Some(NamedKind::Person));
        role || known
            || self.lexicon.not_names.contains(word.text)
            || self.lexicon.company_forms.contains(word.text)
            || self.lexicon.vessels.contains(word.bare)
            || self.lexicon.organisation_cues.contains(word.bare)
            || self.lexicon.bodies.at(&self.words.list, at).next().is_some()
            || legal_form(&[word.text]).is_some()
            || word.text.chars().all(|c| !c.is_alphabetic())
    }
}

fn proper(word: &Word) -> bool {
    word.upos == Upos::Propn || word.upos == Upos::X && !word.first
}

/// True in a heading that writes every word with a capital: capitals show no name there.
fn titled(words: &Words, from: usize, to: usize) -> bool {
    let sentence = words.get(from).map(|word| word.sentence);
    let same = |word: &&Word| Some(word.sentence) == sentence;
    let before = words.list[..from].iter().rev().take(HEADING).take_while(same);
    let others = before.chain(words.list[to..].iter().take(HEADING).take_while(same));
    let long: Vec<bool> = others.filter(|word| word.text.chars().count() > 3).map(Word::capital).collect();
    long.len() > 2 && long.iter().all(|capital| *capital)
}

/// Whether the words say who made a picture or wrote the text: "Photo: …", "…/AFP", "… of Reuters", "By …" on a line alone.
pub(crate) fn credit(words: &Words, lexicon: &Lexicon, finder: &Finder, span: Span) -> bool {
    let (from, to) = words.range(span);
    let outlet = |at: usize| finder.hit_from(at).is_some_and(|hit| finder.is_media(hit));
    let slash = words.get(to).is_some_and(|word| word.gap == Gap::Slash) && outlet(to);
    let of =
        words.get(to).is_some_and(|word| word.gap == Gap::Space && lexicon.credit_links.contains(word.bare))
            && outlet(to + 1);
    let line = |at: usize| !words.gap_text(at).contains('\n');
    let cue = (1..=CREDIT_REACH.min(from))
        .take_while(|back| line(from + 1 - back))
        .any(|back| words.get(from - back).is_some_and(|word| lexicon.credit_cues.contains(word.bare)));
    slash || of || cue && introduced(words, lexicon, from)
}

/// A colon, a bracket or "by" leads to the name, not a clause.
fn introduced(words: &Words, lexicon: &Lexicon, from: usize) -> bool {
    let start = from.saturating_sub(CREDIT_REACH);
    let lead = (start..=from).map(|at| words.gap_text(at)).collect::<String>();
    lead.contains([':', '|', '©', '/'])
        || words.before(from).is_some_and(|word| lexicon.credit_by.contains(word.bare))
}
