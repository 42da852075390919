//! Problems, supporting documents and readings, reports, visits, audit.

use crate::paths::oversight;

super::guide! {
    oversight::PROBLEMS, DocketList, "问题", "coordination",
        "推进中的困难和问题：谁提出、谁办理、到哪一步，办结后由提出的人核实销号。",
        "各单位、协会都可以提出；一般问题由业务主管单位解决，重大问题由单位负责人提请脱钩办研究，脱钩办负责人作出研究意见并销号。";
    oversight::POLICIES, DocketList, "配套文件和政策口径", "coordination",
        "六项配套文件的起草、印发和实施情况，统一的政策口径，宣传报道台账。",
        "牵头部门起草、印发和报告实施情况，各单位提出意见，脱钩办负责人登记实施、审定口径。";
    oversight::REPORTS, DocketList, "报告", "supervision",
        "业务主管单位按期报送的报告：是否报送、是否按期、在谁手里。",
        "业务主管单位经办人编制、负责人签发，脱钩办接收或者分部分退回。";
    oversight::VISITS, DocketList, "督导", "supervision",
        "督导的轮次、抽取的名单、走访记录和整改事项，以及各单位的覆盖情况。",
        "脱钩办经办人、发改局抽取和走访，脱钩办负责人确定名单、签批记录。";
    oversight::AUDITS, DocketList, "审计抽查", "audit",
        "审计机关抽查资产清查的名单和结论；发现问题的转为整改事项。",
        "审计机关抽取、抽查、作出结论；其他部门查看。";
    oversight::FUNDS, FundsRead, "财政资金使用情况", "audit",
        "脱钩过程中使用的财政资金：两年的拨款、购买服务合同和人员安置。",
        "审计机关、财政部门和脱钩办查看。";
    oversight::NEW, DocketBegin, "登记", "coordination",
        "登记一件问题、口径、报道、督导或者抽查；登记后按各自的程序办理。",
        "有权办理的单位登记。";
    oversight::DOCKET, DocketRead, "办件", "coordination",
        "一件办件的内容、固定的数字、各单位意见、办理历史和现在可以办的事。",
        "在谁手里由谁办理，页首写明；其他有权查看的单位可以阅看。";
    oversight::FORM, DocketSave, "填写", "coordination",
        "填写或者补正内容；保存后可以继续修改，报送以后不再改动。",
        "起草的单位填写。";
}
