//! One record against a flow: whether it names the class and the direction, and whom it binds.

use crate::finding::{Hit, Verdict};
use crate::flow::{Flow, FlowKind};
use crate::jurisdiction::Jurisdiction;
use crate::measures::{Classes, Measures, Reach};
use crate::model::{Cap, Direction, Force, Kind, Measure, Nexus};
use jiff::civil::Date;
use lagebild_goods::{Class, Goods};

/// A flow with what is looked up once.
pub(super) struct Query<'q> {
    pub(super) flow: &'q Flow,
    pub(super) on: Date,
    pub(super) kind: FlowKind,
    pub(super) class: Option<&'q Class>,
    pub(super) bit: Classes,
    /// "from KP to RU".
    pub(super) route: String,
}

impl Query<'_> {
    pub(super) fn comes_from(&self, country: &str) -> bool {
        self.flow.from.as_deref() == Some(country)
    }

    pub(super) fn goes_to(&self, country: &str) -> bool {
        self.flow.to.as_deref() == Some(country)
    }

    /// The goods in words.
    pub(super) fn label(&self) -> &str {
        self.class.map_or("", |class| class.label("en"))
    }
}

impl Measures {
    /// What a record says of the flow, if anything.
    pub(super) fn hit<'m>(&self, query: &Query<'_>, measure: &'m Measure, reach: &Reach) -> Option<Hit<'m>> {
        if matches!(measure.record.kind, Kind::Exception | Kind::Context | Kind::Gap)
            || measure.nexus == Nexus::None
        {
            return None;
        }
        let named = self.by_class(query, measure, reach).into_iter().chain(by_listing(query, measure, reach));
        let mut hit = named
            .min_by_key(|hit| hit.verdict)
            .or_else(|| self.by_exchange(query, measure, reach))
            .or_else(|| by_reminder(query, measure, reach))?;
        hit.general = general(query, measure, reach);
        Some(aged(query, self.with_nexus(query, reach, hit)))
    }

    /// The record names the class and the direction.
    fn by_class<'m>(&self, query: &Query<'_>, measure: &'m Measure, reach: &Reach) -> Option<Hit<'m>> {
        if query.bit & reach.any == 0 {
            return None;
        }
        let record = &measure.record;
        let holds = |classes: Classes| classes & query.bit != 0;
        let excluded = |&(classes, until): &(Classes, Option<Date>)| {
            holds(classes) && until.is_none_or(|until| query.on < until)
        };
        let aimed =
            measure.target.iter().any(|target| record.direction.iter().any(|d| directed(*d, query, target)))
                || self.gives(query, reach);
        if reach.excluded.iter().any(excluded) || !(aimed || record.kind == Kind::DesignationBasis) {
            return None;
        }
        let (verdict, words) = match (holds(reach.direct), holds(reach.indirect)) {
            (true, _) => (verdict_of(query, measure, reach), "names "),
            (_, true) => (Verdict::TouchedIndirectly, "reaches, as related materiel only, "),
            _ => return by_condition(query, measure, reach),
        };
        let why = [words, "“", query.label(), "” ", &query.route, &reach.since].concat();
        let mut missing = record.needs.clone();
        if !holds_listed(query, measure) {
            missing.push("that the one whose funds they are is listed".into());
        }
        if reach.scope && missing.is_empty() {
            missing.push(decided_by(record.kind).into());
        }
        if record.requires_determination {
            missing.push("a finding of the State or the Committee that the provision asks for".into());
        }
        Some(Hit { measure, verdict, why, missing, aside: false, general: 0 })
    }

    fn own(&self, reach: &Reach) -> Option<&Jurisdiction> {
        self.jurisdictions.get(reach.own?)
    }

    /// The record is a rule on whatever its own countries give, and one of them gives out of its territory.
    fn gives(&self, query: &Query<'_>, reach: &Reach) -> bool {
        let Some(own) = self.own(reach).filter(|_| reach.scope) else { return false };
        let bound = |country: Option<&str>| country.is_some_and(|country| own.holds(country, query.on));
        let (gives, gets) = (bound(query.flow.from.as_deref()), bound(query.flow.to.as_deref()));
        let alike = query.class.is_some_and(|class| class.flow == query.kind);
        alike && (gives || gets && reach.imports) && !(own.one_territory && gives && gets)
    }

