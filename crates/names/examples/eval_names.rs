//! Figures on labelled name pairs: `eval_names FILE.csv|FILE.yml [ERRORS]`.

use lagebild_names::eval;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap_or_default();
    let most = args.next().and_then(|n| n.parse().ok()).unwrap_or(20);
    let text = std::fs::read_to_string(&path)?;
    let cases = if std::path::Path::new(&path).extension().is_some_and(|ending| ending == "csv") {
        eval::read_bench(&text)
    } else {
        eval::read_checks(&path, &text)?
    };
    print!("{}", eval::run(&cases).text(most));
    Ok(())
}
