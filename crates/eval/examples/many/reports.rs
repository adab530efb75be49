//! Invented reports with their readings: some told by many papers, most by one; copies and denials among them. The same number gives
//! the same reports.

use jiff::civil::{Date, date};
use lagebild_document::{Block, BlockKind, Document};
use lagebild_entities::{Entity, EntityId, EntityKind, Form, Mention};
use lagebild_reading::{About, Knowledge, Reading, SCHEMA, Stamp};
use lagebild_span::Span;
use lagebild_statements::{Act, Certainty, Manner, Statement, StatementId};
use lagebild_transfers::{Status, Transfer, TransferId};

const GIVEN: [&str; 24] = [
    "Arvid", "Belma", "Casimir", "Dragana", "Edvin", "Fatime", "Goran", "Hedda", "Ilse", "Jorma", "Katya",
    "Levon", "Mirela", "Nadir", "Oksana", "Pavel", "Quirin", "Rustam", "Selma", "Tarik", "Ulla", "Viktor",
    "Wanda", "Zeno",
];
const FAMILY: [&str; 20] = [
    "Alt", "Ber", "Cal", "Dor", "Eng", "Fal", "Gra", "Hol", "Ister", "Jan", "Kol", "Lar", "Mor", "Nor",
    "Ost", "Pra", "Rad", "Sor", "Tam", "Vel",
];
const ENDING: [&str; 16] = [
    "berg", "dahl", "escu", "ian", "ini", "kov", "lund", "mann", "nik", "oglu", "ov", "sen", "ski", "ström",
    "vic", "wald",
];
const FIRM: [&str; 8] =
    ["Shipping", "Trading", "Industries", "Logistics", "Metals", "Energy", "Aviation", "Holding"];
const COUNTRIES: [(&str, &str); 16] = [
    ("kp", "North Korea"),
    ("ru", "Russia"),
    ("ir", "Iran"),
    ("by", "Belarus"),
    ("sy", "Syria"),
    ("mm", "Myanmar"),
    ("cn", "China"),
    ("tr", "Turkey"),
    ("kz", "Kazakhstan"),
    ("am", "Armenia"),
    ("ge", "Georgia"),
    ("eg", "Egypt"),
    ("ve", "Venezuela"),
    ("cu", "Cuba"),
    ("et", "Ethiopia"),
    ("in", "India"),
];
const GOODS: [(&str, &str); 6] = [
    ("artillery_ammunition", "artillery shells"),
    ("armoured_combat_vehicles", "armoured vehicles"),
    ("crude_oil", "tonnes of crude oil"),
    ("military_uav", "drones"),
    ("machine_tools", "machine tools"),
    ("luxury_goods", "cases of spirits"),
];
const REMARKS: [&str; 8] = [
    "The shipment is said to have left the port of {} on a weekday before noon.",
    "A clerk at the customs house of {} remembers the lorries that waited there for hours.",
    "Nobody at {} answered the calls of this newspaper before it went to print.",
    "The accounts of {} for the past year show payments that fit the price of such a load.",
    "Traders who know {} speak of a firm that grew quickly and asked few questions.",
    "The parliament wants to hear the head of {} in one of its next sessions.",
    "Photographs that {} published show crates beneath a grey tarpaulin.",
    "In spring {} had still announced that it would leave the market.",
];
/// How many documents tell of one story on average.
const TELLERS: usize = 6;

/// Numbers that look drawn (xorshift), the same in each run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    fn days(&mut self, end: i32) -> i32 {
        i32::try_from(self.below(end.unsigned_abs() as usize)).unwrap_or_default()
    }

    /// Small numbers often, large ones rarely: few are in every paper.
    fn skewed(&mut self, end: usize) -> usize {
        let widest = self.below(end) + 1;
        self.below(widest)
    }
}

/// What is told.
struct Story {
    giver: usize,
    receiver: usize,
    goods: usize,
    amount: usize,
    speaker: usize,
    firm: usize,
    day: i32,
}

