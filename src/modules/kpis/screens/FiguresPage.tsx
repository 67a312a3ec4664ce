import { useLocation } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { KpiFigure } from '../../../kernel/figures/wire.ts'
import { Chip } from '../../../ui/components/Chip.tsx'
import { Empty } from '../../../ui/components/Empty.tsx'
import { ErrorBox } from '../../../ui/components/ErrorBox.tsx'
import { Go, useGo } from '../../../ui/components/Go.tsx'
import { PageHead } from '../../../ui/components/PageHead.tsx'
import { Waiting } from '../../../ui/components/Waiting.tsx'
import { useFormat, useToday } from '../../../ui/format/useFormat.ts'
import { useText } from '../../../ui/i18n/texts.ts'
import { useGet } from '../../../ui/query.ts'
import { useMe, useMeta } from '../../../ui/session.ts'
import './figures.css'
import { Months } from './Months.tsx'
import { Parts } from './Parts.tsx'
import { type Chosen, daysOf, firstPeriod, readPeriod, stepped, writePeriod, yearsUntil } from './periods.ts'
import { Tile } from './Tile.tsx'
import { useT } from './texts.ts'

interface Asked {
  readonly period: string
  readonly scope: string
  readonly basis: string | null
}

const addressOf = ({ period, scope, basis }: Asked): string => {
  const query = new URLSearchParams({ period })
  if (scope !== 'company') query.set('scope', scope)
  if (basis) query.set('basis', basis)
  return `/figures?${query}`
}

/** The cockpit of K01: one period and scope, its months, its regions and people; what is chosen stands in the address. */
export function FiguresPage() {
  const t = useT()
  const go = useGo()
  const today = useToday()
  const me = useMe().data
  const query = new URLSearchParams(useLocation().searchStr)
  const chosen = readPeriod(query.get('period')) ?? readPeriod(firstPeriod(me?.today ?? today))
  if (!chosen || !me) return <Waiting />
  const asked: Asked = {
    period: writePeriod(chosen),
    scope: /^(unit|person):\d+$/.test(query.get('scope') ?? '') ? (query.get('scope') as string) : 'company',
    basis: query.get('basis'),
  }
  const change = (part: Partial<Asked>) => go(addressOf({ ...asked, ...part }))
  return (
    <div className="kb-page">
      <PageHead
        title={t('figures')}
        tabs={[{ id: 'cockpit', label: t('cockpit'), href: addressOf(asked), current: true }]}
      />
      <div className="kb-scroll">
        <Picker chosen={chosen} today={me.today} asked={asked} onChange={change} />
        <Cockpit asked={asked} chosen={chosen} today={me.today} onChange={change} />
      </div>
    </div>
  )
}

function Picker(props: {
  chosen: Chosen
  today: string
  asked: Asked
  onChange: (part: Partial<Asked>) => void
}) {
  const { chosen, asked, onChange } = props
  const t = useT()
  const format = useFormat()
  const parts = [
    { value: '', label: t('wholeYear') },
    ...[1, 2, 3, 4].map((n) => ({ value: `Q${n}`, label: format.quarter(n) })),
    ...Array.from({ length: 12 }, (_, index) => ({
      value: String(index + 1).padStart(2, '0'),
      label: t('month', { n: index + 1 }),
    })),
  ]
  const part = writePeriod(chosen).slice(5)
  const years = yearsUntil(props.today)
  const move = (by: 1 | -1) => {
    const to = stepped(chosen, by)
    return years.includes(to.year) ? () => onChange({ period: writePeriod(to) }) : null
  }
  const [back, on] = [move(-1), move(1)]
  return (
    <div className="kf-tools">
      <Button
        type="text"
        aria-label={t('before')}
        disabled={back === null}
        icon={<ChevronLeft size={16} aria-hidden />}
        onClick={() => back?.()}
      />
      <Select
        aria-label={t('year')}
        value={chosen.year}
        options={years.map((year) => ({ value: year, label: String(year) }))}
        onChange={(year: number) => onChange({ period: writePeriod({ ...chosen, year }) })}
      />
      <Select
        aria-label={t('period')}
        value={part}
        options={parts}
        listHeight={420}
        popupMatchSelectWidth={false}
        onChange={(value: string) =>
          onChange({ period: value ? `${chosen.year}-${value}` : String(chosen.year) })
        }
      />
      <Button
        type="text"
        aria-label={t('after')}
        disabled={on === null}
        icon={<ChevronRight size={16} aria-hidden />}
        onClick={() => on?.()}
      />
      <Select
        aria-label={t('basis')}
        value={asked.basis ?? ''}
        popupMatchSelectWidth={false}
        options={[
          { value: '', label: t('basisAuto') },
          { value: 'order', label: t('basis_order') },
          { value: 'shipment', label: t('basis_shipment') },
          { value: 'acceptance', label: t('basis_acceptance') },
        ]}
        onChange={(basis: string) => onChange({ basis: basis || null })}
      />
      {asked.scope === 'company' ? null : (
        <Button onClick={() => onChange({ scope: 'company' })}>{t('backToCompany')}</Button>
      )}
    </div>
  )
}

function Cockpit(props: {
  asked: Asked
  chosen: Chosen
  today: string
  onChange: (part: Partial<Asked>) => void
}) {
  const { asked, chosen, onChange } = props
  const t = useT()
  const text = useText()
  const said = { kpi: 'K01', ...asked }
  const mayImport = useMeta().data?.kinds.some((kind) => kind.may.import?.allowed) ?? false
  const figure = useGet<KpiFigure>('/kpis', said)
  const whole = useGet<{ items: KpiFigure[] }>('/kpis/parts', {
    ...said,
    period: String(chosen.year),
    by: 'month',
  })
  if (figure.error && !figure.data)
    return (
      <div className="kb-pad">
        <ErrorBox error={figure.error} onAgain={() => void figure.refetch()} />
      </div>
    )
  if (!figure.data) return <Waiting rows={8} />
  const nothing = figure.data.value === null && figure.data.base === null && figure.data.target === null
  const empty = nothing && whole.data?.items.every((one) => one.value === null)
  const days = daysOf(chosen)
  const company = figure.data
  return (
    <>
      <Tile figure={figure.data} days={days} chosen={chosen} />
      {empty ? (
        <Empty
          title={text(figure.data.why) || t('noSales')}
          hint={t('noSalesHint')}
          action={
            mayImport ? (
              <Go href="/imports">{t('toImport')}</Go>
            ) : (
              <Chip clause="kpi:K01" label={text(figure.data.name)} />
            )
          }
        />
      ) : null}
      {empty ? null : whole.data ? (
        <Months
          items={whole.data.items}
          today={props.today}
          chosen={chosen}
          onMonth={(period) => onChange({ period })}
        />
      ) : (
        <Waiting rows={4} />
      )}
      {asked.scope === 'company' && !empty
        ? (['region', 'manager', 'rep'] as const).map((by) => (
            <Parts
              key={by}
              by={by}
              whole={company}
              asked={asked}
              days={days}
              onScope={(scope) => onChange({ scope })}
            />
          ))
        : null}
    </>
  )
}
