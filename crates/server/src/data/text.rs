//! Full text of all entities, ranked (tantivy: BM25). One field holds the names, one all text, and one what can be
//! asked for by field, as `field=value`.

use crate::query::{Fuzzy, Node, Occur};
use lagebild_ftm::{Entity, Kind, Model};
use std::ops::Bound;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, EmptyQuery, FuzzyTermQuery, PhrasePrefixQuery, PhraseQuery, Query,
    RangeQuery, RegexQuery, TermQuery,
};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{AsciiFoldingFilter, LowerCaser, SimpleTokenizer, TextAnalyzer, TokenStream};
use tantivy::{DocId, Index, IndexReader, ReloadPolicy, Score, SegmentReader, TantivyDocument, Term};

/// A word among the names counts this much more.
const NAMES_WEIGHT: f32 = 3.0;
/// Memory of the index while it is built, in bytes.
const WRITER_MEMORY: usize = 60_000_000;

/// A place among the entities, and how well it fits.
pub type Found = (u32, f32);

/// The index.
pub struct Text {
    reader: IndexReader,
    fields: Fields,
}

#[derive(Clone, Copy)]
struct Fields {
    names: Field,
    text: Field,
    facts: Field,
    place: Field,
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Text").finish_non_exhaustive()
    }
}

