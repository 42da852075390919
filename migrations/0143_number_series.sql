-- One counter for all series of gap-free numbers: 批复 and 督办单.

create table number_series (
    campaign_id integer not null references campaign,
    series text not null,
    year integer not null,
    last integer not null,
    primary key (campaign_id, series, year),
    constraint number_series_series_check check (series in ('reply', 'supervision'))
);
comment on table number_series is 'Last number of a year in a series, taken inside the signing transaction: no gaps (TC-38).';

insert into number_series (campaign_id, series, year, last)
select campaign_id, 'reply', year, last from reply_counter
union all
select campaign_id, 'supervision', year, last from supervision_counter;

drop table reply_counter;
drop table supervision_counter;

revoke delete, truncate on number_series from tuogou_app;
