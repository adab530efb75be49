//! Does one piece of work N times, for counting its instructions (`scripts/instructions`): `work NAME N`. Without arguments it
//! prints the names.

#[path = "../benches/work/mod.rs"]
mod work;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    const NAMES: [&str; 7] = ["pairs", "screening", "spotting", "goods", "encoder", "reading", "check"];
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [name, times] = args.as_slice() else {
        println!("{}", NAMES.join("\n"));
        return Ok(());
    };
    let (index, flows) = (work::index(500), work::flows());
    let text = work::TEXTS[0];
    for _ in 0..times.parse()? {
        let result = match name.as_str() {
            "pairs" => usize::from(work::pairs() > 1.0),
            "screening" => work::screening(&index),
            "spotting" => work::spotting(text),
            "goods" => work::goods(text),
            "encoder" => work::grammar(text),
            "reading" => work::reading(text),
            "check" => work::check(&flows),
            other => return Err(format!("no work is called {other}").into()),
        };
        std::hint::black_box(result);
    }
    Ok(())
}
