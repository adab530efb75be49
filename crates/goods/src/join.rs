//! Joins what belongs together: a thing and the name of its type, a thing and what it is made for, a thing and
//! its calibre, and first parts that share a last part.

use crate::calibre::{self, Calibre, CalibreAt};
use crate::catalogue::Goods;
use crate::lexicon::{ClassIndex, Lexicon, Term};
use crate::mention::{Confidence, GoodsMention};
use crate::records::Class;
use crate::spot::{Hit, How};
use lagebild_page::words::{Gap, Part, Words};
use lagebild_span::Span;

/// How many words may stand between a thing and its calibre.
const CALIBRE_REACH: usize = 3;
/// How many words may stand between "for" and what a thing is made for.
const MADE_FOR_REACH: usize = 3;
/// How many words back a comparison may begin.
const COMPARISON_REACH: usize = 4;

/// Brackets and quotation marks that may stand around the name of a type.
const BRACKETS: [(char, char); 5] = [('(', ')'), ('„', '“'), ('“', '”'), ('«', '»'), ('"', '"')];

fn is_bracket(c: char) -> bool {
    BRACKETS.iter().any(|&(open, close)| c == open || c == close)
}

/// What joining needs to look at.
pub(crate) struct Joiner<'a> {
    pub(crate) goods: &'a Goods,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) words: &'a Words<'a>,
}

/// A mention in the making.
struct Draft {
    first: usize,
    last: usize,
    class: ClassIndex,
    system: Option<u16>,
    calibre: Option<Calibre>,
    shared: bool,
    confidence: Confidence,
    why: String,
}

