//! Pages, feeds and files that a user or a feed names: from public addresses only, as robots.txt allows, at a host's pace.

use crate::download::{Ask, Fetched, Head, Limits, Marks, Problem, download};
use crate::robots::{self, Robots};
use crate::settings::{Settings, Taken};
use lagebild_formats::{Download, Kind};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use url::Url;

/// Fetches one file after the other.
#[derive(Debug)]
pub struct Fetcher {
    settings: Settings,
    limits: Limits,
    /// What each site (scheme, host, port) said, and until when it holds.
    robots: BTreeMap<String, (Said, Instant)>,
    /// When each site was last asked.
    asked: BTreeMap<String, Instant>,
}

/// What a site says of robots: its rules, or why there are none that could be read.
#[derive(Clone, Debug)]
enum Said {
    Rules(Robots),
    Nothing(String),
}

/// A file as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// What is to be kept of it; `fetched` is the caller's to fill in, who knows the time.
    pub download: Download,
    /// Its bytes, unpacked if they were packed on their way.
    pub bytes: Vec<u8>,
}

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It has no other version than the one that is known.
    Unchanged,
    /// A file.
    Copy(Copy),
}

/// How long a site's robots.txt that could not be read is not asked for again.
const LATER: Duration = Duration::from_mins(10);

impl Fetcher {
    /// A fetcher with these limits; [`Settings::limits`] are those of `data/fetch.yaml`.
    pub fn new(settings: Settings, limits: Limits) -> Self {
        Self { settings, limits, robots: BTreeMap::new(), asked: BTreeMap::new() }
    }

    /// Fetches a file, unless the server has no other version than the one that these marks are of.
    pub fn get(&mut self, url: &str, known: &Marks) -> Result<Answer, Problem> {
        let (settings, limits) = (self.settings.clone(), self.limits);
        let mut bytes = Vec::new();
        let ask = Ask {
            url,
            user_agent: &user_agent(&settings),
            known,
            limits: &limits,
            enter: &mut |address, _| self.enter(address),
            part_is_enough: false,
            takes: &|media_type| settings.takes(media_type) != Taken::No,
        };
        let fetched = receive(ask, &mut bytes)?;
        let Fetched::File(head) = fetched else { return Ok(Answer::Unchanged) };
        let by_content = settings.takes(head.media_type.as_deref()) == Taken::ByContent;
        if by_content && !shows_a_format(head.address.path(), &bytes) {
            return Err(Problem::Type(head.media_type.unwrap_or_else(|| "none is told".into())));
        }
        Ok(Answer::Copy(Copy { download: record(url, head, &bytes), bytes }))
    }

    /// Lets an address pass that may be asked, when it is its host's turn.
    fn enter(&mut self, address: &Url) -> Result<(), Problem> {
        let site = site(address)?;
        if self.robots.get(&site).is_none_or(|(_, until)| *until <= Instant::now()) {
            let said = self.ask_robots(address)?;
            let holds = match said {
                Said::Rules(_) => Duration::from_secs(self.settings.robots_hours * 3600),
                Said::Nothing(_) => LATER,
            };
            self.robots.insert(site.clone(), (said, Instant::now() + holds));
        }
        let mut delay = Duration::from_secs(self.settings.delay_s);
        match self.robots.get(&site) {
            Some((Said::Rules(rules), _)) => {
                let path = address
                    .query()
                    .map_or(address.path().to_owned(), |query| format!("{}?{query}", address.path()));
                if !rules.allow(&path) {
                    return Err(Problem::Robots(format!("{site}/robots.txt asks not to fetch {path}")));
                }
                let most = Duration::from_secs(self.settings.max_delay_s);
                delay = delay.max(rules.delay.unwrap_or_default().min(most));
            }
            Some((Said::Nothing(why), _)) => {
                return Err(Problem::NoRobots(format!(
                    "{site}/robots.txt could not be read ({why}): nothing is fetched from there now"
                )));
            }
            None => {}
        }
        self.wait(site, delay);
        Ok(())
    }

    /// Waits until a site was left alone for so long.
    fn wait(&mut self, site: String, delay: Duration) {
        if let Some(last) = self.asked.get(&site) {
            std::thread::sleep(delay.saturating_sub(last.elapsed()));
        }
        self.asked.insert(site, Instant::now());
    }

    /// What a site's robots.txt says: none forbids nothing, one that cannot be read forbids all (RFC 9309, 2.3.1).
    fn ask_robots(&mut self, address: &Url) -> Result<Said, Problem> {
        let mut url = address.clone();
        url.set_path("/robots.txt");
        url.set_query(None);
        let limits = Limits { bytes: robots::MOST_BYTES, ..self.limits };
        let (pause, user_agent) = (Duration::from_secs(self.settings.delay_s), user_agent(&self.settings));
        let mut bytes = Vec::new();
        let ask = Ask {
            url: url.as_str(),
            user_agent: &user_agent,
            known: &Marks::default(),
            limits: &limits,
            enter: &mut |address, _| {
                let site = site(address)?;
                self.wait(site, pause);
                Ok(())
            },
            part_is_enough: true,
            takes: &|_| true,
        };
        match receive(ask, &mut bytes) {
            // What comes beyond the limit is not looked at.
            Ok(_) | Err(Problem::TooLarge(_)) => {
                let text = String::from_utf8_lossy(&bytes);
                Ok(Said::Rules(Robots::read(&text, &self.settings.robots_name)))
            }
            Err(Problem::Status(400..=428 | 430..=499) | Problem::Redirects) => {
                Ok(Said::Rules(Robots::default()))
            }
            Err(problem @ (Problem::Private(_) | Problem::NoPage(_))) => Err(problem),
            Err(problem) => Ok(Said::Nothing(problem.to_string())),
        }
    }
}

/// Downloads into memory.
fn receive(ask: Ask, bytes: &mut Vec<u8>) -> Result<Fetched, Problem> {
    let empty = |bytes: &mut Vec<u8>| {
        bytes.clear();
        Ok(())
    };
    download(ask, bytes, empty, |_| {})
}

fn user_agent(settings: &Settings) -> String {
    settings.user_agent.replace("{version}", env!("CARGO_PKG_VERSION"))
}

/// Scheme, host and port of an address that may be fetched.
fn site(address: &Url) -> Result<String, Problem> {
    let right = matches!(address.scheme(), "http" | "https")
        && address.has_host()
        && address.username().is_empty()
        && address.password().is_none();
    if right { Ok(address.origin().ascii_serialization()) } else { Err(Problem::NoPage(address.to_string())) }
}

/// True where the bytes are of a format that is taken apart, or of a page.
fn shows_a_format(name: &str, bytes: &[u8]) -> bool {
    let head = bytes.get(..8192).unwrap_or(bytes);
    let start = String::from_utf8_lossy(head.get(..512).unwrap_or(head)).to_ascii_lowercase();
    let start = start.trim_start();
    Kind::of(name, head).is_some() || start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// What is kept of a file beside its bytes.
fn record(url: &str, head: Head, bytes: &[u8]) -> Download {
    Download {
        url: url.to_owned(),
        final_url: Some(head.address.to_string()).filter(|last| last != url),
        fetched: String::new(),
        sha256: format!("{:x}", Sha256::digest(bytes)),
        bytes: bytes.len() as u64,
        media_type: head.media_type,
        etag: head.marks.etag,
        last_modified: head.marks.last_modified,
    }
}
