//! What is worked through: which items, in the address of every page.

use crate::pages::words::Tongue;
use lagebild_desk::{Filter, Item, ItemKind, ItemRef, State, Store};

pub(super) const STATES: [State; 4] = [State::Open, State::Proposed, State::Decided, State::Remembered];
pub(super) const KINDS: [ItemKind; 3] = [ItemKind::Hit, ItemKind::Flow, ItemKind::Finding];

/// Items looked at in one step when the next one is sought, and how many steps are made.
const STEP: u64 = 100;
const STEPS: u64 = 20;

/// Which items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct View {
    pub(super) case: Option<String>,
    pub(super) state: Option<State>,
    pub(super) kind: Option<ItemKind>,
    /// Those given to whoever asks.
    pub(super) mine: bool,
    /// From 1.
    pub(super) page: u64,
}

impl View {
    /// From a query; else the value that names nothing.
    pub(super) fn parse(query: &str) -> Result<Self, String> {
        let mut view = Self { page: 1, ..Self::default() };
        for (name, value) in form_urlencoded::parse(query.as_bytes()).filter(|(_, value)| !value.is_empty()) {
            let wrong = || value.to_string();
            match name.as_ref() {
                "case" => view.case = Some(value.into_owned()),
                "state" => {
                    view.state = Some(STATES.into_iter().find(|it| it.word() == value).ok_or_else(wrong)?);
                }
                "kind" => {
                    view.kind = Some(KINDS.into_iter().find(|it| it.word() == value).ok_or_else(wrong)?);
                }
                "mine" => view.mine = value == "1",
                "page" => view.page = value.parse::<u64>().map_err(|_| wrong())?.max(1),
                _ => {}
            }
        }
        Ok(view)
    }

    /// As a query, without the page.
    pub(super) fn query(&self, tongue: Tongue) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("lang", tongue.code());
        let own = [
            ("case", self.case.as_deref()),
            ("state", self.state.map(State::word)),
            ("kind", self.kind.map(ItemKind::word)),
            ("mine", self.mine.then_some("1")),
        ];
        query.extend_pairs(own.into_iter().filter_map(|(name, value)| Some((name, value?))));
        query.finish()
    }

    pub(super) fn filter(&self, user: &str) -> Filter {
        Filter {
            case: self.case.clone(),
            state: self.state,
            kind: self.kind,
            assigned: self.mine.then(|| user.to_owned()),
            ..Filter::default()
        }
    }

    /// The item after this one, else the first: none of those that this person proposed, which wait for somebody else.
    pub(super) fn next(
        &self,
        store: &Store,
        user: &str,
        now: &ItemRef,
    ) -> Result<Option<ItemRef>, lagebild_desk::DeskError> {
        let is_own = |item: &Item| item.state == State::Proposed && item.by.as_deref() == Some(user);
        let (mut first, mut passed) = (None, false);
        for step in 0..STEPS {
            let items = store.queue(&Filter { skip: step * STEP, limit: STEP, ..self.filter(user) })?;
            let count = items.len() as u64;
            for item in items {
                if item.item == *now {
                    passed = true;
                } else if !is_own(&item) {
                    if passed {
                        return Ok(Some(item.item));
                    }
                    first.get_or_insert(item.item);
                }
            }
            if count < STEP {
                break;
            }
        }
        Ok(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_stands_in_its_address() {
        let view = View::parse("case=a&state=proposed&kind=hit&mine=1&lang=de").unwrap();
        assert_eq!(view.query(Tongue::German), "lang=de&case=a&state=proposed&kind=hit&mine=1");
        assert_eq!(View::parse(&view.query(Tongue::German)).unwrap(), view);
        assert_eq!(View::parse("state=lost").unwrap_err(), "lost");
    }
}
