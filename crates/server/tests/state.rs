//! One state of the data for all routes, whatever happens to the files meanwhile.

mod support;

use lagebild_server::{App, router};
use serde_json::Value;
use support::{Lists, get, post};

/// The hash that a reading and a spotting say their lists have, and the names of the lists.
async fn read_against(service: &axum::Router) -> (Value, Value) {
    let text = "Gestern traf Anna Mustermann den Gast.";
    let read = post(service, "/read?language=de", "text/plain", text).await;
    let spot = post(service, "/spot", "text/plain", text).await;
    assert_eq!(read.json["stamp"]["watchlist"]["hash"], spot.json["watchlist"]["hash"], "{}", read.text);
    (spot.json["watchlist"]["name"].clone(), spot.json["spotted"][0]["text"].clone())
}

#[tokio::test]
async fn reading_never_falls_back_to_the_starter_list() {
    let lists = Lists::new("starter");
    lists.add("own", &["Anna Mustermann"]);
    let service = router(App::start(lists.settings()).unwrap());
    // Whatever becomes of the files, the state that was loaded stays whole. Moved, not removed: the service may still be
    // writing its index into the folder.
    std::fs::rename(lists.0.join("lists"), lists.0.join("gone")).unwrap();
    assert_eq!(read_against(&service).await, ("own".into(), "Anna Mustermann".into()));
}

#[tokio::test]
async fn a_removed_list_goes_from_all_routes_at_once_and_not_before() {
    let lists = Lists::new("removed");
    lists.add("own", &["Anna Mustermann"]);
    lists.add("other", &["Boris Exempelow"]);
    let app = App::start(lists.settings()).unwrap();
    let service = router(app.clone());
    let stamp = || async { get(&service, "/catalog").await.header("x-lagebild-data").to_owned() };
    let before = stamp().await;
    lists.store().remove("own").unwrap();
    assert_eq!(read_against(&service).await.1, "Anna Mustermann");
    assert_eq!(get(&service, "/search/own?q=anna").await.ids().len(), 1);
    app.reload().unwrap();
    assert_eq!(read_against(&service).await, ("other".into(), Value::Null));
    assert_eq!(get(&service, "/search/own?q=anna").await.status.as_u16(), 404);
    assert_ne!(before, stamp().await);
}

#[tokio::test]
async fn what_cannot_be_loaded_leaves_the_old_state_and_is_shown() {
    let lists = Lists::new("failed");
    lists.add("own", &["Anna Mustermann"]);
    let app = App::start(lists.settings()).unwrap();
    let service = router(app.clone());
    assert_eq!(get(&service, "/readyz").await.json["reload_failed"], Value::Null);
    std::fs::write(lists.0.join("lists/own/versions.json"), "").unwrap();
    let error = app.reload().unwrap_err().to_string();
    assert!(error.contains("lagebild lists add own FILE"), "{error}");
    assert_eq!(read_against(&service).await.1, "Anna Mustermann");
    assert!(get(&service, "/readyz").await.json["reload_failed"].is_string());
    assert!(!get(&service, "/metrics").await.text.contains("lagebild_reload_failed_seconds 0"));
    assert!(get(&service, "/lists").await.text.contains("versions.json"));
    assert!(App::start(lists.settings()).is_err(), "a list that is there but damaged is no empty store");
    // The command that the message names mends it.
    lists.add("own", &["Clara Beispiel"]);
    app.reload().unwrap();
    assert_eq!(get(&service, "/search/own?q=clara").await.ids().len(), 1);
    assert_eq!(get(&service, "/readyz").await.json["reload_failed"], Value::Null);
}

#[tokio::test]
async fn a_kept_index_that_is_cut_off_meanwhile_kills_nobody() {
    let lists = Lists::new("cut");
    lists.add("own", &["Anna Mustermann"]);
    App::start(lists.settings()).unwrap().snapshot().prepare();
    let app = App::start(lists.settings()).unwrap();
    app.snapshot().prepare();
    let service = router(app);
    for file in std::fs::read_dir(lists.store().index_folder()).unwrap() {
        std::fs::File::options().write(true).open(file.unwrap().path()).unwrap().set_len(10).unwrap();
    }
    let body = r#"{"queries": {"q": {"schema": "Person", "properties": {"name": ["Anna Mustermann"]}}}}"#;
    let found = post(&service, "/match/own", "application/json", body).await;
    assert_eq!(found.json["responses"]["q"]["results"].as_array().unwrap().len(), 1, "{}", found.text);
    let anew = router(App::start(lists.settings()).unwrap());
    assert_eq!(post(&anew, "/match/own", "application/json", body).await.json, found.json);
}
