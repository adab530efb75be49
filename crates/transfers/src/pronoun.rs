//! Whom a pronoun stands for, where only one can be meant.

use crate::scene::{Party, Scene};
use lagebild_entities::EntityKind;
use lagebild_grammar::{Token, Upos};
use lagebild_predicates::{Argument, Predicate, Role};

/// The party that a pronoun takes up: the subject of what governs it ("Iran denied that *it* had sold"), else the only one that
/// fits among the subjects before it in the sentence, else the subject of the sentence before. None where several fit.
pub(crate) fn antecedent(scene: &Scene, at: usize) -> Option<Party> {
    let pronoun = scene.token(at)?;
    if pronoun.upos != Upos::Pron || pronoun.feat("Person").is_some_and(|person| person != "3") {
        return None;
    }
    let own = own_predicate(scene, at);
    let governing = own.and_then(|own| own.governor.as_ref()).map(|governor| governor.predicate);
    let governing = governing.and_then(|index| scene.clauses.predicates.get(index));
    if let Some(found) = governing.and_then(|outer| subject(scene, outer, pronoun, at)) {
        return Some(found);
    }
    let own_head = own.map(|own| own.head);
    let here = scene.clauses.predicates.iter().filter(|one| one.head < at && Some(one.head) != own_head);
    let mut before: Vec<Party> = here.filter_map(|one| subject(scene, one, pronoun, at)).collect();
    before.dedup();
    match before.as_slice() {
        [] => {
            let last = scene.before?;
            let scene = Scene { sentence: last.0, clauses: last.1, before: None, ..*scene };
            let root = scene.clauses.predicates.iter().find(|one| one.governor.is_none())?;
            subject(&scene, root, pronoun, usize::MAX)
        }
        [only] => Some(*only),
        _ => None,
    }
}

fn own_predicate<'a>(scene: &Scene<'a>, at: usize) -> Option<&'a Predicate> {
    let holds =
        |one: &&Predicate| one.arguments.iter().any(|argument| argument.head == at && !argument.shared);
    scene.clauses.predicates.iter().find(holds)
}

/// The subject of a predicate, where the pronoun can stand for it.
fn subject(scene: &Scene, predicate: &Predicate, pronoun: &Token, at: usize) -> Option<Party> {
    let argument = predicate.of(&Role::Subject).find(|argument| argument.head < at)?;
    let head = scene.token(argument.head)?;
    if head.upos == Upos::Pron || !agrees(pronoun, head) {
        return None;
    }
    let party = scene.party(argument, true)?;
    let kind = party.entity.and_then(|id| scene.setting.entities.get(id)).map(|entity| entity.kind);
    let person = kind == Some(EntityKind::Person);
    // Languages whose nouns have no gender tell persons from things by it.
    let fits = match (pronoun.feat("Gender"), head.feat("Gender")) {
        (Some("Neut"), None) => !person,
        (Some(_), None) => person || kind.is_none(),
        _ => true,
    };
    fits.then_some(party)
}

/// Number and gender of both allow it; a pronoun that is no nominative has one form for masculine and neuter ("ему", "lui").
fn agrees(pronoun: &Token, noun: &Token) -> bool {
    let oblique = matches!(pronoun.feat("Case"), Some("Dat" | "Gen" | "Acc" | "Ins" | "Loc"));
    let feminine = |token: &Token| token.feat("Gender") == Some("Fem");
    let alike = |name: &str| {
        let (one, other) = (pronoun.feat(name), noun.feat(name));
        one.is_none() || other.is_none() || one == other
    };
    alike("Number") && (alike("Gender") || oblique && !feminine(pronoun) && !feminine(noun))
}

