//! What the encoder's reader ([`Anchor`]) finds that somebody says, where no rule does.

use crate::model::{Certainty, Manner};
use crate::reach::Reach;
use crate::sayings::{Content, Saying, clause};
use crate::scene::Scene;
use crate::source::{Who, of_argument};
use crate::weigh::alone;
use lagebild_entities::{EntityId, Mention};
use lagebild_grammar::{Anchor, Filler};
use lagebild_predicates::{Class, holds};
use lagebild_span::Span;

/// The rule that it counts as.
pub(crate) const RULE: &str = "the reader";
/// From this probability on a word is the main word of something said: of .4, .5, .6, .7 and .8 the one with the best F1 on passages
/// that the reader had not seen.
const SAID: f32 = 0.7;
/// From this probability on the likeliest word is who says it.
const SPEAKS: f32 = 0.5;

/// What the reader sees as said, in order of the text.
pub(crate) struct Anchors<'a>(Vec<&'a Anchor>);

impl<'a> Anchors<'a> {
    pub(crate) fn of(all: &'a [Anchor]) -> Self {
        let mut said: Vec<&Anchor> = all.iter().filter(|anchor| anchor.kind == "statement").collect();
        said.sort_by_key(|anchor| anchor.span.start());
        Self(said)
    }

    /// Those within a span.
    pub(crate) fn within(&self, span: Span) -> &[&'a Anchor] {
        let place = |at: u32| self.0.partition_point(|anchor| anchor.span.start() < at);
        self.0.get(place(span.start())..place(span.end())).unwrap_or_default()
    }
}

/// What is said in the sentence by the reader, of whose `anchors` these are; nothing that touches what is `known`.
pub(crate) fn find(scene: &Scene, anchors: &[&Anchor], known: &Reach) -> Vec<Saying> {
    let mut found: Vec<Saying> = Vec::new();
    for anchor in anchors.iter().filter(|anchor| anchor.chance >= SAID) {
        let Some(saying) = said(scene, anchor) else { continue };
        let Content::Here(span) = saying.content else { continue };
        let again = |one: &Saying| matches!(one.content, Content::Here(other) if other.overlaps(span));
        if !known.touches(span) && !found.iter().any(again) {
            found.push(saying);
        }
    }
    found
}

fn said(scene: &Scene, anchor: &Anchor) -> Option<Saying> {
    let at = place(scene, anchor.span)?;
    let named = sure(anchor.role("speaker"));
    let speaker = named.and_then(|span| place(scene, span));
    // Who says it, and the word of saying, stand beside what is said: "…, wie X sagte".
    let aside = speaker.and_then(|speaker| {
        let path = scene.above(speaker);
        let below = path.iter().position(|up| *up == at)?;
        below.checked_sub(1).and_then(|before| path.get(before)).copied().or(Some(speaker))
    });
    let aside = aside.filter(|child| scene.rel(*child) != "nsubj");
    let span = scene.stretch(clause(scene, at, aside.as_slice()))?;
    let thought = Certainty::from_code(&anchor.certainty)?;
    let certainty = scene.clauses.headed(at).and_then(|index| written(scene, index)).unwrap_or(thought);
    let who = match (speaker, named) {
        (Some(speaker), _) => of_word(scene, speaker),
        (None, Some(elsewhere)) => of_name(scene, elsewhere)?,
        // Nobody says it: the article speaks for itself.
        (None, None) => return None,
    };
    Some(Saying {
        content: Content::Here(span),
        cue: Vec::new(),
        lemma: String::new(),
        class: Class::Report,
        manner: Manner::Reported,
        rule: RULE,
        certainty,
        who: Who { channel: channel(scene, anchor).filter(|id| Some(*id) != who.speaker), ..who },
    })
}

/// What is written of how sure it is: by its own words, and that somebody denies it. Whatever else governs it the reader weighs.
fn written(scene: &Scene, index: usize) -> Option<Certainty> {
    let own = alone(scene, index);
    let chain = Certainty::from(holds(scene.clauses, index, scene.lexicon).certainty);
    let told = if own == Certainty::CertainPlus && chain.is_negative() { chain } else { own };
    (told != Certainty::CertainPlus).then_some(told)
}

fn of_word(scene: &Scene, at: usize) -> Who {
    of_argument(scene, &lagebild_predicates::phrase(scene.sentence, scene.text, scene.lexicon, at))
}

/// Somebody who is named in another sentence.
fn of_name(scene: &Scene, span: Span) -> Option<Who> {
    let covers = |one: &&Mention| one.span.contains(span);
    let mention = scene.entities.mentions.iter().filter(covers).max_by_key(|one| one.span.len())?;
    Some(Who { speaker: Some(mention.entity), words: Some(mention.span), ..Who::default() })
}

fn channel(scene: &Scene, anchor: &Anchor) -> Option<EntityId> {
    let at = place(scene, sure(anchor.role("channel"))?)?;
    scene.named(at)
}

/// The likeliest filler, where it is somebody and likely enough.
fn sure(fillers: &[Filler]) -> Option<Span> {
    fillers.first().filter(|first| first.chance >= SPEAKS)?.span
}

/// The token of a word.
fn place(scene: &Scene, span: Span) -> Option<usize> {
    scene.sentence.tokens.iter().position(|token| token.span == span)
}
