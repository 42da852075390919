use chrono::NaiveDate;

use super::{
    Application, Bearing, Kind, Organ, Outcome, Refusal, Registration, State, SupervisorColumn,
    Verdict, Votes, bearing, missing, period_end,
};
use crate::ids::AssociationId;
use crate::scheme::{Measure, Scheme};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// With New Year's Day, as the office's head keeps the calendar (FD-5).
fn scheme() -> Scheme {
    let mut scheme = Scheme::lvyuan_2018().unwrap();
    scheme.campaign.days_off.push(day("2019-01-01"));
    scheme
}

const TODAY: &str = "2018-12-31";

fn application() -> Application {
    Application {
        organ: Some(Organ::Assembly),
        met_on: Some(day("2018-11-30")),
        votes: None,
        consented_on: None,
        content: None,
        applied_on: day("2018-12-10"),
    }
}

fn outcome() -> Outcome {
    Outcome {
        verdict: Verdict::Granted,
        decided_on: day("2018-12-12"),
        document: Some("绿民社〔2018〕12号".to_owned()),
        column: None,
        opinion: None,
    }
}

fn entry(id: i64, kind: Kind, outcome: Option<Outcome>) -> Registration {
    Registration {
        id,
        association: AssociationId(1),
        kind,
        state: outcome.as_ref().map_or(State::Received, Outcome::state),
        application: application(),
        outcome,
        entered_by: None,
        decided_by: None,
        version: 1,
    }
}

#[test]
fn fd_6_a_statutory_period_that_ends_on_a_day_off_ends_on_the_next_workday() {
    let scheme = scheme();
    for (from, last) in [
        // Sunday 12-30 is off, and so are 12-31 and New Year's Day.
        ("2018-11-30", "2019-01-02"),
        ("2018-11-01", "2018-12-03"),
        ("2018-11-05", "2018-12-05"),
        // A Saturday on which people work (TC-43).
        ("2018-11-29", "2018-12-29"),
    ] {
        assert_eq!(period_end(&scheme.campaign, day(from)), day(last), "{from}");
    }
}

#[test]
fn t6_the_period_runs_from_the_meeting_or_from_the_units_consent() {
    let scheme = scheme();
    let with = |kind: Kind, consented: Option<&str>| {
        let application = Application {
            consented_on: consented.map(day),
            ..application()
        };
        application.due(kind, &scheme.campaign)
    };
    for (kind, consented, due) in [
        (Kind::Charter, None, Some("2019-01-02")),
        (Kind::Charter, Some("2018-12-05"), Some("2019-01-04")),
        (Kind::Legal, None, Some("2019-01-02")),
        (Kind::Domicile, None, Some("2019-01-02")),
        (Kind::Business, None, Some("2019-01-02")),
        (Kind::Officers, None, Some("2019-01-02")),
        // These go by the batch's own dates.
        (Kind::Members, None, None),
        (Kind::Certificate, None, None),
    ] {
        assert_eq!(
            with(kind, consented),
            due.map(day),
            "{kind:?} {consented:?}"
        );
    }
}

#[test]
fn rg_8_votes_are_counted_in_integers() {
    for (organ, entitled, present, agreed, short) in [
        (Organ::Assembly, 90, 60, 30, false),
        (Organ::Assembly, 90, 59, 59, true),
        (Organ::Delegates, 90, 60, 29, true),
        (Organ::Council, 15, 10, 7, false),
        (Organ::Council, 15, 10, 6, true),
        (Organ::Standing, 5, 3, 3, true),
        (Organ::Standing, 5, 4, 3, false),
    ] {
        let votes = Votes {
            entitled,
            present,
            agreed,
        };
        assert_eq!(votes.short(organ).is_some(), short, "{organ:?} {votes:?}");
    }
    for (entitled, present, agreed, possible) in [
        (90, 60, 60, true),
        (90, 91, 60, false),
        (90, 60, 61, false),
        (0, 0, 0, false),
    ] {
        let votes = Votes {
            entitled,
            present,
            agreed,
        };
        assert_eq!(votes.possible().is_ok(), possible, "{votes:?}");
    }
}

#[test]
fn what_was_received_has_what_its_kind_needs_in_the_order_of_days() {
    let check = |kind: Kind, change: fn(&mut Application)| {
        let mut application = application();
        change(&mut application);
        application.check(kind, day(TODAY)).err()
    };
    for (kind, change, refusal) in [
        (Kind::Charter, (|_| {}) as fn(&mut Application), None),
        (
            Kind::Charter,
            |it| (it.met_on, it.organ) = (None, None),
            Some(Refusal::NoMeeting),
        ),
        (
            Kind::Domicile,
            |it| {
                (it.met_on, it.organ) = (None, None);
                it.content = Some("春城大街9号".to_owned());
            },
            None,
        ),
        (Kind::Charter, |it| it.organ = None, Some(Refusal::NoOrgan)),
        (Kind::Legal, |_| {}, Some(Refusal::NoContent)),
        (
            Kind::Charter,
            |it| it.applied_on = day("2019-01-01"),
            Some(Refusal::ToCome),
        ),
        (
            Kind::Charter,
            |it| it.applied_on = day("2018-11-29"),
            Some(Refusal::AppliedTooEarly),
        ),
        (
            Kind::Charter,
            |it| it.consented_on = Some(day("2018-12-11")),
            Some(Refusal::AppliedTooEarly),
        ),
        (
            Kind::Charter,
            |it| {
                it.votes = Some(Votes {
                    entitled: 9,
                    present: 10,
                    agreed: 1,
                });
            },
            Some(Refusal::ImpossibleVotes),
        ),
    ] {
        assert_eq!(check(kind, change), refusal, "{kind:?}");
    }
}

