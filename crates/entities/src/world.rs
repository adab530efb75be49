//! What the world is made of, as data: countries, media, organisations, places, public figures (`data/world/*.yaml`).

use crate::model::{EntityKind, Gender};
use lagebild_data::{DataError, embedded};
use lagebild_language::{Language, Languages, Lexicon};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Forms by language; `names` of other records hold in any language.
pub(crate) type ByLanguage = BTreeMap<String, Vec<String>>;

/// A country and the words that denote it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Country {
    /// ISO 3166-1 alpha-2 in lower case (`xk` for Kosovo).
    pub code: String,
    /// Its names, the usual one first.
    pub names: ByLanguage,
    /// Adjectives, and nouns for people that are written alike.
    #[serde(default)]
    pub adjectives: ByLanguage,
    /// Nouns for its people.
    #[serde(default)]
    pub people: ByLanguage,
    /// The seat of its government.
    #[serde(default)]
    pub capital: ByLanguage,
    /// The body whom the capital means where it acts and the text does not name the country: its name in `organisations.yaml`.
    pub seat_of: Option<String>,
    /// Names with another meaning as well.
    #[serde(default)]
    pub ambiguous: ByLanguage,
    /// Words of its own that may mean another country.
    pub shared: Option<Shared>,
}

/// Words that two countries share: "Congo".
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shared {
    /// The code of the other country.
    pub with: String,
    /// How the words begin, in small letters.
    pub words: Vec<String>,
}

/// A named body, outlet, place, person or the like.
///
/// A field that is none of these is a language with a list of forms: a wrong one is refused unless it looks like that.
#[derive(Debug, Default, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "the marks of a record as the data file writes them")]
pub(crate) struct Named {
    /// The usual name.
    pub name: String,
    /// Its kind; the file's own where it is not stated.
    pub kind: Option<NamedKind>,
    /// Country code of seat or nationality.
    pub country: Option<String>,
    /// A state body.
    #[serde(default)]
    pub state: bool,
    /// A news agency.
    #[serde(default)]
    pub agency: bool,
    /// The agency that "the <country> news agency" means.
    #[serde(default)]
    pub state_agency: bool,
    /// The state body that it is, in the terms of the lexicons.
    pub body: Option<String>,
    /// A person's gender.
    pub gender: Option<Gender>,
    /// Forms in any language.
    #[serde(default)]
    pub names: Vec<String>,
    /// Forms that need a cue beside them, in any language.
    #[serde(default)]
    pub cue_names: Vec<String>,
    /// True when all forms need a cue.
    #[serde(default)]
    pub cue: bool,
    /// Forms by language.
    #[serde(flatten)]
    pub by_language: ByLanguage,
}

impl Named {
    /// How texts in this language call it.
    pub(crate) fn usual_name(&self, language: &str) -> String {
        let own = self.by_language.get(language).into_iter().flatten();
        let international = self.names.contains(&self.name) || self.cue_names.contains(&self.name);
        let names = std::iter::once(&self.name).filter(|_| international).chain(&self.names);
        let form = own.filter(|form| form.chars().count() > 3).chain(names).next();
        form.unwrap_or(&self.name).replace('|', "")
    }

    /// All forms in any language as a dictionary has them.
    pub(crate) fn plain_names(&self) -> impl Iterator<Item = String> {
        let own = self.names.iter().chain(&self.cue_names).chain(self.by_language.values().flatten());
        let all = std::iter::once(&self.name).chain(own);
        all.filter(|form| !form.contains('~')).map(|form| form.replace('|', ""))
    }
}

/// What a named thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NamedKind {
    /// A body.
    Organisation,
    /// A word for a country's government: it denotes the country.
    Metonym,
    /// A meeting or the like.
    Event,
    /// A treaty or rule.
    Instrument,
    /// A town, region, port or crossing.
    Place,
    /// A person.
    Person,
    /// A ship.
    Vessel,
}

