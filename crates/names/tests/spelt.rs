//! Names that Latin letters spell in several ways: Korean, Cantonese, Wade-Giles, Burmese, and Turkic names with the father's.

use lagebild_names::{Name, NameKind, Options, THRESHOLD, compare};

fn name(text: &str) -> Name {
    Name::parse(text, NameKind::Person)
}

fn score(asked: &str, listed: &str) -> f64 {
    compare(&name(asked), &name(listed), Options::default()).score
}

/// Whether the index would look at the one for the other: a key is shared.
fn comes_up(asked: &str, listed: &str) -> bool {
    let keys = |text: &str, listed: bool| {
        let name = name(text);
        let parts = name.part_keys().into_iter().flat_map(|part| part.keys);
        parts.chain(name.whole_keys(listed)).collect::<Vec<u64>>()
    };
    let known = keys(listed, true);
    keys(asked, false).iter().any(|key| known.contains(key))
}

#[track_caller]
fn same(pairs: &[(&str, &str)]) {
    for (asked, listed) in pairs {
        let score = score(asked, listed);
        assert!(score >= THRESHOLD, "{asked} / {listed}: {score}");
        assert!(comes_up(asked, listed), "{asked} / {listed}: not looked up");
    }
}

#[track_caller]
fn others(pairs: &[(&str, &str)]) {
    for (asked, listed) in pairs {
        let score = score(asked, listed);
        assert!(score < THRESHOLD, "{asked} / {listed}: {score}");
    }
}

#[test]
fn the_north_and_the_south_spell_one_korean_name() {
    same(&[
        ("Ri Kwang Hyok", "Lee Gwang-hyeok"),
        ("Rim Chol Su", "Im Cheol-soo"),
        ("Ro Myong Sik", "Noh Myung-shik"),
        ("Choe Ryong Min", "최용민"),
        ("Yoo Hyun-woo", "Ryu Hyon U"),
        ("Jong Thae Gun", "Chung Tae-geon"),
        ("류영수", "Yu Yong Su"),
        ("Kyung-chul Paik", "Paek Kyong Chol"),
    ]);
}

#[test]
fn one_other_syllable_is_another_person_and_chinese_names_are_not_read_as_korean() {
    others(&[
        ("Ri Kwang Hyok", "Lee Gwang-soo"),
        ("Rim Chol Su", "Rim Chol Ryong"),
        ("Lee Harrison", "Ri Hae Song"),
        ("Lee Chi Ming", "Ri Chi Myong"),
        ("최용민", "최용철"),
    ]);
}

#[test]
fn hong_kong_and_wade_giles_spell_chinese_names() {
    same(&[
        ("周志明", "Chow Chi Ming"),
        ("何國輝", "Ho Kwok-fai"),
        ("Ng Wing Keung", "吳永強"),
        ("Kwok Tsz Ho", "郭子豪"),
        ("Hsu Chih-chiang", "Xu Zhiqiang"),
        ("Tsao Tse-min", "Cao Zemin"),
        ("謝國忠", "Hsieh Kuo-chung"),
    ]);
    others(&[
        ("周志明", "Chow Chi Fai"),
        ("何國輝", "Ho Kwok-wai"),
        ("王伟", "王维"),
        ("Hsu Chih-chiang", "Xu Zhihua"),
    ]);
}

#[test]
fn burmese_is_read_syllable_by_syllable() {
    same(&[
        ("ဇော်မျိုးဟိန်း", "Zaw Myo Hein"),
        ("ခင်မောင်ထွေး", "Khin Maung Htwe"),
        ("Kyaw Lin Htun", "ကျော်လင်းထွန်း"),
        ("U Zaw Myo Hein", "Zaw Myo Hein"),
        ("Daw Khin Hnin Wai", "Khin Hnin Wai"),
    ]);
    others(&[("ဇော်မျိုးဟိန်း", "Zaw Myo Aung"), ("Kyaw Lin Htun", "ကျော်လင်းအောင်"), ("Ma Wen-hao", "Wen Hao")]);
}

#[test]
fn the_name_before_oglu_is_the_fathers() {
    same(&[
        ("Rauf Samir oğlu Quliyev", "Rauf Quliyev"),
        ("Рауф Самир оглы Гулиев", "Rauf Guliyev"),
        ("Aida Rustam qızı Kerimova", "Aida Kerimova"),
    ]);
    others(&[
        ("Samir Quliyev", "Rauf Samir oğlu Quliyev"),
        ("Rauf Vagif oğlu Quliyev", "Rauf Samir oğlu Quliyev"),
    ]);
}
