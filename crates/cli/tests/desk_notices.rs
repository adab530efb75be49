//! Notices of the desk, to servers that misbehave. Names are our own.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use hmac::{Hmac, Mac};
use serde_json::Value;
use sha2::Sha256;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;
use support::{folder, lagebild, stderr, stdout};

/// What a server does with a connection.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Does {
    /// Takes what comes.
    Takes,
    /// Says that it cannot now.
    Fails,
    /// Sends elsewhere.
    Redirects,
    /// Says nothing.
    Hangs,
    /// Closes in the middle.
    Closes,
}

/// A server that does one thing after the other, and then takes what comes.
struct Server {
    port: u16,
    came: Arc<(Mutex<Vec<String>>, Condvar)>,
}

impl Server {
    fn start(does: &[Does], talk: fn(TcpStream, Does) -> Option<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let came = Arc::new((Mutex::new(Vec::new()), Condvar::new()));
        let (noted, does) = (Arc::clone(&came), does.to_vec());
        std::thread::spawn(move || {
            for (at, stream) in listener.incoming().map_while(Result::ok).enumerate() {
                let (noted, does) = (Arc::clone(&noted), does.get(at).copied().unwrap_or(Does::Takes));
                std::thread::spawn(move || {
                    let stream_kept = stream.try_clone();
                    if let Some(text) = talk(stream, does) {
                        noted.0.lock().unwrap().push(text);
                        noted.1.notify_all();
                    }
                    if does == Does::Hangs {
                        std::thread::sleep(Duration::from_mins(1));
                    }
                    drop(stream_kept);
                });
            }
        });
        Self { port, came }
    }

    fn came(&self) -> Vec<String> {
        self.came.0.lock().unwrap().clone()
    }

    /// Waits until so many came.
    fn wait(&self, count: usize) {
        let guard = self.came.0.lock().unwrap();
        let (came, _) =
            self.came.1.wait_timeout_while(guard, Duration::from_mins(1), |came| came.len() < count).unwrap();
        assert!(came.len() >= count);
    }
}

/// Answers as a web server does; gives the request.
fn http(mut stream: TcpStream, does: Does) -> Option<String> {
    if does == Does::Closes {
        let _ = stream.read(&mut [0; 40]);
        return None;
    }
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let length =
        head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length?];
    reader.read_exact(&mut body).ok()?;
    let answer = match does {
        Does::Takes => "HTTP/1.1 204 No Content\r\n\r\n",
        Does::Fails => "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n",
        Does::Redirects => "HTTP/1.1 307 There\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
        Does::Hangs | Does::Closes => "",
    };
    let _ = stream.write_all(answer.as_bytes());
    Some(head + &String::from_utf8(body).unwrap())
}

/// Answers as a mail server does; gives the mail that it took.
fn smtp(mut stream: TcpStream, does: Does) -> Option<String> {
    if does == Does::Hangs {
        return None;
    }
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut say = |line: &str| stream.write_all(format!("{line}\r\n").as_bytes()).ok();
    say("220 here")?;
    let (mut mail, mut line) = (String::new(), String::new());
    loop {
        line.clear();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.split_whitespace().next().unwrap_or_default() {
            "EHLO" => say("250 here")?,
            "RCPT" if does == Does::Fails => say("451 not now")?,
            "DATA" if does == Does::Closes => return None,
            "DATA" => {
                say("354 go on")?;
                while !mail.ends_with("\r\n.\r\n") {
                    reader.read_line(&mut mail).ok()?;
                }
                say("250 taken")?;
                return Some(mail);
            }
            "QUIT" => return None,
            _ => say("250 well")?,
        }
    }
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = lagebild();
    command.args(args).current_dir(folder).env("LAGEBILD_LISTS", folder.join("lists"));
    command.env("LAGEBILD_DESK", folder.join("desk.db")).env("LAGEBILD_USER", "cleo");
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().unwrap()
}

fn done(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, args);
    assert!(output.status.success(), "{args:?}\n{}{}", stdout(&output), stderr(&output));
    stdout(&output)
}

/// A version of the list `own`.
fn list(folder: &Path, parties: &[(&str, &[&str])]) {
    let line = |(id, names): &(&str, &[&str])| {
        let caption = names[0];
        let record = serde_json::json!({"id": id, "schema": "Person", "caption": caption, "properties": {"name": names}});
        format!("{record}\n")
    };
    std::fs::write(folder.join("own.jsonl"), parties.iter().map(line).collect::<Vec<_>>().concat()).unwrap();
    done(folder, &["lists", "add", "own", "own.jsonl"]);
}

