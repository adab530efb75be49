//! Verbs where a tree hides them: of two words ("teslim etti"), or where it takes a preposition for one ("由法国交付").

use crate::lexicon::Lexicon;
use crate::properties::Property;
use crate::tree::is_below;
use lagebild_grammar::{Token, Upos};

/// The words of a sentence, as far as verbs are mended here; all lists are of one length.
pub(crate) struct Verbs<'a, 't> {
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) tokens: &'a [Token],
    pub(crate) lower: &'a [String],
    pub(crate) lemmas: &'a mut [String],
    pub(crate) heads: &'a mut [Option<usize>],
    pub(crate) relations: &'a mut [&'t str],
}

/// Relations of a word that only serves another.
const SERVING: [&str; 5] = ["aux", "compound", "case", "fixed", "cop"];

impl Verbs<'_, '_> {
    /// Mends all verbs of the sentence; the passives among them that the tree takes for verbs of their own.
    pub(crate) fn mend(&mut self) -> Vec<usize> {
        let mut passives = Vec::new();
        for at in 0..self.tokens.len() {
            if let Some(active) = self.lexicon.words.passive_lemmas.get(&self.lemmas[at]) {
                self.lemmas[at].clone_from(active);
                passives.push(at);
            }
        }
        for at in 1..self.tokens.len() {
            self.part_of_name(at);
            self.light(at, &mut passives);
        }
        for at in 0..self.tokens.len() {
            self.coverb(at);
        }
        passives
    }

    /// "teslim etti": a noun and the verb right behind it are one verb, with both as its lemma. The noun stays its head; where the noun
    /// does not govern the verb ("askıya aldı"), the verb is.
    fn light(&mut self, verb: usize, passives: &mut Vec<usize>) {
        let noun = verb - 1;
        let lemma = format!("{} {}", self.lemmas[noun], self.lemmas[verb]);
        let written = format!("{} {}", self.lower[noun], self.lemmas[verb]);
        let known = [written, lemma.clone()]
            .into_iter()
            .find(|lemma| self.lexicon.words.joined_verbs.contains(lemma));
        let below = self.heads[verb] == Some(noun);
        let light = self.lexicon.has(Property::LightVerbs)
            && below
            && self.relations[verb] == "compound"
            && self.is_verb(verb)
            && self.is(noun, Upos::Noun);
        let Some(lemma) = known.or(light.then_some(lemma)) else { return };
        if !below && is_below(self.heads, verb, noun) {
            (self.heads[verb], self.relations[verb]) = (self.heads[noun], self.relations[noun]);
        }
        let head = if below { noun } else { verb };
        for child in 0..self.heads.len() {
            if child == verb || self.heads[child] != Some(noun) {
                continue;
            }
            self.heads[child] = Some(head);
            let case = self.tokens.get(child).and_then(|token| token.feat("Case"));
            let nominalised = self.lexicon.has(Property::NominalisedClauses);
            self.relations[child] = match (self.relations[child], case) {
                // "teslim etmiş olabileceğini".
                ("compound", _) if child > verb => "aux",
                // "sevkiyatların askıya alındığı": the owner of a nominalised clause is its subject.
                ("nmod", Some("Gen")) if nominalised => "nsubj",
                ("nmod", Some("Nom" | "Acc") | None) if nominalised => "obj",
                ("nmod" | "nsubj", Some("Dat" | "Abl" | "Loc")) if nominalised => "obl",
                (other, _) => other,
            };
        }
        if below {
            self.relations[verb] = "aux";
            passives.extend(passives.contains(&verb).then_some(noun));
        } else {
            (self.heads[noun], self.relations[noun]) = (Some(verb), "fixed");
        }
        self.lemmas[head] = lemma;
    }

    /// "部长让·杜邦表示": what stands before the dot of a foreign name is no verb.
    fn part_of_name(&mut self, dot: usize) {
        let verb = dot - 1;
        if self.lower[dot] != "·" || !self.is(verb, Upos::Verb) || dot + 1 >= self.tokens.len() {
            return;
        }
        let clause = (dot..self.heads.len()).find(|child| {
            self.heads[*child] == Some(verb) && matches!(self.relations[*child], "ccomp" | "xcomp")
        });
        if let Some(clause) = clause {
            (self.heads[clause], self.relations[clause]) = (self.heads[verb], self.relations[verb]);
            for child in 0..self.heads.len() {
                if child != clause && self.heads[child] == Some(verb) {
                    self.heads[child] = Some(clause);
                }
            }
            (self.heads[verb], self.relations[verb]) = (Some(dot + 1), "flat");
        }
    }

    /// "由法国交付", "交付给乌克兰", "프랑스에 의해": a verb in form that leads in a noun of the verb beside it.
    fn coverb(&mut self, at: usize) {
        let words = &self.lexicon.words;
        if !words.coverbs.contains(&self.lower[at]) {
            return;
        }
        // "坦克被法国交付".
        if self.is(at, Upos::Aux) {
            let doer = at + 1;
            let verb = self.heads[at].filter(|verb| {
                let beside = self.heads.get(doer) == Some(&Some(*verb));
                beside && self.relations.get(doer) == Some(&"nsubj")
            });
            if let Some(verb) = verb {
                self.lead_in(at, doer, verb);
            }
        }
        if !self.is(at, Upos::Verb) {
            return;
        }
        let below = |of: usize, relations: &[&str]| {
            let mut all = 0..self.heads.len();
            all.find(|child| self.heads[*child] == Some(of) && relations.contains(&self.relations[*child]))
        };
        let main = below(at, &["ccomp", "xcomp", "parataxis"]).filter(|main| *main > at);
        // "坦克由法国交付": the tree takes the preposition for the main verb.
        if let Some(main) = main {
            let noun = below(main, &["nsubj"]).or_else(|| below(at, &["obj"]));
            let Some(noun) = noun.filter(|noun| *noun == at + 1 || (at..main).contains(noun)) else { return };
            (self.heads[main], self.relations[main]) = (self.heads[at], self.relations[at]);
            for child in 0..self.heads.len() {
                if child != main && self.heads[child] == Some(at) {
                    self.heads[child] = Some(main);
                }
            }
            self.lead_in(at, noun, main);
            return;
        }
        let noun = below(at, &["obj", "obl", "nmod"]);
        let verb =
            self.heads[at].filter(|verb| self.is_verb(*verb) && !SERVING.contains(&self.relations[at]));
        // "交付给乌克兰": right behind the verb, or before it.
        let near = |verb: &usize| *verb + 2 >= at;
        if let Some((noun, verb)) = noun.zip(verb.filter(near)) {
            self.lead_in(at, noun, verb);
        }
    }

    fn lead_in(&mut self, preposition: usize, noun: usize, verb: usize) {
        (self.heads[noun], self.relations[noun]) = (Some(verb), "obl");
        (self.heads[preposition], self.relations[preposition]) = (Some(noun), "case");
        self.lemmas[preposition].clone_from(&self.lower[preposition]);
    }

    fn is(&self, at: usize, tag: Upos) -> bool {
        self.tokens.get(at).is_some_and(|token| token.upos == tag)
    }

    fn is_verb(&self, at: usize) -> bool {
        let shows = self.tokens.get(at).is_some_and(|token| token.feat("VerbForm").is_some());
        shows || self.is(at, Upos::Verb) || self.is(at, Upos::Aux)
    }
}