impl Text {
    /// Builds the index in memory.
    pub fn build(entities: &[Entity]) -> tantivy::Result<Self> {
        let mut schema = Schema::builder();
        let indexing = |tokenizer, option| {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option),
            )
        };
        let words = indexing("words", IndexRecordOption::WithFreqsAndPositions);
        let fields = Fields {
            names: schema.add_text_field("names", words.clone()),
            text: schema.add_text_field("text", words),
            facts: schema.add_text_field("facts", indexing("raw", IndexRecordOption::Basic)),
            place: schema.add_u64_field("place", FAST),
        };
        let index = Index::create_in_ram(schema.build());
        index.tokenizers().register("words", analyzer());
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(2, WRITER_MEMORY)?;
        for (place, entity) in (0u64..).zip(entities) {
            writer.add_document(document(fields, place, entity))?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { reader, fields })
    }

    /// The entities that fit, best first. An error is a pattern that cannot be understood.
    pub fn find(&self, node: &Node) -> tantivy::Result<Vec<Found>> {
        self.run(&*self.query(node)?)
    }

    /// The entities with a name of which the last word begins like that of the text.
    pub fn complete(&self, prefix: &str) -> tantivy::Result<Vec<Found>> {
        let terms: Vec<Term> =
            tokens(prefix).iter().map(|word| Term::from_field_text(self.fields.names, word)).collect();
        match terms.as_slice() {
            [] => Ok(Vec::new()),
            [only] => self.run(&RegexQuery::from_pattern(
                &format!("{}.*", escaped(only.value().as_str().unwrap_or_default())),
                self.fields.names,
            )?),
            _ => self.run(&PhrasePrefixQuery::new(terms)),
        }
    }

    fn run(&self, query: &dyn Query) -> tantivy::Result<Vec<Found>> {
        let mut found = self.reader.searcher().search(query, &All)?;
        found.sort_unstable_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        Ok(found)
    }

    fn query(&self, node: &Node) -> tantivy::Result<Box<dyn Query>> {
        Ok(match node {
            Node::All => Box::new(AllQuery),
            Node::Boost(inner, by) => Box::new(BoostQuery::new(self.query(inner)?, *by)),
            Node::Group(clauses) => self.group(clauses)?,
            Node::Exists(field) => Box::new(RegexQuery::from_pattern(
                &format!("{}=.*", escaped(&key(field))),
                self.fields.facts,
            )?),
            Node::Range { field, from, to } => self.range(field, from.as_ref(), to.as_ref()),
            Node::Pattern { field: None, pattern } => self.everywhere(|field| {
                Ok(Box::new(RegexQuery::from_pattern(&pattern.to_lowercase(), field)?))
            })?,
            Node::Pattern { field: Some(field), pattern } => {
                let pattern = format!("{}=({})", escaped(&key(field)), pattern.to_lowercase());
                Box::new(RegexQuery::from_pattern(&pattern, self.fields.facts)?)
            }
            Node::Phrase { field: None, text, slop } => self.phrase(&tokens(text), *slop)?,
            Node::Word { field: Some(field), text, wild: true, .. } => {
                let pattern = format!("{}={}", escaped(&key(field)), wildcards(text));
                Box::new(RegexQuery::from_pattern(&pattern, self.fields.facts)?)
            }
            Node::Word { field: Some(field), text, .. } | Node::Phrase { field: Some(field), text, .. } => {
                self.fact(field, text)
            }
            Node::Word { field: None, text, wild: true, .. } => {
                let pattern = wildcards(text);
                self.everywhere(|field| Ok(Box::new(RegexQuery::from_pattern(&pattern, field)?)))?
            }
            Node::Word { field: None, text, fuzzy, .. } => self.words(text, *fuzzy)?,
        })
    }

    fn group(&self, clauses: &[(Occur, Node)]) -> tantivy::Result<Box<dyn Query>> {
        let mut parts: Vec<(tantivy::query::Occur, Box<dyn Query>)> = Vec::new();
        for (occur, node) in clauses {
            let occur = match occur {
                Occur::Must => tantivy::query::Occur::Must,
                Occur::Should => tantivy::query::Occur::Should,
                Occur::MustNot => tantivy::query::Occur::MustNot,
            };
            parts.push((occur, self.query(node)?));
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            parts.push((tantivy::query::Occur::Must, Box::new(AllQuery)));
        }
        Ok(Box::new(BooleanQuery::new(parts)))
    }

    /// Words without a field, each of them in the names or elsewhere.
    fn words(&self, text: &str, fuzzy: Option<Fuzzy>) -> tantivy::Result<Box<dyn Query>> {
        let mut parts: Vec<(tantivy::query::Occur, Box<dyn Query>)> = Vec::new();
        for word in tokens(text) {
            let distance = match fuzzy {
                None => 0,
                Some(Fuzzy::Letters(letters)) => letters,
                Some(Fuzzy::Auto) => match word.chars().count() {
                    0..=2 => 0,
                    3..=5 => 1,
                    _ => 2,
                },
            };
            let query = self.everywhere(|field| {
                let term = Term::from_field_text(field, &word);
                Ok(if distance == 0 {
                    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
                } else {
                    Box::new(FuzzyTermQuery::new(term, distance, true))
                })
            })?;
            parts.push((tantivy::query::Occur::Must, query));
        }
        Ok(if parts.is_empty() { Box::new(EmptyQuery) } else { Box::new(BooleanQuery::new(parts)) })
    }

    fn phrase(&self, words: &[String], slop: u32) -> tantivy::Result<Box<dyn Query>> {
        match words {
            [] => Ok(Box::new(EmptyQuery)),
            [only] => self.words(only, None),
            many => self.everywhere(|field| {
                let terms = many.iter().map(|word| Term::from_field_text(field, word)).enumerate().collect();
                Ok(Box::new(PhraseQuery::new_with_offset_and_slop(terms, slop)))
            }),
        }
    }

    /// In the names, which counts more, or in any text.
    fn everywhere(
        &self,
        query: impl Fn(Field) -> tantivy::Result<Box<dyn Query>>,
    ) -> tantivy::Result<Box<dyn Query>> {
        let names: Box<dyn Query> = Box::new(BoostQuery::new(query(self.fields.names)?, NAMES_WEIGHT));
        Ok(Box::new(BooleanQuery::new(vec![
            (tantivy::query::Occur::Should, names),
            (tantivy::query::Occur::Should, query(self.fields.text)?),
        ])))
    }

    fn fact(&self, field: &str, value: &str) -> Box<dyn Query> {
        let term = Term::from_field_text(self.fields.facts, &format!("{}={}", key(field), folded(value)));
        Box::new(TermQuery::new(term, IndexRecordOption::Basic))
    }

    fn range(
        &self,
        field: &str,
        from: Option<&(String, bool)>,
        to: Option<&(String, bool)>,
    ) -> Box<dyn Query> {
        let bound = |value: Option<&(String, bool)>, open: &str, end: &str| {
            let (value, included) =
                value.map_or((String::new(), true), |(value, included)| (value.clone(), *included));
            let past = if value.is_empty() { open } else { end };
            let term = format!("{}={}{}", key(field), folded(&value), if included { past } else { "" });
            let term = Term::from_field_text(self.fields.facts, &term);
            if included { Bound::Included(term) } else { Bound::Excluded(term) }
        };
        // The greatest letter there is makes `1970` reach to the end of that year.
        Box::new(RangeQuery::new(bound(from, "", ""), bound(to, "\u{10ffff}", "\u{10ffff}")))
    }
}

