//! One file over HTTP: conditional, redirects only where they may lead, limited in size and time.

use crate::reach::{self, PublicOnly};
use std::io::{Read, Write};
use std::net::IpAddr;
use std::time::{Duration, Instant};
use ureq::http::{HeaderMap, Response, header};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

/// Redirects followed one after the other.
const REDIRECTS: usize = 5;
/// Bytes between two looks at the clock.
const PIECE: usize = 1 << 16;

/// How much a download may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Time for connecting, and for the answer to begin.
    pub answer: Duration,
    /// Time for one attempt as a whole, redirects included.
    pub whole: Duration,
    /// Largest file in bytes, unpacked.
    pub bytes: u64,
    /// Attempts while the server answers with an error of its own or not at all.
    pub attempts: u32,
    /// Pause before the second attempt; doubled before each further one.
    pub pause: Duration,
    /// Plain HTTP is taken, too.
    pub plain_http: bool,
    /// Only public addresses are reached, and through no proxy, which would look names up by itself. Of lists the hosts
    /// are named one by one instead.
    pub public_only: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            answer: Duration::from_secs(30),
            whole: Duration::from_mins(10),
            bytes: 512 << 20,
            attempts: 3,
            pause: Duration::from_secs(2),
            plain_http: false,
            public_only: false,
        }
    }
}

/// What marks a version on the server: sent back to ask whether there is another one.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Marks {
    /// The address that they are of.
    pub url: String,
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub last_modified: Option<String>,
}

/// Why a download failed.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The address cannot be used.
    #[error("{0}: not an address that may be used (https, and a host that data/lists/publishers.yaml names)")]
    Address(String),
    /// A redirect leads elsewhere.
    #[error("redirected to {0}, which data/lists/publishers.yaml does not allow")]
    Elsewhere(String),
    /// The address is none that pages are fetched from.
    #[error("{0}: not an address to fetch (http or https, a host, no user name in it)")]
    NoPage(String),
    /// The host is, or leads to, no public address.
    #[error("{0} is no public address: it is not asked (a server of your own network? see --allow-private)")]
    Private(IpAddr),
    /// The host does not want it.
    #[error("{0}")]
    Robots(String),
    /// Whether the host wants it could not be found out.
    #[error("{0}")]
    NoRobots(String),
    /// It is of no type that is read.
    #[error("of a type that is not read: {0}")]
    Type(String),
    /// It is packed in a way that was not asked for.
    #[error("packed in a way that is not read: {0}")]
    Packed(String),
    /// Redirects do not end.
    #[error("redirected more than {REDIRECTS} times")]
    Redirects,
    /// The server answered with an error.
    #[error("the server answered {0}")]
    Status(u16),
    /// The file is too large.
    #[error("larger than {0} bytes")]
    TooLarge(u64),
    /// It took too long.
    #[error("not complete after {0:?}")]
    TooSlow(Duration),
    /// The connection ended before the file did.
    #[error("{got} of {announced} bytes came")]
    Truncated {
        /// Bytes that came.
        got: u64,
        /// Bytes that the server announced.
        announced: u64,
    },
    /// The connection failed.
    #[error("{0}")]
    Connection(String),
    /// What came could not be written.
    #[error("cannot write it: {0}")]
    Write(std::io::Error),
}

impl Problem {
    /// Whether the same may succeed later: the server, or the way to it, is what fails.
    pub fn may_pass(&self) -> bool {
        self.passing() || matches!(self, Self::TooSlow(_) | Self::NoRobots(_))
    }

    /// Whether another attempt may help.
    fn passing(&self) -> bool {
        match self {
            Self::Status(code) => *code >= 500 || *code == 429,
            Self::Truncated { .. } | Self::Connection(_) => true,
            _ => false,
        }
    }
}

/// What came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fetched {
    /// The server has no other version than the one that the marks are of.
    Unchanged,
    /// A file.
    File(Head),
}

/// What a server says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) marks: Marks,
    /// The address that answered.
    pub(crate) address: Url,
    /// `Content-Type`.
    pub(crate) media_type: Option<String>,
}

/// What is asked for.
pub(crate) struct Ask<'a> {
    pub(crate) url: &'a str,
    pub(crate) user_agent: &'a str,
    pub(crate) known: &'a Marks,
    pub(crate) limits: &'a Limits,
    /// Called with each address before it is asked, and how many led to it: refuses it, or waits for its turn.
    pub(crate) enter: &'a mut dyn FnMut(&Url, usize) -> Result<(), Problem>,
    /// What comes before the limit of size is of use alone.
    pub(crate) part_is_enough: bool,
    /// Whether a file of this `Content-Type` is taken.
    pub(crate) takes: &'a dyn Fn(Option<&str>) -> bool,
}

/// Downloads a file into `out`, which `empty` empties before each attempt.
pub(crate) fn download<W: Write>(
    mut ask: Ask,
    out: &mut W,
    mut empty: impl FnMut(&mut W) -> std::io::Result<()>,
    mut progress: impl FnMut(u64),
) -> Result<Fetched, Problem> {
    let (mut pause, attempts) = (ask.limits.pause, ask.limits.attempts);
    let mut attempt = 1;
    loop {
        empty(out).map_err(Problem::Write)?;
        match once(&mut ask, out, &mut progress) {
            Err(problem) if problem.passing() && attempt < attempts => {
                std::thread::sleep(pause);
                pause *= 2;
                attempt += 1;
            }
            ended => return ended,
        }
    }
}

