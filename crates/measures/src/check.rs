//! A flow on a day against the measures: each record by itself, then one answer for each regime.

use crate::finding::{Finding, Hit, Verdict};
use crate::flow::{Flow, FlowKind};
use crate::jurisdiction::Jurisdiction;
use crate::measures::{Classes, Measures, Reach};
use crate::model::{Cap, Direction, Exception, Force, Kind, Measure, Nexus};
use jiff::civil::Date;
use lagebild_goods::{Class, Goods};

/// A flow with what is looked up once.
struct Query<'q> {
    flow: &'q Flow,
    on: Date,
    kind: FlowKind,
    class: Option<&'q Class>,
    bit: Classes,
    /// "from KP to RU".
    route: String,
}

impl Query<'_> {
    fn comes_from(&self, country: &str) -> bool {
        self.flow.from.as_deref() == Some(country)
    }

    fn goes_to(&self, country: &str) -> bool {
        self.flow.to.as_deref() == Some(country)
    }

    /// The goods in words.
    fn label(&self) -> &str {
        self.class.map_or("", |class| class.label("en"))
    }
}

/// "from KP to RU".
fn route(flow: &Flow) -> String {
    let country = |code: &Option<String>| code.clone().unwrap_or_else(|| "an unnamed country".into());
    format!("from {} to {}", country(&flow.from), country(&flow.to))
}

impl Measures {
    /// The provisions in force on a day that a flow touches, strongest first for each regime; the United Nations
    /// come first. A regime answers with its strongest verdict; weaker provisions are listed `also`.
    ///
    /// A flow without a class gives the freeze provisions of listed parties only. A flow within one country
    /// gives none.
    pub fn check(&self, flow: &Flow, on: Date) -> Vec<Finding> {
        if flow.from.is_some() && flow.from == flow.to {
            return Vec::new();
        }
        let class = flow.class.as_deref().and_then(|id| Goods::shipped().class(id));
        let bit = class.and_then(|class| self.class_bits.get(&class.id)).copied().unwrap_or_default();
        let kind = flow.kind.or(class.map(|class| class.flow)).unwrap_or_default();
        let query = Query { flow, on, kind, class, bit, route: route(flow) };
        let candidates = self.candidates(flow);
        let in_force = candidates.iter().filter_map(|&at| Some((self.list.get(at)?, self.reach.get(at)?)));
        // What cannot answer is left out early; what binds every State is kept to say that it is silent.
        let counts = |measure: &Measure, reach: &Reach| {
            reach.any & bit != 0
                || measure.nexus == Nexus::CounterpartIsUnMemberState
                || !measure.record.freeze.is_empty()
                || measure.record.reminder.is_some()
                || flow.exchange.is_some()
        };
        let in_force = in_force.filter(|&(measure, reach)| counts(measure, reach) && measure.in_force(on));
        let in_force: Vec<(&Measure, &Reach)> = in_force.collect();
        let mut hits: Vec<Hit<'_>> =
            in_force.iter().filter_map(|&(measure, reach)| self.hit(&query, measure, reach)).collect();
        relax_by_caps(&mut hits);
        follow(&mut hits);
        let mut findings = self.answers(hits);
        self.add_silence(&query, &in_force, &mut findings);
        if query.class.is_some() {
            let ends = [flow.from.as_deref(), flow.to.as_deref()];
            findings.extend(self.no_data(ends, (query.label(), bit), on, &findings));
        }
        findings
    }

    /// Places of the records that are directed at either end, or at parties wherever they are.
    fn candidates(&self, flow: &Flow) -> Vec<usize> {
        let ends = [flow.from.as_deref(), flow.to.as_deref(), Some("ALL")];
        let lists = ends.into_iter().flatten().filter_map(|country| self.by_target.get(country));
        let mut places: Vec<usize> = lists.flatten().copied().collect();
        // Three sorted lists: a stable sort merges them.
        places.sort_unstable();
        places.dedup();
        places
    }

