//! Verb groups: which words are predicates, their dictionary form, voice and form.

use crate::forms::{Morphemes, ends};
use crate::lexicon::{Class, Embedding};
use crate::model::{Form, Kind, Predicate, Voice};
use crate::properties::Property;
use crate::tree::{Tree, by_ending};
use lagebild_grammar::{Upos, lemma};
use std::collections::BTreeSet;

/// Relations of words that only serve another.
const SERVING: [&str; 12] =
    ["aux", "cop", "fixed", "flat", "case", "mark", "cc", "punct", "det", "goeswith", "expl", "discourse"];
/// Relations in which an adjective or adverb is a predicate even without a copula.
const CLAUSAL: [&str; 7] = ["root", "ccomp", "xcomp", "advcl", "csubj", "parataxis", "acl"];

/// The predicate headed by a word, without arguments; none where the word heads none.
pub(crate) fn draft(tree: &Tree, at: usize) -> Option<Predicate> {
    let kind = kind(tree, at)?;
    let words = group(tree, at);
    let voice = if kind == Kind::Verb { voice(tree, at) } else { Voice::Active };
    let finite = words.iter().copied().find(|word| tree.has(*word, "VerbForm", "Fin"));
    let told = finite.or_else(|| words.iter().copied().find(|word| tree.feat(*word, "Mood").is_some()));
    let told = told.or_else(|| words.iter().copied().find(|word| nominalised(tree, at, *word)));
    let of = |name| told.and_then(|word| tree.feat(word, name)).map(str::to_owned);
    Some(Predicate {
        head: at,
        lemma: dictionary(tree, at, kind),
        kind,
        voice,
        form: form(tree, at, kind, told.is_some()),
        mood: of("Mood"),
        tense: of("Tense"),
        reflexive: reflexive(tree, at).is_some(),
        words,
        negations: Vec::new(),
        modals: Vec::new(),
        adverbs: Vec::new(),
        arguments: Vec::new(),
        governor: None,
        support: None,
        question: false,
        source: None,
        companions: companions(tree, at),
        doubts: Vec::new(),
    })
}

/// What hangs on a word; behind a verb that calls something a lie all that follows, for trees rarely agree on where the lie hangs.
fn companions(tree: &Tree, at: usize) -> Vec<String> {
    let calls = tree.lexicon.factuality.calling.verbs.iter().any(|verb| verb == tree.lemma(at));
    let behind = if calls { at + 1..tree.len() } else { 0..0 };
    let own = tree.children(at).iter().copied().chain(behind);
    own.flat_map(|child| [tree.form(child), tree.lemma(child)]).map(str::to_owned).collect()
}

/// "edeceğini": a participle as the verb of a clause that completes another.
fn nominalised(tree: &Tree, head: usize, word: usize) -> bool {
    tree.lexicon.has(Property::NominalisedClauses)
        && tree.has(word, "VerbForm", "Part")
        && matches!(tree.rel(head), "ccomp" | "xcomp" | "csubj" | "obj" | "nsubj")
}

/// "인도하기를", "etmeyi": a noun with the arguments of a verb.
fn verbal_noun(tree: &Tree, at: usize) -> bool {
    let made = tree.lexicon.words.morphemes.as_ref().is_some_and(|one| one.is_verbal_noun(tree.lemma(at)));
    let at = light_verb(tree, at).unwrap_or(at);
    made || tree.lexicon.has(Property::NominalisedClauses) && tree.has(at, "VerbForm", "Vnoun")
}

/// The verb of "teslim etti", whose head is the noun.
fn light_verb(tree: &Tree, noun: usize) -> Option<usize> {
    let light = tree.lexicon.has(Property::LightVerbs) && tree.is(noun, &[Upos::Noun]);
    tree.by(noun, &["aux"]).find(|verb| light && *verb == noun + 1)
}

