//! Who says something: the phrase that syntax gives, and what it denotes.

use crate::lexicon::Words;
use crate::scene::Scene;
use lagebild_entities::{EntityId, EntityKind};
use lagebild_grammar::Upos;
use lagebild_predicates::{Argument, Class, Kind, Predicate, Role, class_of};
use lagebild_span::Span;

/// Who says something, as far as the sentence tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Who {
    pub(crate) speaker: Option<EntityId>,
    pub(crate) words: Option<Span>,
    pub(crate) channel: Option<EntityId>,
    pub(crate) addressee: Option<EntityId>,
    pub(crate) open: Open,
}

/// What the sentence leaves open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Open {
    /// Nothing: it names somebody, or nobody in particular.
    #[default]
    Settled,
    /// A pronoun stands for somebody.
    Pronoun(usize),
    /// Nobody stands there.
    Missing,
}

impl Who {
    fn missing() -> Self {
        Self { open: Open::Missing, ..Self::default() }
    }
}

/// Who a verb or noun of saying has as its speaker, through whom, to whom. `content`: words that are what is said.
pub(crate) fn of_predicate(scene: &Scene, index: usize, content: Option<Span>) -> Who {
    let Some(predicate) = scene.predicate(index) else { return Who::missing() };
    // Where the words of saying stand amid what is said, their own phrases do too.
    let cue = scene.token(predicate.head).map(|token| token.span);
    let amid = content.zip(cue).is_some_and(|(content, cue)| content.contains(cue));
    let inside = |argument: &Argument| {
        let span = scene.token(argument.head).map(|token| token.span);
        content.zip(span).is_some_and(|(content, span)| content.contains(span)) && !amid
    };
    let found = if predicate.kind == Kind::Noun && !Scene::is_clause(predicate) {
        owner(scene, predicate)
    } else {
        subject(scene, predicate, &inside)
    };
    let mut who = found.map_or_else(Who::missing, |argument| of_argument(scene, &argument));
    if who.open == Open::Missing && passive(predicate) {
        who.open = Open::Settled;
    }
    if Words::holds(&scene.words.quoting, &predicate.lemma) {
        quoted(scene, predicate, &inside, &mut who);
    }
    if let Some(source) = &predicate.source {
        through(scene, &mut who, source);
    }
    others(scene, predicate, &inside, &mut who);
    behind_name(scene, predicate, &mut who);
    // "Interfax quoted the minister as saying that …".
    let over = predicate.governor.as_ref().and_then(|governor| scene.predicate(governor.predicate));
    if let Some(over) = over.filter(|over| Words::holds(&scene.words.quoting, &over.lemma)) {
        let outlet =
            subject(scene, over, &|_| false).and_then(|argument| of_argument(scene, &argument).speaker);
        who.channel = who.channel.or(outlet.filter(|id| Some(*id) != who.speaker));
    }
    who
}

/// "Sagte Emil Rydberg der BBC": an outlet right behind the name of a person is no part of it.
fn behind_name(scene: &Scene, predicate: &Predicate, who: &mut Who) {
    if who.channel.is_some() || who.speaker.is_none_or(|id| scene.kind(id) != Some(EntityKind::Person)) {
        return;
    }
    for argument in predicate.of(&Role::Subject).filter(|argument| argument.through.is_none()) {
        let phrase = scene.below(argument.head, &[]);
        let Some(name) = phrase.iter().rev().find(|at| scene.named(**at) == who.speaker) else { continue };
        let placed = |at: usize| {
            scene.children(at).iter().any(|case| {
                let word = scene.form(*case);
                scene.rel(*case) == "case"
                    && (scene.words.on.contains(&word) || scene.words.from.contains(&word))
            })
        };
        let outlet = |at: &&usize| {
            let id = scene.named(**at).filter(|_| *at > name);
            let body = |id| scene.kind(id) == Some(EntityKind::Organisation) && placed(**at);
            id.is_some_and(|id| scene.is_media(id) || body(id))
        };
        who.channel = phrase.iter().find(outlet).and_then(|at| scene.named(*at));
    }
}

/// "Die Agentur zitierte den Unterhändler": the one who is quoted speaks, through the one who quotes.
fn quoted(scene: &Scene, predicate: &Predicate, inside: &dyn Fn(&Argument) -> bool, who: &mut Who) {
    let person = |argument: &&Argument| {
        let noun = || scene.words.is_party(&scene.lemma(argument.head));
        argument.through.is_none()
            && !inside(argument)
            && (of_argument(scene, argument).speaker.is_some() || noun())
    };
    if let Some(object) = predicate.of(&Role::Object).find(person) {
        *who = Who { channel: who.speaker, ..of_argument(scene, object) };
    }
}

fn passive(predicate: &Predicate) -> bool {
    predicate.voice == lagebild_predicates::Voice::Passive
}

