//! Measures a running service: `load ADDRESS SECONDS CONNECTIONS PATH [FILE]`. Each line of the file is a body that is
//! sent by POST in turn; a line without `{` is a name to screen. Without a file it asks by GET. Prints requests a
//! second, the time of half, 99 and 99.9 of a hundred requests, and the statuses.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [address, seconds, connections, path, file @ ..] = args.as_slice() else {
        return Err("load ADDRESS SECONDS CONNECTIONS PATH [FILE]".into());
    };
    let bodies = match file.first() {
        Some(file) => std::fs::read_to_string(file)?.lines().map(body).collect(),
        None => Vec::new(),
    };
    let requests: Vec<Vec<u8>> = if bodies.is_empty() {
        vec![format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n").into_bytes()]
    } else {
        bodies.iter().map(|body| post(path, body)).collect()
    };
    let (count, duration): (usize, u64) = (connections.parse()?, seconds.parse()?);
    let end = Instant::now() + Duration::from_secs(duration);
    let mut tasks = Vec::new();
    let requests = std::sync::Arc::new(requests);
    for at in 0..count {
        let (address, requests) = (address.clone(), std::sync::Arc::clone(&requests));
        tasks.push(tokio::spawn(async move { ask(&address, &requests, at * 97, end).await }));
    }
    let (mut times, mut statuses) = (Vec::new(), BTreeMap::new());
    for task in tasks {
        for (took, status) in task.await?? {
            times.push(took);
            *statuses.entry(status).or_insert(0u64) += 1;
        }
    }
    times.sort_unstable();
    let share = |of: usize| times.get(times.len().saturating_sub(1) * of / 1000).copied().unwrap_or_default();
    println!(
        "{:.0} requests/s, p50 {:?}, p99 {:?}, p99.9 {:?}, statuses {statuses:?}",
        times.len() as f64 / duration as f64,
        share(500),
        share(990),
        share(999)
    );
    Ok(())
}

fn body(line: &str) -> String {
    if line.starts_with('{') {
        return line.to_owned();
    }
    let name = line.split('\t').next().unwrap_or(line);
    serde_json::json!({"queries": {"q": {"schema": "Person", "properties": {"name": [name]}}}}).to_string()
}

fn post(path: &str, body: &str) -> Vec<u8> {
    let kind = if path.starts_with("/read") { "text/plain" } else { "application/json" };
    let length = body.len();
    let text = body.replace("\\n", "\n");
    let (body, length) = if kind == "text/plain" { (text.as_str(), text.len()) } else { (body, length) };
    format!("POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n{body}")
        .into_bytes()
}

async fn ask(
    address: &str,
    requests: &[Vec<u8>],
    first: usize,
    end: Instant,
) -> std::io::Result<Vec<(Duration, u16)>> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut done = Vec::new();
    let mut buffer = vec![0; 1 << 16];
    for request in requests.iter().cycle().skip(first % requests.len()) {
        if Instant::now() >= end {
            break;
        }
        let began = Instant::now();
        stream.write_all(request).await?;
        let mut answer: Vec<u8> = Vec::new();
        let status = loop {
            let read = stream.read(&mut buffer).await?;
            answer.extend(buffer.iter().take(read));
            if read == 0 {
                return Ok(done);
            }
            let Some(head) = answer.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
            let text = String::from_utf8_lossy(answer.get(..head).unwrap_or_default()).to_lowercase();
            let length =
                text.split("content-length: ").nth(1).and_then(|it| it.split("\r\n").next()?.parse().ok());
            if answer.len() >= head + 4 + length.unwrap_or(0usize) {
                break text.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
            }
        };
        done.push((began.elapsed(), status));
    }
    Ok(done)
}
