//! Figures on labelled name pairs: `eval_names FILE.csv [ERRORS]`.

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap_or_default();
    let most = args.next().and_then(|n| n.parse().ok()).unwrap_or(20);
    let cases = lagebild_names::eval::read_bench(&std::fs::read_to_string(path)?);
    print!("{}", lagebild_names::eval::run(&cases).text(most));
    Ok(())
}
