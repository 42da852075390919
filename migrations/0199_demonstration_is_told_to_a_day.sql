-- `tuogou demo --until DAY` tells the demonstration up to a day, and on that day it is
-- seen. Nothing: a demonstration of before, told to its end.
alter table campaign add column demonstration_day date;
comment on column campaign.demonstration_day is 'The day to which the demonstration was told: its today.';
