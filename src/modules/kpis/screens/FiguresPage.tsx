import { useLocation } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { KpiFigure, KpiScopes, KpiYears } from '../../../kernel/figures/wire.ts'
import { Chip } from '../../../ui/components/Chip.tsx'
import { Empty } from '../../../ui/components/Empty.tsx'
import { ErrorBox } from '../../../ui/components/ErrorBox.tsx'
import { Go, useGo } from '../../../ui/components/Go.tsx'
import { Waiting } from '../../../ui/components/Waiting.tsx'
import { FiguresHead } from '../../../ui/figures/FiguresHead.tsx'
import { WithSales } from '../../../ui/figures/WithSales.tsx'
import { unitFor } from '../../../ui/format/money.ts'
import { useFormat } from '../../../ui/format/useFormat.ts'
import { useText } from '../../../ui/i18n/texts.ts'
import { useGet } from '../../../ui/query.ts'
import { useMe, useMeta } from '../../../ui/session.ts'
import { useLang } from '../../../ui/theme/display.ts'
import './figures.css'
import { Months } from './Months.tsx'
import { type By, Parts } from './Parts.tsx'
import { type Chosen, daysOf, readPeriod, stepped, textOf, writePeriod, yearsOffered } from './periods.ts'
import { Regions } from './Regions.tsx'
import { Tile } from './Tile.tsx'
import { useT } from './texts.ts'

type Scope = KpiScopes['items'][number]

interface Asked {
  readonly period: string
  readonly scope: string
  readonly basis: string | null
  /** How regions are told apart; `null` as the year's targets are set. */
  readonly regions: Region | null
}
type Region = KpiYears['items'][number]['regions']

/** `own` is where a reader's figures open: it needs no word in the address. */
const addressOf = ({ period, scope, basis, regions }: Asked, own: string): string => {
  const query = new URLSearchParams({ period })
  if (scope !== own) query.set('scope', scope)
  if (basis) query.set('basis', basis)
  if (regions) query.set('regions', regions)
  return `/figures?${query}`
}

/**
 * The cockpit of K01: one scope and period, its months, its regions and people; what is chosen stands in the address. Without a period it
 * opens on the newest year that has targets, and says why where that is not this year.
 */
export const FiguresPage = () => (
  <WithSales current="cockpit">
    <Figures />
  </WithSales>
)

function Figures() {
  const text = useText()
  const go = useGo()
  const me = useMe().data
  const query = new URLSearchParams(useLocation().searchStr)
  const scopes = useGet<KpiScopes>('/kpis/scopes', { kpi: 'K01' })
  const years = useGet<KpiYears>('/kpis/years', { kpi: 'K01' }, { staleTime: 60_000 })
  const failed = [scopes, years].find((one) => one.error && !one.data)
  if (failed)
    return (
      <div className="kb-page">
        <FiguresHead current="cockpit" />
        <div className="kb-pad">
          <ErrorBox error={failed.error} onAgain={() => void failed.refetch()} />
        </div>
      </div>
    )
  if (!me || !scopes.data || !years.data)
    return (
      <div className="kb-page">
        <FiguresHead current="cockpit" />
        <Waiting />
      </div>
    )
  const named = readPeriod(query.get('period'))
  const chosen = named ?? { year: years.data.open, quarter: null, month: null }
  const ofYear = years.data.items.find((one) => one.year === chosen.year)?.regions ?? 'booked'
  const offered = scopes.data.items
  const own = offered[0]?.scope ?? `person:${me.person.id}`
  const said = query.get('scope') ?? ''
  const asked: Asked = {
    period: writePeriod(chosen),
    scope: offered.some((one) => one.scope === said) || /^(unit|person):\d{1,9}$/.test(said) ? said : own,
    basis: query.get('basis'),
    regions: readRegions(query.get('regions')),
  }
  const level = offered.find((one) => one.scope === asked.scope)?.level
  // Regions are told apart wherever one is looked at, or the whole is shown by them.
  const byRegion =
    level === undefined ? asked.scope.startsWith('unit:') : level !== 'rep' && level !== 'person'
  const change = (part: Partial<Asked>) => go(addressOf({ ...asked, ...part }, own))
  return (
    <div className="kb-page">
      <FiguresHead current="cockpit" cockpit={addressOf(asked, own)} />
      <div className="kb-scroll">
        <Picker
          chosen={chosen}
          years={yearsOffered(years.data, me.today)}
          asked={asked}
          scopes={offered}
          onChange={change}
        />
        {named === null && years.data.why ? (
          <p className="kf-opened kb-note">{text(years.data.why)}</p>
        ) : null}
        {byRegion ? (
          <Regions asked={asked} ofYear={ofYear} onChange={(regions) => change({ regions })} />
        ) : null}
        <Cockpit
          asked={asked}
          own={offered.find((one) => one.scope === own)?.level ?? 'person'}
          isOwn={asked.scope === own}
          chosen={chosen}
          today={me.today}
          onChange={change}
        />
      </div>
    </div>
  )
}

