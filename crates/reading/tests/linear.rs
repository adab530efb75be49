//! Reading is linear in every input: each kind at n, 2n and 4n, and the time of each doubling.
//!
//! Names and the document are read from bytes. The later stages read a page whose sentences are one passage's, over and
//! over: what the encoder says of one holds for all, so that thousands of sentences cost no model's time.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use lagebild_document::{Document, Options};
use lagebild_grammar::{Analysis, Encoder};
use lagebild_page::Page;
use lagebild_reading::{Knowledge, clauses, quick, read};
use lagebild_span::Span;
use std::time::{Duration, Instant};

/// How much longer twice the input may take: a little more than twice, for caches and for growing tables.
const DOUBLING: f64 = 2.8;
/// Shorter times say nothing; what is quadratic takes longer than this at the sizes here.
const SHORTEST: Duration = Duration::from_millis(40);

const DAY: jiff::civil::Date = jiff::civil::date(2024, 5, 1);

/// A kind of input: its name, the file's name, and its bytes at about a length.
type Kind = (&'static str, &'static str, Box<dyn Fn(usize) -> Vec<u8>>);

fn repeated(unit: &'static str) -> Box<dyn Fn(usize) -> Vec<u8>> {
    Box::new(move |length| unit.repeat(length / unit.len() + 1).into_bytes())
}

fn numbered(unit: &'static str) -> Box<dyn Fn(usize) -> Vec<u8>> {
    Box::new(move |length| {
        let one = |at: usize| unit.replace("{n}", &name(at));
        (0..length / (unit.len() + 2)).map(one).collect::<String>().into_bytes()
    })
}

/// A name of letters for a number.
fn name(mut at: usize) -> String {
    let letters = std::iter::from_fn(|| {
        let letter = char::from(b'a' + (at % 26) as u8);
        at /= 26;
        Some(letter)
    });
    let word: String = letters.take(4).collect();
    word[..1].to_uppercase() + &word[1..]
}

fn nested(
    before: &'static str,
    open: &'static str,
    close: &'static str,
    after: &'static str,
) -> Box<dyn Fn(usize) -> Vec<u8>> {
    Box::new(move |length| {
        let depth = length / (open.len() + close.len());
        format!("{before}{}Kim{}{after}", open.repeat(depth), close.repeat(depth)).into_bytes()
    })
}

