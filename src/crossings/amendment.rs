//! 增补、调整、撤出、更正 of the published list (LI-8): the amendment, and with each
//! withdrawal the end of the plan and of what is open of it, in one transaction.

use crate::access::case::Stuck;
use crate::access::{Act, Scope as Reach, Seen};
use crate::database::{Db, Done, Stopped, Write};
use crate::exits::store::living;
use crate::exits::store::stakes::{Stakes, stakes};
use crate::ids::AssociationId;
use crate::roster::acts::requesting::of;
use crate::roster::acts::{Amended, Amendment, amend_in};
use crate::roster::rules::Refusal;
use crate::roster::rules::amendments::Standing;
use crate::roster::rules::requests::{Change, State};
use crate::roster::store::amendments::{self, Differing};
use crate::roster::store::requests::{self, Request};
use crate::scheme::Scheme;

use super::ending::Ending;

/// What may be amended now, which is what an amendment of several is decided on.
pub struct Amendable {
    /// What must be added.
    pub due: Vec<Standing>,
    /// What else may be.
    pub addable: Vec<Standing>,
    /// What may be withdrawn.
    pub withdrawable: Vec<Standing>,
    /// What would end with it.
    pub stakes: Vec<Stakes>,
    /// What is asked for.
    pub requests: Vec<Request>,
    /// What reads otherwise on the list than in the register.
    pub differing: Vec<Differing>,
}

impl Amendable {
    /// As it stands now, within reach.
    pub async fn load(db: &mut Db, scheme: &Scheme, reach: Reach) -> Result<Self, sqlx::Error> {
        let parameters = &scheme.campaign.parameters;
        let standings = amendments::standings(db, parameters, None).await?;
        let those = |fits: fn(&Standing) -> bool| -> Vec<Standing> {
            let all = standings.iter();
            all.filter(|each| fits(each)).cloned().collect()
        };
        let withdrawable = those(Standing::may_be_withdrawn);
        let ids: Vec<i64> = withdrawable.iter().map(|each| each.id).collect();
        Ok(Self {
            due: those(Standing::must_be_added),
            addable: those(|each| each.may_be_added() && !each.must_be_added()),
            withdrawable,
            stakes: stakes(db, &ids).await?,
            requests: requests::in_state(db, reach, State::Proposed).await?,
            differing: amendments::differing(db).await?,
        })
    }

    /// What would end with an association's withdrawal.
    #[must_use]
    pub fn stakes(&self, id: i64) -> Option<&Stakes> {
        self.stakes.iter().find(|stakes| stakes.association == id)
    }

    /// All of it as the page shows it.
    #[must_use]
    pub fn seen(&self) -> Seen {
        let groups = [
            ("due", &self.due),
            ("add", &self.addable),
            ("withdraw", &self.withdrawable),
        ];
        let standings = groups.into_iter().flat_map(|(group, standings)| {
            standings.iter().map(move |each| {
                let ends = self.stakes(each.id).map(Stakes::sentence);
                let (id, name, version, asked) = (each.id, &each.name, each.version, each.asked);
                format!("{group} {id} {name} {version} {asked:?} {ends:?}")
            })
        });
        let differing = self.differing.iter().map(|each| {
            let Differing {
                id,
                version,
                listed,
                registered,
            } = each;
            format!("correct {id} {version} {listed} {registered}")
        });
        let requests = self.requests.iter().map(request_line);
        Seen::list(standings.chain(differing).chain(requests))
    }
}

fn request_line(request: &Request) -> String {
    format!("request {} {}", request.id, request.version)
}

/// What one request is agreed to on: itself, and what would end.
#[must_use]
pub fn shown(request: &Request, stakes: Option<&Stakes>) -> Seen {
    let ends = stakes.map(Stakes::sentence).unwrap_or_default();
    Seen::list([request_line(request), ends])
}

/// Amends the list under the next number; the number.
pub async fn amend(mut write: Write, seen: Seen, amendment: &Amendment) -> Done<Refusal, i32> {
    amendments::lock(&mut write).await?;
    let scheme = write.scheme()?;
    let reach = write.actor().map(Reach::of).ok_or(Stopped::Hidden)?;
    let now = Amendable::load(&mut write, &scheme, reach).await?;
    let ids = [
        amendment.added.as_slice(),
        &amendment.withdrawn,
        &amendment.corrected,
    ]
    .concat();
    let about = ids.first().copied().unwrap_or_default();
    write.list(&seen, &now.seen(), of(AssociationId(about)))?;
    carry_out(write, amendment).await
}

/// Agrees to the request about an association, with the reason that is made public: an
/// amendment with this association alone.
pub async fn agree(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    reason: String,
) -> Done<Refusal, i32> {
    amendments::lock(&mut write).await?;
    let found = requests::lock(&mut write, association).await?;
    let ends = stakes(&mut write, &[association.0]).await?;
    if let Some(request) = &found {
        write.list(&seen, &shown(request, ends.first()), of(association))?;
    }
    let now = Seen::version(found.as_ref().map_or(0, |request| request.version));
    let step = write.step(found, &now, Act::RosterAmend).await?;
    let mut amendment = Amendment {
        reason,
        ..Amendment::default()
    };
    match step.case.change {
        Change::Added => amendment.added.push(association.0),
        Change::Withdrawn => amendment.withdrawn.push(association.0),
    }
    carry_out(write, &amendment).await
}

async fn carry_out(mut write: Write, amendment: &Amendment) -> Done<Refusal, i32> {
    let Amended {
        number,
        title,
        told,
    } = amend_in(&mut write, amendment).await?;
    for id in amendment.withdrawn.iter().copied().map(AssociationId) {
        end(&mut write, id, &title).await?;
    }
    write.finish::<Refusal>(told).await?;
    Ok(number)
}

/// Ends what an association that is withdrawn has under way.
async fn end(write: &mut Write, association: AssociationId, title: &str) -> Result<(), Stopped> {
    let found = living(write, association).await?;
    let (unit, _) = found.ok_or(Stuck::Stale(of(association)))?;
    let reason = format!("协会撤出脱钩名单（{title}）");
    let ending = Ending {
        of: (association, unit),
        act: Act::RosterAmend,
        reason: &reason,
    };
    let why = |_: &str| format!("协会已撤出脱钩名单，本事项终止（{title}）");
    let closed = ending.end_in(write, why).await?;
    let lapsed = closed.lapsed;
    let sentence = format!("实施方案随撤出名单终止（{title}），{lapsed}项未办结事项终止");
    if let Some(record) = ending.record(&closed, &sentence) {
        write.tell(record);
    }
    Ok(())
}
