import { Go } from './Go.tsx'
import { useT } from './texts.ts'

/** What a clause reference shows: `wf:PLAN/C-5` → `C-5`, `fn:C5` → `C5`. */
export const clauseLabel = (clause: string): string =>
  (clause.split(/[:/]/).pop() ?? clause).replace(/^norm\./, '')

/** A clause of the handbook, one touch away. `clause` is a reference (`wf:PLAN/C-5`); `label` replaces what is printed. */
export function Chip({ clause, label }: { clause: string; label?: string }) {
  const t = useT()
  const text = label ?? clauseLabel(clause)
  return (
    <Go
      href={`/handbook/${encodeURIComponent(clause)}`}
      className="kb-chip"
      aria-label={t('clause', { clause: text })}
      onClick={(event) => event.stopPropagation()}
    >
      {text}
    </Go>
  )
}
