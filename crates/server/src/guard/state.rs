//! How old the data is and whether it could be loaded anew, for Prometheus.

use crate::app::App;
use jiff::civil::Date;
use std::fmt::Write;

/// The age of each list in days, and the last failure, as metrics.
pub(crate) fn state(app: &App) -> String {
    let snapshot = app.snapshot();
    let mut text = String::from("# TYPE lagebild_list_age_days gauge\n");
    for version in &snapshot.versions {
        if let Some(age) = age(&version.date, app.today()) {
            let _ = writeln!(text, "lagebild_list_age_days{{dataset=\"{}\"}} {age}", version.dataset);
        }
    }
    text.push_str("# TYPE lagebild_list_problems gauge\n");
    for version in &snapshot.versions {
        let (name, problems) = (&version.dataset, version.problems);
        let _ = writeln!(text, "lagebild_list_problems{{dataset=\"{name}\"}} {problems}");
    }
    let failed = app.failure().map_or(0, |failure| failure.at.as_second());
    let loaded = snapshot.loaded.as_second();
    let _ =
        writeln!(text, "# TYPE lagebild_data_loaded_seconds gauge\nlagebild_data_loaded_seconds {loaded}");
    let _ = writeln!(
        text,
        "# TYPE lagebild_reload_failed_seconds gauge\nlagebild_reload_failed_seconds {failed}"
    );
    text
}

/// Days since the day that a list states.
pub(crate) fn age(date: &str, today: Date) -> Option<i32> {
    Some((today - date.parse::<Date>().ok()?).get_days())
}
