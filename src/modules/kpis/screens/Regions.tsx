import { Select } from 'antd'
import type { KpiCrossing, KpiYears } from '../../../kernel/figures/wire.ts'
import { moneyText } from '../../../ui/format/money.ts'
import { useGet } from '../../../ui/query.ts'
import { useLang } from '../../../ui/theme/display.ts'
import { useT } from './texts.ts'

type Region = KpiYears['items'][number]['regions']

/** How regions are told apart on this page, the switch, and by how many accounts the two ways differ. */
export function Regions({
  asked,
  ofYear,
  onChange,
}: {
  asked: { period: string; scope: string; basis: string | null; regions: Region | null }
  /** What holds for the year when nothing else is chosen: the address then needs no word. */
  ofYear: Region
  onChange: (regions: Region | null) => void
}) {
  const t = useT()
  const lang = useLang()
  const regions = asked.regions ?? ofYear
  const { data } = useGet<KpiCrossing>('/kpis/crossing', { kpi: 'K01', ...asked, regions })
  const unit = asked.scope.startsWith('unit:')
  const key = unit ? (regions === 'booked' ? 'crossingIn' : 'crossingOut') : 'crossing'
  return (
    <div className="kf-regions">
      <Select
        aria-label={t('regions')}
        value={regions}
        popupMatchSelectWidth={false}
        options={[
          { value: 'booked', label: t('regions_booked') },
          { value: 'home', label: t('regions_home') },
        ]}
        onChange={(to: Region) => onChange(to === ofYear ? null : to)}
      />
      <span className="kb-note">
        {t('regionsSay')}
        {lang === 'en' ? ' ' : ''}
        {data
          ? data.accounts === 0
            ? t('crossingNone')
            : t(key, { n: data.accounts, amount: moneyText(data.value.amount, lang) })
          : ''}
      </span>
    </div>
  )
}
