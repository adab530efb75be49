//! What goes on without a cue: further quotations, the subjunctive of reported speech, "demnach".

use crate::attribute::Reader;
use crate::model::{Certainty, Manner};
use crate::person::subject;
use crate::quoted::{is_speech, own_words};
use crate::sayings::{Content, Saying};
use crate::scene::Scene;
use crate::source::{Open, Who, of_predicate};
use crate::weigh::alone;
use lagebild_predicates::{Class, Predicate};
use lagebild_span::Span;

/// What the sentence goes on with. `any`: it has sayings of its own.
pub(crate) fn find(reader: &mut Reader, scene: &Scene, before: Option<&Scene>, any: bool) -> Vec<Saying> {
    let mut found = further(reader, scene, before);
    if !any && found.is_empty() {
        found.extend(subjunctive(reader, scene, before));
        found.extend(accordingly(reader, scene));
    }
    found
}

fn saying(span: Span, manner: Manner, rule: &'static str, certainty: Certainty, who: Who) -> Saying {
    Saying {
        content: Content::Here(span),
        cue: Vec::new(),
        lemma: String::new(),
        class: Class::Report,
        manner,
        rule,
        certainty,
        who,
    }
}

/// Quotations that end here and that no verb has claimed: after a colon whoever that sentence is about, else who spoke before.
fn further(reader: &Reader, scene: &Scene, before: Option<&Scene>) -> Vec<Saying> {
    let mut found = Vec::new();
    for quote in scene.quotes.iter().filter(|quote| is_speech(scene, quote)) {
        let ends = scene.sentence.span.end() + 2 >= quote.outer.end();
        let taken = reader.said.touches(quote.inner);
        // "…," he said: the verb is still to come.
        let open = reader.text.get(quote.inner.end() as usize..).is_some_and(|rest| rest.starts_with(','));
        if !ends || taken || open {
            continue;
        }
        let leads = reader
            .text
            .get(..quote.outer.start() as usize)
            .is_some_and(|text| text.trim_end().ends_with(':'));
        let led = || {
            let root = before.filter(|_| leads)?;
            Some(of_predicate(root, root.root()?, None))
        };
        let start = before.map_or(scene.sentence.span.start(), |before| before.sentence.span.start());
        let whole = quote.outer.start() <= scene.sentence.span.start();
        let near = |last: &crate::attribute::Last| last.sentence.start() >= start && whole;
        let direct = reader
            .last
            .filter(|last| last.manner == Manner::Direct || leads || near(last))
            .map(|last| last.who);
        let Some(who) = led().or(direct) else { continue };
        let certainty = own_words(scene, quote.inner);
        found.push(saying(quote.inner, Manner::Direct, "further quotation", certainty, who));
    }
    found
}

/// "Man habe nichts gewusst": the subjunctive says that somebody else says so.
fn subjunctive(reader: &Reader, scene: &Scene, before: Option<&Scene>) -> Option<Saying> {
    let root = scene.root().filter(|_| reader.words.subjunctive)?;
    let predicate = scene.predicate(root)?;
    let start = before.map_or(scene.sentence.span.start(), |before| before.sentence.span.start());
    let last = reader.last.filter(|last| last.sentence.start() >= start);
    if scene.is_spoken(predicate.head) || !reported(scene, predicate, last.is_some()) {
        return None;
    }
    let span = scene.stretch(0..scene.len())?;
    let named = || before.and_then(subject).filter(|who| who.speaker.is_some());
    let who = last.map(|last| last.who).or_else(named).unwrap_or_default();
    let who = Who { words: who.words.filter(|_| who.speaker.is_none()), open: Open::Settled, ..who };
    Some(saying(span, Manner::FreeIndirect, "subjunctive of reported speech", alone(scene, root), who))
}

/// True for the forms that reported speech has: the present subjunctive always, others only where somebody just spoke.
fn reported(scene: &Scene, predicate: &Predicate, spoke: bool) -> bool {
    let verb = predicate.words.iter().copied().find(|at| scene.has(*at, "Mood", "Sub"));
    let Some(verb) = verb else { return false };
    let form = scene.form(verb);
    // The present subjunctive has the stem of the infinitive; the other one has an umlaut or the "t" of the past.
    let umlaut = |word: &str| word.contains(['ä', 'ö', 'ü']);
    let helps =
        scene.lexicon.words.perfect.contains(&scene.lemma(verb)) || scene.listed(verb, &scene.words.future);
    let modal = scene.lexicon.words.modals.iter().any(|modal| modal.lemma == scene.lemma(verb)) && !helps;
    let first = is_present(scene, verb);
    if !first && (modal || !umlaut(&form) || umlaut(&scene.lemma(verb)) && !helps) {
        return false;
    }
    let conditional = scene.clauses.predicates.iter().any(|other| {
        other.governor.as_ref().is_some_and(|governor| {
            matches!(
                governor.link,
                lagebild_predicates::Link::Adverbial(_, Some(lagebild_predicates::Marker::Condition))
            )
        })
    });
    first || spoke && !conditional
}

/// True for the present subjunctive, whose forms serve reported speech alone: "habe", "sei", "könne".
pub(crate) fn is_present(scene: &Scene, verb: usize) -> bool {
    let form = scene.form(verb);
    let umlaut = |word: &str| word.contains(['ä', 'ö', 'ü']);
    let past = form.ends_with("te") || form.ends_with("ten");
    !past
        && (!umlaut(&form) || umlaut(&scene.lemma(verb)))
        && (form.ends_with('e') || form.starts_with("sei"))
}

/// "Demnach …": according to what was just said.
fn accordingly(reader: &Reader, scene: &Scene) -> Option<Saying> {
    let first = (0..scene.len().min(2)).find(|at| scene.listed(*at, &reader.words.demnach))?;
    let root = scene.root()?;
    let span = scene.stretch(first + 1..scene.len())?;
    let who = reader.last.map(|last| last.who).unwrap_or_default();
    let who = Who { words: who.words.filter(|_| who.speaker.is_none()), open: Open::Settled, ..who };
    Some(saying(span, Manner::Reported, "according to what was said", alone(scene, root), who))
}
