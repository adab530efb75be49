//! Screening and reconciliation over small data of our own.

mod support;

use axum::http::StatusCode;
use lagebild_server::router;
use serde_json::{Value, json};
use support::{Answer, Lists, get, post, service};

async fn ask(query: &str, body: &Value) -> Answer {
    post(&service(), &format!("/match/both?{query}"), "application/json", &body.to_string()).await
}

fn example(schema: &str, properties: &Value) -> Value {
    json!({"queries": {"q": {"schema": schema, "properties": properties}}})
}

fn found(answer: &Answer) -> Vec<&str> {
    let results = answer.json["responses"]["q"]["results"].as_array().expect(&answer.text);
    results.iter().filter_map(|it| it["id"].as_str()).collect()
}

#[tokio::test]
async fn a_record_finds_its_entity_with_reasons() {
    let body = example(
        "Person",
        &json!({"name": ["Anna Mustermann"], "birthDate": ["1971-03-04"], "nationality": "Germany", "colour": "red"}),
    );
    let answer = ask("algorithm=best", &body).await;
    assert_eq!(answer.header("x-batch-size"), "1");
    let response = &answer.json["responses"]["q"];
    assert_eq!((response["status"].as_u64(), answer.json["limit"].as_u64()), (Some(200), Some(5)));
    assert_eq!(response["query"]["properties"]["nationality"], json!(["de"]));
    assert!(response["query"]["properties"].get("colour").is_none());
    let best = &response["results"][0];
    assert_eq!((best["id"].as_str(), best["match"].as_bool()), (Some("hb-anna"), Some(true)));
    assert!(best["score"].as_f64() > Some(0.9));
    let why = &best["explanations"]["name_match"];
    assert_eq!(
        (why["query"].as_str(), why["candidate"].as_str()),
        (Some("Anna Mustermann"), Some("Anna Mustermann"))
    );
    assert_eq!(response["total"]["value"], 1);
}

#[tokio::test]
async fn agreement_is_explained_as_agreement() {
    let told = async |properties: Value| {
        let answer =
            ask("algorithm=logic-v2&threshold=0.3&cutoff=0.1", &example("Person", &properties)).await;
        let explanations = &answer.json["responses"]["q"]["results"][0]["explanations"];
        explanations.as_object().expect(&answer.text).keys().cloned().collect::<Vec<String>>()
    };
    let name = "Anna Katharina Mustermann";
    let agrees = told(json!({"name": name, "birthDate": "1971-03-04", "nationality": "de"})).await;
    assert!(agrees.contains(&"country_match".into()) && agrees.contains(&"dob_match".into()), "{agrees:?}");
    assert!(!agrees.iter().any(|it| it.ends_with("_mismatch") || it.ends_with("_disjoint")), "{agrees:?}");
    let differs = told(json!({"name": name, "birthDate": "1950-01-01", "nationality": "ru"})).await;
    assert!(
        differs.contains(&"country_mismatch".into()) && differs.contains(&"dob_year_disjoint".into()),
        "{differs:?}"
    );
}

#[tokio::test]
async fn names_match_across_scripts_and_by_their_parts() {
    assert_eq!(
        found(&ask("", &example("Person", &json!({"name": ["Борис Экземпелов"]}))).await),
        ["hb-boris"]
    );
    let parts = json!({"firstName": ["Boris"], "lastName": ["Exempelow"]});
    assert_eq!(found(&ask("", &example("Person", &parts)).await), ["hb-boris"]);
    assert_eq!(found(&ask("", &example("Vessel", &json!({"imoNumber": ["9074729"]}))).await), ["hb-ship"]);
}

#[tokio::test]
async fn filters_and_exclusions_hold() {
    let body = example("Person", &json!({"name": ["Anna Katharina Mustermann"]}));
    for (query, ids) in [
        ("", vec!["hb-anna"]),
        ("topics=sanction&topics=poi", vec!["hb-anna"]),
        ("topics=poi", vec![]),
        ("exclude_dataset=harbour", vec![]),
        ("include_dataset=library", vec![]),
        ("exclude_schema=Person", vec![]),
        ("exclude_entity_ids=old-anna-2", vec![]),
        ("changed_since=2030-01-01", vec![]),
        ("limit=0", vec![]),
    ] {
        assert_eq!(found(&ask(query, &body).await), ids, "{query}");
    }
    assert!(
        found(&ask("", &example("Company", &json!({"name": ["Anna Katharina Mustermann"]}))).await)
            .is_empty()
    );
}

