import { Button } from 'antd'
import { Check, Lock } from 'lucide-react'
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

const verbs = ['update', 'assign', 'delete'] as const

/** Labels of the wanted fields that are still empty. */
export function useMissing({ kind, record }: Props): string {
  const text = useText()
  const listed = useListed()
  return listed(record.missing.map((id) => text(kind.fields.find((field) => field.id === id)?.label)))
}

/** The running workflows about a record. */
export const useOpenCases = (path: string): readonly CaseRow[] =>
  (useGet<{ items: CaseRow[] }>(`${path}/work`).data?.items ?? []).filter((one) => one.state !== 'ended')

/** What comes next for this record, and what this person may do with it and why. */
export function Doing({ kind, record, onFill }: Props & { onFill: () => void }) {
  const t = useT()
  const text = useText()
  const missing = useMissing({ kind, record })
  const cases = useOpenCases(`/records/${kind.id}/${record.id}`)
  const { length } = record.missing
  return (
    <>
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
          {length === 0 && cases.length === 0 ? <li className="kb-2">{t('nothingNext')}</li> : null}
        </ul>
      </section>
      <section className="kb-block">
        <h2>{t('may')}</h2>
        <ul className="kb-plain kb-may">
          {verbs
            .filter((verb) => verb !== 'assign' || kind.fields.some((field) => field.to === 'person'))
            .map((verb) => {
              const { allowed, why } = record.may[verb]
              const Icon = allowed ? Check : Lock
              return (
                <li key={verb}>
                  <Icon size={15} strokeWidth={1.8} aria-hidden className={allowed ? 'kb-yes' : 'kb-3'} />
                  <span>
                    {t(verb)}
                    <span className="kb-note">{text(why)}</span>
                  </span>
                </li>
              )
            })}
        </ul>
      </section>
    </>
  )
}