/// So many readings, in the order of their days.
pub(crate) fn readings(wanted: usize) -> Result<Vec<Reading>, Box<dyn std::error::Error>> {
    let mut draw = Draw(0x1a6e_b11d);
    let stories: Vec<Story> = (0..=wanted / TELLERS).map(|_| story(&mut draw, wanted)).collect();
    let mut all: Vec<Reading> = Vec::with_capacity(wanted);
    for number in 0..wanted {
        // One paper in six prints what another has printed.
        let copied = (number > 0 && draw.below(6) == 0).then(|| draw.below(number.min(40)) + 1);
        let copied = copied.and_then(|back| all.get(number - back)).cloned();
        let told = &stories[draw.skewed(stories.len())];
        let mut reading = match copied {
            Some(reading) => reading,
            None => report(told, &mut draw, wanted)?,
        };
        reading.document.source = format!("report-{number}.txt");
        reading.document.sha256 = format!("{number:064x}");
        all.push(reading);
    }
    Ok(all)
}

fn story(draw: &mut Draw, wanted: usize) -> Story {
    let giver = draw.below(COUNTRIES.len());
    Story {
        giver,
        receiver: (giver + 1 + draw.below(COUNTRIES.len() - 1)) % COUNTRIES.len(),
        goods: draw.below(GOODS.len()),
        amount: 12 + draw.below(9_000),
        speaker: draw.skewed(wanted / 2),
        firm: draw.skewed(wanted / 2),
        day: draw.days(1_000),
    }
}

fn person(number: usize) -> String {
    let (given, rest) = (GIVEN[number % GIVEN.len()], number / GIVEN.len());
    format!("{given} {}", family(rest))
}

fn family(number: usize) -> String {
    let (begin, rest) = (FAMILY[number % FAMILY.len()], number / FAMILY.len());
    let (end, more) = (ENDING[rest % ENDING.len()], rest / ENDING.len());
    if more == 0 {
        format!("{begin}{end}")
    } else {
        format!("{begin}{}{end}", FAMILY[more % FAMILY.len()].to_lowercase())
    }
}

fn firm(number: usize) -> String {
    format!("{} {}", family(number * 7 + 3), FIRM[number % FIRM.len()])
}

/// A text with its entities as it grows.
#[derive(Default)]
struct Writer {
    text: String,
    entities: Vec<Entity>,
    mentions: Vec<Mention>,
}

impl Writer {
    fn name(&mut self, kind: EntityKind, name: &str, country: Option<&str>) -> EntityId {
        let known = self.entities.iter().find(|one| one.name == name).map(|one| one.id);
        let id = known.unwrap_or(EntityId(self.entities.len() as u32 + 1));
        if known.is_none() {
            let is_state = kind == EntityKind::Country;
            self.entities.push(Entity {
                id,
                kind,
                name: name.to_owned(),
                country: country.map(str::to_owned),
                role: None,
                matches: Vec::new(),
                is_media: false,
                gender: None,
                is_state,
            });
        }
        let start = self.text.len();
        self.text += name;
        let span = Span::new(start, self.text.len());
        self.mentions.push(Mention { entity: id, span, form: Form::Name });
        id
    }

    fn country(&mut self, number: usize) -> EntityId {
        let (code, name) = COUNTRIES[number];
        self.name(EntityKind::Country, name, Some(code))
    }
}

fn report(story: &Story, draw: &mut Draw, wanted: usize) -> Result<Reading, Box<dyn std::error::Error>> {
    let day = date(2021, 1, 4).checked_add(jiff::Span::new().days(story.day + draw.days(9)))?;
    let mut writer = Writer::default();
    let mut statements = Vec::new();
    let mut transfers = Vec::new();
    for (number, denies) in [(1, draw.below(5) == 0), (2, false)].into_iter().take(1 + draw.below(2)) {
        let (statement, transfer) = telling(&mut writer, story, number, denies, draw, wanted);
        statements.push(statement);
        transfers.push(transfer);
        for _ in 0..3 + draw.below(4) {
            remark(&mut writer, draw, wanted);
        }
        writer.text += "\n\n";
    }
    let span = Span::new(0, writer.text.trim_end().len());
    let about = Document {
        language: Some("en".into()),
        published: Some(day),
        blocks: vec![Block { kind: BlockKind::Paragraph, span }],
        ..Document::default()
    };
    Ok(reading(&about, day, writer, statements, transfers))
}

