//! Probabilities that the models give, weighed: the arithmetic of a logistic regression, the same on every machine.

/// The logarithm of the odds of a probability; what is next to certain, or next to impossible, counts as 98 in 100.
pub fn odds(chance: f32) -> f32 {
    let chance = f64::from(chance.clamp(0.02, 0.98));
    (chance / (1.0 - chance)).ln() as f32
}

/// The probability of which a score is the logarithm of the odds. In double precision and to hundredths, so that no machine's
/// rounding shows.
pub fn probability(score: f32) -> f32 {
    let chance = 1.0 / (1.0 + (-f64::from(score)).exp());
    ((chance * 100.0).round() / 100.0) as f32
}
