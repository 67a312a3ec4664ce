import { useCallback } from 'react'
import { useListed } from '../i18n/texts.ts'
import { useT } from './texts.ts'

const named = 3

/** Who is meant, in a line: all of a few, else the first ones and how many there are. */
export function useWho(): (who: readonly string[]) => string {
  const t = useT()
  const listed = useListed()
  return useCallback(
    (who) =>
      who.length <= named
        ? listed(who)
        : t('andMore', {
            names: listed(who.slice(0, named - 1)),
            n: who.length,
            more: who.length - named + 1,
          }),
    [t, listed],
  )
}
