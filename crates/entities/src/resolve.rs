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
use lagebild_document::Document;
use lagebild_grammar::Analysis;
use lagebild_watchlist::Watchlist;

/// The things that a document names, and where.
///
/// Known names come first (bodies, countries, media, places, figures), then listed parties, then names by their
/// surroundings; what is named in full once may be named in short after that. Unsure names are left out.
pub fn resolve(document: &Document, analysis: &Analysis, watchlist: &Watchlist) -> Entities {
    let language = document.language.as_deref();
    let Some(lexicon) = Lexicon::of(language) else { return Entities::default() };
    let words = Words::new(&document.text, analysis).with_roles(&lexicon.roles);
    let mut things = Things::default();
    let finder = Finder::new(&words, lexicon, language.unwrap_or("en"), &analysis.names);
    finder.find(&mut things);
    let organisations = Organisations { words: &words, lexicon };
    organisations.find(&mut things);
    finder.countries(&mut things);
    let listed =
        Listed { document, words: &words, lexicon, finder: &finder, names: &analysis.names, watchlist };
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
