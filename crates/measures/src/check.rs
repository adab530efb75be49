//! A flow on a day against the measures: each record by itself, then one answer for each regime.

mod matching;

use crate::finding::{Finding, Hit, Verdict};
use crate::flow::Flow;
use crate::measures::{Gate, Measures, Reach};
use crate::model::{Exception, Kind, Measure, Nexus};
use jiff::civil::Date;
use lagebild_goods::{Class, Goods};
use matching::{Query, route};

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
        let in_force = self.candidates(&query);
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

    /// The records in force that are directed at either end, or at parties wherever they are, and that can answer,
    /// in their order.
    fn candidates(&self, query: &Query<'_>) -> Vec<(&Measure, &Reach)> {
        let ends = [query.flow.from.as_deref(), query.flow.to.as_deref(), Some("ALL")];
        let sets = ends.into_iter().flatten().filter_map(|country| self.by_target.get(country));
        let places = sets.fold(Vec::new(), |all: Vec<u64>, set| {
            if all.is_empty() { set.clone() } else { all.iter().zip(set).map(|(a, b)| a | b).collect() }
        });
        let exchange = query.flow.exchange.is_some();
        let asked =
            |gate: &Gate| (gate.any & query.bit != 0 || gate.always || exchange) && gate.open(query.on);
        let mut found = Vec::with_capacity(64);
        for (block, mut bits) in (0..).step_by(64).zip(places) {
            while bits != 0 {
                let at: usize = block + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                if self.gates.get(at).is_some_and(asked)
                    && let (Some(measure), Some(reach)) = (self.list.get(at), self.reach.get(at))
                {
                    found.push((measure, reach));
                }
            }
        }
        found
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