fn kind(tree: &Tree, at: usize) -> Option<Kind> {
    let relation = tree.rel(at);
    if SERVING.contains(&relation) {
        return None;
    }
    let carried = tree.by(at, &["cop"]).next().is_some();
    // "Das Land, womöglich, liefert": a word between commas says how sure it is, and is no clause.
    let alone = || tree.children(at).iter().all(|child| tree.rel(*child) == "punct");
    match tree.upos(at) {
        Upos::Adj | Upos::Adv if relation == "parataxis" && alone() => None,
        Upos::Verb if relation == "compound" && tree.children(at).is_empty() => None,
        Upos::Verb => Some(Kind::Verb),
        Upos::Noun if nominalised(tree, at, at) || verbal_noun(tree, at) => Some(Kind::Verb),
        Upos::Noun if light_verb(tree, at).is_some() => Some(Kind::Verb),
        Upos::Aux if CLAUSAL.contains(&relation) || relation == "conj" || relation.is_empty() => {
            Some(Kind::Verb)
        }
        Upos::Adj if participle(tree, at).is_some() => Some(Kind::Verb),
        Upos::Adj | Upos::Adv if carried || CLAUSAL.contains(&relation) => Some(Kind::Adjective),
        Upos::Noun => Some(Kind::Noun),
        Upos::Propn | Upos::Pron | Upos::Num | Upos::X if carried => Some(Kind::Noun),
        Upos::Propn | Upos::X if CLAUSAL.contains(&relation) && !tree.children(at).is_empty() => {
            Some(Kind::Noun)
        }
        _ => None,
    }
}

/// The verb of an adjective that is a participle: "gelieferte" → "liefern".
fn participle(tree: &Tree, at: usize) -> Option<String> {
    let word = tree.lemma(at);
    if tree.has(at, "VerbForm", "Part") || tree.by(at, &["aux"]).next().is_some() {
        let verb = lemma(&tree.lexicon.code, tree.form(at), Upos::Verb, tree.feats(at)).to_lowercase();
        let known = verb != tree.form(at) && verb != word;
        // "zawieszony": what the ending makes of it, where that is a verb of the lexicon and the other is none.
        let listed = |verb: &String| tree.lexicon.verbs.contains(verb);
        let other = by_ending(tree.lexicon, word).filter(|other| !known || listed(other) && !listed(&verb));
        return Some(other.unwrap_or_else(|| if known { verb } else { word.to_owned() }));
    }
    if tree.rel(at) != "amod" {
        return None;
    }
    let shapes = &tree.lexicon.words.adjectival_participles;
    shapes.verb_of_active(word).or_else(|| verb_of_passive(tree, at, word))
}

/// "von Iran gelieferte": only with words of its own or the mark of a participle is an adjective surely one.
fn verb_of_passive(tree: &Tree, at: usize, word: &str) -> Option<String> {
    let shapes = &tree.lexicon.words.adjectival_participles;
    let laden = tree.children(at).iter().any(|child| tree.is(*child, &[Upos::Noun, Upos::Propn, Upos::Pron]));
    let sure = shapes.ends_as_passive(word) && (shapes.is_marked(word) || laden);
    let verb = sure.then(|| lemma(&tree.lexicon.code, word, Upos::Verb, "VerbForm=Part").to_lowercase())?;
    (verb != word && shapes.is_infinitive(&verb)).then_some(verb)
}

/// Head, auxiliaries, particle, infinitive mark, reflexive pronoun.
fn group(tree: &Tree, at: usize) -> Vec<usize> {
    let mark = |child: usize| tree.rel(child) == "mark" && tree.is(child, &[Upos::Part]);
    let mut words: Vec<usize> = tree.by(at, &["aux", "cop"]).collect();
    words.extend(tree.children(at).iter().copied().filter(|child| mark(*child)));
    words.extend(particle(tree, at));
    words.extend(reflexive(tree, at));
    words.push(at);
    words.sort_unstable();
    words.dedup();
    words
}

