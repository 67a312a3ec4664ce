import { Button } from 'antd'
import type { KindMeta, RecordPage } from '../../kernel/records/wire.ts'
import type { CaseRow } from '../../kernel/workflow/wire.ts'
import { Go } from '../components/Go.tsx'
import { useListed, useText } from '../i18n/texts.ts'
import { useGet } from '../query.ts'
import { useT } from './texts.ts'

interface Props {
  readonly kind: KindMeta
  readonly record: RecordPage
}

/** Labels of the wanted fields that are still empty. */
export function useMissing({ kind, record }: Props): string {
  const text = useText()
  const listed = useListed()
  return listed(record.missing.map((id) => text(kind.fields.find((field) => field.id === id)?.label)))
}

/** The running workflows about a record. */
export const useOpenCases = (path: string): readonly CaseRow[] =>
  (useGet<{ items: CaseRow[] }>(`${path}/work`).data?.items ?? []).filter((one) => one.state !== 'ended')

/** What comes next for this record; nothing where nothing waits. What one may do stands behind the shield. */
export function Doing({ kind, record, onFill }: Props & { onFill: () => void }) {
  const t = useT()
  const text = useText()
  const missing = useMissing({ kind, record })
  const cases = useOpenCases(`/records/${kind.id}/${record.id}`)
  const { length } = record.missing
  if (length === 0 && cases.length === 0) return null
  return (
    <section className="kb-block">
      <h2>{t('next')}</h2>
      <ul className="kb-plain">
        {length > 0 ? (
          <li>
            {record.may.update.allowed && !kind.partOf ? (
              <Button size="small" onClick={onFill}>
                {t('fillIn', { n: length })}
              </Button>
            ) : (
              <strong>{t('fillOther', { n: length })}</strong>
            )}
            <p className="kb-note">{missing}</p>
          </li>
        ) : null}
        {cases.map((one) => (
          <li key={one.id}>
            <Go href={`/cases/${one.id}`}>{t('ofCase', { title: text(one.title) })}</Go>
            <p className="kb-note">{text(one.statusText)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
