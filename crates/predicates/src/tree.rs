//! The tree of one sentence, safe to walk whatever the heads are.

use crate::joined::Words;
use crate::lexicon::Lexicon;
use crate::mended::Verbs;
use crate::model::Case;
use lagebild_grammar::{Sentence, Token, Upos};

/// A sentence with its heads in order: no circles, nothing out of range.
pub(crate) struct Tree<'a> {
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) tokens: &'a [Token],
    lower: Vec<String>,
    capitals: Vec<bool>,
    lemmas: Vec<String>,
    proclitics: Vec<Option<&'a str>>,
    passives: Vec<usize>,
    heads: Vec<Option<usize>>,
    relations: Vec<&'a str>,
    children: Vec<Vec<usize>>,
}

impl<'a> Tree<'a> {
    pub(crate) fn new(sentence: &'a Sentence, text: &str, lexicon: &'a Lexicon) -> Self {
        let tokens = sentence.tokens.as_slice();
        let lower: Vec<String> = tokens.iter().map(|token| small(token.span.of(text))).collect();
        let capitals = tokens.iter().map(|token| is_capitals(token.span.of(text))).collect();
        let mut lemmas: Vec<String> =
            tokens.iter().zip(&lower).map(|(token, form)| dictionary(lexicon, token, form)).collect();
        let mut proclitics = Vec::new();
        for (token, lemma) in tokens.iter().zip(&mut lemmas) {
            let parted = lexicon.part_proclitic(lemma).filter(|_| token.upos == Upos::Noun);
            proclitics.push(parted.map(|(proclitic, _)| proclitic));
            if let Some((_, noun)) = parted {
                *lemma = noun.to_owned();
            }
        }
        let mut heads: Vec<Option<usize>> = tokens
            .iter()
            .enumerate()
            .map(|(at, token)| {
                let head = token.head as usize;
                (head != at && head < tokens.len()).then_some(head)
            })
            .collect();
        join_hyphens(tokens, &mut heads);
        break_circles(&mut heads);
        let mut relations: Vec<&str> = tokens.iter().map(|token| token.deprel.as_str()).collect();
        let words = &lexicon.words;
        let (all, contractions) = (&lower, &words.contractions);
        let mut joined =
            Words { tokens, lower: all, heads: &mut heads, relations: &mut relations, contractions };
        joined.join(&words.prepositions);
        joined.name_titles();
        let (heads_of, relations_of, lemmas_of) = (&mut heads, &mut relations, &mut lemmas);
        let passives = Verbs {
            lexicon,
            tokens,
            lower: all,
            lemmas: lemmas_of,
            heads: heads_of,
            relations: relations_of,
        }
        .mend();
        let mut children = vec![Vec::new(); tokens.len()];
        for (at, head) in heads.iter().enumerate() {
            if let Some(list) = head.and_then(|head| children.get_mut(head)) {
                list.push(at);
            }
        }
        Self { lexicon, tokens, lower, capitals, lemmas, proclitics, passives, heads, relations, children }
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(crate) fn upos(&self, at: usize) -> Upos {
        self.tokens.get(at).map(|token| token.upos).unwrap_or_default()
    }

    pub(crate) fn is(&self, at: usize, tags: &[Upos]) -> bool {
        tags.contains(&self.upos(at))
    }

    pub(crate) fn rel(&self, at: usize) -> &str {
        self.relations.get(at).copied().unwrap_or_default()
    }

    pub(crate) fn feat(&self, at: usize, name: &str) -> Option<&str> {
        self.tokens.get(at).and_then(|token| token.feat(name))
    }

    pub(crate) fn feats(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.feats.as_str())
    }

    /// True when the feature has the value.
    pub(crate) fn has(&self, at: usize, name: &str, value: &str) -> bool {
        self.feat(at, name).is_some_and(|found| found.split(',').any(|one| one == value))
    }

