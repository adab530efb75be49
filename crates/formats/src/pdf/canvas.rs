//! The pictures of a page, drawn in their places on one grey sheet: scanners write a page as one picture, as stripes, or
//! as a mask of letters over a background.

#![expect(clippy::cast_sign_loss, reason = "places on the sheet and shades of grey are cut at zero first")]

use crate::limits::Limits;
use crate::ocr::Picture;
use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps,
    InterpreterCache, InterpreterSettings, LumaData, Paint, SoftMask, TransformExt, interpret_page,
};

/// Points of an inch that letters are recognised well with.
const FEWEST_DPI: f64 = 200.0;
const MOST_DPI: f64 = 300.0;
const INCH: f64 = 72.0;
/// Pictures of a page that unpack to more than this many times the limit of one are too much.
const MOST_SHEETS: u64 = 4;
const WHITE: f32 = 255.0;
/// Pictures of fewer points may be logos.
const LOGO: u64 = 250_000;

/// Draws the pictures of a page. `budget`: how many things may still be drawn; the thread unwinds where it ends.
pub(crate) fn draw(pdf: &Pdf, page: &PdfPage, limits: &Limits, budget: &mut u64) -> Result<Picture, String> {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let mut finest = Finest::default();
    interpret(pdf, page, Pictures { budget, see: |image: &Image<'_, '_>, place| finest.take(image, place) });
    if finest.largest > limits.max_pixels || finest.sum > MOST_SHEETS * limits.max_pixels {
        return Err(format!(
            "pictures of more than {} million points are not unpacked",
            limits.max_pixels / 1_000_000
        ));
    }
    let fitting = (limits.max_pixels as f64 / (width * height).max(1.0)).sqrt();
    let scale = finest.scale.clamp(FEWEST_DPI / INCH, MOST_DPI / INCH).min(fitting);
    let (columns, rows) = ((width * scale).round().max(1.0) as u32, (height * scale).round().max(1.0) as u32);
    let grey = vec![255; columns as usize * rows as usize];
    let mut canvas = Canvas { scale, columns, rows, grey };
    interpret(pdf, page, Pictures { budget, see: |image: &Image<'_, '_>, place| canvas.take(image, place) });
    let dpi = (scale * INCH).round() as u32;
    Ok(Picture { page: 0, width: columns, height: rows, dpi, grey: canvas.grey })
}

fn interpret<'a>(pdf: &'a Pdf, page: &PdfPage<'a>, mut device: impl Device<'a>) {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let cache = InterpreterCache::new();
    let place = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(place, bounds, &cache, pdf.xref(), InterpreterSettings::default());
    interpret_page(page, &mut context, &mut device);
}

/// How fine the pictures of a page are, before any is unpacked.
#[derive(Default)]
struct Finest {
    /// Points of the finest picture for each point of the page.
    scale: f64,
    largest: u64,
    sum: u64,
}

/// The grey sheet.
struct Canvas {
    scale: f64,
    columns: u32,
    rows: u32,
    grey: Vec<u8>,
}

/// A picture of grey points, each with how much it covers.
struct Source<'a> {
    width: u32,
    height: u32,
    /// Grey and cover of a point.
    point: &'a dyn Fn(usize) -> (f32, f32),
}

impl Source<'_> {
    fn at(&self, x: f64, y: f64) -> (f32, f32) {
        let column = (x.max(0.0) as u32).min(self.width.saturating_sub(1));
        let row = (y.max(0.0) as u32).min(self.height.saturating_sub(1));
        (self.point)(row as usize * self.width as usize + column as usize)
    }

    fn holds(&self, x: f64, y: f64) -> bool {
        x >= 0.0 && y >= 0.0 && x < f64::from(self.width) && y < f64::from(self.height)
    }

    /// Between the four points around a place, for pictures that are made larger.
    fn between(&self, x: f64, y: f64) -> (f32, f32) {
        let (x, y) = (x - 0.5, y - 0.5);
        let (right, down) = ((x - x.floor()) as f32, (y - y.floor()) as f32);
        let corner = |dx: f64, dy: f64, share: f32| {
            let (grey, cover) = self.at(x.floor() + dx, y.floor() + dy);
            (grey * share, cover * share)
        };
        let corners = [
            corner(0.0, 0.0, (1.0 - right) * (1.0 - down)),
            corner(1.0, 0.0, right * (1.0 - down)),
            corner(0.0, 1.0, (1.0 - right) * down),
            corner(1.0, 1.0, right * down),
        ];
        corners.iter().fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    }
}

