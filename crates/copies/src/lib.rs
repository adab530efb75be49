//! Which of many texts are near-copies of one another: a wire report in forty papers, cut and with other titles.
//!
//! A text is known by its [`Print`]: the shingles of its sentences, rows of words that follow one another in one sentence.
//! [`groups`] is the entry. Sentences that a site prints below its different articles (its legal notice, its call to subscribe)
//! do not count. Time grows with the number of shingles only.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Words of a shingle: few enough that an edited sentence keeps some, enough that two reports of one event share few.
const WORDS: usize = 5;
/// A text of fewer shingles is no copy of anything: titles and calendars resemble one another.
const FEWEST: usize = 20;
/// Two texts are copies where the shorter one has so many of its shingles, in percent, in the longer one.
const SHARED: usize = 50;
/// A sentence that one site prints in so many articles that begin differently is the site's, not the article's.
const FREQUENT: usize = 3;
/// A shingle of more different stories than this tells nothing; it is what bounds the time for a shingle.
const STORIES: usize = 64;

/// What is compared of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Print {
    /// Who printed it; none where nobody knows: then no sentence of it is taken for the site's own.
    site: Option<String>,
    /// Its first sentence: articles of a site that begin alike are versions of one.
    first: u64,
    /// Its sentences: each with a hash of its own and those of its shingles.
    sentences: Vec<(u64, Vec<u64>)>,
}

impl Print {
    /// The print of an article by its paragraphs, the title left out.
    pub fn of<'t>(site: Option<&str>, paragraphs: impl IntoIterator<Item = &'t str>) -> Self {
        let ends = |c: char| matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '\n');
        let sentences: Vec<(u64, Vec<u64>)> =
            paragraphs.into_iter().flat_map(|text| text.split(ends)).filter_map(sentence).collect();
        Self {
            site: site.map(str::to_owned),
            first: sentences.first().map_or(0, |(hash, _)| *hash),
            sentences,
        }
    }
}

