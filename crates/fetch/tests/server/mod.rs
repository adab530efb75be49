//! A server on this machine that answers whatever bytes a test wants.

#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A server, for as long as the test runs.
pub(crate) struct Site {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Site {
    /// The address of a path.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Its port.
    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// The heads of all requests, in small letters.
    pub(crate) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

/// Serves what a function says to a path and the head of a request. Of bytes that begin with `drip` the body is sent
/// slowly, of those that begin with `crawl` the head, too; of `silent` nothing is sent.
pub(crate) fn serve(answers: impl Fn(&str, &str) -> Vec<u8> + Send + Sync + 'static) -> Site {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let (answers, log) = (Arc::new(answers), Arc::clone(&heard));
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let (answers, log) = (Arc::clone(&answers), Arc::clone(&log));
            std::thread::spawn(move || one(stream, &*answers, &log));
        }
    });
    Site { address, heard }
}

fn one(mut stream: TcpStream, answers: &dyn Fn(&str, &str) -> Vec<u8>, log: &Mutex<Vec<String>>) {
    let lines = BufReader::new(&stream).lines().map_while(Result::ok);
    let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let path = head.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
    let head = head.join("\n").to_lowercase();
    log.lock().unwrap().push(head.clone());
    let bytes = answers(&path, &head);
    if bytes == b"silent" {
        std::thread::sleep(Duration::from_secs(5));
    } else if let Some(slow) = bytes.strip_prefix(b"drip") {
        let body = slow.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
        let _ = stream.write_all(&slow[..body]);
        slowly(stream, &slow[body..]);
    } else if let Some(slow) = bytes.strip_prefix(b"crawl") {
        slowly(stream, slow);
    } else {
        let _ = stream.write_all(&bytes);
    }
}

fn slowly(mut stream: TcpStream, bytes: &[u8]) {
    for byte in bytes {
        if stream.write_all(&[*byte]).is_err() {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// An answer with these headers.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let headers = if headers.is_empty() { String::new() } else { format!("{headers}\r\n") };
    format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n{body}", body.len())
        .into_bytes()
}

/// A page that is packed on its way.
pub(crate) fn gzip(body: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(body).unwrap();
    let bytes = packer.finish().unwrap();
    let head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nConnection: close\r\n";
    [format!("{head}Content-Length: {}\r\n\r\n", bytes.len()).as_bytes(), &bytes].concat()
}
