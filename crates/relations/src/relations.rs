//! From the words of all sentences to the relations of a document.

use crate::fill::Candidate;
use crate::lexicon::Words;
use crate::model::{Relation, RelationId};
use crate::scene::Scene;
use crate::{deeds, kinds, roles, verbs};
use lagebild_document::BlockKind;
use lagebild_entities::{Entities, EntityId};
use lagebild_page::Page;
use lagebild_predicates::Clauses;
use lagebild_span::Span;
use lagebild_statements::{Act, Statement};

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
    let mut found: Vec<Relation> = Vec::new();
    for (sentence, clauses) in page.sentences().iter().zip(clauses) {
        if is_boilerplate(page, sentence.span) {
            continue;
        }
        let scene = Scene { text: page.text(), entities, words, lexicon, sentence, clauses };
        for candidate in candidates(&scene) {
            add(&mut found, relation(&scene, &candidate, statements));
        }
    }
    for (number, relation) in (1..).zip(&mut found) {
        relation.id = RelationId(number);
    }
    found
}

fn is_boilerplate(page: &Page, span: Span) -> bool {
    let blocks = &page.document.blocks;
    // Blocks stand in the order of the text, none in another.
    let first = blocks.partition_point(|block| block.span.end <= span.start);
    let mut here = blocks.iter().skip(first).take_while(|block| block.span.start < span.end);
    here.any(|block| block.kind == BlockKind::Boilerplate)
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
    told.filter(|candidate| can_be(scene, candidate)).collect()
}

fn can_be(scene: &Scene, candidate: &Candidate) -> bool {
    let entity = |id: EntityId| scene.entities.get(id).map(|entity| entity.kind);
    let sides = entity(candidate.from.entity).zip(entity(candidate.to.entity));
    let fits = kinds::kind(&candidate.kind).zip(sides).is_some_and(|(kind, (from, to))| kind.fits(from, to));
    fits && candidate.from.entity != candidate.to.entity
}

fn relation(scene: &Scene, candidate: &Candidate, statements: &[Statement]) -> Relation {
    let token = |at: usize| scene.token(at).map(|token| token.span).unwrap_or_default();
    let trigger = token(candidate.trigger);
    let own = candidate.told.source.as_ref().and_then(|argument| {
        let heads = [Some(argument.head), argument.alias].into_iter().flatten();
        heads.filter_map(|at| scene.mention(at)).map(|mention| mention.entity).next()
    });
    let statement = innermost(statements, trigger);
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

/// The innermost statement whose content holds a span; one that only denies comes last.
fn innermost(statements: &[Statement], span: Span) -> Option<&Statement> {
    let to = statements.partition_point(|one| one.content.start <= span.start);
    let holding = statements.iter().take(to).filter(|one| one.content.contains(span));
    let told = holding.filter(|one| one.support.rule || one.is_sure());
    told.min_by_key(|one| (one.act == Act::Deny, one.content.len()))
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

/// Adds a relation, or its words to the same one told before.
fn add(found: &mut Vec<Relation>, relation: Relation) {
    let same = |one: &&mut Relation| {
        (&one.kind, one.sides(), one.certainty, one.ended)
            == (&relation.kind, relation.sides(), relation.certainty, relation.ended)
    };
    match found.iter_mut().find(same) {
        Some(known) => {
            known.share = known.share.or(relation.share);
            let new = relation.evidence.into_iter().filter(|span| !known.evidence.contains(span));
            let new: Vec<Span> = new.collect();
            known.evidence.extend(new);
        }
        None => found.push(relation),
    }
}
