//! `lagebild serve`: the API of yente, reading over HTTP, and pages, in one process.

mod oidc;

use super::lists::standard_folder;
use crate::exit::{Exit, UsageError};
use anyhow::{Context, Result};
use lagebild_desk::SessionLimits;
use lagebild_server::desk::DeskSettings;
use lagebild_server::guard::{Gate, Limits, Proxy};
use lagebild_server::{App, Settings, serve};
use sha2::{Digest, Sha256};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Arguments of `lagebild serve`.
#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub(crate) struct Args {
    /// Serve the pages of the desk in this file too (docs/desk.md); off without it
    #[arg(long, value_name = "FILE")]
    desk: Option<PathBuf>,
    /// Address to listen on; one that other machines can reach needs --sign-in, --tokens or --proxy-header
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8000")]
    listen: SocketAddr,
    /// YAML file that names data sets of FollowTheMoney entities (docs/server.md); without it the lists of the store
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder of the lists (else `$LAGEBILD_LISTS`, else the standard data folder)
    #[arg(long, value_name = "FOLDER", default_value_os_t = standard_folder())]
    lists: PathBuf,
    /// File of tokens: on each line NAME read|screen|admin SHA-256
    #[arg(long, value_name = "FILE")]
    tokens: Option<PathBuf>,
    /// Header in which a reverse proxy names the user that it has signed in; needs --proxy-secret
    #[arg(long, value_name = "NAME", requires = "proxy_secret")]
    proxy_header: Option<String>,
    /// File with the SHA-256 of the secret that the proxy sends in x-lagebild-proxy-secret
    #[arg(long, value_name = "FILE", requires = "proxy_header")]
    proxy_secret: Option<PathBuf>,
    /// People sign in, with a password or by OpenID Connect; they stand in the desk (`lagebild desk people add NAME`)
    #[arg(long, requires = "desk")]
    sign_in: bool,
    #[command(flatten)]
    oidc: oidc::Oidc,
    /// Hours after which whoever signed in must do so again
    #[arg(long, value_name = "HOURS", default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=720))]
    session_hours: u32,
    /// Minutes without a request after which whoever signed in must do so again
    #[arg(long, value_name = "MINUTES", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=1440))]
    idle_minutes: u32,
    /// Name that the service is reached under, besides localhost and addresses in numbers; may be repeated
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
    /// The addresses of the service begin with https, because a proxy in front of it speaks TLS
    #[arg(long)]
    https: bool,
    /// Refuse parameters and properties that do not exist, instead of leaving them aside as yente does
    #[arg(long)]
    strict: bool,
    /// Greatest body of a request, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().body)]
    max_body: usize,
    /// How long a request may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().time.as_secs())]
    max_time: u64,
    /// Requests a second for each client; no limit without it
    #[arg(long, value_name = "REQUESTS")]
    rate: Option<u32>,
    /// Open connections; more wait
    #[arg(long, value_name = "NUMBER", default_value_t = Limits::default().connections)]
    max_connections: usize,
    /// Requests worked on at once (else one a processor)
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    workers: usize,
    /// No line in the log for each request
    #[arg(long)]
    quiet: bool,
}

/// Serves until the process is asked to end.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let began = Instant::now();
    let app = App::start(settings(args)?)?;
    let snapshot = app.snapshot();
    for version in &snapshot.versions {
        for problem in &version.first_problems {
            eprintln!("{}: {problem}", version.dataset);
        }
    }
    if snapshot.versions.is_empty() {
        eprintln!(
            "No lists yet: screening and search have nothing to answer from, and readings know the built-in starter list of \
             some dozens of parties only. `lagebild lists update` brings some."
        );
    }
    if args.sign_in && !args.https && !args.listen.ip().is_loopback() {
        eprintln!(
            "Passwords and cookies go over the network unencrypted: let a proxy that speaks TLS stand in front, and give --https."
        );
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no threads")?;
    app.warm();
    let done = runtime.block_on(async {
        let listener = serve::listen(&app, args.listen).await?;
        let (sets, entities) = (snapshot.versions.len(), snapshot.entities.all().len());
        drop(snapshot);
        eprintln!(
            "Listening on http://{} with {sets} data sets, {entities} entities, after {} ms.",
            listener.local_addr()?,
            began.elapsed().as_millis()
        );
        tokio::spawn(serve::reload_on_signal(app.clone()));
        serve::serve(app, listener, serve::asked_to_end()).await;
        Ok(Exit::Done)
    });
    // A reading that is at work when the time of grace is over does not hold the process.
    runtime.shutdown_background();
    done
}

fn settings(args: &Args) -> Result<Settings> {
    let said = |name| std::env::var(name).ok().filter(|token| !token.is_empty());
    let update_token = said("LAGEBILD_UPDATE_TOKEN").or_else(|| said("YENTE_UPDATE_TOKEN"));
    Ok(Settings {
        config: args.config.clone(),
        lists: args.lists.clone(),
        update_token: update_token.map(|token| Sha256::digest(token).into()),
        strict: args.strict,
        https: args.https,
        workers: args.workers,
        gate: Gate { proxy: proxy(args)?, hosts: args.hosts.clone(), ..Gate::default() },
        tokens: args.tokens.clone(),
        limits: Limits {
            body: args.max_body,
            time: Duration::from_secs(args.max_time),
            rate: args.rate,
            connections: args.max_connections,
            ..Limits::default()
        },
        logs: !args.quiet,
        sign_in: args.sign_in.then(|| SessionLimits {
            whole: i64::from(args.session_hours) * 3600,
            idle: i64::from(args.idle_minutes) * 60,
        }),
        oidc: args.oidc.settings()?,
        desk: args.desk.clone().map(|file| desk(args, file)).transpose()?,
    })
}

/// The desk. Where nobody has to sign in, whoever started the service acts.
fn desk(args: &Args, file: PathBuf) -> Result<DeskSettings> {
    if !file.exists() {
        let why = format!("there is no desk in {}; `lagebild desk add CASE FILE` makes one", file.display());
        return Err(UsageError(why).into());
    }
    let signed_in = args.sign_in || args.tokens.is_some() || args.proxy_header.is_some();
    let user = super::desk::local_user().or_else(|| signed_in.then(String::new));
    let user = user.ok_or_else(|| UsageError("say who acts: $LAGEBILD_USER, or --sign-in".into()))?;
    Ok(DeskSettings { file, user })
}

fn proxy(args: &Args) -> Result<Option<Proxy>> {
    let (Some(header), Some(path)) = (&args.proxy_header, &args.proxy_secret) else { return Ok(None) };
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let secret = Proxy::parse_secret(&text);
    let secret =
        secret.ok_or_else(|| UsageError(format!("{}: no SHA-256 in hexadecimal", path.display())))?;
    Ok(Some(Proxy { header: header.to_lowercase(), secret }))
}
