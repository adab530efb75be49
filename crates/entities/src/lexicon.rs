//! The words by which a language shows what a name is: `data/lexicon/<language>/entities.yaml`.

use crate::form::Endings;
use crate::form_index::FormIndex;
use crate::gazetteer::Gazetteer;
use crate::words::bare;
use crate::world::{World, WorldWords};
use lagebild_data::DataError;
use lagebild_language::{Language, Languages};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// A kind of state body and the nouns for it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Body {
    #[serde(rename = "body")]
    pub(crate) kind: String,
    pub(crate) denotes: Denotes,
    /// The country, where the noun alone tells it.
    pub(crate) country: Option<String>,
    /// True for a noun that may take up any body of its kind ("the ministry").
    #[serde(default)]
    pub(crate) generic: bool,
    nouns: Vec<String>,
}

/// What the name of a body stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Denotes {
    Country,
    Organisation,
    Media,
}

/// Words by gender; `any` tells none.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ByGender {
    male: Vec<String>,
    female: Vec<String>,
    any: Vec<String>,
}

/// The file; a list that is missing is empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    endings: Endings,
    articles: Vec<String>,
    definite: Vec<String>,
    place_prepositions: Vec<String>,
    body_links: Vec<String>,
    bodies: Vec<Body>,
    body_adjectives: Vec<String>,
    roles: ByGender,
    unique_roles: Vec<String>,
    leader_roles: Vec<String>,
    topic_roles: Vec<String>,
    topic_links: Vec<String>,
    role_adjectives: Vec<String>,
    honorifics: Vec<String>,
    particles: Vec<String>,
    not_names: Vec<String>,
    media_before: Vec<String>,
    media_after: Vec<String>,
    said: Vec<String>,
    credit_cues: Vec<String>,
    credit_by: Vec<String>,
    credit_links: Vec<String>,
    organisation_heads: Vec<String>,
    organisation_cues: Vec<String>,
    outlet_cues: Vec<String>,
    name_openers: Vec<String>,
    name_links: Vec<String>,
    company_forms: Vec<String>,
    instruments: Vec<String>,
    vessels: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenNames {
    male: Vec<String>,
    female: Vec<String>,
    surname_first: Vec<String>,
}

/// A language's words, ready for matching.
pub(crate) struct Lexicon {
    pub(crate) gazetteer: Gazetteer,
    pub(crate) endings: Endings,
    /// Nouns for state bodies, each with its place in `kinds_of_body`.
    pub(crate) bodies: FormIndex<usize>,
    pub(crate) kinds_of_body: Vec<Body>,
    pub(crate) body_adjectives: FormIndex<()>,
    pub(crate) roles: FormIndex<()>,
    pub(crate) unique_roles: FormIndex<()>,
    pub(crate) leader_roles: FormIndex<()>,
    pub(crate) topic_roles: FormIndex<()>,
    pub(crate) topic_links: BTreeSet<String>,
    pub(crate) role_adjectives: FormIndex<()>,
    pub(crate) articles: BTreeSet<String>,
    pub(crate) instruments: FormIndex<()>,
    pub(crate) definite: BTreeSet<String>,
    pub(crate) place_prepositions: BTreeSet<String>,
    pub(crate) body_links: BTreeSet<String>,
    pub(crate) particles: BTreeSet<String>,
    pub(crate) not_names: BTreeSet<String>,
    pub(crate) media_cues: BTreeSet<String>,
    pub(crate) said: BTreeSet<String>,
    /// Words for a picture or a text, before the name of who made it.
    pub(crate) credit_cues: BTreeSet<String>,
    /// Words between the two ("by").
    pub(crate) credit_by: BTreeSet<String>,
    /// Words between a name and the outlet that it works for.
    pub(crate) credit_links: BTreeSet<String>,
    pub(crate) organisation_heads: BTreeSet<String>,
    pub(crate) organisation_cues: BTreeSet<String>,
    /// Nouns after which an outlet's name stands.
    pub(crate) outlet_cues: BTreeSet<String>,
    /// Nouns that a body's name begins with, in languages that set them first.
    pub(crate) name_openers: BTreeSet<String>,
    /// Small words within such a name.
    pub(crate) name_links: BTreeSet<String>,
    pub(crate) company_forms: BTreeSet<String>,
    pub(crate) vessels: BTreeSet<String>,
    pub(crate) surname_first: BTreeSet<String>,
    pub(crate) given: BTreeMap<String, crate::model::Gender>,
}

