//! What programs say while somebody fills in. All of it warns and forbids nothing: a cell may
//! also hold the words that ask for a deletion, and the import checks everything itself.

use super::hidden::FIRST;
use super::{Column, Kind, Options};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, XlsxError,
};

/// The rule of a column; none for text.
pub fn rule(column: &Column, options: &[Options]) -> Result<Option<DataValidation>, XlsxError> {
    let rule = DataValidation::new();
    let (rule, error) = match &column.kind {
        Kind::Text | Kind::Code | Kind::Long => return Ok(None),
        Kind::Day => {
            let days = DataValidationRule::Between(
                ExcelDateTime::from_ymd(1900, 1, 1)?,
                ExcelDateTime::from_ymd(2100, 12, 31)?,
            );
            (
                rule.allow_date(days),
                "这里应填写日期，格式为年-月-日，例如 2018-05-18。",
            )
        }
        Kind::Money => (
            rule.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)),
            "这里应填写金额：不小于零的数字，最多两位小数，不带单位。",
        ),
        Kind::Area => (
            rule.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)),
            "这里应填写面积（平方米）：不小于零的数字，不带单位。",
        ),
        Kind::Count => (
            rule.allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)),
            "这里应填写不小于零的整数，不带单位。",
        ),
        Kind::YesNo => (
            rule.allow_list_strings(&["是", "否"])?,
            "这里应填写“是”或者“否”。",
        ),
        Kind::Choice(name) => (
            rule.allow_list_formula(list(name, options)?),
            "这里应从下拉列表中选择一项。",
        ),
    };
    let rule = rule.set_error_style(DataValidationErrorStyle::Warning);
    rule.set_error_title("请核对填写内容")?
        .set_error_message(error)
        .map(Some)
}

/// Where the options of a name stand.
fn list(name: &str, options: &[Options]) -> Result<Formula, XlsxError> {
    let found = options
        .iter()
        .enumerate()
        .find(|(_, options)| options.name == name && !options.values.is_empty());
    let (at, options) =
        found.ok_or_else(|| XlsxError::ParameterError(format!("no options {name}")))?;
    let column = u16::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)?;
    let letters = rust_xlsxwriter::utility::column_number_to_name(column);
    let last = usize::try_from(FIRST).unwrap_or(0) + options.values.len();
    Ok(Formula::new(format!(
        "=选项!${letters}${}:${letters}${last}",
        FIRST + 1
    )))
}
