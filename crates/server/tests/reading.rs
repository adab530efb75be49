//! Reading, spotting and checking over HTTP.

mod support;

use axum::http::StatusCode;
use serde_json::json;
use support::{post, service};

const ARTICLE: &str = "Talks in Vladivostok\n\nVLADIVOSTOK, Sept 13, 2023 - North Korea may supply Russia with artillery shells, the White House said on Wednesday.";

#[tokio::test]
async fn an_article_is_read() {
    let service = service();
    let answer = post(&service, "/read?language=en&published=2023-09-13", "text/plain", ARTICLE).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.json["schema"], "lagebild.reading/1");
    assert_eq!(answer.json["text"].as_str(), Some(ARTICLE));
    assert!(answer.json["entities"].as_array().unwrap().iter().any(|it| it["country"] == "kp"));
    let json = json!({"title": "Talks", "text": ARTICLE}).to_string();
    assert_eq!(post(&service, "/read", "application/json", &json).await.status, StatusCode::OK);
    let page =
        post(&service, "/read?format=html", "text/plain", "Hello <script>alert(1)</script> Vladimir Putin")
            .await;
    assert!(page.header("content-type").starts_with("text/html") && !page.text.contains("<script>alert"));
}

#[tokio::test]
async fn listed_names_are_spotted_without_grammar() {
    let answer = post(&service(), "/spot", "text/plain", "Gestern traf Kim Jong Un den Gast.").await;
    let spotted = answer.json["spotted"].as_array().unwrap();
    assert_eq!((spotted[0]["text"].as_str(), spotted[0]["start"].as_u64()), (Some("Kim Jong Un"), Some(13)));
}

#[tokio::test]
async fn a_flow_is_checked_against_measures() {
    for from in ["kp", "North Korea"] {
        let body = json!({"from": from, "to": "ru", "goods": "artillery_ammunition", "on": "2023-09-13"});
        let answer = post(&service(), "/check", "application/json", &body.to_string()).await;
        assert_eq!(answer.json["as_of"], "2023-09-13");
        assert!(
            answer.json["findings"].as_array().unwrap().iter().any(|it| it["verdict"] == "touched"),
            "{}",
            answer.text
        );
    }
}

#[tokio::test]
async fn problems_are_told_as_problem_details() {
    let service = service();
    for (path, kind, body, status) in [
        ("/read", "image/png", "x", 415),
        ("/read", "text/plain", "  ", 422),
        ("/read?as_of=soon", "text/plain", "x", 422),
        ("/check", "application/json", "{}", 422),
        ("/check", "application/json", r#"{"from": "Korea", "goods": "artillery_ammunition"}"#, 422),
        ("/check", "application/json", r#"{"from": "QQ", "goods": "artillery_ammunition"}"#, 422),
        ("/check", "application/json", r#"{"from": "KP", "goods": "artilery_ammunition"}"#, 422),
    ] {
        let answer = post(&service, path, kind, body).await;
        assert_eq!(answer.status.as_u16(), status, "{path} {body}: {}", answer.text);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.json["status"].as_u64(), Some(u64::from(status)));
        assert!(answer.json["detail"].as_str().is_some_and(|it| it.len() > 5));
    }
}