/// The separated particle of a verb.
pub(crate) fn particle(tree: &Tree, at: usize) -> Option<usize> {
    if !tree.is(at, &[Upos::Verb, Upos::Aux]) {
        return None;
    }
    let short = [Upos::Adp, Upos::Adv, Upos::Adj, Upos::Part];
    let told = tree.by(at, &["compound"]).find(|child| *child > at && tree.is(*child, &short));
    // A preposition without a noun behind the verb can be nothing else.
    let bare = |child: &usize| {
        tree.lexicon.has(Property::SeparableVerbs)
            && *child > at
            && tree.is(*child, &[Upos::Adp])
            && tree.children(*child).is_empty()
            && tree.rel(*child) != "mark"
    };
    let told = told.or_else(|| tree.children(at).iter().copied().find(bare));
    // "handed over shells": the tree took the particle for a preposition.
    told.or_else(|| {
        let next = at + 1;
        let phrasal = format!("{} {}", tree.lemma(at), tree.form(next));
        (tree.lexicon.words.phrasal.contains(&phrasal) && tree.is(next, &short)).then_some(next)
    })
}

fn dictionary(tree: &Tree, at: usize, kind: Kind) -> String {
    let words = &tree.lexicon.words;
    let plain = tree.lemma(at);
    if kind != Kind::Verb {
        return if words.morphemes.is_some() { Morphemes::stem(plain) } else { plain }.to_owned();
    }
    if tree.is(at, &[Upos::Adj]) {
        return participle(tree, at).unwrap_or_else(|| plain.to_owned());
    }
    match (particle(tree, at), &words.morphemes) {
        (Some(particle), _) if tree.lexicon.has(Property::SeparableVerbs) => {
            format!("{}{plain}", tree.form(particle))
        }
        (Some(particle), _) => format!("{plain} {}", tree.form(particle)),
        (None, Some(morphemes)) => morphemes.verb(plain),
        (None, None) if passive_by_ending(tree, at) => {
            let active = words.reflexive_ends.iter().find_map(|end| plain.strip_suffix(end.as_str()));
            active.unwrap_or(plain).to_owned()
        }
        (None, None) => plain.to_owned(),
    }
}

/// "поставляется": a reflexive form that is a passive.
fn passive_by_ending(tree: &Tree, at: usize) -> bool {
    let endings = &tree.lexicon.words.reflexive_ends;
    let reflexive = ends(tree.lemma(at), endings) || ends(tree.form(at), endings);
    if !reflexive || tree.by(at, &["obj"]).next().is_some() {
        return false;
    }
    let things = tree
        .by(at, &["nsubj"])
        .any(|subject| tree.is(subject, &[Upos::Noun]) && tree.has(subject, "Animacy", "Inan"));
    let governs = tree.by(at, &["xcomp", "ccomp", "csubj"]).next().is_some();
    // "договорились", "остаётся": with a dictionary entry of its own the verb is taken as it is.
    let known = tree.lexicon.class(tree.lemma(at), false).is_some();
    !known
        && !governs
        && (tree.has(at, "Voice", "Pass") || things || tree.is(at, &[Upos::Verb]) && tree.rel(at) == "acl")
}

/// The reflexive pronoun of a verb.
pub(crate) fn reflexive(tree: &Tree, at: usize) -> Option<usize> {
    let words = &tree.lexicon.words;
    tree.children(at).iter().copied().find(|child| {
        tree.is(*child, &[Upos::Pron, Upos::Part, Upos::X])
            && tree.by(*child, &["case"]).next().is_none()
            && (tree.has(*child, "Reflex", "Yes")
                || tree.stands_in(*child, &words.reflexives)
                || tree.rel(*child) == "expl" && tree.stands_in(*child, &words.expletive_reflexives))
    })
}

