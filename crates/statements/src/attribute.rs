//! The stage's entry: from the sayings of each sentence to the statements of a document.

use crate::confidence::Support;
use crate::continued;
use crate::learned::Anchors;
use crate::lexicon::Words;
use crate::marks::{Quote, quotes};
use crate::model::{Certainty, Manner, Statement, StatementId};
use crate::person::{self, Before};
use crate::quoted::own_words;
use crate::reach::Reach;
use crate::sayings::{Content, Saying, find};
use crate::scene::Scene;
use crate::source::{Open, Who};
use crate::weigh::of_claim;
use lagebild_document::{Block, BlockKind};
use lagebild_entities::{Entities, EntityId};
use lagebild_grammar::Sentence;
use lagebild_page::Page;
use lagebild_predicates::{Class, Clauses, Lexicon};
use lagebild_span::Span;

/// Who says what in a document, in text order. `clauses` are the predicates of each sentence of the page. Without words
/// for its language nothing is found.
pub fn attribute(page: &Page, clauses: &[Clauses], entities: &Entities) -> Vec<Statement> {
    let Some(words) = page.lexicon::<Words>() else { return Vec::new() };
    let text = page.text();
    let lexicon = lagebild_predicates::of(page.code());
    let mut reader = Reader {
        text,
        entities,
        lexicon,
        anchors: Anchors::of(&page.analysis.anchors),
        words,
        statements: Vec::new(),
        said: Reach::default(),
        quoted: Reach::default(),
        last: None,
        before: None,
    };
    let blocks = &page.document.blocks;
    for (at, block) in blocks.iter().enumerate() {
        use BlockKind::{Boilerplate, Byline, Credit, Dateline};
        if matches!(block.kind, Byline | Credit | Boilerplate | Dateline) {
            continue;
        }
        let first = reader.statements.len();
        let range = page.sentences_in(block.span);
        let inside = page.sentences().iter().zip(clauses).take(range.end).skip(range.start);
        reader.block(&quotes(text, block.span), inside);
        reader.scope(first, block, blocks.get(at + 1..).unwrap_or_default());
    }
    finish(reader.statements)
}

/// Who spoke last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Last {
    pub(crate) who: Who,
    pub(crate) manner: Manner,
    /// Where the last content or cue ends.
    pub(crate) sentence: Span,
}

pub(crate) struct Reader<'a> {
    pub(crate) text: &'a str,
    entities: &'a Entities,
    lexicon: &'a Lexicon,
    anchors: Anchors<'a>,
    pub(crate) words: &'a Words,
    pub(crate) statements: Vec<Statement>,
    /// How far what was said reaches.
    pub(crate) said: Reach,
    /// How far what was said in direct speech reaches.
    quoted: Reach,
    /// Who spoke last, also in an earlier block.
    pub(crate) last: Option<Last>,
    /// The sentence before.
    before: Option<(&'a Sentence, &'a Clauses)>,
}

impl<'a> Reader<'a> {
    fn block(&mut self, quotes: &[Quote], sentences: impl Iterator<Item = (&'a Sentence, &'a Clauses)>) {
        for (sentence, clauses) in sentences {
            let scene = self.scene(sentence, clauses, quotes);
            let opens = self.text.get(..sentence.span.start() as usize).is_none_or(|before| {
                let line = before.trim_end_matches([' ', '\u{a0}']);
                line.is_empty() || line.ends_with('\n')
            });
            let before = self.before.map(|(sentence, clauses)| self.scene(sentence, clauses, quotes));
            let mut any = false;
            for saying in find(&scene, opens) {
                any |= self.saying(&scene, before.as_ref(), &saying);
            }
            for saying in continued::find(self, &scene, before.as_ref(), any) {
                self.saying(&scene, before.as_ref(), &saying);
            }
            for saying in crate::learned::find(&scene, self.anchors.within(sentence.span), &self.said) {
                self.saying(&scene, before.as_ref(), &saying);
            }
            self.before = Some((sentence, clauses));
        }
    }

