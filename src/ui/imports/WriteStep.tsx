import { Button, Checkbox, Progress } from 'antd'
import { CircleCheck, Lock } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ImportRun } from '../../kernel/exchange/wire.ts'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { Go, useGo } from '../components/Go.tsx'
import { StickyBar } from '../components/StickyBar.tsx'
import { plain } from '../format/money.ts'
import { useText } from '../i18n/texts.ts'
import { queryClient } from '../query.ts'
import { useMeta } from '../session.ts'
import { StartCase } from '../work/StartCase.tsx'
import { ByKind, Totals } from './Counts.tsx'
import { rowsToWrite } from './draft.ts'
import { GiveUp } from './GiveUp.tsx'
import type { StepProps } from './step.ts'
import { useT } from './texts.ts'
import { writeRun } from './useRun.ts'

/** The last look, then the writing with its progress, then what came of it. */
export function WriteStep(props: StepProps) {
  switch (props.run.state) {
    case 'writing':
      return <Writing run={props.run} />
    case 'done':
      return <Done run={props.run} />
    case 'failed':
      return <Failed {...props} />
    case 'cancelled':
      return <Cancelled />
    default:
      return <Ready {...props} />
  }
}

function Ready({ run, draft, to, reload }: StepProps) {
  const t = useT()
  const [leaveOut, setLeaveOut] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const trial = run.trial
  const rows = rowsToWrite(trial?.counts ?? [])
  const faulty = trial?.faultyRows ?? 0
  const changed = Object.keys(draft.owners).length
  const write = async () => {
    setBusy(true)
    setError(null)
    try {
      await writeRun(run, { ...draft.owners }, leaveOut)
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <div className="kb-scroll">
        <div className="kb-pad kb-import-body kb-import-narrow">
          <ErrorBox error={error} onAgain={reload} />
          {trial ? (
            <>
              <Totals counts={trial.counts} faulty={faulty} />
              <ByKind counts={trial.counts} />
            </>
          ) : null}
          {rows === 0 ? <p className="kb-warn">{t(faulty > 0 ? 'nothingElseNew' : 'nothingNew')}</p> : null}
          {changed > 0 ? (
            <p className="kb-2">{changed === 1 ? t('changedOwner') : t('changedOwners', { n: changed })}</p>
          ) : null}
          {faulty > 0 ? (
            <Checkbox checked={leaveOut} onChange={(event) => setLeaveOut(event.target.checked)}>
              {t('leaveFaulty', { n: plain(faulty) })}
            </Checkbox>
          ) : null}
        </div>
      </div>
      <StickyBar
        aside={
          faulty > 0 && !leaveOut ? (
            <>
              <Lock size={14} strokeWidth={1.6} aria-hidden /> {t('tickFirst', { n: plain(faulty) })}
            </>
          ) : (
            <>
              {t('willWrite', { n: plain(rows) })}
              {faulty > 0 ? ` · ${t('willLeave', { n: plain(faulty) })}` : ''}
            </>
          )
        }
      >
        <Button
          type={rows === 0 ? 'default' : 'primary'}
          loading={busy}
          disabled={faulty > 0 && !leaveOut}
          onClick={() => void write()}
          data-main
        >
          {rows === 0 ? t('writeAnyway') : t('write', { n: plain(rows) })}
        </Button>
        <Button onClick={() => to((trial?.proposals ?? 0) > 0 ? 'owners' : 'trial')}>{t('back')}</Button>
        <GiveUp run={run} onError={setError} />
      </StickyBar>
    </>
  )
}

function Writing({ run }: { run: ImportRun }) {
  const t = useT()
  const text = useText()
  const part = Math.round((run.progress?.part ?? 0) * 100)
  return (
    <div className="kb-scroll">
      <div className="kb-pad kb-import-body kb-import-narrow" role="status">
        <h2>{t('writing')}</h2>
        <Progress percent={part} status="active" aria-label={t('writing')} />
        <p className="kb-2">{text(run.progress?.doing)}</p>
        <p className="kb-note">{t('writingHint')}</p>
      </div>
    </div>
  )
}

function Done({ run }: { run: ImportRun }) {
  const t = useT()
  const text = useText()
  const go = useGo()
  const kinds = useMeta().data?.kinds ?? []
  // What was read before the writing no longer holds; the run itself does.
  useEffect(() => {
    void queryClient.invalidateQueries({
      predicate: ({ queryKey }) => !String(queryKey[1]).startsWith('/imports'),
    })
  }, [])
  const result = run.result
  // A list is of one kind, and leads to it; a file of several leads on to the work that waits for it.
  const own = kinds.find((kind) => kind.id === run.importer.id)
  if (!result) return null
  return (
    <>
      <div className="kb-scroll">
        <div className="kb-pad kb-import-body kb-import-narrow">
          <h2 className="kb-row kb-import-done">
            <CircleCheck size={20} strokeWidth={1.6} aria-hidden />
            {t('done')} <span className="kb-note">{t('doneIn', { n: result.seconds })}</span>
          </h2>
          <Totals counts={result.counts} />
          <ByKind counts={result.counts} />
          {result.said ? <p className="kb-2">{text(result.said)}</p> : null}
          <p className="kb-row kb-import-links">
            {result.links?.map((one) => (
              <Go key={one.href} href={one.href}>
                {text(one.label)}
              </Go>
            ))}
            {(own ? [] : kinds)
              .filter((kind) => !kind.partOf && kind.may.import?.allowed)
              .map((kind) => (
                <Go key={kind.id} href={`/records/${kind.id}`}>
                  {t('open', { kind: text(kind.plural).toLowerCase() })}
                </Go>
              ))}
          </p>
        </div>
      </div>
      <StickyBar>
        {own ? (
          <Button type="primary" onClick={() => go(`/records/${own.id}`)} data-main>
            {t('open', { kind: text(own.plural).toLowerCase() })}
          </Button>
        ) : (
          <StartCase main />
        )}
        <Button onClick={() => go('/imports')}>{t('again')}</Button>
      </StickyBar>
    </>
  )
}

function Failed({ run, to }: StepProps) {
  const t = useT()
  const text = useText()
  return (
    <>
      <div className="kb-scroll">
        <div className="kb-pad kb-import-body kb-import-narrow">
          <div className="kb-error" role="alert">
            <p>
              <strong>
                {t('failed')}
                {run.failure ? `: ${text(run.failure)}` : ''}
              </strong>
            </p>
            {t('failedHint')}
          </div>
        </div>
      </div>
      <StickyBar>
        <Button type="primary" onClick={() => to('columns')} data-main>
          {t('back')}
        </Button>
      </StickyBar>
    </>
  )
}

function Cancelled() {
  const t = useT()
  return (
    <div className="kb-pad">
      <p className="kb-2">{t('cancelled')}</p>
      <Go href="/imports">{t('toImports')}</Go>
    </div>
  )
}
