import { useMeta } from '../session.ts'
import { Go } from './Go.tsx'
import { useT } from './texts.ts'

/** What a clause reference shows: `wf:PLAN/C-5` → `C-5`, `fn:C5` → `C5`. */
export const clauseLabel = (clause: string): string =>
  (clause.split(/[:/]/).pop() ?? clause).replace(/^norm\./, '')

/**
 * A clause of the handbook, one touch away. `clause` is a reference (`wf:PLAN/C-5`); `label` replaces what is printed; `edition` is the
 * edition that the work goes by, left out for the one in force.
 */
export function Chip(props: { clause: string; label?: string; edition?: number | undefined }) {
  const { clause, label, edition } = props
  const t = useT()
  const inForce = useMeta().data?.edition.id
  const other = edition !== undefined && inForce !== undefined && edition !== inForce
  const text = label ?? clauseLabel(clause)
  return (
    <Go
      href={`/handbook/${encodeURIComponent(clause)}${other ? `?edition=${edition}` : ''}`}
      className="kb-chip"
      aria-label={t('clause', { clause: text })}
      onClick={(event) => event.stopPropagation()}
    >
      {text}
    </Go>
  )
}
