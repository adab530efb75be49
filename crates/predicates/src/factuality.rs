//! Whether a predicate is said to hold: its own cues, then the chain of what governs it.
//!
//! Values are those of FactBank (Saurí and Pustejovsky 2009); an embedding word passes on a value by its class, one for when
//! it holds, one for when it is negated.

use crate::lexicon::{Class, Embedding, Lexicon};
use crate::model::{Argument, Certainty, Clauses, Form, Held, Kind, Link, Marker, Predicate, Role, Status};
use crate::properties::Property;
use crate::values::{Value, certainty, same_side, signature, under, value, weaken};

/// Whether the predicate at this index is said to hold, by which words, and who says so.
pub fn holds(clauses: &Clauses, at: usize, lexicon: &Lexicon) -> Held {
    let mut held = Held {
        certainty: Certainty::U,
        status: None,
        by: Vec::new(),
        source: None,
        reported: false,
        told: true,
    };
    let reading = Reading { clauses, lexicon };
    let found = walk(&reading, at, &[], &mut held, clauses.predicates.len());
    held.certainty = certainty(found);
    held.by.sort_unstable();
    held.by.dedup();
    held
}

/// The class by which a predicate speaks of another; none where it does not: "denied" of "the delivery", not of "Tuesday".
pub fn embeds<'l>(
    clauses: &'l Clauses,
    outer: usize,
    inner: usize,
    lexicon: &'l Lexicon,
) -> Option<(Class, &'l Embedding)> {
    let (governing, inner) = (clauses.predicates.get(outer)?, clauses.predicates.get(inner)?);
    inner.governor.as_ref().filter(|governor| governor.predicate == outer)?;
    Reading { clauses, lexicon }.embeds(governing, inner)
}

/// The class of a predicate by itself, with the fixed phrase that it stands in: "legte auf Eis".
pub fn class_of<'l>(predicate: &Predicate, lexicon: &'l Lexicon) -> Option<(Class, &'l Embedding)> {
    let entries = lexicon.embeddings(&predicate.lemma, predicate.kind == Kind::Noun);
    let entry = entries.iter().find(|entry| entry.with.as_ref().is_none_or(|with| fixed(predicate, with)))?;
    Some((entry.class?, entry))
}

/// The value of a predicate in its chain. `spent` are negations that were counted further in ("gab keine Lieferung").
fn walk(reading: &Reading, at: usize, spent: &[usize], held: &mut Held, fuel: usize) -> Value {
    let clauses = reading.clauses;
    let Some(predicate) = clauses.predicates.get(at).filter(|_| fuel > 0) else { return Some((true, 3)) };
    let negations = negations(clauses, predicate);
    let told = held.told && reading.is_told(predicate);
    let own = local(clauses, at, (&negations, spent), told, held);
    if let Some(source) = &predicate.source {
        held.source.get_or_insert_with(|| source.clone());
        held.reported = true;
    }
    let Some(governor) = &predicate.governor else { return own };
    let spent: Vec<usize> = spent.iter().chain(&negations).copied().collect();
    let outside = match &governor.link {
        Link::Adverbial(_, Some(Marker::Condition | Marker::Unless)) => {
            held.status.get_or_insert(Status::Possible);
            None
        }
        // "condannato per aver esportato": why, not what for.
        Link::Adverbial(_, Some(Marker::Purpose))
            if clauses.predicates.get(governor.predicate).is_some_and(|one| reading.lexicon.accuses(one)) =>
        {
            held.by.extend(clauses.predicates.get(governor.predicate).map(|one| one.head));
            Some((true, 3))
        }
        Link::Adverbial(_, Some(Marker::Purpose)) => {
            held.status.get_or_insert(Status::Planned);
            Some((true, 2))
        }
        Link::Adverbial(_, Some(Marker::Question | Marker::Comparison)) => None,
        Link::Adverbial(_, Some(Marker::Without | Marker::Instead)) => Some((false, 3)),
        Link::Complement | Link::Subjectival | Link::NounComplement | Link::Oblique(_) => {
            return under(embedded(reading, predicate, governor.predicate, &spent, held, fuel), own);
        }
        Link::Adverbial(..) | Link::Relative | Link::Conjunct => {
            speaker(reading, governor.predicate, held, fuel - 1);
            Some((true, 3))
        }
    };
    if !matches!(governor.link, Link::Relative | Link::Conjunct) {
        speaker(reading, governor.predicate, held, fuel - 1);
    }
    under(outside, own)
}

