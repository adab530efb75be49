//! What persons are: the words of a role beside a name, the country that they tell, and descriptions that stand for
//! a person ("des nordkoreanischen Machthabers").

use crate::form_index::FormIndex;
use crate::gazetteer::{Denotes, Target};
use crate::known::Finder;
use crate::lexicon::Lexicon;
use crate::model::{EntityKind, Form};
use crate::things::Things;
use crate::words::{Gap, Words};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How many words a role in front of a name, or behind it, may have.
const REACH: usize = 12;

/// Gives persons the role and country that the words around their full names tell.
pub(crate) fn assign(words: &Words, lexicon: &Lexicon, finder: &Finder, things: &mut Things) {
    let mentions: Vec<_> = things.mentioned(EntityKind::Person).collect();
    for (person, span) in mentions {
        let (from, to) = words.range(span);
        let found = before(words, lexicon, from)
            .or_else(|| ahead(words, lexicon, from))
            .or_else(|| after(words, lexicon, to));
        let Some((start, end)) = found else { continue };
        let country = country_of(words, lexicon, finder, start, end, from);
        if let Some(thing) = things.get_mut(person) {
            thing.role = thing.role.or_else(|| Some(words.span(start, end)));
            thing.country = thing.country.take().or(country);
        }
    }
}

/// "Kremlsprecher Dmitri Peskow", "Deputy Foreign Minister Sergei Ryabkov".
fn before(words: &Words, lexicon: &Lexicon, from: usize) -> Option<(usize, usize)> {
    if words.get(from)?.gap != Gap::Space {
        return None;
    }
    let role = (1..=3)
        .rev()
        .filter_map(|back| from.checked_sub(back))
        .find(|at| words.role_len(*at) == Some(from - *at))?;
    let mut start = role;
    while start > 0
        && role - start < 3
        && words.get(start).is_some_and(|word| word.gap == Gap::Space)
        && lexicon.role_adjectives.longest(&words.list, start - 1).is_some()
    {
        start -= 1;
    }
    Some((start, from))
}

/// ", Experte für Landkriegsführung am …,", ", the department's spokesman,".
fn after(words: &Words, lexicon: &Lexicon, to: usize) -> Option<(usize, usize)> {
    if words.get(to)?.gap != Gap::Comma {
        return None;
    }
    let mut end = to + 1;
    while end - to < REACH
        && words
            .get(end)
            .is_some_and(|word| matches!(word.gap, Gap::Space | Gap::Hyphen) || word.gap.is_apostrophe())
    {
        end += 1;
    }
    let role = (to..end.min(to + 8)).find(|at| words.role_len(*at).is_some())?;
    let elsewhere = |word: &crate::words::Word| {
        lexicon.said.contains(word.bare) || lexicon.place_prepositions.contains(word.bare)
    };
    let verb = words.list.get(to..role)?.iter().any(elsewhere);
    let start =
        if words.get(to).is_some_and(|word| lexicon.articles.contains(word.bare)) { to + 1 } else { to };
    let said = (role..end).find(|at| words.get(*at).is_some_and(|word| lexicon.said.contains(word.bare)));
    (!verb).then_some((start, said.unwrap_or(end)))
}

/// "der Sprecher des US-Außenministeriums, Matthew Miller,".
fn ahead(words: &Words, lexicon: &Lexicon, from: usize) -> Option<(usize, usize)> {
    if words.get(from)?.gap != Gap::Comma {
        return None;
    }
    let mut start = from;
    while start > 0 && from - start < REACH {
        start -= 1;
        if words.role_len(start).is_some() {
            return Some((start, from));
        }
        if !words.get(start)?.gap.joins() || lexicon.said.contains(words.get(start)?.bare) {
            return None;
        }
    }
    None
}

/// The country of a role: named in it ("Sprecher des US-Außenministeriums") or in front ("der russische Präsident").
/// What an expert is an expert of is not where he is from ("Nordkorea-Experte").
fn country_of(
    words: &Words,
    lexicon: &Lexicon,
    finder: &Finder,
    start: usize,
    end: usize,
    name: usize,
) -> Option<String> {
    let glued = |at: usize| words.get(at).is_some_and(|word| word.gap == Gap::Hyphen);
    let topic = |at: usize| words.before(at).is_some_and(|word| lexicon.topic_links.contains(word.bare));
    let is_topic_role = (start..end).any(|at| lexicon.topic_roles.longest(&words.list, at).is_some());
    let inside = finder.hits_within(start, end).iter().rev().find(|hit| {
        let country_name = matches!(hit.target, Target::Country(_, Denotes::Name));
        !(glued(hit.to) || country_name && topic(hit.from))
    });
    let possessive = words.before(start).is_some_and(|word| word.bare == "s" && word.gap == Gap::Apostrophe);
    let front = start.checked_sub(usize::from(possessive)).and_then(|end| finder.hit_to(end)).filter(|hit| {
        let spaced = words.get(start).is_some_and(|word| word.gap == Gap::Space);
        let noun = matches!(hit.target, Target::Country(_, Denotes::Name));
        spaced && !(is_topic_role && noun && !possessive) || glued(start) && name == end && !is_topic_role
    });
    let compound = || finder.state_prefix(words.get(start)?.bare);
    inside.or(front).and_then(|hit| hit.country(finder.world)).map(str::to_owned).or_else(compound)
}

