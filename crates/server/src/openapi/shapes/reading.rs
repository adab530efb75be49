//! The forms of our own operations; the reading is `lagebild.reading/1` (`docs/reading.md`).

use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Words that a field may hold. They are handed on as they stand (`tt`): a `literal` would be wrapped, and `utoipa` not see it.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident: $($variant:ident = $word:tt),+) => {
        $(#[$doc])*
        #[derive(Deserialize, ToSchema)]
        pub(crate) enum $name { $(#[serde(rename = $word)] $variant),+ }
    };
}

words!(
    /// An evidence state, never a legal judgement.
    Verdict: Touched = "touched", CapQuantityUnknown = "cap_quantity_unknown", ExceptionMayApply = "exception_may_apply",
    TouchedIndirectly = "touched_indirectly", WouldApplyWithNexus = "would_apply_with_nexus", Possible = "possible",
    NoMeasureFound = "no_measure_found", NoData = "no_data"
);
words!(
    /// How well founded a transfer is.
    Standing: Certain = "certain", Probable = "probable", Planned = "planned", Possible = "possible", Wished = "wished",
    Open = "open", Cancelled = "cancelled", Doubted = "doubted", Denied = "denied"
);
words!(
    /// Where a transfer stands, as it is told.
    TransferStatus: Done = "done", Ongoing = "ongoing", Planned = "planned", Possible = "possible", Wished = "wished",
    Denied = "denied", Cancelled = "cancelled", Refused = "refused", Banned = "banned", Seized = "seized"
);
words!(EntityKind: Person = "person", Organisation = "organisation", Country = "country", Place = "place",
    Vessel = "vessel", Instrument = "instrument", Event = "event", Other = "other");
words!(MentionForm: Name = "name", Inflected = "inflected", Metonym = "metonym", Pronoun = "pronoun",
    Description = "description");
words!(Manner: Direct = "direct", Indirect = "indirect", Reported = "reported", FreeIndirect = "free_indirect");
words!(Act: Assert = "assert", Confirm = "confirm", Deny = "deny", Announce = "announce", Threaten = "threaten",
    Demand = "demand", Promise = "promise", Speculate = "speculate", Ask = "ask");

/// The reading of one article; an array of them where several were sent.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Readings {
    One(Box<Reading>),
    Many(Vec<Reading>),
}

/// Everything that one document says, anchored to its words. Fields may be added, never renamed.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Reading {
    /// `lagebild.reading/1`.
    schema: String,
    stamp: Stamp,
    document: About,
    /// The archived text; all offsets are bytes into it.
    text: String,
    entities: Vec<Entity>,
    mentions: Vec<Mention>,
    statements: Vec<Statement>,
    transfers: Vec<Transfer>,
    events: Vec<Event>,
    relations: Vec<Relation>,
    findings: Vec<Finding>,
    listings: Vec<Listing>,
    warnings: Vec<String>,
}

/// What a reading was made with: enough to make it again.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Stamp {
    lagebild: String,
    program: String,
    /// Hashes by name.
    models: BTreeMap<String, String>,
    language: Option<DataStamp>,
    world: DataStamp,
    names: DataStamp,
    spotting: DataStamp,
    watchlist: DataStamp,
    measures: DataStamp,
    goods: DataStamp,
    /// The day whose measures count.
    as_of: String,
}

/// Which version of a body of data was used.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct DataStamp {
    name: String,
    date: Option<String>,
    /// SHA-256.
    hash: String,
    /// The lists that a watchlist is made of.
    #[serde(default)]
    #[schema(no_recursion)]
    lists: Vec<DataStamp>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct About {
    source: String,
    sha256: String,
    language: Option<String>,
    title: Option<String>,
    published: Option<String>,
    #[serde(default)]
    url: Option<String>,
    /// What else is known of where it comes from: format, members, author, mail, feed, url, fetched, pages.
    #[serde(default)]
    origin: BTreeMap<String, serde_json::Value>,
    #[serde(default)]
    places: Vec<Place>,
    blocks: Vec<Block>,
}

/// Where a page, slide or sheet begins.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Place {
    start: u32,
    label: String,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Block {
    kind: String,
    start: u32,
    end: u32,
}