/// What negates a predicate: its own words, else those of a modal that is a predicate by itself ("не может поставить").
fn negations(clauses: &Clauses, predicate: &Predicate) -> Vec<usize> {
    if !predicate.negations.is_empty() {
        return predicate.negations.clone();
    }
    let modals = predicate.modals.iter().flat_map(|cue| &cue.tokens).filter(|at| **at != predicate.head);
    let modals = modals.filter_map(|at| clauses.predicates.get(clauses.headed(*at)?));
    modals.flat_map(|modal| modal.negations.iter().copied()).collect()
}

/// Negation, modals, adverbs, question and condition of the predicate itself, which somebody is said to say or not (`told`); negations
/// that were spent count no more.
fn local(
    clauses: &Clauses,
    at: usize,
    (negations, spent): (&[usize], &[usize]),
    told: bool,
    held: &mut Held,
) -> Value {
    let predicate = clauses.predicates.get(at)?;
    let negations: Vec<usize> = negations.iter().copied().filter(|at| !spent.contains(at)).collect();
    let mut found: Value = Some((true, 3));
    let mut turned = negations.is_empty();
    for cue in &predicate.modals {
        held.by.extend(&cue.tokens);
        let (certainty, status, negated) = cue.meaning(told);
        if let Some(negated) = negated.filter(|_| !turned) {
            turned = true;
            found = same_side(value(negated.certainty), found);
            held.status = held.status.or(negated.status);
            held.reported |= negated.reported;
        } else {
            found = under(certainty.map_or(Some((true, 3)), value), found);
            held.status = held.status.or(status);
            held.reported |= cue.reported;
        }
    }
    if !turned {
        found = found.map(|(yes, strength)| (!yes, strength));
    }
    held.by.extend(negations);
    for cue in &predicate.adverbs {
        held.by.extend(&cue.tokens);
        held.status = held.status.or(cue.status);
        held.reported |= cue.reported;
        found = cue.certainty.map_or(found, |certainty| match value(certainty) {
            // "nicht mehr" stands for the negation.
            Some((false, strength)) => found.map(|(_, own)| (false, own.min(strength))),
            other => under(other, found),
        });
    }
    if predicate.question {
        found = None;
    }
    let condition = clauses.predicates.iter().find(|other| {
        let governed = other.governor.as_ref().filter(|governor| governor.predicate == at);
        governed.is_some_and(|governor| {
            matches!(governor.link, Link::Adverbial(_, Some(Marker::Condition | Marker::Unless)))
        })
    });
    if let Some(condition) = condition {
        held.by.push(condition.head);
        held.status.get_or_insert(Status::Possible);
        found = None;
    }
    found
}

