//! What limits a reading: lists of another time than the article, a language for which words are missing.

use crate::model::{DataStamp, Stamp};
use jiff::civil::Date;
use lagebild_language::Language;
use lagebild_watchlist::store::stale_days;

/// What a reader must know of the reading as a whole, in words.
pub(crate) fn limits(stamp: &Stamp, language: Option<&Language>) -> Vec<String> {
    let lists = stamp.watchlist.members();
    let day = stamp.as_of;
    let some = |of: &dyn Fn(&DataStamp, Date) -> bool| -> Vec<String> {
        let dated = lists.iter().filter(|list| list.day().is_some_and(|date| of(list, date)));
        dated.map(DataStamp::in_words).collect()
    };
    let younger = some(&|_, date| date > day);
    let stale = some(&|list, date| (day - date).get_days() > i32::from(stale_days(&list.name)));
    let undated: Vec<String> =
        lists.iter().filter(|list| list.day().is_none()).map(|list| list.name.clone()).collect();
    let say =
        |lists: &[String], words: &str| (!lists.is_empty()).then(|| format!("{}: {words}", lists.join(", ")));
    [
        say(
            &younger,
            &format!("younger than the day that counts ({day}): who was listed since shows as listed"),
        ),
        say(&stale, &format!("stale on the day that counts ({day}): who was listed since is missing")),
        say(&undated, "the day of the list is not known"),
        missing_words(language),
    ]
    .into_iter()
    .flatten()
    .chain(
        language
            .into_iter()
            .flat_map(Language::problems)
            .map(|problem| format!("words are missing: {problem}")),
    )
    .collect()
}

/// Says which findings a language cannot have.
fn missing_words(language: Option<&Language>) -> Option<String> {
    let Some(language) = language else {
        return Some(
            "the language was not found: who says what, transfers and events are not read (give --language)"
                .into(),
        );
    };
    let missing = match (lagebild_statements::reads(language), lagebild_transfers::reads(language)) {
        (true, true) => return None,
        (false, true) => "who says what is not read",
        (true, false) => "transfers are not read",
        (false, false) => "who says what, transfers and events are not read, names only",
    };
    Some(format!("the language {}: {missing}; what is missing below was not looked for", language.code()))
}

impl DataStamp {
    /// The lists that a watchlist is made of; itself where it is one list.
    pub fn members(&self) -> &[DataStamp] {
        if self.lists.is_empty() { std::slice::from_ref(self) } else { &self.lists }
    }

    /// The day that it states.
    fn day(&self) -> Option<Date> {
        self.date.as_deref()?.parse().ok()
    }

    /// Its name and day: `un-sc of 2024-05-07`.
    pub fn in_words(&self) -> String {
        match self.date.as_deref().filter(|date| !date.is_empty()) {
            Some(date) => format!("{} of {date}", self.name),
            None => format!("{} of an unknown day", self.name),
        }
    }

    /// A watchlist with each of its lists and their days.
    pub fn lists_in_words(&self) -> String {
        let lists: Vec<String> = self.members().iter().map(DataStamp::in_words).collect();
        // Stored lists together are called after their members.
        let members: Vec<&str> = self.lists.iter().map(|list| list.name.as_str()).collect();
        let own_name = !self.lists.is_empty() && self.name != members.join("+");
        let name = if own_name { format!("{}: ", self.name) } else { String::new() };
        format!("{name}{}", lists.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;
    use lagebild_language::of;

    fn stamp(lists: &[(&str, &str)], as_of: &str) -> Stamp {
        let one = |(name, date): &(&str, &str)| DataStamp {
            name: (*name).into(),
            date: Some((*date).into()),
            hash: String::new(),
            lists: Vec::new(),
        };
        let names: Vec<&str> = lists.iter().map(|(name, _)| *name).collect();
        let watchlist = DataStamp {
            lists: lists.iter().map(one).collect(),
            ..one(&(names.join("+").as_str(), "2026-01-01"))
        };
        Stamp { watchlist, ..Stamp::of(Knowledge::built_in(), None, as_of.parse().unwrap()) }
    }

    #[test]
    fn each_list_is_held_against_the_day_that_counts() {
        let limits = |day: &str| {
            limits(
                &stamp(&[("un-sc", "2024-05-07"), ("ofac-consolidated", "2024-03-01")], day),
                Some(&of("de")),
            )
        };
        assert_eq!(limits("2024-05-10"), Vec::<String>::new());
        let early = limits("2024-04-01");
        assert!(
            early.len() == 1 && early[0].starts_with("un-sc of 2024-05-07: younger than the day"),
            "{early:?}"
        );
        let late = limits("2024-05-30");
        assert!(
            late.len() == 1 && late[0].starts_with("un-sc of 2024-05-07: stale"),
            "90 days for the other: {late:?}"
        );
        assert_eq!(limits("2020-01-01").len(), 1, "both in one line");
    }

    #[test]
    fn a_list_without_a_day_and_a_language_without_words_are_said() {
        let undated = limits(&stamp(&[("own", "")], "2024-05-07"), Some(&of("de")));
        assert_eq!(undated, ["own: the day of the list is not known"]);
        let told = |code: Option<&str>| {
            limits(&stamp(&[("un-sc", "2024-05-07")], "2024-05-07"), code.map(of).as_ref())
        };
        assert!(told(Some("pt"))[0].contains("names only") && told(Some("fr")).is_empty());
        assert!(told(None)[0].contains("--language") && told(Some("de-AT")).is_empty());
    }

    #[test]
    fn lists_are_named_with_their_days() {
        let words = stamp(&[("un-sc", "2024-05-07"), ("own", "")], "2024-05-07").watchlist.lists_in_words();
        assert_eq!(words, "un-sc of 2024-05-07, own of an unknown day");
        let starter =
            Stamp::of(Knowledge::built_in(), None, "2024-05-07".parse().unwrap()).watchlist.lists_in_words();
        assert!(starter.starts_with("starter: ofac-sdn of 20"), "{starter}");
    }
}