    /// A payment for goods that the record names, where it also names finance.
    fn by_exchange<'m>(&self, query: &Query<'_>, measure: &'m Measure, reach: &Reach) -> Option<Hit<'m>> {
        let other = query.flow.exchange.as_ref()?;
        let bit = self.class_bits.get(&other.class).copied()?;
        let names = |direction: Direction| measure.record.direction.contains(&direction);
        let out = names(Direction::ImportFrom) && measure.target.contains(&other.from);
        let into = names(Direction::ExportTo) && measure.target.contains(&other.to);
        if reach.direct & bit == 0 || !names(Direction::Financial) || !(out || into) {
            return None;
        }
        let label =
            Goods::shipped().class(&other.class).map_or(other.class.as_str(), |class| class.label("en"));
        let why = format!(
            "{} is said to be in exchange for {label} from {} to {}",
            query.label(),
            other.from,
            other.to
        );
        let paid = query.kind == FlowKind::Money;
        let verdict = if paid { Verdict::Touched } else { Verdict::Possible };
        let missing = vec!["that the one was given for the other".to_string()];
        Some(Hit { measure, verdict, why, missing, aside: !paid, general: 0 })
    }

    /// Laws of one jurisdiction apply where an own person, territory or item takes part.
    fn with_nexus<'m>(&self, query: &Query<'_>, reach: &Reach, mut hit: Hit<'m>) -> Hit<'m> {
        let own = self.own(reach);
        match hit.measure.nexus {
            Nexus::None => hit,
            Nexus::CounterpartIsUnMemberState => {
                let outside = |country: &&str| own.is_some_and(|own| !own.holds(country, query.on));
                let gives = query.flow.from.as_deref();
                let target = |country: &&str| hit.measure.target.iter().any(|target| target == country);
                let bound = if gives.is_some_and(|country| target(&country)) {
                    query.flow.to.as_deref()
                } else {
                    gives
                };
                if let Some(country) = bound.filter(outside) {
                    hit.verdict = hit.verdict.max(Verdict::Possible);
                    hit.missing.push(format!("whom it binds in {country}, no Member State on that day"));
                }
                hit
            }
            Nexus::NoneSecondaryExposure => {
                hit.verdict = hit.verdict.max(Verdict::Possible);
                hit.missing.push("whether the authority lists those who take part".into());
                hit
            }
            Nexus::OwnPersonsOrTerritory | Nexus::OwnPersonsTerritoryOrItems => {
                let ends = [query.flow.from.as_deref(), query.flow.to.as_deref()];
                let bound = |country: &&str| own.is_some_and(|own| own.holds(country, query.on));
                let inside = ends.into_iter().flatten().find(bound);
                let name = own.map_or("that jurisdiction", |own| own.name.as_str());
                if let Some(country) = inside {
                    for part in ["; ", country, " belongs to the jurisdiction (", name, ")"] {
                        hit.why.push_str(part);
                    }
                } else {
                    hit.verdict = hit.verdict.max(Verdict::WouldApplyWithNexus);
                    hit.missing
                        .push(format!("a person, territory, vessel, bank or item of {name} that takes part"));
                }
                hit
            }
        }
    }
}

/// "from KP to RU".
pub(super) fn route(flow: &Flow) -> String {
    let country = |code: &Option<String>| code.clone().unwrap_or_else(|| "an unnamed country".into());
    format!("from {} to {}", country(&flow.from), country(&flow.to))
}

/// A provision that has to be prolonged, on a day up to which nobody read that it was.
fn aged<'m>(query: &Query<'_>, mut hit: Hit<'m>) -> Hit<'m> {
    if let Some(until) = hit.measure.record.known_until.filter(|until| *until < query.on) {
        hit.verdict = hit.verdict.max(Verdict::Possible);
        hit.missing.push(format!("that it was prolonged: the data know it until {until}"));
    }
    hit
}

/// The record reaches the class when something more is shown.
fn by_condition<'m>(query: &Query<'_>, measure: &'m Measure, reach: &Reach) -> Option<Hit<'m>> {
    let at = reach.possible.iter().position(|classes| classes & query.bit != 0)?;
    let case = measure.record.possible_for.get(at)?;
    let why = ["reaches “", query.label(), "” ", &query.route, " when ", &case.when, &reach.since].concat();
    let missing = vec![["that ", &case.when].concat()];
    Some(Hit { measure, verdict: Verdict::Possible, why, missing, aside: case.beside, general: 0 })
}

fn verdict_of(query: &Query<'_>, measure: &Measure, reach: &Reach) -> Verdict {
    let record = &measure.record;
    let weak = reach.scope
        || !holds_listed(query, measure)
        || matches!(record.kind, Kind::Duty | Kind::DesignationBasis)
        || record.force != Force::Decides
        || record.requires_determination;
    match &record.quantity {
        _ if weak => Verdict::Possible,
        _ if reach.excepted & query.bit != 0 => Verdict::ExceptionMayApply,
        Some(cap) if !exceeds(cap, query) => Verdict::CapQuantityUnknown,
        None if record.kind == Kind::Cap => Verdict::CapQuantityUnknown,
        _ => Verdict::Touched,
    }
}

