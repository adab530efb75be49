//! Direct speech: quotations with their verb, and what stands after a name and a colon.

use crate::marks::Quote;
use crate::model::{Certainty, Manner};
use crate::sayings::{Content, Saying, cue_of, speech};
use crate::scene::Scene;
use crate::source::{Open, Who, of_argument, of_predicate};
use crate::weigh::{alone, told};
use lagebild_entities::EntityKind;
use lagebild_grammar::Upos;
use lagebild_predicates::{Argument, Class, Form, Kind, Predicate, Role, class_of};
use lagebild_span::Span;

/// Most words before a colon that can be a label.
const LABEL: usize = 8;

/// Quotations that a verb of the sentence belongs to.
pub(crate) fn find(scene: &Scene) -> Vec<Saying> {
    let mut found = Vec::new();
    for quote in scene.quotes.iter().filter(|quote| is_speech(scene, quote)) {
        let Some((index, class)) = verb(scene, quote) else {
            found.extend(named_before(scene, quote));
            continue;
        };
        let Some(cue) = scene.predicate(index) else { continue };
        let who = of_predicate(scene, index, Some(quote.inner));
        found.push(Saying {
            content: Content::Here(quote.inner),
            cue: cue_of(cue),
            lemma: cue.lemma.clone(),
            class,
            manner: Manner::Direct,
            rule: "quotation",
            certainty: weigh(scene, quote, index, class),
            who,
        });
    }
    found
}

/// "…; Sofía: «Hemos cumplido»": a name and a colon within the sentence.
fn named_before(scene: &Scene, quote: &Quote) -> Option<Saying> {
    let colon = (1..scene.len()).find(|at| {
        let next = scene.token(at + 1).is_some_and(|token| token.span.start() >= quote.outer.start());
        scene.form(*at) == ":" && next
    })?;
    let near = scene.token(colon)?.span.end() <= quote.outer.start()
        && scene.is(colon - 1, &[Upos::Propn, Upos::Noun, Upos::X]);
    let id = scene.named(colon - 1).filter(|_| near)?;
    let words = scene.mention(colon - 1).map(|mention| mention.span);
    Some(Saying {
        content: Content::Here(quote.inner),
        cue: vec![colon],
        lemma: String::new(),
        class: Class::Report,
        manner: Manner::Direct,
        rule: "name before a colon",
        certainty: own_words(scene, quote.inner),
        who: Who { speaker: Some(id), words, ..Who::default() },
    })
}

/// What is said inside, as far as this sentence holds it.
fn weigh(scene: &Scene, quote: &Quote, by: usize, class: Class) -> Certainty {
    let governed = |main: usize| {
        scene.predicate(main).and_then(|main| main.governor.as_ref()).is_some_and(|up| up.predicate == by)
    };
    let main = main(scene, quote.inner).filter(|main| governed(*main));
    // Other verbs do not change what somebody says in their own words: who denies so says it once, not twice.
    match main.filter(|_| matches!(class, Class::Belief | Class::Suspect)) {
        Some(main) if !asked(scene, quote.inner) => told(scene, main, Some(by)),
        _ => own_words(scene, quote.inner),
    }
}

/// How sure somebody is in their own words: a question, an order, a bare infinitive leave it open.
pub(crate) fn own_words(scene: &Scene, span: Span) -> Certainty {
    // "Keine Militärhilfe für Kriegsparteien": a headline without a verb.
    let noun = || {
        let nouns = scene.clauses.predicates.iter().enumerate();
        let inside =
            nouns.filter(|(_, one)| scene.token(one.head).is_some_and(|token| span.contains(token.span)));
        inside.min_by_key(|(_, one)| (scene.above(one.head).len(), one.head)).map(|(index, _)| index)
    };
    let Some(main) = main(scene, span).or_else(noun).filter(|_| !asked(scene, span)) else {
        return if asked(scene, span) { Certainty::Unknown } else { Certainty::CertainPlus };
    };
    let order = scene.predicate(main).is_some_and(|main| {
        let command =
            main.mood.as_deref() == Some("Imp") && !main.of(&Role::Subject).any(|one| one.through.is_none());
        let bare = main.form == Form::Infinitive
            && main.kind == Kind::Verb
            && scene
                .head(main.head)
                .is_none_or(|head| scene.token(head).is_some_and(|token| !span.contains(token.span)));
        command || bare
    });
    if order { Certainty::Unknown } else { alone(scene, main) }
}

fn asked(scene: &Scene, span: Span) -> bool {
    let after = scene.text.get(span.end() as usize..).unwrap_or_default();
    span.of(scene.text).trim_end().ends_with(['?', '？', '؟']) || after.starts_with(['?', '？', '؟'])
}

