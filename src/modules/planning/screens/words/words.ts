/** Fields of what is to be sent that somebody else changed since it was read. */
export const overwritten = (
  sent: Readonly<Record<string, string>>,
  read: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
): string[] => Object.keys(sent).filter((id) => (now[id] ?? '') !== (read[id] ?? '') && now[id] !== sent[id])
