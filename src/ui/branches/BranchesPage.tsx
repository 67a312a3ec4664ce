import { Button, Checkbox, Modal, Select } from 'antd'
import { useState } from 'react'
import type { BranchAreas, BranchesGiven, BranchPreview } from '../../flows/branches/wire.ts'
import { post } from '../api.ts'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { Go } from '../components/Go.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { toast } from '../components/toasts.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { plain } from '../format/money.ts'
import { useText } from '../i18n/texts.ts'
import { queryClient, useGet } from '../query.ts'
import './branches.css'
import { useT } from './texts.ts'

type Chosen = Readonly<Record<string, number | null>>
const keyOf = (one: { province: string; city: string }): string => `${one.province}\n${one.city}`

/** Which branch supports which province, what would come of it, and the act itself. */
export function BranchesPage() {
  const t = useT()
  const areas = useGet<BranchAreas>('/branches/areas')
  const [chosen, setChosen] = useState<Chosen>({})
  const [preview, setPreview] = useState<BranchPreview | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const items = areas.data?.items ?? []
  const said = items.map((one) => ({
    province: one.province,
    city: one.city,
    unitId: keyOf(one) in chosen ? (chosen[keyOf(one)] ?? null) : one.unitId,
  }))
  const look = async () => {
    setBusy(true)
    setError(null)
    try {
      setPreview(await post<BranchPreview>('/branches/preview', { areas: said }))
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const head = <PageHead title={t('title')} path={[{ label: t('accounts'), href: '/records/account' }]} />
  if (areas.error)
    return (
      <div className="kb-page">
        {head}
        <ErrorBox error={areas.error} onAgain={() => void areas.refetch()}>
          <Go href="/records/account">{t('accounts')}</Go>
        </ErrorBox>
      </div>
    )
  return (
    <div className="kb-page">
      {head}
      <div className="kb-scroll">
        <div className="kb-pad kb-branches">
          <p className="kb-2">{t('hint')}</p>
          {areas.isPending ? <Waiting rows={8} /> : null}
          {areas.data && items.length === 0 ? <p>{t('empty')}</p> : null}
          {areas.data && items.length > 0 ? (
            <>
              <Places
                areas={areas.data}
                said={said}
                onChoose={(key, unitId) => {
                  setChosen((now) => ({ ...now, [key]: unitId }))
                  setPreview(null)
                }}
              />
              <ErrorBox error={error} />
              <Button
                {...(preview ? {} : { type: 'primary' })}
                loading={busy}
                onClick={() => void look()}
                data-main
              >
                {t('preview')}
              </Button>
              {preview ? <Outcome preview={preview} said={said} onDone={() => setPreview(null)} /> : null}
            </>
          ) : null}
        </div>
      </div>
    </div>
  )
}

type Said = readonly { province: string; city: string; unitId: number | null }[]

function Places(props: {
  areas: BranchAreas
  said: Said
  onChoose: (key: string, unitId: number | null) => void
}) {
  const t = useT()
  const text = useText()
  const { areas, said, onChoose } = props
  const options = areas.branches.map(({ id, name }) => ({ value: id, label: text(name) }))
  return (
    <ul className="kb-branches-places" aria-label={t('place')}>
      {areas.items.map((one, index) => {
        const unitId = said[index]?.unitId ?? null
        const name = one.city ? `${one.province} ${one.city}` : one.province
        return (
          <li key={keyOf(one)} className={one.city ? 'kb-branches-city' : ''}>
            <span className="kb-grow">
              {one.city || one.province}
              <small className="kb-3">
                {t('count')} {plain(one.accounts)}
                {one.proposed && unitId === one.unitId ? ` · ${t('proposed')}` : ''}
              </small>
            </span>
            <Select
              aria-label={`${name} ${t('branch')}`}
              value={unitId}
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('none')}
              options={options}
              onChange={(next?: number) => onChoose(keyOf(one), next ?? null)}
            />
          </li>
        )
      })}
    </ul>
  )
}

function Outcome({ preview, said, onDone }: { preview: BranchPreview; said: Said; onDone: () => void }) {
  const t = useT()
  const text = useText()
  const [doubtful, setDoubtful] = useState(false)
  const [replace, setReplace] = useState(false)
  const [asking, ask] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const { counts } = preview
  const doubts = counts.tied + counts.spread
  const n = counts.clear + (doubtful ? doubts : 0) + (replace ? counts.other : 0)
  const give = async () => {
    setBusy(true)
    setError(null)
    try {
      const { given, branches } = await post<BranchesGiven>('/branches/assignment', {
        areas: said,
        doubtful,
        replace,
      })
      ask(false)
      onDone()
      toast(t('given', { n: given, b: branches }))
      await queryClient.invalidateQueries()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const lines = [
    ['clear', counts.clear],
    ['doubt', doubts],
    ['other', counts.other],
    ['same', counts.same],
    ['noPlace', counts['no-place']],
    ['noBranch', counts['no-branch']],
  ] as const
  return (
    <section className="kb-block" aria-label={t('result')}>
      <h2>{t('result')}</h2>
      <dl className="kb-branches-counts">
        {lines.map(([id, count]) => (
          <div key={id}>
            <dt>{t(id)}</dt>
            <dd className="kb-num">{plain(count)}</dd>
          </div>
        ))}
      </dl>
      {preview.branches.length > 0 ? (
        <table className="kb-branches-table">
          <thead>
            <tr>
              <th scope="col">{t('branch')}</th>
              <th scope="col">{t('has')}</th>
              <th scope="col">{t('gets')}</th>
              <th scope="col">{t('doubtOf')}</th>
            </tr>
          </thead>
          <tbody>
            {preview.branches.map((one) => (
              <tr key={one.id}>
                <th scope="row">{text(one.name)}</th>
                <td>{plain(one.has)}</td>
                <td>{plain(one.clear)}</td>
                <td>{plain(one.doubtful)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {doubts > 0 ? (
        <>
          <h3>{t('doubts')}</h3>
          <p className="kb-2">{t('doubtsHint')}</p>
          <ul className="kb-branches-doubts">
            {preview.doubts.map((one) => (
              <li key={one.id}>
                <Go href={`/records/account/${one.id}`}>{one.name}</Go>
                <span className="kb-2">
                  {t(one.verdict, { province: one.province, next: one.next ?? '', share: one.share })} ·{' '}
                  {t('would', { branch: text(one.branch) })}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <div className="kb-branches-ticks">
        {doubts > 0 ? (
          <Checkbox checked={doubtful} onChange={(event) => setDoubtful(event.target.checked)}>
            {t('alsoDoubtful', { n: doubts })}
          </Checkbox>
        ) : null}
        {counts.other > 0 ? (
          <Checkbox checked={replace} onChange={(event) => setReplace(event.target.checked)}>
            {t('alsoOther', { n: counts.other })}
          </Checkbox>
        ) : null}
      </div>
      <Button type="primary" disabled={n === 0} onClick={() => ask(true)}>
        {n === 0 ? t('nothing') : t('give', { n })}
      </Button>
      <Modal
        open={asking}
        title={t('giveAsk', { n })}
        okText={t('give', { n })}
        cancelText={t('cancel')}
        confirmLoading={busy}
        onOk={() => void give()}
        onCancel={() => ask(false)}
      >
        <p>{t('giveHint')}</p>
        <ErrorBox error={error} />
      </Modal>
    </section>
  )
}