    fn scene(&self, sentence: &'a Sentence, clauses: &'a Clauses, quotes: &[Quote]) -> Scene<'a> {
        Scene::new(self.text, sentence, clauses, self.lexicon, self.words, self.entities, quotes)
    }

    /// Writes a saying down; false where it says nothing new.
    fn saying(&mut self, scene: &Scene, before: Option<&Scene>, saying: &Saying) -> bool {
        let (content, certainty) = match saying.content {
            Content::Here(span) if !span.overlaps(scene.sentence.span) => {
                (span, before.map_or(saying.certainty, |before| own_words(before, span)))
            }
            Content::Here(span) => (span, saying.certainty),
            Content::Back(negated) => {
                let Some((span, claim)) = self.said_before(scene, before) else { return false };
                (span, of_claim(saying.class, negated, claim))
            }
        };
        let resolved = Before { sentence: before, last: self.last.as_ref() };
        let who = person::resolved(scene, &resolved, saying.who);
        if saying.manner != Manner::Direct
            && self.quoted.holds(content)
            && saying.content != Content::Back(false)
        {
            return false;
        }
        let cue = scene.span(saying.cue.iter().copied());
        let mut explanation = vec![format!("content: {}", saying.rule)];
        if let Some(cue) = cue {
            let lemma = if saying.lemma.is_empty() { String::new() } else { format!(" ({})", saying.lemma) };
            explanation.push(format!("cue: “{}”{lemma}", cue.of(self.text)));
        }
        let support = Support::of(saying.rule != crate::learned::RULE, content, &self.anchors);
        self.said.add(content);
        if saying.manner == Manner::Direct {
            self.quoted.add(content);
        }
        self.statements.push(Statement {
            id: StatementId(0),
            content,
            cue: scene.token(*saying.cue.first().unwrap_or(&usize::MAX)).map(|token| token.span),
            speaker: who.speaker,
            speaker_words: who.words,
            channel: who.channel.filter(|channel| Some(*channel) != who.speaker),
            addressee: who.addressee,
            manner: saying.manner,
            certainty,
            act: act(saying.class),
            within: None,
            scope: Vec::new(),
            confidence: support.confidence(),
            support,
            explanation,
        });
        self.last = Some(Last {
            who: Who { open: Open::Settled, ..who },
            manner: saying.manner,
            sentence: scene.sentence.span,
        });
        true
    }

    /// What the sentence before says, or what was last said.
    fn said_before(&self, scene: &Scene, before: Option<&Scene>) -> Option<(Span, Certainty)> {
        let start = scene.sentence.span.start();
        let near = |one: &&Statement| {
            one.content.start() >= before.map_or(start, |before| before.sentence.span.start())
        };
        if let Some(last) = self.statements.last().filter(near) {
            return Some((last.content, last.certainty));
        }
        let before = before?;
        let span = before.stretch(0..before.len())?;
        let root = before.root();
        Some((span, root.map_or(Certainty::CertainPlus, |root| crate::weigh::alone(before, root))))
    }

    /// A lead-in hands its attribution to the items of the list behind it.
    fn scope(&mut self, first: usize, block: &Block, after: &[Block]) {
        let leads = self.leads_in(block);
        // An item that leads in itself is the last one: what follows is its own.
        let mut open = true;
        let items = after.iter().take_while(|block| {
            let last = !std::mem::replace(&mut open, !self.leads_in(block));
            block.kind == BlockKind::ListItem && !last
        });
        let items: Vec<Span> = if leads { items.map(|block| block.span).collect() } else { Vec::new() };
        if let Some(last) =
            self.statements.get_mut(first..).and_then(<[Statement]>::last_mut).filter(|_| leads)
        {
            last.scope = items;
        }
    }

    fn leads_in(&self, block: &Block) -> bool {
        block.span.of(self.text).trim_end().ends_with(':')
    }
}

fn act(class: Class) -> crate::model::Act {
    use crate::model::Act;
    match class {
        Class::Confirm => Act::Confirm,
        Class::Deny | Class::Refuse => Act::Deny,
        Class::Belief | Class::Suspect | Class::Doubt | Class::Consider => Act::Speculate,
        Class::Plan | Class::Agree => Act::Announce,
        Class::Promise | Class::Offer => Act::Promise,
        Class::Wish => Act::Demand,
        Class::Threaten => Act::Threaten,
        Class::Unclear => Act::Ask,
        _ => Act::Assert,
    }
}

/// What the reader alone tells is dropped where a rule tells the same of the same speaker.
fn once(statements: &mut Vec<Statement>) {
    let by_rule: Vec<(Span, Option<EntityId>)> =
        statements.iter().filter(|one| one.support.rule).map(|one| (one.content, one.speaker)).collect();
    statements.retain(|one| one.support.rule || !by_rule.contains(&(one.content, one.speaker)));
}

/// Statements in text order with their ids; one inside another knows it.
fn finish(mut statements: Vec<Statement>) -> Vec<Statement> {
    statements
        .sort_by_key(|statement| (statement.content.start(), std::cmp::Reverse(statement.content.end())));
    once(&mut statements);
    for (at, statement) in (1..).zip(&mut statements) {
        statement.id = StatementId(at);
    }
    // Those that a later one may still stand in, the innermost last; of those with one content the last.
    let mut open: Vec<(Span, StatementId)> = Vec::new();
    for statement in &mut statements {
        let content = statement.content;
        while open.last().is_some_and(|(span, _)| span.end() < content.start()) {
            open.pop();
        }
        let holder = open.iter().rev().find(|(span, _)| span.contains(content) && *span != content);
        statement.within = holder.map(|(_, id)| *id);
        match open.last_mut().filter(|(span, _)| *span == content) {
            Some(same) => same.1 = statement.id,
            None => open.push((content, statement.id)),
        }
    }
    statements
}
