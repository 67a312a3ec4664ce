/** What this device keeps between visits. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** The device's store; `null` in a browser that keeps nothing. */
export const onDevice = (): Storage | null => {
  try {
    return localStorage
  } catch {
    return null
  }
}

/** Beginnings of the names under which what somebody wrote and has not sent is kept; the login follows. */
export const unsent = { task: 'kambook.task.', record: 'kambook.record.' } as const

/** Forgets everything a login wrote on this device and has not sent: whoever signs out leaves nothing for who comes next. */
export function forgetUnsent(store: Store, login: string): void {
  const names = Array.from({ length: store.length }, (_, at) => store.key(at))
  for (const name of names)
    if (name !== null && Object.values(unsent).some((start) => name.startsWith(`${start}${login}.`)))
      store.removeItem(name)
}
