//! The API of yente over small data of our own.

mod support;

use axum::http::StatusCode;
use serde_json::json;
use support::{get, post, service};

#[tokio::test]
async fn a_search_finds_ranks_and_counts() {
    let service = service();
    let found = get(&service, "/search/harbour?q=mustermann").await;
    assert_eq!(found.status, StatusCode::OK);
    assert_eq!(found.ids(), ["hb-anna"]);
    assert_eq!(found.json["total"], json!({"value": 1, "relation": "eq"}));
    assert_eq!(found.json["results"][0]["datasets"], json!(["harbour"]));
    let all = get(&service, "/search/harbour?facets=schema&facets=countries&limit=2").await;
    assert_eq!((all.ids().len(), all.json["total"]["value"].as_u64()), (2, Some(5)));
    let schema = &all.json["facets"]["schema"];
    assert_eq!(schema["label"], "Entity types");
    assert_eq!(schema["values"][0], json!({"name": "Person", "label": "People", "count": 2}));
    assert_eq!(all.json["facets"]["countries"]["values"][0]["label"], "Germany");
    assert_eq!(get(&service, "/search/both?q=Бeispiel%20OR%20bücherfreunde").await.ids(), ["lb-2"]);
    assert_eq!(get(&service, "/search/empty").await.json["total"]["value"], 0);
    assert_eq!(get(&service, "/search/harbour?limit=0").await.ids().len(), 0);
}

#[tokio::test]
async fn searches_are_filtered() {
    let service = service();
    for (query, ids) in [
        ("schema=Person&topics=sanction", vec!["hb-anna"]),
        ("schema=Company", vec!["hb-firm"]),
        ("topics=role.pep&topics=poi&filter_op=AND", vec!["hb-boris"]),
        ("topics=role.pep&topics=sanction&filter_op=AND", vec![]),
        ("countries=ru", vec!["hb-boris"]),
        ("exclude_schema=Person&exclude_schema=Address&exclude_schema=Vessel", vec!["hb-firm"]),
        ("changed_since=2024-01-01", vec!["hb-anna"]),
        ("filter=properties.birthDate:1960", vec!["hb-boris"]),
        ("target=true", vec!["hb-anna"]),
        ("exclude_dataset=harbour", vec![]),
        ("include_dataset=harbour&countries=ru", vec!["hb-boris"]),
        ("q=countries:pa", vec!["hb-ship"]),
        ("q=birthDate:%5B1970%20TO%201975%5D", vec!["hb-anna"]),
        ("q=mustermn~&fuzzy=true&schema=Person", vec!["hb-anna"]),
        ("q=mustermn~", vec![]),
        ("q=exempel*", vec!["hb-boris"]),
        ("q=%22anna%20katharina%22", vec!["hb-anna"]),
        ("q=reederei%20-gmbh", vec![]),
        ("q=экземпелов", vec!["hb-boris"]),
        ("q=anna%20(&simple=true&schema=Person", vec!["hb-anna"]),
    ] {
        let found = get(
            &service,
            &format!(
                "/search/harbour?{}",
                query.replace("экземпелов", "%D1%8D%D0%BA%D0%B7%D0%B5%D0%BC%D0%BF%D0%B5%D0%BB%D0%BE%D0%B2")
            ),
        )
        .await;
        assert_eq!(found.status, StatusCode::OK, "{query}: {}", found.text);
        assert_eq!(found.ids(), ids, "{query}");
    }
}

#[tokio::test]
async fn searches_are_sorted() {
    let service = service();
    let by = |sort: &str| format!("/search/harbour?schema=Person&sort={sort}");
    assert_eq!(get(&service, &by("first_seen:asc")).await.ids(), ["hb-boris", "hb-anna"]);
    assert_eq!(get(&service, &by("first_seen:desc")).await.ids(), ["hb-anna", "hb-boris"]);
    assert_eq!(get(&service, &by("caption")).await.ids(), ["hb-anna", "hb-boris"]);
    assert_eq!(get(&service, &by("colour")).await.status, StatusCode::BAD_REQUEST);
    // Without a change date: last in either order.
    let last = get(&service, "/search/harbour?sort=last_change:desc").await;
    assert_eq!(last.ids()[0], "hb-anna");
    assert!(!last.ids()[..3].contains(&"hb-ship"));
}

