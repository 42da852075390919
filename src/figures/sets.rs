//! The sets that figures count, each told once: in words, and as a condition on an
//! association's standing (`f`), which counters have as their key. `cut.on_day` is the day of
//! the first published list.

crate::words! {
    /// A set of associations.
    pub enum Set {
        /// All that were ever registered here.
        Registered = "registered", "台账内全部协会（含已退出）";
        /// ST-1.
        InScope = "in_scope", "范围内的协会（截止日前未退出，不含新设立）";
        /// ST-1 by the units of the day of publication (TC-62).
        InScopeThen = "in_scope_then", "范围内的协会（截止日前未退出，按发布日的主管单位）";
        /// Left by 注销、撤销、合并.
        Exited = "exited", "已退出的协会";
        /// Registered since the scheme was issued (NA-4).
        New = "new", "新设立的协会（未退出）";
        /// Its survey is not with the office yet.
        Surveying = "surveying", "摸底填报中的协会（未退出，不含新设立）";
        /// Its survey waits for the office.
        Surveyed = "surveyed", "摸底待确认的协会（未退出）";
        /// Its survey is confirmed, or it is further.
        Confirmed = "confirmed", "摸底已确认的协会（未退出）";
        /// On the list as it stands.
        Listed = "listed", "现行名单（含已退出）";
        /// Of these, still there.
        Active = "active", "现行名单（不含已退出）";
        /// Of these, left.
        ListedExited = "listed_exited", "现行名单内已退出的协会";
        /// The plan is being written.
        Writing = "writing", "现行名单内方案编制中的协会（不含已退出）";
        /// The plan is with the office.
        Reviewing = "reviewing", "现行名单内方案审查中的协会（不含已退出）";
        /// The office has replied.
        Approved = "approved", "现行名单内已批复待启动的协会（不含已退出）";
        /// The five tracks are being carried out.
        Implementing = "implementing", "现行名单内方案实施中的协会（不含已退出）";
        /// ST-3: five separations done.
        Complete = "complete", "现行名单内完成的协会";
        /// ST-4: open only in what has its own later deadline.
        Basic = "basic", "现行名单内基本完成的协会";
        /// On the list as it was published.
        Published = "published", "发布时的名单（含已退出）";
        /// Of these, left.
        PublishedExited = "published_exited", "发布时的名单内已退出的协会";
        /// Of these, complete.
        PublishedComplete = "published_complete", "发布时的名单内完成的协会";
        /// Of these, basically complete.
        PublishedBasic = "published_basic", "发布时的名单内基本完成的协会";
    }
}

impl Set {
    /// Which associations, on `f`: a row of the standing, or of the counters.
    #[must_use]
    pub const fn holds(self) -> &'static str {
        match self {
            Self::Registered => "true",
            Self::InScope | Self::InScopeThen => {
                "f.scope = 'in' and not f.fresh and f.gone_on >= cut.on_day"
            }
            Self::Exited => "f.gone_on < 'infinity'",
            Self::New => "f.fresh and f.gone_on = 'infinity'",
            Self::Surveying => {
                "f.stage in ('registered', 'surveying') and not f.fresh and f.gone_on = 'infinity'"
            }
            Self::Surveyed => "f.stage = 'survey_submitted' and f.gone_on = 'infinity'",
            Self::Confirmed => {
                "f.stage not in ('registered', 'surveying', 'survey_submitted') and f.gone_on = 'infinity'"
            }
            Self::Listed => "f.listed",
            Self::Active => "f.listed and f.gone_on = 'infinity'",
            Self::ListedExited => "f.listed and f.gone_on < 'infinity'",
            Self::Writing => "f.listed and f.gone_on = 'infinity' and f.stage = 'plan_draft'",
            Self::Reviewing => "f.listed and f.gone_on = 'infinity' and f.stage = 'plan_submitted'",
            Self::Approved => "f.listed and f.gone_on = 'infinity' and f.stage = 'plan_approved'",
            Self::Implementing => {
                "f.listed and f.gone_on = 'infinity' and f.stage = 'implementing'"
            }
            Self::Complete => "f.listed and f.outcome = 'complete'",
            Self::Basic => "f.listed and f.outcome = 'basic'",
            Self::Published => "f.published",
            Self::PublishedExited => "f.published and f.gone_on < 'infinity'",
            Self::PublishedComplete => "f.published and f.outcome = 'complete'",
            Self::PublishedBasic => "f.published and f.outcome = 'basic'",
        }
    }

    /// What follows from it for the association itself (`a`), so that a list finds few by their
    /// index instead of asking the standing of all.
    #[must_use]
    pub const fn implies(self) -> &'static str {
        match self {
            Self::Exited | Self::ListedExited | Self::PublishedExited => "a.exited_on is not null",
            Self::Surveyed => "a.stage = 'survey_submitted'",
            Self::Writing => "a.stage = 'plan_draft'",
            Self::Reviewing => "a.stage = 'plan_submitted'",
            Self::Approved => "a.stage = 'plan_approved'",
            Self::Implementing | Self::Basic | Self::PublishedBasic => "a.stage = 'implementing'",
            Self::Complete | Self::PublishedComplete => "a.stage = 'five_done'",
            _ => "true",
        }
    }

    /// Counted with the unit of the day of publication (TC-62), not with the present one.
    #[must_use]
    pub const fn by_unit_then(self) -> bool {
        matches!(
            self,
            Self::InScopeThen
                | Self::Published
                | Self::PublishedExited
                | Self::PublishedComplete
                | Self::PublishedBasic
        )
    }

    /// The column of its unit.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        if self.by_unit_then() {
            "f.department_then"
        } else {
            "f.department_id"
        }
    }

    /// What a figure says of its set beside the number: who is in it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Registered | Self::Listed | Self::Published => "含已退出",
            Self::InScope | Self::InScopeThen => "截止日前未退出",
            Self::Exited => "全部已退出",
            Self::New | Self::Surveying | Self::Surveyed | Self::Confirmed => "未退出",
            Self::ListedExited => "现行名单内",
            Self::PublishedExited => "发布时名单内",
            _ => "不含已退出",
        }
    }

    /// Which definition of 11.2 it stands in; the anchor on the page of statistics.
    #[must_use]
    pub const fn basis(self) -> &'static str {
        match self {
            Self::InScope | Self::InScopeThen => "ST-1",
            Self::Listed | Self::Published => "ST-2",
            Self::Basic | Self::PublishedBasic => "ST-4",
            Self::Active
            | Self::ListedExited
            | Self::Writing
            | Self::Reviewing
            | Self::Approved
            | Self::Implementing
            | Self::Complete
            | Self::PublishedExited
            | Self::PublishedComplete => "ST-3",
            _ => "ST-0",
        }
    }

    /// The query of the register's list that shows exactly this set of a unit; 0: of all.
    #[must_use]
    pub fn query(self, unit: i64) -> String {
        match unit {
            0 => format!("set={}", self.key()),
            unit => format!("department={unit}&set={}", self.key()),
        }
    }
}
