//! Pages from a server on this machine that misbehaves in every way.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod server;

use lagebild_fetch::{Answer, Copy, Fetcher, Limits, Marks, Problem, Settings};
use server::{answer, gzip, serve};
use std::time::{Duration, Instant};

fn settings() -> Settings {
    Settings { delay_s: 0, ..Settings::shipped().unwrap() }
}

fn limits(settings: &Settings) -> Limits {
    Limits {
        answer: Duration::from_millis(500),
        whole: Duration::from_millis(1200),
        bytes: 1 << 20,
        attempts: 1,
        pause: Duration::from_millis(1),
        public_only: false,
        ..settings.limits()
    }
}

fn fetcher() -> Fetcher {
    Fetcher::new(settings(), limits(&settings()))
}

fn copy(url: &str) -> Copy {
    match fetcher().get(url, &Marks::default()) {
        Ok(Answer::Copy(copy)) => copy,
        other => panic!("{other:?}"),
    }
}

fn problem(url: &str) -> Problem {
    fetcher().get(url, &Marks::default()).unwrap_err()
}

#[test]
fn a_page_comes_with_its_record() {
    let site = serve(|path, _| match path {
        "/old" => answer("301 Moved", "Location: a/../new?x=1#part", ""),
        "/new?x=1" => {
            answer("200 OK", "Content-Type: text/html\r\nETag: \"7\"\r\nLast-Modified: then", "<html>")
        }
        _ => answer("404 No", "", ""),
    });
    let copy = copy(&site.at("/old"));
    assert_eq!(copy.bytes, b"<html>");
    assert_eq!((copy.download.url, copy.download.final_url), (site.at("/old"), Some(site.at("/new?x=1"))));
    assert_eq!(
        (copy.download.etag.as_deref(), copy.download.last_modified.as_deref()),
        (Some("\"7\""), Some("then"))
    );
    assert_eq!((copy.download.bytes, copy.download.sha256.len()), (6, 64));
    let heard = site.heard();
    assert_eq!(heard.iter().filter(|it| it.starts_with("get /robots.txt")).count(), 1);
    assert!(heard.iter().all(|it| it.contains("user-agent: lagebild/")), "{heard:?}");
}

#[test]
fn what_has_not_changed_does_not_come_again() {
    let site = serve(|path, asked| match path {
        "/feed" if asked.contains("if-none-match: \"7\"") => answer("304 Not Modified", "", ""),
        "/feed" => answer("200 OK", "Content-Type: application/rss+xml\r\nETag: \"7\"", "<rss/>"),
        _ => answer("404 No", "", ""),
    });
    let mut fetcher = fetcher();
    let url = site.at("/feed");
    assert!(matches!(fetcher.get(&url, &Marks::default()), Ok(Answer::Copy(_))));
    let known = Marks { url: url.clone(), etag: Some("\"7\"".into()), last_modified: None };
    assert!(matches!(fetcher.get(&url, &known), Ok(Answer::Unchanged)));
}

#[test]
fn only_public_addresses_are_reached_whatever_they_are_called() {
    let site = serve(|_, _| answer("200 OK", "Content-Type: text/html", "secret"));
    let port = site.port();
    let mut guarded = Fetcher::new(settings(), Limits { public_only: true, ..limits(&settings()) });
    let hosts = [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "017700000001",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
    ];
    for host in hosts {
        let problem = guarded.get(&format!("http://{host}:{port}/"), &Marks::default()).unwrap_err();
        assert!(matches!(problem, Problem::Private(_)), "{host}: {problem}");
    }
    for url in ["http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://10.0.0.1/"] {
        assert!(matches!(guarded.get(url, &Marks::default()), Err(Problem::Private(_))), "{url}");
    }
    assert!(site.heard().is_empty());
    for url in [
        "file:///etc/passwd",
        "ftp://a.example/",
        "gopher://a.example",
        "http://user:word@a.example/",
        "nonsense",
    ] {
        assert!(matches!(guarded.get(url, &Marks::default()), Err(Problem::NoPage(_))), "{url}");
    }
}

#[test]
fn redirects_are_looked_at_and_end() {
    let site = serve(|path, _| match path {
        "/file" => answer("302 Found", "Location: file:///etc/passwd", ""),
        "/user" => answer("302 Found", "Location: http://me:word@127.0.0.1/", ""),
        "/loop" => answer("302 Found", "Location: /loop", ""),
        "/none" => answer("302 Found", "", ""),
        "/odd" => answer("302 Found", "Location: http://[", ""),
        "/forbidden" => answer("302 Found", "Location: /private/x", ""),
        "/robots.txt" => answer("200 OK", "Content-Type: text/plain", "User-agent: *\nDisallow: /private/"),
        _ => answer("200 OK", "Content-Type: text/html", "x"),
    });
    assert!(matches!(problem(&site.at("/file")), Problem::NoPage(_)));
    assert!(matches!(problem(&site.at("/user")), Problem::NoPage(_)));
    assert!(matches!(problem(&site.at("/loop")), Problem::Redirects));
    assert!(matches!(problem(&site.at("/none")), Problem::Redirects));
    assert!(matches!(problem(&site.at("/odd")), Problem::Elsewhere(_)));
    assert!(matches!(problem(&site.at("/forbidden")), Problem::Robots(_)));
    assert!(matches!(problem(&site.at("/private/y")), Problem::Robots(_)));
    assert!(!site.heard().iter().any(|it| it.starts_with("get /private")));
}