    /// True for "США": letters that stand for words.
    pub(crate) fn is_letters(&self, at: usize) -> bool {
        self.capitals.get(at).copied().unwrap_or_default()
    }

    /// Small letters.
    pub(crate) fn form(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", String::as_str)
    }

    /// Small letters.
    pub(crate) fn lemma(&self, at: usize) -> &str {
        self.lemmas.get(at).map_or("", String::as_str)
    }

    /// A passive that the tree takes for a verb of its own.
    pub(crate) fn is_hidden_passive(&self, at: usize) -> bool {
        self.passives.contains(&at)
    }

    /// The preposition that is written as one with the noun: "بتسليم".
    pub(crate) fn proclitic(&self, at: usize) -> Option<&str> {
        self.proclitics.get(at).copied().flatten()
    }

    pub(crate) fn head(&self, at: usize) -> Option<usize> {
        self.heads.get(at).copied().flatten()
    }

    pub(crate) fn children(&self, at: usize) -> &[usize] {
        self.children.get(at).map_or(&[], Vec::as_slice)
    }

    /// The children with one of these relations.
    pub(crate) fn by<'t>(&'t self, at: usize, relations: &'t [&str]) -> impl Iterator<Item = usize> + 't {
        self.children(at).iter().copied().filter(move |child| relations.contains(&self.rel(*child)))
    }

    pub(crate) fn case(&self, at: usize) -> Option<Case> {
        self.feat(at, "Case").and_then(Case::named)
    }

    /// True when form or lemma stands in the list.
    pub(crate) fn listed<'w>(&self, at: usize, list: impl IntoIterator<Item = &'w String>) -> bool {
        let (form, lemma) = (self.form(at), self.lemma(at));
        list.into_iter().any(|word| word == form || word == lemma)
    }

    /// True when the form stands in the list.
    pub(crate) fn stands_in(&self, at: usize, list: &[String]) -> bool {
        list.iter().any(|word| word == self.form(at))
    }

    /// A noun or what stands for one.
    pub(crate) fn nominal(&self, at: usize) -> bool {
        self.is(at, &[Upos::Noun, Upos::Propn, Upos::Pron, Upos::Num, Upos::Sym, Upos::X])
    }

    /// The word and everything below it for which `keep` holds, in order of the text.
    pub(crate) fn below(&self, at: usize, keep: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut found = vec![at];
        let mut open = vec![at];
        while let Some(next) = open.pop() {
            for child in self.children(next).iter().copied().filter(|child| keep(*child)) {
                found.push(child);
                open.push(child);
            }
        }
        found.sort_unstable();
        found
    }

    /// The first part of "Saudi-Arabien".
    pub(crate) fn before_hyphen(&self, at: usize) -> bool {
        self.form(at + 1) == "-" && self.head(at) == Some(at + 2)
    }

    /// The members of a row: the word itself and what is coordinated with it.
    pub(crate) fn row(&self, at: usize) -> Vec<usize> {
        let mut row = vec![at];
        let mut next = 0;
        while let Some(member) = row.get(next).copied() {
            row.extend(self.by(member, &["conj"]));
            next += 1;
        }
        row
    }

    /// The tokens of a phrase that begins at a place; none where other words stand.
    pub(crate) fn phrase_at(&self, at: usize, phrase: &str) -> Option<Vec<usize>> {
        let same = |at: usize, word: &str| self.form(at) == word || self.lemma(at) == word;
        (at..).zip(phrase.split(' ')).map(|(at, word)| same(at, word).then_some(at)).collect()
    }
}

