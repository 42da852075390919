//! The days of the story. Each life (an association's, a list's, a 督办单's) is told by
//! itself from its beginning to its end; all of them are played together, every act on
//! its day, and no day comes twice.
//!
//! A life is a future that asks for the day of its next act. While it asks, it has
//! nothing begun: it stands in a queue by day, and whoever comes first goes on.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use chrono::NaiveDate;

use crate::clock::Clock;

use super::DemoError;
use super::calendar::Calendar;

/// A day of 2018, month and day, as the calendar reads it.
pub type Day = (u32, u32);

/// The day before anything happens: people are there, and nothing else.
pub const FIRST: Day = (8, 13);

/// What is told by itself.
pub type Life<'a> = Pin<Box<dyn Future<Output = Result<(), DemoError>> + 'a>>;

/// A life, to be played beside others.
pub fn life<'a>(told: impl Future<Output = Result<(), DemoError>> + 'a) -> Life<'a> {
    Box::pin(told)
}

/// The clock of the story, its calendar, and which day it is.
pub struct Days {
    clock: Clock,
    calendar: Calendar,
    today: Cell<Day>,
    asked: Cell<Option<Day>>,
}

impl Days {
    /// Stands on the first day.
    pub fn new(clock: Clock, calendar: Calendar) -> Result<Self, DemoError> {
        let days = Self {
            clock,
            calendar,
            today: Cell::new(FIRST),
            asked: Cell::new(None),
        };
        days.stand_on(FIRST)?;
        Ok(days)
    }

    /// The clock that stands on the day.
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The day of this scheme that answers to one of Lüyuan's.
    pub fn date(&self, day: Day) -> Result<NaiveDate, DemoError> {
        self.calendar.day(day)
    }

    /// Waits until a day has come; all that happens before it happens meanwhile.
    pub async fn come(&self, day: Day) -> Result<(), DemoError> {
        if day < self.today.get() {
            let back = format!("the story goes back from {:?} to {day:?}", self.today.get());
            return Err(DemoError::Refused(back));
        }
        poll_fn(|_| {
            if day <= self.today.get() {
                return Poll::Ready(());
            }
            self.asked.set(Some(day));
            Poll::Pending
        })
        .await;
        Ok(())
    }

    /// Lives side by side, in the order of days; on one day in the order given.
    pub async fn together(&self, lives: Vec<Life<'_>>) -> Result<(), DemoError> {
        let mut queue: BTreeMap<(Day, usize), Life<'_>> = BTreeMap::new();
        for (life, number) in lives.into_iter().zip(0..) {
            queue.insert((self.today.get(), number), life);
        }
        while let Some(((day, number), mut life)) = queue.pop_first() {
            self.come(day).await?;
            if let Some(next) = self.go_on(&mut life).await? {
                queue.insert((next, number), life);
            }
        }
        Ok(())
    }

    /// Plays a story up to the end of a day. Played again it goes on from there.
    pub async fn play(&self, story: &mut Life<'_>, until: NaiveDate) -> Result<(), DemoError> {
        while let Some(day) = self.go_on(story).await? {
            if self.date(day)? > until {
                break;
            }
            self.stand_on(day)?;
        }
        Ok(())
    }

    /// Goes on with a life until it ends or asks for a day to come.
    async fn go_on(&self, life: &mut Life<'_>) -> Result<Option<Day>, DemoError> {
        poll_fn(|context| match life.as_mut().poll(context) {
            Poll::Ready(ended) => Poll::Ready(ended.map(|()| None)),
            Poll::Pending => match self.asked.take() {
                Some(day) => Poll::Ready(Ok(Some(day))),
                None => Poll::Pending,
            },
        })
        .await
    }

    /// People act at an office hour.
    fn stand_on(&self, day: Day) -> Result<(), DemoError> {
        let moment = self.date(day)?.and_hms_opt(9, 30, 0);
        let moment = moment.ok_or_else(|| DemoError::Refused(format!("no day {day:?}")))?;
        self.clock.move_to(moment);
        self.today.set(day);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::scheme::Scheme;

    fn days() -> Days {
        let scheme = Scheme::lvyuan_2018().unwrap();
        let clock = Clock::at(chrono::NaiveDateTime::default());
        Days::new(clock, Calendar::of(&scheme.campaign.parameters)).unwrap()
    }

    fn date(day: Day) -> NaiveDate {
        NaiveDate::from_ymd_opt(2018, day.0, day.1).unwrap()
    }

    /// Who acted, on which day of the story's clock.
    type Acts = RefCell<Vec<(&'static str, NaiveDate)>>;

    async fn acts(
        days: &Days,
        told: &Acts,
        (name, on): (&'static str, &[Day]),
    ) -> Result<(), DemoError> {
        for day in on {
            days.come(*day).await?;
            // An act waits for the database; nobody else goes on meanwhile.
            tokio::task::yield_now().await;
            told.borrow_mut().push((name, days.clock().today()));
        }
        Ok(())
    }

    #[tokio::test]
    async fn lives_are_played_in_the_order_of_days_and_stop_after_one() {
        let (days, told) = (days(), Acts::default());
        let first = life(acts(
            &days,
            &told,
            ("first", &[(9, 1), (9, 3), (9, 3), (9, 9)]),
        ));
        let children = vec![
            life(acts(&days, &told, ("child 1", &[(9, 4), (9, 5)]))),
            life(acts(&days, &told, ("child 2", &[(9, 2), (9, 4)]))),
        ];
        let other = life(acts(&days, &told, ("other", &[(8, 20), (9, 2), (9, 4)])));
        let lives = vec![first, life(days.together(children)), other];
        let mut story = life(days.together(lives));
        days.play(&mut story, date((9, 4))).await.unwrap();
        let until = [
            ("other", date((8, 20))),
            ("first", date((9, 1))),
            ("child 2", date((9, 2))),
            ("other", date((9, 2))),
            ("first", date((9, 3))),
            ("first", date((9, 3))),
            ("child 1", date((9, 4))),
            ("child 2", date((9, 4))),
            ("other", date((9, 4))),
        ];
        assert_eq!(*told.borrow(), until);
        days.play(&mut story, date((9, 30))).await.unwrap();
        let rest = told
            .borrow()
            .iter()
            .skip(until.len())
            .copied()
            .collect::<Vec<_>>();
        assert_eq!(rest, [("child 1", date((9, 5))), ("first", date((9, 9)))]);
    }

    #[tokio::test]
    async fn a_life_that_goes_back_is_refused() {
        let (days, told) = (days(), Acts::default());
        let mut story = life(acts(&days, &told, ("back", &[(9, 3), (9, 2)])));
        assert!(days.play(&mut story, date((9, 30))).await.is_err());
    }
}
