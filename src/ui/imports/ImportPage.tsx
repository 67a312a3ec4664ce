import { useLocation, useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { ImportRun } from '../../kernel/exchange/wire.ts'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { Go, useGo } from '../components/Go.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { PageState } from '../components/PageState.tsx'
import { StatusTag } from '../components/StatusTag.tsx'
import { useText } from '../i18n/texts.ts'
import { ColumnsStep } from './ColumnsStep.tsx'
import { reachable, type Step, stepOf, steps } from './draft.ts'
import { tones } from './ImportsPage.tsx'
import { OwnersStep } from './OwnersStep.tsx'
import { SheetsStep } from './SheetsStep.tsx'
import { StepBar } from './StepBar.tsx'
import type { Draft, StepProps } from './step.ts'
import { TrialStep } from './TrialStep.tsx'
import { useT } from './texts.ts'
import { useRun } from './useRun.ts'
import { WriteStep } from './WriteStep.tsx'

/** One import: sheets, columns, trial, owners, writing. Where one stands is in the address. */
export function ImportPage() {
  const t = useT()
  const { id } = useParams({ strict: false }) as { id: string }
  const run = useRun(id)
  if (run.error)
    return (
      <div className="kb-page">
        <PageHead title={t('import')} path={[{ label: t('imports'), href: '/imports' }]} />
        <div className="kb-pad">
          <ErrorBox error={run.error} onAgain={() => void run.refetch()} />
          <Go href="/imports">{t('toImports')}</Go>
        </div>
      </div>
    )
  if (!run.data) return <PageState title={t('import')} path={[{ label: t('imports'), href: '/imports' }]} />
  return <Opened key={run.data.id} run={run.data} reload={() => void run.refetch()} />
}

function Opened({ run, reload }: { run: ImportRun; reload: () => void }) {
  const t = useT()
  const text = useText()
  const go = useGo()
  const { pathname, searchStr } = useLocation()
  const asked = new URLSearchParams(searchStr).get('step') as Step | null
  const step = asked && steps.includes(asked) && reachable(run, asked) ? asked : stepOf(run)
  const [draft, setDraft] = useState<Draft>({
    mapping: run.mapping,
    choices: run.choices,
    owners: (run.choices.owners as Record<string, number> | undefined) ?? {},
  })
  const props = useMemo<StepProps>(
    () => ({
      run,
      draft,
      change: (part) => setDraft((before) => ({ ...before, ...part })),
      to: (next) => go(`${pathname}?step=${next}`),
      reload,
    }),
    [run, draft, go, pathname, reload],
  )
  return (
    <div className="kb-page">
      <PageHead
        title={run.fileName}
        path={[{ label: t('imports'), href: '/imports' }]}
        note={<StatusTag tone={tones[run.state]} text={text(run.stateText)} />}
      />
      <StepBar run={run} step={step} />
      {step === 'sheets' ? <SheetsStep {...props} /> : null}
      {step === 'columns' ? <ColumnsStep {...props} /> : null}
      {step === 'trial' ? <TrialStep {...props} /> : null}
      {step === 'owners' ? <OwnersStep {...props} /> : null}
      {step === 'write' ? <WriteStep {...props} /> : null}
    </div>
  )
}
