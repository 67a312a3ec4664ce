-- How a file is read is chosen for one run and kept with it: encoding, row of headings, decimal mark, order of dates, hidden rows.
alter table import_run
  add column reading jsonb not null default '{}',
  -- What was found out about the encoding, and how the beginning reads in each that may be meant.
  add column encoding jsonb,
  -- Code of the books' currency when the run was tried: it is written as it was tried.
  add column currency text not null default '',
  -- Remembered choices that did not fit this file.
  add column dropped jsonb not null default '[]';
alter table import_memory add column reading jsonb not null default '{}';
