//! One wording for each status: every closed set is a `words!`, calls its values by
//! different names, and nothing else writes those names.

use std::any::type_name;
use std::collections::BTreeSet;

use tuogou::words::Word;
use tuogou::{
    access, accounts, activities, corrections, dashboard, desk, exits, figures, findings, holdings,
    imports, oversight, plan, posts, progress, registrations, registry, roster, scheme, settings,
    signatures, signing, survey, timeline, words, workgroups,
};

use super::sources;

/// A closed set: where it is declared, and key and label of its values.
struct Set {
    name: &'static str,
    words: Vec<(&'static str, &'static str)>,
}

fn set<W: Word>() -> Set {
    let words = W::WORDS.iter().map(|word| (word.key(), word.label()));
    Set {
        name: type_name::<W>(),
        words: words.collect(),
    }
}

/// What becomes of something: read in lists, on tags, in filters.
fn states() -> Vec<Set> {
    vec![
        set::<activities::rules::State>(),
        set::<corrections::rules::State>(),
        set::<exits::rules::State>(),
        set::<findings::rules::State>(),
        set::<holdings::rules::State>(),
        set::<oversight::rules::State>(),
        set::<plan::approvals::rules::ApprovalState>(),
        set::<plan::changes::rules::ChangeState>(),
        set::<plan::conditions::rules::ConditionState>(),
        set::<plan::notices::rules::NoticeState>(),
        set::<plan::review::rules::parts::PartState>(),
        set::<plan::rules::State>(),
        set::<posts::rules::Severity>(),
        set::<posts::rules::Standing>(),
        set::<progress::rules::ItemState>(),
        set::<progress::rules::extension::State>(),
        set::<registrations::rules::State>(),
        set::<registry::rules::Computed>(),
        set::<registry::rules::Scope>(),
        set::<registry::rules::Stage>(),
        set::<registry::rules::Standing>(),
        set::<roster::rules::Mandatory>(),
        set::<roster::rules::State>(),
        set::<roster::rules::requests::State>(),
        set::<settings::rules::delegations::Standing>(),
        set::<imports::rules::State>(),
        set::<signing::rules::Outcome>(),
        set::<survey::rules::Filled>(),
        set::<survey::rules::marks::Found>(),
        set::<survey::rules::State>(),
        set::<timeline::rules::orders::State>(),
        set::<timeline::rules::reminders::Degree>(),
        set::<timeline::rules::punctuality::Owner>(),
        set::<timeline::rules::reminders::Ground>(),
        set::<words::mark::Mark>(),
        set::<workgroups::rules::Standing>(),
    ]
}

/// What something is. Their names are nouns, which pages and sentences use too.
fn kinds() -> Vec<Set> {
    vec![
        set::<dashboard::pages::workbench::tabs::Tab>(),
        set::<desk::rules::Loose>(),
        set::<desk::store::reading::Share>(),
        set::<access::Role>(),
        set::<accounts::rules::periods::Basis>(),
        set::<activities::rules::Kind>(),
        set::<corrections::rules::Kind>(),
        set::<findings::rules::Kind>(),
        set::<findings::rules::Level>(),
        set::<oversight::rules::Level>(),
        set::<figures::Set>(),
        set::<holdings::rules::Register>(),
        set::<imports::rules::Kind>(),
        set::<imports::rules::line::Verdict>(),
        set::<plan::approvals::rules::Verdict>(),
        set::<progress::pages::filters::Shown>(),
        set::<registrations::rules::Kind>(),
        set::<registrations::rules::SupervisorColumn>(),
        set::<registrations::rules::Verdict>(),
        set::<registrations::rules::Organ>(),
        set::<registry::rules::ExitKind>(),
        set::<registry::rules::TieKind>(),
        set::<registry::rules::periods::Field>(),
        set::<registry::rules::suspension::Cause>(),
        set::<registry::rules::founding::Answer>(),
        set::<roster::rules::amendments::AmendmentKind>(),
        set::<roster::rules::lines::Change>(),
        set::<roster::rules::lines::Source>(),
        set::<roster::rules::requests::Change>(),
        set::<roster::rules::units::Missing>(),
        set::<scheme::parameters::Group>(),
        set::<scheme::persons::PersonCategory>(),
        set::<scheme::survey::Privacy>(),
        set::<signatures::rules::Kind>(),
        set::<survey::rules::Fate>(),
        set::<timeline::rules::reminders::Kind>(),
        set::<workgroups::rules::Part>(),
    ]
}

