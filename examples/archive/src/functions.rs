//! SQL functions on whole columns of responses. They read each value in place, without a copy.
//!
//! | function | result, as text | result for an unreadable line |
//! | --- | --- | --- |
//! | `response_outcome(response)` | `authorised`, `refused`, `never_sent` or `unknown` | `unknown` |
//! | `response_next(response)` | the next step: `none`, `resubmit`, `retry`, `look_up`, `authenticate` or `check_access` | `retry` |
//! | `response_findings(response)` | malformed parts that decide nothing, with `; ` between; null if there are none |
//! null |
//! | `response_reason(response)` | the reason of the response code: `D02` | null |
//! | `response_code(response)` | the text in the place of the code; null for `-`, `null` and empty | null |
//! | `response_checks(response)` | the three digits of CVV, address and postcode; null if malformed | null |
//! | `response_field(response, name)` | a field by its name in errors: `status`, `message`, `extras`, … | null |
//!
//! All return null for null. Outcome and next step are those of a first sending.

use std::borrow::Cow;
use std::sync::Arc;

use cashflows_codec::remote_auth::response::{ResponseField, View};
use cashflows_codec::remote_auth::{NextStep, Outcome};
use cashflows_codec::value::Checks;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, StringBuilder};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{DataFusionError, Result, ScalarValue, exec_err};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};

/// All functions.
pub fn all() -> Vec<Arc<ScalarUDF>> {
    let functions = [
        Function::Outcome,
        Function::Next,
        Function::Findings,
        Function::Reason,
        Function::Code,
        Function::Checks,
        Function::Field,
    ];
    functions.into_iter().map(|function| Arc::new(ScalarUDF::from(ResponseFunction::new(function)))).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Function {
    Outcome,
    Next,
    Findings,
    Reason,
    Code,
    Checks,
    Field,
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct ResponseFunction {
    function: Function,
    signature: Signature,
}

impl ResponseFunction {
    fn new(function: Function) -> Self {
        let texts = vec![DataType::Utf8View, DataType::Utf8, DataType::LargeUtf8];
        let arguments = if function == Function::Field { 2 } else { 1 };
        Self { function, signature: Signature::uniform(arguments, texts, Volatility::Immutable) }
    }
}

impl ScalarUDFImpl for ResponseFunction {
    fn name(&self) -> &str {
        match self.function {
            Function::Outcome => "response_outcome",
            Function::Next => "response_next",
            Function::Findings => "response_findings",
            Function::Reason => "response_reason",
            Function::Code => "response_code",
            Function::Checks => "response_checks",
            Function::Field => "response_field",
        }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8)
    }

    fn invoke_with_args(&self, call: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let (responses, name) = match call.args.as_slice() {
            [responses] => (responses, None),
            [responses, name] => (responses, Some(name)),
            _ => return exec_err!("{} takes a response", self.name()),
        };
        let is_scalar = matches!(responses, ColumnarValue::Scalar(_));
        let responses = responses.to_array(if is_scalar { 1 } else { call.number_rows })?;
        let read = match (self.function, name) {
            (Function::Outcome, _) => map(&responses, |response, out| {
                out.append_value(Outcome::of(&View::decode(response)).as_str());
            }),
            (Function::Next, _) => map(&responses, |response, out| {
                out.append_value(NextStep::of(&View::decode(response)).as_str());
            }),
            (Function::Findings, _) => map(&responses, |response, out| {
                let findings = View::decode(response).map(View::findings).unwrap_or_default();
                let words: Vec<String> = findings.iter().map(ToString::to_string).collect();
                out.append_option((!words.is_empty()).then(|| words.join("; ")));
            }),
            (Function::Reason, _) => map(&responses, |response, out| {
                match View::decode(response).ok().and_then(View::reason) {
                    // For a listed reason, the static text.
                    Some(reason) if reason.text().is_some() => out.append_value(reason.as_str()),
                    reason => out.append_option(reason.map(|reason| reason.to_string())),
                }
            }),
            (Function::Code, _) => map(&responses, |response, out| {
                let code = field(response, ResponseField::Code);
                out.append_option(code.filter(|code| !matches!(code.trim(), "" | "-" | "null")));
            }),
            (Function::Checks, _) => map(&responses, |response, out| {
                let checks = field(response, ResponseField::Checks);
                out.append_option(checks.filter(|checks| Checks::try_from(&**checks).is_ok()));
            }),
            (Function::Field, Some(name)) => {
                let Some(name) = named(name)? else { return Ok(ScalarValue::Utf8(None).into()) };
                map(&responses, |response, out| out.append_option(field(response, name)))
            }
            (Function::Field, None) => {
                return exec_err!("response_field takes a response and the name of a field");
            }
        }?;
        if is_scalar { Ok(ScalarValue::try_from_array(&read, 0)?.into()) } else { Ok(read.into()) }
    }
}

fn field(response: &str, field: ResponseField) -> Option<Cow<'_, str>> {
    View::decode(response).ok().map(|view| view.field(field))
}

