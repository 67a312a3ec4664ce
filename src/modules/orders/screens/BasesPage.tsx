import { useState } from 'react'
import { Empty } from '../../../ui/components/Empty.tsx'
import { ErrorBox } from '../../../ui/components/ErrorBox.tsx'
import { Go } from '../../../ui/components/Go.tsx'
import { Waiting } from '../../../ui/components/Waiting.tsx'
import { FiguresHead } from '../../../ui/figures/FiguresHead.tsx'
import { WithSales } from '../../../ui/figures/WithSales.tsx'
import { useFormat } from '../../../ui/format/useFormat.ts'
import { useText } from '../../../ui/i18n/texts.ts'
import { useGet } from '../../../ui/query.ts'
import { useWidth } from '../../../ui/theme/media.ts'
import type { SalesYears } from '../year-wire.ts'
import './bases.css'
import { ChangeBasis } from './ChangeBasis.tsx'
import { useT } from './texts.ts'

type Year = SalesYears['items'][number]

/** By which date the sales of each year count, who set it when and why; whoever may changes it here. */
export const BasesPage = () => (
  <WithSales current="bases">
    <Bases />
  </WithSales>
)

function Bases() {
  const t = useT()
  const text = useText()
  const years = useGet<SalesYears>('/sales-years')
  const [changing, setChanging] = useState<Year | null>(null)
  const { data } = years
  return (
    <div className="kb-page">
      <FiguresHead current="bases" />
      <div className="kb-scroll">
        {years.error && !data ? (
          <div className="kb-pad">
            <ErrorBox error={years.error} onAgain={() => void years.refetch()} />
          </div>
        ) : !data ? (
          <Waiting rows={5} />
        ) : data.items.length === 0 ? (
          <Empty
            title={t('noYears')}
            hint={`${t('noYearsHint')} ${t('byDefault', { basis: text(data.edition.name).toLowerCase() })}`}
            action={data.may.change ? <Go href="/imports">{t('toImport')}</Go> : null}
          />
        ) : (
          <section className="ko-bases" aria-label={t('title')}>
            <h2>{t('title')}</h2>
            <p className="kb-2">{t('intro')}</p>
            <Years years={data} onChange={setChanging} />
            <p className="kb-note">{t('byDefault', { basis: text(data.edition.name).toLowerCase() })}</p>
            {data.may.change ? null : <p className="kb-note">{t('mayNot', { why: text(data.may.why) })}</p>}
          </section>
        )}
      </div>
      {changing ? <ChangeBasis year={changing} onClose={() => setChanging(null)} /> : null}
    </div>
  )
}

function Years({ years, onChange }: { years: SalesYears; onChange: (year: Year) => void }) {
  const t = useT()
  const text = useText()
  const format = useFormat()
  const phone = useWidth() === 'phone'
  const who = (one: Year) => one.by ?? t('byImport')
  const act = (one: Year) =>
    years.may.change ? (
      <button
        type="button"
        className="kb-button"
        aria-label={t('changeOf', { year: one.year })}
        onClick={() => onChange(one)}
      >
        {t('change')}
      </button>
    ) : null
  if (phone)
    return (
      <ul className="ko-cards">
        {years.items.map((one) => (
          <li key={one.year}>
            <div className="kb-row">
              <strong>{one.year}</strong>
              <span>{text(one.name)}</span>
              <span className="kb-grow" />
              {act(one)}
            </div>
            <p className="kb-note">
              {who(one)} · {format.moment(one.at)} · {one.reason}
            </p>
          </li>
        ))}
      </ul>
    )
  return (
    <table className="ko-table">
      <thead>
        <tr>
          <th scope="col">{t('year')}</th>
          <th scope="col">{t('basis')}</th>
          <th scope="col">{t('by')}</th>
          <th scope="col">{t('at')}</th>
          <th scope="col">{t('reason')}</th>
          {years.may.change ? <td /> : null}
        </tr>
      </thead>
      <tbody>
        {years.items.map((one) => (
          <tr key={one.year}>
            <th scope="row">{one.year}</th>
            <td>{text(one.name)}</td>
            <td>{who(one)}</td>
            <td>{format.moment(one.at)}</td>
            <td className="ko-reason">{one.reason}</td>
            {years.may.change ? <td>{act(one)}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
