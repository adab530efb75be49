//! The reconciliation service against the rules of its specification (version 0.2), in words of our own.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what breaks a rule")]

mod support;

use serde_json::{Value, json};
use support::{Answer, get, post, service};

/// An object has these texts, and those where they are there at all.
fn has_texts(value: &Value, needed: &[&str], others: &[&str]) {
    assert!(value.is_object(), "{value}");
    for name in needed {
        assert!(value[*name].is_string(), "{name} in {value}");
    }
    for name in others {
        assert!(value.get(*name).is_none_or(Value::is_string), "{name} in {value}");
    }
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}"))
}

fn is_type(value: &Value) {
    has_texts(value, &["id", "name"], &["description"]);
}

fn leads_to_an_id(value: &Value) {
    assert!(value["url"].as_str().unwrap().contains("{{id}}"), "{value}");
}

fn is_setting(setting: &Value) {
    has_texts(setting, &["type", "label", "name"], &["help_text"]);
    let given = &setting["default"];
    match setting["type"].as_str().unwrap() {
        "number" => assert!(given.is_null() || given.is_number(), "{setting}"),
        "checkbox" => assert!(given.is_null() || given.is_boolean(), "{setting}"),
        "text" => assert!(given.is_null() || given.is_string(), "{setting}"),
        "select" => {
            assert!(given.is_null() || given.is_string(), "{setting}");
            for choice in list(&setting["choices"]) {
                has_texts(choice, &["value", "name"], &[]);
            }
        }
        other => panic!("no kind of setting: {other}"),
    }
}

fn is_candidate(candidate: &Value) {
    has_texts(candidate, &["id", "name"], &["description"]);
    assert!(candidate["score"].is_number() && candidate["match"].is_boolean(), "{candidate}");
    for it in list(&candidate["type"]) {
        is_type(it);
    }
}

async fn ask(form: &[(&str, &Value)]) -> Answer {
    let pairs = form.iter().map(|(name, value)| (*name, value.to_string()));
    let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    post(&service(), "/reconcile/both", "application/x-www-form-urlencoded", &body).await
}

fn ids(answer: &Value) -> Vec<&str> {
    list(&answer["result"]).iter().filter_map(|it| it["id"].as_str()).collect()
}

#[tokio::test]
async fn the_manifest_follows_the_rules() {
    let manifest = get(&service(), "/reconcile/both").await.json;
    has_texts(
        &manifest,
        &["name", "identifierSpace", "schemaSpace"],
        &["documentation", "logo", "serviceVersion"],
    );
    assert!(list(&manifest["versions"]).contains(&json!("0.2")));
    leads_to_an_id(&manifest["view"]);
    leads_to_an_id(&manifest["preview"]);
    assert!(manifest["preview"]["width"].is_u64() && manifest["preview"]["height"].is_u64());
    let types = list(&manifest["defaultTypes"]);
    for it in types {
        is_type(it);
    }
    assert!(types.iter().enumerate().all(|(at, one)| !types[..at].contains(one)), "each type once");
    for what in ["entity", "type", "property"] {
        has_texts(&manifest["suggest"][what], &[], &["service_url", "service_path"]);
    }
    has_texts(&manifest["extend"]["propose_properties"], &[], &["service_url", "service_path"]);
    for it in list(&manifest["extend"]["property_settings"]) {
        is_setting(it);
    }
}

#[tokio::test]
async fn answers_to_queries_follow_the_rules() {
    let queries = json!({
        "plain": {"query": "Anna Mustermann"},
        "typed": {"query": "Anna Mustermann", "type": ["Person"], "limit": 3, "type_strict": "any"},
        "by properties": {"properties": [{"pid": "Vessel:imoNumber", "v": "9074729"}], "type": "Vessel"},
        "none": {"query": "Nobody Whatever"},
    });
    let answers = ask(&[("queries", &queries)]).await.json;
    for name in queries.as_object().unwrap().keys() {
        for it in list(&answers[name]["result"]) {
            is_candidate(it);
        }
    }
    assert_eq!(ids(&answers["by properties"]), ["hb-ship"]);
}

#[tokio::test]
async fn values_may_be_entities_that_were_found_before_and_types_several() {
    let country = |value: Value| json!([{"pid": "nationality", "v": value}]);
    let score = |answer: &Value| answer["result"][0]["score"].as_f64();
    let of = |properties: Value| json!({"query": "Anna Katharina Mustermann", "type": "Person", "properties": properties});
    let queries = json!({
        "alone": of(json!([])),
        "text": of(country(json!("ru"))),
        "entity": of(country(json!({"id": "ru", "name": "Russia"}))),
        "entities": of(country(json!([{"id": "ru", "name": "Russia"}]))),
        "person or company": {"query": "Nordhafen Reederei", "type": ["Person", "Company"]},
        "company or person": {"query": "Anna Mustermann", "type": ["Company", "Person"]},
        "vessel or company": {"query": "Anna Mustermann", "type": ["Vessel", "Company"]},
    });
    let answers = ask(&[("queries", &queries)]).await.json;
    assert!(score(&answers["text"]) < score(&answers["alone"]), "{answers}");
    assert_eq!(score(&answers["text"]), score(&answers["entity"]));
    assert_eq!(score(&answers["text"]), score(&answers["entities"]));
    assert_eq!(ids(&answers["person or company"])[0], "hb-firm");
    assert_eq!(ids(&answers["company or person"])[0], "hb-anna");
    assert!(!ids(&answers["vessel or company"]).contains(&"hb-anna"));
}

#[tokio::test]
async fn extensions_follow_the_rules() {
    let properties =
        json!([{"id": "nationality"}, {"id": "name", "settings": {"limit": 1}}, {"id": "addressEntity"}]);
    let extension = json!({"ids": ["hb-anna", "gone"], "properties": properties});
    let answer = ask(&[("extend", &extension)]).await.json;
    for it in list(&answer["meta"]) {
        has_texts(it, &["id", "name"], &[]);
    }
    let rows = answer["rows"].as_object().unwrap();
    assert_eq!(rows.keys().collect::<Vec<_>>(), ["hb-anna", "gone"]);
    for cell in rows.values().flat_map(|row| row.as_object().unwrap().values()).flat_map(list) {
        has_texts(cell, &["str"], &[]);
        assert_eq!(cell.as_object().unwrap().len(), 1, "nothing beside the text: {cell}");
    }
    let proposed = get(&service(), "/reconcile/both/extend/property?type=Person&limit=4").await.json;
    assert!(proposed["limit"].is_number());
    has_texts(&proposed, &["type"], &[]);
    for it in list(&proposed["properties"]) {
        has_texts(it, &["id", "name"], &["description"]);
    }
}

#[tokio::test]
async fn suggestions_follow_the_rules() {
    let suggested = async |path: &str| {
        let answer = get(&service(), &format!("/reconcile/both/suggest/{path}")).await.json;
        let result = list(&answer["result"]).clone();
        assert!(!result.is_empty(), "{path}");
        result
    };
    for entity in suggested("entity?prefix=anna").await {
        has_texts(&entity, &["id", "name"], &["description"]);
        for it in list(&entity["notable"]) {
            is_type(it);
        }
    }
    for prefix in ["birth", "country", "name", "number"] {
        for property in suggested(&format!("property?prefix={prefix}")).await {
            has_texts(&property, &["id", "name"], &["description"]);
        }
    }
    for it in suggested("type?prefix=pe").await {
        is_type(&it);
    }
}
