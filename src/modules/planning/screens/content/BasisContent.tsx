import { ErrorBox } from '../../../../ui/components/ErrorBox.tsx'
import { Waiting } from '../../../../ui/components/Waiting.tsx'
import { useGet } from '../../../../ui/query.ts'
import type { TaskContentProps } from '../../../../ui/work/content.ts'
import type { Plan } from '../../wire.ts'
import { Basis } from '../basis/Basis.tsx'
import '../planning.css'
import { Words } from '../words/Words.tsx'
import { placeOf } from './place.ts'
import { useSaves } from './useSaves.ts'

/** C-1 inside the task: the basis by every cut, and the words that go with it. */
export default function BasisContent({ task, editable, onSaved, onBefore }: TaskContentProps) {
  const place = placeOf(task)
  const plan = useGet<Plan>(place ? `/plans/${place.planId}` : null)
  const keep = useSaves(onBefore)
  if (plan.error && !plan.data) return <ErrorBox error={plan.error} onAgain={() => void plan.refetch()} />
  if (!place || !plan.data) return <Waiting rows={6} />
  return (
    <>
      <Basis planId={place.planId} plan={plan.data} />
      <Words
        plan={plan.data}
        editable={editable}
        step="C-1"
        inTask
        onSaved={() => void onSaved()}
        onSave={keep.words}
      />
    </>
  )
}
