//! From the words of all sentences to the relations of a document.

use crate::fill::Candidate;
use crate::lexicon::Words;
use crate::model::{Relation, RelationId};
use crate::scene::Scene;
use crate::{deeds, kinds, owned, roles, verbs};
use lagebild_document::{BlockKind, in_block};
use lagebild_entities::{Entities, EntityId};
use lagebild_page::Page;
use lagebild_predicates::Clauses;
use lagebild_span::Span;
use lagebild_statements::{Statement, Within};
use std::collections::BTreeMap;

/// How the named parties of a document are said to stand to each other, each relation once, in text order.
///
/// `clauses` are the predicates of each sentence of the page. A language without words for relations gives none.
pub fn relations(
    page: &Page,
    clauses: &[Clauses],
    entities: &Entities,
    statements: &[Statement],
) -> Vec<Relation> {
    let Some(words) = page.lexicon::<Words>() else { return Vec::new() };
    let lexicon = lagebild_predicates::of(page.code());
    let statements = Within::new(statements);
    let mut once = Once::default();
    for (sentence, clauses) in page.sentences().iter().zip(clauses) {
        if in_block(&page.document.blocks, sentence.span, BlockKind::Boilerplate) {
            continue;
        }
        let scene = Scene { text: page.text(), entities, words, lexicon, sentence, clauses };
        for candidate in candidates(&scene) {
            once.add(relation(&scene, &candidate, &statements));
        }
    }
    let mut found = once.found;
    for (number, relation) in (1..).zip(&mut found) {
        relation.id = RelationId(number);
    }
    found
}

/// What the sentence tells, where its sides can stand so to each other.
fn candidates(scene: &Scene) -> Vec<Candidate> {
    let all = 0..scene.clauses.predicates.len();
    let told = all.flat_map(|at| {
        let mut found = verbs::of_verb(scene, at);
        found.extend(roles::of_noun(scene, at));
        found.extend(deeds::of_noun(scene, at));
        found
    });
    let joined = (0..scene.sentence.tokens.len()).flat_map(|at| owned::of_participle(scene, at));
    told.chain(joined).filter(|candidate| can_be(scene, candidate)).collect()
}

fn can_be(scene: &Scene, candidate: &Candidate) -> bool {
    let entity = |id: EntityId| scene.entities.get(id).map(|entity| entity.kind);
    let sides = entity(candidate.from.entity).zip(entity(candidate.to.entity));
    let fits = kinds::kind(&candidate.kind).zip(sides).is_some_and(|(kind, (from, to))| kind.fits(from, to));
    fits && candidate.from.entity != candidate.to.entity
}

fn relation(scene: &Scene, candidate: &Candidate, statements: &Within) -> Relation {
    let token = |at: usize| scene.token(at).map(|token| token.span).unwrap_or_default();
    let trigger = token(candidate.trigger);
    let own = candidate.told.source.as_ref().and_then(|argument| {
        argument.heads().filter_map(|at| scene.mention(at)).map(|mention| mention.entity).next()
    });
    let statement = statements.innermost(trigger);
    let share = kinds::kind(&candidate.kind).filter(|kind| kind.share).and(candidate.share);
    Relation {
        id: RelationId(0),
        kind: candidate.kind.clone(),
        from: candidate.from.entity,
        to: candidate.to.entity,
        from_words: candidate.from.span,
        to_words: candidate.to.span,
        certainty: candidate.told.certainty,
        ended: candidate.ended,
        share,
        source: own.or_else(|| statement.and_then(|one| one.speaker.or(one.channel))),
        statement: statement.map(|one| one.id),
        evidence: vec![trigger, trigger.cover(candidate.from.span).cover(candidate.to.span)],
        explanation: explanation(scene, candidate, trigger),
    }
}

fn explanation(scene: &Scene, candidate: &Candidate, trigger: Span) -> Vec<String> {
    let words = trigger.of(scene.text);
    let mut lines = vec![format!("{} of `{}`: “{words}”", candidate.rule, candidate.kind)];
    let by: Vec<String> = candidate.told.by.iter().map(|at| scene.written(*at)).collect();
    if !by.is_empty() {
        lines.push(format!("{} by “{}”", candidate.told.certainty, by.join("”, “")));
    }
    if candidate.ended {
        lines.push("said to be over".to_owned());
    }
    lines
}

/// What makes two tellings the same relation.
type Key = (String, (EntityId, EntityId), &'static str, bool);

/// Relations, each once.
#[derive(Default)]
struct Once {
    found: Vec<Relation>,
    known: BTreeMap<Key, usize>,
}

impl Once {
    /// Adds a relation, or its words to the same one told before.
    fn add(&mut self, relation: Relation) {
        let key = (relation.kind.clone(), relation.sides(), relation.certainty.code(), relation.ended);
        let told = self.known.get(&key).and_then(|at| self.found.get_mut(*at));
        let Some(told) = told else {
            self.known.insert(key, self.found.len());
            return self.found.push(relation);
        };
        told.share = told.share.or(relation.share);
        for span in relation.evidence {
            if !told.evidence.contains(&span) {
                told.evidence.push(span);
            }
        }
    }
}