fn kinds() -> Vec<Kind> {
    let text = [
        "„",
        "„ ",
        "„Wort ",
        "\"",
        "“",
        "«a ",
        "„a ‚b ",
        "„Ja“, sagte er. ",
        "l'a ",
        "a'a",
        "12. September 2023 ",
        "seit 2019 ",
        "on Tuesday, September 12, 2023 ",
        "a-",
        "Nord-Korea-",
        "- ",
        "kurz\n",
        "Kurz\n\n",
        "a\n",
        "- Waffen\n",
        "1. Waffen\n",
        "\u{202e}",
        "a\u{202e}",
        "a\u{200b}",
        "a\u{ad}",
        "e\u{301}\u{301}",
        "a",
        "A.",
        "朝鲜",
        "a/",
        "a@",
        "a(",
        "http://a.b/",
        "Igor Wassin ",
        "Wladimir Putin, ",
        "Putin ",
        "Kim-",
        "Kim Jong-un. ",
        "Präsident Igor Wassin ",
        "das Ministerium ",
        ", ",
        "a, ",
        "(",
        "(a) ",
        "Russland und Iran und ",
        "1.",
        "1,000 ",
        "1",
        "1 ",
        "152-mm-Granaten ",
        "152 ",
        "IMO 9000001 ",
        ".",
        ". ",
        ":(",
        "[a](",
        "🚀",
    ];
    let mut kinds: Vec<Kind> = text.into_iter().map(|unit| (unit, "a.txt", repeated(unit))).collect();
    let json = |odd: &'static str| -> Box<dyn Fn(usize) -> Vec<u8>> {
        Box::new(move |length| {
            let odd = odd.repeat(length / odd.len());
            format!("{{\"text\": \"Russland liefert.\", \"x\": [{odd}1]}}").into_bytes()
        })
    };
    let attributes = |length: usize| {
        let all: Vec<String> = (0..length / 9).map(|at| format!("a{at}=\"b\"")).collect();
        format!("<html><body><p {}>Russland liefert Waffen.", all.join(" ")).into_bytes()
    };
    kinds.extend([
        ("persons", "a.txt", numbered("Igor {n}ow sprach. ")),
        ("one surname", "a.txt", numbered("Igor {n} Wassin sprach. ")),
        ("short names", "a.txt", numbered("Igor Al-{n} und Al-{n} ")),
        ("companies", "a.txt", numbered("{n} GmbH, ")),
        ("roles", "a.txt", numbered("der russische Präsident Igor {n}ow und der russische Präsident ")),
        ("short lines", "a.txt", numbered("Zeile {n}\n\n")),
        ("markdown", "a.md", repeated("- [a](b) *c **d `e\n")),
        ("attributes", "a.html", Box::new(attributes)),
        ("nested HTML", "a.html", nested("<html><body>", "<div>", "</div>", "")),
        ("nested XML", "a.xml", nested("<?xml version=\"1.0\"?><a>", "<b>", "</b>", "</a>")),
        ("open tags", "a.html", repeated("<p>Kurz")),
        ("cells", "a.html", repeated("<table><tr><td>a")),
        ("huge numbers", "a.json", json("1e400,")),
        (
            "nested JSON",
            "a.json",
            Box::new(|length| {
                let (open, close) = ("[".repeat(length / 2), "]".repeat(length / 2));
                format!("{{\"text\": \"Russland liefert.\", \"x\": {open}{close}}}").into_bytes()
            }),
        ),
    ]);
    kinds
}

fn documents(file: &str, bytes: &[u8]) -> Vec<Document> {
    let options = Options { language: Some("de".into()), ..Options::default() };
    lagebild_document::read(file, bytes, &options).into_iter().flatten().collect()
}

/// The time that this thread was at work, where the system tells (Linux): other programs do not count. Else the clock's.
struct Clock {
    worked: Option<Duration>,
    started: Instant,
}

impl Clock {
    fn now() -> Self {
        Self { worked: Self::worked(), started: Instant::now() }
    }

    fn worked() -> Option<Duration> {
        let times = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        Some(Duration::from_nanos(times.split_whitespace().next()?.parse().ok()?))
    }

    fn elapsed(&self) -> Duration {
        let worked = self.worked.zip(Self::worked()).map(|(from, to)| to.saturating_sub(from));
        worked.unwrap_or_else(|| self.started.elapsed())
    }
}

/// Fails where time grows faster than the input. What looks so is measured again, for other programs take time too.
fn check(kind: &str, n: usize, run: &dyn Fn(usize) -> Duration) {
    let mut best = [Duration::MAX; 3];
    for _ in 0..4 {
        for (at, best) in best.iter_mut().enumerate() {
            *best = run(n << at).min(*best);
        }
        let limit = best[0].max(SHORTEST / 4).mul_f64(DOUBLING * DOUBLING);
        if best[2] < SHORTEST || best[2] < limit {
            return;
        }
    }
    panic!("{kind:?} takes {best:?} at {n}, twice and four times as much");
}

#[test]
fn names_are_read_in_linear_time() {
    quick(documents("a.txt", b"Kim").remove(0), Knowledge::built_in(), DAY);
    for (kind, file, bytes) in kinds() {
        check(kind, 12_000, &|length| {
            let bytes = bytes(length);
            let start = Clock::now();
            for document in documents(file, &bytes) {
                quick(document, Knowledge::built_in(), DAY);
            }
            start.elapsed()
        });
    }
}

