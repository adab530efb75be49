//! How far a transfer has come, by the words around its trigger.

use crate::clause::Link;
use crate::lexicon::Cue;
use crate::roles::Site;
use crate::words::{Kind, says_one_of};

/// The cue that counts for a trigger: the first row of the data that fits its clause or what governs it.
pub(crate) fn cue<'a>(site: &Site<'_, 'a>) -> Option<&'a Cue> {
    let clause = site.clause()?;
    let own = row(site, clause.words.clone());
    // "the allegation that Russia gave": no relative clause, though it begins like one.
    let said = clause.link == Link::Relative && names_no_participant(site);
    let governed = said || matches!(clause.link, Link::Subordinate | Link::Infinitive);
    let before = site.clause.checked_sub(1).and_then(|at| site.view.clauses.get(at));
    let outer = before.and_then(|before| {
        let modal = clause.link == Link::Coordinated && own.is_none();
        (governed || modal).then(|| row(site, before.words.clone())).flatten()
    });
    let outer = outer.filter(|row| governed || !is_negation_row(site, *row));
    let first = own.into_iter().chain(outer).min()?;
    site.view.setting.lexicon.data.cues.get(first)
}

/// True where a clause that begins like a relative one hangs on a noun that is neither a side nor goods.
fn names_no_participant(site: &Site) -> bool {
    let before = site.clause.checked_sub(1).and_then(|at| site.view.clauses.get(at));
    before.is_some_and(|before| {
        let last = before.phrases.iter().rposition(|phrase| phrase.words.end <= before.words.end);
        let good = last.is_some_and(|at| crate::item::item_at(site.view, before, at).is_some());
        let party = last.and_then(|at| before.phrases.get(at)).and_then(crate::clause::Phrase::party);
        last.is_some() && !good && party.is_none()
    })
}

fn is_negation_row(site: &Site, row: usize) -> bool {
    let cue = site.view.setting.lexicon.data.cues.get(row);
    cue.is_some_and(|cue| cue.certainty == Some(lagebild_statements::Certainty::CertainMinus))
}

fn row(site: &Site, range: std::ops::Range<usize>) -> Option<usize> {
    let lexicon = site.view.setting.lexicon;
    let words = site.view.words.get(range.clone()).unwrap_or_default();
    let stands = |row: &usize| {
        let with = lexicon.data.cues.get(*row).and_then(|cue| cue.with.as_ref());
        with.is_none_or(|with| says_one_of(words, with))
    };
    range
        .filter_map(|at| {
            let word = site.view.words.get(at)?;
            let counts = at != site.word || site.trigger.shape != crate::lexicon::Shape::Noun;
            // "in May" is no "may": inside a sentence a capital makes a name, but for languages that write nouns so.
            let named = word.capital && at > 0 && !lexicon.data.words.capital_nouns;
            let rows = lexicon.cue_words.get(&word.lower).filter(|_| !named)?;
            let row = rows.iter().copied().find(stands)?;
            (counts && negates_here(site, at)).then_some(row)
        })
        .min()
}

/// A negation counts unless it is "not only", and in a language of fixed order only before what it negates.
fn negates_here(site: &Site, at: usize) -> bool {
    let function = &site.view.setting.lexicon.data.words;
    let Some(word) = site.view.words.get(at) else { return false };
    if !function.negations.contains(&word.lower) {
        return true;
    }
    let next = site.view.words.get(at + 1);
    let excepted = next.is_some_and(|next| function.negation_exceptions.contains(&next.lower));
    let determines = word.kind == Kind::Determiner || function.free_order;
    let behind = at > site.word + if determines { 3 } else { 0 };
    !excepted && (function.free_order || !behind)
}
