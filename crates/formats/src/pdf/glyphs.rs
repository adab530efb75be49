//! The glyphs of pages: which character, where, how large.

use crate::limits::Limits;
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt, interpret_page,
};
use std::panic::{AssertUnwindSafe, catch_unwind};
use unicode_normalization::UnicodeNormalization;

/// Most glyphs of one page: memory is bounded by them.
const MOST_GLYPHS: usize = 400_000;

/// A character on a page. The page's left upper corner is (0, 0); y grows downwards.
#[derive(Clone, Debug)]
pub(crate) struct Char {
    pub(crate) text: Text,
    /// Where it begins on its line.
    pub(crate) x: f32,
    /// Where it ends.
    pub(crate) end: f32,
    /// The line it stands on.
    pub(crate) y: f32,
    /// Height of its font.
    pub(crate) size: f32,
}

/// Nearly every glyph is one character.
#[derive(Clone, Debug)]
pub(crate) enum Text {
    One(char),
    More(Box<str>),
}

impl Text {
    pub(crate) fn push_to(&self, out: &mut String) {
        match self {
            Text::One(letter) => out.push(*letter),
            Text::More(letters) => out.push_str(letters),
        }
    }

    /// Its first character.
    pub(crate) fn first(&self) -> char {
        match self {
            Text::One(letter) => *letter,
            Text::More(letters) => letters.chars().next().unwrap_or(' '),
        }
    }
}

/// What a page shows.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// The characters, by the quarter turns that their lines are rotated by.
    pub(crate) turned: [Vec<Char>; 4],
    pictures: u64,
}

impl Page {
    /// True for a page that is a picture (its words may be recognised).
    pub(crate) fn is_scan(&self) -> bool {
        self.pictures > 0 && self.turned.iter().all(Vec::is_empty)
    }
}

/// What the pages of a file show.
#[derive(Debug, Default)]
pub(crate) struct Drawn {
    pub(crate) pages: Vec<Page>,
    /// Characters with a meaning, and without.
    pub(crate) known: u64,
    pub(crate) unknown: u64,
    pub(crate) pictures: u64,
    /// The limit was reached.
    pub(crate) stopped: bool,
}

/// Draws all pages, up to the limit.
pub(crate) fn pages(pdf: &Pdf, limits: &Limits) -> Drawn {
    let mut drawn = Drawn::default();
    let cache = InterpreterCache::new();
    let mut budget = limits.max_drawn;
    for page in pdf.pages().iter() {
        let mut taker = Taker { budget, ..Taker::default() };
        let outcome = catch_unwind(AssertUnwindSafe(|| draw(pdf, page, &cache, &mut taker)));
        budget = taker.budget;
        drawn.known += taker.known;
        drawn.unknown += taker.unknown;
        drawn.pictures += taker.page.pictures;
        drawn.pages.push(taker.page);
        // A page on which the parser fails is shown as far as it came; the others go on.
        if outcome.is_err() && budget == 0 {
            drawn.stopped = true;
            break;
        }
    }
    drawn
}

fn draw<'a>(pdf: &'a Pdf, page: &PdfPage<'a>, cache: &InterpreterCache<'a>, taker: &mut Taker) {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let place = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(place, bounds, cache, pdf.xref(), InterpreterSettings::default());
    taker.bounds = bounds;
    interpret_page(page, &mut context, taker);
}

/// Takes the glyphs off a page.
#[derive(Default)]
struct Taker {
    page: Page,
    bounds: Rect,
    budget: u64,
    known: u64,
    unknown: u64,
}

impl Taker {
    fn pay(&mut self, things: u64) {
        super::pay(&mut self.budget, things);
    }

    fn take(&mut self, glyph: &Glyph, transform: Affine) {
        let Some(text) = glyph.as_unicode().and_then(|text| meaning(&text)) else {
            self.unknown += 1;
            return;
        };
        self.known += 1;
        let origin = transform * Point::ZERO;
        let along = transform * Point::new(1000.0, 0.0) - origin;
        let up = transform * Point::new(0.0, 1000.0) - origin;
        let size = up.hypot() as f32;
        let width = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(glyph) => glyph.advance_width().map(|width| width.min(1000.0)),
        };
        let width = along.hypot() as f32 * width.unwrap_or(500.0) / 1000.0;
        let inside = self.bounds.inflate(20.0, 20.0).contains(origin);
        if !inside || !size.is_finite() || size < 0.5 || !width.is_finite() {
            return;
        }
        // The quarter turn that its line is closest to, and its place seen from there.
        let turn = ((along.atan2() / std::f64::consts::FRAC_PI_2).round() as i64).rem_euclid(4) as usize;
        let (x, y) = match turn {
            0 => (origin.x, origin.y),
            1 => (origin.y, -origin.x),
            2 => (-origin.x, -origin.y),
            _ => (-origin.y, origin.x),
        };
        if let Some(chars) = self.page.turned.get_mut(turn).filter(|chars| chars.len() < MOST_GLYPHS) {
            chars.push(Char { text, x: x as f32, end: x as f32 + width, y: y as f32, size });
        }
    }
}

/// The characters of a glyph: ligatures and the forms that Arabic letters take are undone.
fn meaning(text: &BfString) -> Option<Text> {
    let plain = |letter: char| match letter {
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{3000}' | '\t' => Some(' '),
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
        // Private use, broken, control: it says nothing.
        | '\u{E000}'..='\u{F8FF}' | '\u{FFFD}' => None,
        letter if letter.is_control() => None,
        letter => Some(letter),
    };
    let is_form = |letter: char| matches!(letter, '\u{FB00}'..='\u{FB4F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    let text: String = match text {
        BfString::Char(letter) if !is_form(*letter) => return plain(*letter).map(Text::One),
        BfString::Char(letter) => letter.nfkc().collect(),
        BfString::String(letters) if letters.chars().any(is_form) => letters.nfkc().collect(),
        BfString::String(letters) => letters.clone(),
    };
    let text: String = text.chars().filter_map(plain).take(16).collect();
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (None, _) => None,
        (Some(letter), None) => Some(Text::One(letter)),
        _ => Some(Text::More(text.into())),
    }
}

impl<'a> Device<'a> for Taker {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.pay(1);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.pay(1);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.pay(1);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.pay(run.glyphs().len() as u64);
        for glyph in run.glyphs() {
            self.take(glyph, props.transform * glyph.transform());
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.pay(1);
        self.page.pictures += 1;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
