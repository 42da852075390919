-- A step of several that one person takes with one act: 去留选择, 安置, 辞去时限. The row says which.
alter table desk add column note text not null default '';
comment on column desk.note is 'Which step it is, where the act alone does not say: of post, the steps of posts::rules::Step.';