/// Where the words of a state stand and mean something else: file, label, why.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    (
        "templates/plan/show/reading.html",
        "要求补正",
        "what the office may open at a part, not how the part stands",
    ),
    (
        "src/holdings/pages/tables.rs",
        "依法保留",
        "what becomes of a function, not of an item",
    ),
    (
        "src/holdings/rules/standing.rs",
        "依法保留",
        "what becomes of a function, not of an item",
    ),
    (
        "src/survey/pages/section.rs",
        "尚未报送",
        "there is no survey yet, so that it has no state",
    ),
    (
        "templates/posts/ledger.html",
        "尚未报送",
        "a day that has not come, in the place of its date",
    ),
];

#[test]
fn every_set_is_known_here() {
    let mut found = BTreeSet::new();
    for (file, text) in sources::program() {
        let module = file.trim_start_matches("src/").trim_end_matches(".rs");
        let module = module.trim_end_matches("/mod").replace('/', "::");
        for declared in text.split("words! {\n").skip(1) {
            let name = declared.split("enum ").nth(1).unwrap();
            let name = name.split_whitespace().next().unwrap();
            found.insert(format!("tuogou::{module}::{name}"));
        }
    }
    let sets = states().into_iter().chain(kinds());
    let known: BTreeSet<String> = sets.map(|set| set.name.to_owned()).collect();
    let apart: Vec<_> = found.symmetric_difference(&known).collect();
    assert!(apart.is_empty(), "here or in src only: {apart:#?}");
}

#[test]
fn no_two_values_of_a_set_are_called_the_same() {
    for set in states().iter().chain(&kinds()) {
        let keys: BTreeSet<_> = set.words.iter().map(|(key, _)| key).collect();
        let labels: BTreeSet<_> = set.words.iter().map(|(_, label)| label).collect();
        assert_eq!(keys.len(), set.words.len(), "{}: {keys:?}", set.name);
        assert_eq!(labels.len(), set.words.len(), "{}: {labels:?}", set.name);
    }
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// A value that carries something cannot be one of a closed set.
#[test]
fn no_closed_set_writes_its_labels_by_hand() {
    for (file, text) in sources::program() {
        for (place, _) in text.match_indices("fn label(") {
            let start = text[..place].rfind('\n').map_or(0, |end| end + 1);
            let indent = text[start..].len() - text[start..].trim_start().len();
            let end = format!("\n{}}}\n", " ".repeat(indent));
            let body = text[place..].split(&end).next().unwrap();
            let arms = body.lines().filter(|line| line.contains("Self::"));
            let by_hand = arms.clone().any(|line| {
                line.split_once("=> \"")
                    .is_some_and(|(_, rest)| is_chinese(rest))
            });
            let carries = arms.clone().any(|line| line.contains('('));
            let number = text[..place].matches('\n').count() + 1;
            assert!(!by_hand || carries, "{file}:{number} is for words!");
        }
    }
}

/// A program's text without the tables of `words!`.
fn without_sets(text: &str) -> String {
    let mut set = false;
    let lines = text.lines().map(|line| {
        set = (set || line.ends_with("words! {")) && line != "}";
        if set { "" } else { line }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_state_is_written_only_where_it_is_declared() {
    let states = states();
    let labels: BTreeSet<&str> = states
        .iter()
        .flat_map(|set| set.words.iter().map(|(_, label)| *label))
        .filter(|label| label.chars().count() >= 4)
        .collect();
    let mut found = Vec::new();
    let mut expected: BTreeSet<_> = ELSEWHERE
        .iter()
        .map(|(file, label, _)| (*file, *label))
        .collect();
    for (file, text) in sources::program() {
        for (line, number) in without_sets(&text).lines().zip(1..) {
            for label in &labels {
                let again =
                    line.contains(&format!("\"{label}\"")) || line.contains(&format!(">{label}<"));
                let allowed = |place: &(&str, &str)| *place == (file.as_str(), *label);
                if again
                    && !ELSEWHERE
                        .iter()
                        .any(|(file, label, _)| allowed(&(file, label)))
                {
                    found.push(format!("{file}:{number} {label}"));
                }
                expected.retain(|place| !(again && allowed(place)));
            }
        }
    }
    assert!(found.is_empty(), "draw label(): {found:#?}");
    assert!(expected.is_empty(), "no longer there: {expected:?}");
}