#[test]
fn a_result_has_its_paper_and_what_the_certificate_says() {
    let check = |kind: Kind, change: fn(&mut Outcome)| {
        let mut outcome = outcome();
        change(&mut outcome);
        outcome.check(kind, &application(), day(TODAY)).err()
    };
    for (kind, change, refusal) in [
        (Kind::Charter, (|_| {}) as fn(&mut Outcome), None),
        (Kind::Certificate, |_| {}, Some(Refusal::NoColumn)),
        (
            Kind::Certificate,
            |it| it.column = Some(SupervisorColumn::Blank),
            None,
        ),
        (
            Kind::Charter,
            |it| it.document = None,
            Some(Refusal::NoDocument(Kind::Charter)),
        ),
        (
            Kind::Charter,
            |it| it.decided_on = day("2018-12-09"),
            Some(Refusal::ImpossibleDay(day("2018-12-09"))),
        ),
        (
            Kind::Charter,
            |it| it.decided_on = day("2019-01-01"),
            Some(Refusal::ImpossibleDay(day("2019-01-01"))),
        ),
        (
            Kind::Charter,
            |it| (it.verdict, it.document) = (Verdict::Refused, None),
            Some(Refusal::NoOpinion),
        ),
        (
            Kind::Certificate,
            |it| {
                (it.verdict, it.document) = (Verdict::Refused, None);
                it.opinion = Some("材料不全".to_owned());
            },
            None,
        ),
    ] {
        assert_eq!(check(kind, change), refusal, "{kind:?}");
    }
}

#[test]
fn too_few_votes_ask_for_the_reason() {
    let votes = Some(Votes {
        entitled: 90,
        present: 50,
        agreed: 50,
    });
    let short = Application {
        votes,
        ..application()
    };
    let check = |opinion: Option<&str>| {
        let outcome = Outcome {
            opinion: opinion.map(str::to_owned),
            ..outcome()
        };
        outcome.check(Kind::Charter, &short, day(TODAY)).err()
    };
    assert_eq!(check(None), Some(Refusal::ShortVotes));
    assert_eq!(check(Some("章程第十九条规定过半数到会即可")), None);
}

#[test]
fn t1_02_is_done_where_the_certificate_names_no_unit() {
    let with = |column: Option<SupervisorColumn>| Outcome {
        column,
        ..outcome()
    };
    let refused = Outcome {
        verdict: Verdict::Refused,
        opinion: Some("材料不全".to_owned()),
        ..outcome()
    };
    let holds = Bearing::Holds(day("2018-12-12"));
    let certificate = |outcome| entry(1, Kind::Certificate, outcome).bearing();
    assert_eq!(certificate(None), Bearing::Applied);
    assert_eq!(
        certificate(Some(with(Some(SupervisorColumn::Blank)))),
        holds
    );
    assert_eq!(
        certificate(Some(with(Some(SupervisorColumn::Nothing)))),
        holds
    );
    let named = certificate(Some(with(Some(SupervisorColumn::Named))));
    assert!(matches!(named, Bearing::Fails(why) if why.contains("仍有登载")));
    let failed = certificate(Some(refused));
    assert!(matches!(failed, Bearing::Fails(why) if why.contains("材料不全")));
    assert_eq!(entry(1, Kind::Charter, Some(with(None))).bearing(), holds);
}

#[test]
fn of_several_entries_the_first_that_is_done_counts_then_what_is_applied_for() {
    let done = |on: &str| Outcome {
        decided_on: day(on),
        ..outcome()
    };
    let refused = Outcome {
        verdict: Verdict::Refused,
        opinion: Some("材料不全".to_owned()),
        ..outcome()
    };
    let kind = Kind::Officers;
    let entries = [
        entry(1, kind, Some(refused)),
        entry(2, kind, None),
        entry(3, kind, Some(done("2018-12-20"))),
        entry(4, kind, Some(done("2018-12-18"))),
    ];
    let told = |entries: &[Registration]| bearing(entries).map(|(entry, _)| entry.id);
    assert_eq!(told(&entries), Some(4));
    assert_eq!(told(&entries[..2]), Some(2));
    assert_eq!(told(&entries[..1]), Some(1));
    assert_eq!(told(&[]), None);
    assert_eq!(missing(kind, &entries), None);
    assert!(missing(kind, &entries[..2]).unwrap().contains("已于"));
    assert!(missing(kind, &entries[..1]).unwrap().contains("材料不全"));
    assert!(missing(kind, &[]).unwrap().contains("尚未登记"));
}

#[test]
fn every_measure_of_registration_has_its_kind_in_both_schemes() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let national = Scheme::load(&folder.join("src/scheme/national_2019")).unwrap();
    for scheme in [Scheme::lvyuan_2018().unwrap(), national] {
        for kind in Kind::ALL {
            let measure = scheme.measure(kind.measure());
            assert!(measure.is_some(), "{kind:?}");
        }
        let of_registration = |code: &str| code.starts_with("T6-") || code == "T1-02";
        for measure in scheme.measures.measures.iter().map(Measure::code) {
            let known = Kind::of_measure(measure).is_some();
            assert_eq!(known, of_registration(measure), "{measure}");
        }
    }
}