/// What the governing predicate makes of its complement.
fn embedded(
    reading: &Reading,
    inner: &Predicate,
    outer: usize,
    spent: &[usize],
    held: &mut Held,
    fuel: usize,
) -> Value {
    let Some(governing) = reading.clauses.predicates.get(outer) else { return Some((true, 3)) };
    // A modal has had its say in the cues of its verb ("veut livrer").
    let embedding = reading.embeds(governing, inner).filter(|_| !governing.is_modal_of(inner));
    let Some((class, entry)) = embedding else {
        return plain(reading, inner, outer, spent, held, fuel);
    };
    held.by.push(governing.head);
    if speaks(class) {
        held.reported = true;
        if held.source.is_none() {
            held.source = reading.teller(governing, inner);
        }
    }
    let ((yes, state), (no, other)) = signature(class);
    // "Any delivery would breach the resolution, he said": if there were one.
    held.told &= !is_subject(inner);
    let mut beyond = Held { status: None, ..held.clone() };
    let holds = walk(reading, outer, spent, &mut beyond, fuel - 1);
    let status = held.status;
    *held = beyond;
    let (found, told) = match holds {
        // "delayed": stopped, but still planned.
        Some((true, strength)) if entry.status == Some(Status::Planned) => {
            (weaken(Some((true, 2)), strength), entry.status)
        }
        // "will start selling": planned.
        Some((true, strength))
            if class == Class::Begin
                && (governing.tense.as_deref() == Some("Fut") || held.status == Some(Status::Planned)) =>
        {
            (weaken(Some((true, 2)), strength), Some(Status::Planned))
        }
        Some((true, strength)) => (weaken(value(yes), strength), entry.status.or(state)),
        // "denied reports of deliveries" denies the deliveries; "no hay pruebas" leaves them open.
        Some((false, strength))
            if governing.kind == Kind::Noun && speaks(class) && !reading.is_absent(governing) =>
        {
            // Denied is what the claims say, not refused.
            held.status = None;
            (Some((false, strength)), None)
        }
        Some((false, strength)) => (weaken(value(entry.negated.unwrap_or(no)), strength), other),
        None if class == Class::Know => (value(yes), state),
        None => (None, entry.status.or(state)),
    };
    // "the planned delivery was called off".
    let ends = matches!(told, Some(Status::Cancelled | Status::Banned | Status::Refused | Status::Seized));
    let planned = status == Some(Status::Planned);
    held.status = told.filter(|_| ends && planned).or(status).or(told).or(held.status);
    found
}

fn is_subject(inner: &Predicate) -> bool {
    let link = inner.governor.as_ref().map(|governor| &governor.link);
    inner.kind == Kind::Noun && link == Some(&Link::Subjectival)
}

/// A word of no class: a verb's complement shares its fate, what hangs on a noun does not.
fn plain(
    reading: &Reading,
    inner: &Predicate,
    outer: usize,
    spent: &[usize],
    held: &mut Held,
    fuel: usize,
) -> Value {
    let Some(governing) = reading.clauses.predicates.get(outer) else { return Some((true, 3)) };
    let link = inner.governor.as_ref().map(|governor| &governor.link);
    let modal = governing.modals.is_empty() && governing.is_modal_of(inner);
    let nominal = inner.kind == Kind::Noun;
    let verbal = governing.kind != Kind::Noun;
    let shares = match link {
        Some(Link::Complement | Link::Subjectival) => verbal,
        // "Beginn der Lieferungen", "the first of the deliveries".
        Some(Link::NounComplement) => nominal || reading.lexicon.words.bound_nouns.contains(&governing.lemma),
        Some(Link::Oblique(_)) => nominal && inner.support == Some(governing.head),
        _ => false,
    };
    if modal && !inner.negations.is_empty() {
        speaker(reading, outer, held, fuel - 1);
        return Some((true, 3));
    }
    held.told &= !is_subject(inner);
    if modal || shares {
        walk(reading, outer, spent, held, fuel - 1)
    } else {
        speaker(reading, outer, held, fuel - 1);
        Some((true, 3))
    }
}

/// What is needed to walk the chain.
struct Reading<'r> {
    clauses: &'r Clauses,
    lexicon: &'r Lexicon,
}

impl<'r> Reading<'r> {
    /// The class and entry by which a word speaks of that inner predicate; none where it does not.
    fn embeds(&self, governing: &Predicate, inner: &Predicate) -> Option<(Class, &'r Embedding)> {
        let link = &inner.governor.as_ref()?.link;
        let entries = self.lexicon.embeddings(&governing.lemma, governing.kind == Kind::Noun);
        let entry =
            entries.iter().find(|entry| entry.with.as_ref().is_none_or(|with| fixed(governing, with)))?;
        let class = entry.class?;
        if inner.kind != Kind::Noun || inner.form != Form::Nominal {
            // "amenazó con vender": by the preposition of its complement.
            let by = |preposition: &String| entry.of.iter().any(|place| place == preposition);
            let clause = match link {
                Link::Complement | Link::Subjectival | Link::NounComplement => true,
                Link::Oblique(preposition) => inner.form == Form::Infinitive && by(preposition),
                _ => false,
            };
            // "suçlamayı reddetti": an accusation is denied, though the word for it looks like an infinitive.
            let told = self.lexicon.has(Property::NominalisedClauses)
                && self.lexicon.class(&inner.lemma, false).is_some_and(speaks);
            let own =
                if inner.form == Form::Finite { entry.clause } else { entry.infinitive.filter(|_| !told) };
            return clause.then(|| (own.unwrap_or(class), entry));
        }
        let roles = |place: &str| {
            governing
                .arguments
                .iter()
                .any(|argument| argument.head == inner.head && argument.role.fits(place))
        };
        if let Some((_, class)) = entry.at.iter().find(|(place, _)| roles(place)) {
            return Some((*class, entry));
        }
        let all = &self.lexicon.factuality.complement;
        let default = match governing.kind {
            Kind::Verb => &all.verbs,
            Kind::Noun => &all.nouns,
            Kind::Adjective => &all.adjectives,
        };
        let places = if entry.of.is_empty() { default } else { &entry.of };
        // "the delivery stopped": an intransitive verb's subject is what it speaks of.
        let turns = matches!(class, Class::Begin | Class::Continue | Class::Stop | Class::Fail);
        let alone = !governing.arguments.iter().any(|argument| argument.role == Role::Object);
        let subject = *link == Link::Subjectival && turns && alone;
        (subject || places.iter().any(|place| roles(place))).then(|| (entry.noun.unwrap_or(class), entry))
    }

