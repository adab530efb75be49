//! Parameters of an address: each operation declares its own once, and both the checks and the OpenAPI description
//! come from that.

use super::Refusal;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::{ArrayBuilder, ObjectBuilder, RefOr, Required, Schema, Type};

/// A moment as parameters give it.
const MOMENT: &str = r"^\d{4}-\d{2}-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?$";

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Param {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it takes.
    pub(crate) kind: ParamKind,
    /// What it is for.
    pub(crate) title: &'static str,
}

/// What a parameter takes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ParamKind {
    /// Text.
    Text(&'static str),
    /// Text of at least one letter.
    Prefix,
    /// Texts, given by repeating the parameter; at most so many.
    Texts(usize),
    /// A whole number with its default and its greatest value.
    Integer(i64, i64),
    /// A number.
    Number(f64),
    /// Yes or no; `None` when it makes a difference that nothing was said.
    Flag(Option<bool>),
    /// One of these words, the first by default.
    Choice(&'static [&'static str]),
    /// Several of these words.
    Choices(&'static [&'static str], &'static [&'static str]),
    /// A day or a moment.
    Moment,
}

impl Param {
    /// The parameter in OpenAPI's words.
    pub(crate) fn described(&self) -> Parameter {
        let of = |kind| ObjectBuilder::new().schema_type(kind);
        let list =
            |item: ObjectBuilder, default: Value| ArrayBuilder::new().items(item).default(Some(default));
        let schema: RefOr<Schema> = match self.kind {
            ParamKind::Text("") => of(Type::String).into(),
            ParamKind::Text(default) => of(Type::String).default(Some(json!(default))).into(),
            ParamKind::Prefix => of(Type::String).min_length(Some(1)).into(),
            ParamKind::Texts(most) => list(of(Type::String), json!([])).max_items(Some(most)).into(),
            ParamKind::Integer(default, most) => {
                of(Type::Integer).default(Some(json!(default))).maximum(Some(most as f64)).into()
            }
            ParamKind::Number(default) => of(Type::Number).default(Some(json!(default))).into(),
            ParamKind::Flag(default) => of(Type::Boolean).default(default.map(|it| json!(it))).into(),
            ParamKind::Choice(words) => {
                let default = words.first().map(|it| json!(it));
                of(Type::String).enum_values(Some(words.iter().copied())).default(default).into()
            }
            ParamKind::Choices(words, default) => {
                let item = of(Type::String).enum_values(Some(words.iter().copied()));
                list(item, json!(default)).into()
            }
            ParamKind::Moment => of(Type::String).pattern(Some(MOMENT)).into(),
        };
        let parameter = ParameterBuilder::new().name(self.name).parameter_in(ParameterIn::Query);
        parameter.required(Required::False).description(Some(self.title)).schema(Some(schema)).build()
    }
}

/// The parameters of a request, checked.
#[derive(Debug, Default)]
pub(crate) struct Params {
    texts: BTreeMap<&'static str, Vec<String>>,
    counts: BTreeMap<&'static str, usize>,
    numbers: BTreeMap<&'static str, f64>,
    flags: BTreeMap<&'static str, bool>,
}