/// Further subjects in a row with the first: "Baku und Ankara weisen das zurück".
pub(crate) fn others_of(scene: &Scene, index: usize) -> Vec<Who> {
    let Some(predicate) = scene.predicate(index).filter(|one| Scene::is_clause(one)) else {
        return Vec::new();
    };
    let subjects = predicate.of(&Role::Subject).filter(|argument| argument.through.is_none());
    let rows = subjects.skip(1).filter(|argument| scene.rel(argument.head) == "conj");
    rows.filter(|argument| scene.named(argument.head).is_some())
        .map(|argument| of_argument(scene, argument))
        .collect()
}

/// The subject; where something that points back stands as subject, the other one; of "it says in", the place where it says so.
fn subject(scene: &Scene, predicate: &Predicate, inside: &dyn Fn(&Argument) -> bool) -> Option<Argument> {
    let nobody = |argument: &Argument| {
        scene.listed(argument.head, &scene.words.back) || scene.listed(argument.head, &scene.words.impersonal)
    };
    let subjects: Vec<&Argument> = predicate
        .of(&Role::Subject)
        .filter(|argument| argument.through.is_none() && !inside(argument))
        .collect();
    if let Some(found) = subjects.iter().find(|argument| !nobody(argument)) {
        return Some((*found).clone());
    }
    let others = |role: &dyn Fn(&Role) -> bool| {
        let fits = |argument: &&Argument| role(&argument.role) && !inside(argument) && !nobody(argument);
        predicate.arguments.iter().filter(|argument| argument.through.is_none()).find(fits).cloned()
    };
    let points = subjects.iter().any(|argument| scene.listed(argument.head, &scene.words.back));
    if points && let Some(object) = others(&|role| *role == Role::Object) {
        return Some(object);
    }
    let from = |role: &Role| matches!(role, Role::Marked(word, _) if scene.words.from.contains(word));
    others(&from)
}

/// The owner of a noun: "claims by the governor", "Moskaus Behauptung"; else the subject of its verb: "äußerte die Vermutung".
fn owner(scene: &Scene, predicate: &Predicate) -> Option<Argument> {
    let agents = &scene.lexicon.words.agents;
    let fits = |argument: &&Argument| match &argument.role {
        Role::Subject | Role::Possessor | Role::Genitive => true,
        Role::Marked(word, _) => {
            agents.iter().any(|agent| agent.split('+').next() == Some(word))
                || scene.words.from.contains(word)
        }
        Role::Adjective | Role::Compound => scene.named(argument.head).is_some(),
        _ => false,
    };
    let own = predicate.arguments.iter().filter(|argument| argument.through.is_none() && !argument.shared);
    let own = own.clone().find(fits).cloned();
    own.or_else(|| {
        let governing = scene.predicate(predicate.governor.as_ref()?.predicate)?;
        // "Made claims that", "came to the conclusion that", "said in a statement that", not "commented on claims that".
        let of = |predicate: &Predicate| class_of(predicate, scene.lexicon).map(|(class, _)| class);
        let thought = !matches!(of(predicate), Some(Class::Report | Class::Accuse))
            || of(governing) == Some(Class::Report);
        let object = |argument: &Argument| {
            let own = argument.role == Role::Object || thought && argument.role != Role::Subject;
            argument.head == predicate.head && own
        };
        let against =
            matches!(of(governing), Some(Class::Deny | Class::Refuse | Class::Doubt | Class::Confirm));
        let asserts = !against && governing.negations.is_empty() && governing.kind == Kind::Verb;
        let held = asserts && governing.arguments.iter().any(object);
        held.then(|| subject(scene, governing, &|_| false)).flatten()
    })
}

/// Who a phrase denotes.
pub(crate) fn of_argument(scene: &Scene, argument: &Argument) -> Who {
    // "nach Einschätzung südkoreanischer Fachleute Granaten": another noun right behind is no name of theirs.
    let stray = |at: &usize| {
        let beside = at.checked_sub(1).is_some_and(|before| !scene.is(before, &[Upos::Punct]));
        scene.rel(*at) == "appos" && scene.is(*at, &[Upos::Noun]) && *at > argument.head && beside
    };
    let stray =
        scene.children(argument.head).iter().filter(|at| stray(at)).flat_map(|at| scene.below(*at, &[]));
    let stray: std::collections::BTreeSet<usize> = stray.collect();
    let tokens = argument.tokens.iter().copied().filter(|at| !stray.contains(at));
    let alias = argument.alias.filter(|alias| !stray.contains(alias));
    let alias = alias.into_iter().flat_map(|alias| scene.below(alias, &[]));
    let words = scene.stretch(tokens.chain(alias));
    let mut who = Who { words, ..Who::default() };
    if scene.is(argument.head, &[Upos::Pron]) {
        who.open = Open::Pronoun(argument.head);
        return who;
    }
    who.speaker = denoted(scene, argument);
    who
}

