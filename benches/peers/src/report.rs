//! Prints the results.

use serde_json::json;

use crate::goals::Verdict;
use crate::group::Role;
use crate::measure::{Results, Timed};

/// The build profile, as told by the script.
fn profile() -> String {
    std::env::var("PEERS_PROFILE").unwrap_or_else(|_| "unnamed profile".to_owned())
}

pub fn tables(results: &[Results], goals: &[Verdict]) {
    println!("# {}\n", profile());
    for results in results {
        table(results);
    }
    println!("| goal | ours to, or of ours | limit | measured | |\n| --- | --- | ---: | ---: | --- |");
    for goal in goals {
        let Verdict { number, group, against, limit, measured } = goal;
        let met = if goal.is_met() { "met" } else { "**missed**" };
        println!("| {number} {group} | {against} | {limit:.2} | {measured:.2} | {met} |");
    }
}

fn table(results: &Results) {
    println!("| {} | ns | spread | ours to it | allocations | peak bytes | instructions |", results.group);
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for case in &results.cases {
        let ours = results.ours().filter(|ours| ours.name != case.name);
        let ratio = ours.map_or_else(|| "–".to_owned(), |ours| format!("{:.3}", ours.ratio_to(case)));
        let instructions = case.instructions.map_or_else(|| "–".to_owned(), |count| format!("{count:.0}"));
        println!(
            "| {}{} | {:.1} | ±{:.0} % | {ratio} | {} | {} | {instructions} |",
            case.name,
            if case.role == Role::Floor { " (floor)" } else { "" },
            case.median(),
            100.0 * case.spread(),
            allocations(results, case),
            case.heap.peak,
        );
    }
    println!();
}

/// Allocations for one input, and how many of them grew.
fn allocations(results: &Results, case: &Timed) -> String {
    let each = |count: usize| (10.0 * count as f64 / results.units as f64).round() / 10.0;
    match case.heap.reallocations {
        0 => each(case.heap.allocations).to_string(),
        grown => format!("{} + {} grown", each(case.heap.allocations), each(grown)),
    }
}

/// The format is described in `benches/README.md`.
pub fn json(results: &[Results], goals: &[Verdict]) {
    let groups: Vec<_> = results
        .iter()
        .map(|results| {
            let cases: Vec<_> = results.cases.iter().map(|case| case_json(results, case)).collect();
            json!({ "group": results.group, "inputs": results.units, "cases": cases })
        })
        .collect();
    let goals: Vec<_> = goals
        .iter()
        .map(|goal| {
            let Verdict { number, group, against, limit, measured } = goal;
            json!({
                "goal": number,
                "group": group,
                "against": against,
                "limit": limit,
                "measured": measured,
                "met": goal.is_met(),
            })
        })
        .collect();
    println!("{}", json!({ "profile": profile(), "groups": groups, "goals": goals }));
}

fn case_json(results: &Results, case: &Timed) -> serde_json::Value {
    json!({
        "name": case.name,
        "role": case.role.as_str(),
        "nanoseconds": case.median(),
        "spread": case.spread(),
        "ours_to_it": results.ours().map(|ours| ours.ratio_to(case)),
        "allocations": case.heap.allocations as f64 / results.units as f64,
        "reallocations": case.heap.reallocations as f64 / results.units as f64,
        "peak_bytes": case.heap.peak,
        "instructions": case.instructions,
    })
}