/// "des nordkoreanischen Machthabers": the one person of that country whom the text names so, or the leader.
pub(crate) fn describe(words: &Words, lexicon: &Lexicon, finder: &Finder, things: &mut Things) {
    let mut bearers = Bearers::new(things);
    for hit in &finder.hits {
        let Some(code) = hit.country(finder.world) else { continue };
        let fit = |forms: &FormIndex<()>| forms.longest(&words.list, hit.to);
        let joined = words.get(hit.to).is_some_and(|word| word.gap.joins());
        let Some(len) = fit(&lexicon.unique_roles).filter(|_| joined) else { continue };
        let end = hit.to + len;
        let named = words
            .get(end)
            .is_some_and(|word| word.capital() && word.gap == Gap::Space && things.covers(word.span));
        let genitive = words
            .get(end)
            .is_some_and(|word| (word.gap == Gap::Hyphen || word.gap.is_apostrophe()) && word.bare != "s");
        if named || genitive {
            continue;
        }
        let leader = fit(&lexicon.leader_roles).is_some();
        if let Some(person) = bearers.bearer(words, code, (hit.to, end), leader, things)
            && things.mention(person, words.span(hit.from, end), Form::Description)
        {
            bearers.named(person, things);
        }
    }
}

/// Persons by country and role: gathered once, for a text may describe thousands.
struct Bearers {
    of_country: BTreeMap<String, Vec<usize>>,
    /// How often each person is named.
    count: BTreeMap<usize, usize>,
    /// Persons without a role by country, the one named most last; of two named as often the first one.
    roleless: BTreeMap<String, BTreeSet<(usize, Reverse<usize>)>>,
    /// The one person of a country with a role word, where there is just one.
    known: BTreeMap<(String, String), Option<usize>>,
}

impl Bearers {
    fn new(things: &Things) -> Self {
        let mut count: BTreeMap<usize, usize> = BTreeMap::new();
        for (person, _) in things.mentioned(EntityKind::Person) {
            *count.entry(person).or_default() += 1;
        }
        let mut found =
            Self { of_country: BTreeMap::new(), count, roleless: BTreeMap::new(), known: BTreeMap::new() };
        for (at, person) in things.all().filter(|(_, thing)| thing.kind == EntityKind::Person) {
            let Some(code) = person.country.clone() else { continue };
            if person.role.is_none() {
                let often = found.count.get(&at).copied().unwrap_or_default();
                found.roleless.entry(code.clone()).or_default().insert((often, Reverse(at)));
            }
            found.of_country.entry(code).or_default().push(at);
        }
        found
    }

    /// Who bears the role: the one person of the country with this role word, else, for leaders, the one named most.
    fn bearer(
        &mut self,
        words: &Words,
        code: &str,
        role: (usize, usize),
        leader: bool,
        things: &Things,
    ) -> Option<usize> {
        let stem: String = words.get(role.1.checked_sub(1)?)?.bare.chars().take(7).collect();
        let of_country = self.of_country.get(code).map(Vec::as_slice).unwrap_or_default();
        let with_role = *self.known.entry((code.to_owned(), stem)).or_insert_with_key(|(_, stem)| {
            let mut with_role = of_country.iter().copied().filter(|at| {
                let span = things.get(*at).and_then(|thing| thing.role);
                span.is_some_and(|span| crate::words::bare(span.of(words.text)).contains(stem))
            });
            with_role.next().filter(|_| with_role.next().is_none())
        });
        let most = || self.roleless.get(code)?.last().map(|(_, Reverse(at))| *at);
        with_role.or_else(|| leader.then(most).flatten())
    }

    /// Counts a mention.
    fn named(&mut self, person: usize, things: &Things) {
        let count = self.count.entry(person).or_default();
        *count += 1;
        let code = things.get(person).and_then(|thing| thing.country.as_deref());
        let roleless = code.and_then(|code| self.roleless.get_mut(code));
        if let Some(roleless) = roleless
            && roleless.remove(&(*count - 1, Reverse(person)))
        {
            roleless.insert((*count, Reverse(person)));
        }
    }
}
