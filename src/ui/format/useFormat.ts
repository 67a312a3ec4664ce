import { useMemo, useSyncExternalStore } from 'react'
import { useLang } from '../theme/display.ts'
import { dateText, dayText, deadlineText, momentText, quarterText } from './dates.ts'
import { amountIn, type MoneyUnit, moneyText, unitName } from './money.ts'

let businessDay = new Date().toISOString().slice(0, 10)
const listeners = new Set<() => void>()

/** The company's business date as the API tells it (`today` of /meta and /me). */
export function setToday(day: string): void {
  if (day === businessDay) return
  businessDay = day
  for (const listener of listeners) listener()
}

export const useToday = (): string =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => businessDay,
  )

/** The formats bound to the language shown and to the business date. */
export function useFormat() {
  const lang = useLang()
  const today = useToday()
  return useMemo(
    () => ({
      lang,
      today,
      money: (value: string | null | undefined, places?: number) => moneyText(value, lang, places),
      amount: (value: string | null | undefined, unit: MoneyUnit, places?: number) =>
        amountIn(value, unit, lang, places),
      unit: (unit: MoneyUnit) => unitName(unit, lang),
      date: (day: string) => dateText(day, lang, today),
      day: (day: string) => dayText(day, lang, today),
      quarter: (quarter: number) => quarterText(quarter, lang),
      moment: (instant: string) => momentText(instant, lang, today),
      deadline: (dueAt: string | null, workdaysLeft: number | null) =>
        deadlineText(dueAt, workdaysLeft, lang, today),
    }),
    [lang, today],
  )
}