/// A desk that watches somebody who comes onto a list and one who has a new alias there, with these notices.
fn desk(name: &str, notices: &str) -> PathBuf {
    let folder = folder(name);
    std::fs::write(folder.join("secret"), "a secret of two\n").unwrap();
    list(&folder, &[("a", &["Anton Beispielow"]), ("z", &["Zeno Zettel"])]);
    done(
        &folder,
        &["desk", "watch", "add", "Berta Musterfrau", "Anton Beispielow", "own:z", "--why", "customer 17"],
    );
    done(&folder, &["desk", "watch", "run"]);
    std::fs::write(folder.join("notices.yaml"), notices).unwrap();
    list(&folder, &[("a", &["Anton Beispielow", "Toni B"]), ("b", &["Berta Musterfrau"])]);
    folder
}

fn hook(port: u16, rest: &str) -> String {
    format!(
        "timeout: 1\npauses: [1, 1, 1, 1, 1]\nwebhooks:\n- {{name: board, url: 'http://127.0.0.1:{port}/in', secret_file: secret{rest}}}\n"
    )
}

fn mail(port: u16, rest: &str) -> String {
    format!(
        "timeout: 1\npauses: [1, 1, 1, 1]\nmail:\n- {{name: office, from: desk@here.example, to: ['Office <office@there.example>'], \
         server: 127.0.0.1, port: {port}, security: plain{rest}}}\n"
    )
}

fn header<'a>(request: &'a str, name: &str) -> &'a str {
    let line = request.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}: ")));
    line.unwrap().split_once(": ").unwrap().1
}

fn states(folder: &Path) -> Vec<(String, u64)> {
    let kept: Value =
        serde_json::from_str(&done(folder, &["desk", "notices", "list", "--format", "json"])).unwrap();
    let state = |it: &Value| (it["state"].as_str().unwrap().to_owned(), it["tries"].as_u64().unwrap());
    kept.as_array().unwrap().iter().map(state).collect()
}

#[test]
fn a_webhook_is_told_what_changed_signed_and_in_ids_only() {
    let server = Server::start(&[], http);
    let folder = desk("notices-hook", &hook(server.port, ""));
    done(&folder, &["desk", "watch", "run"]);
    let came = server.came();
    assert_eq!(came.len(), 1);
    let (_, body) = came[0].split_once("\r\n\r\n").unwrap();
    let (time, signed) = header(&came[0], "lagebild-signature").split_once(",v1=").unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(b"a secret of two").unwrap();
    mac.update(format!("{}.{body}", time.strip_prefix("t=").unwrap()).as_bytes());
    let hex: Vec<String> = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(signed, hex.concat());

    let notice: Value = serde_json::from_str(body).unwrap();
    assert_eq!(notice["id"], header(&came[0], "lagebild-notice"));
    let mut news: Vec<String> = notice["news"]
        .as_array()
        .unwrap()
        .iter()
        .map(|told| format!("{} {}", told["what"].as_str().unwrap(), told["party"].as_str().unwrap()))
        .collect();
    news.sort();
    assert_eq!(news, ["listed own:b", "new_alias own:a", "removed own:z"]);
    assert!(notice["lists"][0]["before"].is_string() && notice["lists"][0]["version"].is_string());
    for personal in ["Toni", "Anton", "Berta", "customer"] {
        assert!(!came[0].contains(personal), "{}", came[0]);
    }
    assert_eq!(states(&folder), [("sent".to_owned(), 1)]);
    // Nothing changed since: nobody is told.
    done(&folder, &["desk", "watch", "run"]);
    done(&folder, &["desk", "notices", "send"]);
    assert_eq!(server.came().len(), 1);
}

#[test]
fn a_mail_tells_names_where_that_is_set_and_comes_through_at_last() {
    let server = Server::start(&[Does::Fails, Does::Hangs, Does::Closes], smtp);
    let folder = desk("notices-mail", &mail(server.port, ", detail: names"));
    let output = run(&folder, &["desk", "watch", "run"]);
    assert!(output.status.success() && stderr(&output).contains("not now"), "{}", stderr(&output));
    assert_eq!(done(&folder, &["desk", "notices", "send", "--wait"]), "1 sent\n");
    let came = server.came();
    assert_eq!(came.len(), 1);
    // A mail is wrapped where it is sent.
    let plain = came[0].replace("=\r\n", "");
    for words in [
        "Subject: Lagebild: 3 changes by own",
        "Message-ID: <",
        "@here.example>",
        "Berta Musterfrau, own:b listed since (own,",
        "new alias: Toni B",
        "own:z removed",
        "[customer 17]",
    ] {
        assert!(plain.contains(words), "{words}: {plain}");
    }
    assert_eq!(states(&folder), [("sent".to_owned(), 4)]);
}

