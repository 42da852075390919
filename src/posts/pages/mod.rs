//! Pages of the register of posts.

pub mod deeds;
pub mod edit;
pub mod ledger;
pub mod overview;
pub mod person;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::access::{Actor, Role};
use crate::ids::AssociationId;
use crate::posts::rules::{Holder, Judged, Limits, days, judge, post_label};
use crate::posts::store::{self, Register};
use crate::web::{App, Error};

/// Whether the person may read names and dates of people in what they see (domain
/// 2.1): units and associations see only their own anyway.
pub fn reads_names(actor: &Actor) -> bool {
    let role = actor.role();
    role.reads_persons() || role.is_unit() || role == Role::Association
}

/// The people of one register, judged today.
pub async fn judged_of(
    app: &App,
    association: AssociationId,
    register: Option<&Register>,
) -> Result<Vec<Judged>, Error> {
    let (pool, campaign) = (app.database.pool(), app.database.campaign().0);
    let holders = store::holders(pool, campaign, association).await?;
    let names: Vec<String> = holders.iter().map(|holder| holder.name.clone()).collect();
    let namesakes = store::namesakes(pool, campaign, &names).await?;
    let cleared: BTreeMap<AssociationId, NaiveDate> = register
        .and_then(|register| register.cleared_on)
        .map(|on| (association, on))
        .into_iter()
        .collect();
    let limits = Limits::of(&app.scheme.campaign.parameters);
    let day = (&limits, app.clock.today());
    Ok(judge(&holders, namesakes, day, &cleared))
}

/// A row of the ledger (EX-9).
pub struct Row {
    /// The person with the findings.
    pub judged: Judged,
    /// The association.
    pub home: String,
    /// Its unit.
    pub unit: String,
    /// Post in words.
    pub post: &'static str,
    /// 任职 or 兼职.
    pub kind: &'static str,
    /// 男, 女.
    pub sex: &'static str,
    /// The day on which three years are full.
    pub full: Option<NaiveDate>,
    /// The birthday of the age limit.
    pub aged: Option<NaiveDate>,
}

impl Row {
    fn new(judged: Judged, (home, unit): (String, String), limits: &Limits) -> Self {
        let holder = &judged.holder;
        let cadre = holder.is_retired_cadre();
        Self {
            home,
            unit,
            post: post_label(&holder.post),
            kind: kind_label(holder),
            sex: match holder.sex.as_deref() {
                Some("m") => "男",
                Some("f") => "女",
                _ => "",
            },
            full: holder
                .retired_on
                .filter(|_| cadre)
                .map(|day| days::add_months(day, limits.cooling_months)),
            aged: holder
                .birth
                .filter(|_| cadre)
                .map(|birth| days::birthday(birth, limits.age_limit)),
            judged,
        }
    }
}

fn kind_label(holder: &Holder) -> &'static str {
    if holder.kind == "full" {
        "任职"
    } else {
        "兼职"
    }
}

/// 1949年2月.
#[must_use]
pub fn month(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}