/// The hashes of a sentence; none for one without words.
fn sentence(text: &str) -> Option<(u64, Vec<u64>)> {
    let words = words(text);
    (!words.is_empty()).then(|| (hash(&words), words.windows(WORDS).map(hash).collect()))
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// The shingles of a stretch of text; of one that is shorter than a shingle, the whole.
pub fn shingles_of(text: &str) -> BTreeSet<u64> {
    let words = words(text);
    match words.len() {
        0 => BTreeSet::new(),
        1..WORDS => [hash(&words)].into(),
        _ => words.windows(WORDS).map(hash).collect(),
    }
}

/// Compared within one run only; the hasher has no keys of its own, so that runs agree.
fn hash(words: &[String]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

/// The texts in groups of copies, each by the places of its texts in order; a text without a copy is a group of its own. Groups stand
/// in the order of their first texts.
pub fn groups(prints: &[Print]) -> Vec<Vec<usize>> {
    let frequent = frequent(prints);
    let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut stories: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, print) in prints.iter().enumerate() {
        let shingles = shingles(print, &frequent);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for group in shingles.iter().filter_map(|shingle| stories.get(shingle)).flatten() {
            *shared.entry(*group).or_default() += 1;
        }
        let share = |(group, shared): (usize, usize)| {
            let shorter = groups.get(group).map_or(0, |(size, _)| *size).min(shingles.len());
            (shorter >= FEWEST && shared * 100 >= shorter * SHARED).then(|| (shared * 1_000 / shorter, group))
        };
        // Of two groups that fit as well, the first.
        let best =
            shared.into_iter().filter_map(share).max_by_key(|(share, group)| (*share, usize::MAX - group));
        if let Some((_, members)) = best.and_then(|(_, group)| groups.get_mut(group)) {
            members.push(at);
            continue;
        }
        for shingle in &shingles {
            let of = stories.entry(*shingle).or_default();
            if of.len() < STORIES {
                of.push(groups.len());
            }
        }
        groups.push((shingles.len(), vec![at]));
    }
    groups.into_iter().map(|(_, members)| members).collect()
}

/// Each shingle of a text once, without the sentences of its site.
fn shingles(print: &Print, frequent: &BTreeSet<(&str, u64)>) -> BTreeSet<u64> {
    let own = |hash: u64| print.site.as_deref().is_some_and(|site| frequent.contains(&(site, hash)));
    print
        .sentences
        .iter()
        .filter(|(hash, _)| !own(*hash))
        .flat_map(|(_, shingles)| shingles)
        .copied()
        .collect()
}

/// The sentences that a site prints in articles that begin differently.
fn frequent(prints: &[Print]) -> BTreeSet<(&str, u64)> {
    let mut begins: BTreeMap<(&str, u64), BTreeSet<u64>> = BTreeMap::new();
    for print in prints {
        let Some(site) = print.site.as_deref() else { continue };
        for (hash, _) in &print.sentences {
            let begins = begins.entry((site, *hash)).or_default();
            if begins.len() < FREQUENT {
                begins.insert(print.first);
            }
        }
    }
    begins.into_iter().filter(|(_, begins)| begins.len() >= FREQUENT).map(|(sentence, _)| sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: [&str; 4] = [
        "Der Frachter Orsola lief am Montag mit drei Kisten Ersatzteilen aus dem Hafen von Tarnow aus.",
        "Nach Angaben der Reederei war die Ladung für eine Werft im Süden des Landes bestimmt.",
        "Der Zoll hielt das Schiff am Abend vor der Küste an und nahm die Papiere mit.",
        "Ein Sprecher der Werft sagte am Dienstag, man habe von der Lieferung nichts gewusst.",
    ];
    const OTHER: [&str; 3] = [
        "Im Norden des Landes haben die Bauern in diesem Jahr so wenig Weizen geerntet wie lange nicht.",
        "Der Verband verlangt deshalb von der Regierung ein Ende der Ausfuhr bis zum kommenden Frühjahr.",
        "Die Ministerin will darüber in der nächsten Woche mit den Händlern der Region sprechen.",
    ];
    const LEGAL: &str = "Alle Rechte an diesem Text liegen beim Verlag, jede Verwendung ohne seine schriftliche Zustimmung ist nicht \
        erlaubt und wird in jedem einzelnen Fall auf dem Wege der Klage vor dem zuständigen Gericht verfolgt";

    fn print(site: Option<&str>, sentences: &[&str]) -> Print {
        Print::of(site, [sentences.join(" ").as_str()])
    }

    #[test]
    fn a_report_that_was_cut_and_edited_is_a_copy() {
        let edited = STORY[1].replace("Süden", "Westen");
        let texts = [
            print(None, &STORY),
            print(None, &OTHER),
            print(None, &[STORY[0], &edited, STORY[3]]),
            print(None, &[OTHER[0], OTHER[1]]),
        ];
        assert_eq!(groups(&texts), [vec![0, 2], vec![1, 3]]);
    }

    #[test]
    fn what_a_site_prints_everywhere_does_not_count() {
        let short = ["Kurz und gut: Heute war am Hafen von Tarnow nichts los.", LEGAL];
        let more = ["Am Markt von Tarnow wurden gestern Äpfel und Birnen verkauft.", LEGAL];
        let third = ["Die Fähre nach Ostheim fährt ab Mai wieder zweimal am Tag.", LEGAL];
        let texts = |site| [print(site, &short), print(site, &more), print(site, &third)];
        assert_eq!(groups(&texts(Some("tarnow.example"))).len(), 3);
        assert_eq!(groups(&texts(None)).len(), 1, "where no site is known, the words alone count");
    }

    #[test]
    fn versions_of_one_article_on_one_site_are_copies() {
        let site = Some("tarnow.example");
        let texts = [print(site, &STORY), print(site, &STORY[..3]), print(site, &STORY), print(site, &STORY)];
        assert_eq!(groups(&texts), [vec![0, 1, 2, 3]]);
    }

    #[test]
    fn titles_and_empty_texts_are_no_copies() {
        let texts = [print(None, &["Heute im Hafen."]), print(None, &["Heute im Hafen."]), print(None, &[])];
        assert_eq!(groups(&texts).len(), 3);
    }
}