#[test]
fn what_cannot_be_sent_is_given_up_shown_and_sent_again() {
    let server = Server::start(&[Does::Fails, Does::Hangs, Does::Closes, Does::Redirects], http);
    let settings = hook(server.port, "").replace("[1, 1, 1, 1, 1]", "[1, 1, 1]");
    let folder = desk("notices-dead", &settings);
    done(&folder, &["desk", "watch", "run"]);
    let output = run(&folder, &["desk", "notices", "send", "--wait"]);
    assert_eq!(output.status.code(), Some(3));
    let text = stderr(&output);
    assert!(text.contains("timeout") && text.contains("answered 307; given up"), "{text}");
    assert_eq!(states(&folder), [("dead".to_owned(), 4)]);
    let text = done(&folder, &["desk", "notices", "list", "--dead"]);
    assert!(text.contains("1  dead") && text.contains("own:b listed since"), "{text}");
    let text = done(&folder, &["desk", "notices", "again", "1"]);
    assert!(text.contains("1 to be sent again") && text.contains("1 sent"), "{text}");
    let ids: Vec<String> = server.came().iter().map(|it| header(it, "lagebild-notice").to_owned()).collect();
    assert!(ids.len() == 4 && ids.iter().all(|id| *id == ids[0]), "{ids:?}");

    // Nobody listens there.
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let folder = desk("notices-refused", &hook(closed, "").replace("[1, 1, 1, 1, 1]", "[]"));
    let output = run(&folder, &["desk", "watch", "run"]);
    let text = stderr(&output);
    assert!(output.status.success() && text.contains("refused") && text.contains("; given up"), "{text}");
    done(&folder, &["desk", "notices", "drop", "1"]);
    assert!(states(&folder).is_empty());
}

#[test]
fn who_is_killed_after_sending_sends_once_more_and_no_notice_is_lost() {
    let server = Server::start(&[Does::Hangs], http);
    let folder = desk("notices-killed", &hook(server.port, ""));
    let mut process = command(&folder, &["desk", "watch", "run"]).stdout(Stdio::null()).spawn().unwrap();
    server.wait(1);
    process.kill().unwrap();
    process.wait().unwrap();
    assert_eq!(states(&folder), [("waiting".to_owned(), 1)]);
    done(&folder, &["desk", "notices", "send", "--wait"]);
    done(&folder, &["desk", "watch", "run"]);
    let came = server.came();
    assert_eq!(came.len(), 2);
    assert_eq!(header(&came[0], "lagebild-notice"), header(&came[1], "lagebild-notice"));
    assert_eq!(states(&folder), [("sent".to_owned(), 2)]);

    // Killed at any moment: the change is told at least once, at most twice.
    for pause in [0, 20, 40, 60, 80, 100, 150, 200] {
        let server = Server::start(&[], http);
        let folder = desk("notices-killed-anywhere", &hook(server.port, ""));
        let mut process = command(&folder, &["desk", "watch", "run"]).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(pause));
        let _ = process.kill();
        process.wait().unwrap();
        done(&folder, &["desk", "watch", "run"]);
        done(&folder, &["desk", "notices", "send", "--wait"]);
        assert!((1..=2).contains(&server.came().len()), "{pause} ms: {}", server.came().len());
    }
}

#[test]
fn nobody_is_told_without_settings_and_wrong_ones_change_nothing() {
    for (settings, words) in [
        (
            "webhooks:\n- {name: a, url: 'http://elsewhere.example/', secret_file: secret}\n",
            "https, or http to this machine",
        ),
        (
            "webhooks:\n- {name: a, url: 'http://localhost@elsewhere.example/', secret_file: secret}\n",
            "https, or http to",
        ),
        ("webhooks:\n- {name: a, url: 'https://elsewhere.example/', secret_file: none}\n", "none: "),
        (
            "mail:\n- {name: a, from: x@y.example, to: [x@y.example], server: y.example, security: plain}\n",
            "this machine only",
        ),
        ("mail:\n- {name: a, from: x@y.example, to: [], server: y.example}\n", "to whom"),
        ("mails: []\n", "unknown field"),
    ] {
        let folder = desk("notices-wrong", settings);
        let output = run(&folder, &["desk", "watch", "run"]);
        assert!(!output.status.success() && stderr(&output).contains(words), "{words}: {}", stderr(&output));
        std::fs::remove_file(folder.join("notices.yaml")).unwrap();
        assert!(stderr(&run(&folder, &["desk", "notices", "send"])).contains("nobody is told"));
        assert!(done(&folder, &["desk", "watch", "run"]).contains("own: "), "the change is still there");
        assert!(states(&folder).is_empty());
    }
}
