//! One file over HTTP: conditional, redirects only where they may lead, limited in size and time.

use std::io::{Read, Write};
use std::time::{Duration, Instant};
use ureq::http::{HeaderMap, Response, Uri, header};
use ureq::{Agent, Body};

/// Redirects followed one after the other.
const REDIRECTS: usize = 5;
/// Bytes between two looks at the clock.
const PIECE: usize = 1 << 16;

/// How much a download may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Time for connecting, and for the answer to begin.
    pub answer: Duration,
    /// Time for one attempt as a whole.
    pub whole: Duration,
    /// Largest file in bytes.
    pub bytes: u64,
    /// Attempts while the server answers with an error of its own or not at all.
    pub attempts: u32,
    /// Pause before the second attempt; doubled before each further one.
    pub pause: Duration,
    /// Plain HTTP is taken, too (tests on this machine only).
    pub plain_http: bool,
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
        }
    }
}

/// What marks a version on the server: sent back to ask whether there is another one.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Marks {
    /// The address that they are of.
    pub(crate) url: String,
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
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
    /// A file, with its marks.
    File(Marks),
}

/// Downloads a file into `out`, which is emptied by `start` before each attempt.
pub(crate) fn download<W: Write>(
    url: &str,
    hosts: &[String],
    known: &Marks,
    limits: &Limits,
    mut start: impl FnMut() -> std::io::Result<W>,
    mut progress: impl FnMut(u64),
) -> Result<Fetched, Problem> {
    let mut pause = limits.pause;
    let mut attempt = 1;
    loop {
        let mut out = start().map_err(Problem::Write)?;
        match once(url, hosts, known, limits, &mut out, &mut progress) {
            Err(problem) if problem.passing() && attempt < limits.attempts => {
                std::thread::sleep(pause);
                pause *= 2;
                attempt += 1;
            }
            ended => return ended,
        }
    }
}

fn once(
    url: &str,
    hosts: &[String],
    known: &Marks,
    limits: &Limits,
    out: &mut impl Write,
    progress: &mut impl FnMut(u64),
) -> Result<Fetched, Problem> {
    let began = Instant::now();
    let mut response = answer(url, hosts, known, limits)?;
    match response.status().as_u16() {
        200 => {}
        304 => return Ok(Fetched::Unchanged),
        code => return Err(Problem::Status(code)),
    }
    let marks = Marks {
        url: url.into(),
        etag: value(response.headers(), &header::ETAG),
        last_modified: value(response.headers(), &header::LAST_MODIFIED),
    };
    let packed = response.headers().contains_key(header::CONTENT_ENCODING);
    let announced =
        value(response.headers(), &header::CONTENT_LENGTH).and_then(|text| text.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limits.bytes) {
        return Err(Problem::TooLarge(limits.bytes));
    }
    let got = copy(response.body_mut(), out, limits, began, progress)?;
    match announced.filter(|_| !packed) {
        Some(announced) if announced != got => Err(Problem::Truncated { got, announced }),
        _ => Ok(Fetched::File(marks)),
    }
}

/// The last answer after all redirects.
fn answer(url: &str, hosts: &[String], known: &Marks, limits: &Limits) -> Result<Response<Body>, Problem> {
    let agent: Agent = Agent::config_builder()
        .max_redirects(0)
        .http_status_as_error(false)
        .https_only(!limits.plain_http)
        .timeout_connect(Some(limits.answer))
        .timeout_recv_response(Some(limits.answer))
        .timeout_global(Some(limits.whole))
        .user_agent(concat!("lagebild/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let mut address = allowed(url, hosts, limits).ok_or_else(|| Problem::Address(url.into()))?;
    for _ in 0..=REDIRECTS {
        let mut request = agent.get(&address);
        if known.url == url {
            for (name, mark) in
                [(header::IF_NONE_MATCH, &known.etag), (header::IF_MODIFIED_SINCE, &known.last_modified)]
            {
                if let Some(mark) = mark {
                    request = request.header(name, mark);
                }
            }
        }
        let response = request.call().map_err(|error| failed(&error, limits))?;
        if !response.status().is_redirection() || response.status().as_u16() == 304 {
            return Ok(response);
        }
        let target = value(response.headers(), &header::LOCATION).unwrap_or_default();
        let target = absolute(&address, &target);
        address = allowed(&target, hosts, limits).ok_or(Problem::Elsewhere(target))?;
    }
    Err(Problem::Redirects)
}

fn value(headers: &HeaderMap, name: &header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(String::from)
}

/// The address, when its scheme is right and its host is one of those that are allowed.
fn allowed(address: &str, hosts: &[String], limits: &Limits) -> Option<String> {
    let uri: Uri = address.parse().ok()?;
    let scheme = uri.scheme_str()?;
    let right = scheme == "https" || (limits.plain_http && scheme == "http");
    let host = uri.host()?;
    (right && hosts.iter().any(|known| known.eq_ignore_ascii_case(host))).then(|| address.to_string())
}

/// A redirect's target that begins with `/` is on the same server.
fn absolute(from: &str, target: &str) -> String {
    if !target.starts_with('/') || target.starts_with("//") {
        return target.into();
    }
    let uri: Option<Uri> = from.parse().ok();
    let server = uri.and_then(|uri| Some(format!("{}://{}", uri.scheme_str()?, uri.authority()?)));
    format!("{}{target}", server.unwrap_or_default())
}

fn failed(error: &ureq::Error, limits: &Limits) -> Problem {
    match error {
        ureq::Error::Timeout(_) => Problem::TooSlow(limits.answer),
        error => Problem::Connection(error.to_string()),
    }
}

fn copy(
    body: &mut Body,
    out: &mut impl Write,
    limits: &Limits,
    began: Instant,
    progress: &mut impl FnMut(u64),
) -> Result<u64, Problem> {
    let mut source = body.as_reader();
    let mut piece = vec![0; PIECE];
    let mut got: u64 = 0;
    loop {
        let read = match source.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => read,
            Err(_) if began.elapsed() >= limits.whole => return Err(Problem::TooSlow(limits.whole)),
            Err(error) => return Err(Problem::Connection(error.to_string())),
        };
        got += read as u64;
        if got > limits.bytes {
            return Err(Problem::TooLarge(limits.bytes));
        }
        if began.elapsed() >= limits.whole {
            return Err(Problem::TooSlow(limits.whole));
        }
        out.write_all(piece.get(..read).unwrap_or_default()).map_err(Problem::Write)?;
        progress(got);
    }
    out.flush().map_err(Problem::Write)?;
    Ok(got)
}
