import { useLocation, useParams } from '@tanstack/react-router'
import { Button, Drawer, Select } from 'antd'
import { ChevronRight, ListTree } from 'lucide-react'
import { useState } from 'react'
import type { EditionList } from '../../../kernel/handbook/wire.ts'
import { Empty } from '../../components/Empty.tsx'
import { ErrorBox } from '../../components/ErrorBox.tsx'
import { Go, useGo } from '../../components/Go.tsx'
import { PageHead } from '../../components/PageHead.tsx'
import { Panes } from '../../components/Panes.tsx'
import { StatusTag } from '../../components/StatusTag.tsx'
import { Waiting } from '../../components/Waiting.tsx'
import { useGet } from '../../query.ts'
import { useWidth } from '../../theme/media.ts'
import { tones } from '../EditionPick.tsx'
import { useT as useReaderT } from '../texts.ts'
import { anchorOf, ChangeList } from './ChangeList.tsx'
import { ChangeText } from './ChangeText.tsx'
import type { ComparisonAnswer } from './comparison.ts'
import { EffectPane } from './EffectPane.tsx'
import { useHandbookTabs } from './tabs.ts'
import { useT } from './texts.ts'

/** The redline: what changed, one text that shows both editions, and what taking it into use touches. */
export function ChangesPage() {
  const t = useT()
  const tabs = useHandbookTabs('editions')
  const width = useWidth()
  const { id } = useParams({ strict: false }) as { id: string }
  const { searchStr } = useLocation()
  const editions = useGet<EditionList>('/handbook/editions')
  const other =
    new URLSearchParams(searchStr).get('with') ?? (editions.data ? before(editions.data, id) : null)
  const told = useGet<ComparisonAnswer>(
    other === null ? null : `/handbook/editions/${id}/comparison`,
    other === null ? undefined : { with: other },
    { staleTime: 60_000 },
  )
  const [at, setAt] = useState<string | null>(null)
  const [drawer, setDrawer] = useState<'changes' | 'effect' | null>(null)
  const roomy = width === 'wide' || width === 'middle'
  const { data } = told
  const goTo = (key: string) => {
    setAt(key)
    setDrawer(null)
    // The drawer gives its focus back first.
    requestAnimationFrame(() => document.getElementById(anchorOf(key))?.scrollIntoView({ block: 'start' }))
  }
  const list = data ? <ChangeList told={data} at={at ?? data.changes[0]?.key ?? null} onPick={goTo} /> : null
  return (
    <div className="kb-page">
      <PageHead title={t('handbook')} tabs={tabs} />
      <Strip id={id} other={other ?? 'effective'} told={data} />
      {told.error ? (
        <div className="kb-pad">
          <ErrorBox error={told.error} onAgain={() => void told.refetch()} />
          <Go href="/handbook/editions">{t('toList')}</Go>
        </div>
      ) : null}
      {!data && !told.error ? <Waiting rows={10} /> : null}
      {data ? (
        <Panes
          list={roomy ? list : undefined}
          listWidth={272}
          rightWidth={300}
          rightTitle={t('effect')}
          right={<EffectPane told={data} titled={width === 'wide'} />}
          rightOpen={drawer === 'effect'}
          onRightClose={() => setDrawer(null)}
          detail={
            <div className="kb-redline">
              {width === 'wide' ? null : (
                <div className="kb-row kb-redline-bar">
                  {roomy ? null : (
                    <Button
                      icon={<ListTree size={16} strokeWidth={1.6} aria-hidden />}
                      aria-haspopup="dialog"
                      onClick={() => setDrawer('changes')}
                    >
                      {t('changeCount', { n: data.changes.length })}
                    </Button>
                  )}
                  <Button onClick={() => setDrawer('effect')}>{t('openEffect')}</Button>
                </div>
              )}
              {data.changes.length === 0 ? (
                <Empty
                  title={t('nothing')}
                  hint={
                    data.quiet.length > 0 ? t('quiet', { files: data.quiet.join(', ') }) : t('nothingHint')
                  }
                  action={<Go href="/handbook/editions">{t('toList')}</Go>}
                />
              ) : (
                <>
                  <p className="kb-redline-key" aria-hidden>
                    <ins>{t('addedMark')}</ins> <del>{t('removedMark')}</del>
                  </p>
                  {data.changes.map((change) => (
                    <ChangeText key={change.key} change={change} told={data} />
                  ))}
                </>
              )}
            </div>
          }
        />
      ) : null}
      <Drawer
        open={drawer === 'changes' && !roomy}
        onClose={() => setDrawer(null)}
        placement="left"
        title={t('changes')}
        size={340}
        styles={{ body: { padding: 0 } }}
      >
        {list}
      </Drawer>
    </div>
  )
}

/** What an edition is first compared with: the effective one; that one itself with the one before it, or the reference. */
function before({ items, reference }: EditionList, id: string): string {
  const row = items.find((one) => String(one.id) === id)
  if (row?.status !== 'effective') return 'effective'
  const [last] = items
    .filter((one) => one.status === 'superseded')
    .toSorted((one, other) => (other.effectiveFrom ?? '').localeCompare(one.effectiveFrom ?? ''))
  return last ? String(last.id) : reference ? 'reference' : 'effective'
}

/** Which two editions are put side by side; the older one may be changed. */
function Strip({ id, other, told }: { id: string; other: string; told: ComparisonAnswer | undefined }) {
  const t = useT()
  const reader = useReaderT()
  const go = useGo()
  const editions = useGet<EditionList>('/handbook/editions')
  if (!told) return null
  const options = [
    ...(editions.data?.items ?? [])
      .map((one) => ({
        id: one.id,
        value: one.status === 'effective' ? 'effective' : String(one.id),
        label: `${t('edition', { n: one.number })} · ${reader(`status.${one.status}`)}`,
      }))
      // With itself only when that was asked for.
      .filter((one) => one.id !== told.after.id || one.value === other),
    ...(editions.data?.reference
      ? [{ value: 'reference', label: t('reference', { n: editions.data.reference.number }) }]
      : []),
  ]
  const { status, number, effectiveFrom } = told.after
  return (
    <div className="kb-redline-strip">
      <Select
        aria-label={t('compareWith')}
        value={other}
        options={options}
        popupMatchSelectWidth={false}
        onChange={(value) => go(`/handbook/editions/${id}/changes?with=${value}`)}
      />
      <ChevronRight size={16} strokeWidth={1.6} aria-hidden />
      <span className="kb-row">
        <Go href={told.after.id === null ? '/handbook/editions' : `/handbook/editions/${told.after.id}`}>
          <strong>{t('edition', { n: number })}</strong>
        </Go>
        {status ? <StatusTag tone={tones[status]} text={reader(`status.${status}`)} /> : null}
        {effectiveFrom ? <span className="kb-3">{effectiveFrom}</span> : null}
      </span>
      <span className="kb-2">{t('changeCount', { n: told.changes.length })}</span>
    </div>
  )
}
