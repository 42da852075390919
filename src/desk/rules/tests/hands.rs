//! In whose hands each kind lies in each state, and until which day.

/// Kind, state, and in which hands with which act until which day.
pub(super) const HANDS: &[(&str, &str, &[&str])] = &[
    (
        "scope",
        "open",
        &[
            "1 office_leader scope.decide 2018-09-15",
            "9 unit_clerk scope.propose 2018-09-15",
        ],
    ),
    (
        "scope",
        "proposed",
        &["1 office_leader scope.decide 2018-10-10"],
    ),
    (
        "survey_start",
        "none",
        &["9 unit_clerk survey.save 2018-09-15"],
    ),
    ("survey", "draft", &["9 unit_clerk survey.save 2018-09-15"]),
    (
        "survey",
        "for_signature",
        &["9 unit_leader survey.submit 2018-09-15"],
    ),
    // FD-3: three working days after the return.
    (
        "survey",
        "returned",
        &["9 unit_clerk survey.save 2018-10-08"],
    ),
    (
        "survey",
        "submitted",
        &[
            "1 office_clerk survey.return 2018-10-10",
            "1 office_leader survey.confirm 2018-10-10",
        ],
    ),
    ("survey", "confirmed", &[]),
    (
        "plan_start",
        "none",
        &["9 unit_clerk plan.create 2018-10-19"],
    ),
    ("plan", "draft", &["9 unit_clerk plan.save 2018-10-19"]),
    ("plan", "returned", &["9 unit_clerk plan.save 2018-10-19"]),
    (
        "plan",
        "for_signature",
        &["9 unit_leader plan.submit 2018-10-19"],
    ),
    // Departments have not answered: it is theirs.
    ("plan", "submitted", &[]),
    ("plan", "approved", &["9 unit_leader plan.begin 2018-10-05"]),
    ("plan", "implementing", &[]),
    (
        "change",
        "pending",
        &["1 office_leader change.approve 2018-10-10"],
    ),
    ("exit", "draft", &["9 unit_leader exit.propose 2018-10-10"]),
    ("exit", "proposed", &["1 civil_reg exit.decide 2018-10-10"]),
    ("exit", "refused", &["9 unit_clerk exit.save 2018-10-10"]),
    (
        "activity",
        "with_office",
        &["1 office_leader activity.allow 2018-10-10"],
    ),
    (
        "roster_request",
        "proposed",
        &["1 office_leader roster.amend 2018-10-10"],
    ),
    (
        "recommendation",
        "approved",
        &["1 office_leader roster.publish 2018-09-30"],
    ),
    (
        "revision",
        "outdated",
        &[
            "1 office_leader revision.apply 2018-10-10",
            "9 unit_leader revision.apply 2018-10-10",
        ],
    ),
    (
        "founding",
        "open",
        &["1 civil_reg founding.save 2018-10-10"],
    ),
    (
        "nil_report",
        "owed",
        &[
            "9 unit_clerk association.create 2018-09-15",
            "9 unit_leader nil.report 2018-09-15",
        ],
    ),
    (
        "risks",
        "reported",
        &["1 office_clerk workgroup.note 2018-10-10"],
    ),
    (
        "notice_due",
        "none",
        &["9 unit_clerk notice.send 2018-10-19"],
    ),
    (
        "objection",
        "open",
        &["1 office_clerk objection.answer 2018-10-10"],
    ),
];
