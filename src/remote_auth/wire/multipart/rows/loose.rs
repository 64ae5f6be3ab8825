//! Lines as spreadsheets write them: fields in quotation marks or between blanks, with semicolons or tabs between them,
//! and separators behind the last one. Neither a reference nor a result can have one of these characters.

const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// Returns true for a byte that a line without a field can have.
pub(super) const fn is_filler(byte: u8) -> bool {
    matches!(byte, b',' | b';' | b'\t' | b' ' | b'"')
}

/// The two fields of a line that has no others.
pub(super) fn two_fields(line: &str) -> Option<(&str, &str)> {
    let (first, second) = filled(line).split_once(SEPARATORS)?;
    (!second.contains(SEPARATORS)).then_some((unquoted(first)?, unquoted(second)?))
}

/// The field of a line that has no other.
pub(super) fn one_field(line: &str) -> Option<&str> {
    let field = filled(line);
    if field.contains(SEPARATORS) { None } else { unquoted(field) }
}

/// The line without the separators behind it.
fn filled(line: &str) -> &str {
    line.trim_end_matches([',', ';', '\t', ' '])
}

/// The text of a field without the blanks around it, and without quotation marks around that, of which there are two or
/// none.
fn unquoted(field: &str) -> Option<&str> {
    let field = field.trim_matches(' ');
    let text = match field.strip_prefix('"') {
        Some(quoted) => quoted.strip_suffix('"')?.trim_matches(' '),
        None => field,
    };
    (!text.is_empty() && !text.contains('"')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_without_guessing() {
        for (line, fields) in [
            ("A1,ok", Some(("A1", "ok"))),
            ("A1;ok", Some(("A1", "ok"))),
            ("A1\tok", Some(("A1", "ok"))),
            ("\"A1\",\"ok\"", Some(("A1", "ok"))),
            (" \" A1 \" ; ok ;; \t", Some(("A1", "ok"))),
            ("A1,ok,x", None),
            ("A1;ok,x", None),
            ("A1", None),
            (",ok", None),
            ("A1,", None),
            ("\"A1,ok\"", None),
            ("\"A1;ok", None),
            ("A\"1;ok", None),
            ("\"\"A1\"\";ok", None),
            ("\"", None),
            ("", None),
        ] {
            assert_eq!(two_fields(line), fields, "{line:?}");
        }
        for (line, field) in [
            ("A1", Some("A1")),
            ("\"A1\";;", Some("A1")),
            (" A1\t", Some("A1")),
            ("A1;B2", None),
            (";A1", None),
            ("\"A1", None),
            ("\"\"", None),
            (",", None),
        ] {
            assert_eq!(one_field(line), field, "{line:?}");
        }
    }
}