impl Params {
    /// Reads a query string. Parameters that are not declared are left aside, as yente does, unless `strict`.
    pub(crate) fn parse(declared: &[Param], query: Option<&str>, strict: bool) -> Result<Self, Refusal> {
        let mut given: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            given.entry(name.into_owned()).or_default().push(value.into_owned());
        }
        let strict = strict
            || given
                .get("strict")
                .is_some_and(|values| values.last().is_some_and(|last| flag(last) == Some(true)));
        let mut wrong = Vec::new();
        if strict {
            let unknown =
                given.keys().filter(|name| *name != "strict" && !declared.iter().any(|it| it.name == *name));
            wrong.extend(unknown.map(|name| {
                json!({"type": "extra_forbidden", "loc": ["query", name], "msg": "There is no such parameter", "input": given[name].last()})
            }));
        }
        let mut params = Self::default();
        for param in declared {
            let given = Given { name: param.name, values: given.remove(param.name) };
            if let Err(error) = params.take(param, given) {
                wrong.push(error);
            }
        }
        if wrong.is_empty() { Ok(params) } else { Err(Refusal::Fields(wrong)) }
    }

    fn take(&mut self, param: &Param, given: Given) -> Result<(), Value> {
        let name = param.name;
        let texts = match param.kind {
            ParamKind::Integer(default, most) => {
                let value = given.integer(default, most)?;
                self.counts.insert(name, usize::try_from(value).unwrap_or(0));
                return Ok(());
            }
            ParamKind::Number(default) => {
                self.numbers.insert(name, given.number(default)?);
                return Ok(());
            }
            ParamKind::Flag(default) => {
                self.flags.extend(given.flag(default)?.map(|value| (name, value)));
                return Ok(());
            }
            ParamKind::Text(default) => vec![given.last().unwrap_or(default).to_owned()],
            ParamKind::Prefix => vec![given.prefix()?],
            ParamKind::Texts(most) => given.texts(most)?,
            ParamKind::Choice(words) => given.words(words, words.get(..1).unwrap_or_default())?,
            ParamKind::Choices(words, default) => given.words(words, default)?,
            ParamKind::Moment => given.moment()?,
        };
        self.texts.insert(name, texts);
        Ok(())
    }

    /// The text of a parameter; empty when it was not given.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.texts(name).first().map_or("", String::as_str)
    }

    /// All texts of a parameter.
    pub(crate) fn texts(&self, name: &str) -> &[String] {
        self.texts.get(name).map_or(&[], Vec::as_slice)
    }

    /// A number.
    pub(crate) fn number(&self, name: &str) -> f64 {
        self.numbers.get(name).copied().unwrap_or_default()
    }

    /// A count; what is below nothing is nothing.
    pub(crate) fn count(&self, name: &str) -> usize {
        self.counts.get(name).copied().unwrap_or_default()
    }

    /// Yes or no, if that was said or has a default.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        self.flags.get(name).copied()
    }
}

/// What was given for one parameter.
struct Given {
    name: &'static str,
    values: Option<Vec<String>>,
}

impl Given {
    fn last(&self) -> Option<&str> {
        self.values.as_ref()?.last().map(String::as_str)
    }

    /// An error in the form of pydantic, which yente's clients know.
    fn error(&self, kind: &str, message: &str, context: Option<Value>) -> Value {
        let mut error =
            json!({"type": kind, "loc": ["query", self.name], "msg": message, "input": self.last()});
        if let (Some(context), Some(error)) = (context, error.as_object_mut()) {
            error.insert("ctx".into(), context);
        }
        error
    }

    fn integer(&self, default: i64, most: i64) -> Result<i64, Value> {
        let Some(text) = self.last() else { return Ok(default) };
        let value = text.trim().parse::<i64>().map_err(|_| {
            let message = "Input should be a valid integer, unable to parse string as an integer";
            self.error("int_parsing", message, None)
        })?;
        if value > most {
            let message = format!("Input should be less than or equal to {most}");
            return Err(self.error("less_than_equal", &message, Some(json!({"le": most}))));
        }
        Ok(value)
    }

    fn number(&self, default: f64) -> Result<f64, Value> {
        let Some(text) = self.last() else { return Ok(default) };
        text.trim().parse::<f64>().ok().filter(|value| value.is_finite()).ok_or_else(|| {
            let message = "Input should be a valid number, unable to parse string as a number";
            self.error("float_parsing", message, None)
        })
    }

    fn flag(&self, default: Option<bool>) -> Result<Option<bool>, Value> {
        let Some(text) = self.last() else { return Ok(default) };
        flag(text).map(Some).ok_or_else(|| {
            self.error("bool_parsing", "Input should be a valid boolean, unable to interpret input", None)
        })
    }

