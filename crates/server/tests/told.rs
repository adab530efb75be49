//! What was not looked for is told where the reader looks, never a clean result.

mod support;

use axum::http::StatusCode;
use serde_json::{Value, json};
use support::{Answer, get, post, service};

async fn matched(properties: &Value) -> Value {
    let body = json!({"queries": {"q": {"schema": "Person", "properties": properties}}}).to_string();
    post(&service(), "/match/both", "application/json", &body).await.json["responses"]["q"].clone()
}

async fn screened(query: &[(&str, &str)]) -> Answer {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    get(&service(), &format!("/screen?{query}")).await
}

#[tokio::test]
async fn matching_says_what_it_did_not_compare_and_scores_without_it() {
    let clean = matched(&json!({"name": "Anna Mustermann"})).await;
    assert_eq!(clean.get("warnings"), None);
    let doubtful = json!({"name": "Anna Mustermann", "birthDate": "gestern", "nationality": "Nirgendwo", "colour": "red"});
    let doubtful = matched(&doubtful).await;
    let warnings = doubtful["warnings"].to_string();
    for word in ["gestern", "Nirgendwo", "colour"] {
        assert!(warnings.contains(word), "{warnings}");
    }
    assert_eq!(doubtful["results"][0]["score"], clean["results"][0]["score"]);
    for nothing in [json!({}), json!({"name": " "}), json!({"name": "?!"}), json!({"birthDate": "1971"})] {
        assert!(
            matched(&nothing).await["warnings"].to_string().contains("nothing was looked for"),
            "{nothing}"
        );
    }
}

#[tokio::test]
async fn reconciliation_and_search_say_it_too() {
    let queries = json!({"a": {"query": "Anna Mustermann", "type": "Person", "properties": [{"pid": "nationality", "v": "Nirgendwo"}, {"pid": "colour", "v": "red"}]}, "b": {"query": ""}});
    let body =
        form_urlencoded::Serializer::new(String::new()).append_pair("queries", &queries.to_string()).finish();
    let answer = post(&service(), "/reconcile/both", "application/x-www-form-urlencoded", &body).await.json;
    let warnings = answer["a"]["warnings"].to_string();
    assert!(warnings.contains("Nirgendwo") && warnings.contains("colour"), "{answer}");
    assert!(answer["b"]["warnings"].to_string().contains("nothing was looked for"), "{answer}");
    let found =
        get(&service(), "/search/both?countries=Germany&topics=sactions&filter=colour:red").await.json;
    assert_eq!(found["warnings"].as_array().map(Vec::len), Some(3), "{found}");
    assert_eq!(get(&service(), "/search/both?countries=de&topics=sanction").await.json.get("warnings"), None);
}

#[tokio::test]
async fn a_name_is_screened_by_its_address_and_doubts_stand_above() {
    let page = screened(&[("name", "Anna Mustermann")]).await;
    for told in ["Anna Katharina Mustermann", "1971-03-04", "Germany", "EX-1", "Harbour"] {
        assert!(page.text.contains(told), "{told}");
    }
    let page =
        screened(&[("name", "Anna Mustermann"), ("birthDate", "vorgestern"), ("country", "Nirgendwo")]).await;
    assert!(
        page.text.contains("vorgestern") && page.text.contains("not compared: Nirgendwo"),
        "{}",
        page.text
    );
    assert!(page.text.contains("hb-anna"));
    let page =
        screened(&[("name", "Anna Mustermann"), ("birthDate", "4.3.1971"), ("country", "deutsch")]).await;
    assert!(page.text.contains("hb-anna") && !page.text.contains("not compared"));
}

#[tokio::test]
async fn what_cannot_be_screened_is_refused_and_not_clean() {
    let long = "Anna ".repeat(300);
    for question in [
        vec![("name", long.as_str())],
        vec![("name", "?!")],
        vec![("birthDate", "1971")],
        vec![("name", "Anna"), ("threshold", "hoch")],
        vec![("name", "Anna"), ("threshold", "7")],
        vec![("name", "Anna"), ("schema", "Dragon")],
    ] {
        let page = screened(&question).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{question:?}");
        assert!(page.text.contains("role=\"alert\"") && !page.text.contains("No listed party"));
    }
    assert_eq!(screened(&[("name", "Anna Mustermann"), ("threshold", "0,8")]).await.status, StatusCode::OK);
}

async fn table(text: &str) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).append_pair("table", text).finish();
    post(&service(), "/screen?lang=en", "application/x-www-form-urlencoded", &body).await
}

#[tokio::test]
async fn a_table_says_which_rows_and_cells_were_not_screened() {
    let page = table("Nachname;Vorname;Geburtsdatum;Land\nMustermann;Anna;vorgestern;Nirgendwo\nExempelow;Boris;1960;RU\n;;1971;\n").await;
    assert!(page.text.contains("hb-anna") && page.text.contains("hb-boris"), "{}", page.text);
    for told in [
        "`vorgestern` is no date",
        "`Nirgendwo` is no country",
        "it has no name",
        "1</strong> rows could not",
    ] {
        assert!(page.text.contains(told), "{told}: {}", page.text);
    }
    let long = table(&format!("name\n{}", "Clara Beispiel\n".repeat(1003))).await;
    assert!(long.text.contains("<strong>3</strong> rows were not screened"));
    // A cell over two lines is one cell.
    let quoted = table("name,note\n\"Anna Mustermann\",\"first\nsecond\"\nBoris Exempelow,x\n").await;
    assert!(quoted.text.contains("2/2"), "{}", quoted.text);
    assert_eq!(table("Nr,Wert\n1,2\n").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn pages_refuse_what_they_cannot_understand() {
    let service = service();
    let many = "a* ".repeat(100);
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("q", &many).finish();
    assert_eq!(get(&service, &format!("/find?{query}")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(get(&service, "/measures?on=gestern").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(get(&service, "/measures?on=2023-01-01").await.status, StatusCode::OK);
}
