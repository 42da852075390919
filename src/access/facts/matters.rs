//! What a file belongs to. It belongs to nobody by itself: who may read it is who
//! may read its matter, as that stands now (security.md S14). This is the one
//! place that knows every kind of matter; a wall compares it with the database's
//! foreign keys to `file`.

use sqlx::PgConnection;

use crate::access::acts::Act;
use crate::ids::{AssociationId, CampaignId};
use crate::scheme::persons::is_personal;

use super::{Address, Facts};

/// A kind of matter that files belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatterKind {
    /// 证明材料 of an item.
    Item,
    /// Papers of a request to amend the published list.
    Request,
    /// What came with an objection to it.
    Objection,
    /// What is attached to a docket.
    Docket,
}

impl MatterKind {
    /// The act that shows the matter's page or the part of it that lists its files.
    #[must_use]
    pub const fn shown_by(self) -> Act {
        match self {
            Self::Item => Act::EvidenceRead,
            Self::Request => Act::AmendmentRead,
            Self::Objection => Act::ObjectionRead,
            Self::Docket => Act::DocketRead,
        }
    }

    /// The kind with the database's name.
    fn from_key(key: &str) -> Option<Self> {
        match key {
            "item" => Some(Self::Item),
            "request" => Some(Self::Request),
            "objection" => Some(Self::Objection),
            "docket" => Some(Self::Docket),
            _ => None,
        }
    }
}

/// One thing that a file belongs to, or belonged to until it was taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Matter {
    /// Its kind.
    pub kind: MatterKind,
    /// Its number.
    pub id: i64,
    /// The association that it is about.
    pub association: Option<AssociationId>,
    /// It is about a person of the register.
    pub personal: bool,
    /// The file was taken away from it.
    pub removed: bool,
}

impl Matter {
    /// What the policy must know of it, given what it knows of the address.
    #[must_use]
    pub fn facts(&self, address: &Facts) -> Facts {
        Facts {
            personal: self.personal,
            matters: Vec::new(),
            ..address.clone()
        }
    }

    fn stands_at(&self, address: Address) -> bool {
        let objection = (self.kind == MatterKind::Objection).then_some(self.id);
        let docket = (self.kind == MatterKind::Docket).then_some(self.id);
        self.association.map(|id| id.0) == address.association
            && objection == address.objection
            && docket == address.docket
    }
}

/// The matters of a file under an address; none: there is no such file there.
pub(super) async fn at(
    connection: &mut PgConnection,
    campaign: CampaignId,
    address: Address,
    file: i64,
) -> Result<Vec<Matter>, sqlx::Error> {
    let all = of_file(connection, campaign, file).await?;
    let here = all.into_iter().filter(|matter| matter.stands_at(address));
    Ok(here.collect())
}

/// Everything that a file belongs to or belonged to.
async fn of_file(
    connection: &mut PgConnection,
    campaign: CampaignId,
    file: i64,
) -> Result<Vec<Matter>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select 'item' as "kind!", i.id as "id!", i.association_id, i.object as "object!", false as "removed!"
           from evidence e
           join item i on i.campaign_id = e.campaign_id and i.id = e.item_id
           where e.campaign_id = $1 and e.file_id = $2
           union all
           select 'request', q.id, q.association_id, '', false
           from roster_request_file n
           join roster_request q on q.campaign_id = n.campaign_id and q.id = n.request_id
           where n.campaign_id = $1 and n.file_id = $2
           union all
           select 'objection', n.objection_id, null, '', false
           from roster_objection_file n
           where n.campaign_id = $1 and n.file_id = $2
           union all
           select 'docket', n.docket_id, null, '', false
           from docket_file n
           where n.campaign_id = $1 and n.file_id = $2
           union all
           select case when r.item_id is null then 'request' else 'item' end, coalesce(r.item_id, r.request_id),
                  coalesce(i.association_id, q.association_id), coalesce(i.object, ''), true
           from file_removal r
           left join item i on i.campaign_id = r.campaign_id and i.id = r.item_id
           left join roster_request q on q.campaign_id = r.campaign_id and q.id = r.request_id
           where r.campaign_id = $1 and r.file_id = $2"#,
        campaign.0,
        file,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Matter {
                kind: MatterKind::from_key(&row.kind)?,
                id: row.id,
                association: row.association_id.map(AssociationId),
                personal: is_personal(&row.object),
                removed: row.removed,
            })
        })
        .collect())
}
