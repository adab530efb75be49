//! Small requests that ask for much are refused before anything is multiplied, or cost little.

mod support;

use serde_json::{Value, json};
use support::{Answer, Lists, get, post, service};

/// An answer, and that it cost little: in processor time, which other programs on the machine do not count towards.
async fn soon(answer: impl Future<Output = Answer>) -> Answer {
    let began = processor_time();
    let answer = answer.await;
    let took = processor_time() - began;
    assert!(took < 2.0, "{took} s: {}", answer.status);
    answer
}

/// Seconds that this process has worked, at the usual hundred ticks each; 0 where the system does not say.
fn processor_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ').skip(11).take(2);
    fields.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

async fn matched(properties: &Value) -> u16 {
    let body = json!({"queries": {"q": {"schema": "Person", "properties": properties}}}).to_string();
    soon(post(&service(), "/match/both", "application/json", &body)).await.status.as_u16()
}

#[tokio::test]
async fn parts_of_names_are_counted_before_they_are_multiplied() {
    let many: Vec<String> = (0..8000).map(|at| format!("n{at}")).collect();
    assert_eq!(matched(&json!({"firstName": many, "lastName": many})).await, 400);
    assert_eq!(matched(&json!({"firstName": many.get(..20), "lastName": many.get(..20)})).await, 200);
}

#[tokio::test]
async fn long_lists_of_properties() {
    let many: Vec<String> = (0..200_000).map(|at| format!("x{at}")).collect();
    assert_eq!(matched(&json!({"name": "Anna", "passportNumber": many})).await, 400);
    let same = vec!["Anna"; 200_000];
    assert_eq!(matched(&json!({"name": same})).await, 200);
    let queries = json!({"q": {"query": "Anna", "type": "Person", "limit": 1e9, "properties": [{"pid": "idNumber", "v": many.get(..30_000)}]}});
    let form =
        form_urlencoded::Serializer::new(String::new()).append_pair("queries", &queries.to_string()).finish();
    let answer = soon(post(&service(), "/reconcile/both", "application/x-www-form-urlencoded", &form)).await;
    assert_eq!(answer.status.as_u16(), 400, "{}", answer.text);
}

#[tokio::test]
async fn patterns_and_fuzzy_words() {
    let service = service();
    let long = format!("{}~2", "a".repeat(3000));
    let many = "/.*a.*/ ".repeat(30);
    let stars = "*a".repeat(200);
    for query in [r"/((\w{20}){20}){20}/", "/(.*a.{40}){20}/", "/[^x]{200}/", &long, &many, &stars] {
        let path = format!(
            "/search/both?{}",
            form_urlencoded::Serializer::new(String::new()).append_pair("q", query).finish()
        );
        let answer = soon(get(&service, &path)).await;
        assert_eq!(answer.status.as_u16(), 400, "{query}");
    }
    for query in ["/mus.*mann/", "must*", "mustermnan~", "/(muster|beispiel).*/"] {
        let path = format!(
            "/search/both?{}",
            form_urlencoded::Serializer::new(String::new()).append_pair("q", query).finish()
        );
        assert_eq!(soon(get(&service, &path)).await.status.as_u16(), 200, "{query}");
    }
}

#[tokio::test]
async fn a_facet_asked_for_often_is_counted_once() {
    let path = format!("/search/both?{}", "facets=countries&".repeat(1500));
    let answer = soon(get(&service(), &path)).await;
    assert_eq!(answer.json["facets"].as_object().map(serde_json::Map::len), Some(1));
}

#[tokio::test]
async fn an_entity_with_many_links() {
    let lists = Lists::new("links");
    let mut lines =
        String::from(r#"{"id":"hub","schema":"Company","properties":{"name":["Nabe AG"]}}"#) + "\n";
    for at in 0..20_000 {
        lines += &json!({"id": format!("p{at}"), "schema": "Person", "properties": {"name": [format!("Person {at}")]}}).to_string();
        lines += "\n";
        lines += &json!({"id": format!("o{at}"), "schema": "Ownership", "properties": {"owner": [format!("p{at}")], "asset": ["hub"]}}).to_string();
        lines += "\n";
    }
    std::fs::write(lists.0.join("hub.jsonl"), lines).expect("a file");
    std::fs::write(lists.0.join("config.yaml"), "datasets: [{name: hub, path: hub.jsonl}]").expect("a file");
    let settings =
        lagebild_server::Settings { config: Some(lists.0.join("config.yaml")), ..lists.settings() };
    let service = lagebild_server::router(support::app(settings));
    let page = soon(get(&service, "/entities/hub/adjacent?limit=3&offset=2")).await.json;
    let owners = &page["adjacent"]["ownershipAsset"];
    let ids: Vec<&str> =
        owners["results"].as_array().expect("results").iter().filter_map(|it| it["id"].as_str()).collect();
    assert_eq!(
        (ids, owners["total"]["value"].as_u64()),
        (vec!["o2", "o3", "o4"], Some(20_000)),
        "in the data's order"
    );
    let nested = soon(get(&service, "/entities/hub")).await.json;
    let owners = nested["properties"]["ownershipAsset"].as_array().map_or(0, Vec::len);
    assert!((1000..=10_000).contains(&owners), "{owners}");
}

#[tokio::test]
async fn forms_have_the_limit_of_texts() {
    let service = service();
    let text = "a".repeat(1_200_000);
    let form = format!("--x\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\n{text}\r\n--x--\r\n");
    assert_eq!(
        soon(post(&service, "/", "multipart/form-data; boundary=x", &form)).await.status.as_u16(),
        413
    );
    assert_eq!(soon(post(&service, "/read", "text/plain", &text)).await.status.as_u16(), 413);
    assert_eq!(soon(post(&service, "/spot", "text/plain", &text)).await.status.as_u16(), 413);
    let form = format!("queries={text}");
    let kind = "application/x-www-form-urlencoded";
    assert_eq!(soon(post(&service, "/reconcile/both", kind, &form)).await.status.as_u16(), 413);
}
