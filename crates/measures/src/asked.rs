//! A flow as somebody asks about it: countries by code or name, a class of goods that exists.

use crate::flow::Flow;
use lagebild_ftm::{Kind, clean};
use lagebild_goods::Goods;

/// What a door of the program is asked to check.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// Country that gives, by code (ISO 3166-1 alpha-2) or English name.
    pub from: Option<String>,
    /// Country that gets.
    pub to: Option<String>,
    /// Id of a class of goods.
    pub goods: Option<String>,
    /// How much, with a unit of the caps: `barrel`, `tonne`, `USD`.
    pub quantity: Option<(f64, String)>,
    /// Ids of listed parties that take part.
    pub listed: Vec<String>,
}

/// Why it can't be checked.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AskError {
    /// Neither side is given.
    #[error("neither the country that gives nor the one that gets is given")]
    NoSide,
    /// Neither goods nor a listed party is given.
    #[error("neither goods nor a listed party is given")]
    NoMatter,
    /// There is no such class; `near` are ids that may have been meant.
    #[error("no class of goods has the id `{class}`{}", meant(near))]
    NoClass {
        /// What was given.
        class: String,
        /// At most five.
        near: Vec<String>,
    },
    /// There is no such country.
    #[error(
        "`{0}` is no country; give its code of two letters (ISO 3166-1 alpha-2, such as KP) or its English name"
    )]
    NoCountry(String),
    /// A quantity below zero or no number.
    #[error("`{0}` is no quantity")]
    NoQuantity(f64),
}

fn meant(near: &[String]) -> String {
    if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(", ")) }
}

impl Asked {
    /// The flow, when there is enough to look up and all of it exists.
    pub fn flow(self) -> Result<Flow, AskError> {
        if self.from.is_none() && self.to.is_none() {
            return Err(AskError::NoSide);
        }
        if self.goods.is_none() && self.listed.is_empty() {
            return Err(AskError::NoMatter);
        }
        if let Some(class) = self.goods.as_deref().filter(|class| Goods::shipped().class(class).is_none()) {
            return Err(AskError::NoClass { class: class.to_owned(), near: near(class) });
        }
        if let Some((value, _)) =
            self.quantity.as_ref().filter(|(value, _)| !value.is_finite() || *value < 0.0)
        {
            return Err(AskError::NoQuantity(*value));
        }
        Ok(Flow {
            from: self.from.as_deref().map(country).transpose()?,
            to: self.to.as_deref().map(country).transpose()?,
            class: self.goods,
            quantity: self.quantity,
            listed_parties: self.listed,
            ..Flow::default()
        })
    }
}

/// The code of a country that exists, upper case.
fn country(given: &str) -> Result<String, AskError> {
    let code = clean(Kind::Country, given).filter(|code| code.len() == 2);
    Ok(code.ok_or_else(|| AskError::NoCountry(given.to_owned()))?.to_ascii_uppercase())
}

/// Classes that have such a word, and those with an id like it.
fn near(class: &str) -> Vec<String> {
    let goods = Goods::shipped();
    let mut like: Vec<String> = goods.lookup(class).iter().map(|found| found.class.id.clone()).collect();
    like.extend(goods.nearest(class).into_iter().map(str::to_owned));
    like.dedup();
    like.truncate(5);
    like
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(from: &str, goods: &str) -> Asked {
        Asked { from: Some(from.into()), goods: Some(goods.into()), ..Asked::default() }
    }

    #[test]
    fn a_country_is_told_by_its_name_too() {
        let flow = asked("North Korea", "coal").flow();
        assert_eq!(flow.map(|flow| flow.from), Ok(Some("KP".to_owned())));
    }

    #[test]
    fn what_does_not_exist_is_named() {
        assert_eq!(asked("Atlantis", "coal").flow(), Err(AskError::NoCountry("Atlantis".into())));
        assert!(
            matches!(asked("KP", "coals").flow(), Err(AskError::NoClass { near, .. }) if near.contains(&"coal".to_owned()))
        );
        assert_eq!(Asked::default().flow(), Err(AskError::NoSide));
        assert_eq!(Asked { from: Some("KP".into()), ..Asked::default() }.flow(), Err(AskError::NoMatter));
        let much = Asked { quantity: Some((f64::NAN, "barrel".into())), ..asked("KP", "coal") };
        assert!(matches!(much.flow(), Err(AskError::NoQuantity(_))));
    }
}
