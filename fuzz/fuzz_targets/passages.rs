#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| lagebild_fuzz::passages(bytes));
