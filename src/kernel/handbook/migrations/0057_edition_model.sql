-- What a program has read from an edition's files, kept so that its next start need not read them again. Nothing is lost with a row.
create table edition_model (
  hash text primary key references edition (hash),
  -- The build that read it: another one may read the same files otherwise.
  program text not null,
  -- json, not jsonb: the order of an edition's parts is part of it.
  model json not null
);