fn form(tree: &Tree, at: usize, kind: Kind, finite: bool) -> Form {
    let shows = |value| tree.has(at, "VerbForm", value);
    match kind {
        Kind::Noun if tree.by(at, &["cop"]).next().is_none() => Form::Nominal,
        _ if verbal_noun(tree, at) => Form::Infinitive,
        _ if finite => Form::Finite,
        _ if shows("Inf") || tree.by(at, &["aux"]).any(|aux| tree.has(aux, "VerbForm", "Inf")) => {
            Form::Infinitive
        }
        _ if tree.by(at, &["mark"]).any(|mark| tree.is(mark, &[Upos::Part])) => Form::Infinitive,
        // "was loaded and carried": the second has the auxiliary of the first.
        _ if shared_auxiliary(tree, at) => Form::Finite,
        _ if shows("Part") || shows("Ger") || shows("Conv") || tree.is(at, &[Upos::Adj]) => Form::Participle,
        // Without a mood a verb is not finite.
        _ if tree.lexicon.has(Property::VerbFormsUntold) && tree.is(at, &[Upos::Verb]) => {
            let past = tree.has(at, "Tense", "Past") && tree.by(at, &["aux", "mark"]).next().is_none();
            if past { Form::Participle } else { Form::Infinitive }
        }
        _ => Form::Finite,
    }
}

fn shared_auxiliary(tree: &Tree, at: usize) -> bool {
    let first =
        tree.head(at).filter(|_| tree.rel(at) == "conj" && tree.by(at, &["nsubj", "mark"]).next().is_none());
    first.is_some_and(|first| {
        inherits_passive(tree, at)
            && tree.by(first, &["aux"]).any(|auxiliary| tree.has(auxiliary, "VerbForm", "Fin"))
    })
}

/// "wird Haubitzen überlassen": a participle that looks like its infinitive is one where it has an object; a passive has none.
pub(crate) fn is_infinitive_alike(tree: &Tree, at: usize) -> bool {
    let alike = tree.has(at, "VerbForm", "Part") && tree.form(at) == tree.lemma(at);
    let passive = &tree.lexicon.words.passive;
    let helped =
        tree.by(at, &["aux"]).any(|aux| tree.listed(aux, passive) && tree.has(aux, "VerbForm", "Fin"));
    tree.lexicon.has(Property::ParticiplesLikeInfinitives)
        && alike
        && helped
        && tree.by(at, &["obj"]).next().is_some()
}

fn voice(tree: &Tree, at: usize) -> Voice {
    let words = &tree.lexicon.words;
    if is_infinitive_alike(tree, at) {
        return Voice::Active;
    }
    let auxiliary = |list: &BTreeSet<String>| has_auxiliary(tree, at, list);
    if tree.lexicon.has(Property::UninflectedVerbs) && tree.by(at, &["obj"]).next().is_none() {
        let doer = |noun: usize| tree.by(noun, &["case"]).any(|case| tree.listed(case, &words.agents));
        if auxiliary(&words.passive) || tree.by(at, &["obl", "nmod"]).any(doer) {
            return Voice::Passive;
        }
    }
    let light = light_verb(tree, at).is_some_and(|verb| tree.has(verb, "Voice", "Pass"));
    if light || tree.is_hidden_passive(at) {
        return Voice::Passive;
    }
    let past = past_participle(tree, at);
    if auxiliary(&words.receptive) && past {
        return Voice::Receptive;
    }
    // "that the navy seized" looks like a participle; with a subject of its own and no auxiliary it is none. "having sold" is a perfect.
    let own =
        tree.lexicon.has(Property::ParticiplesNeedAuxiliary) && tree.by(at, &["nsubj"]).next().is_some();
    let past_tense = (own || auxiliary(&words.perfect)) && !auxiliary(&words.passive);
    if tree.has(at, "Voice", "Pass") && !past_tense
        || tree.by(at, &["aux"]).any(|aux| tree.has(aux, "Voice", "Pass")) && past
    {
        return Voice::Passive;
    }
    let attributive = matches!(tree.rel(at), "acl" | "amod" | "advcl" | "conj" | "xcomp")
        && tree.by(at, &["aux", "nsubj", "obj"]).next().is_none()
        && (tree.rel(at) != "conj" || inherits_passive(tree, at));
    let active = tree.has(at, "Voice", "Act") && !tree.lexicon.has(Property::VoiceOfParticiplesUnsure);
    let passive = past && (auxiliary(&words.passive) || attributive) && !active && !past_tense;
    let endings = ends(tree.form(at), &words.impersonal_passive_endings);
    let impersonal = endings && tree.by(at, &["nsubj"]).next().is_none() && !tree.has(at, "Tense", "Past");
    if passive
        || state_passive(tree, at)
        || impersonal
        || passive_by_ending(tree, at)
        || words.morphemes.as_ref().is_some_and(|morphemes| morphemes.is_passive(tree.lemma(at)))
        || reflexive_passive(tree, at)
    {
        Voice::Passive
    } else {
        Voice::Active
    }
}

