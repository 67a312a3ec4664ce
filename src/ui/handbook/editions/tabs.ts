import type { HeadTab } from '../../components/PageHead.tsx'
import { useT } from './texts.ts'

/** The second level of the handbook: reading it, and its editions. */
export function useHandbookTabs(current: 'read' | 'editions'): HeadTab[] {
  const t = useT()
  return [
    { id: 'read', label: t('read'), href: '/handbook', current: current === 'read' },
    { id: 'editions', label: t('editions'), href: '/handbook/editions', current: current === 'editions' },
  ]
}
