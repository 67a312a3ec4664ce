import type { HeadTab } from '../components/PageHead.tsx'
import { useText } from '../i18n/texts.ts'
import { useMeta } from '../session.ts'
import { useT } from './texts.ts'

/** The second level of 业务: every kind of record but accounts, and bringing files in for whoever may. */
export function useDealTabs(current: string, total?: number): HeadTab[] {
  const t = useT()
  const text = useText()
  const kinds = useMeta().data?.kinds ?? []
  const tabs = kinds
    .filter((one) => one.id !== 'account')
    .map((one) => ({ id: one.id, label: text(one.plural), href: `/records/${one.id}` }))
  if (kinds.some((one) => one.may.import?.allowed))
    tabs.push({ id: 'imports', label: t('imports'), href: '/imports' })
  return tabs.map((tab) => ({
    ...tab,
    current: tab.id === current,
    count: tab.id === current ? (total ?? null) : null,
  }))
}