fn once(ask: &mut Ask, out: &mut impl Write, progress: &mut impl FnMut(u64)) -> Result<Fetched, Problem> {
    let mut clock = Clock { began: Instant::now(), waited: Duration::ZERO, whole: ask.limits.whole };
    let (address, mut response) = answer(ask, &mut clock)?;
    match response.status().as_u16() {
        200 => {}
        304 => return Ok(Fetched::Unchanged),
        code => return Err(Problem::Status(code)),
    }
    let get = |name: &header::HeaderName| value(response.headers(), name);
    let media_type = get(&header::CONTENT_TYPE);
    if !(ask.takes)(media_type.as_deref()) {
        return Err(Problem::Type(media_type.unwrap_or_default()));
    }
    let packed = get(&header::CONTENT_ENCODING).filter(|how| !how.is_empty() && how != "identity");
    if let Some(how) = packed.as_ref().filter(|how| !how.contains("gzip")) {
        return Err(Problem::Packed(how.clone()));
    }
    let announced = get(&header::CONTENT_LENGTH).and_then(|text| text.parse::<u64>().ok());
    if !ask.part_is_enough && announced.is_some_and(|length| length > ask.limits.bytes) {
        return Err(Problem::TooLarge(ask.limits.bytes));
    }
    let marks =
        Marks { url: ask.url.into(), etag: get(&header::ETAG), last_modified: get(&header::LAST_MODIFIED) };
    let got = copy(response.body_mut(), out, ask.limits, &clock, progress)?;
    match announced.filter(|_| packed.is_none()) {
        Some(announced) if announced != got => Err(Problem::Truncated { got, announced }),
        _ => Ok(Fetched::File(Head { marks, address, media_type })),
    }
}

/// The time of one attempt, without that of waiting for a host's turn.
struct Clock {
    began: Instant,
    waited: Duration,
    whole: Duration,
}

impl Clock {
    fn left(&self) -> Duration {
        (self.whole + self.waited).saturating_sub(self.began.elapsed())
    }
}

/// The last answer after all redirects, with its address.
fn answer(ask: &mut Ask, clock: &mut Clock) -> Result<(Url, Response<Body>), Problem> {
    let agent = agent(ask.limits, ask.user_agent);
    let mut address = Url::parse(ask.url).map_err(|_| Problem::NoPage(ask.url.into()))?;
    for hop in 0..=REDIRECTS {
        let before = Instant::now();
        (ask.enter)(&address, hop)?;
        clock.waited += before.elapsed();
        let mut request = agent.get(address.as_str()).config().timeout_global(Some(clock.left())).build();
        if ask.known.url == ask.url {
            for (name, mark) in [
                (header::IF_NONE_MATCH, &ask.known.etag),
                (header::IF_MODIFIED_SINCE, &ask.known.last_modified),
            ] {
                if let Some(mark) = mark {
                    request = request.header(name, mark);
                }
            }
        }
        let response = request.call().map_err(|error| failed(error, ask.limits))?;
        if !response.status().is_redirection() || response.status().as_u16() == 304 {
            return Ok((address, response));
        }
        let target = value(response.headers(), &header::LOCATION).unwrap_or_default();
        address = address.join(&target).map_err(|_| Problem::Elsewhere(target))?;
        address.set_fragment(None);
    }
    Err(Problem::Redirects)
}

fn agent(limits: &Limits, user_agent: &str) -> Agent {
    let config = Agent::config_builder()
        .max_redirects(0)
        .http_status_as_error(false)
        .https_only(!limits.plain_http)
        .timeout_connect(Some(limits.answer))
        .timeout_recv_response(Some(limits.answer))
        .timeout_global(Some(limits.whole))
        .user_agent(user_agent);
    if limits.public_only {
        let config = config.proxy(None).build();
        return Agent::with_parts(config, DefaultConnector::default(), PublicOnly::default());
    }
    config.build().into()
}

fn value(headers: &HeaderMap, name: &header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(String::from)
}

fn failed(error: ureq::Error, limits: &Limits) -> Problem {
    match error {
        ureq::Error::Timeout(_) => Problem::TooSlow(limits.answer),
        error => match reach::refused(&error) {
            Some(address) => Problem::Private(address),
            None => Problem::Connection(error.to_string()),
        },
    }
}

fn copy(
    body: &mut Body,
    out: &mut impl Write,
    limits: &Limits,
    clock: &Clock,
    progress: &mut impl FnMut(u64),
) -> Result<u64, Problem> {
    let mut source = body.as_reader();
    let mut piece = vec![0; PIECE];
    let mut got: u64 = 0;
    loop {
        let read = match source.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => read,
            Err(_) if clock.left().is_zero() => return Err(Problem::TooSlow(limits.whole)),
            Err(error) => return Err(Problem::Connection(error.to_string())),
        };
        got += read as u64;
        if got > limits.bytes {
            return Err(Problem::TooLarge(limits.bytes));
        }
        if clock.left().is_zero() {
            return Err(Problem::TooSlow(limits.whole));
        }
        out.write_all(piece.get(..read).unwrap_or_default()).map_err(Problem::Write)?;
        progress(got);
    }
    out.flush().map_err(Problem::Write)?;
    Ok(got)
}
