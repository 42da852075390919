//! Kinds and states of activities with their words.

use crate::words;

words! {
    /// What kind of activity it is (MA-1), in the order of the domain text.
    pub enum Kind {
        /// 换届.
        Election = "election", "换届";
        /// 重大投资.
        Investment = "investment", "重大投资";
        /// 资产处置.
        Disposal = "disposal", "资产处置";
        /// 评比表彰.
        Appraisal = "appraisal", "评比表彰";
        /// 大型会议展会.
        Event = "event", "大型会议展会";
        /// 涉外.
        Foreign = "foreign", "涉外活动";
        /// 开办实体.
        Entity = "entity", "开办实体";
        /// 其他.
        Other = "other", "其他";
    }
}

words! {
    /// State of an activity.
    pub enum State {
        /// Waits for the unit's leader.
        Registered = "registered", "已登记，待业务主管单位审批", Going;
        /// Sent back by the unit's leader.
        Returned = "returned", "已退回，待补正", Soon;
        /// Waits for the office.
        WithOffice = "with_office", "业务主管单位已同意，待脱钩办批准", Going;
        /// May go ahead.
        Approved = "approved", "已批准，待登记结果", Going;
        /// The office refused.
        Refused = "refused", "未批准", Void;
        /// Held, with its result.
        Done = "done", "已办结", Done;
    }
}
