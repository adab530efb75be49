//! Whatever the text, nothing breaks and every span is one of whole characters inside it.

use lagebild_goods::Goods;
use proptest::prelude::*;

proptest! {
    #[test]
    fn spans_fit_any_text(text in r"(\PC|Panzer|-|KN|23|mm|152| für | und |Raketen|\(|\)|\n|снаряд|포탄){0,40}") {
        for language in [None, Some("de"), Some("ru")] {
            let mentions = Goods::shipped().find_in(&text, language);
            for mention in &mentions {
                prop_assert!(mention.span.fits(&text) && !mention.span.is_empty());
                prop_assert!(Goods::shipped().class(&mention.class).is_some());
            }
            for pair in mentions.windows(2) {
                prop_assert!(pair[0].span.end() <= pair[1].span.start(), "{:?}", pair);
            }
        }
    }
}
