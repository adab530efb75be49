//! A trained model.

/// A trained model.
#[derive(Debug)]
pub struct Model;
impl Model {
    /// The shipped model of a language.
    pub fn shipped(_language: &str) -> Option<&'static Model> {
        None
    }
    /// Its hash.
    pub fn hash(&self) -> &str {
        ""
    }
}