/// Passages whose every sentence starts a rule of the later stages.
const PASSAGES: [&str; 7] = [
    "Präsident Igor Wassin sagte: „Wir liefern nichts.“ Er sagte, er komme. Das bestätigte Anna Weil. ",
    "Russland liefert Raketen an den Iran. Moskau bestritt, dass Russland Raketen an den Iran liefert. ",
    "Er gab es ihnen. Im Gegenzug lieferte der Iran Öl an Russland. ",
    "Lieferung von Raketen an den Iran:\n\n",
    "Am 12. September 2023 traf Igor Wassin den Minister in Berlin und drohte dem Iran. ",
    "„Nein“, sagte sie. „Nie und nimmer wird das so sein“, hieß es. Demnach komme er. ",
    "Panzer und Raketen und Munition und Drohnen gehen von Russland an den Iran, Syrien und Mali. ",
];

/// A page of a passage, again and again.
struct Copies {
    document: Document,
    analysis: Analysis,
}

impl Copies {
    fn of(passage: &str, analysis: &Analysis, times: usize) -> Self {
        let text = passage.repeat(times);
        let mut all = Analysis { tagged: analysis.tagged, ..Analysis::default() };
        for at in 0..times {
            let offset = (at * passage.len()) as u32;
            let moved = |span: Span| span.shifted(offset);
            for mut sentence in analysis.sentences.clone() {
                sentence.span = moved(sentence.span);
                sentence.tokens.iter_mut().for_each(|token| token.span = moved(token.span));
                all.sentences.push(sentence);
            }
            for mut name in analysis.names.clone() {
                name.span = moved(name.span);
                all.names.push(name);
            }
            for mut anchor in analysis.anchors.clone() {
                anchor.span = moved(anchor.span);
                for filler in anchor.roles.iter_mut().flat_map(|(_, fillers)| fillers) {
                    filler.span = filler.span.map(moved);
                }
                all.anchors.push(anchor);
            }
        }
        let options = Options { language: Some("de".into()), ..Options::default() };
        let document = lagebild_document::read("a.txt", text.as_bytes(), &options).remove(0).unwrap();
        assert!(document.text.starts_with(text.trim_end()), "the text stays as it is");
        Self { document, analysis: all }
    }

    fn run(self) -> Duration {
        let knowledge = Knowledge::built_in();
        let page = Page::with_analysis(&self.document, knowledge.languages, self.analysis);
        let start = Clock::now();
        let entities = lagebild_entities::resolve(&page, knowledge.watchlist);
        let clauses = clauses(&page);
        let statements = lagebild_statements::attribute(&page, &clauses, &entities);
        lagebild_transfers::transfers(&page, &clauses, &entities, &statements, knowledge.goods);
        lagebild_relations::relations(&page, &clauses, &entities, &statements);
        lagebild_transfers::events(&page, &clauses, &entities, &statements);
        start.elapsed()
    }
}

#[test]
fn later_stages_read_in_linear_time() {
    let knowledge = Knowledge::built_in();
    lagebild_reading::prepare("de", knowledge);
    for passage in PASSAGES {
        let document = documents("a.txt", passage.as_bytes()).remove(0);
        let page = Page::new(&document, knowledge.languages, Encoder::shipped().ok());
        check(passage, 16_000 / passage.len(), &|times| Copies::of(passage, &page.analysis, times).run());
    }
}

/// One megabyte of each kind in less than five seconds for names; the whole reading at the encoder's pace.
#[test]
#[ignore = "some minutes; cargo test --profile fast -p lagebild-reading --test linear -- --ignored"]
fn a_megabyte_of_anything() {
    for (kind, file, bytes) in kinds() {
        let bytes = bytes(1_000_000);
        let start = Instant::now();
        for document in documents(file, &bytes) {
            quick(document, Knowledge::built_in(), DAY);
        }
        let names = start.elapsed();
        // A tenth, for the encoder looks at each piece of a word.
        let start = Instant::now();
        for document in documents(file, bytes.get(..100_000).unwrap_or_default()) {
            read(document, Knowledge::built_in(), DAY);
        }
        println!("{kind:?}: names {names:?} for 1 MB, all {:?} for 100 kB", start.elapsed());
        assert!(names < Duration::from_secs(5), "{kind:?} takes {names:?}");
    }
}
