//! Whatever can lie on a desk has words of its own and a page where it is done.

use crate::words::Mark;
use std::collections::BTreeSet;

use crate::access::{Act, Case, Role};
use crate::activities::store::Activity;
use crate::corrections::store::Correction;
use crate::desk::rules::{Found, Loose, RECOMMENDATION, holders};
use crate::desk::store::reading::Lying;
use crate::exits::store::Exit;
use crate::holdings::rules::Register;
use crate::holdings::rules::book::Entry;
use crate::plan::approvals::rules::Approval;
use crate::plan::changes::store::Change;
use crate::plan::conditions::store::Condition;
use crate::plan::notices::store::Notice;
use crate::plan::store::Plan;
use crate::progress::rules::Item;
use crate::roster::store::Recommendation;
use crate::roster::store::requests::Request;
use crate::scheme::Scheme;
use crate::survey::store::Survey;
use crate::timeline::store::orders::Order;
use crate::words::Word;
use crate::workgroups::rules::Part;

fn national() -> Scheme {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    Scheme::load(&folder.join("src/scheme/national_2019")).unwrap()
}

fn found(kind: &str, state: &str, note: &str) -> Found {
    let first = "2018-10-08".parse().unwrap();
    Found {
        kind: kind.to_owned(),
        case: 700,
        association: Some(70),
        unit: 9,
        asked: None,
        finder: None,
        state: state.to_owned(),
        note: note.to_owned(),
        since: first,
        due: Some(first),
        from_on: None,
        count: 1,
        complete: false,
        suspended: false,
    }
}

fn lying(kind: &str, act: Act, note: &str) -> Lying {
    let first = "2018-10-08".parse().unwrap();
    Lying {
        kind: kind.to_owned(),
        case: 700,
        association: Some(70),
        name: None,
        unit: 9,
        unit_name: String::new(),
        department: 9,
        department_name: String::new(),
        role: Role::UnitClerk,
        act: act.name().to_owned(),
        since: first,
        due_on: Some(first),
        count: 1,
        suspended: false,
        note: Some(note.to_owned()),
        part: Some("1".to_owned()),
        person: None,
    }
}

fn of<C: Case>(kind: &'static str) -> Vec<(&'static str, &'static str)> {
    let states = C::State::WORDS.iter();
    states.map(|state| (kind, state.key())).collect()
}

/// Every kind in every state.
fn all() -> Vec<(&'static str, &'static str)> {
    let mut all: Vec<(&str, &str)> = [
        of::<Survey>(Survey::KIND),
        of::<Plan>(Plan::KIND),
        of::<Approval>(Approval::KIND),
        of::<Change>(Change::KIND),
        of::<Condition>(Condition::KIND),
        of::<Notice>(Notice::KIND),
        of::<Item>(Item::KIND),
        of::<Entry>(Entry::KIND),
        of::<Exit>(Exit::KIND),
        of::<Request>(Request::KIND),
        of::<Activity>(Activity::KIND),
        of::<Correction>(Correction::KIND),
        of::<Order>(Order::KIND),
        of::<Recommendation>(RECOMMENDATION),
        vec![("extension", "asked")],
    ]
    .concat();
    for loose in Loose::ALL {
        match loose.key().split_once(':').unwrap() {
            ("workgroup", state) => all.extend(Part::ALL.iter().map(|part| (part.key(), state))),
            other => all.push(other),
        }
    }
    all
}

#[test]
fn whatever_lies_on_a_desk_has_words_and_a_page() {
    let schemes = [Scheme::lvyuan_2018().unwrap(), national()];
    let mut acts = BTreeSet::new();
    for (kind, state) in all() {
        for holder in holders(&found(kind, state, "")) {
            acts.insert((kind, holder.act.name()));
            for scheme in &schemes {
                let row = lying(kind, holder.act, "");
                let (title, href) = (row.title(scheme), row.href(scheme));
                assert!(
                    !title.is_empty() && title.chars().all(|letter| letter != '.'),
                    "{kind} {}: {title}",
                    holder.act.name()
                );
                assert!(href.starts_with('/'), "{kind}: {href}");
                let home = crate::paths::registry::ASSOCIATION.at(70);
                assert_ne!(href, home, "{kind} has no page of its own");
            }
        }
    }
    assert!(acts.len() > 40, "{acts:?}");
    for register in Register::ALL {
        let scheme = schemes.first().unwrap();
        for act in register
            .decision()
            .into_iter()
            .chain([register.recording()])
        {
            let title = lying(Entry::KIND, act, register.key()).title(scheme);
            assert!(title.contains(register.label()), "{title}");
        }
    }
}

#[test]
fn a_checklist_names_its_earliest_item_and_leads_to_a_single_one() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let mut row = lying(Item::KIND, Act::ItemSave, "T3-06/12 T4-03/15");
    row.count = 2;
    let text = scheme.called("T3-06").unwrap();
    assert_eq!(row.title(&scheme), format!("办理“{text}”（T3-06）等2项"));
    assert_eq!(row.href(&scheme), "/associations/70/progress");
    // Of what waits for a verification each department is told its own.
    let mut row = lying(Item::KIND, Act::ItemVerify, "T3-06/12 T4-03/15");
    row.role = Role::OrgDept;
    assert!(
        row.title(&scheme).starts_with("核实“") && row.title(&scheme).ends_with("”（T4-03）"),
        "{}",
        row.title(&scheme)
    );
    assert_eq!(row.href(&scheme), "/associations/70/progress/15");
}

#[test]
fn the_days_that_were_given_are_counted_when_it_is_read() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let mut row = lying(Survey::KIND, Act::SurveyConfirm, "submitted");
    // 9.2: Friday 28 September and five working days are 10 October.
    row.since = "2018-09-28".parse().unwrap();
    row.due_on = Some("2018-10-10".parse().unwrap());
    let on = |day: &str| day.parse().unwrap();
    assert_eq!(
        row.used(&scheme.campaign, on("2018-10-08")),
        "已用3/5个工作日"
    );
    assert_eq!(
        row.state(on("2018-10-10"), 7),
        (Mark::Soon, "今天到期".to_owned())
    );
    assert_eq!(
        row.state(on("2018-10-12"), 7),
        (Mark::Late, "逾期2天".to_owned())
    );
    row.suspended = true;
    assert_eq!(
        row.state(on("2018-10-12"), 7),
        (Mark::Void, "暂停办理".to_owned())
    );
}
