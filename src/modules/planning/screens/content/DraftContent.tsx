import { ErrorBox } from '../../../../ui/components/ErrorBox.tsx'
import { Go } from '../../../../ui/components/Go.tsx'
import { Waiting } from '../../../../ui/components/Waiting.tsx'
import { useGet } from '../../../../ui/query.ts'
import type { TaskContentProps } from '../../../../ui/work/content.ts'
import type { Plan } from '../../wire.ts'
import { Editor } from '../grid/Editor.tsx'
import '../planning.css'
import { useT } from '../texts.ts'
import { Words } from '../words/Words.tsx'
import { placeOf } from './place.ts'
import { useSaves } from './useSaves.ts'

/** C-2 to C-4 inside the task: the grid of targets and the words of the plan; who may not write reads them. */
export default function DraftContent({ task, editable, onSaved, onBefore }: TaskContentProps) {
  const t = useT()
  const place = placeOf(task)
  const plan = useGet<Plan>(place ? `/plans/${place.planId}` : null)
  const keep = useSaves(onBefore)
  if (plan.error && !plan.data) return <ErrorBox error={plan.error} onAgain={() => void plan.refetch()} />
  if (!place || !plan.data) return <Waiting rows={6} />
  const saved = () => void onSaved()
  const writes = editable && plan.data.may.edit
  return (
    <>
      <p className="kp-content-links kb-note">
        <Go href={`/plans/${place.planId}?tab=draft`}>{t('toSheet')}</Go>
        <Go href={`/plans/${place.planId}?tab=basis`}>{t('basis')}</Go>
        <Go href={`/plans/${place.planId}?tab=words`}>{t('words')}</Go>
        <Go href={`/plans/${place.planId}?tab=history`}>{t('history')}</Go>
      </p>
      <Editor
        planId={place.planId}
        sheetId={0}
        editable={editable}
        inTask
        onSaved={saved}
        onStore={keep.sheet}
      />
      <Words
        plan={plan.data}
        editable={writes}
        inTask
        {...(task.step === 'C-2' ? { step: 'C-2' } : {})}
        onSaved={saved}
        onSave={keep.words}
      />
    </>
  )
}