#[tokio::test]
async fn wrong_searches_are_refused_as_yente_does() {
    let service = service();
    for (path, status, detail) in [
        ("/search/banana", 404, "No such dataset."),
        ("/search/harbour?schema=Banana", 400, "Invalid schema"),
        ("/search/harbour?q=invalid/query", 400, "Search error: query_shard_exception"),
        ("/search/harbour?filter=nonsense", 400, "Invalid filter: 'nonsense'"),
        ("/nothing/here", 404, "Not Found"),
    ] {
        let answer = get(&service, path).await;
        assert_eq!(
            (answer.status.as_u16(), answer.json["detail"].as_str()),
            (status, Some(detail)),
            "{path}"
        );
    }
    for (query, kind) in [
        ("limit=10000", "less_than_equal"),
        ("offset=10000", "less_than_equal"),
        ("limit=x", "int_parsing"),
        ("facets=colour", "enum"),
        ("filter_op=XOR", "enum"),
        ("changed_since=yesterday", "string_pattern_mismatch"),
    ] {
        let answer = get(&service, &format!("/search/harbour?{query}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert_eq!(answer.json["detail"][0]["type"], kind, "{query}");
    }
    assert_eq!(
        post(&service, "/search/harbour", "text/plain", "").await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
}

#[tokio::test]
async fn an_entity_comes_with_what_is_around_it() {
    let service = service();
    let anna = get(&service, "/entities/hb-anna").await.json;
    let properties = &anna["properties"];
    assert_eq!(properties["sanctions"].as_array().unwrap().len(), 2);
    assert_eq!(properties["sanctions"][0]["properties"]["entity"], json!(["hb-anna"]));
    assert_eq!(
        properties["ownershipOwner"][0]["properties"]["asset"][0]["caption"],
        "Nordhafen Reederei GmbH"
    );
    assert_eq!(properties["addressEntity"][0]["schema"], "Address");
    assert_eq!(properties["identification"][0]["schema"], "Passport");
    let flat = get(&service, "/entities/hb-anna?nested=false").await.json;
    assert_eq!(flat["properties"]["addressEntity"], json!(["hb-addr"]));
    assert!(flat["properties"].get("sanctions").is_none());
    let moved = get(&service, "/entities/old-anna-1").await;
    assert_eq!(
        (moved.status, moved.header("location")),
        (StatusCode::PERMANENT_REDIRECT, "/entities/hb-anna")
    );
    let none = get(&service, "/entities/banana").await;
    assert_eq!((none.status, none.json["detail"].as_str()), (StatusCode::NOT_FOUND, Some("No such entity!")));
}

#[tokio::test]
async fn what_is_adjacent_comes_in_pages() {
    let service = service();
    let around = get(&service, "/entities/hb-anna/adjacent?limit=1").await.json;
    assert_eq!(around["entity"]["properties"]["addressEntity"], json!(["hb-addr"]));
    let sanctions = &around["adjacent"]["sanctions"];
    assert_eq!((sanctions["limit"].as_u64(), sanctions["total"]["value"].as_u64()), (Some(1), Some(2)));
    assert_eq!(sanctions["results"].as_array().unwrap().len(), 1);
    assert!(around["adjacent"].get("proof").is_none());
    let page = get(&service, "/entities/hb-anna/adjacent/sanctions?limit=1&offset=1").await;
    assert_eq!(page.ids(), ["hb-list2"]);
    let sorted = get(&service, "/entities/hb-anna/adjacent/sanctions?sort=properties.authority:desc").await;
    assert_eq!(sorted.ids(), ["hb-list2", "hb-list"]);
    let none = get(&service, "/entities/hb-anna/adjacent/name").await;
    assert_eq!(
        (none.status, none.json["detail"].as_str()),
        (StatusCode::NOT_FOUND, Some("No such property!"))
    );
}

#[tokio::test]
async fn the_catalogue_says_what_is_there() {
    let service = service();
    let catalogue = get(&service, "/catalog").await;
    assert_eq!(catalogue.json["current"], json!(["harbour", "library", "empty", "both", "default"]));
    let harbour = &catalogue.json["datasets"][0];
    assert_eq!((harbour["version"].as_str(), harbour["entity_count"].as_u64()), (Some("7"), Some(9)));
    let request = axum::http::Request::get("/catalog")
        .header("host", "localhost")
        .header("if-none-match", catalogue.header("etag"));
    let again = support::send(&service, request.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    let algorithms = get(&service, "/algorithms").await.json;
    assert_eq!(
        (algorithms["best"].as_str(), algorithms["algorithms"].as_array().unwrap().len()),
        (Some("logic-v2"), 6)
    );
    assert_eq!(get(&service, "/healthz").await.json, json!({"status": "ok"}));
    assert_eq!(get(&service, "/readyz").await.json["status"], "ok");
    let update = post(&service, "/updatez", "text/plain", "").await;
    assert_eq!(
        (update.status, update.json["detail"].as_str()),
        (StatusCode::FORBIDDEN, Some("Invalid token."))
    );
}

#[tokio::test]
async fn data_is_loaded_anew_with_the_right_token() {
    use sha2::{Digest, Sha256};
    let settings = lagebild_server::Settings {
        update_token: Some(Sha256::digest("open").into()),
        ..support::settings()
    };
    let app = support::app(settings);
    let service = lagebild_server::router(app.clone());
    let before = app.snapshot();
    let done = post(&service, "/updatez?token=open&sync=true", "text/plain", "").await;
    assert_eq!((done.status, done.json), (StatusCode::OK, json!({"status": "ok"})));
    assert!(!std::sync::Arc::ptr_eq(&before, &app.snapshot()));
    assert_eq!(post(&service, "/updatez?token=wrong", "text/plain", "").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_description_names_every_operation_and_parameter() {
    let service = service();
    let description = get(&service, "/openapi.json").await.json;
    let search = &description["paths"]["/search/{dataset}"]["get"];
    let names: Vec<&str> =
        search["parameters"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert!(names.starts_with(&["dataset", "q", "schema"]) && names.contains(&"filter_op"));
    for path in ["/match/{dataset}", "/read", "/spot", "/check", "/entities/{id}/adjacent/{property}"] {
        assert!(description["paths"].get(path).is_some(), "{path}");
    }
}