/// The field with a name, which is the same for every row; none for null.
fn named(name: &ColumnarValue) -> Result<Option<ResponseField>> {
    use ResponseField::*;
    let ColumnarValue::Scalar(name) = name else {
        return exec_err!("the name of a field must be the same for every row");
    };
    let Some(name) = name.try_as_str().flatten() else { return Ok(None) };
    let fields = [Line, Status, TransactionId, Checks, Code, Message, Extras];
    let found = fields.into_iter().find(|field| field.as_str() == name);
    let names = || fields.map(|field| field.as_str()).join(", ");
    let unknown =
        || DataFusionError::Execution(format!("there is no field {name}; the fields are {}", names()));
    found.map(Some).ok_or_else(unknown)
}

/// Maps each response to one text, and null to null, for all types of text.
fn map(responses: &ArrayRef, write: impl Fn(&str, &mut StringBuilder)) -> Result<ArrayRef> {
    fn each<'a>(
        responses: impl Iterator<Item = Option<&'a str>>,
        length: usize,
        write: impl Fn(&str, &mut StringBuilder),
    ) -> ArrayRef {
        let mut out = StringBuilder::with_capacity(length, 8 * length);
        for response in responses {
            match response {
                Some(response) => write(response, &mut out),
                None => out.append_null(),
            }
        }
        Arc::new(out.finish())
    }
    let length = responses.len();
    match responses.data_type() {
        DataType::Utf8View => Ok(each(responses.as_string_view().iter(), length, write)),
        DataType::Utf8 => Ok(each(responses.as_string::<i32>().iter(), length, write)),
        DataType::LargeUtf8 => Ok(each(responses.as_string::<i64>().iter(), length, write)),
        other => exec_err!("a response is text, not {other}"),
    }
}

#[cfg(test)]
#[path = "../../../tests/support/replies.rs"]
mod replies;

#[cfg(test)]
mod tests {
    use datafusion::prelude::SessionContext;

    use super::*;

    /// The result of a query, as rows of texts with `|` between.
    async fn ask(sql: &str) -> Result<Vec<String>> {
        let context = SessionContext::new();
        for function in all() {
            context.register_udf((*function).clone());
        }
        let batches = context.sql(sql).await?.collect().await?;
        let mut rows = Vec::new();
        for batch in &batches {
            let columns: Vec<_> = batch.columns().iter().map(|column| column.as_string::<i32>()).collect();
            for row in 0..batch.num_rows() {
                let text = |column: &&datafusion::arrow::array::StringArray| {
                    if column.is_null(row) { "null".to_owned() } else { column.value(row).to_owned() }
                };
                rows.push(columns.iter().map(text).collect::<Vec<_>>().join(" "));
            }
        }
        Ok(rows)
    }

    /// Compares the functions with the table of the codec's own tests. A column has text only.
    #[tokio::test]
    async fn functions_agree_with_the_table_of_responses() {
        for response in super::replies::replies() {
            let Ok(body) = str::from_utf8(&response.body) else { continue };
            if body.contains('\0') {
                continue;
            }
            let body = body.replace('\'', "''");
            let sql = format!(
                "SELECT response_outcome('{body}') || ' ' || response_next('{body}') || ' ' \
                 || coalesce(response_findings('{body}'), '')"
            );
            let findings = response.findings.unwrap_or_default().join("; ");
            let expected = format!("{} {} {findings}", response.outcome, response.next);
            assert_eq!(ask(&sql).await.unwrap(), [expected], "{}", body.escape_debug());
        }
    }

    const RESPONSES: &str = "(VALUES ('A|01S00001724|232|031971|Authorised|74698692333601146452212|1000000000030419'), \
        ('A|01V0135F755|000|-|Authorised'), ('D|01S00001723|400|D102|Not Authorised'), \
        ('D|01S00001723|400|D199|Not Authorised'), ('S|01S00001723|000|S001|Connection failure'), \
        ('<html>'), (NULL)) AS responses(response)";

    #[tokio::test]
    async fn functions_read_columns_of_all_types_of_text() {
        let expected = [
            "authorised null 031971 232 A",
            "authorised null null 000 A",
            "refused D02 D102 400 D",
            "refused D99 D199 400 D",
            "never_sent S01 S001 000 S",
            "unknown null null null null",
            "null null null null null",
        ];
        for kind in ["Utf8", "LargeUtf8", "Utf8View"] {
            let sql = format!(
                "SELECT response_outcome(response), response_reason(response), response_code(response), response_checks(response), \
                 response_field(response, 'status') FROM (SELECT arrow_cast(response, '{kind}') AS response FROM {RESPONSES})"
            );
            assert_eq!(ask(&sql).await.unwrap(), expected, "{kind}");
        }
    }

    #[tokio::test]
    async fn response_field_has_every_name_and_refuses_others() {
        for (name, expected) in [
            ("transaction_id", "01S00001724"),
            ("message", "Authorised"),
            ("extras", "74698692333601146452212|1000000000030419"),
        ] {
            let sql = format!("SELECT response_field(response, '{name}') FROM {RESPONSES} LIMIT 1");
            assert_eq!(ask(&sql).await.unwrap(), [expected]);
        }
        let error =
            ask(&format!("SELECT response_field(response, 'arn') FROM {RESPONSES}")).await.unwrap_err();
        assert!(error.to_string().contains("there is no field arn; the fields are line, status"), "{error}");
        assert_eq!(ask("SELECT response_outcome('A|1|200|-|ok')").await.unwrap(), ["authorised"]);
    }
}
