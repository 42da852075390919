-- Everybody who decides writes the same ten sentences over and over.
create table phrase (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    account_id bigint not null references account,
    words text not null,
    primary key (campaign_id, id),
    constraint phrase_words_key unique (campaign_id, account_id, words),
    constraint phrase_words_check check (words <> '' and length(words) <= 200)
);
comment on table phrase is 'Sentences that somebody likes to write in opinions (常用语); their owner''s alone.';
grant select, insert, delete on phrase to tuogou_app;
