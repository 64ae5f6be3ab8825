//! What is JSON, what is not, and where it goes wrong.

use proptest::prelude::*;

use super::*;

fn error(body: &[u8]) -> (String, usize) {
    let error = Document::read(body, &JsonLimits::default()).map(drop).unwrap_err();
    (error.to_string(), error.offset())
}

#[test]
fn errors_name_the_member_and_the_byte() {
    for (body, shown, offset) in [
        ("", "the body is empty", 0),
        (" \r\n\t", "the body is empty", 4),
        ("<html>", "the body is HTML or XML", 0),
        ("  <!DOCTYPE html>", "the body is HTML or XML", 2),
        ("{", "the body is cut short", 1),
        ("[", "[0] is cut short", 1),
        (r#"{"a"#, "the body is cut short", 3),
        (r#"{"a""#, "a is cut short", 4),
        (r#"{"a":"#, "a is cut short", 5),
        (r#"{"a":1"#, "the body is cut short", 6),
        (r#"{"a":1,"#, "the body is cut short", 7),
        (r#"{"a":1,}"#, "the body has a character that cannot stand here", 7),
        (r#"{a:1}"#, "the body has a character that cannot stand here", 1),
        (r#"{"a" 1}"#, "a has a character that cannot stand here", 5),
        (r#"{"a":[1,]}"#, "a[1] has a character that cannot stand here", 8),
        (r#"{"a":[1 2]}"#, "a[1] has a character that cannot stand here", 8),
        (r#"{"a":[{"b":tru"#, "a[0].b is cut short", 11),
        (r#"{"a":[{"b":True}]}"#, "a[0].b has a character that cannot stand here", 11),
        (r#"{"a":'x'}"#, "a has a character that cannot stand here", 5),
        (r#"{"a":"x"}}"#, "the body has something behind its end", 9),
        ("1 1", "the body has something behind its end", 2),
        (r#"{"a":"\x"}"#, "a has an invalid escape", 6),
        (r#"{"a":"\ud800"}"#, "a has an invalid escape", 6),
        (r#"{"a":"\"#, "a is cut short", 6),
        ("{\"a\":\"\n\"}", "a has a character that cannot stand here", 6),
        (r#"{"a":01}"#, "a has a character that cannot stand here", 5),
        (r#"{"a":-}"#, "a has a character that cannot stand here", 5),
        (r#"{"a":1.}"#, "a has a character that cannot stand here", 5),
        (r#"{"a":1e}"#, "a has a character that cannot stand here", 5),
        (r#"{"a":1e+"#, "a is cut short", 5),
        (r#"{"a":NaN}"#, "a has a character that cannot stand here", 5),
        (r#"{"a":1,"a":2}"#, "a appears more than once", 8),
        (r#"{"a":{"b":1,"\u0062":2}}"#, "a.b appears more than once", 13),
    ] {
        assert_eq!(error(body.as_bytes()), (shown.to_owned(), offset), "{body}");
    }
    assert_eq!(error(b"{\"a\":\"\xff\"}"), ("the body is not valid UTF-8".to_owned(), 6));
}

#[test]
fn limits_are_kept() {
    let limits = JsonLimits::default().with_bytes(20).with_depth(3).with_values(5);
    let read =
        |body: &str| Document::read(body.as_bytes(), &limits).map(drop).map_err(|error| error.to_string());
    assert_eq!(read("[[[1, 2]]]"), Ok(()));
    assert_eq!(read("[[[[]]]]"), Err("the body is nested more than 3 deep".to_owned()));
    assert_eq!(read("[1,1,1,1]"), Ok(()));
    assert_eq!(read("[1,1,1,1,1]"), Err("[4] has more than 5 values and names".to_owned()));
    assert_eq!(read("\"123456789012345678\""), Ok(()));
    assert_eq!(read("\"1234567890123456789\""), Err("the body has more than 20 bytes".to_owned()));
}

/// Ten thousand lists inside of each other, and a limit that lets them in: nothing recurs.
#[test]
fn depth_costs_no_stack() {
    let deep = "[".repeat(300_000) + &"]".repeat(300_000);
    let limits = JsonLimits::default().with_depth(usize::MAX).with_values(usize::MAX);
    let document = Document::read(deep.as_bytes(), &limits).unwrap();
    assert_eq!(document.root().as_json(), deep);
    assert_eq!(
        Document::read(&deep.as_bytes()[1..], &limits).map(drop).unwrap_err().problem(),
        JsonProblem::Trailing
    );
}

/// Names that all differ, and one that does not, among so many that looking at each pair would take
/// minutes.
#[test]
fn duplicates_among_many_members_are_found() {
    let names: String = (0..200_000).map(|number| format!("\"{number}\":0,")).collect();
    let limits = JsonLimits::default().with_bytes(usize::MAX).with_values(usize::MAX);
    let read =
        |body: String| Document::read(body.as_bytes(), &limits).map(drop).map_err(|error| error.to_string());
    assert_eq!(read(format!("{{{names}\"x\":0}}")), Ok(()));
    assert_eq!(read(format!("{{{names}\"777\":0}}")), Err("777 appears more than once".to_owned()));
}

#[test]
fn every_duplicate_is_told_in_the_order_of_the_body() {
    let body = br#"{"b":[{"c":1,"c":2}],"a":1,"b":2,"a":{"d":1,"d":2}}"#;
    let document = Document::read_with_duplicates(body, &JsonLimits::default()).unwrap();
    let told: Vec<_> = document.duplicates().iter().map(|error| error.member().to_string()).collect();
    assert_eq!(told, ["b[0].c", "b", "a", "a.d"]);
}

/// A path is looked for from where the last one was found: that must not show.
#[test]
fn a_path_is_the_same_whatever_was_asked_before() {
    let body = br#"{"b":[{"c":1,"d":[[2],3]},{"c":[]},4],"a":{"e":{"f":5},"g":6},"h":7}"#;
    let read = || Document::read(body, &JsonLimits::default()).unwrap();
    let document = read();
    let count = u32::try_from(document.nodes.len()).unwrap();
    for first in 0..count {
        for second in 0..count {
            for index in [first, second] {
                let fresh = read().error(index, JsonProblem::Missing);
                assert_eq!(document.error(index, JsonProblem::Missing), fresh, "{first}, {second}");
            }
        }
    }
}

#[test]
fn values_are_what_they_are() {
    let body = br#" {"text":"a\u0041","number":-1.50e+3,"yes":true,"no":false,"null":null,"list":[1,"2"],"object":{"a":1}} "#;
    let document = Document::read(body, &JsonLimits::default()).unwrap();
    let object = document.root().object().unwrap();
    let get = |name| object.get(name).unwrap();
    assert_eq!(&*get("text").text().unwrap(), "aA");
    assert_eq!(&*get("number").text_or_number().unwrap(), "-1.50e+3");
    assert_eq!((get("yes").boolean(), get("no").boolean()), (Ok(true), Ok(false)));
    assert!(object.get("null").is_none() && object.get("none").is_none());
    let list = get("list").each(|element| Ok(element.text_or_number()?.to_owned()));
    assert_eq!(list.unwrap(), ["1", "2"]);
    assert_eq!(get("object").as_json(), r#"{"a":1}"#);
    assert_eq!(get("text").as_json(), r#""a\u0041""#);

    let message = |result: Result<(), JsonError>| result.unwrap_err().to_string();
    assert_eq!(message(get("number").text().map(drop)), "number must be text");
    assert_eq!(message(get("yes").text_or_number().map(drop)), "yes must be text or a number");
    assert_eq!(message(get("text").boolean().map(drop)), "text must be true or false");
    assert_eq!(message(get("list").object().map(drop)), "list must be an object");
    assert_eq!(message(get("object").list().map(drop)), "object must be a list");
    assert_eq!(
        message(get("list").each(|element| element.text().map(drop)).map(drop)),
        "list[0] must be text"
    );
    assert_eq!(message(object.require("null").map(drop)), "null is missing");
    assert_eq!(message(get("object").object().unwrap().require("b").map(drop)), "object.b is missing");
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    assert!(Document::read("\u{feff}{}".as_bytes(), &JsonLimits::default()).is_ok());
    assert_eq!(error("{}\u{feff}".as_bytes()).0, "the body has something behind its end");
}

/// What serde_json reads of it, numbers as text.
fn rebuilt(value: Value<'_>) -> serde_json::Value {
    if let Ok(text) = value.text() {
        return (*text).into();
    }
    if let Ok(number) = value.text_or_number() {
        return serde_json::from_str(&number).unwrap();
    }
    if let Ok(object) = value.object() {
        return object.members().map(|(name, value)| (name.to_owned(), rebuilt(value))).collect();
    }
    match value.list() {
        Ok(list) => list.map(rebuilt).collect(),
        Err(_) => value.boolean().map_or(serde_json::Value::Null, Into::into),
    }
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            prop::collection::vec((any::<String>(), inner), 0..5)
                .prop_map(|members| members.into_iter().collect::<serde_json::Value>()),
        ]
    })
}

/// What counts is how many are open at once, not how many there have been.
#[test]
fn many_containers_beside_each_other_are_not_deep() {
    let body = format!("[{}[]]", "[{}],".repeat(1_000));
    assert!(Document::read(body.as_bytes(), &JsonLimits::default().with_depth(3)).is_ok());
    let (text, _) = error(format!("{}{}", "[".repeat(33), "]".repeat(33)).as_bytes());
    assert_eq!(text, "the body is nested more than 32 deep");
}

proptest! {
    #[test]
    fn what_is_json_is_read_as_serde_json_reads_it(value in json(), pretty: bool) {
        let body = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        let body = body.unwrap();
        let document = Document::read(body.as_bytes(), &JsonLimits::default()).unwrap();
        prop_assert_eq!(rebuilt(document.root()), serde_json::from_str::<serde_json::Value>(&body).unwrap());
    }

    /// Reads the bodies that serde_json reads, and no others, duplicates apart.
    #[test]
    fn what_is_no_json_is_refused(
        body in prop_oneof![
            "[\\[\\]{}:,\"\\\\u0-9a-f.eE+\\-truefalsn \n]{0,24}",
            "\\{\"[ab]\":([\\[\\]{}:,\"0-9.eE+\\-]|\"\\\\?[\"\\\\/bfnrtu0-9a-f]{0,5}\"|true|null){0,8}\\}?",
            (json(), any::<prop::sample::Index>(), any::<char>()).prop_map(|(value, place, character)| {
                let mut body: Vec<char> = value.to_string().chars().collect();
                let place = place.index(body.len());
                body[place] = character;
                body.into_iter().collect()
            }),
        ],
    ) {
        let read = Document::read_with_duplicates(body.as_bytes(), &JsonLimits::default());
        let theirs = serde_json::from_str::<serde::de::IgnoredAny>(body.trim_start_matches('\u{feff}'));
        prop_assert_eq!(read.is_ok(), theirs.is_ok(), "{:?} {:?}", body, theirs);
    }

    #[test]
    fn no_bytes_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Err(error) = Document::read(&body, &JsonLimits::default()) {
            prop_assert!(error.offset() <= body.len());
            let _shown = error.to_string();
        }
    }
}
