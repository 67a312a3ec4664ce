import { Go } from '../../../../ui/components/Go.tsx'
import { Waiting } from '../../../../ui/components/Waiting.tsx'
import type { TaskContentProps } from '../../../../ui/work/content.ts'
import { Editor } from '../grid/Editor.tsx'
import '../planning.css'
import { useT } from '../texts.ts'
import { placeOf } from './place.ts'
import { useSaves } from './useSaves.ts'

/** C-5 inside the task: the split to issue with its sum check, or what one was given to accept or return. */
export default function SheetContent({ task, editable, onSaved, onBefore }: TaskContentProps) {
  const t = useT()
  const place = placeOf(task)
  const keep = useSaves(onBefore)
  if (!place) return <Waiting rows={6} />
  const writes = editable && task.node !== 'receive'
  return (
    <>
      <p className="kp-content-links kb-note">
        <Go href={task.href ?? ''}>{t('toSheet')}</Go>
        <Go href={`/plans/${place.planId}?tab=cascade`}>{t('tree')}</Go>
        <Go href={`/plans/${place.planId}?tab=history`}>{t('versions')}</Go>
      </p>
      <Editor
        {...place}
        editable={writes}
        inTask
        onSaved={() => void onSaved()}
        {...(writes ? { onStore: keep.sheet } : {})}
      />
    </>
  )
}