#[test]
fn a_robots_txt_that_cannot_be_read_forbids_and_none_does_not() {
    let broken = serve(|path, _| match path {
        "/robots.txt" => answer("503 Busy", "", ""),
        _ => answer("200 OK", "Content-Type: text/html", "x"),
    });
    assert!(matches!(problem(&broken.at("/a")), Problem::NoRobots(_)));
    let endless = serve(|path, _| match path {
        "/robots.txt" => answer("200 OK", "", &"User-agent: *\nDisallow: /b\n".repeat(40_000)),
        _ => answer("200 OK", "Content-Type: text/html", "x"),
    });
    assert!(matches!(problem(&endless.at("/b")), Problem::Robots(_)));
    assert_eq!(copy(&endless.at("/a")).bytes, b"x");
}

#[test]
fn a_host_is_not_asked_faster_than_it_wants() {
    let site = serve(|path, _| match path {
        "/robots.txt" => answer("200 OK", "", "User-agent: lagebild\nCrawl-delay: 0.4"),
        _ => answer("200 OK", "Content-Type: text/html", "x"),
    });
    let (mut fetcher, began) = (fetcher(), Instant::now());
    for _ in 0..3 {
        fetcher.get(&site.at("/a"), &Marks::default()).unwrap();
    }
    assert!(began.elapsed() >= Duration::from_millis(1100), "{:?}", began.elapsed());
}

#[test]
fn size_is_limited_also_of_what_is_unpacked() {
    // Made before anybody waits for it.
    let bomb = gzip(&vec![b' '; 64 << 20]);
    let site = serve(move |path, _| match path {
        "/long" => answer("200 OK", "Content-Type: text/html", &"x".repeat(2 << 20)),
        "/endless" => b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
            .iter()
            .copied()
            .chain(std::iter::repeat_n(b'x', 8 << 20))
            .collect(),
        "/bomb" => bomb.clone(),
        "/small" => gzip(b"<html>unpacked"),
        "/odd" => answer("200 OK", "Content-Type: text/html\r\nContent-Encoding: br", "x"),
        "/heads" => answer("200 OK", &format!("Content-Type: text/html\r\nX: {}", "y".repeat(1 << 20)), "x"),
        _ => answer("404 No", "", ""),
    });
    for path in ["/long", "/endless", "/bomb"] {
        assert!(matches!(problem(&site.at(path)), Problem::TooLarge(_)), "{path}");
    }
    assert_eq!(copy(&site.at("/small")).bytes, b"<html>unpacked");
    assert!(matches!(problem(&site.at("/odd")), Problem::Packed(_)));
    assert!(matches!(problem(&site.at("/heads")), Problem::Connection(_)));
}

#[test]
fn types_that_are_not_read_do_not_come() {
    let site = serve(|path, _| match path {
        "/video" => answer("200 OK", "Content-Type: video/mp4", "x"),
        "/untold" => answer("200 OK", "", "MZ\u{0}\u{1}"),
        "/pdf" => answer("200 OK", "Content-Type: application/octet-stream", "%PDF-1.7"),
        "/page" => answer("200 OK", "", "<!doctype html><p>x"),
        _ => answer("404 No", "", ""),
    });
    assert!(matches!(problem(&site.at("/video")), Problem::Type(_)));
    assert!(matches!(problem(&site.at("/untold")), Problem::Type(_)));
    assert_eq!(copy(&site.at("/pdf")).bytes, b"%PDF-1.7");
    assert_eq!(copy(&site.at("/page")).download.media_type, None);
}

#[test]
fn what_is_slow_cut_off_or_no_http_ends() {
    let site = serve(|path, _| match path {
        "/cut" => b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\nshort".to_vec(),
        "/noise" => b"SSH-2.0-OpenSSH_9.6\r\n".to_vec(),
        "/nothing" => Vec::new(),
        "/failing" => answer("500 Broken", "", ""),
        "/gone" => answer("410 Gone", "", ""),
        "/drip" | "/crawl" => {
            let page = answer("200 OK", "Content-Type: text/html", &"x".repeat(999));
            [&path.as_bytes()[1..], &page].concat()
        }
        "/silent" => b"silent".to_vec(),
        _ => answer("404 No", "", ""),
    });
    assert!(matches!(problem(&site.at("/cut")), Problem::Truncated { .. } | Problem::Connection(_)));
    assert!(matches!(problem(&site.at("/noise")), Problem::Connection(_)));
    assert!(matches!(problem(&site.at("/nothing")), Problem::Connection(_)));
    assert!(matches!(problem(&site.at("/failing")), Problem::Status(500)));
    assert!(matches!(problem(&site.at("/gone")), Problem::Status(410)));
    for path in ["/drip", "/crawl", "/silent"] {
        let began = Instant::now();
        let problem = problem(&site.at(path));
        assert!(matches!(problem, Problem::TooSlow(_)), "{path}: {problem:?}");
        assert!(began.elapsed() < Duration::from_secs(3), "{path}: {:?}", began.elapsed());
    }
}
