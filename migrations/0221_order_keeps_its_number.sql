-- A 督办单 whose signed content was changed goes back to be signed anew and keeps its
-- number: series have no gaps (TC-38).
drop trigger supervision_order_number_check on supervision_order;
create constraint trigger supervision_order_number_check after insert or update on supervision_order deferrable initially deferred
    for each row when (new.number is null and new.state not in ('draft', 'discarded'))
    execute function row_holds('number is not null or state in (''draft'', ''discarded'')');
