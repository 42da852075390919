use super::*;

fn letter(conditions: &[&str]) -> Letter {
    let conditions: Vec<String> = conditions
        .iter()
        .map(|condition| (*condition).to_owned())
        .collect();
    Letter::to(&Request {
        unit: "区交通运输局",
        association: "长春市绿园区汽车维修行业协会",
        request_number: "绿交请〔2018〕21号",
        conditions: &conditions,
        due: NaiveDate::from_ymd_opt(2018, 11, 20).unwrap(),
    })
}

#[test]
fn numbers_have_six_angle_brackets_and_no_padding() {
    assert_eq!(number("绿脱钩办", 2018, 3), "绿脱钩办〔2018〕3号");
    assert_eq!(number("绿脱钩办", 2019, 112), "绿脱钩办〔2019〕112号");
}

#[test]
fn the_letter_has_the_official_form() {
    let letter = letter(&["2018年已拨2.50万元于10月31日前退回。", "按期腾退312室"]);
    assert_eq!(
        letter.title,
        "关于长春市绿园区汽车维修行业协会与行政机关脱钩实施方案的批复"
    );
    assert_eq!(letter.addressee, "区交通运输局：");
    assert_eq!(
        letter.paragraphs[0],
        "你单位《关于报送〈长春市绿园区汽车维修行业协会与行政机关脱钩实施方案〉的请示》（绿交请〔2018〕21号）收悉。经研究，批复如下："
    );
    assert!(letter.paragraphs[1].starts_with("一、原则同意"));
    assert_eq!(letter.paragraphs[2], "二、实施中须落实以下条件：");
    assert_eq!(
        letter.paragraphs[3],
        "1.2018年已拨2.50万元于10月31日前退回。"
    );
    assert_eq!(letter.paragraphs[4], "2.按期腾退312室。");
    assert!(
        letter.paragraphs[5].starts_with("三、")
            && letter.paragraphs[5].contains("2018年11月20日前")
    );
    assert_eq!(letter.paragraphs.last().map(String::as_str), Some("此复。"));
}

#[test]
fn without_conditions_the_headings_close_up() {
    let letter = letter(&[]);
    assert_eq!(letter.paragraphs.len(), 4);
    assert!(letter.paragraphs[2].starts_with("二、请明确责任"));
}

#[test]
fn a_letter_is_read_as_it_was_kept() {
    let letter = letter(&["一条\n分两行"]);
    let kept = Letter::read(&letter.text());
    assert_eq!(kept.paragraphs.len(), letter.paragraphs.len());
    assert_eq!(kept.title, letter.title);
    assert_eq!(kept.text(), letter.text());
}
