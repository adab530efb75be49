//! The stage's entry: from a document with its entities to its statements.

use crate::certainty::weigh;
use crate::clause::Place;
use crate::content::{Content, OBJECT, contents, is_fragment};
use crate::cues::{Cue, Kind, cues};
use crate::lexicon::Lexicon;
use crate::model::{Act, Certainty, Manner, Statement, StatementId};
use crate::speaker::{Source, source};
use crate::units::{Unit, Word, units};
use lagebild_document::BlockKind;
use lagebild_entities::{Entities, EntityId, EntityKind};
use lagebild_grammar::Sentence;
use lagebild_page::Page;
use lagebild_span::Span;
use std::collections::BTreeSet;

/// Who says what in a document, in text order. Without a lexicon for its language nothing is found.
pub fn attribute(page: &Page, entities: &Entities) -> Vec<Statement> {
    let Some(lexicon) = page.lexicon::<Lexicon>() else { return Vec::new() };
    let (document, analysis) = (page.document, &page.analysis);
    let mut reader = Reader {
        text: &document.text,
        entities,
        lexicon,
        statements: Vec::new(),
        heading: false,
        last: None,
    };
    for (at, block) in document.blocks.iter().enumerate() {
        if matches!(
            block.kind,
            BlockKind::Byline | BlockKind::Credit | BlockKind::Boilerplate | BlockKind::Dateline
        ) {
            continue;
        }
        reader.heading = matches!(block.kind, BlockKind::Headline | BlockKind::Subheading);
        let first = reader.statements.len();
        let mut thread = Thread::default();
        let units = units(&document.text, block.span, &analysis.sentences);
        let mut before = None;
        for unit in &units {
            reader.unit(unit, before, &mut thread);
            before = Some(unit.span);
        }
        if document.text.get(..block.span.end as usize).is_some_and(|text| text.trim_end().ends_with(':')) {
            let scope = document.blocks.get(at + 1..).unwrap_or_default().iter();
            let items =
                scope.take_while(|block| block.kind == BlockKind::ListItem).map(|block| block.span).collect();
            if let Some(last) = reader.statements.get_mut(first..).and_then(<[Statement]>::last_mut) {
                last.scope = items;
            }
        }
    }
    let mut statements = reader.finish();
    for sentence in analysis.sentences.iter().filter(|_| analysis.tagged) {
        name_speakers(&document.text, sentence, entities, &mut statements);
    }
    statements
}

/// The words for the speaker, by the tree: the whole phrase that the name stands in ("the French delegate", "Taiwan's
/// coast guard"), or, for nobody in particular ("the bank", "der Fahrer"), the subject of the cue's verb.
fn name_speakers(text: &str, sentence: &Sentence, entities: &Entities, statements: &mut [Statement]) {
    let cue_here = |statement: &Statement| {
        let nobody = statement.speaker.is_none() && statement.speaker_words.is_none();
        let named = statement.speaker.is_some() && statement.speaker_words.is_some();
        statement.cue.filter(|cue| (nobody || named) && sentence.span.contains(*cue))
    };
    if !statements.iter().any(|statement| cue_here(statement).is_some()) {
        return;
    }
    let ids: Vec<usize> = (0..sentence.tokens.len()).collect();
    let within = |span: Span| {
        let token = move |at: &usize| sentence.tokens.get(*at).is_some_and(|token| span.contains(token.span));
        ids.iter().copied().filter(token)
    };
    let said: BTreeSet<usize> = statements
        .iter()
        .filter(|one| one.content.overlaps(sentence.span))
        .flat_map(|one| within(one.content))
        .collect();
    for statement in statements.iter_mut() {
        let Some(cue) = cue_here(statement) else { continue };
        let words: Vec<usize> = within(cue).collect();
        let Some(&at) = words.first() else { continue };
        let place = Place { ids: &ids, text, sentence, at, len: words.len() };
        let phrase = place.speaker(&said).unwrap_or_default();
        let span = |at: &usize| sentence.tokens.get(*at).map(|token| token.span);
        let phrase = phrase.first().and_then(span).zip(phrase.last().and_then(span)).map(|(a, b)| a.cover(b));
        let Some(phrase) = phrase else { continue };
        match statement.speaker_words {
            Some(words) if !phrase.contains(words) => {
                let object = within(words).any(|at| place.is_object(at));
                if object && !phrase.overlaps(words) && !place.is_pronoun() {
                    spoken_to(statement, phrase, entities);
                }
            }
            _ => statement.speaker_words = Some(phrase),
        }
    }
}

