//! PL-10 to PL-12: people, assets and linked departments, one by one.

use crate::scheme::persons::category;

use super::{Finding, Subject, about, error, incomplete, several};

/// PL-10: everybody who must be settled has a disposition.
pub(super) fn pl_10(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = incomplete(subject, "PL-10");
    let months = subject.scheme.campaign.parameters.cooling_months;
    let mut settled: Vec<&str> = subject
        .content
        .rows("PL-10")
        .iter()
        .filter(|row| row.text("disposition").is_some())
        .filter_map(|row| row.text("person"))
        .collect();
    let mut open = Vec::new();
    for row in subject.survey.rows("SV-60") {
        if !category(&row, subject.on, months).must_be_settled() {
            continue;
        }
        let name = row.text("name").unwrap_or_default();
        // Two people of one name need two rows.
        match settled.iter().position(|person| *person == name) {
            Some(position) => {
                settled.swap_remove(position);
            }
            None => open.push(name.to_owned()),
        }
    }
    if !open.is_empty() {
        found.push(error(
            "PL-10",
            format!("{}须清理而没有处置安排。", several(&open, "人")),
        ));
    }
    found
}

/// PL-11: no asset in doubt without a date and an owner.
pub(super) fn pl_11(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = incomplete(subject, "PL-11");
    let rows = subject.content.rows("PL-11");
    let open: Vec<String> = subject
        .survey
        .rows("SV-51")
        .iter()
        .filter(|asset| asset.text("ownership") == Some("unclear"))
        .filter_map(|asset| asset.text("name"))
        .filter(|name| {
            !rows.iter().any(|row| {
                row.text("object")
                    .is_some_and(|object| object.contains(name))
                    && row.date("due").is_some()
                    && row.text("owner").is_some()
            })
        })
        .map(str::to_owned)
        .collect();
    found.extend(about("PL-11", &open, |names| {
        format!("待界定的资产{names}没有界定时限和责任人。")
    }));
    found
}

/// PL-12: every linked department has been told (五(二)).
pub(super) fn pl_12(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = incomplete(subject, "PL-12");
    let rows = subject.content.rows("PL-12");
    let untold: Vec<String> = subject
        .linked
        .iter()
        .filter(|name| {
            !rows.iter().any(|row| {
                row.text("department") == Some(name.as_str()) && row.date("sent_on").is_some()
            })
        })
        .cloned()
        .collect();
    if !untold.is_empty() {
        found.push(error(
            "PL-12",
            format!("尚未向{}通报。", several(&untold, "个部门")),
        ));
    }
    if rows
        .iter()
        .filter_map(|row| row.date("sent_on"))
        .any(|sent| sent > subject.on)
    {
        found.push(error("PL-12", "通报日期不能晚于今天。"));
    }
    found
}