impl Canvas {
    /// Draws a picture: for each point of the sheet what lies there in the picture, the mean of several where that is finer.
    fn put(&mut self, source: &Source<'_>, place: Affine) {
        let place = Affine::scale(self.scale) * place;
        let bounds =
            place.transform_rect_bbox(Rect::new(0.0, 0.0, f64::from(source.width), f64::from(source.height)));
        if !bounds.is_finite() || place.determinant().abs() < 1e-9 {
            return;
        }
        let back = place.inverse();
        let step = back.determinant().abs().sqrt();
        let taps = (step.round() as u32).clamp(1, 4);
        let clip = |edge: f64, most: u32| edge.clamp(0.0, f64::from(most)) as u32;
        for row in clip(bounds.y0.floor(), self.rows)..clip(bounds.y1.ceil(), self.rows) {
            for column in clip(bounds.x0.floor(), self.columns)..clip(bounds.x1.ceil(), self.columns) {
                let Some((grey, cover)) = look(source, back, (column, row), taps, step < 0.9) else {
                    continue;
                };
                if let Some(point) = self.grey.get_mut(row as usize * self.columns as usize + column as usize)
                {
                    *point =
                        (grey * cover + f32::from(*point) * (1.0 - cover)).round().clamp(0.0, WHITE) as u8;
                }
            }
        }
    }
}

/// Grey and cover of a picture at a point of the sheet; none beside it.
fn look(
    source: &Source<'_>,
    back: Affine,
    (column, row): (u32, u32),
    taps: u32,
    enlarged: bool,
) -> Option<(f32, f32)> {
    let (mut grey, mut cover, mut count) = (0.0, 0.0, 0_u8);
    for tap in 0..taps * taps {
        let within = |at: u32| (f64::from(at) + 0.5) / f64::from(taps);
        let place = Point::new(f64::from(column) + within(tap % taps), f64::from(row) + within(tap / taps));
        let there = back * place;
        if source.holds(there.x, there.y) {
            let (one, covers) =
                if enlarged { source.between(there.x, there.y) } else { source.at(there.x, there.y) };
            grey += one;
            cover += covers;
            count += 1;
        }
    }
    (count > 0).then(|| (grey / f32::from(count), cover / (taps * taps) as f32))
}

/// How light a colour is.
fn light(red: u8, green: u8, blue: u8) -> f32 {
    0.299 * f32::from(red) + 0.587 * f32::from(green) + 0.114 * f32::from(blue)
}

fn byte(data: &[u8], at: usize) -> u8 {
    data.get(at).copied().unwrap_or(255)
}

impl Canvas {
    /// Draws a picture of the page.
    fn take(&mut self, image: &Image<'_, '_>, transform: Affine) {
        let place = |factors: (f32, f32)| {
            transform * Affine::scale_non_uniform(f64::from(factors.0), f64::from(factors.1))
        };
        match image {
            Image::Raster(raster) => raster.with_rgba(
                |image, alpha| {
                    let cover = cover(alpha.as_ref(), image.width(), image.height());
                    let point = |at: usize| match &image {
                        ImageData::Luma(luma) => (f32::from(byte(&luma.data, at)), cover(at)),
                        ImageData::Rgb(rgb) => {
                            let part = |part| byte(&rgb.data, at * 3 + part);
                            (light(part(0), part(1), part(2)), cover(at))
                        }
                    };
                    let source = Source { width: image.width(), height: image.height(), point: &point };
                    self.put(&source, place(image.scale_factors()));
                },
                None,
            ),
            Image::Stencil(stencil) => stencil.with_stencil(
                |mask, paint| {
                    let grey = match paint {
                        Paint::Color(color) => {
                            let [red, green, blue, _] = color.to_rgba().to_rgba8();
                            light(red, green, blue)
                        }
                        Paint::Pattern(_) => 0.0,
                    };
                    let point = |at: usize| (grey, f32::from(byte(&mask.data, at)) / WHITE);
                    let source = Source { width: mask.width, height: mask.height, point: &point };
                    self.put(&source, place(mask.scale_factors));
                },
                None,
            ),
        }
    }
}

impl Finest {
    /// Notes a picture of the page.
    fn take(&mut self, image: &Image<'_, '_>, transform: Affine) {
        let points = u64::from(image.width()) * u64::from(image.height());
        self.largest = self.largest.max(points);
        self.sum = self.sum.saturating_add(points);
        let step = transform.determinant().abs().sqrt();
        // A logo may be finer than the page; what is small says nothing of it.
        if step > 1e-6 && points >= LOGO {
            self.scale = self.scale.max(1.0 / step);
        }
    }
}

/// How much each point of a picture covers, 0 to 1; its mask may be of another size.
fn cover(alpha: Option<&LumaData>, width: u32, height: u32) -> impl Fn(usize) -> f32 {
    move |at| {
        let Some(alpha) = alpha else { return 1.0 };
        let (column, row) = (at % width.max(1) as usize, at / width.max(1) as usize);
        let fitted = |at: usize, of: u32, to: u32| at * to as usize / of.max(1) as usize;
        let there =
            fitted(row, height, alpha.height) * alpha.width as usize + fitted(column, width, alpha.width);
        f32::from(byte(&alpha.data, there)) / WHITE
    }
}

/// Gives the pictures of a page to a function, and nothing else of it.
struct Pictures<'b, F> {
    budget: &'b mut u64,
    see: F,
}

impl<F> Pictures<'_, F> {
    fn pay(&mut self, things: u64) {
        super::pay(self.budget, things);
    }
}

impl<'a, F: FnMut(&Image<'_, '_>, Affine)> Device<'a> for Pictures<'_, F> {
    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.pay(1);
        (self.see)(&image, props.transform);
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.pay(1);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.pay(1);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.pay(1);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {
        self.pay(run.glyphs().len() as u64);
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