/// The main predicate within a span: the one that is highest in the tree.
pub(crate) fn main(scene: &Scene, span: Span) -> Option<usize> {
    let inside = |predicate: &Predicate| {
        scene.token(predicate.head).is_some_and(|token| span.contains(token.span))
            && Scene::is_clause(predicate)
    };
    let within = scene.clauses.predicates.iter().enumerate().filter(|(_, predicate)| inside(predicate));
    let top = |(_, predicate): &(usize, &Predicate)| (scene.above(predicate.head).len(), predicate.head);
    within.min_by_key(top).map(|(index, _)| index)
}

/// A quotation that is speech, not a few words inside a clause or a title.
pub(crate) fn is_speech(scene: &Scene, quote: &Quote) -> bool {
    let before = scene.text.get(..quote.outer.start() as usize).unwrap_or_default();
    // What stands before it on its line; only the last sign counts, and a line may be long.
    let line = before.trim_end_matches(|c: char| c.is_whitespace() && c != '\n');
    let line = line.char_indices().next_back().filter(|(_, c)| *c != '\n').map_or("", |(at, _)| &line[at..]);
    let opens = line.is_empty()
        || line.ends_with([':', ',', '–', '—', '-', '.', '?', '!', '“', '”', '"', '«', '»', '‘', '’']);
    let closed = quote.inner.of(scene.text).ends_with(['.', '?', '!']);
    if line.ends_with(':') && !quote.inner.is_empty() || line.ends_with(',') && closed {
        return true;
    }
    let aside = line.ends_with(',') && quote.outer.end() < scene.sentence.span.end();
    let verbal = || scene.within(quote.inner).any(|at| scene.has(at, "VerbForm", "Fin"));
    opens
        && quote.inner.of(scene.text).split_whitespace().count() > 2
        && (!line.ends_with(',') || aside || verbal())
}

/// The verb that a quotation belongs to: tied to it by the tree, else the verb of saying next to it.
fn verb(scene: &Scene, quote: &Quote) -> Option<(usize, Class)> {
    let outside = |at: usize| scene.quote(at).is_none_or(|other| !is_speech(scene, &other));
    let inside = |at: usize| scene.token(at).is_some_and(|token| quote.outer.contains(token.span));
    let tied = |predicate: &Predicate| {
        let over = scene.children(predicate.head).iter().any(|at| {
            inside(*at)
                && matches!(
                    scene.rel(*at),
                    "ccomp" | "parataxis" | "xcomp" | "obj" | "nsubj" | "advcl" | "appos" | "dep"
                )
        });
        let under = scene.head(predicate.head).is_some_and(inside)
            && matches!(
                scene.rel(predicate.head),
                "parataxis" | "conj" | "acl" | "advcl" | "ccomp" | "appos" | "dep"
            );
        over || under
    };
    let verbs = scene.clauses.predicates.iter().enumerate();
    let verbs = verbs.filter(|(_, one)| one.kind == Kind::Verb && outside(one.head) && finite(scene, one));
    let class = |one: &Predicate| speech(scene, one);
    let apart = |one: &Predicate| {
        scene.token(one.head).map_or(0, |token| {
            token
                .span
                .start()
                .saturating_sub(quote.outer.end())
                .max(quote.outer.start().saturating_sub(token.span.end()))
        })
    };
    let best = verbs
        .filter(|(_, one)| tied(one) || class(one).is_some())
        .min_by_key(|(_, one)| (!(tied(one) && class(one).is_some()), class(one).is_none(), apart(one)));
    best.filter(|(_, one)| tied(one) || beside(scene, quote, one))
        .map(|(index, one)| (index, class(one).unwrap_or(Class::Report)))
}

fn finite(scene: &Scene, one: &Predicate) -> bool {
    one.form == lagebild_predicates::Form::Finite || scene.head(one.head).is_none()
}

/// True where nothing but marks and the words of the verb's own clause lie between verb and quotation.
fn beside(scene: &Scene, quote: &Quote, one: &Predicate) -> bool {
    let own = scene.below(one.head, &[]);
    let Some(verb) = scene.token(one.head).map(|token| token.span) else { return false };
    let gap = if verb.end() <= quote.outer.start() {
        Span::between(verb.end(), quote.outer.start())
    } else {
        Span::between(quote.outer.end(), verb.start().max(quote.outer.end()))
    };
    scene.within(gap).all(|at| own.contains(&at) || scene.is(at, &[Upos::Punct]))
}

