//! Signatures with keys of minisign (<https://jedisct1.github.io/minisign/>): Ed25519, no network, no certificate.
//!
//! What is signed is a line of text that names the hash; `minisign -V` checks it too.

use crate::error::{DeskError, Result};
use minisign::{KeyPair, PublicKey, SecretKey, SecretKeyBox, SignatureBox};
use std::io::Cursor;

/// What stands in the untrusted first line of a signature; not kept.
const COMMENT: &str = "untrusted comment: lagebild";

/// A person's secret key.
pub struct Signer {
    secret: SecretKey,
    public: PublicKey,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signer").field("public", &self.public()).finish_non_exhaustive()
    }
}

fn wrong(error: impl std::fmt::Display) -> DeskError {
    DeskError::Key(error.to_string())
}

/// A new pair of keys, the secret one under a password where one is given: the texts of both files of minisign.
pub fn new_keys(password: Option<String>) -> Result<(String, String)> {
    let pair = match password {
        Some(password) => KeyPair::generate_encrypted_keypair(Some(password)),
        None => KeyPair::generate_unencrypted_keypair(),
    }
    .map_err(wrong)?;
    let secret = pair.sk.to_box(None).map_err(wrong)?.into_string();
    Ok((secret, pair.pk.to_box().map_err(wrong)?.into_string()))
}

/// The key itself from a public key's file, or from the one line of it that is the key.
pub fn public_key(text: &str) -> Result<String> {
    let line = text.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
    PublicKey::from_base64(line).map(|key| key.to_base64()).map_err(wrong)
}

impl Signer {
    /// A signer from the text of a secret key's file.
    pub fn new(secret: &str, password: Option<String>) -> Result<Self> {
        let key = SecretKeyBox::from_string(secret.trim_end()).map_err(wrong)?;
        let secret = match password {
            Some(password) => key.into_secret_key(Some(password)),
            None => key.into_unencrypted_secret_key(),
        }
        .map_err(wrong)?;
        let public = PublicKey::from_secret_key(&secret).map_err(wrong)?;
        Ok(Self { secret, public })
    }

    /// The public key, one line.
    pub fn public(&self) -> String {
        self.public.to_base64()
    }

    /// Signs a line.
    pub(crate) fn sign(&self, line: &str) -> Result<String> {
        let signed = minisign::sign(
            Some(&self.public),
            &self.secret,
            Cursor::new(line.as_bytes()),
            Some(line),
            Some(COMMENT),
        );
        let signed = signed.map_err(wrong)?.into_string();
        let mut lines = signed.lines().filter(|line| !line.contains(' '));
        match (lines.next(), lines.next()) {
            (Some(own), Some(comment)) => Ok(format!("{own} {comment}")),
            _ => Err(DeskError::Key("the signature has another form than minisign's".into())),
        }
    }
}

/// Whether a signature is this key's over this line.
pub(crate) fn is_signed(key: &str, line: &str, signature: &str) -> bool {
    let Some((own, comment)) = signature.split_once(' ') else { return false };
    let whole = format!("{COMMENT}\n{own}\ntrusted comment: {line}\n{comment}");
    let Ok(parsed) = SignatureBox::from_string(&whole) else { return false };
    let Ok(key) = PublicKey::from_base64(key) else { return false };
    minisign::verify(&key, &parsed, Cursor::new(line.as_bytes()), true, false, false).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_of_one_key_and_one_line() {
        let (secret, public) = new_keys(None).unwrap();
        let (_, other) = new_keys(None).unwrap();
        let signer = Signer::new(&secret, None).unwrap();
        let (key, other) = (public_key(&public).unwrap(), public_key(&other).unwrap());
        assert_eq!(key, signer.public());
        let signature = signer.sign("a line").unwrap();
        assert!(is_signed(&key, "a line", &signature));
        assert!(!is_signed(&key, "another", &signature) && !is_signed(&other, "a line", &signature));
        for at in 0..signature.len() {
            let mut bytes = signature.clone().into_bytes();
            bytes[at] ^= 1;
            let flipped = String::from_utf8(bytes).unwrap();
            assert!(!is_signed(&key, "a line", &flipped), "byte {at}");
        }
    }
}