    fn hit<'m>(&self, query: &Query<'_>, measure: &'m Measure, reach: &Reach) -> Option<Hit<'m>> {
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
                    hit.why = format!("{}; {country} belongs to the jurisdiction ({name})", hit.why);
                } else {
                    hit.verdict = hit.verdict.max(Verdict::WouldApplyWithNexus);
                    hit.missing
                        .push(format!("a person, territory, vessel, bank or item of {name} that takes part"));
                }
                hit
            }
        }
    }

    fn exceptions(&self, list: &[Exception]) -> Vec<String> {
        let words = |exception: &Exception| match (&exception.text, exception.measure.as_deref()) {
            (Some(text), _) => Some(text.clone()),
            (None, id) => {
                self.get(id?).map(|measure| format!("{}: {}", measure.citation(), measure.record.what))
            }
        };
        list.iter().filter_map(words).collect()
    }

    /// One answer for each regime: its strongest verdict, the rest beside it. The hits come in order of regime.
    fn answers(&self, hits: Vec<Hit<'_>>) -> Vec<Finding> {
        let mut findings: Vec<Finding> = Vec::new();
        for regime in group(hits) {
            let Some(strongest) = regime.iter().filter(|hit| !hit.aside).map(|hit| hit.verdict).min() else {
                continue;
            };
            let (mut top, rest): (Vec<_>, Vec<_>) =
                regime.into_iter().partition(|hit| !hit.aside && hit.verdict == strongest);
            top.sort_by_key(|hit| hit.general);
            let first = findings.len();
            findings.extend(top.into_iter().map(|hit| {
                let exceptions = self.exceptions(&hit.measure.record.exceptions);
                hit.finding(exceptions)
            }));
            if let Some(finding) = findings.get_mut(first) {
                finding.also = rest.into_iter().map(Hit::related).collect();
            }
        }
        findings
    }

    /// Says so where a regime that binds every State names the flow nowhere.
    fn add_silence(&self, query: &Query<'_>, in_force: &[(&Measure, &Reach)], findings: &mut Vec<Finding>) {
        let Some(class) = query.class else { return };
        let universal = |measure: &&Measure| measure.nexus == Nexus::CounterpartIsUnMemberState;
        let measures = in_force.iter().map(|&(measure, _)| measure).filter(universal);
        let mut regimes: Vec<&Measure> =
            measures.filter(|m| matches!(m.record.kind, Kind::Prohibition | Kind::Gap)).collect();
        regimes.dedup_by(|a, b| a.regime == b.regime);
        // A gap is worth a word only where the Council answers nothing; a regime, where nothing on its target does.
        let of_council = findings.iter().filter(|finding| finding.regime.starts_with("UN-"));
        let answers = of_council.filter_map(|finding| self.get(finding.measure.as_deref()?));
        let answers: Vec<&Measure> = answers.filter(|m| !m.target.iter().any(|t| t == "ALL")).collect();
        let answered = |measure: &&Measure| {
            let same = |other: &&Measure| other.target.iter().any(|target| measure.target.contains(target));
            if measure.record.kind == Kind::Gap { !answers.is_empty() } else { answers.iter().any(same) }
        };
        regimes.retain(|measure| !answered(measure));
        let silent: Vec<Finding> =
            regimes.into_iter().filter_map(|m| self.silent(query, class, m, in_force)).collect();
        findings.splice(0..0, silent);
    }

    fn silent(
        &self,
        query: &Query<'_>,
        class: &Class,
        measure: &Measure,
        in_force: &[(&Measure, &Reach)],
    ) -> Option<Finding> {
        let gap = measure.record.kind == Kind::Gap;
        let named = measure.record.goods.iter().any(|id| Goods::shipped().is_a(&class.id, id));
        if gap && !(named && measure.target.iter().any(|target| query.goes_to(target))) {
            return None;
        }
        let mut ends = measure.target.iter().filter(|t| query.comes_from(t) || query.goes_to(t));
        if !ends.any(|end| self.regime_covers(&measure.regime, end, query.bit, query.on)) {
            return None;
        }
        let same = in_force.iter().filter(|(other, _)| other.regime == measure.regime);
        let also =
            same.filter_map(|&(other, reach)| self.hit(query, other, reach)).map(Hit::related).collect();
        let why = if gap {
            measure.record.what.clone()
        } else {
            let label = class.label("en");
            format!("no provision of this regime in force on {} names “{label}” {}", query.on, query.route)
        };
        Some(Finding {
            measure: gap.then(|| measure.id.clone()),
            regime: measure.regime.clone(),
            issuer: measure.issuer.clone(),
            instrument: None,
            paragraph: None,
            verdict: Verdict::NoMeasureFound,
            why,
            missing: vec!["whether a party, the carrier or the bank is listed".into()],
            exceptions: Vec::new(),
            verification: if gap { measure.record.verification } else { crate::Verification::default() },
            source: Some(measure.record.source.clone()),
            also,
        })
    }
}

