//! How an operation is described: what it takes, what it answers, how it refuses.

use super::shapes::{Problem, Refusal};
use crate::yente::Param;
use axum::http::StatusCode;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa::openapi::path::{OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::{KnownFormat, SchemaFormat};
use utoipa::openapi::{
    Content, ContentBuilder, HttpMethod, ObjectBuilder, Ref, RefOr, Required, ResponseBuilder, Schema, Type,
};

/// What the guard in front of all operations refuses with.
const GUARD: [u16; 4] = [401, 403, 429, 503];

/// One operation as it is described.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation {
    /// `get` or `post`.
    pub(crate) method: &'static str,
    /// Its path; names in braces are parameters.
    pub(crate) path: &'static str,
    /// Under which heading it stands.
    pub(crate) tag: &'static str,
    /// What it does.
    pub(crate) summary: &'static str,
    /// Parameters of the query.
    pub(crate) params: &'static [Param],
    /// The forms of its body; none where it takes none.
    pub(crate) body: &'static [Media],
    /// The forms of its answer.
    pub(crate) answer: &'static [Media],
    /// Statuses of its refusals, and their form.
    pub(crate) refusals: (&'static [u16], Media),
}

/// A media type with what it holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Media {
    kind: &'static str,
    schema: fn() -> RefOr<Schema>,
    /// An example, as it is sent; empty for none.
    example: &'static str,
}

impl Media {
    /// JSON of a type.
    pub(crate) const fn json<T: ToSchema>() -> Self {
        Self::of::<T>("application/json")
    }

    /// A type in another form.
    pub(crate) const fn of<T: ToSchema>(kind: &'static str) -> Self {
        Self { kind, schema: reference::<T>, example: "" }
    }

    /// JSON of an object that has a form of its own.
    pub(crate) const fn object() -> Self {
        Self { kind: "application/json", schema: object, example: "" }
    }

    /// Text.
    pub(crate) const fn text(kind: &'static str) -> Self {
        Self { kind, schema: string, example: "" }
    }

    /// Bytes.
    pub(crate) const fn bytes(kind: &'static str) -> Self {
        Self { kind, schema: binary, example: "" }
    }

    /// A refusal in yente's form.
    pub(crate) const fn refusal() -> Self {
        Self::json::<Refusal>()
    }

    /// A refusal in our own form.
    pub(crate) const fn problem() -> Self {
        Self::of::<Problem>("application/problem+json")
    }

    /// The same with an example.
    pub(crate) const fn such_as(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    fn content(&self) -> Content {
        let example =
            serde_json::from_str(self.example).unwrap_or_else(|_| Value::String(self.example.into()));
        let example = Some(example).filter(|_| !self.example.is_empty());
        ContentBuilder::new().schema(Some((self.schema)())).example(example).build()
    }
}

fn reference<T: ToSchema>() -> RefOr<Schema> {
    Ref::from_schema_name(T::name()).into()
}

fn object() -> RefOr<Schema> {
    ObjectBuilder::new().into()
}

fn string() -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(Type::String).into()
}

fn binary() -> RefOr<Schema> {
    let format = SchemaFormat::KnownFormat(KnownFormat::Binary);
    ObjectBuilder::new().schema_type(Type::String).format(Some(format)).into()
}

impl Operation {
    /// One that only asks.
    pub(crate) const fn get(
        (path, tag): (&'static str, &'static str),
        summary: &'static str,
        params: &'static [Param],
        answer: &'static [Media],
        refusals: (&'static [u16], Media),
    ) -> Self {
        Self { method: "get", path, tag, summary, params, body: &[], answer, refusals }
    }

    /// Its method as `utoipa` names it.
    pub(super) fn http_method(&self) -> HttpMethod {
        if self.method == "post" { HttpMethod::Post } else { HttpMethod::Get }
    }

    /// The operation in OpenAPI's words.
    pub(super) fn described(&self) -> utoipa::openapi::path::Operation {
        let id: Vec<&str> =
            self.path.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let id = if id.is_empty() { "start".to_owned() } else { id.join("_") };
        let mut operation = OperationBuilder::new()
            .operation_id(Some(format!("{}_{id}", self.method)))
            .tag(self.tag)
            .summary(Some(self.summary))
            .request_body(self.request_body());
        for name in self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
            let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Path);
            operation = operation.parameter(parameter.required(Required::True).schema(Some(string())));
        }
        for param in self.params {
            operation = operation.parameter(param.described());
        }
        let mut answer = ResponseBuilder::new().description(reason(200));
        for media in self.answer {
            answer = answer.content(media.kind, media.content());
        }
        operation = operation.response("200", answer);
        let guard = (&GUARD[..], Media::problem());
        for (statuses, media) in [self.refusals, guard] {
            for status in statuses {
                let refused = ResponseBuilder::new().description(reason(*status));
                operation =
                    operation.response(status.to_string(), refused.content(media.kind, media.content()));
            }
        }
        operation.build()
    }

    fn request_body(&self) -> Option<RequestBody> {
        let forms = self.body.iter().map(|media| (media.kind, media.content()));
        let body = RequestBodyBuilder::new().required(Some(Required::True));
        let body = forms.fold(body, |body, (kind, content)| body.content(kind, content));
        (!self.body.is_empty()).then(|| body.build())
    }
}

/// The usual words for a status.
fn reason(status: u16) -> &'static str {
    StatusCode::from_u16(status).ok().and_then(|it| it.canonical_reason()).unwrap_or_default()
}
