-- A notice lay late on the desk of whoever got it from the day after it was sent: it is due a
-- working day later. The desk of a database that stands is made anew at the next start.
delete from desk_day;
