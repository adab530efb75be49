//! The stage's entry: from a document with its grammar to the things that it names.

use crate::known::Finder;
use crate::lexicon::Lexicon;
use crate::listed::{self, Listed};
use crate::model::Entities;
use crate::organisations::Organisations;
use crate::people::People;
use crate::things::Things;
use crate::words::Words;
use crate::{identifiers, roles, short};
use lagebild_language::Language;
use lagebild_page::Page;
use lagebild_watchlist::Watchlist;

/// Whose words serve for names in a language that has none: international names are written as in English everywhere.
const FALLBACK: &str = "en";

/// The things that a document names, and where.
///
/// Known names come first (bodies, countries, media, places, figures), then listed parties, then names by their
/// surroundings; what is named in full once may be named in short after that. Unsure names are left out.
pub fn resolve(page: &Page, watchlist: &Watchlist) -> Entities {
    let fallback = page.languages.of(FALLBACK);
    let Some(lexicon) = page.lexicon::<Lexicon>().or_else(|| fallback.lexicon()) else {
        return Entities::default();
    };
    let (document, analysis) = (page.document, &page.analysis);
    let language = page.language.as_ref().map_or(FALLBACK, Language::code);
    let words = Words::new(&page.words, analysis).with_roles(&lexicon.roles);
    let mut things = Things::default();
    let finder = Finder::new(&words, lexicon, language, &analysis.names);
    finder.find(&mut things);
    let organisations = Organisations { words: &words, lexicon, sentences: &analysis.sentences };
    organisations.find(&mut things);
    finder.countries(&mut things);
    let listed = Listed {
        document,
        credits: listed::credits(document),
        words: &words,
        lexicon,
        finder: &finder,
        names: &analysis.names,
        watchlist,
    };
    let spotted = listed.spotted();
    for spotted in spotted.iter().filter(|spotted| !spotted.partial) {
        listed.thing(spotted, &mut things);
    }
    People { words: &words, lexicon, names: &analysis.names }.find(&mut things);
    roles::assign(&words, lexicon, &finder, &mut things);
    short::find(&words, lexicon, &mut things);
    for spotted in spotted.iter().filter(|spotted| spotted.partial) {
        listed::named_again(spotted, &mut things);
    }
    organisations.labelled(&analysis.names, &mut things);
    roles::describe(&words, lexicon, &finder, &mut things);
    for spotted in &spotted {
        listed.matched(spotted, &mut things);
    }
    listed.known(&mut things);
    identifiers::decide(&listed, &mut things);
    things.finish(&document.text)
}
