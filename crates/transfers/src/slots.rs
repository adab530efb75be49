//! Fills the slots of a frame with the phrases that syntax puts there. What stands elsewhere is never taken.

use crate::frames::{Entry, ItemKind, Need, Slot};
use crate::item::{Item, Sort, item};
use crate::model::Status;
use crate::scene::{Party, Scene, is_open};
use crate::words::Heading;
use lagebild_entities::{EntityKind, Form};
use lagebild_grammar::Upos;
use lagebild_predicates::{Argument, Predicate, Role};
use lagebild_span::Span;
use std::collections::BTreeSet;

/// A frame with what fills it.
#[derive(Clone, Debug)]
pub(crate) struct Filled<'a> {
    pub(crate) entry: &'a Entry,
    /// Several who stand in a row.
    pub(crate) giver: Vec<Party>,
    pub(crate) receiver: Vec<Party>,
    /// Members of a row, in order.
    pub(crate) items: Vec<Item>,
    pub(crate) carrier: Option<Party>,
    pub(crate) route: Vec<Party>,
    pub(crate) end_user: Option<Party>,
}

impl Filled<'_> {
    /// How much is filled: of two frames of one word the one that says more counts.
    pub(crate) fn weight(&self) -> (bool, usize, Option<Sort>) {
        let sides = usize::from(!self.giver.is_empty()) + usize::from(!self.receiver.is_empty());
        (!self.items.is_empty(), sides, self.items.first().map(|item| item.sort))
    }
}

/// The frame filled; none where something that it needs is missing.
pub(crate) fn fill<'a>(scene: &Scene, predicate: &Predicate, entry: &'a Entry) -> Option<Filled<'a>> {
    if entry.reflexive && !predicate.reflexive {
        return None;
    }
    if entry.with.as_ref().is_some_and(|with| !predicate.companions.contains(with)) {
        return None;
    }
    let mut found = Filled {
        entry,
        giver: Vec::new(),
        receiver: Vec::new(),
        items: Vec::new(),
        carrier: None,
        route: Vec::new(),
        end_user: None,
    };
    let mut filler =
        Filler { scene, predicate, entry, used: BTreeSet::new(), taken: Vec::new(), names: Vec::new() };
    // "Customs stopped a lorry of microchips" is a seizure, and nobody's own delivery that ends.
    if entry.id == "stop" && filler.by_authority() {
        return None;
    }
    // The item first: a phrase that names goods is no side.
    found.items = filler.items();
    filler.sides(&mut found);
    if entry.frame.abroad {
        found.receiver.retain(|party| !is_town(scene, party));
        if found.receiver.is_empty() {
            return None;
        }
    }
    filler.trim(&mut found.items);
    if entry.frame.done_to && entry.class.is_some() && !entry.noun {
        filler.deeds(&mut found);
    }
    filler.has_what_it_needs(&found).then_some(found)
}

fn is_town(scene: &Scene, party: &Party) -> bool {
    let entity = party.entity.and_then(|id| scene.setting.entities.get(id));
    entity.is_some_and(|entity| entity.kind == EntityKind::Place)
}

/// In so many of the first places of a side any noun is somebody ("to a smelter"); further places may mean something else.
const SURE_PLACES: usize = 2;

struct Filler<'a, 's> {
    scene: &'a Scene<'s>,
    predicate: &'a Predicate,
    entry: &'a Entry,
    /// Heads of phrases that fill a slot already.
    used: BTreeSet<usize>,
    /// Words of the parties among them.
    taken: Vec<Span>,
    /// Names that stand in the phrase of an item and are sides.
    names: Vec<Span>,
}

