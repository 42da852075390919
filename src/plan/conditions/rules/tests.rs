use chrono::NaiveDate;

use super::due;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, month, day).unwrap()
}

#[test]
fn a_condition_is_due_on_the_day_that_it_names() {
    let end = day(11, 20);
    let cases = [
        (
            "2018年已拨2.50万元于10月31日前退回或由财政局书面处理",
            day(10, 31),
        ),
        ("办公用房于12月31日前腾退", day(12, 31)),
        ("进一步明确责任人员", end),
        // Before the reply: the words tell of the past.
        ("对1月1日以后的拨款作出说明", end),
        ("13月45日前完成", end),
    ];
    for (words, expected) in cases {
        assert_eq!(due(words, day(10, 24), end), expected, "{words}");
    }
}