fn denoted(scene: &Scene, argument: &Argument) -> Option<EntityId> {
    let person = |id: &EntityId| scene.kind(*id) == Some(EntityKind::Person);
    let alias = argument.alias.and_then(|alias| scene.named(alias));
    let head = scene.named(argument.head);
    if let Some(found) = alias.filter(person).or(head).or(alias) {
        return Some(found);
    }
    // "Justizministerin Ada Kern", whatever of it the tree calls the head.
    let flat = scene.children(argument.head).iter().copied();
    let mut flat = flat.filter(|child| matches!(scene.rel(*child), "flat" | "appos" | "compound"));
    if let Some(found) =
        flat.find_map(|at| scene.named(at).filter(|id| person(id) && argument.tokens.contains(&at)))
    {
        return Some(found);
    }
    let word = scene.lemma(argument.head);
    let form = scene.form(argument.head);
    let speaks =
        Words::ends(&scene.words.spokespeople, &word) || Words::ends(&scene.words.spokespeople, &form);
    let told = scene.clauses.headed(argument.head).and_then(|index| scene.predicate(index));
    let document = told.and_then(|noun| class_of(noun, scene.lexicon)).is_some();
    (speaks || document).then(|| body(scene, argument, document)).flatten()
}

/// The body for which a spokesperson or a document speaks: named within the phrase or within the word.
fn body(scene: &Scene, argument: &Argument, document: bool) -> Option<EntityId> {
    let organisation = |id: &EntityId| match scene.kind(*id) {
        Some(EntityKind::Organisation) => true,
        Some(EntityKind::Country | EntityKind::Person) => document,
        _ => false,
    };
    let head = scene.token(argument.head)?.span;
    let begins = |mention: &&lagebild_entities::Mention| {
        head.contains(mention.span) && mention.span.start() == head.start() && mention.span != head
    };
    let compound = scene.entities.within(head).find(begins).map(|mention| mention.entity);
    let owners = scene.below(argument.head, &[]).into_iter().filter(|at| {
        let clause =
            scene.above(*at).iter().take_while(|up| **up != argument.head).any(|up| scene.rel(*up) == "acl");
        let adjective = scene.is(*at, &[Upos::Adj]) && !document;
        !clause && !adjective && scene.rel(*at) != "acl" && argument.tokens.contains(at)
    });
    compound.filter(organisation).or_else(|| {
        let all: Vec<EntityId> = owners.filter_map(|at| scene.named(at)).filter(organisation).collect();
        let body = |id: &&EntityId| scene.kind(**id) == Some(EntityKind::Organisation);
        all.iter().find(body).or(all.first()).copied()
    })
}

/// "…, so Jonas Weil gegenüber CNN": whom the source spoke to, as far as its phrase tells.
pub(crate) fn spoken_to(scene: &Scene, source: &Argument, who: &mut Who) {
    let nouns = source.heads().filter_map(|at| scene.predicate(scene.clauses.headed(at)?));
    for noun in nouns {
        others(scene, noun, &|_| false, who);
    }
}

/// A source phrase beside a verb of saying: one of the two is the outlet through which the other's words came.
fn through(scene: &Scene, who: &mut Who, source: &Argument) {
    let other = of_argument(scene, source);
    let media = |id: Option<EntityId>| id.is_some_and(|id| scene.is_media(id));
    if media(other.speaker) && !media(who.speaker) {
        who.channel = other.speaker;
    } else if who.speaker.is_some() && who.speaker != other.speaker {
        // "Der Sender berichtete unter Berufung auf Diplomaten": it passes on what they say.
        *who = Who { channel: who.speaker, ..other };
    }
}

/// Channel and addressee among the other phrases.
fn others(scene: &Scene, predicate: &Predicate, inside: &dyn Fn(&Argument) -> bool, who: &mut Who) {
    for argument in predicate.arguments.iter().filter(|argument| !inside(argument)) {
        let told = match &argument.role {
            Role::Dative => true,
            Role::Object => predicate.kind == Kind::Verb,
            Role::Marked(word, _) => scene.words.to.contains(word),
            _ => false,
        };
        let heads = [argument.alias, Some(argument.head)];
        let named =
            heads.into_iter().flatten().find_map(|at| scene.named(at)).filter(|id| Some(*id) != who.speaker);
        let within = || {
            let phrase =
                argument.tokens.iter().copied().filter(|_| matches!(argument.role, Role::Marked(..)));
            phrase.filter_map(|at| scene.named(at)).find(|id| scene.is_media(*id) && Some(*id) != who.speaker)
        };
        // "Im Interview der Zeitung": the outlet stands within the phrase.
        if let Some(outlet) = named.is_none_or(|id| !scene.is_media(id)).then(within).flatten() {
            who.channel.get_or_insert(outlet);
        }
        let Some(id) = named else { continue };
        let outlet = scene.is_media(id) || Words::ends(&scene.words.outlets, &scene.lemma(argument.head));
        let platform = matches!(&argument.role, Role::Marked(word, _) if scene.words.on.contains(word))
            && scene.kind(id) == Some(EntityKind::Organisation);
        if platform {
            who.channel.get_or_insert(id);
            continue;
        }
        let marked = matches!(argument.role, Role::Marked(..) | Role::Dative | Role::Object);
        if outlet && marked {
            who.channel.get_or_insert(id);
        } else if told {
            who.addressee.get_or_insert(id);
        }
    }
}
