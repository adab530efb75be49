//! robots.txt as RFC 9309 has it: what a site does not want to be fetched by programs.

use std::fmt::Write;
use std::time::Duration;

/// Bytes of a robots.txt that are read (RFC 9309: at least 500 KiB).
pub(crate) const MOST_BYTES: u64 = 512 << 10;
/// Longest rule; a longer one is no path of a site that is fetched from here.
const LONGEST: usize = 2048;

/// What a site says to one program.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Robots {
    /// Whether it is allowed, and the pattern of paths.
    rules: Vec<(bool, String)>,
    /// The pause that it asks for between two requests.
    pub(crate) delay: Option<Duration>,
}

impl Robots {
    /// What a robots.txt says to the program of this name, and to all where it does not name that.
    pub(crate) fn read(text: &str, name: &str) -> Self {
        let (mut own, mut all) = (None, Self::default());
        // The programs that the group is for, and whether its rules have begun.
        let (mut mine, mut everybody, mut begun) = (false, false, false);
        for line in text.trim_start_matches('\u{FEFF}').split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((field, value)) = line.split_once(':') else { continue };
            let (field, value) = (field.trim().to_ascii_lowercase(), value.trim());
            if field == "user-agent" {
                if begun {
                    (mine, everybody, begun) = (false, false, false);
                }
                let token = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '-');
                let end = value.find(|c| !token(c)).unwrap_or(value.len());
                let product = value.get(..end).unwrap_or_default();
                mine |= product.eq_ignore_ascii_case(name);
                everybody |= value == "*";
                if mine {
                    own.get_or_insert_with(Self::default);
                }
                continue;
            }
            let known = matches!(field.as_str(), "allow" | "disallow" | "crawl-delay");
            begun |= known;
            if known && mine {
                own.get_or_insert_with(Self::default).rule(&field, value);
            }
            if known && everybody {
                all.rule(&field, value);
            }
        }
        own.unwrap_or(all)
    }

    fn rule(&mut self, field: &str, value: &str) {
        if field == "crawl-delay" {
            let seconds =
                value.parse::<f64>().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
            self.delay = seconds.or(self.delay);
        } else if !value.is_empty() && value.len() <= LONGEST {
            self.rules.push((field == "allow", same(value)));
        }
    }

    /// Whether a path with its query may be fetched: the longest rule counts, of equal ones that which allows.
    pub(crate) fn allow(&self, path: &str) -> bool {
        let path = same(path);
        let fit = self.rules.iter().filter(|(_, pattern)| fits(pattern.as_bytes(), path.as_bytes()));
        fit.max_by_key(|(allowed, pattern)| (pattern.len(), *allowed)).is_none_or(|(allowed, _)| *allowed)
    }
}

/// One way of writing for paths that are the same: letters of the address as they are, all else by its number.
fn same(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let coded = (byte == b'%').then(|| bytes.get(at + 1..at + 3)).flatten();
        let coded = coded.and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        at += if coded.is_some() { 3 } else { 1 };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        match coded {
            Some(byte) if plain(byte) => out.push(char::from(byte)),
            None if byte.is_ascii_graphic() => out.push(char::from(byte)),
            // Writing into a string cannot fail.
            coded => _ = write!(out, "%{:02X}", coded.unwrap_or(byte)),
        }
    }
    out
}

/// True when a path begins as the pattern says: `*` stands for anything, `$` at the end for the end.
fn fits(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix(b"$") {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split(|&byte| byte == b'*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return !to_end || rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() && to_end {
            return rest.ends_with(part);
        }
        let at = if part.is_empty() {
            Some(0)
        } else {
            rest.windows(part.len()).position(|window| window == part)
        };
        let Some(at) = at else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_counts_and_an_own_group_goes_before_that_of_all() {
        let text = "User-agent: *\nDisallow: /\n\nUser-Agent: other\nuser-agent: Lagebild/1.0 # us\nDisallow: /a\nAllow: /a/b\n\
                    Disallow: /*.php$\nCrawl-delay: 7.5\nUser-agent: third\nDisallow: /only";
        let robots = Robots::read(text, "lagebild");
        let allowed = |path| robots.allow(path);
        assert!(allowed("/") && allowed("/a/b/c") && allowed("/x.php?y") && allowed("/only"));
        assert!(!allowed("/a") && !allowed("/abc") && !allowed("/x.php") && !allowed("/y/x.php"));
        assert_eq!(robots.delay, Some(Duration::from_millis(7500)));
        assert!(!Robots::read(text, "somebody").allow("/x"));
        assert!(Robots::read("Disallow: /\nUser-agent: *\nDisallow:", "lagebild").allow("/x"));
        let both = "User-agent: lagebild\n\nUser-agent: *\nDisallow: /";
        assert!(!Robots::read(both, "lagebild").allow("/x"));
    }

    #[test]
    fn patterns_and_ways_of_writing() {
        let allows =
            |rule: &str, path: &str| Robots::read(&format!("user-agent:*\ndisallow:{rule}"), "x").allow(path);
        assert!(!allows("/ä", "/%C3%A4/x") && !allows("/%7ejoe", "/~joe") && !allows("/a*c*e", "/abcde/f"));
        assert!(
            allows("/a*c$", "/abcd")
                && !allows("/a*c$", "/acbc")
                && allows("/p$", "/pq")
                && !allows("*", "/")
        );
        assert!(allows(&format!("/{}", "*a".repeat(2000)), &"/b".repeat(2000)));
        assert!(allows(&format!("/{}", "*a".repeat(1000)), &format!("/{}", "a".repeat(999))));
    }
}
