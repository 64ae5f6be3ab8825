//! What SQL can ask of a reply: functions on whole columns of text, each value read where it stands.
//!
//! | function | gives, as text | of a line that cannot be read |
//! | --- | --- | --- |
//! | `reply_outcome(reply)` | `authorised`, `refused`, `never_sent` or `unknown` | `unknown` |
//! | `reply_next(reply)` | the next step: `none`, `resubmit`, `retry`, `look_up`, `authenticate` or `check_access` | `retry` |
//! | `reply_findings(reply)` | what is malformed and decides nothing, with `; ` between; null where nothing is | null |
//! | `reply_reason(reply)` | the reason of the response code: `D02` | null |
//! | `reply_code(reply)` | what stands in the place of the code, null for `-`, `null` and nothing | null |
//! | `reply_checks(reply)` | the three digits of CVV, address and postcode, null where they are malformed | null |
//! | `reply_field(reply, name)` | a field by its name in errors: `status`, `message`, `extras`, … | null |
//!
//! Of null, all give null. Outcome and next step are those of a first sending.

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

/// All of them.
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
    functions.into_iter().map(|function| Arc::new(ScalarUDF::from(ReplyFunction::new(function)))).collect()
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
struct ReplyFunction {
    function: Function,
    signature: Signature,
}

impl ReplyFunction {
    fn new(function: Function) -> Self {
        let texts = vec![DataType::Utf8View, DataType::Utf8, DataType::LargeUtf8];
        let arguments = if function == Function::Field { 2 } else { 1 };
        Self { function, signature: Signature::uniform(arguments, texts, Volatility::Immutable) }
    }
}

impl ScalarUDFImpl for ReplyFunction {
    fn name(&self) -> &str {
        match self.function {
            Function::Outcome => "reply_outcome",
            Function::Next => "reply_next",
            Function::Findings => "reply_findings",
            Function::Reason => "reply_reason",
            Function::Code => "reply_code",
            Function::Checks => "reply_checks",
            Function::Field => "reply_field",
        }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8)
    }

    fn invoke_with_args(&self, call: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let (replies, name) = match call.args.as_slice() {
            [replies] => (replies, None),
            [replies, name] => (replies, Some(name)),
            _ => return exec_err!("{} takes a reply", self.name()),
        };
        let is_scalar = matches!(replies, ColumnarValue::Scalar(_));
        let replies = replies.to_array(if is_scalar { 1 } else { call.number_rows })?;
        let read = match (self.function, name) {
            (Function::Outcome, _) => map(&replies, |reply, out| {
                out.append_value(Outcome::of(&View::decode(reply)).as_str());
            }),
            (Function::Next, _) => map(&replies, |reply, out| {
                out.append_value(NextStep::of(&View::decode(reply)).as_str());
            }),
            (Function::Findings, _) => map(&replies, |reply, out| {
                let findings = View::decode(reply).map(View::findings).unwrap_or_default();
                let words: Vec<String> = findings.iter().map(ToString::to_string).collect();
                out.append_option((!words.is_empty()).then(|| words.join("; ")));
            }),
            (Function::Reason, _) => map(&replies, |reply, out| {
                match View::decode(reply).ok().and_then(View::reason) {
                    // Of a listed one there is the text already.
                    Some(reason) if reason.text().is_some() => out.append_value(reason.as_str()),
                    reason => out.append_option(reason.map(|reason| reason.to_string())),
                }
            }),
            (Function::Code, _) => map(&replies, |reply, out| {
                let code = field(reply, ResponseField::Code);
                out.append_option(code.filter(|code| !matches!(code.trim(), "" | "-" | "null")));
            }),
            (Function::Checks, _) => map(&replies, |reply, out| {
                let checks = field(reply, ResponseField::Checks);
                out.append_option(checks.filter(|checks| Checks::try_from(&**checks).is_ok()));
            }),
            (Function::Field, Some(name)) => {
                let Some(name) = named(name)? else { return Ok(ScalarValue::Utf8(None).into()) };
                map(&replies, |reply, out| out.append_option(field(reply, name)))
            }
            (Function::Field, None) => return exec_err!("reply_field takes a reply and the name of a field"),
        }?;
        if is_scalar { Ok(ScalarValue::try_from_array(&read, 0)?.into()) } else { Ok(read.into()) }
    }
}

fn field(reply: &str, field: ResponseField) -> Option<Cow<'_, str>> {
    View::decode(reply).ok().map(|view| view.field(field))
}

