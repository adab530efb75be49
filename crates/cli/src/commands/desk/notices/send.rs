//! Sending a notice: by mail, or signed over HTTP.

use super::settings::{Mail, Security, Settings, Webhook};
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use lagebild_desk::{Notice, Outgoing, Told};
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Message, SmtpTransport, Transport};
use sha2::Sha256;
use std::fmt::Write;

/// Sends a notice to its target; why it did not get there otherwise.
pub(super) fn send(settings: &Settings, outgoing: &Outgoing, at: Timestamp) -> Result<(), String> {
    if let Some(mail) = settings.mail.iter().find(|mail| mail.name == outgoing.target) {
        return by_mail(settings, mail, outgoing);
    }
    if let Some(hook) = settings.webhooks.iter().find(|hook| hook.name == outgoing.target) {
        return by_webhook(settings, hook, outgoing, at);
    }
    Err(format!("notices.yaml has nobody called `{}`", outgoing.target))
}

fn by_webhook(settings: &Settings, hook: &Webhook, outgoing: &Outgoing, at: Timestamp) -> Result<(), String> {
    let secret = settings.secret(&hook.secret_file)?;
    // No redirect is followed and no proxy asked: the notice goes where it was told to go, or nowhere.
    let agent = ureq::Agent::new_with_config(
        ureq::Agent::config_builder()
            .timeout_global(Some(settings.patience()))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .proxy(None)
            .user_agent(concat!("lagebild/", env!("CARGO_PKG_VERSION")))
            .build(),
    );
    let answer = agent
        .post(&hook.url)
        .content_type("application/json")
        .header("Lagebild-Notice", &outgoing.key)
        .header("Lagebild-Signature", signature(&secret, at.as_second(), &outgoing.body))
        .send(outgoing.body.as_str())
        .map_err(|error| error.to_string())?;
    if answer.status().is_success() { Ok(()) } else { Err(format!("answered {}", answer.status().as_u16())) }
}

/// `t=SECONDS,v1=HEX`: HMAC-SHA256 over the seconds since 1970, a dot and the body, so that an old notice cannot be sent anew by
/// somebody else.
fn signature(secret: &str, seconds: i64, body: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        // HMAC takes keys of any length.
        return String::new();
    };
    mac.update(format!("{seconds}.{body}").as_bytes());
    let mut signed = format!("t={seconds},v1=");
    for byte in mac.finalize().into_bytes() {
        let _ = write!(signed, "{byte:02x}");
    }
    signed
}

fn by_mail(settings: &Settings, mail: &Mail, outgoing: &Outgoing) -> Result<(), String> {
    let notice: Notice = serde_json::from_str(&outgoing.body).map_err(|error| error.to_string())?;
    let message = message(mail, &notice)?;
    let transport = transport(settings, mail)?;
    transport.send(&message).map_err(|error| chain(&error)).map(drop)
}

fn transport(settings: &Settings, mail: &Mail) -> Result<SmtpTransport, String> {
    let security = |make: fn(TlsParameters) -> Tls| {
        TlsParameters::new(mail.server.clone()).map(make).map_err(|error| error.to_string())
    };
    let (tls, port) = match mail.security {
        Security::Tls => (security(Tls::Wrapper)?, 465),
        Security::Starttls => (security(Tls::Required)?, 587),
        Security::Plain => (Tls::None, 25),
    };
    let mut builder = SmtpTransport::builder_dangerous(&mail.server)
        .port(mail.port.unwrap_or(port))
        .tls(tls)
        .timeout(Some(settings.patience()));
    if let (Some(user), Some(file)) = (&mail.user, &mail.password_file) {
        builder = builder.credentials(Credentials::new(user.clone(), settings.secret(file)?));
    }
    Ok(builder.build())
}

fn message(mail: &Mail, notice: &Notice) -> Result<Message, String> {
    let mailbox = |text: &String| text.parse::<Mailbox>().map_err(|error| format!("{text}: {error}"));
    let from = mailbox(&mail.from)?;
    let id = format!("<{}@{}>", notice.id, from.email.domain());
    let lists: Vec<&str> = notice.lists.iter().map(|list| list.list.as_str()).collect();
    let count = notice.news.len() + notice.more;
    let mut builder = Message::builder()
        .from(from)
        .message_id(Some(id))
        .subject(format!("Lagebild: {count} changes by {}", lists.join(", ")));
    for to in &mail.to {
        builder = builder.to(mailbox(to)?);
    }
    builder.header(ContentType::TEXT_PLAIN).body(in_words(notice)).map_err(|error| error.to_string())
}

/// The notice as a person reads it.
fn in_words(notice: &Notice) -> String {
    let mut text = String::new();
    for list in &notice.lists {
        let before = list.before.as_ref().map_or("first asked".into(), |day| format!("before {day}"));
        let version = list.version.get(..12).unwrap_or_default();
        let _ = writeln!(text, "{} of {} ({before}), version {version}", list.list, list.day);
    }
    text.push('\n');
    for told in &notice.news {
        let _ = writeln!(text, "{}", line(told));
    }
    if notice.more > 0 {
        let _ = writeln!(text, "and {} more, at the desk", notice.more);
    }
    text.push_str("\nThe desk shows what these are: lagebild desk queue\n");
    text
}

fn line(told: &Told) -> String {
    let mut line = match &told.item {
        Some(item) => format!("item {item}: "),
        None => "watched: ".to_owned(),
    };
    if let Some(name) = &told.name {
        let _ = write!(line, "{name}, ");
    }
    let _ = write!(line, "{} {} ({}, {})", told.party, told.what.words(), told.list, told.day);
    if let Some(words) = &told.words {
        let _ = write!(line, ": {words}");
    } else if !told.fields.is_empty() {
        let _ = write!(line, ": {}", told.fields.join(", "));
    }
    if let Some(source) = told.source.as_ref().filter(|source| !source.is_empty()) {
        let _ = write!(line, " [{source}]");
    }
    // One line each, whatever a list has in its names.
    line.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// An error with what lies below it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut below = error.source();
    while let Some(error) = below {
        let more = error.to_string();
        if !words.contains(&more) {
            let _ = write!(words, ": {more}");
        }
        below = error.source();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_what_other_programs_make() {
        // printf '1700000000.{"id":"x"}' | openssl dgst -sha256 -hmac secret
        let hex = "2f7852138f9dbd8d61c07c2cfb0b8ac96a46a32d78d4527788fb42fcb409a493";
        assert_eq!(signature("secret", 1_700_000_000, r#"{"id":"x"}"#), format!("t=1700000000,v1={hex}"));
    }
}
