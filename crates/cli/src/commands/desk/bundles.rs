//! Bundles, proof, backup, keys.

use super::{Args, shown};
use crate::exit::{Exit, UsageError};
use crate::print::{Format, print, print_json};
use anyhow::{Context, Result};
use lagebild_desk::Store;
use lagebild_desk::bundle::Bundle;
use lagebild_desk::sign;
use lagebild_desk::verify::{Report, Trust, check, replay};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Arguments of `lagebild desk verify`.
#[derive(clap::Args)]
pub(super) struct Verify {
    /// Bundles; without any, every case of the store
    #[arg(value_name = "BUNDLE")]
    bundles: Vec<PathBuf>,
    /// Public keys of minisign (files, or the keys themselves): bundle and entries must be signed with one of them
    #[arg(long, value_name = "KEY")]
    trust: Vec<String>,
    /// The hash of an entry that was noted down: the chain must hold it
    #[arg(long, value_name = "HASH")]
    head: Option<String>,
    /// Check chain, documents and lists only, without reading the documents again
    #[arg(long)]
    no_replay: bool,
}

pub(super) fn export(args: &Args, case: &str, file: &Path) -> Result<Exit> {
    let bundle = args.store()?.export(case)?;
    let signer = args.signer()?;
    new_file(file, &bundle.to_bytes(signer.as_ref())?, false)?;
    let head = &bundle.header.head;
    match args.format {
        Format::Json => print_json(&bundle.header),
        Format::Text => print(&format!(
            "{}: {} entries, {} documents{}\nhead {head}\n",
            file.display(),
            bundle.header.entries,
            bundle.header.documents,
            if signer.is_some() { ", signed" } else { "" }
        )),
    }
}

pub(super) fn import(args: &Args, file: &Path) -> Result<Exit> {
    let bundle = Bundle::parse(&read(file)?)?;
    let mut store = args.new_store()?;
    store.import(&bundle)?;
    let case = store.case(&bundle.header.case)?;
    match args.format {
        Format::Json => print_json(&case),
        Format::Text => print(&format!(
            "took in the case {}: {} entries, {} documents, {} items, {} wait\n",
            case.id, case.entries, case.documents, case.items, case.pending
        )),
    }
}

pub(super) fn verify(args: &Args, verify: &Verify) -> Result<Exit> {
    let keys = verify.trust.iter().map(|key| trusted(key)).collect::<Result<_>>()?;
    let trust = Trust { keys, head: verify.head.clone() };
    let check =
        |bundle: &Bundle| if verify.no_replay { check(bundle, &trust) } else { replay(bundle, &trust) };
    let mut reports: Vec<(String, Report)> = Vec::new();
    for file in &verify.bundles {
        let bundle = Bundle::parse(&read(file)?).with_context(|| file.display().to_string())?;
        reports.push((file.display().to_string(), check(&bundle)));
    }
    if verify.bundles.is_empty() {
        let store = args.store()?;
        for case in store.cases()? {
            let mut bundle = store.export(&case.id)?;
            // A store is no bundle that could be signed as a whole.
            bundle.key = trust.keys.first().cloned();
            reports.push((args.store.display().to_string(), check(&bundle)));
        }
    }
    let whole = reports.iter().all(|(_, report)| report.is_whole());
    match args.format {
        Format::Json => print_json(&reports.iter().map(|(_, report)| report).collect::<Vec<_>>())?,
        Format::Text => {
            let texts: Vec<String> =
                reports.iter().map(|(name, report)| shown::report(name, report)).collect();
            print(&texts.concat())?
        }
    };
    Ok(if whole { Exit::Done } else { Exit::DataProblem })
}

/// A public key from a file of it, or as it is.
fn trusted(key: &str) -> Result<String> {
    let text = match std::fs::read_to_string(key) {
        Ok(text) => text,
        Err(_) => key.to_owned(),
    };
    sign::public_key(&text)
        .map_err(|_| UsageError(format!("`{key}` is neither a file of a public key nor a key")).into())
}

pub(super) fn backup(args: &Args, file: &Path) -> Result<Exit> {
    args.store()?.backup(file)?;
    print(&format!("wrote {}\n", file.display()))
}

pub(super) fn restore(args: &Args, file: &Path, replace: bool) -> Result<Exit> {
    if args.store.exists() && !replace {
        let message = format!("{} is there already; --replace takes its place", args.store.display());
        return Err(UsageError(message).into());
    }
    if !file.is_file() {
        return Err(UsageError(format!("there is no file {}", file.display())).into());
    }
    if let Some(folder) = args.store.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    Store::restore(file, &args.store, replace)?;
    let cases = args.store()?.cases()?.len();
    print(&format!("restored {} cases into {}\n", cases, args.store.display()))
}

pub(super) fn keys(name: &Path) -> Result<Exit> {
    let password = std::env::var("LAGEBILD_KEY_PASSWORD").ok().filter(|password| !password.is_empty());
    let (secret_file, public_file) = (with_ending(name, ".key"), with_ending(name, ".pub"));
    let protected = password.is_some();
    let (secret, public) = sign::new_keys(password)?;
    new_file(&secret_file, secret.as_bytes(), true)?;
    new_file(&public_file, public.as_bytes(), false)?;
    let how = if protected { "with the password in $LAGEBILD_KEY_PASSWORD" } else { "without a password" };
    print(&format!(
        "wrote {} (secret, {how}) and {} (for those who verify)\n",
        secret_file.display(),
        public_file.display()
    ))
}

fn with_ending(name: &Path, ending: &str) -> PathBuf {
    let mut name = name.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn read(file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file)
        .map_err(|error| std::io::Error::new(error.kind(), format!("{}: {error}", file.display())).into())
}

/// Writes a file that must not be there yet, whole or not at all.
fn new_file(file: &Path, bytes: &[u8], secret: bool) -> Result<()> {
    if file.exists() {
        return Err(UsageError(format!("{} is there already", file.display())).into());
    }
    let beside = with_ending(file, ".part");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    if secret {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = secret;
    let written = options.open(&beside).and_then(|mut out| {
        out.write_all(bytes)?;
        out.sync_all()
    });
    written
        .and_then(|()| std::fs::rename(&beside, file))
        .with_context(|| format!("cannot write {}", file.display()))
}
