fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    print!("{}", lagebild_names::train::train(&text, |line| eprintln!("{line}")));
}
