//! What the policy must know of a docket: the scheme says which parties do what, the row who
//! stands in which relation to it.

use sqlx::PgConnection;

use crate::access::acts::Act;
use crate::access::{Actor, Role};
use crate::ids::CampaignId;
use crate::scheme::Scheme;
use crate::scheme::processes::{EVERYBODY, Process, Step};

use super::drafts;

/// A docket, as the policy sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Docket {
    /// Whether it is the actor's to know of.
    pub reads: bool,
    /// Whether the association that it is about is, too.
    pub association: bool,
    /// The acts that the scheme gives them on it, in whatever state.
    pub may: Vec<Act>,
}

/// The process that an address names, short enough to be copied with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    letters: [u8; 32],
}

impl Named {
    /// The name in an address; none: no process is called so.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        let fits = !name.is_empty() && name.len() <= 32 && !name.contains('\0');
        let mut letters = [0; 32];
        letters
            .get_mut(..name.len())?
            .copy_from_slice(name.as_bytes());
        fits.then_some(Self { letters })
    }

    /// The name.
    #[must_use]
    pub fn text(&self) -> &str {
        let text = std::str::from_utf8(&self.letters).unwrap_or_default();
        text.trim_end_matches('\0')
    }
}

/// Who stands in which relation to a docket.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// Its process.
    pub process: String,
    /// Its state.
    pub state: String,
    /// How grave it is.
    pub level: String,
    /// Whose it is.
    pub owner: i64,
    /// Whom it was handed to.
    pub handler: Option<i64>,
    /// Who raised it.
    pub finder: Option<i64>,
    /// The association that it is about.
    pub association: Option<i64>,
    /// Its responsible unit.
    pub unit: Option<i64>,
}

fn is_business(role: Role) -> bool {
    !matches!(role, Role::Sysadmin | Role::Superior)
}

fn is_role(party: &str, role: Role) -> bool {
    Role::from_key(party) == Some(role)
}

/// Whether the actor is a party of a docket.
#[must_use]
pub fn is_party(party: &str, actor: &Actor, of: &Standing) -> bool {
    let (role, own) = (actor.role(), actor.department().0);
    let of_department = is_business(role) && role != Role::Association;
    match party {
        EVERYBODY => is_business(role),
        "lead" => role.is_specialist() && of.owner == own,
        "owner" => of_department && of.owner == own,
        "handler" => of_department && of.handler == Some(own),
        // What an association or the program raised is the office's clerk's to look at, and the
        // association's own.
        "finder" if of.finder.is_none() => role == Role::OfficeClerk || is_own(actor, of),
        "finder" => of_department && of.finder == Some(own),
        _ if role.is_unit() => is_role(party, role) && of.owner == own,
        party => is_role(party, role),
    }
}

fn is_own(actor: &Actor, of: &Standing) -> bool {
    let own = actor.capacity.association.map(|id| id.0);
    own.is_some() && own == of.association
}

/// Whether somebody begins dockets of a process.
#[must_use]
pub fn begins(actor: &Actor, process: &Process) -> bool {
    let role = actor.role();
    let party = |party: &String| match party.as_str() {
        EVERYBODY => is_business(role),
        party => is_role(party, role),
    };
    process.begin.iter().any(party)
}

/// Whether somebody reads all dockets of a process.
#[must_use]
pub fn reads_all(actor: &Actor, process: &Process) -> bool {
    let role = actor.role();
    let party = |party: &String| match party.as_str() {
        EVERYBODY => is_business(role),
        party => is_role(party, role),
    };
    process.reads.iter().any(party)
}

/// Whether a docket that is not settled yet is somebody's to know of, where its process keeps
/// it to those who write and decide it.
#[must_use]
pub fn writes(actor: &Actor, process: &Process, of: &Standing) -> bool {
    let mut by = process.steps.iter().flat_map(|step| &step.by);
    by.any(|party| party != EVERYBODY && is_party(party, actor, of))
}

