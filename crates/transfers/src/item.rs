//! What goes: a phrase with a class of goods, or with a word like "equipment" that leaves it open.

use crate::frames::ItemKind;
use crate::scene::Scene;
use crate::words::Sense;
use lagebild_entities::EntityId;
use lagebild_goods::GoodsMention;
use lagebild_grammar::Upos;
use lagebild_predicates::Argument;
use lagebild_span::Span;

/// What a transfer is said to be of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    pub(crate) span: Span,
    /// Its main word.
    pub(crate) head: Span,
    pub(crate) class: Option<String>,
    pub(crate) sort: Sort,
    /// True for soldiers, workers, experts.
    pub(crate) people: bool,
    /// True for technology, data, help: no thing.
    pub(crate) knowledge: bool,
    /// True for a word that asks what goes, or leaves it to a list: "what".
    pub(crate) open: bool,
    /// Whence it is by its adjective or owner ("Iranian drones").
    pub(crate) origin: Option<EntityId>,
}

/// How much the words say of what goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sort {
    /// A noun of which nothing is known.
    Plain,
    /// "equipment", "aid".
    Generic,
    Money,
    /// A class of goods, services or people.
    Goods,
}

impl Item {
    /// An item of which no more is known.
    pub(crate) fn new(span: Span, head: Span, class: Option<String>, sort: Sort) -> Self {
        Self { span, head, class, sort, people: false, knowledge: false, open: false, origin: None }
    }

    /// True when it is of the kind that a word needs.
    pub(crate) fn is(&self, kind: ItemKind) -> bool {
        match kind {
            ItemKind::Any => true,
            ItemKind::Goods => matches!(self.sort, Sort::Goods | Sort::Generic),
            ItemKind::Data => self.knowledge || self.sort == Sort::Generic,
            ItemKind::Money => self.sort == Sort::Money,
            ItemKind::People => self.people,
        }
    }
}

/// Class of money (`data/goods/classes.yaml`).
const MONEY: &str = "hard_currency";

/// The item that a phrase names; none where it names no thing that goes.
pub(crate) fn item(scene: &Scene, argument: &Argument, kind: ItemKind) -> Option<Item> {
    let head = argument.head;
    let token = scene.token(head)?;
    if token.upos == Upos::Pron && matches!(token.feat("PronType"), Some("Int" | "Rel")) {
        return Some(Item { open: true, ..Item::new(token.span, token.span, None, Sort::Generic) });
    }
    let named = scene.goods(head).is_some() && !matches!(token.upos, Upos::Pron | Upos::Verb | Upos::Aux);
    if !named
        && !matches!(
            token.upos,
            Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj | Upos::Adv | Upos::Det | Upos::Sym | Upos::X
        )
    {
        return None;
    }
    let sense = scene.sense(head);
    let quantifies = matches!(token.upos, Upos::Num | Upos::Adj | Upos::Adv | Upos::Det);
    let counted = quantifies || matches!(sense, Some(Sense::Measure | Sense::Generic));
    // "18 tonnes of wheat", "a shipment of rifles": the good beside its measure.
    let beside = || argument.tokens.iter().filter(|at| **at != head).find_map(|at| scene.goods(*at));
    // "drone parts": the word before the head, unless the head says that it is no thing.
    let before =
        || head.checked_sub(1).filter(|at| argument.tokens.contains(at)).and_then(|at| scene.goods(at));
    let own = || scene.goods(head);
    let behind = if counted && beside().or_else(own).is_none() { behind(scene, argument) } else { None };
    let inner = if counted {
        beside().or_else(own).or(behind)
    } else {
        own().or_else(|| before().filter(|_| sense.is_none()))
    };
    let span = scene.span(&argument.tokens);
    let span = behind.map_or(span, |goods| span.cover(goods.span));
    let found = |class: Option<String>, sort| {
        let works = |class: &str| {
            let class = scene.setting.catalogue.class(class);
            class.is_some_and(|class| class.flow == lagebild_goods::FlowKind::Workers)
        };
        let people = scene.sense(head) == Some(Sense::Party) || class.as_deref().is_some_and(works);
        let knowledge = class.as_deref().is_some_and(|class| is_knowledge(scene, class));
        Some(Item {
            people,
            knowledge,
            origin: origin(scene, argument),
            ..Item::new(span, token.span, class, sort)
        })
    };
    if let Some(goods) = inner {
        return found(Some(goods.class.clone()), sort_of(scene, goods));
    }
    if scene.is_date(token.span) || scene.named(head).is_some() {
        return None;
    }
    // "120 millions de dollars": the currency beside its number.
    let currency = || {
        let beside = argument.tokens.iter().filter(|at| **at != head);
        beside.filter(|at| scene.sense(**at) == Some(Sense::Money)).count() > 0
    };
    match sense {
        Some(Sense::Generic | Sense::Measure) if currency() => found(Some(MONEY.to_owned()), Sort::Money),
        Some(Sense::Money) => found(Some(MONEY.to_owned()), Sort::Money),
        Some(Sense::Generic | Sense::Measure) => found(None, Sort::Generic),
        Some(Sense::Party) if kind == ItemKind::People => found(None, Sort::Generic),
        None if matches!(token.upos, Upos::Noun) => found(None, Sort::Plain),
        Some(Sense::NotItem | Sense::Place | Sense::Party) | None => None,
    }
}

/// The good that stands right behind its measure, wherever the tree hangs it: "70 Kisten Tretminen", "a lorry with 40 sights".
fn behind<'a>(scene: &Scene<'a>, argument: &Argument) -> Option<&'a GoodsMention> {
    let next = argument.tokens.iter().max()? + 1;
    let laden = scene.setting.words.laden.contains(&scene.written(next).to_lowercase());
    let next = (next + usize::from(laden)..).take_while(|at| {
        let kinds = [Upos::Adj, Upos::Noun, Upos::Propn, Upos::Num];
        scene.token(*at).is_some_and(|token| kinds.contains(&token.upos))
    });
    next.take(3).find_map(|at| scene.goods(at))
}

/// True for a class of services, technology or help.
fn is_knowledge(scene: &Scene, class: &str) -> bool {
    let class = scene.setting.catalogue.class(class);
    class.is_some_and(|class| {
        !matches!(class.flow, lagebild_goods::FlowKind::Goods | lagebild_goods::FlowKind::Money)
    })
}

fn sort_of(scene: &Scene, goods: &GoodsMention) -> Sort {
    let class = scene.setting.catalogue.class(&goods.class);
    match class.map(|class| class.flow) {
        Some(lagebild_goods::FlowKind::Money) => Sort::Money,
        _ => Sort::Goods,
    }
}

/// The country whose adjective or name stands in the phrase.
fn origin(scene: &Scene, argument: &Argument) -> Option<EntityId> {
    let beside = argument.tokens.iter().filter(|at| **at != argument.head);
    let attribute = |at: &&usize| {
        scene.token(**at).is_some_and(|token| {
            matches!(token.deprel.as_str(), "amod" | "compound" | "nmod" | "det")
                && token.head as usize == argument.head
        })
    };
    beside.filter(attribute).find_map(|at| {
        let mention = scene.mention(*at)?;
        let entity = scene.setting.entities.get(mention.entity)?;
        (entity.kind == lagebild_entities::EntityKind::Country).then_some(mention.entity)
    })
}