/// Bytes of the text, the end exclusive.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Span {
    start: u32,
    end: u32,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Entity {
    id: String,
    kind: EntityKind,
    name: String,
    /// ISO 3166-1 alpha-2 in lower case.
    country: Option<String>,
    role: Option<Span>,
    /// Listed parties that it may be, best first.
    matches: Vec<Match>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Match {
    list: String,
    party: String,
    name: String,
    /// From 0 to 1.
    score: f64,
    explanation: Vec<String>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Mention {
    entity: String,
    start: u32,
    end: u32,
    form: MentionForm,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Statement {
    id: String,
    content: Span,
    cue: Option<Span>,
    speaker: Option<String>,
    speaker_words: Option<Span>,
    channel: Option<String>,
    addressee: Option<String>,
    manner: Manner,
    /// How sure the source is, in FactBank's values. No enumeration: generators make the same name of `CT+` and `CT-`.
    #[schema(pattern = "^((CT|PR|PS)[+-]|U)$")]
    certainty: String,
    act: Act,
    within: Option<String>,
    scope: Vec<Span>,
    confidence: f32,
    support: StatementSupport,
    explanation: Vec<String>,
}

/// What speaks for a statement.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct StatementSupport {
    rule: bool,
    reader: Option<f32>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Transfer {
    id: String,
    giver: Option<String>,
    receiver: Option<String>,
    giver_words: Option<Span>,
    receiver_words: Option<Span>,
    giver_country: Option<String>,
    receiver_country: Option<String>,
    item: Span,
    /// Class of goods.
    class: Option<String>,
    quantity: Option<Quantity>,
    time: Option<DateRange>,
    /// How sure the source is, in FactBank's values. No enumeration: generators make the same name of `CT+` and `CT-`.
    #[schema(pattern = "^((CT|PR|PS)[+-]|U)$")]
    certainty: String,
    status: TransferStatus,
    source: Option<String>,
    /// The words that name the source, also when it is nobody in particular.
    source_words: Option<Span>,
    statement: Option<String>,
    carrier: Option<String>,
    via: Option<String>,
    end_user: Option<String>,
    in_exchange_for: Option<String>,
    disputed_by: Vec<String>,
    contradicted_by: Vec<String>,
    evidence: Vec<Span>,
    confidence: f32,
    support: TransferSupport,
    explanation: Vec<String>,
}

/// How two named parties are said to stand to each other.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Relation {
    id: String,
    /// Id of its kind: `owner`, `leader`, `ally`, ….
    kind: String,
    /// One side: the owner, the leader, the employer, ….
    from: String,
    /// The other side.
    to: String,
    from_words: Span,
    to_words: Span,
    /// How sure the source is, in FactBank's values.
    #[schema(pattern = "^((CT|PR|PS)[+-]|U)$")]
    certainty: String,
    /// It is said to be over: "the former head of".
    ended: bool,
    /// Share in percent, as written.
    #[serde(default)]
    share: Option<f64>,
    source: Option<String>,
    statement: Option<String>,
    evidence: Vec<Span>,
    explanation: Vec<String>,
}

/// What speaks for a transfer.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct TransferSupport {
    frame: bool,
    listed: bool,
    item: Option<f32>,
    giver: Option<f32>,
    receiver: Option<f32>,
    /// How its giver was found: `open`, `syntax`, `reader` (in the same sentence), `before` (in a sentence before).
    giver_by: String,
    receiver_by: String,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Quantity {
    start: u32,
    end: u32,
    value: Option<f64>,
    unit: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct DateRange {
    from: Option<String>,
    to: Option<String>,
    /// `day`, `week`, `month`, `year`, `interval`.
    precision: String,
    words: Span,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Event {
    id: String,
    /// PLOVER event type.
    #[serde(rename = "type")]
    kind: String,
    span: Span,
    participants: Vec<String>,
    place: Option<String>,
    date: Option<DateRange>,
    /// How sure the source is, in FactBank's values. No enumeration: generators make the same name of `CT+` and `CT-`.
    #[schema(pattern = "^((CT|PR|PS)[+-]|U)$")]
    certainty: String,
}

/// What a publisher says of a listed party.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Listing {
    party: String,
    name: String,
    birth: Vec<String>,
    programmes: Vec<String>,
    listed: Vec<String>,
    /// Relations to other parties of its list that its entry states.
    #[serde(default)]
    links: Vec<Link>,
}

/// A relation that a list states between two of its parties.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Link {
    /// FollowTheMoney schema.
    kind: String,
    from: LinkEnd,
    to: LinkEnd,
    /// The publisher's words for it.
    #[serde(default)]
    role: Option<String>,
    /// In percent.
    #[serde(default)]
    share: Option<f64>,
    #[serde(default)]
    start: Option<String>,
    #[serde(default)]
    end: Option<String>,
    /// The publisher calls it a former one.
    #[serde(default)]
    ended: Option<bool>,
    /// The list writes it the other way round.
    #[serde(default)]
    turned: Option<bool>,
    #[serde(default)]
    note: Option<String>,
}

/// One end of such a relation.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct LinkEnd {
    /// Id of the party.
    #[serde(default)]
    party: Option<String>,
    /// Its name, where no party of the list is meant by it alone.
    #[serde(default)]
    name: Option<String>,
}

/// A provision that a flow touches; of a transfer in an article, with how well founded that is.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Finding {
    /// In a reading: the transfer.
    #[serde(default)]
    transfer: Option<String>,
    #[serde(default)]
    standing: Option<Standing>,
    #[serde(default)]
    denied_by: Option<Vec<String>>,
    /// The day on which the provisions were looked up.
    #[serde(default)]
    on: Option<String>,
    measure: Option<String>,
    regime: String,
    issuer: String,
    instrument: Option<String>,
    paragraph: Option<String>,
    verdict: Verdict,
    why: String,
    /// What has to be found out to be sure.
    missing: Vec<String>,
    exceptions: Vec<String>,
    verification: Verification,
    source: Option<String>,
    #[serde(default)]
    also: Vec<Related>,
}

/// What a record rests on: `stored_text`, `memory`, … (`data/measures/README.md`).
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Verification {
    paragraph: String,
    date: String,
    content: String,
}

/// A weaker provision beside a finding.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Related {
    measure: String,
    instrument: String,
    paragraph: String,
    verdict: Verdict,
    why: String,
    #[serde(default)]
    missing: Vec<String>,
}
