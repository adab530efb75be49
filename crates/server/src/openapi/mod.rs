//! `GET /openapi.json`: the description of all operations. Paths, parameters and bodies come from what the operations
//! themselves declare, schemas from types (`shapes`), both through `utoipa`.

mod operation;
mod shapes;
#[cfg(test)]
mod tests;

pub(crate) use operation::{Media, Operation};
pub(crate) use shapes::{forms, reading, yente};

use axum::response::IntoResponse;
use shapes::Shapes;
use utoipa::OpenApi;
use utoipa::openapi::Paths;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};

/// The operations that the description itself and its neighbours are.
const OPERATIONS: &[Operation] = &[
    Operation::get(
        ("/openapi.json", "service"),
        "This description",
        &[],
        &[Media::object()],
        (&[], Media::problem()),
    ),
    Operation::get(
        ("/metrics", "service"),
        "Counts and times, for Prometheus",
        &[],
        &[Media::text("text/plain")],
        (&[], Media::problem()),
    ),
];

/// Answers with the description.
pub(crate) async fn openapi() -> impl IntoResponse {
    ([("content-type", "application/json")], description().to_string())
}

/// All operations.
fn operations() -> impl Iterator<Item = &'static Operation> {
    let own = crate::reading::OPERATIONS
        .iter()
        .chain(crate::pages::OPERATIONS)
        .chain(crate::pages::DESK_OPERATIONS)
        .chain(crate::pages::SIGN_OPERATIONS)
        .chain(crate::pages::PROVIDER_OPERATIONS)
        .chain(OPERATIONS);
    crate::yente::OPERATIONS.iter().chain(own)
}

/// The description (OpenAPI 3.1).
pub fn description() -> serde_json::Value {
    let mut api = Shapes::openapi();
    let mut paths = Paths::new();
    for operation in operations() {
        paths.add_path_operation(operation.path, vec![operation.http_method()], operation.described());
    }
    api.paths = paths;
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer);
    let bearer =
        bearer.description(Some("A token of the file that --tokens names; none is needed without it"));
    if let Some(components) = &mut api.components {
        components.add_security_scheme("token", SecurityScheme::Http(bearer.build()));
    }
    let nobody: [&str; 0] = [];
    api.security = Some(vec![SecurityRequirement::default(), SecurityRequirement::new("token", nobody)]);
    serde_json::to_value(api).unwrap_or_default()
}