/// "Ein Zeuge berichtete dem Sender CNN": the body that the cue's verb has as its object does not speak; an outlet there is
/// the channel. A person there may be the one who is quoted ("zitierte den Unterhändler").
fn spoken_to(statement: &mut Statement, subject: Span, entities: &Entities) {
    let media = |id: EntityId| entities.get(id).is_some_and(|entity| entity.is_media);
    let addressed = statement.speaker;
    let person = |id: EntityId| entities.get(id).is_some_and(|entity| entity.kind == EntityKind::Person);
    if addressed.is_some_and(person) {
        return;
    }
    statement.channel = statement.channel.or(addressed.filter(|id| media(*id)));
    statement.speaker =
        entities.within(subject).map(|mention| mention.entity).find(|id| Some(*id) != addressed);
    statement.speaker_words = Some(subject);
}

/// Who spoke last in this block, for what goes on without a cue.
#[derive(Clone, Copy, Debug, Default)]
struct Thread {
    source: Option<Source>,
    direct: bool,
}

struct Reader<'a> {
    text: &'a str,
    entities: &'a Entities,
    lexicon: &'a Lexicon,
    statements: Vec<Statement>,
    /// True in a headline, where a bare object is no statement of its own.
    heading: bool,
    /// Who spoke last, also in an earlier block.
    last: Option<Source>,
}

