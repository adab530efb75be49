//! `lagebild goods TERM`: which class of goods a word, a system or a code stands for.

use crate::exit::{Exit, UsageError};
use crate::print::{Format, print, print_json, wrapped};
use anyhow::Result;
use lagebild_goods::{Class, Goods, Lookup};

/// Arguments of `lagebild goods`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A word of any language, the name of a system, a class id or an HS heading; without one, all classes
    term: Vec<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Looks the term up.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let goods = Goods::shipped();
    if args.term.is_empty() {
        return if args.format == Format::Json { print_json(&goods.classes()) } else { print(&all(goods)) };
    }
    let term = args.term.join(" ");
    let found = goods.lookup(&term);
    if found.is_empty() {
        let like = goods.nearest(&term.replace(' ', "_"));
        let hint =
            if like.is_empty() { String::new() } else { format!("; classes like it: {}", like.join(", ")) };
        return Err(UsageError(format!("nothing in the data goes by `{term}`{hint}")).into());
    }
    if args.format == Format::Json {
        return print_json(&found);
    }
    print(&found.iter().map(shown).collect::<String>())
}

fn all(goods: &Goods) -> String {
    let line = |class: &Class| format!("{:<34} {}\n", class.id, class.label("en"));
    goods.classes().iter().map(line).collect()
}

fn shown(found: &Lookup<'_>) -> String {
    let class = found.class;
    let mut text = wrapped(0, &format!("{} · {}", class.id, class.label("en")));
    let mut line = |name: &str, value: String| {
        if !value.is_empty() {
            text.push_str(&wrapped(2, &format!("{name}: {value}")));
        }
    };
    let labels: Vec<String> =
        class.label.iter().map(|(language, label)| format!("{label} ({language})")).collect();
    line("names", labels.join("; "));
    line("below", class.parent.clone().unwrap_or_default());
    let codes = &class.codes;
    let lists = [
        ("UNROCA", &codes.unroca),
        ("EU Common Military List", &codes.eu_cml),
        ("USML", &codes.usml),
        ("HS", &codes.hs),
        ("UN list", &codes.un_list),
    ];
    for (name, codes) in lists {
        line(name, codes.join(", "));
    }
    line("system", found.system.map(|system| system.name.clone()).unwrap_or_default());
    line("found as", found.why.clone());
    line("mind", class.note.clone().unwrap_or_default());
    text
}