/// The acts that are an actor's on a docket. Who returns it from one state need not return it
/// from another: where an act is open as the docket stands, only its parties there do it. Where
/// it is open to nobody, the machine says so to whom it could be.
fn acts_of(actor: &Actor, process: &Process, of: &Standing) -> Vec<Act> {
    let is_of = |step: &&Step| step.by.iter().any(|party| is_party(party, actor, of));
    let here = |name: &str| {
        let open = process.open(&of.state, &of.level);
        open.filter(|step| step.act == name).collect::<Vec<&Step>>()
    };
    let mut found = Vec::new();
    for step in &process.steps {
        let open = here(&step.act);
        let may = if open.is_empty() {
            is_of(&step)
        } else {
            open.iter().any(is_of)
        };
        if may {
            found.extend(Act::from_name(&step.act));
        }
    }
    found
}

impl Docket {
    /// What the scheme gives an actor on a docket.
    #[must_use]
    pub fn of(actor: &Actor, process: &Process, of: &Standing) -> Self {
        let (role, own) = (actor.role(), Some(actor.department().0));
        let has_to_do = !matches!(role, Role::Association | Role::Sysadmin | Role::Superior)
            && (Some(of.owner) == own || of.handler == own || of.finder == own || of.unit == own);
        let open = !matches!(of.state.as_str(), "settled" | "withdrawn");
        let reads = if process.secret && open {
            writes(actor, process, of)
        } else {
            reads_all(actor, process) || has_to_do || is_own(actor, of)
        };
        let mut may = acts_of(actor, process, of);
        if may.contains(&Act::DocketSave) && !process.files.is_empty() {
            may.push(Act::DocketAttach);
        }
        let association = role.reads_all() || of.unit == own || is_own(actor, of);
        Self {
            reads,
            association,
            may,
        }
    }

    /// Of a process in which somebody wants to begin one.
    #[must_use]
    pub fn begun(actor: &Actor, process: &Process) -> Self {
        let begins = begins(actor, process);
        Self {
            reads: true,
            association: false,
            may: begins.then_some(Act::DocketBegin).into_iter().collect(),
        }
    }
}

/// What is known of a docket's address.
pub(super) struct Loaded {
    /// The docket.
    pub(super) docket: Docket,
    /// What of it the actor wrote.
    pub(super) drafted: Vec<Act>,
}

/// The docket of a number; `None` where there is none, or none of a process of the scheme.
pub(super) async fn load(
    connection: &mut PgConnection,
    campaign: CampaignId,
    scheme: &Scheme,
    (actor, id): (&Actor, i64),
) -> Result<Option<Loaded>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select d.process, d.state, d.level, d.department_id, d.handler_id, d.finder_id, d.association_id,
                  a.department_id as "unit?",
                  array(select distinct r.act from act_record r
                        where r.campaign_id = d.campaign_id and r.subject_kind = 'docket' and r.subject_id = d.id
                          and r.account_id = $3 and r.act = any($4)) as "drafted!"
           from docket d
           left join association a on a.campaign_id = d.campaign_id and a.id = d.association_id
           where d.campaign_id = $1 and d.id = $2"#,
        campaign.0,
        id,
        actor.account.0,
        &drafts::names(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.and_then(|row| {
        let process = scheme.process(&row.process)?;
        let of = Standing {
            process: row.process,
            state: row.state,
            level: row.level,
            owner: row.department_id,
            handler: row.handler_id,
            finder: row.finder_id,
            association: row.association_id,
            unit: row.unit,
        };
        Some(Loaded {
            docket: Docket::of(actor, process, &of),
            drafted: drafts::acts(&row.drafted),
        })
    }))
}

/// Which dockets somebody finds in lists: of these processes all, of the others those that they
/// have to do with; of secret ones that are not settled those that they write or decide.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// Processes that are read whole.
    pub whole: Vec<String>,
    /// Processes whose open dockets are others' to know of.
    pub hidden: Vec<String>,
    /// The department.
    pub department: Option<i64>,
    /// The association.
    pub association: Option<i64>,
}

impl Reach {
    /// Of a person.
    #[must_use]
    pub fn of(actor: &Actor, scheme: &Scheme) -> Self {
        let role = actor.role();
        let mut reach = Self {
            association: actor.capacity.association.map(|id| id.0),
            ..Self::default()
        };
        if is_business(role) && role != Role::Association {
            reach.department = Some(actor.department().0);
        }
        let none = Standing::default();
        for process in &scheme.processes.processes {
            if reads_all(actor, process) {
                reach.whole.push(process.code().to_owned());
            }
            if process.secret && !writes(actor, process, &none) {
                reach.hidden.push(process.code().to_owned());
            }
        }
        reach
    }
}
