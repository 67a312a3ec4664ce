import { PageHead } from '../components/PageHead.tsx'
import { useT } from './texts.ts'

/** The top line of 指标: the cockpit as it was asked for, and by which date sales of each year count. */
export function FiguresHead({
  current,
  cockpit = '/figures',
}: {
  current: 'cockpit' | 'bases'
  /** Address of the cockpit with what is chosen there. */
  cockpit?: string
}) {
  const t = useT()
  const tabs = [
    { id: 'cockpit', label: t('cockpit'), href: cockpit },
    { id: 'bases', label: t('bases'), href: '/figures/bases' },
  ]
  return <PageHead title={t('figures')} tabs={tabs.map((tab) => ({ ...tab, current: tab.id === current }))} />
}