    fn prefix(&self) -> Result<String, Value> {
        if self.last() == Some("") {
            let context = json!({"min_length": 1});
            return Err(self.error(
                "string_too_short",
                "String should have at least 1 character",
                Some(context),
            ));
        }
        Ok(self.last().unwrap_or_default().to_owned())
    }

    fn texts(self, most: usize) -> Result<Vec<String>, Value> {
        let actual = self.values.as_ref().map_or(0, Vec::len);
        if actual > most {
            let message = format!("List should have at most {most} items after validation, not {actual}");
            let context = json!({"field_type": "List", "max_length": most, "actual_length": actual});
            return Err(self.error("too_long", &message, Some(context)));
        }
        Ok(self.values.unwrap_or_default())
    }

    fn words(self, words: &[&str], default: &[&str]) -> Result<Vec<String>, Value> {
        if self.values.iter().flatten().all(|value| words.contains(&value.as_str())) {
            return Ok(self.values.unwrap_or_else(|| default.iter().map(|&word| word.into()).collect()));
        }
        let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        let expected = match quoted.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
            _ => quoted.concat(),
        };
        Err(self.error("enum", &format!("Input should be {expected}"), Some(json!({"expected": expected}))))
    }

    fn moment(&self) -> Result<Vec<String>, Value> {
        match self.last() {
            Some(text) if !is_moment(text) => {
                let message = format!("String should match pattern '{MOMENT}'");
                Err(self.error("string_pattern_mismatch", &message, Some(json!({"pattern": MOMENT}))))
            }
            given => Ok(given.map(Into::into).into_iter().collect()),
        }
    }
}

fn flag(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" | "t" | "y" => Some(true),
        "false" | "0" | "no" | "off" | "f" | "n" => Some(false),
        _ => None,
    }
}

/// Whether a text is like `2024-05-27`, `2024-05-27T13`, `…:47` or `…:02`.
fn is_moment(text: &str) -> bool {
    let form: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    ["0000-00-00", "0000-00-00T00", "0000-00-00T00:00", "0000-00-00T00:00:00"].contains(&form.as_str())
}

#[cfg(test)]
mod tests {
    use super::{Param, ParamKind, Params};
    use crate::yente::Refusal;

    const DECLARED: &[Param] = &[
        Param { name: "limit", kind: ParamKind::Integer(10, 500), title: "" },
        Param { name: "fuzzy", kind: ParamKind::Flag(Some(false)), title: "" },
        Param { name: "op", kind: ParamKind::Choice(&["OR", "AND"]), title: "" },
        Param { name: "topics", kind: ParamKind::Texts(2), title: "" },
        Param { name: "since", kind: ParamKind::Moment, title: "" },
    ];

    fn refused(query: &str) -> String {
        match Params::parse(DECLARED, Some(query), false) {
            Err(Refusal::Fields(fields)) => serde_json::to_string(&fields).unwrap(),
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn parameters_have_defaults_and_may_be_repeated() {
        let params = Params::parse(DECLARED, Some("topics=a&topics=b%20c&limit=-3&other=1"), false).unwrap();
        assert_eq!(params.texts("topics"), ["a", "b c"]);
        assert_eq!((params.count("limit"), params.flag("fuzzy"), params.text("op")), (0, Some(false), "OR"));
        assert_eq!(Params::parse(DECLARED, None, false).unwrap().count("limit"), 10);
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert!(refused("limit=501").contains("less than or equal to 500"));
        assert!(refused("limit=many").contains("int_parsing"));
        assert!(refused("fuzzy=maybe").contains("bool_parsing"));
        assert!(refused("op=XOR").contains("'OR' or 'AND'"));
        assert!(refused("topics=a&topics=b&topics=c").contains("at most 2 items"));
        assert!(refused("since=yesterday").contains("should match pattern"));
        assert!(refused("strict=true&colour=red").contains("There is no such parameter"));
    }
}