/// A provision that has to be prolonged, on a day up to which nobody read that it was.
fn aged<'m>(query: &Query<'_>, mut hit: Hit<'m>) -> Hit<'m> {
    if let Some(until) = hit.measure.record.known_until.filter(|until| *until < query.on) {
        hit.verdict = hit.verdict.max(Verdict::Possible);
        hit.missing.push(format!("that it was prolonged: the data know it until {until}"));
    }
    hit
}

/// Hits of one regime after the other.
fn group(hits: Vec<Hit<'_>>) -> Vec<Vec<Hit<'_>>> {
    let mut groups: Vec<Vec<Hit<'_>>> = Vec::new();
    for hit in hits {
        match groups
            .last_mut()
            .filter(|group| group.last().is_some_and(|h| h.measure.regime == hit.measure.regime))
        {
            Some(group) => group.push(hit),
            None => groups.push(vec![hit]),
        }
    }
    groups
}

/// A record that bars what the measures of another issuer bar is as strong as the strongest of these, and none without.
fn follow(hits: &mut Vec<Hit<'_>>) {
    let bars = |hit: &Hit<'_>, issuer: &str| {
        let of_issuer = hit.measure.regime.strip_prefix(issuer).is_some_and(|rest| rest.starts_with('-'));
        of_issuer && !hit.aside && hit.measure.record.kind == Kind::Prohibition
    };
    let strongest = |issuer: &str| hits.iter().filter(|hit| bars(hit, issuer)).min_by_key(|hit| hit.verdict);
    let followed = hits.iter().filter_map(|hit| hit.measure.record.follows.as_deref());
    let followed: Vec<(String, Verdict, String)> = followed
        .filter_map(|issuer| Some((issuer, strongest(issuer)?)))
        .map(|(issuer, hit)| (issuer.into(), hit.verdict, hit.measure.id.clone()))
        .collect();
    hits.retain_mut(|hit| {
        let Some(issuer) = hit.measure.record.follows.as_deref() else { return true };
        let Some((_, verdict, id)) = followed.iter().find(|one| one.0 == issuer) else { return false };
        hit.verdict = *verdict;
        hit.why = format!("{}; {id} bars it", hit.why);
        hit.missing.clear();
        true
    });
}

/// A ban that a cap relaxes is answered as the cap is.
fn relax_by_caps(hits: &mut [Hit<'_>]) {
    let capped = |hit: &&Hit<'_>| hit.verdict == Verdict::CapQuantityUnknown;
    let caps: Vec<String> = hits.iter().filter(capped).map(|hit| hit.measure.id.clone()).collect();
    for hit in hits.iter_mut().filter(|hit| hit.verdict == Verdict::Touched) {
        if let Some(cap) = hit.measure.record.modified_by.iter().find(|id| caps.contains(id)) {
            hit.verdict = Verdict::CapQuantityUnknown;
            hit.why = format!("{}; the limit of {cap} lies beside it", hit.why);
        }
    }
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
