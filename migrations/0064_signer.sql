-- The name under which somebody signed: with both names where they acted for
-- somebody else (TC-63). The case file has it; the account only knows the person.
create function signer(campaign integer, signed_act text, kind text, subject bigint, account bigint) returns text
    language sql stable
    as $$
        select coalesce(
            (select r.actor_name from act_record r
             where r.campaign_id = campaign and r.subject_kind = kind and r.subject_id = subject
               and r.act = signed_act and r.account_id = account
             order by r.id desc limit 1),
            (select a.display_name from account a where a.id = account))
    $$;
comment on function signer is 'Who signed: 郑某, or 郑某（代行焦永刚）.';