#[tokio::test]
async fn a_filter_loses_no_hit_behind_hundreds_that_it_stops() {
    let folder = Lists::new("behind");
    let entity = |at: usize, topic: &str| {
        let properties = json!({"name": ["Anna Mustermann Zweitname"], "topics": [topic]});
        json!({"id": format!("p{at}"), "schema": "Person", "properties": properties}).to_string() + "\n"
    };
    let many = (0..600).map(|at| entity(at, "poi")).collect::<String>() + &entity(600, "role.pep");
    std::fs::write(folder.0.join("many.jsonl"), many).unwrap();
    let config = folder.0.join("config.yaml");
    std::fs::write(&config, "datasets:\n  - {name: both, path: many.jsonl}\n").unwrap();
    let service =
        router(support::app(lagebild_server::Settings { config: Some(config), ..folder.settings() }));
    let body = example("Person", &json!({"name": ["Anna Mustermann"]})).to_string();
    for (query, ids) in [
        ("topics=role.pep", vec!["p600"]),
        ("topics=role.pep&topics=poi&limit=1", vec!["p0"]),
        ("topics=sanction", vec![]),
    ] {
        let path = format!("/match/both?cutoff=0.3&{query}");
        assert_eq!(found(&post(&service, &path, "application/json", &body).await), ids, "{query}");
    }
}

#[tokio::test]
async fn weights_lower_a_score() {
    let mut body = example("Person", &json!({"name": ["Anna Katharina Mustermann"]}));
    body["weights"] = json!({"name_match": 0.5});
    assert!(found(&ask("", &body).await).is_empty());
    assert_eq!(found(&ask("threshold=0.4", &body).await), ["hb-anna"]);
}