/// "The company": the only firm or body that the sentence before names. None where it names several, or the words say more than that.
pub(crate) fn described(scene: &Scene, argument: &Argument) -> Option<Party> {
    let head = scene.token(argument.head)?;
    let bare = argument.tokens.iter().filter(|at| **at != argument.head).all(|at| {
        let article = scene.token(*at).filter(|token| token.upos == Upos::Det);
        article.is_some_and(|token| {
            token.feat("Definite") == Some("Def") || matches!(token.feat("PronType"), Some("Dem" | "Art"))
        })
    });
    // Languages without articles leave it open whether one is meant that is known: its subject most likely is.
    let definite = argument.tokens.len() > 1 || argument.role == Role::Subject;
    let plural = head.feat("Number") == Some("Plur");
    let words = scene.setting.words;
    let (body, state) = (words.describes(&head.lemma), words.is_state(&head.lemma));
    if !bare || !definite || plural || !(body || state) {
        return None;
    }
    let indefinite = |at: &usize| scene.token(*at).and_then(|token| token.feat("Definite")) == Some("Ind");
    let (before, _) = scene.before.filter(|_| !argument.tokens.iter().any(indefinite))?;
    let entities = scene.setting.entities;
    let mut named: Vec<_> = entities
        .within(before.span)
        .filter_map(|mention| entities.get(mention.entity))
        .filter(|entity| match entity.kind {
            EntityKind::Organisation => body && !entity.is_media && !entity.is_state,
            EntityKind::Country => state,
            _ => false,
        })
        .map(|entity| entity.id)
        .collect();
    named.sort_unstable();
    named.dedup();
    match named.as_slice() {
        [only] => Some(Party { entity: Some(*only), span: scene.span(&argument.tokens), country: None }),
        _ => None,
    }
}

/// "His country": that of the one who is the subject of a verb above ("Iran's president said that his country had sold").
pub(crate) fn home(scene: &Scene, argument: &Argument) -> Option<Party> {
    let head = scene.token(argument.head)?;
    let own = |token: &Token| {
        token.feat("Poss") == Some("Yes") && token.feat("Person").is_none_or(|person| person == "3")
    };
    let possessive = argument.tokens.iter().filter_map(|at| scene.token(*at)).any(own);
    if !possessive || !scene.setting.words.is_state(&head.lemma) {
        return None;
    }
    let entities = scene.setting.entities;
    let mut predicate = own_predicate(scene, argument.head)?;
    // A chain is no longer than the sentence has predicates.
    for _ in 0..scene.clauses.predicates.len() {
        predicate = scene.clauses.predicates.get(predicate.governor.as_ref()?.predicate)?;
        let subject = predicate.of(&Role::Subject).find(|subject| subject.head != argument.head);
        let Some(party) = subject.and_then(|subject| scene.party(subject, true)) else { continue };
        let entity = party.entity.and_then(|id| entities.get(id));
        let code = entity.filter(|one| one.kind != EntityKind::Country).and_then(|one| one.country.as_ref());
        let country = |one: &&lagebild_entities::Entity| {
            one.kind == EntityKind::Country && one.country.as_ref() == code
        };
        let found = code.and_then(|_| entities.entities.iter().find(country)).map(|one| one.id);
        return found.or(party.country).map(|id| Party {
            entity: Some(id),
            span: scene.span(&argument.tokens),
            country: None,
        });
    }
    None
}

/// Whose a possessive is: "Norway raised *its* deliveries" are those of the subject of the verb above, where it agrees.
pub(crate) fn owner(scene: &Scene, at: usize) -> Option<Party> {
    let pronoun = scene.token(at)?;
    if pronoun.feat("Person").is_some_and(|person| person != "3") {
        return None;
    }
    let noun = own_predicate(scene, at)?;
    let above = scene.clauses.predicates.get(noun.governor.as_ref()?.predicate)?;
    let argument = above.of(&Role::Subject).find(|argument| argument.head < at)?;
    let head = scene.token(argument.head)?;
    // A possessive agrees with what is owned; only the number of the owner may show.
    let owners = pronoun.feat("Number[psor]").or(pronoun.feat("Number"));
    let number = owners.zip(head.feat("Number")).is_none_or(|(one, other)| one == other);
    let free = noun.head != argument.head && head.upos != Upos::Pron;
    (free && (number || pronoun.upos == Upos::Det)).then(|| scene.party(argument, true)).flatten()
}
