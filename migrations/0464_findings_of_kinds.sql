-- What the audit found has a kind and a level, and names the rows of assets it is about
-- (AU-2). What was entered before today is of no kind of the list and not grave.
alter table finding
    add column kind text collate "C" not null default 'other',
    add column level text collate "C" not null default 'normal',
    add column assets text not null default '',
    add constraint finding_kind_check check (kind in ('omitted', 'ownership', 'mismatch', 'misuse', 'other')),
    add constraint finding_level_check check (level in ('normal', 'major'));
comment on column finding.kind is 'omitted 漏报, ownership 权属不清, mismatch 账实不符, misuse 违规使用财政资金, other 其他.';
comment on column finding.level is 'normal 一般, major 重大.';
comment on column finding.assets is 'The rows of assets that it is about, as the auditor wrote them.';
