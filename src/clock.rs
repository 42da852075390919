//! Today and now, the only place that asks the machine for the time.
//!
//! Deadlines live in Asia/Shanghai, which has had no summer time since 1991: a
//! fixed offset of eight hours. A demonstration stands on a day of its own
//! (`TUOGOU_TODAY`); sessions and locks always go by the real clock.

use std::sync::{Arc, RwLock};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Utc};

/// Seconds that Asia/Shanghai is ahead of UTC.
const SHANGHAI_SECONDS: i32 = 8 * 3600;

/// A moment in Asia/Shanghai.
pub type Moment = DateTime<FixedOffset>;

/// Tells the campaign's day and the real time.
#[derive(Clone, Debug)]
pub struct Clock {
    stands: Arc<RwLock<Stands>>,
    ahead: Arc<RwLock<TimeDelta>>,
}

#[derive(Clone, Copy, Debug)]
enum Stands {
    Real,
    OnDay(NaiveDate),
    At(NaiveDateTime),
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn real() -> Self {
        Self::standing(Stands::Real)
    }

    /// A clock whose day is `today` while its time of day goes on (`TUOGOU_TODAY`).
    #[must_use]
    pub fn on_day(today: NaiveDate) -> Self {
        Self::standing(Stands::OnDay(today))
    }

    /// A clock that stands still; the demonstration and tests move it by hand.
    #[must_use]
    pub fn at(moment: NaiveDateTime) -> Self {
        Self::standing(Stands::At(moment))
    }

    fn standing(stands: Stands) -> Self {
        Self {
            stands: Arc::new(RwLock::new(stands)),
            ahead: Arc::default(),
        }
    }

    /// Moves a standing clock; every clone of it moves too.
    pub fn move_to(&self, moment: NaiveDateTime) {
        if let Ok(mut stands) = self.stands.write() {
            *stands = Stands::At(moment);
        }
    }

    /// Puts the real time ahead, for tests of limits; every clone of it moves too.
    pub fn put_ahead(&self, by: TimeDelta) {
        if let Ok(mut ahead) = self.ahead.write() {
            *ahead = by;
        }
    }

    /// The real time, for sessions, locks and limits.
    #[must_use]
    pub fn wall(&self) -> Moment {
        #[expect(clippy::disallowed_methods, reason = "this is the one place that asks")]
        let now = Utc::now();
        let ahead = self.ahead.read().map_or(TimeDelta::zero(), |ahead| *ahead);
        (now + ahead).with_timezone(&shanghai())
    }

    /// The campaign's time, for records and deadlines.
    #[must_use]
    pub fn now(&self) -> Moment {
        let wall = self.wall();
        let stands = self.stands.read().map_or(Stands::Real, |stands| *stands);
        match stands {
            Stands::Real => wall,
            Stands::OnDay(day) => in_shanghai(day.and_time(wall.time())),
            Stands::At(moment) => in_shanghai(moment),
        }
    }

    /// The campaign's day. A deadline means the end of that day (TC-69).
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }
}

/// The offset of Asia/Shanghai.
#[must_use]
pub fn shanghai() -> FixedOffset {
    FixedOffset::east_opt(SHANGHAI_SECONDS).unwrap_or_else(|| {
        // Eight hours are within a day, so this is never taken.
        FixedOffset::east_opt(0).unwrap_or_else(|| unreachable!("zero is an offset"))
    })
}

/// The moment at which a Shanghai wall clock shows `local`.
#[must_use]
pub fn in_shanghai(local: NaiveDateTime) -> Moment {
    local
        .and_local_timezone(shanghai())
        .single()
        .unwrap_or_else(|| DateTime::from_naive_utc_and_offset(local, shanghai()))
}

/// 2018年11月22日: how documents and pages write a day (GB/T 9704: no leading zeros).
#[must_use]
pub fn chinese_date(day: NaiveDate) -> String {
    day.format("%Y年%-m月%-d日").to_string()
}

/// 2018-11-22 09:31 in Shanghai, for histories.
#[must_use]
pub fn stamp(at: DateTime<Utc>) -> String {
    at.with_timezone(&shanghai())
        .format("%Y-%m-%d %H:%M")
        .to_string()
}