/// "Kim: Wir liefern", "Bericht: Berlin prüft …", "Trump an Europäer: …" at the beginning of a line.
pub(crate) fn label(scene: &Scene) -> Vec<Saying> {
    let colon =
        (1..scene.len().min(LABEL + 1)).find(|at| scene.form(*at) == ":" && scene.quote(*at).is_none());
    let Some(colon) = colon.filter(|colon| colon + 2 < scene.len()) else { return Vec::new() };
    let before = || 0..colon;
    let verbal = before().any(|at| scene.is(at, &[Upos::Verb, Upos::Aux, Upos::Punct, Upos::Cconj]));
    if verbal || scene.is(0, &[Upos::Adp, Upos::Adv, Upos::Cconj, Upos::Num]) {
        return Vec::new();
    }
    // "BREAKING: …" names nobody.
    let shouts = scene.token(0).is_some_and(|token| {
        let word = token.span.of(scene.text);
        word.chars().count() > 6 && word.chars().all(char::is_uppercase)
    });
    if shouts && colon == 1 && scene.named(0).is_none() {
        return Vec::new();
    }
    let Some(who) = labelled(scene, colon) else { return Vec::new() };
    let Some(rest) = scene.span(colon + 1..scene.len()) else { return Vec::new() };
    let quote = scene.quotes.iter().find(|quote| quote.outer.start() == rest.start());
    let content = quote.map(|quote| quote.inner).or_else(|| scene.stretch(colon + 1..scene.len()));
    let Some(content) = content else { return Vec::new() };
    let certainty = own_words(scene, content);
    vec![Saying {
        content: Content::Here(content),
        cue: vec![colon],
        lemma: String::new(),
        class: Class::Report,
        manner: if quote.is_some() { Manner::Direct } else { Manner::Reported },
        rule: "name before a colon",
        certainty,
        who,
    }]
}

/// "Kazakh uranium train leaves Almaty – operator": a headline names its source at the end.
pub(crate) fn tail(scene: &Scene) -> Vec<Saying> {
    let mut last = scene.len().saturating_sub(1);
    let closed = scene.form(last) == ")";
    last -= usize::from(closed && last > 0);
    let dash = (1..last).rev().take(5).find(|at| {
        let form = scene.form(*at);
        if closed { form == "(" } else { matches!(form.as_str(), "-" | "–" | "—") }
    });
    let apart = |at: usize| {
        let span = |at: usize| {
            scene.token(at).map_or(0..0, |token| token.span.start() as usize..token.span.end() as usize)
        };
        span(at - 1).end < span(at).start && (closed || span(at).end < span(at + 1).start)
    };
    let Some(dash) = dash.filter(|at| *at > 3 && apart(*at)) else { return Vec::new() };
    let verbal =
        (dash + 1..=last).any(|at| scene.is(at, &[Upos::Verb, Upos::Aux, Upos::Punct, Upos::Adp, Upos::Adv]));
    let source = (dash + 1..=last)
        .rev()
        .find(|at| scene.named(*at).is_some() || scene.listed(*at, &scene.words.spokespeople));
    let Some((head, content)) = source.filter(|_| !verbal).zip(scene.stretch(0..dash)) else {
        return Vec::new();
    };
    let argument = bare(head, (dash + 1..=last).collect());
    vec![Saying {
        content: Content::Here(content),
        cue: vec![dash],
        lemma: String::new(),
        class: Class::Report,
        manner: Manner::Reported,
        rule: "source behind a dash",
        certainty: own_words(scene, content),
        who: of_argument(scene, &argument),
    }]
}

fn bare(head: usize, tokens: Vec<usize>) -> Argument {
    Argument {
        head,
        tokens,
        role: Role::Subject,
        how: Vec::new(),
        alias: None,
        through: None,
        shared: false,
        negated: false,
    }
}

/// Who stands before the colon: somebody named, or a word for a report.
fn labelled(scene: &Scene, colon: usize) -> Option<Who> {
    let argument = |at: usize| bare(at, (0..colon).take_while(|at| !scene.is(*at, &[Upos::Adp])).collect());
    let speaks = |at: usize| {
        scene.named(at).is_some_and(|id| {
            matches!(
                scene.kind(id),
                Some(EntityKind::Person | EntityKind::Organisation | EntityKind::Country)
            )
        })
    };
    let governed = (0..colon).find(|at| scene.is(*at, &[Upos::Adp])).unwrap_or(colon);
    let addressee = (governed..colon).find_map(|at| scene.named(at));
    if let Some(at) = (0..governed).rev().find(|at| speaks(*at)) {
        return Some(Who { addressee, ..of_argument(scene, &argument(at)) });
    }
    let report = (0..governed).find(|at| {
        let noun = scene.clauses.headed(*at).and_then(|index| scene.predicate(index));
        let class = noun.and_then(|noun| class_of(noun, scene.lexicon)).map(|(class, _)| class);
        let report = matches!(class, Some(Class::Report | Class::Suspect | Class::Belief));
        (report || scene.listed(*at, &scene.words.spokespeople)) && (colon <= 3 || *at == 0)
    });
    report.map(|at| Who { open: Open::Settled, ..of_argument(scene, &argument(at)) })
}