impl lagebild_language::Lexicon for Lexicon {
    fn of(language: &Language) -> Result<Option<Self>, DataError> {
        let Some(file) = language.read("entities")? else { return Ok(None) };
        let mut lexicon = Self::new(language.code(), file)?;
        let ships = Languages::shipped().get(language.code()).is_some();
        if let Some(own) = language.lexicon::<WorldWords>().filter(|_| !ships) {
            lexicon.gazetteer.add_own(World::shipped(), own);
        }
        Ok(Some(lexicon))
    }
}

impl Lexicon {
    fn new(language: &str, file: File) -> Result<Self, DataError> {
        let endings = file.endings.folded();
        let given = include_str!(concat!(env!("OUT_DIR"), "/given_names.json"));
        let given: GivenNames = lagebild_data::embedded("given_names.yaml", given)?;
        let forms = |list: &[String]| FormIndex::of(&endings, list.iter().map(|form| (form, ())));
        let nouns = |(at, body): (usize, &Body)| body.nouns.clone().into_iter().map(move |noun| (noun, at));
        let set = |list: &[String]| list.iter().map(|word| bare(word)).collect::<BTreeSet<_>>();
        let exact = |list: &[String]| list.iter().cloned().collect::<BTreeSet<_>>();
        let roles = [&file.roles.male, &file.roles.female, &file.roles.any];
        Ok(Self {
            gazetteer: Gazetteer::new(World::shipped(), language, endings.clone()),
            bodies: FormIndex::of(&endings, file.bodies.iter().enumerate().flat_map(nouns)),
            body_adjectives: forms(&file.body_adjectives),
            roles: FormIndex::of(&endings, roles.into_iter().flatten().map(|form| (form, ()))),
            unique_roles: forms(&file.unique_roles),
            leader_roles: forms(&file.leader_roles),
            topic_roles: forms(&file.topic_roles),
            topic_links: set(&file.topic_links),
            role_adjectives: forms(&file.role_adjectives),
            articles: set(&file.articles),
            instruments: FormIndex::of(
                &endings,
                file.instruments.iter().map(|form| (form.trim_end_matches("{n}"), ())),
            ),
            definite: set(&file.definite),
            place_prepositions: set(&file.place_prepositions),
            body_links: set(&file.body_links),
            particles: set(&file.particles),
            not_names: exact(&file.not_names).union(&exact(&file.honorifics)).cloned().collect(),
            media_cues: set(&file.media_before).union(&set(&file.media_after)).cloned().collect(),
            said: set(&file.said),
            credit_cues: set(&file.credit_cues),
            credit_by: set(&file.credit_by),
            credit_links: set(&file.credit_links),
            organisation_heads: exact(&file.organisation_heads),
            organisation_cues: set(&file.organisation_cues),
            outlet_cues: set(&file.outlet_cues),
            name_openers: exact(&file.name_openers),
            name_links: set(&file.name_links),
            company_forms: exact(&file.company_forms),
            vessels: set(&file.vessels),
            surname_first: set(&given.surname_first),
            given: given
                .male
                .iter()
                .map(|name| (bare(name), crate::model::Gender::Male))
                .chain(given.female.iter().map(|name| (bare(name), crate::model::Gender::Female)))
                .collect(),
            kinds_of_body: file.bodies,
            endings,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_is_known() {
        let world = World::shipped();
        assert!(!world.countries.is_empty() && world.all_named().count() > 300);
        for country in &world.countries {
            let seated = country.seat_of.as_deref();
            assert!(seated.is_none_or(|name| world.row_of(name).is_some()), "{seated:?}");
        }
    }

    #[test]
    fn a_wrong_entry_is_named_with_file_line_and_field() {
        let text = std::fs::read_to_string("../../data/lexicon/de/entities.yaml").unwrap();
        let wrong = text.replacen("denotes: organisation", "denotes: body", 1);
        let error = lagebild_data::parse::<File>("entities.yaml", &wrong).unwrap_err();
        assert_eq!(error.field, "bodies[0].denotes", "{error}");
        assert!(error.line > 10);
    }
}