/// The field of a name, which is the same for every row; none of null.
fn named(name: &ColumnarValue) -> Result<Option<ResponseField>> {
    use ResponseField::*;
    let ColumnarValue::Scalar(name) = name else {
        return exec_err!("the name of a field must be the same for every row");
    };
    let Some(name) = name.try_as_str().flatten() else { return Ok(None) };
    let fields = [Line, Status, TransactionId, Checks, Code, Message, Extras];
    let found = fields.into_iter().find(|field| field.as_str() == name);
    let names = || fields.map(|field| field.as_str()).join(", ");
    let unknown = || DataFusionError::Execution(format!("there is no field {name}; there are {}", names()));
    found.map(Some).ok_or_else(unknown)
}

/// One text for each reply, null for null, whichever kind of text they are.
fn map(replies: &ArrayRef, write: impl Fn(&str, &mut StringBuilder)) -> Result<ArrayRef> {
    fn each<'a>(
        replies: impl Iterator<Item = Option<&'a str>>,
        length: usize,
        write: impl Fn(&str, &mut StringBuilder),
    ) -> ArrayRef {
        let mut out = StringBuilder::with_capacity(length, 8 * length);
        for reply in replies {
            match reply {
                Some(reply) => write(reply, &mut out),
                None => out.append_null(),
            }
        }
        Arc::new(out.finish())
    }
    let length = replies.len();
    match replies.data_type() {
        DataType::Utf8View => Ok(each(replies.as_string_view().iter(), length, write)),
        DataType::Utf8 => Ok(each(replies.as_string::<i32>().iter(), length, write)),
        DataType::LargeUtf8 => Ok(each(replies.as_string::<i64>().iter(), length, write)),
        other => exec_err!("a reply is text, not {other}"),
    }
}

#[cfg(test)]
#[path = "../../../tests/support/replies.rs"]
mod replies;

#[cfg(test)]
mod tests {
    use datafusion::prelude::SessionContext;

    use super::*;

    /// What a query gives, as rows of texts with `|` between.
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

    /// The table of replies that the codec's own tests are held against; a column has text only.
    #[tokio::test]
    async fn functions_say_what_the_table_of_replies_says() {
        for reply in super::replies::replies() {
            let Ok(body) = str::from_utf8(&reply.body) else { continue };
            if body.contains('\0') {
                continue;
            }
            let body = body.replace('\'', "''");
            let sql = format!(
                "SELECT reply_outcome('{body}') || ' ' || reply_next('{body}') || ' ' \
                 || coalesce(reply_findings('{body}'), '')"
            );
            let findings = reply.findings.unwrap_or_default().join("; ");
            let expected = format!("{} {} {findings}", reply.outcome, reply.next);
            assert_eq!(ask(&sql).await.unwrap(), [expected], "{}", body.escape_debug());
        }
    }

    const REPLIES: &str = "(VALUES ('A|01S00001724|232|031971|Authorised|74698692333601146452212|1000000000030419'), \
        ('A|01V0135F755|000|-|Authorised'), ('D|01S00001723|400|D102|Not Authorised'), \
        ('D|01S00001723|400|D199|Not Authorised'), ('S|01S00001723|000|S001|Connection failure'), \
        ('<html>'), (NULL)) AS replies(reply)";

    #[tokio::test]
    async fn columns_of_every_kind_of_text_are_read() {
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
                "SELECT reply_outcome(reply), reply_reason(reply), reply_code(reply), reply_checks(reply), \
                 reply_field(reply, 'status') FROM (SELECT arrow_cast(reply, '{kind}') AS reply FROM {REPLIES})"
            );
            assert_eq!(ask(&sql).await.unwrap(), expected, "{kind}");
        }
    }

    #[tokio::test]
    async fn every_field_has_its_name() {
        for (name, expected) in [
            ("transaction_id", "01S00001724"),
            ("message", "Authorised"),
            ("extras", "74698692333601146452212|1000000000030419"),
        ] {
            let sql = format!("SELECT reply_field(reply, '{name}') FROM {REPLIES} LIMIT 1");
            assert_eq!(ask(&sql).await.unwrap(), [expected]);
        }
        let error = ask(&format!("SELECT reply_field(reply, 'arn') FROM {REPLIES}")).await.unwrap_err();
        assert!(error.to_string().contains("there is no field arn; there are line, status"), "{error}");
        assert_eq!(ask("SELECT reply_outcome('A|1|200|-|ok')").await.unwrap(), ["authorised"]);
    }
}