impl Reader<'_> {
    /// Reads one unit; `previous` is the one before it in the block.
    fn unit(&mut self, unit: &Unit, previous: Option<Span>, thread: &mut Thread) {
        let before = self.statements.len();
        for cue in cues(unit, self.lexicon) {
            if self.points_back(unit, &cue, previous, thread) {
                break;
            }
            self.cue(unit, &cue, thread);
        }
        if self.statements.len() == before
            && !self.continued(unit, thread)
            && !self.stands_alone(unit, previous)
        {
            *thread = Thread { direct: false, ..*thread };
        }
    }

    fn cue(&mut self, unit: &Unit, cue: &Cue, thread: &mut Thread) {
        let cue_span = unit
            .words
            .get(cue.words.clone())
            .and_then(|words| Some(words.first()?.span.cover(words.last()?.span)));
        let Some(cue_span) = cue_span.filter(|span| !self.said(*span)) else { return };
        let contents = contents(self.text, unit, cue, self.lexicon);
        let bare = |content: &Content| self.heading && content.rule == OBJECT;
        let fresh: Vec<&Content> =
            contents.iter().filter(|content| !self.taken(content.span) && !bare(content)).collect();
        if fresh.is_empty() {
            return;
        }
        let spans: Vec<Span> = match cue.kind {
            // What goes on around an inserted cue holds its speaker too.
            Kind::Verb { .. } => {
                let apart = contents.iter().map(|content| content.span);
                apart.filter(|span| !span.contains(cue_span)).collect()
            }
            _ => Vec::new(),
        };
        let mut source = source(unit, cue, &spans, self.entities, self.lexicon);
        if source.pronoun && source.speaker.is_none() {
            let spoke = thread.source.or(self.last).and_then(|last| last.speaker);
            source.speaker = self.person_since(cue_span).or(spoke).or_else(|| self.last_person(cue_span));
        }
        // "…, und fügte hinzu": the one who spoke in the same sentence.
        let goes_on = self.statements.last().is_some_and(|last| unit.span.contains(last.content));
        let nobody = source.speaker.is_none() && source.words.is_none() && !source.anonymous;
        if let Some(last) =
            thread.source.filter(|_| goes_on && nobody && matches!(cue.kind, Kind::Verb { .. }))
        {
            source = last;
        }
        if let (Kind::Anaphora, Some(last)) = (cue.kind, thread.source.or(self.last)) {
            source = last;
        }
        if matches!(cue.kind, Kind::Named) && source.speaker.is_none() {
            return;
        }
        // "nach Schätzungen" alone names no source.
        if let Kind::Before { phrase } = cue.kind {
            let named = source.words.is_some() || source.channel.is_some();
            if !named && !self.lexicon.reporting.before_alone.iter().any(|known| known == phrase) {
                return;
            }
        }
        for content in fresh {
            self.push(content, Some(cue_span), &source, cue);
        }
        thread.direct = contents.iter().any(|content| content.manner == Manner::Direct);
        thread.source = Some(source);
        self.last = Some(source);
    }

    /// A person named between the last statement and a place, who then is the more likely one.
    fn person_since(&self, at: Span) -> Option<EntityId> {
        let spoken =
            self.statements.last().map_or(0, |last| last.cue.map_or(0, |cue| cue.end).max(last.content.end));
        self.last_person(at).filter(|id| {
            let since = Span { start: spoken, end: at.start.max(spoken) };
            let mut mentions = self.entities.within(since);
            mentions.any(|mention| {
                mention.entity == *id && mention.span.start >= spoken && mention.span.end <= at.start
            })
        })
    }

    /// "Das berichtet X": what is said is the sentence before.
    fn points_back(&mut self, unit: &Unit, cue: &Cue, previous: Option<Span>, thread: &mut Thread) -> bool {
        let points = self.lexicon.reporting.points_back.iter().any(|word| word == unit.lower(0));
        let Some(span) = previous.filter(|_| points && cue.words.start == 1) else { return false };
        let span = trimmed(self.text, span);
        let cue_span = unit.words.get(1).map(|word| word.span);
        if !matches!(cue.kind, Kind::Verb { .. }) || self.taken(span) || unit.words.len() > 30 {
            return false;
        }
        let source = source(unit, cue, &[], self.entities, self.lexicon);
        let content = Content { span, manner: Manner::Reported, rule: "the sentence before", open: false };
        self.push(&content, cue_span, &source, cue);
        thread.source = Some(source);
        self.last = Some(source);
        true
    }

    /// What goes on without a cue: a further quotation, or the subjunctive.
    fn continued(&mut self, unit: &Unit, thread: &mut Thread) -> bool {
        let Some(source) = thread.source else { return false };
        let quote = unit.quotes.iter().find(|quote| !is_fragment(self.text, unit, quote));
        let colon = quote.is_some_and(|quote| {
            self.text.get(..quote.outer.start as usize).is_some_and(|before| before.trim_end().ends_with(':'))
        });
        if let Some(quote) =
            quote.filter(|quote| colon || thread.direct && quote.outer.start <= unit.span.start)
        {
            let content =
                Content { span: quote.inner, manner: Manner::Direct, rule: "further quotation", open: false };
            self.assert(&content, &source);
            return true;
        }
        let subjunctive = &self.lexicon.reporting.subjunctive;
        let marked = unit.outside().any(|(_, word)| subjunctive.contains(&word.lower));
        if marked {
            let span = trimmed(self.text, unit.span);
            let content =
                Content { span, manner: Manner::FreeIndirect, rule: "subjunctive goes on", open: false };
            self.assert(&content, &source);
        }
        marked
    }

    /// A sentence in the subjunctive of reported speech, of which no cue says who said it: the only one named in the
    /// sentence before, else nobody in particular. It is not the article's own claim in any case.
    fn stands_alone(&mut self, unit: &Unit, previous: Option<Span>) -> bool {
        let reporting = &self.lexicon.reporting;
        let says = |(at, word): (usize, &Word)| {
            let otherwise = |word: &Word| reporting.not_reported.contains(&word.lower);
            let around = unit.words.get(..at).unwrap_or_default().iter().chain(unit.words.get(at + 1));
            reporting.reported_alone.contains(&word.lower) && !around.clone().any(otherwise)
        };
        if self.heading || !unit.outside().any(says) {
            return false;
        }
        let named: BTreeSet<EntityId> = previous
            .into_iter()
            .flat_map(|span| self.entities.within(span))
            .map(|mention| mention.entity)
            .filter(|id| self.entities.get(*id).is_some_and(|entity| entity.kind == EntityKind::Person))
            .collect();
        let speaker = named.first().copied().filter(|_| named.len() == 1);
        let source = Source { speaker, anonymous: speaker.is_none(), ..Source::default() };
        let span = trimmed(self.text, unit.span);
        let rule = "subjunctive by itself";
        self.assert(&Content { span, manner: Manner::FreeIndirect, rule, open: false }, &source);
        true
    }

    fn assert(&mut self, content: &Content, source: &Source) {
        let cue = Cue { kind: Kind::Hearsay, words: 0..0 };
        self.push(content, None, source, &cue);
    }

    fn push(&mut self, content: &Content, cue_span: Option<Span>, source: &Source, cue: &Cue) {
        // A lead-in ("Waffen, an denen Russland interessiert sein könnte:") has its modality in the relative clause.
        let leads = self.text.get(content.span.end as usize..).is_some_and(|rest| rest.starts_with(':'));
        let words = content.span.of(self.text);
        let weighed = match self.first_half(content, cue_span) {
            Some(first) => weigh(&format!("{first} {words}"), &self.lexicon.operators, leads),
            None => weigh(words, &self.lexicon.operators, leads),
        };
        let (act, certainty) = judged(content, weighed.certainty, cue, self.lexicon);
        let mut explanation = vec![format!("content: {}", content.rule)];
        if let Some(span) = cue_span {
            let lemma = if let Kind::Verb { verb, .. } = cue.kind {
                format!(" ({})", verb.lemma)
            } else {
                String::new()
            };
            explanation.push(format!("cue: “{}”{lemma}", span.of(self.text)));
        }
        if !weighed.operators.is_empty() {
            explanation.push(format!("certainty: {}", weighed.operators.join(", ")));
        }
        self.statements.push(Statement {
            id: StatementId(0),
            content: content.span,
            cue: cue_span,
            speaker: source.speaker,
            speaker_words: source.words,
            channel: source.channel,
            addressee: source.addressee,
            manner: content.manner,
            certainty,
            act,
            within: None,
            scope: Vec::new(),
            explanation,
        });
    }

    /// What stands before the cue in a quotation that it splits ("Nobody here," she said, "has seen it"): it may hold the
    /// negation of the whole.
    fn first_half(&self, content: &Content, cue: Option<Span>) -> Option<&str> {
        let goes_on =
            content.manner == Manner::Direct && content.span.of(self.text).starts_with(char::is_lowercase);
        let first = self.statements.last().filter(|last| goes_on && cue.is_some() && last.cue == cue)?;
        (first.manner == Manner::Direct).then(|| first.content.of(self.text))
    }

    /// True when these words are part of what somebody already said.
    fn said(&self, span: Span) -> bool {
        self.statements.iter().any(|statement| statement.cue.is_some() && statement.content.contains(span))
    }

    fn taken(&self, span: Span) -> bool {
        self.statements.iter().any(|statement| {
            let shared =
                statement.content.end.min(span.end).saturating_sub(statement.content.start.max(span.start));
            shared as usize * 2 > span.len().min(statement.content.len())
        })
    }

    /// The person named last before a place.
    fn last_person(&self, at: Span) -> Option<EntityId> {
        let upto = self.entities.mentions.partition_point(|mention| mention.span.start < at.start);
        let before = self.entities.mentions.get(..upto).unwrap_or_default().iter().rev();
        let before = before.filter(|mention| mention.span.end <= at.start);
        let person = |id| self.entities.get(id).is_some_and(|entity| entity.kind == EntityKind::Person);
        before.map(|mention| mention.entity).find(|id| person(*id))
    }

    /// Statements in text order with their ids; one inside another knows it.
    fn finish(mut self) -> Vec<Statement> {
        self.statements
            .sort_by_key(|statement| (statement.content.start, std::cmp::Reverse(statement.content.end)));
        for (at, statement) in self.statements.iter_mut().enumerate() {
            statement.id = StatementId(at as u32 + 1);
        }
        let spans: Vec<(Span, StatementId)> =
            self.statements.iter().map(|one| (one.content, one.id)).collect();
        for statement in &mut self.statements {
            let holder =
                |(span, id): &&(Span, StatementId)| *id != statement.id && span.contains(statement.content);
            statement.within = spans.iter().rev().find(holder).map(|(_, id)| *id);
        }
        self.statements
    }
}