#[tokio::test]
async fn wrong_batches_are_refused_as_yente_does() {
    let many: serde_json::Map<String, Value> = (0..101)
        .map(|at| (at.to_string(), json!({"schema": "Person", "properties": {"name": "x"}})))
        .collect();
    let person = example("Person", &json!({"name": "x"}));
    let config = json!({"queries": {"q": {"schema": "Person", "properties": {}}}, "config": {"nm_shade": 1}});
    for (query, body, status, detail) in [
        ("", json!({"queries": {}}), 400, "No queries provided."),
        ("", json!({"queries": many}), 400, "Too many queries in one batch (limit: 100)"),
        (
            "",
            example("Dragon", &json!({"name": "x"})),
            400,
            "Cannot parse example entity: Unknown schema: 'Dragon'",
        ),
        (
            "",
            example("Ownership", &json!({})),
            400,
            "Cannot parse example entity: Non-matchable schema for query: Ownership",
        ),
        ("algorithm=nope", person.clone(), 400, "Invalid algorithm: nope"),
        ("", config, 400, "Invalid configuration parameter: nm_shade for algorithm logic-v2"),
    ] {
        let answer = ask(query, &body).await;
        assert_eq!((answer.status.as_u16(), answer.json["detail"].as_str()), (status, Some(detail)));
    }
    for body in [
        json!({"queries": {"q": {"properties": {"name": "x"}}}}),
        json!({}),
        json!([]),
        json!({"queries": 3}),
    ] {
        assert_eq!(ask("", &body).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    }
    assert_eq!(
        ask("exclude_entity_ids=a".repeat(51).replace("aex", "a&ex").as_str(), &person).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        post(&service(), "/match/nowhere", "application/json", &person.to_string()).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn what_would_keep_others_waiting_is_refused() {
    let many: Vec<String> = (0..600).map(|at| format!("Ali {at}")).collect();
    for (names, status) in [(json!(["ali ".repeat(300_000)]), 400), (json!(many), 400), (json!(["Ali"]), 200)]
    {
        let answer = ask("", &example("Person", &json!({"name": names}))).await;
        assert_eq!(answer.status.as_u16(), status);
    }
    let service = service();
    for query in
        ["ali~2%20".repeat(200), "a%20OR%20".repeat(3000) + "b", format!("%22{}%22~9", "ali%20".repeat(100))]
    {
        let answer = get(&service, &format!("/search/both?fuzzy=true&q={query}")).await;
        assert_eq!(answer.json["detail"], "Search error: too_many_clauses");
    }
    let some = get(&service, "/search/both?q=anna~2%20AND%20mustermann~1").await;
    assert_eq!(some.status, StatusCode::OK);
}

#[tokio::test]
async fn strictly_nothing_is_left_aside() {
    let body = example("Person", &json!({"name": ["Anna"], "colour": ["red"]}));
    assert_eq!(ask("strict=true", &body).await.status, StatusCode::BAD_REQUEST);
    let body = example("Person", &json!({"name": ["Anna"], "birthDate": ["soon"]}));
    let refused = ask("strict=true", &body).await;
    assert_eq!(refused.json["detail"], "Cannot parse example entity: 'soon' cannot be read as birthDate");
    assert_eq!(ask("strict=true&shade=1", &body).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

async fn reconcile(form: &[(&str, &str)]) -> Answer {
    let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    post(&service(), "/reconcile/both", "application/x-www-form-urlencoded", &body).await
}

#[tokio::test]
async fn reconciliation_answers_queries_and_extends() {
    let manifest = get(&service(), "/reconcile/both").await.json;
    assert_eq!(manifest["versions"], json!(["0.2"]));
    assert_eq!(manifest["suggest"]["entity"]["service_url"], "http://localhost/reconcile/both");
    assert!(manifest["defaultTypes"].as_array().unwrap().iter().any(|it| it["id"] == "Person"));
    let properties = json!([{"pid": "Person:birthDate", "v": "1971-03-04"}]);
    let queries = json!({"a": {"query": "Anna Mustermann", "type": "Person", "properties": properties}, "b": {"query": "Nobody Whatever"}});
    let answer = reconcile(&[("queries", &queries.to_string())]).await;
    assert_eq!(answer.header("x-batch-size"), "2");
    let best = &answer.json["a"]["result"][0];
    assert_eq!((best["id"].as_str(), best["match"].as_bool()), (Some("hb-anna"), Some(true)));
    assert_eq!(best["type"][0]["id"], "Person");
    let extend = json!({"ids": ["hb-anna", "gone"], "properties": [{"id": "nationality"}, {"id": "name", "settings": {"limit": "1"}}]});
    let rows = reconcile(&[("extend", &extend.to_string())]).await.json;
    assert_eq!(rows["rows"]["hb-anna"]["nationality"], json!([{"str": "Germany"}]));
    assert_eq!(rows["rows"]["hb-anna"]["name"].as_array().unwrap().len(), 1);
    assert_eq!(rows["meta"][0], json!({"id": "nationality", "name": "Nationality"}));
    let moved = json!({"ids": ["old-anna-1"], "properties": []}).to_string();
    assert_eq!(reconcile(&[("extend", &moved)]).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(reconcile(&[("queries", "{")]).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn suggestions_complete_what_is_typed() {
    let service = service();
    let first = |answer: Answer| answer.json["result"][0]["id"].as_str().unwrap_or_default().to_owned();
    assert_eq!(first(get(&service, "/reconcile/both/suggest/entity?prefix=anna%20kat").await), "hb-anna");
    assert_eq!(first(get(&service, "/reconcile/both/suggest/entity?prefix=nordh").await), "hb-firm");
    assert_eq!(
        first(get(&service, "/reconcile/both/suggest/property?prefix=birthd").await),
        "Person:birthDate"
    );
    assert_eq!(first(get(&service, "/reconcile/both/suggest/type?prefix=vess").await), "Vessel");
    assert_eq!(
        get(&service, "/reconcile/both/suggest/entity?prefix=").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let extension = get(&service, "/reconcile/both/extend/property?type=Person&limit=3").await.json;
    assert_eq!(extension["properties"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_search_for_a_name_finds_its_bearer_whatever_its_marks() {
    for text in ["Anna%20Mustermann", "(Anna)%20Mustermann)", "%22Anna%20Mustermann"] {
        let answer = get(&service(), &format!("/search/both?q={text}")).await;
        assert!(answer.ids().contains(&"hb-anna"), "{text}: {}", answer.text);
    }
    assert_eq!(get(&service(), "/search/both?q=(Anna)%20Nobody)").await.status, StatusCode::BAD_REQUEST);
}