    /// What a noun denotes does not exist: "no evidence", "no hay pruebas".
    fn is_absent(&self, noun: &Predicate) -> bool {
        let governing = noun.governor.as_ref().and_then(|one| self.clauses.predicates.get(one.predicate));
        let denied =
            governing.is_some_and(|one| one.negations.is_empty() || self.embeds(one, noun).is_some());
        !noun.negations.is_empty() || !denied
    }

    /// Somebody is said to say it, by a source beside it or a verb of saying.
    fn is_told(&self, predicate: &Predicate) -> bool {
        let governing =
            predicate.governor.as_ref().and_then(|one| self.clauses.predicates.get(one.predicate));
        predicate.source.is_some()
            || governing.and_then(|one| self.embeds(one, predicate)).is_some_and(|(class, _)| speaks(class))
    }

    /// Who speaks: the subject of the verb, the owner of the noun ("Angaben Kiews").
    fn teller(&self, speaking: &Predicate, content: &Predicate) -> Option<Argument> {
        let speakers = &self.lexicon.words.speakers;
        let owner = |role: &Role| match role {
            Role::Possessor | Role::Genitive | Role::Adjective => true,
            Role::Marked(word, _) => speakers.contains(word),
            _ => false,
        };
        let roles = |role: &Role| *role == Role::Subject || speaking.kind == Kind::Noun && owner(role);
        let fits = |argument: &&Argument| {
            roles(&argument.role) && argument.head != content.head && argument.through.is_none()
        };
        speaking.arguments.iter().find(fits).cloned()
    }
}

/// True when the word of a fixed phrase hangs on the verb.
fn fixed(governing: &Predicate, with: &str) -> bool {
    governing.companions.iter().any(|word| word == &with.to_lowercase())
}

fn speaks(class: Class) -> bool {
    use Class::{Accuse, Belief, Confirm, Deny, Doubt, Know, Report, Suspect, Threaten};
    matches!(class, Report | Confirm | Deny | Belief | Suspect | Accuse | Doubt | Know | Threaten)
}

/// The speaker around a predicate that is itself asserted: relative clauses and further main clauses keep it.
fn speaker(reading: &Reading, from: usize, held: &mut Held, fuel: usize) {
    let clauses = reading.clauses;
    let Some(predicate) = clauses.predicates.get(from).filter(|_| fuel > 0) else { return };
    if let Some(source) = &predicate.source {
        held.source.get_or_insert_with(|| source.clone());
        held.reported = true;
    }
    let Some(governor) = &predicate.governor else { return };
    let Some(outer) = clauses.predicates.get(governor.predicate) else { return };
    let class = reading.embeds(outer, predicate).map(|(class, _)| class);
    if let Some(class) = class.filter(|class| speaks(*class)) {
        held.reported = true;
        let told = reading.teller(outer, predicate).filter(|_| !matches!(class, Class::Deny | Class::Doubt));
        held.source = held.source.take().or(told);
    }
    speaker(reading, governor.predicate, held, fuel - 1);
}