/// The lemma in small letters. An auxiliary whose form is not known as one ("bekam") has that of the full verb.
fn dictionary(lexicon: &Lexicon, token: &Token, form: &str) -> String {
    let mut told = small(&token.lemma);
    told.retain(|letter| !lexicon.words.optional_signs.contains(letter));
    if token.upos == Upos::Aux && told == form {
        told = small(&lagebild_grammar::lemma(&lexicon.code, form, Upos::Verb, &token.feats));
    }
    let words = &lexicon.words;
    // "призупинено" is of "призупинити", as "призупинений" is.
    let impersonal = words.impersonal_passive_endings.iter().any(|end| form.ends_with(end.as_str()));
    if token.upos == Upos::Verb && impersonal && told == form {
        let participle = form.strip_suffix('о').map(|stem| format!("{stem}ий"));
        return participle.and_then(|word| by_ending(lexicon, &word)).unwrap_or(told);
    }
    if let Some(noun) =
        words.morphemes.as_ref().and_then(|one| one.before_copula(form)).filter(|_| told == form)
    {
        return noun;
    }
    let verbal = matches!(token.upos, Upos::Verb | Upos::Aux) || token.feat("VerbForm").is_some();
    let Some(inflection) = words.inflection.as_ref().filter(|_| verbal) else { return told };
    let past = token.feat("Tense") == Some("Past") || token.feat("Aspect") == Some("Perf");
    let other = || token.feat("Tense") == Some("Fut") || token.feat("Mood").is_some();
    // A form that no table knows, or a stem with a part of its ending.
    let found = (told == form).then(|| inflection.lemma(form, past && !other(), &lexicon.verbs)).flatten();
    found.or_else(|| inflection.shorter(&told, &lexicon.verbs)).unwrap_or(told)
}

/// "переданий" → "передати", where the treebank knows participles as adjectives only.
pub(crate) fn by_ending(lexicon: &Lexicon, word: &str) -> Option<String> {
    let endings = &lexicon.words.participles;
    let fits =
        endings.iter().filter_map(|(end, verb)| Some((end.len(), word.strip_suffix(end.as_str())?, verb)));
    fits.max_by_key(|(length, ..)| *length).map(|(_, stem, verb)| format!("{stem}{verb}"))
}

fn small(word: &str) -> String {
    word.to_lowercase()
}

/// "Saudi-Arabien": parts that touch a hyphen and hang side by side are one name.
fn join_hyphens(tokens: &[Token], heads: &mut [Option<usize>]) {
    for at in 2..tokens.len() {
        let (Some(first), Some(hyphen), Some(last)) =
            (tokens.get(at - 2), tokens.get(at - 1), tokens.get(at))
        else {
            continue;
        };
        let touching = first.span.end() == hyphen.span.start() && hyphen.span.end() == last.span.start();
        let parts = [first, last].iter().all(|part| part.upos == Upos::Propn);
        if touching
            && parts
            && hyphen.upos == Upos::Punct
            && hyphen.span.len() == 1
            && heads.get(at - 2) == heads.get(at)
            && let Some(head) = heads.get_mut(at - 2)
        {
            *head = Some(at);
        }
    }
}

/// True where a word stands below another.
pub(crate) fn is_below(heads: &[Option<usize>], mut at: usize, top: usize) -> bool {
    // A way up is no longer than the sentence.
    for _ in 0..heads.len() {
        match heads.get(at).copied().flatten() {
            Some(head) if head == top => return true,
            Some(head) => at = head,
            None => return false,
        }
    }
    true
}

/// Cuts every circle at one of its words.
fn break_circles(heads: &mut [Option<usize>]) {
    // 0: not seen, otherwise the number of the walk that saw it.
    let mut seen = vec![0; heads.len()];
    for start in 0..heads.len() {
        let walk = start + 1;
        let mut at = start;
        while let Some(mark) = seen.get_mut(at).filter(|mark| **mark == 0) {
            *mark = walk;
            let Some(head) = heads.get(at).copied().flatten() else { break };
            if seen.get(head) == Some(&walk) {
                if let Some(cut) = heads.get_mut(at) {
                    *cut = None;
                }
                break;
            }
            at = head;
        }
    }
}

fn is_capitals(form: &str) -> bool {
    form.chars().nth(1).is_some() && form.chars().all(char::is_uppercase)
}