fn has_auxiliary(tree: &Tree, verb: usize, list: &BTreeSet<String>) -> bool {
    tree.by(verb, &["aux", "cop"]).any(|auxiliary| tree.listed(auxiliary, list))
}

/// "Die Lieferung ist geplant", not "ist gescheitert": of what a verb speaks of as its object.
fn state_passive(tree: &Tree, at: usize) -> bool {
    let words = &tree.lexicon.words;
    let of_object = |entry: &Embedding| {
        use Class::{Begin, Continue, Fail, Manage};
        let own = matches!(entry.class, None | Some(Begin | Continue | Fail | Manage));
        !own && entry.with.is_none() && !entry.of.iter().any(|place| place == "subject")
    };
    tree.lexicon.has(Property::StatePassives)
        && tree.has(at, "VerbForm", "Part")
        && has_auxiliary(tree, at, &words.state)
        && !has_auxiliary(tree, at, &words.passive)
        && tree.by(at, &["obj", "xcomp", "ccomp"]).next().is_none()
        && tree.lexicon.embeddings(tree.lemma(at), false).iter().any(of_object)
}

/// "was bought and sold": the second participle without auxiliary is as the first.
fn inherits_passive(tree: &Tree, at: usize) -> bool {
    tree.head(at).is_some_and(|first| {
        past_participle(tree, first)
            && kind(tree, first) == Some(Kind::Verb)
            && voice(tree, first) == Voice::Passive
    })
}

fn past_participle(tree: &Tree, at: usize) -> bool {
    if tree.is(at, &[Upos::Adj]) {
        return !tree.lexicon.words.adjectival_participles.ends_as_active(tree.lemma(at));
    }
    let participle = tree.has(at, "VerbForm", "Part")
        || tree.lexicon.has(Property::VerbFormsUntold)
            && tree.has(at, "Tense", "Past")
            && tree.feat(at, "Mood").is_none();
    participle && !tree.has(at, "Tense", "Pres")
}

/// "Se vendieron misiles", "droni si vendono": what is sold stands as subject.
fn reflexive_passive(tree: &Tree, at: usize) -> bool {
    if !tree.lexicon.has(Property::ReflexivePassive)
        || reflexive(tree, at).is_none()
        || tree.by(at, &["obj", "xcomp", "ccomp"]).next().is_some()
    {
        return false;
    }
    let subject = tree.by(at, &["nsubj"]).next();
    let known = tree.lexicon.class(tree.lemma(at), false).is_some();
    // "La ministra Laura Roca se reunió": somebody with a name acts.
    let named = |noun: usize| tree.by(noun, &["appos", "flat"]).any(|name| tree.is(name, &[Upos::Propn]));
    subject
        .is_some_and(|subject| tree.is(subject, &[Upos::Noun]) && (subject > at || !known) && !named(subject))
}