/// "Hedda Moroglu said on Monday that Iran had sent 412 drones to Syria through Prasen Metals."
fn telling(
    writer: &mut Writer,
    story: &Story,
    number: u32,
    denies: bool,
    draw: &mut Draw,
    wanted: usize,
) -> (Statement, Transfer) {
    let who = if number == 1 { story.speaker } else { draw.skewed(wanted / 2) };
    // One telling in four names nobody who says so.
    let speaker = (draw.below(4) > 0).then(|| writer.name(EntityKind::Person, &person(who), None));
    let words = speaker.and_then(|_| writer.mentions.last()).map(|mention| mention.span);
    writer.text += match (speaker, denies) {
        (None, _) => "Papers seen by this newspaper say that ",
        (_, true) => " denied on Monday that ",
        _ => " said on Monday that ",
    };
    let start = writer.text.len();
    let giver = writer.country(story.giver);
    writer.text += " had sent ";
    let (class, goods) = GOODS[story.goods];
    let item = writer.text.len();
    writer.text += &story.amount.to_string();
    writer.text += " ";
    writer.text += goods;
    let item = Span::new(item, writer.text.len());
    writer.text += " to ";
    let receiver = writer.country(story.receiver);
    writer.text += " through ";
    let carrier = writer.name(EntityKind::Organisation, &firm(story.firm), None);
    let content = Span::new(start, writer.text.len());
    writer.text += ". ";
    let denies = denies && speaker.is_some();
    let certainty = if denies { Certainty::CertainMinus } else { Certainty::CertainPlus };
    let statement = Statement {
        id: StatementId(number),
        content,
        cue: None,
        speaker,
        speaker_words: words,
        channel: None,
        addressee: None,
        manner: Manner::Indirect,
        certainty,
        act: if denies { Act::Deny } else { Act::Assert },
        within: None,
        scope: Vec::new(),
        confidence: 0.9,
        support: lagebild_statements::Support::default(),
        explanation: vec!["a verb of saying with a clause below it".into()],
    };
    let transfer = Transfer {
        id: TransferId(number),
        giver: Some(giver),
        receiver: Some(receiver),
        giver_words: None,
        receiver_words: None,
        giver_country: None,
        receiver_country: None,
        item,
        class: Some(class.into()),
        quantity: None,
        time: None,
        certainty,
        status: if denies { Status::Denied } else { Status::Done },
        source: speaker,
        source_words: words,
        statement: Some(StatementId(number)),
        carrier: Some(carrier),
        via: None,
        end_user: None,
        in_exchange_for: None,
        disputed_by: Vec::new(),
        contradicted_by: Vec::new(),
        evidence: vec![item],
        confidence: 0.9,
        support: lagebild_transfers::Support::default(),
        explanation: vec!["the frame of a verb of giving with both sides".into()],
    };
    (statement, transfer)
}

fn remark(writer: &mut Writer, draw: &mut Draw, wanted: usize) {
    let (before, after) = REMARKS[draw.below(REMARKS.len())].split_once("{}").unwrap_or_default();
    writer.text += before;
    match draw.below(3) {
        0 => writer.name(EntityKind::Person, &person(draw.skewed(wanted)), None),
        1 => writer.country(draw.below(COUNTRIES.len())),
        _ => writer.name(EntityKind::Organisation, &firm(draw.skewed(wanted / 2)), None),
    };
    writer.text += after;
    writer.text.push(' ');
}

fn reading(
    about: &Document,
    day: Date,
    writer: Writer,
    statements: Vec<Statement>,
    transfers: Vec<Transfer>,
) -> Reading {
    Reading {
        schema: SCHEMA,
        stamp: Stamp::of(Knowledge::built_in(), None, day),
        document: About::from(about),
        text: writer.text,
        entities: writer.entities,
        mentions: writer.mentions,
        statements,
        transfers,
        relations: Vec::new(),
        events: Vec::new(),
        findings: Vec::new(),
        listings: Vec::new(),
        warnings: Vec::new(),
    }
}