/// How general a provision is for a flow: one that names the very class before one that names a class above it, one that
/// bars or limits before one that asks for something, one that is directed at the country before a rule on all exports.
fn general(query: &Query<'_>, measure: &Measure, reach: &Reach) -> u8 {
    let operative = matches!(measure.record.kind, Kind::Prohibition | Kind::Cap)
        && measure.record.force == Force::Decides;
    u8::from(query.bit & reach.named == 0) * 4 + u8::from(!operative) * 2 + u8::from(reach.scope)
}

/// True unless the record freezes the funds of listed parties only, and nobody who takes part is said to be listed.
fn holds_listed(query: &Query<'_>, measure: &Measure) -> bool {
    measure.record.direction != [Direction::AssetFreeze] || !query.flow.listed_parties.is_empty()
}

/// What decides a rule on whatever its own countries give, where the record does not say.
fn decided_by(kind: Kind) -> &'static str {
    match kind {
        Kind::Licence => "whether it was authorised, and on what terms",
        Kind::Duty => "what the State found when it looked at it",
        _ => "what was known of the receiver and the use",
    }
}

/// True when the quantity alone is above the limit.
fn exceeds(cap: &Cap, query: &Query<'_>) -> bool {
    let Some((value, unit)) = &query.flow.quantity else { return false };
    cap.limits.iter().any(|limit| limit.unit == *unit && *value > limit.value as f64)
}

/// True when the flow goes the way that a direction names, seen from the target.
fn directed(direction: Direction, query: &Query<'_>, target: &str) -> bool {
    use FlowKind::{Assistance, Education, Goods, Investment, Money, Science, Transport, Workers};
    let (from, to, kind) = (query.comes_from(target), query.goes_to(target), query.kind);
    match direction {
        Direction::ExportTo => to && kind == Goods,
        Direction::ImportFrom => from && matches!(kind, Goods | Transport),
        Direction::ProvisionOfAssistance => to && !matches!(kind, Goods | Workers),
        Direction::ReceiptOfAssistance => from && !matches!(kind, Goods | Workers),
        Direction::Brokering => (from || to) && kind == Assistance,
        Direction::HostingWorkers => from && kind == Workers,
        Direction::HostingTrainers => from && kind == Assistance,
        Direction::Financial => (from || to) && matches!(kind, Money | Investment),
        Direction::Investment | Direction::JointVenture => (from || to) && matches!(kind, Investment | Money),
        Direction::AssetFreeze => (from || to) && kind == Money,
        Direction::ScienceCooperation => (from || to) && matches!(kind, Science | Assistance),
        Direction::Education => (from || to) && kind == Education,
        Direction::Transport | Direction::PortAccess => (from || to) && matches!(kind, Transport | Goods),
        Direction::ActivityOfTarget
        | Direction::Circumvention
        | Direction::Context
        | Direction::Designation
        | Direction::Diplomatic
        | Direction::Inspection
        | Direction::Review
        | Direction::Scope
        | Direction::Travel => false,
    }
}

/// A listed party takes part, and the record freezes the parties of its list.
fn by_listing<'m>(query: &Query<'_>, measure: &'m Measure, reach: &Reach) -> Option<Hit<'m>> {
    let on_list = |party: &str| {
        let (list, reference) = party.split_once(':').unwrap_or((party, ""));
        let fits = |own: &crate::ListReference| {
            own.list == list
                && own.reference.as_ref().is_none_or(|start| reference.starts_with(start.as_str()))
        };
        measure.record.freeze.iter().any(fits)
    };
    let party = query.flow.listed_parties.iter().find(|party| on_list(party))?;
    let why = format!("freezes the parties of its list, and {party} takes part{}", reach.since);
    let missing = vec![format!("that the party named is the listed one ({party})")];
    Some(Hit { measure, verdict: Verdict::Touched, why, missing, aside: false, general: 0 })
}

fn by_reminder<'m>(query: &Query<'_>, measure: &'m Measure, reach: &Reach) -> Option<Hit<'m>> {
    let reminder = measure.record.reminder.as_ref()?;
    query.class?;
    let meant = reminder.flows.contains(&query.kind);

    let why = || ["matters when ", &reminder.when, &reach.since].concat();
    meant.then(|| Hit {
        measure,
        verdict: Verdict::Possible,
        why: why(),
        missing: Vec::new(),
        aside: true,
        general: 0,
    })
}
