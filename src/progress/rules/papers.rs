//! How old a paper may be beside what it proves (DN-4), and which one stays (DN-5), pure.

use chrono::{Months, NaiveDate};

use crate::scheme::Measure;
use crate::scheme::measures::Does;

use super::{Item, Refusal};

/// A paper that authorises more than so many months earlier is explained.
const EARLIER: Months = Months::new(12);

/// Whether a paper of a kind and a date can prove what happened on these days: a record is
/// not older than what it records, and what authorised it long before needs a sentence.
pub fn proves(
    measure: &Measure,
    (kind, on): (&str, NaiveDate),
    note: Option<&str>,
    days: &[NaiveDate],
) -> Result<(), Refusal> {
    let Some(first) = days.iter().min().copied() else {
        return Ok(());
    };
    let explained = note.is_some_and(|note| !note.trim().is_empty());
    match measure.does(kind) {
        Some(Does::Records) if on < first => {
            Err(Refusal::PaperTooEarly(kind.to_owned(), on, first))
        }
        Some(Does::Authorises)
            if !explained
                && on
                    .checked_add_months(EARLIER)
                    .is_some_and(|end| end < first) =>
        {
            Err(Refusal::PaperUnexplained(kind.to_owned(), on, first))
        }
        _ => Ok(()),
    }
}

/// Whether a piece of evidence may be taken away: the sole proof of an item stays while the
/// item counts as done (DN-5).
pub fn may_detach(item: &Item) -> Result<(), Refusal> {
    if item.state.resolved() && item.evidence <= 1 {
        Err(Refusal::SoleProof)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::rules::samples::day;
    use crate::scheme::Scheme;

    #[test]
    fn dn_4_a_record_is_not_older_than_the_fact_and_an_old_order_is_explained() {
        let scheme = Scheme::lvyuan_2018().unwrap();
        let measure = scheme.measure("T1-08").unwrap();
        let fact = [day("2018-11-05")];
        let (order, record) = (measure.evidence[0].as_str(), measure.evidence[1].as_str());
        for (kind, on, note, fits) in [
            (record, "2018-11-04", None, false),
            (record, "2018-11-04", Some("补记"), false),
            (record, "2018-11-05", None, true),
            (record, "2018-11-20", None, true),
            (order, "2018-11-04", None, true),
            (order, "2017-11-05", None, true),
            (order, "2017-11-04", None, false),
            (order, "2017-11-04", Some(" "), false),
            (order, "2017-11-04", Some("沿用2017年的批复"), true),
            ("其他证明材料", "2009-05-18", None, true),
        ] {
            let proved = proves(measure, (kind, day(on)), note, &fact);
            assert_eq!(proved.is_ok(), fits, "{kind} {on} {note:?}");
        }
        assert!(proves(measure, (record, day("2001-01-01")), None, &[]).is_ok());
    }

    #[test]
    fn every_kind_of_evidence_says_what_it_does() {
        let scheme = Scheme::lvyuan_2018().unwrap();
        for measure in &scheme.measures.measures {
            for kind in &measure.evidence {
                assert!(measure.does(kind).is_some(), "{} {kind}", measure.code());
            }
        }
    }
}
