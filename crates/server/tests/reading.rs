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
async fn an_undated_text_says_which_days_law_it_was_judged_by() {
    let said = "judged by the law of";
    for path in ["/read", "/read?format=html"] {
        let undated =
            post(&service(), path, "text/plain", "North Korea may supply Russia with shells.").await;
        assert!(undated.text.contains(said), "{path}: {}", undated.text);
    }
    let dated =
        post(&service(), "/read?as_of=2024-01-01", "text/plain", "North Korea may supply Russia.").await;
    assert!(!dated.text.contains(said));
}

#[tokio::test]
async fn the_page_of_a_reading_fits_its_content_policy() {
    let text = "Anna \u{202e}nnamretsuM\u{202c} met Vladimir Putin.";
    let page = post(&service(), "/read?format=html", "text/plain", text).await;
    let policy = page.header("content-security-policy");
    assert!(policy.contains("'sha256-") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!page.text.contains('\u{202e}') && page.text.contains('\u{fffd}'), "shown, not obeyed");
}

#[tokio::test]
async fn what_is_said_of_a_text_and_not_understood_is_refused() {
    for (name, value) in [("published", "gestern"), ("language", "deutsch oder so")] {
        let form = format!(
            "--x\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\nAnna kam.\r\n--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n--x--\r\n"
        );
        let page = post(&service(), "/", "multipart/form-data; boundary=x", &form).await;
        assert!(page.status.as_u16() == 422 && page.text.contains(value), "{}", page.text);
    }
}

#[tokio::test]
async fn a_language_without_analysis_and_the_starter_list_are_said() {
    let read = post(&service(), "/read?language=sk", "text/plain", "Kim Jong Un prišiel.").await;
    let warnings = read.json["warnings"].to_string();
    assert!(warnings.contains("names only") && warnings.contains("starter list"), "{warnings}");
    let spot = post(&service(), "/spot", "text/plain", "Kim Jong Un kam.").await;
    assert!(spot.json["warnings"].to_string().contains("starter list"));
    assert_eq!(post(&service(), "/spot", "text/plain", " ").await.status, StatusCode::UNPROCESSABLE_ENTITY);
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
