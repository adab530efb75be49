//! Names after the father, and family names that end like them.

use lagebild_names::{Name, NameKind, Options, THRESHOLD, compare};

fn score(asked: &str, listed: &str) -> f64 {
    let parse = |name| Name::parse(name, NameKind::Person);
    compare(&parse(asked), &parse(listed), Options::default()).score
}

#[test]
fn a_family_name_on_ovich_is_found_without_the_fathers_name() {
    for (asked, listed) in [
        ("Roman Gurevich", "Роман Аркадьевич Гуревич"),
        ("Roman Gurewitsch", "ГУРЕВИЧ Роман Аркадьевич"),
        ("R. A. Gurevich", "Roman Arkadyevich GUREVICH"),
        ("Gurevich Roman", "Roman Arkadyevich Gurevich"),
        ("Роман Гуревич", "Roman Arkad'evich Gurevich"),
        ("Anna Klimovich", "Анна Сергеевна Климович"),
        ("Dmitri Schostakowitsch", "Дмитрий Дмитриевич Шостакович"),
    ] {
        let score = score(asked, listed);
        assert!(score >= THRESHOLD, "{asked} / {listed}: {score}");
    }
}

#[test]
fn another_father_or_another_family_is_another_person() {
    for (asked, listed) in [
        ("Roman Andreyevich Gurevich", "Роман Аркадьевич Гуревич"),
        ("Arkady Gurevich", "Роман Аркадьевич Гуревич"),
        ("Roman Romanovich", "Роман Аркадьевич Гуревич"),
        // How one is addressed: so are all who have these two names.
        ("Roman Arkadyevich", "Роман Аркадьевич Гуревич"),
        ("Анна Сергеевна", "Анна Сергеевна Климович"),
        ("Oleksandr Oleksandrovych Bondar", "Oleksandr Ivanovych Bondar"),
    ] {
        let score = score(asked, listed);
        assert!(score < THRESHOLD, "{asked} / {listed}: {score}");
    }
}