impl NamedKind {
    /// The kind of entity; a metonym is a country.
    pub(crate) fn kind(self) -> EntityKind {
        match self {
            Self::Organisation => EntityKind::Organisation,
            Self::Metonym => EntityKind::Country,
            Self::Event => EntityKind::Event,
            Self::Instrument => EntityKind::Instrument,
            Self::Place => EntityKind::Place,
            Self::Person => EntityKind::Person,
            Self::Vessel => EntityKind::Vessel,
        }
    }
}

/// One of the files of named things: what it holds when a record does not say.
pub(crate) struct Catalogue {
    /// Kind of records without one.
    pub kind: NamedKind,
    /// True for outlets and agencies.
    pub media: bool,
    /// Its records.
    pub named: Vec<Named>,
}

/// All of it.
#[derive(Default)]
pub(crate) struct World {
    /// Countries.
    pub countries: Vec<Country>,
    /// The files of named things.
    pub catalogues: Vec<Catalogue>,
    /// Languages that name most countries: names of other languages do not count in their texts.
    complete: BTreeSet<String>,
}

/// The world in one language: `data/lexicon/<language>/world.yaml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct WorldWords {
    /// By code.
    pub(crate) countries: BTreeMap<String, CountryWords>,
    /// Forms by the usual names of `data/world`.
    organisations: BTreeMap<String, Vec<String>>,
    media: BTreeMap<String, Vec<String>>,
    places: BTreeMap<String, Vec<String>>,
    /// Names of countries with another meaning as well, by code.
    ambiguous: BTreeMap<String, Vec<String>>,
    /// Outlets that only this language's press speaks of.
    new_media: Vec<Outlet>,
}

/// An outlet: its form, or its name with all of its forms.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Outlet {
    Form(String),
    Record { name: String, country: Option<String>, names: Vec<String> },
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CountryWords {
    pub(crate) names: Vec<String>,
    pub(crate) adjectives: Vec<String>,
    pub(crate) people: Vec<String>,
    pub(crate) capital: Vec<String>,
}

impl Lexicon for WorldWords {
    fn of(language: &Language) -> Result<Option<Self>, DataError> {
        language.read("world")
    }
}

/// A country's name in so many languages' lists shows that a language names the world.
const MOST_COUNTRIES: usize = 100;

impl World {
    /// Where a body of this name stands in the catalogues: file and row.
    pub(crate) fn row_of(&self, name: &str) -> Option<(usize, usize)> {
        let row = |catalogue: &Catalogue| catalogue.named.iter().position(|named| named.name == name);
        self.catalogues.iter().enumerate().find_map(|(file, catalogue)| Some((file, row(catalogue)?)))
    }