impl<'a> Filler<'a, '_> {
    /// The phrases at a place: those that the tree hangs there, before those that it hangs on what goes or who gives it; or (`far`)
    /// those that may belong to another noun: "through the territory *of Iran*".
    fn at(&self, place: &str, far: bool) -> Vec<&'a Argument> {
        let arguments = &self.predicate.arguments;
        let main = |head: usize| {
            let deep = |argument: &&Argument| matches!(argument.role, Role::Object | Role::Subject);
            arguments.iter().filter(deep).any(|argument| argument.head == head)
        };
        let fits = |argument: &&Argument| {
            argument.role.fits(place)
                && !argument.negated
                && !self.used.contains(&argument.head)
                && argument.through.is_some_and(|noun| !main(noun)) == far
        };
        let (near, hung): (Vec<_>, Vec<_>) =
            arguments.iter().filter(fits).partition(|argument| argument.through.is_none());
        if near.is_empty() { hung } else { near }
    }

    /// The places of a slot with what stands there: near ones of all places before far ones of any. The number is the rank of the place.
    fn rows(&self, slot: Slot) -> impl Iterator<Item = (usize, Vec<&'a Argument>)> {
        let places = self.entry.places(slot).iter().enumerate();
        let near = places.clone().map(|(rank, place)| (rank, self.at(place, false)));
        // "an order for helicopters from X" is not X's order.
        let bought = self.entry.noun && self.entry.frame.slots.first() == Some(&Slot::Receiver);
        let far = places.filter(move |_| !(bought && slot == Slot::Receiver));
        near.chain(far.map(|(rank, place)| (rank, self.at(place, true))))
    }

    fn items(&mut self) -> Vec<Item> {
        let kind = match self.entry.needs {
            Some(Need::Item(kind)) => kind,
            _ => self.entry.frame.item,
        };
        let movers = &self.entry.frame.movers;
        let rows: Vec<(usize, Vec<&Argument>)> = self.rows(Slot::Item).collect();
        for (_, arguments) in rows {
            let row: Vec<(usize, Item)> = arguments
                .into_iter()
                .filter_map(|argument| Some((argument.head, item(self.scene, argument, kind)?)))
                .filter(|(_, item)| !item.class.as_ref().is_some_and(|class| movers.contains(class)))
                .collect();
            if !row.is_empty() {
                self.used.extend(row.iter().map(|(head, _)| *head));
                return row.into_iter().map(|(_, item)| item).collect();
            }
        }
        self.misplaced_item(kind).or_else(|| self.own_item(kind)).into_iter().collect()
    }

    /// All slots but the item's, in the order of the frame.
    fn sides(&mut self, found: &mut Filled) {
        for slot in &self.entry.frame.slots {
            match slot {
                Slot::Giver => found.giver = self.parties(*slot),
                Slot::Receiver => found.receiver = self.parties(*slot),
                Slot::Carrier => found.carrier = self.parties(*slot).into_iter().next(),
                Slot::EndUser => found.end_user = self.parties(*slot).into_iter().next(),
                Slot::Route => found.route = self.parties(*slot),
                Slot::Seizer | Slot::Return => {
                    self.parties(*slot);
                }
                Slot::Item => {}
            }
        }
        if found.receiver.is_empty() {
            found.receiver = self.bare_dative().or_else(|| self.second_object()).into_iter().collect();
        }
        if self.entry.frame.status == Some(Status::Seized) {
            let words = self.scene.setting.words;
            for (side, heading) in [(&mut found.giver, &words.coming), (&mut found.receiver, &words.bound)] {
                if side.is_empty() {
                    side.extend(self.heading(heading));
                }
            }
        }
    }

    /// "repairs its frigates": what goes is what is done to the goods, and who owns them gets it.
    fn deeds(&mut self, found: &mut Filled) {
        // "assurer la formation": what is no thing is neither insured nor repaired.
        found.items.retain(|item| !item.knowledge && !item.people);
        if found.receiver.is_empty() {
            found.receiver.extend(self.owner());
        }
        if !found.items.is_empty() || self.entry.needs.is_none() {
            found.items = self.done_to(&found.items).into_iter().collect();
        }
    }

    /// "soll dem Tschad Haubitzen verkauft haben": goods right behind somebody or something else, which the tree takes for another
    /// name of it. A real apposition stands behind a comma.
    fn misplaced_item(&self, kind: ItemKind) -> Option<Item> {
        let arguments = self.predicate.arguments.iter().filter(|argument| !argument.shared);
        let tokens = arguments.flat_map(|argument| {
            let alias = argument.alias.into_iter();
            alias.chain(argument.tokens.iter().copied()).map(move |at| (argument, at))
        });
        let named_so = |at: usize| {
            let Some(token) = self.scene.token(at) else { return false };
            let before = at.checked_sub(1).and_then(|before| self.scene.token(before));
            let beside = before.is_some_and(|before| before.upos != Upos::Punct);
            let good = |at: usize| self.scene.goods(at).is_some();
            token.deprel == "appos" && beside && good(at) && !good(token.head as usize)
        };
        let (argument, at) = tokens.into_iter().find(|(_, at)| named_so(*at))?;
        let tokens: Vec<usize> = argument.tokens.iter().copied().filter(|other| *other > at).collect();
        let named =
            Argument { head: at, tokens: [vec![at], tokens].concat(), alias: None, ..argument.clone() };
        item(self.scene, &named, kind)
    }

    /// "sold Ukraine tanks", where the tree takes both for objects: somebody is no good, so that is who gets it.
    fn second_object(&mut self) -> Option<Party> {
        let dative = self.entry.places(Slot::Receiver).iter().any(|place| place == "dative");
        if self.entry.noun || !dative || self.used.is_empty() {
            return None;
        }
        let objects = self.predicate.of(&Role::Object).filter(|argument| argument.through.is_none());
        let mut free = objects.filter(|argument| !self.used.contains(&argument.head) && !argument.negated);
        let (head, party) =
            free.find_map(|argument| Some((argument.head, self.scene.named(argument.head)?)))?;
        if !self.is_free(party.span) {
            return None;
        }
        self.used.insert(head);
        self.taken.push(party.span);
        Some(party)
    }

    /// "verkaufte Aserbaidschan Drohnen": where compounds are written together, a name right before the goods is the one who
    /// gets them, whatever the tree makes of it.
    fn bare_dative(&mut self) -> Option<Party> {
        let dative = self.entry.places(Slot::Receiver).iter().any(|place| place == "dative");
        if self.entry.noun || !dative || !self.scene.setting.words.compounds {
            return None;
        }
        let items = self.predicate.arguments.iter().filter(|argument| self.used.contains(&argument.head));
        let tokens = items.flat_map(|argument| argument.tokens.iter().map(move |at| (argument.head, *at)));
        let mut beside = tokens.filter(|(head, at)| at < head).filter_map(|(head, at)| {
            let token = self.scene.token(at)?;
            let noun = matches!(token.upos, Upos::Noun | Upos::Propn) && token.head as usize == head;
            let mention = self.scene.mention(at).filter(|mention| mention.form != Form::Inflected)?;
            let named = self.scene.named(at).filter(|_| noun && mention.span.contains(token.span))?;
            (self.is_free(named.span)).then_some((at, named))
        });
        let found = beside.next_back();
        found.map(|(at, party)| {
            self.used.insert(at);
            self.taken.push(party.span);
            self.names.push(party.span);
            party
        })
    }

    /// Whither or whence what is stopped was on its way: "rifles *destined for* Yemen".
    fn heading(&mut self, heading: &Heading) -> Option<Party> {
        let told = |one: &&Predicate| heading.words.contains(&one.lemma) && one.head != self.predicate.head;
        let beside = self.scene.clauses.predicates.iter().filter(told);
        let arguments = beside
            .flat_map(|one| one.arguments.iter())
            .filter(|argument| heading.places.iter().any(|place| argument.role.fits(place)));
        let mut parties = arguments.filter_map(|argument| self.scene.party(argument, true));
        let found = parties.find(|party| self.is_free(party.span))?;
        self.taken.push(found.span);
        Some(found)
    }

    /// No other slot has these words.
    fn is_free(&self, words: Span) -> bool {
        !self.taken.iter().any(|taken| taken.overlaps(words))
    }

    /// Customs or police do it.
    fn by_authority(&self) -> bool {
        let mut tokens = self.predicate.of(&Role::Subject).flat_map(|subject| subject.tokens.iter());
        tokens.any(|at| {
            let lemma = self.scene.token(*at).map_or("", |token| token.lemma.as_str());
            self.scene.setting.words.is_authority(lemma)
        })
    }

    /// "Waffenlieferungen": the noun itself names what goes.
    fn own_item(&self, kind: ItemKind) -> Option<Item> {
        if !self.entry.noun {
            let says = self.entry.frame.by_itself || self.entry.class.is_some();
            return says.then(|| self.deed()).flatten();
        }
        let head = self.predicate.head;
        let token = self.scene.token(head)?.span;
        let goods = self.scene.goods(head);
        // "Stromlieferungen", "aid from Oslo": the noun says what goes, though nobody knows it as a class of goods.
        let sort = goods.map_or(Sort::Generic, |_| Sort::Goods);
        let span = goods.map_or(token, |goods| token.cover(goods.span));
        let class = goods.map(|goods| goods.class.clone());
        let found = Item::new(span, span, class, sort);
        found.is(kind).then_some(found)
    }

    /// "repairs its frigates": the verb with the goods.
    fn done_to(&self, goods: &[Item]) -> Option<Item> {
        let deed = self.deed()?;
        let span = goods.iter().fold(deed.span, |span, item| span.cover(item.span));
        Some(Item { span, ..deed })
    }

    /// Whose the goods are: "repairs *its* frigates", "Hubschrauber *der jordanischen Luftwaffe*".
    fn owner(&mut self) -> Option<Party> {
        let objects = self.predicate.of(&Role::Object).filter(|argument| argument.through.is_none());
        let nouns = objects.filter_map(|object| self.scene.clauses.headed(object.head));
        let arguments = nouns
            .filter_map(|index| self.scene.clauses.predicates.get(index))
            .flat_map(|noun| noun.arguments.iter().filter(|argument| argument.through.is_none()));
        let mut owners = arguments.filter(|argument| {
            let of =
                matches!(&argument.role, Role::Marked(word, _) if self.scene.setting.words.of.contains(word));
            of || matches!(argument.role, Role::Possessor | Role::Genitive)
        });
        let found = owners.find_map(|argument| self.scene.party(argument, true))?;
        (self.is_free(found.span)).then_some(found)
    }

    /// "trained the recruits": what goes is what is done.
    fn deed(&self) -> Option<Item> {
        let span = self.scene.token(self.predicate.head)?.span;
        let class = self.entry.class.clone().or_else(|| self.entry.frame.class.clone());
        let sort = self.entry.class.as_ref().map_or(Sort::Generic, |_| Sort::Goods);
        Some(Item::new(span, span, class, sort))
    }

    /// Takes out of the items what fills another slot: "weapons to Sudan".
    fn trim(&self, items: &mut [Item]) {
        let others = self.predicate.arguments.iter().filter(|argument| self.used.contains(&argument.head));
        let others: Vec<Span> = others
            .map(|argument| self.scene.span(&[argument.tokens.as_slice(), argument.how.as_slice()].concat()))
            .chain(self.names.iter().copied())
            .collect();
        for item in items {
            for other in &others {
                if !item.span.overlaps(*other) || other.overlaps(item.head) {
                    continue;
                }
                let rest = if other.start() >= item.head.end() {
                    Span::between(item.span.start(), other.start().min(item.span.end()))
                } else {
                    Span::between(other.end().max(item.span.start()), item.span.end())
                };
                item.span = rest.trimmed(self.scene.setting.text);
            }
        }
    }

    fn parties(&mut self, slot: Slot) -> Vec<Party> {
        let rows: Vec<(usize, Vec<&Argument>)> = self.rows(slot).collect();
        for (rank, arguments) in rows {
            let side = matches!(slot, Slot::Giver | Slot::Receiver | Slot::EndUser);
            let row: Vec<(usize, Party)> = arguments
                .into_iter()
                .filter_map(|argument| {
                    let open = slot != Slot::Route && is_open(&argument.role) || side && rank < SURE_PLACES;
                    let party = self.scene.party(argument, open)?;
                    Some((argument.head, party))
                })
                // One name of several words is not two sides.
                .filter(|(_, party)| self.is_free(party.span))
                .collect();
            if !row.is_empty() {
                self.used.extend(row.iter().map(|(head, _)| *head));
                self.taken.extend(row.iter().map(|(_, party)| party.span));
                return row.into_iter().map(|(_, party)| party).collect();
            }
        }
        Vec::new()
    }

    fn has_what_it_needs(&self, found: &Filled) -> bool {
        let named = |row: &[Party]| row.iter().any(|party| party.entity.is_some());
        // A thing that nobody knows as a good counts where it goes from somebody named to somebody named.
        let between = named(&found.giver) && named(&found.receiver);
        match self.entry.needs {
            Some(Need::Item(kind)) => {
                found.items.iter().any(|item| item.is(kind) || kind == ItemKind::Goods && between)
            }
            Some(Need::Slot(Slot::Giver)) => !found.giver.is_empty(),
            Some(Need::Slot(Slot::Receiver)) => !found.receiver.is_empty(),
            Some(Need::Slot(Slot::Item)) => !found.items.is_empty(),
            Some(Need::Slot(Slot::Carrier)) => found.carrier.is_some(),
            Some(Need::Slot(Slot::Route)) => !found.route.is_empty(),
            Some(Need::Slot(Slot::EndUser)) => found.end_user.is_some(),
            Some(Need::Slot(Slot::Seizer)) => self.by_authority() && !found.items.is_empty(),
            None | Some(Need::Slot(Slot::Return)) => true,
        }
    }
}
