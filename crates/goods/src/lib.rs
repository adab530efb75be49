//! Classes of goods and services, their codes, and the words that name them.
//!
//! ```
//! let goods = lagebild_goods::Goods::shipped();
//! let text = "Geliefert wurden Artilleriegeschosse (152 mm).";
//! let found = goods.find_in(text, Some("de"));
//! assert_eq!(found[0].span.of(text), "Artilleriegeschosse (152 mm)");
//! assert_eq!(found[0].class, "artillery_ammunition");
//! assert!(goods.is_a("artillery_ammunition", "arms_and_related_materiel"));
//! ```
//!
//! The words live in `data/lexicon/<language>/goods.yaml`. They are spotted whole and inflected; a compound counts
//! as a whole before its parts do (*Panzermunition* is ammunition, *Schützenpanzer* no battle tank), and a word
//! with other meanings counts only where the words around it allow.

mod calibre;
mod catalogue;
mod find;
mod inflect;
mod join;
mod lexicon;
mod lookup;
mod mention;
mod records;
mod spot;
mod validate;

pub use calibre::Calibre;
pub use catalogue::Goods;
pub use lookup::Lookup;
pub use mention::{Confidence, GoodsMention};
pub use records::{Class, Codes, FlowKind, Similar, System, Verified};
pub use validate::GoodsFiles;
