//! Runs `listed.md`: listed parties in sentences, each compared by the whole name that the text gives.

use lagebild_document::Document;
use lagebild_entities::resolve;
use lagebild_grammar::Encoder;
use lagebild_language::Languages;
use lagebild_page::Page;
use lagebild_passages::{Passage, Suite, compare};
use lagebild_watchlist::{Party, PartyName, Watchlist};
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    finds: Vec<String>,
}

fn party(id: &str, schema: &str, names: &[&str], properties: &[(&str, &str)]) -> Party {
    let mut party = Party { id: format!("t:{id}"), schema: schema.into(), ..Party::default() };
    for name in names {
        party.add_name(PartyName { full: (*name).into(), ..PartyName::default() });
    }
    for (property, value) in properties {
        party.add(property, value);
    }
    party
}

/// Invented parties, and bodies whose names the world data have.
fn watchlist() -> Watchlist {
    Watchlist::new(
        "test",
        "2024-01-01",
        &[
            party("1", "Organization", &["NORDLICHT MARITIME SERVICES LTD"], &[]),
            party("2", "Organization", &["OOO SEVERPRIBOR", "ООО «Северприбор»"], &[]),
            party("3", "Organization", &["MINERA ALTAGRACIA S.A."], &[]),
            party("4", "Organization", &["National Iranian Oil Company", "NIOC"], &[("country", "Iran")]),
            party("5", "Organization", &["Gazprom PJSC"], &[]),
            party("6", "Organization", &["Gazprom Neft"], &[]),
            party("7", "Organization", &["Commercial Bank of Syria", "CBS"], &[("country", "Syria")]),
            party("8", "Person", &["Tin Myo"], &[("passportNumber", "K7654321")]),
            party("9", "Vessel", &["BLUE"], &[("imoNumber", "IMO 9000001")]),
            party("10", "Person", &["Salim Haddad al-Qadi", "سليم حداد القاضي"], &[("nationality", "Syria")]),
            party("11", "Person", &["Igor Stepanov", "Игорь Степанов"], &[("nationality", "Russia")]),
            party("12", "Organization", &["ES Co"], &[]),
            party("13", "Organization", &["Prospettive SRL"], &[]),
            party("15", "Organization", &["조선은하무역회사"], &[]),
            party("16", "Person", &["박은산"], &[]),
            party("17", "Organization", &["星河远科技有限公司"], &[]),
            party("18", "Organization", &["VELARIA"], &[]),
            party("19", "Organization", &["ОБЪЕДИНЕННАЯ ПРИБОРНАЯ КОРПОРАЦИЯ"], &[]),
            party("20", "Person", &["Montero, Nicolas"], &[("nationality", "Venezuela")]),
            party("21", "Organization", &["Wagner Group"], &[("country", "Russia")]),
            party("22", "Organization", &["Revolutionsgarden"], &[("country", "Iran")]),
            party("23", "Organization", &["حزب النور الوطني", "光明党"], &[("country", "Lebanon")]),
            party("14", "Person", &["Ivan Maktaba", "Иван Мактаба"], &[("nationality", "Russia")]),
        ],
    )
}

#[test]
fn listed_names_go_by_all_their_words() {
    let watchlist = watchlist();
    let mut suite = Suite::default();
    suite.check("tests/listed.md", |passage: &Passage<Expected>| {
        let (text, language) = (passage.text.clone(), Some(passage.language().to_owned()));
        let document = Document { text, language, ..Document::default() };
        let found = resolve(&Page::new(&document, Languages::shipped(), Encoder::shipped().ok()), &watchlist);
        let listed = found.mentions.iter().filter_map(|mention| {
            let matched = found.get(mention.entity)?.matches.first()?;
            Some(format!("{} = {}", mention.span.of(&document.text), matched.party))
        });
        compare(&passage.expected.finds, &listed.collect::<Vec<_>>())
    });
    suite.finish();
}
