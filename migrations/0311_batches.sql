-- A batch (批次) has its own dates (FD-1): the first published list goes by the campaign's parameters, each later
-- one by what the office's head confirmed when it was published. Who is added by 增补 joins the batch that is
-- amended, with days of its own for plan and reply.
create table batch (
    campaign_id integer not null references campaign,
    publication_id bigint not null,
    dates jsonb not null,
    confirmed_by bigint references account,
    primary key (campaign_id, publication_id),
    constraint batch_publication_fk foreign key (campaign_id, publication_id) references roster_publication,
    constraint batch_dates_check check (jsonb_typeof(dates) = 'object')
);
comment on table batch is 'Batches that have dates of their own; a publication without a row goes by the campaign''s parameters.';
comment on column batch.dates is 'Days by the names of the parameters that they stand for.';
create table batch_addition (
    campaign_id integer not null references campaign,
    amendment_id bigint not null,
    publication_id bigint not null,
    dates jsonb not null,
    primary key (campaign_id, amendment_id),
    constraint batch_addition_amendment_fk foreign key (campaign_id, amendment_id) references roster_amendment,
    constraint batch_addition_publication_fk foreign key (campaign_id, publication_id) references roster_publication,
    constraint batch_addition_dates_check check (jsonb_typeof(dates) = 'object')
);
comment on table batch_addition is 'Which batch an amendment adds to, and the days that whom it adds has instead of the batch''s.';
create view association_batch as
select e.campaign_id, e.association_id,
       coalesce(e.publication_id, j.publication_id, (select min(p.id) from roster_publication p where p.campaign_id = e.campaign_id))
           as publication_id,
       b.publication_id is not null as later,
       coalesce(b.dates, '{}'::jsonb) || coalesce(j.dates, '{}'::jsonb) as dates
from roster_entry e
left join batch_addition j on j.campaign_id = e.campaign_id and j.amendment_id = e.added_by
left join batch b on b.campaign_id = e.campaign_id and b.publication_id = coalesce(e.publication_id, j.publication_id)
where (e.publication_id is not null or e.added_by is not null) and e.withdrawn_by is null;
comment on view association_batch is 'The batch of each association on the list: its publication, whether it is a later one, and its own dates.';
