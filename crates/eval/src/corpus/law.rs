//! What the measures say of the transfers that people read in the corpus: whether anything answers, not whether it is right.

use super::passage::{Flow as Told, Passage};
use jiff::civil::Date;
use lagebild_goods::Goods;
use lagebild_measures::{Finding, Flow, Measures, Verdict};

/// How the measures answer a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// A ban or a limit that the flow touches.
    Touched,
    /// A provision that needs something more: a nexus, a condition.
    Weaker,
    /// The data are meant to be whole, and nothing names it.
    NoMeasure,
    /// The data do not cover it.
    NoData,
    /// No answer at all: within one country, or without a class.
    Nothing,
}

impl Answer {
    /// All, the strongest first.
    pub const ALL: [Answer; 5] = [Self::Touched, Self::Weaker, Self::NoMeasure, Self::NoData, Self::Nothing];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Touched => "touched",
            Self::Weaker => "weaker provision",
            Self::NoMeasure => "no measure found",
            Self::NoData => "no data",
            Self::Nothing => "nothing",
        }
    }

    fn of(findings: &[Finding]) -> Answer {
        let one = |finding: &Finding| match finding.verdict {
            Verdict::Touched | Verdict::CapQuantityUnknown | Verdict::ExceptionMayApply => Self::Touched,
            Verdict::NoMeasureFound => Self::NoMeasure,
            Verdict::NoData => Self::NoData,
            _ => Self::Weaker,
        };
        findings.iter().map(one).min().unwrap_or(Self::Nothing)
    }
}

/// A transfer of the corpus with the answer.
#[derive(Clone, Debug)]
pub struct LawRow {
    /// The passage.
    pub passage: String,
    /// The day that is asked for.
    pub on: Date,
    /// Country of the giver.
    pub from: Option<String>,
    /// Country of the receiver.
    pub to: Option<String>,
    /// Giver, receiver and item in the passage's words.
    pub told: String,
    /// The class that the words of the item lead to; where they lead to none, the one that the annotator gave.
    pub class: Option<String>,
    /// The answer.
    pub answer: Answer,
    /// The provisions of the strongest answer of each regime.
    pub provisions: Vec<String>,
}

/// The transfers of a passage against the measures in force on its day.
pub fn law(passage: &Passage) -> Vec<LawRow> {
    let Some(Ok(on)) = passage.day().map(str::parse) else { return Vec::new() };
    passage.expected.transfers.iter().map(|told| row(passage, told, on)).collect()
}

fn row(passage: &Passage, told: &Told, on: Date) -> LawRow {
    let country = |name: &Option<String>| {
        let referent = passage.expected.referents.iter().find(|one| Some(&one.name) == name.as_ref())?;
        referent.country.as_ref().map(|code| code.to_uppercase())
    };
    let flow = Flow {
        from: country(&told.giver),
        to: country(&told.receiver),
        class: class(passage, told),
        ..Flow::default()
    };
    let findings = Measures::shipped().check(&flow, on);
    let side = |name: &Option<String>| name.clone().unwrap_or_else(|| "–".into());
    LawRow {
        passage: passage.id.clone(),
        on,
        told: format!("{} -> {}: {}", side(&told.giver), side(&told.receiver), told.item),
        answer: Answer::of(&findings),
        provisions: findings.iter().filter_map(|finding| finding.measure.clone()).collect(),
        from: flow.from,
        to: flow.to,
        class: flow.class,
    }
}

fn class(passage: &Passage, told: &Told) -> Option<String> {
    let goods = Goods::shipped();
    let named = goods.find_in(&told.item, Some(passage.language()));
    // Of equally sure words the last is the head of most phrases; the first would be what it is made of.
    let by_words = named.into_iter().max_by_key(|mention| mention.confidence).map(|mention| mention.class);
    by_words.or_else(|| told.class.0.iter().find(|id| goods.class(id).is_some()).cloned())
}
