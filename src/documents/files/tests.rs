use super::answer::disposition;

#[test]
fn a_name_cannot_leave_its_header() {
    let header = disposition("attachment", "终止关系的通知\"; x=1\r\n.pdf");
    assert!(header.starts_with("attachment; filename*=UTF-8''%E7%BB%88"));
    assert!(
        header
            .bytes()
            .all(|byte| byte.is_ascii_graphic() || byte == b' ')
    );
    assert!(!header.contains('"') && header.ends_with("%0D%0A.pdf"));
}
