//! Words that are recognised in pictures of pages: what a program that does so is given, and what it answers.
//!
//! Nothing here runs a program. Whoever does (`lagebild read`) hands in something that [`Recognise`]s; without it a page
//! that is a picture gives no words and says so.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is said to do where nobody has handed in anything.
const ADVICE: &str = "run it through OCR first (`lagebild read` does where tesseract is installed)";

/// A page as a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Number of the page, from 1.
    pub page: u32,
    /// Points of each row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Points of an inch.
    pub dpi: u32,
    /// Row by row from the top: 0 is black, 255 white.
    pub grey: Vec<u8>,
}

/// A line of words that were seen in a picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeenLine {
    /// The words.
    pub text: String,
    /// Left, upper, right and lower edge, in points of the picture.
    pub edges: [u32; 4],
    /// How sure the program is of each word, 0 to 100.
    pub sure: Vec<f32>,
}

/// Lines that belong together.
pub type SeenParagraph = Vec<SeenLine>;

/// Recognises words in pictures.
pub trait Recognise: Send + Sync {
    /// What recognises. It is asked at the first page that is a picture.
    ///
    /// # Errors
    /// Why nothing does, and what to do about it.
    fn program(&self) -> Result<Program, String>;

    /// The paragraphs of each picture in reading order, or why there are none.
    fn read(&self, pictures: &[Picture]) -> Vec<Result<Vec<SeenParagraph>, String>>;
}

/// A program that recognises words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Program {
    /// Its name and version.
    pub name: String,
    /// The languages whose words it knows, by its own codes.
    pub languages: Vec<String>,
}

/// How the words of a text were recognised: they were not typed, and may be wrong where the picture is bad.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ocr {
    /// Name and version of the program.
    pub program: String,
    /// The languages whose words it knew, by its own codes.
    pub languages: Vec<String>,
    /// The pages whose words were recognised, from 1.
    pub pages: Vec<u32>,
    /// How sure the program is of its words, on average, 0 to 100.
    pub confidence: u32,
}

/// What pages that are pictures are shown to; by default nothing.
#[derive(Clone, Default)]
pub struct Recogniser(pub Option<Arc<dyn Recognise>>);

impl std::fmt::Debug for Recogniser {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(if self.0.is_some() { "a recogniser" } else { "no recogniser" })
    }
}

impl PartialEq for Recogniser {
    /// The very same one.
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (None, None) => true,
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl Eq for Recogniser {}

/// The program, or what to do where there is none.
pub(crate) fn program(recogniser: &Recogniser) -> Result<(Arc<dyn Recognise>, Program), String> {
    let recogniser = recogniser.0.clone().ok_or_else(|| ADVICE.to_owned())?;
    let program = recogniser.program()?;
    Ok((recogniser, program))
}