/// The act and the certainty that cue and content give together.
fn judged(content: &Content, own: Certainty, cue: &Cue, lexicon: &Lexicon) -> (Act, Certainty) {
    let (act, limit, negates) = match cue.kind {
        Kind::Verb { verb, negated: true, .. } => {
            (verb.act, verb.negated, verb.negated.is_some_and(Certainty::is_negative))
        }
        Kind::Verb { verb, .. } => (verb.act, verb.certainty, verb.negates),
        Kind::Noun { noun } => (noun.act, noun.certainty, noun.negates),
        Kind::Before { phrase } => (Act::Assert, lexicon.reporting.weaker.get(phrase).copied(), false),
        _ => (Act::Assert, None, false),
    };
    let limited = own.at_most(limit.unwrap_or(Certainty::CertainPlus));
    let certainty = match (content.open, negates) {
        (true, _) => Certainty::Unknown,
        // Who denies in their own words ("'We have not sent any', he denied") says it once, not twice.
        (_, true) if !limited.is_negative() => limited.negated(),
        _ => limited,
    };
    (act, certainty)
}

/// A span without closing marks.
fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let end = words.trim_end_matches(|c: char| ".!?;:“”\"»…".contains(c) || c.is_whitespace()).len();
    Span::new(span.start as usize, span.start as usize + end)
}
