//! How long each stage takes: `cargo bench -p lagebild-eval --profile fast --bench stages [-- NAME]`.

mod work;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use work::TEXTS;

fn names(criterion: &mut Criterion) {
    criterion.bench_function("pairs", |bench| bench.iter(work::pairs));
    let index = work::index(20_000);
    criterion.bench_function("screening", |bench| bench.iter(|| work::screening(black_box(&index))));
}

fn texts(criterion: &mut Criterion) {
    type Work = fn((&str, &str)) -> usize;
    let works: [(&str, Work); 4] = [
        ("spotting", work::spotting),
        ("goods", work::goods),
        ("encoder", work::grammar),
        ("reading", work::reading),
    ];
    for (name, work) in works {
        let mut group = criterion.benchmark_group(name);
        for (language, text) in TEXTS {
            work((language, text)); // loads the words of the language
            group.throughput(Throughput::Bytes(text.len() as u64));
            let id = BenchmarkId::from_parameter(language);
            group.bench_with_input(id, &(language, text), |bench, input| {
                bench.iter(|| work(black_box(*input)));
            });
        }
        group.finish();
    }
}

fn check(criterion: &mut Criterion) {
    let flows = work::flows();
    let mut group = criterion.benchmark_group("check");
    group.throughput(Throughput::Elements(flows.len() as u64));
    group.bench_function("all classes", |bench| bench.iter(|| work::check(black_box(&flows))));
    group.finish();
}

criterion_group! {
    name = stages;
    config = Criterion::default().sample_size(20);
    targets = names, texts, check
}
criterion_main!(stages);