/// Collects all that fit: no heap of the best, since filters and facets look at every one.
struct All;

struct AllOfSegment {
    places: Column<u64>,
    found: Vec<Found>,
}

impl Collector for All {
    type Fruit = Vec<Found>;
    type Child = AllOfSegment;

    fn for_segment(&self, _: u32, segment: &SegmentReader) -> tantivy::Result<AllOfSegment> {
        Ok(AllOfSegment { places: segment.fast_fields().u64("place")?, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, of_segments: Vec<Vec<Found>>) -> tantivy::Result<Vec<Found>> {
        Ok(of_segments.concat())
    }
}

impl SegmentCollector for AllOfSegment {
    type Fruit = Vec<Found>;

    fn collect(&mut self, document: DocId, score: Score) {
        let place = self.places.first(document).and_then(|place| u32::try_from(place).ok());
        self.found.extend(place.map(|place| (place, score)));
    }

    fn harvest(self) -> Vec<Found> {
        self.found
    }
}

fn document(fields: Fields, place: u64, entity: &Entity) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    document.add_u64(fields.place, place);
    document.add_text(fields.names, spaced(&entity.caption));
    document.add_text(fields.text, spaced(&entity.caption));
    let model = Model::shipped();
    let mut facts = vec![
        format!("schema={}", folded(&entity.schema.name)),
        format!("id={}", folded(&entity.id)),
        format!("target={}", entity.target),
    ];
    facts.extend(entity.datasets.iter().map(|name| format!("datasets={}", folded(name))));
    facts.extend(entity.referents.iter().map(|id| format!("referents={}", folded(id))));
    for (property, values) in entity.stated() {
        let group = model.value_type(property.kind).and_then(|it| it.group.as_deref());
        for value in values {
            if property.kind == Kind::Name {
                document.add_text(fields.names, spaced(value));
            }
            if property.kind != Kind::Entity {
                document.add_text(fields.text, spaced(value));
            }
            if matches!(property.kind, Kind::Text | Kind::Html | Kind::Json) {
                continue;
            }
            let whole = folded(value);
            facts.extend(group.map(|group| format!("{group}={whole}")));
            facts.push(format!("{}={whole}", property.name));
            let words = tokens(value);
            if words.len() > 1 {
                for word in words {
                    facts.extend(group.map(|group| format!("{group}={word}")));
                    facts.push(format!("{}={word}", property.name));
                }
            }
        }
    }
    facts.sort_unstable();
    facts.dedup();
    for fact in &facts {
        document.add_text(fields.facts, fact);
    }
    document
}

fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).filter(AsciiFoldingFilter).build()
}

/// The words of a text as the index has them.
fn tokens(text: &str) -> Vec<String> {
    let text = spaced(text);
    let mut analyzer = analyzer();
    let mut stream = analyzer.token_stream(&text);
    let mut words = Vec::new();
    stream.process(&mut |token| words.push(token.text.clone()));
    words
}

/// Han and kana letters stand alone, since their words are not parted.
fn spaced(text: &str) -> String {
    let single = |letter: char| matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
    let mut spaced = String::with_capacity(text.len());
    for letter in text.chars() {
        if single(letter) {
            spaced.extend([' ', letter, ' ']);
        } else {
            spaced.push(letter);
        }
    }
    spaced
}

fn folded(value: &str) -> String {
    value.to_lowercase()
}

/// A field as the index knows it: `properties.birthDate` is `birthDate`.
fn key(field: &str) -> String {
    field.strip_prefix("properties.").unwrap_or(field).to_owned()
}

fn escaped(text: &str) -> String {
    let special = |letter: char| "\\.+*?()|[]{}^$#&-~/".contains(letter);
    text.chars().flat_map(|letter| special(letter).then_some('\\').into_iter().chain([letter])).collect()
}

/// `*` and `?` as a regular expression.
fn wildcards(text: &str) -> String {
    let lower = text.to_lowercase();
    let pieces = lower.chars().map(|letter| match letter {
        '*' => ".*".to_owned(),
        '?' => ".".to_owned(),
        letter => escaped(&letter.to_string()),
    });
    pieces.collect()
}
