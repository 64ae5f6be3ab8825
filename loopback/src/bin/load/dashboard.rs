//! The books of an acquirer in another process, as its dashboard shows them.

use std::collections::HashMap;
use std::net::SocketAddr;

use crate::Failure;
use crate::books::Books;
use crate::exchange::Connection;

/// Reads all pages of the ledger. References that the dashboard masks, because they look like card
/// numbers, are counted with the others but not told apart.
pub async fn books(address: SocketAddr) -> Result<Books, Failure> {
    let mut connection = Connection::open(address).await?;
    let mut charges = HashMap::new();
    let mut charge_count = 0;
    let mut balance = None;
    let mut next = Some("/".to_owned());
    while let Some(path) = next {
        let reply = connection.exchange("GET", &path, [], b"").await?;
        let page = str::from_utf8(reply.body)?;
        if reply.status != 200 {
            return Err(format!("{path} of the dashboard: status {}", reply.status).into());
        }
        balance = balance.or(Some(self::balance(page)?));
        for reference in charged(page)? {
            charge_count += 1;
            if !reference.contains('*') {
                *charges.entry(reference.into()).or_default() += 1;
            }
        }
        next = older(page).map(ToOwned::to_owned);
    }
    Ok(Books { balance: balance.unwrap_or_default(), sum: None, charge_count, charges: Some(charges) })
}

/// The balance in pounds; none, while there is no transaction.
fn balance(page: &str) -> Result<i128, Failure> {
    let Some(text) = between(page, "<dt>Balance in GBP</dt><dd>", "</dd>") else {
        let empty = between(page, "<dt>Transactions</dt><dd>", "</dd>") == Some("0");
        return if empty { Ok(0) } else { Err("the dashboard shows no balance in GBP".into()) };
    };
    let digits: String = text.chars().filter(|letter| !matches!(letter, '.' | ',')).collect();
    Ok(digits.replace('−', "-").parse()?)
}

/// The references of the authorised sales and continuous payments of a page.
fn charged(page: &str) -> Result<Vec<String>, Failure> {
    let Some(table) = between(page, "id=\"ledger-title\"", "</section>") else {
        return Err("the dashboard shows no ledger".into());
    };
    let rows = table.split("<tr>").filter(|row| row.starts_with("<th scope=\"row\">"));
    let mut references = Vec::new();
    for row in rows {
        let cells: Vec<_> = row.split("<td").map(text).collect();
        let [_, _, operation, reference, _, _, outcome, ..] = cells.as_slice() else {
            return Err("a row of the dashboard's ledger is too short".into());
        };
        if matches!(operation.as_str(), "sale" | "continuous") && outcome.starts_with("authorised") {
            // What it goes back to stands behind it.
            let reference = reference.split(" of ").next().unwrap_or_default();
            references.push(reference.to_owned());
        }
    }
    Ok(references)
}

/// The page of older transactions.
fn older(page: &str) -> Option<&str> {
    let table = between(page, "id=\"ledger-title\"", "</section>")?;
    table
        .split("<a ")
        .find(|link| link.contains("rel=\"next\""))
        .and_then(|link| between(link, "href=\"", "\""))
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after)?.0)
}

/// What is written in a cell, whose tag has lost its beginning.
fn text(cell: &str) -> String {
    let pieces = cell.split('>').skip(1).filter_map(|piece| piece.split('<').next());
    pieces.collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    const PAGE: &str = "<dl><dt>Transactions</dt><dd>1,204</dd><dt>Balance in GBP</dt><dd>-1,234.50</dd></dl>\
        <section><h2 id=\"ledger-title\"></h2><table><tr><th scope=\"col\">Transaction</th></tr>\
        <tr><th scope=\"row\"><a>01S00000009</a></th><td><time>x</time></td><td>sale</td><td>cart-1</td>\
        <td class=\"amount\">24.99 GBP</td><td><span>pending</span></td><td class=\"long\">authorised <span>000009</span></td></tr>\
        <tr><th scope=\"row\"></th><td></td><td>continuous</td><td>20**01 <span>of </span><a>05P00000001</a></td><td></td><td></td><td>authorised</td></tr>\
        <tr><th scope=\"row\"></th><td></td><td>sale</td><td>no</td><td></td><td></td><td>Insufficient funds</td></tr>\
        <tr><th scope=\"row\"></th><td></td><td>refund</td><td></td><td></td><td></td><td>authorised</td></tr>\
        </table><a href=\"/\">Newest</a> <a href=\"/?until=1104\" rel=\"next\">Older</a></section>\
        <section><tr><th scope=\"row\"></th><td>a job</td></tr></section>";

    #[test]
    fn a_page_of_the_ledger_is_read() {
        assert_eq!(balance(PAGE).unwrap(), -123_450);
        assert_eq!(charged(PAGE).unwrap(), ["cart-1", "20**01"]);
        assert_eq!(older(PAGE), Some("/?until=1104"));
        assert_eq!(older(&PAGE.replace("next", "prev")), None);
    }

    #[test]
    fn what_is_no_ledger_is_an_error() {
        assert_eq!(balance("<dt>Transactions</dt><dd>0</dd>").unwrap(), 0);
        assert!(balance("<dt>Transactions</dt><dd>1</dd>").is_err());
        assert!(charged("<html>").is_err());
        assert!(charged("id=\"ledger-title\"><tr><th scope=\"row\"><td>sale</section>").is_err());
    }
}