    /// The shipped data; empty should the embedded form not fit (found by the tests).
    pub(crate) fn shipped() -> &'static Self {
        static WORLD: LazyLock<World> = LazyLock::new(|| {
            let mut world = World::load().unwrap_or_default();
            for language in Languages::shipped().iter() {
                if let Some(words) = language.lexicon::<WorldWords>() {
                    world.add(language.code(), words);
                }
            }
            let mut named: BTreeMap<&String, usize> = BTreeMap::new();
            let languages = world.countries.iter().flat_map(|country| country.names.keys());
            languages.for_each(|language| *named.entry(language).or_default() += 1);
            let most = named.into_iter().filter(|(_, count)| *count >= MOST_COUNTRIES);
            world.complete = most.map(|(language, _)| language.clone()).collect();
            world
        });
        &WORLD
    }

    /// True when the language names most countries itself.
    pub(crate) fn is_complete(&self, language: &str) -> bool {
        self.complete.contains(language)
    }

    /// The forms of a named thing in a language; all of them for a language that has none of its own.
    pub(crate) fn forms<'n>(&self, named: &'n Named, language: &str) -> Vec<&'n String> {
        if self.is_complete(language) {
            named.by_language.get(language).into_iter().flatten().collect()
        } else {
            named.by_language.values().flatten().collect()
        }
    }

    /// Adds what a language calls things.
    fn add(&mut self, language: &str, words: &WorldWords) {
        let put = |forms: &mut ByLanguage, own: &[String]| {
            if !own.is_empty() {
                forms.entry(language.to_owned()).or_default().extend(own.iter().cloned());
            }
        };
        for country in &mut self.countries {
            let Some(own) = words.countries.get(&country.code) else { continue };
            put(&mut country.names, &own.names);
            put(&mut country.adjectives, &own.adjectives);
            put(&mut country.people, &own.people);
            put(&mut country.capital, &own.capital);
        }
        for country in &mut self.countries {
            put(
                &mut country.ambiguous,
                words.ambiguous.get(&country.code).map(Vec::as_slice).unwrap_or_default(),
            );
        }
        for catalogue in &mut self.catalogues {
            let own = match (catalogue.media, catalogue.kind) {
                (true, _) => &words.media,
                (_, NamedKind::Place) => &words.places,
                _ => &words.organisations,
            };
            for named in &mut catalogue.named {
                put(&mut named.by_language, own.get(&named.name).map(Vec::as_slice).unwrap_or_default());
            }
            if catalogue.media {
                let outlet = |outlet: &Outlet| {
                    let (name, country, names) = match outlet.clone() {
                        Outlet::Form(form) => (form.replace('|', ""), None, vec![form]),
                        Outlet::Record { name, country, names } => (name, country, names),
                    };
                    let by_language = ByLanguage::from([(language.to_owned(), names)]);
                    Named { name, country, by_language, ..Named::default() }
                };
                catalogue.named.extend(words.new_media.iter().map(outlet));
            }
        }
    }

    fn load() -> Result<Self, DataError> {
        let catalogue =
            |file, json, kind, media| embedded(file, json).map(|named| Catalogue { kind, media, named });
        Ok(Self {
            countries: embedded(
                "world/countries",
                include_str!(concat!(env!("OUT_DIR"), "/countries.json")),
            )?,
            catalogues: vec![
                catalogue(
                    "world/media",
                    include_str!(concat!(env!("OUT_DIR"), "/media.json")),
                    NamedKind::Organisation,
                    true,
                )?,
                catalogue(
                    "world/organisations",
                    include_str!(concat!(env!("OUT_DIR"), "/organisations.json")),
                    NamedKind::Organisation,
                    false,
                )?,
                catalogue(
                    "world/places",
                    include_str!(concat!(env!("OUT_DIR"), "/places.json")),
                    NamedKind::Place,
                    false,
                )?,
                catalogue(
                    "world/figures",
                    include_str!(concat!(env!("OUT_DIR"), "/figures.json")),
                    NamedKind::Person,
                    false,
                )?,
            ],
            complete: BTreeSet::new(),
        })
    }

    /// A named thing by its catalogue and place in it.
    pub(crate) fn named(&self, at: (usize, usize)) -> Option<(&Catalogue, &Named)> {
        let catalogue = self.catalogues.get(at.0)?;
        Some((catalogue, catalogue.named.get(at.1)?))
    }

    /// Records of named things with their place.
    pub(crate) fn all_named(&self) -> impl Iterator<Item = ((usize, usize), &Catalogue, &Named)> {
        self.catalogues.iter().enumerate().flat_map(|(file, catalogue)| {
            catalogue.named.iter().enumerate().map(move |(row, named)| ((file, row), catalogue, named))
        })
    }
}

impl Country {
    /// Whether a list calls it so: by its code, one of its English names, or a longer form of it ("Syrian Arab Republic").
    pub(crate) fn is_called(&self, stated: &str) -> bool {
        let longer = |name: &str| {
            let rest = stated.strip_prefix(name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',', 'n']))
        };
        let english = self.names.get("en").into_iter().flatten();
        self.code.eq_ignore_ascii_case(stated)
            || english.map(|name| name.replace('|', "")).any(|name| longer(&name))
    }

    /// Whether this is one of its names in any language, in its usual form.
    pub(crate) fn is_written(&self, words: &str) -> bool {
        self.names.values().flatten().any(|name| name.replace('|', "") == words)
    }

    /// Its usual name in a language, in English where there is none.
    pub(crate) fn name(&self, language: &str) -> String {
        let name = self.names.get(language).or_else(|| self.names.get("en")).and_then(|names| names.first());
        name.unwrap_or(&self.code).replace('|', "")
    }
}