const readRegions = (said: string | null): Region | null =>
  said === 'booked' || said === 'home' ? said : null

function Picker(props: {
  chosen: Chosen
  years: readonly number[]
  asked: Asked
  scopes: readonly Scope[]
  onChange: (part: Partial<Asked>) => void
}) {
  const { chosen, years, asked, scopes, onChange } = props
  const t = useT()
  const text = useText()
  const format = useFormat()
  const levels = [...new Set(scopes.map((one) => one.level))]
  const parts = [
    { value: '', label: t('wholeYear') },
    ...[1, 2, 3, 4].map((n) => ({ value: `Q${n}`, label: format.quarter(n) })),
    ...Array.from({ length: 12 }, (_, index) => ({
      value: String(index + 1).padStart(2, '0'),
      label: t('month', { n: index + 1 }),
    })),
  ]
  const part = writePeriod(chosen).slice(5)
  const move = (by: 1 | -1) => {
    const to = stepped(chosen, by)
    return years.includes(to.year) ? () => onChange({ period: writePeriod(to) }) : null
  }
  const [back, on] = [move(-1), move(1)]
  return (
    <div className="kf-tools">
      {scopes.length > 1 ? (
        <Select
          aria-label={t('scope')}
          className="kf-scope"
          value={asked.scope}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          listHeight={420}
          options={levels.map((level) => ({
            label: t(`scope_${level}`),
            options: scopes
              .filter((one) => one.level === level)
              .map((one) => ({ value: one.scope, label: text(one.name) })),
          }))}
          onChange={(scope: string) => onChange({ scope })}
        />
      ) : null}
      <div className="kf-period">
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
      </div>
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
    </div>
  )
}

/** What a whole is shown by: the company by all, a region by its people, a manager by his regions and representatives. */
const partsOf: Record<Scope['level'], readonly By[]> = {
  company: ['region', 'manager', 'rep'],
  region: ['manager', 'rep'],
  manager: ['region', 'rep'],
  rep: [],
  person: [],
}

function Cockpit(props: {
  asked: Asked
  /** Level of the scope the reader's figures open in, and whether it is the one asked for. */
  own: Scope['level']
  isOwn: boolean
  chosen: Chosen
  today: string
  onChange: (part: Partial<Asked>) => void
}) {
  const { asked, chosen, onChange } = props
  const t = useT()
  const text = useText()
  const lang = useLang()
  const said = { kpi: 'K01', ...asked }
  const year = { ...said, period: String(chosen.year) }
  const mayImport = useMeta().data?.kinds.some((kind) => kind.may.import?.allowed) ?? false
  const figure = useGet<KpiFigure>('/kpis', said)
  const whole = useGet<{ items: KpiFigure[] }>('/kpis/parts', { ...year, by: 'month' })
  if (figure.error && !figure.data)
    return (
      <div className="kb-pad">
        <ErrorBox error={figure.error} onAgain={() => void figure.refetch()} />
      </div>
    )
  if (!figure.data) return <Waiting rows={8} />
  const nothing = figure.data.value === null && figure.data.base === null && figure.data.target === null
  const months = whole.data?.items ?? []
  const empty = nothing && whole.data !== undefined && months.every((one) => one.value === null)
  // A chart without a bar or a tick would be a frame around nothing.
  const drawn = months.some((one) => one.value !== null || one.base !== null || one.target !== null)
  const days = daysOf(chosen)
  // Everything on the page is written in the unit of its largest sums, so that any two can be compared.
  const unit = unitFor(
    [figure.data, ...months].flatMap((one) => [one.value?.amount, one.base?.amount, one.target?.amount]),
  )
  if (empty)
    return (
      <Empty
        title={text(figure.data.why) || t('noSales')}
        hint={`${text(figure.data.scopeName)} · ${textOf(chosen, lang)} · ${t('noSalesHint')}`}
        action={
          mayImport ? (
            <Go href="/imports">{t('toImport')}</Go>
          ) : (
            <Chip clause="kpi:K01" label={text(figure.data.name)} />
          )
        }
      />
    )
  const shared = { whole: figure.data, days, unit }
  return (
    <>
      <Tile figure={figure.data} days={days} chosen={chosen} unit={unit} />
      {whole.data === undefined ? <Waiting rows={4} /> : null}
      {drawn ? (
        <Months
          items={months}
          today={props.today}
          chosen={chosen}
          unit={unit}
          onMonth={(period) => onChange({ period })}
        />
      ) : null}
      {chosen.quarter === null && chosen.month === null ? (
        <Parts by="quarter" asked={asked} {...shared} onPart={({ period }) => onChange({ period })} />
      ) : null}
      {(props.isOwn ? partsOf[props.own] : []).map((by) => (
        <Parts
          key={by}
          by={by}
          asked={{ ...asked, scope: 'company' }}
          {...shared}
          onPart={({ scope }) => onChange({ scope })}
        />
      ))}
    </>
  )
}
