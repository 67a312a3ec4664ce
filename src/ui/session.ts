import type { Me } from '../kernel/auth/wire.ts'
import type { KindMeta, Meta } from '../kernel/records/wire.ts'
import { setZone } from './format/dates.ts'
import { setToday } from './format/useFormat.ts'
import { useGet } from './query.ts'

/** Who is signed in. */
export function useMe() {
  const me = useGet<Me>('/me', undefined, { staleTime: 60_000 })
  if (me.data) {
    setZone(me.data.zone)
    setToday(me.data.today)
  }
  return me
}

/** Record kinds, what this person may do with each, edition and company. */
export const useMeta = () => useGet<Meta>('/meta', undefined, { staleTime: 60_000 })

export function useKind(kind: string): KindMeta | undefined {
  return useMeta().data?.kinds.find((one) => one.id === kind)
}