impl Joiner<'_> {
    /// The mentions that the hits make.
    pub(crate) fn join(&self, hits: &[Hit]) -> Vec<GoodsMention> {
        if hits.is_empty() {
            return Vec::new();
        }
        let drafts: Vec<Draft> = hits.iter().filter_map(|hit| self.draft(hit)).collect();
        let drafts = fold_pairs(drafts, |a, b| self.with_type(a, b));
        let drafts = fold_pairs(drafts, |a, b| self.shared_end(a, b));
        let mut drafts = self.made_for(drafts);
        for calibre in calibre::find(self.words) {
            self.attach(&mut drafts, &calibre);
        }
        for draft in &mut drafts {
            self.compare(draft);
        }
        drafts.into_iter().filter_map(|draft| self.mention(draft)).collect()
    }

    fn class(&self, index: ClassIndex) -> Option<&Class> {
        self.goods.classes.get(usize::from(index))
    }

    fn is_a(&self, child: ClassIndex, ancestor: ClassIndex) -> bool {
        match (self.class(child), self.class(ancestor)) {
            (Some(child), Some(ancestor)) => self.goods.is_a(&child.id, &ancestor.id),
            _ => false,
        }
    }

    fn draft(&self, hit: &Hit) -> Option<Draft> {
        let term: &Term = self.lexicon.terms.get(hit.term as usize)?;
        let how = match hit.how {
            How::Term => "",
            How::Head => " as last part",
            How::Front => " as first part",
            How::Shared => " with the last part of a later word",
        };
        let strong = term.system.is_some() || hit.how != How::Term || hit.last > hit.first;
        let confidence = match (hit.weak, strong) {
            (true, _) => Confidence::Low,
            (false, true) => Confidence::High,
            (false, false) => Confidence::Medium,
        };
        Some(Draft {
            first: hit.first,
            last: hit.last,
            class: hit.class,
            system: term.system,
            calibre: None,
            shared: hit.how == How::Shared,
            confidence,
            why: format!("term “{}”{how}", term.listed),
        })
    }

    /// "Kurzstreckenraketen (Typ KN-23)", "KN-23-Raketen", "missiles of the KN-23 type".
    fn with_type(&self, a: &Draft, b: &Draft) -> Option<Draft> {
        let (named, thing) = match (a.system, b.system) {
            (Some(_), None) => (a, b),
            (None, Some(_)) => (b, a),
            _ => return None,
        };
        let named_last = named.first == b.first;
        let between = a.last + 1..b.first;
        let opens = self.words.between(a.last, b.first).contains('(');
        let mut gaps = between.clone().chain([b.first]).map(|at| (at, self.words.gap(at)));
        let linked = gaps.all(|(at, gap)| match gap {
            Gap::Mark => self.words.between(at - 1, at).chars().all(|c| c.is_whitespace() || is_bracket(c)),
            _ => gap == Gap::None || gap.runs_on(),
        });
        let typed = between.clone().all(|at| self.lexicon.beside.type_words.has(self.words.folded(at)));
        if !linked || !typed || between.len() > 3 || (opens && !named_last) {
            return None;
        }
        let says_little = thing.confidence == Confidence::Low;
        let class = if says_little || self.is_a(named.class, thing.class) {
            named.class
        } else {
            self.fitted(thing.class, named.class)
        };
        let why = format!("{}; {}", thing.why, named.why);
        Some(Draft {
            first: a.first,
            last: b.last,
            class,
            system: named.system,
            calibre: None,
            shared: false,
            confidence: Confidence::High,
            why,
        })
    }

    /// "Weizenmehl- und Milchpulverlieferungen": one naming when both are of one class.
    fn shared_end(&self, a: &Draft, b: &Draft) -> Option<Draft> {
        let between = a.last + 1..b.first;
        let joined = between.clone().all(|at| self.lexicon.beside.conjunctions.has(self.words.folded(at)));
        if !a.shared || !joined || between.len() > 1 || a.class != b.class || self.words.gap(b.first).ends() {
            return None;
        }
        let why = format!("{}; {}", a.why, b.why);
        Some(Draft {
            first: a.first,
            last: b.last,
            class: b.class,
            system: None,
            calibre: None,
            shared: b.shared,
            confidence: Confidence::High,
            why,
        })
    }

    /// "shells for tanks", "tank shells", "spare parts for aircraft and ships".
    fn made_for(&self, drafts: Vec<Draft>) -> Vec<Draft> {
        let mut joined: Vec<Draft> = Vec::with_capacity(drafts.len());
        // The thing whose purpose the words after it tell, while the list of purposes goes on.
        let mut open: Option<ClassIndex> = None;
        for mut draft in drafts {
            let Some(before) = joined.last_mut() else {
                joined.push(draft);
                continue;
            };
            let purpose = open.is_none().then_some(before.class).filter(|&head| self.takes_purpose(head));
            if let Some(head) = purpose.filter(|_| self.purpose_follows(before.last, draft.first)) {
                open = Some(head);
                self.absorb(before, &draft, self.fitted(head, draft.class));
            } else if let Some(head) = open
                .filter(|_| !self.takes_purpose(draft.class) && self.list_goes_on(before.last, draft.first))
            {
                if self.is_part(head) {
                    self.absorb(before, &draft, head);
                } else {
                    draft.why = format!("{}; for it, as said before", draft.why);
                    draft.class = self.fitted(head, draft.class);
                    joined.push(draft);
                }
            } else if self.takes_purpose(draft.class) && self.side_by_side(before, &draft) {
                open = None;
                let class = self.fitted(draft.class, before.class);
                let first = before.first;
                self.absorb(&mut draft, before, class);
                draft.first = first;
                *before = draft;
            } else {
                open = None;
                joined.push(draft);
            }
        }
        joined
    }

    fn absorb(&self, thing: &mut Draft, purpose: &Draft, class: ClassIndex) {
        let words = self.words.span(purpose.first, purpose.last).of(self.words.text());
        thing.why = format!("{}; for “{words}”", thing.why);
        thing.last = thing.last.max(purpose.last);
        thing.class = class;
        thing.system = thing.system.or(purpose.system);
        thing.confidence = Confidence::High;
    }

    /// The class of a thing of class `head` that is made for one of class `purpose`.
    fn fitted(&self, head: ClassIndex, purpose: ClassIndex) -> ClassIndex {
        let fired = self.class(purpose).and_then(|class| self.fired_by(&class.id));
        // "Artillery shells for warships" stay artillery shells, though a warship fires ammunition of any kind.
        let fired = fired.filter(|&fired| self.is_ammunition(head) && !self.is_a(head, fired));
        let parts = self.parts_of(purpose).filter(|&parts| self.is_a(parts, head));
        fired.or(parts).unwrap_or(head)
    }

    /// "Components for drones" are drone parts.
    fn parts_of(&self, purpose: ClassIndex) -> Option<ClassIndex> {
        let class = self.class(purpose)?;
        let parts = self.goods.lineage(&class.id).find_map(|class| class.parts.as_deref())?;
        self.goods.class_index(parts)
    }

    fn fired_by(&self, id: &str) -> Option<ClassIndex> {
        let ammunition = self.goods.lineage(id).find_map(|class| class.ammunition.as_deref())?;
        self.goods.class_index(ammunition)
    }

    fn is_ammunition(&self, class: ClassIndex) -> bool {
        let id = self.class(class).map(|class| class.id.as_str());
        self.goods
            .classes
            .iter()
            .any(|weapon| weapon.ammunition.is_some() && weapon.ammunition.as_deref() == id)
    }

    fn is_part(&self, class: ClassIndex) -> bool {
        self.class(class).is_some_and(|class| class.part_of)
    }

    fn takes_purpose(&self, class: ClassIndex) -> bool {
        self.is_part(class) || self.is_ammunition(class)
    }

    /// "For" may be a word of its own or, as Arabic writes it, the beginning of the purpose's first word.
    fn purpose_follows(&self, last: usize, next: usize) -> bool {
        let words = last + 1..next;
        let same_sentence = (last + 1..=next).all(|at| self.words.gap(at).runs_on());
        let told = self.lexicon.beside.made_for.has(self.words.folded(last + 1));
        same_sentence && told && words.len() <= MADE_FOR_REACH
    }

    fn list_goes_on(&self, last: usize, next: usize) -> bool {
        let beside = &self.lexicon.beside;
        let same_sentence = (last + 1..=next).all(|at| !self.words.gap(at).ends());
        let calibre_or_joint = |at: usize| {
            let word = self.words.folded(at);
            self.words.get(at).is_some_and(Part::is_number)
                || beside.conjunctions.has(word)
                || beside.articles.has(word)
                || beside.made_for.has(word)
                || calibre::is_unit_or_range(word)
        };
        same_sentence && (last + 1..next).all(calibre_or_joint) && self.joint_in(last, next)
    }

    fn joint_in(&self, last: usize, next: usize) -> bool {
        let said = (last + 1..next).any(|at| self.lexicon.beside.conjunctions.has(self.words.folded(at)));
        said || self.words.between(next.saturating_sub(1), next).contains(',')
    }

    /// "tank shells", "missile components": the last word is the thing.
    fn side_by_side(&self, a: &Draft, b: &Draft) -> bool {
        let fits = self.is_part(b.class)
            || self.class(a.class).is_some_and(|class| self.fired_by(&class.id).is_some());
        let gap = self.words.gap(b.first);
        fits && b.first == a.last + 1 && (gap.is_space() || gap == Gap::Han) && !self.is_ammunition(a.class)
    }

    fn attach(&self, drafts: &mut [Draft], found: &CalibreAt) {
        // Only the mentions around the number can be meant, and none may stand in between.
        let at = drafts.partition_point(|draft| draft.first <= found.first);
        let near = at.saturating_sub(2)..(at + 2).min(drafts.len());
        let arms = near.clone().filter_map(|at| Some((at, drafts.get(at)?)));
        let arms = arms.filter(|(_, d)| self.class(d.class).is_some_and(|class| class.group == "arms"));
        let ranked = arms.filter_map(|(at, draft)| Some((self.calibre_rank(draft, found)?, at)));
        let Some((_, chosen)) = ranked.min() else { return };
        let Some((first, last)) =
            drafts.get(chosen).map(|d| (d.first.min(found.first), d.last.max(found.last)))
        else {
            return;
        };
        let mut others = near.filter(|&at| at != chosen).filter_map(|at| drafts.get(at));
        if others.any(|other| other.first <= last && first <= other.last) {
            return;
        }
        let Some(draft) = drafts.get_mut(chosen) else { return };
        (draft.first, draft.last) = (first, last);
        let told = self.words.span(found.first, found.last).of(self.words.text());
        draft.why = format!("{}; calibre {told}", draft.why);
        if draft.system.is_none() {
            draft.class = self.by_calibre(draft.class, &found.calibre);
        }
        draft.calibre =
            Some(draft.calibre.as_ref().map_or(found.calibre.clone(), |known| known.cover(&found.calibre)));
    }

    /// How near a calibre is to a mention; `None` when it belongs elsewhere. A bracket and the word "calibre"
    /// point back; without them the word after the number is preferred.
    fn calibre_rank(&self, draft: &Draft, found: &CalibreAt) -> Option<(u8, usize)> {
        let open = |from: usize, to: usize| (from..=to).all(|at| !self.words.gap(at).ends());
        if draft.first <= found.first && found.last <= draft.last {
            return Some((0, 0));
        }
        if draft.first > found.last {
            let distance = draft.first - found.last;
            let free = (found.last + 1..draft.first)
                .all(|at| !self.lexicon.beside.conjunctions.has(self.words.folded(at)));
            let near = distance <= CALIBRE_REACH && free && open(found.last + 1, draft.first);
            return near.then_some((2, distance));
        }
        let distance = found.first.saturating_sub(draft.last);
        let points_back = self.words.between(draft.last, draft.last + 1).contains('(')
            || (draft.last + 1..found.first).any(|at| calibre::is_calibre_word(self.words.folded(at)));
        let near = (1..=CALIBRE_REACH).contains(&distance) && open(draft.last + 1, found.first);
        near.then_some((if points_back { 1 } else { 3 }, distance))
    }

    /// The class that a calibre makes of one: a rocket of 122 mm is artillery, a shell of 82 mm a mortar's. Where
    /// several classes below it have the calibre, it stays what it is.
    fn by_calibre(&self, class: ClassIndex, calibre: &Calibre) -> ClassIndex {
        let fits = |mm: f64| (calibre.from_mm..=calibre.to_mm).contains(&mm);
        let hints = self.goods.calibres.iter().filter(|hint| fits(hint.mm));
        let told: Vec<ClassIndex> =
            hints.flat_map(|hint| &hint.classes).filter_map(|id| self.goods.class_index(id)).collect();
        let mut lower = told.iter().copied().filter(|&c| c != class && self.is_a(c, class));
        let below = lower.next().filter(|&first| lower.all(|other| other == first));
        let certain = told.iter().copied().find(|_| told.windows(2).all(|pair| pair.first() == pair.last()));
        let open = self.is_ammunition(class) && !told.contains(&class);
        below.or(certain.filter(|_| open)).unwrap_or(class)
    }

    fn compare(&self, draft: &mut Draft) {
        let around = self.words.around(draft.first, draft.first, COMPARISON_REACH);
        let mut before = around.filter(|&at| at < draft.first);
        if before.any(|at| self.lexicon.beside.comparison.has(self.words.folded(at))) {
            draft.confidence = Confidence::Low;
            draft.why = format!("{}; named in a comparison", draft.why);
        }
    }

    /// Takes in the closing bracket or quotation mark when the opening one is in, and a hanging hyphen.
    fn close(&self, span: &mut Span, hanging: bool) {
        let words = span.of(self.words.text());
        let rest = self.words.text().get(span.end() as usize..).unwrap_or_default();
        if let Some(next) = rest.chars().next()
            && BRACKETS.iter().any(|&(open, close)| {
                close == next && words.matches(open).count() > words.matches(close).count()
            })
        {
            *span = span.ending(span.end() + next.len_utf8() as u32);
        } else if hanging && rest.starts_with(['-', '‐', '‑']) {
            *span =
                span.ending(span.end() + rest.chars().next().map_or(0, |hyphen| hyphen.len_utf8() as u32));
        }
    }

    fn mention(&self, draft: Draft) -> Option<GoodsMention> {
        let mut span = self.words.span(draft.first, draft.last);
        span = span
            .ending(draft.calibre.as_ref().map_or(span.end(), |calibre| span.end().max(calibre.span.end())));
        self.close(&mut span, draft.shared);
        let class = self.class(draft.class)?.id.clone();
        let system = draft.system.and_then(|at| self.goods.systems.get(usize::from(at)));
        Some(GoodsMention {
            span,
            why: format!("{}: {class}", draft.why),
            class,
            system: system.map(|system| system.id.clone()),
            calibre: draft.calibre,
            confidence: draft.confidence,
        })
    }
}

/// Joins neighbours where `join` says so, from left to right.
fn fold_pairs(drafts: Vec<Draft>, join: impl Fn(&Draft, &Draft) -> Option<Draft>) -> Vec<Draft> {
    let mut folded: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        match folded.last().and_then(|before| join(before, &draft)) {
            Some(joined) => {
                folded.pop();
                folded.push(joined);
            }
            None => folded.push(draft),
        }
    }
    folded
}
