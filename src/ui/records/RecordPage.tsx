import { useLocation, useParams } from '@tanstack/react-router'
import { Button, Dropdown, Modal } from 'antd'
import { Ellipsis, PencilLine } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { KindMeta, RecordPage as Page, RecordItem, RecordList } from '../../kernel/records/wire.ts'
import { Chip } from '../components/Chip.tsx'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { Go, useGo } from '../components/Go.tsx'
import { NoRight } from '../components/NoRight.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { PageState } from '../components/PageState.tsx'
import { PersonTag } from '../components/PersonTag.tsx'
import { Grade } from '../components/StatusTag.tsx'
import { toast } from '../components/toasts.tsx'
import { Why } from '../components/Why.tsx'
import { plain } from '../format/money.ts'
import { useText } from '../i18n/texts.ts'
import { listAddress } from '../place.ts'
import { again, queryClient, useGet } from '../query.ts'
import { useMeta } from '../session.ts'
import { Doing } from './Doing.tsx'
import { DraftOffer } from './DraftOffer.tsx'
import { offerOf } from './drafts.ts'
import { isEditedHere, useEditedElsewhere } from './editing.ts'
import { Facts } from './Facts.tsx'
import { FieldRow } from './FieldRow.tsx'
import { History } from './History.tsx'
import { RecordForm } from './RecordForm.tsx'
import { PartRows, type RelatedKind, RelatedRows, Work } from './Related.tsx'
import { useT } from './texts.ts'
import { useRecordDraft } from './useRecordDraft.ts'
import { useRecordSave } from './useRecordSave.tsx'
import { isReference, useValueText } from './Value.tsx'

/** The page of one record of any kind, drawn from its declaration. */
export function RecordPage() {
  const t = useT()
  const params = useParams({ strict: false }) as { kind: string; id: string }
  const meta = useMeta()
  const kind = meta.data?.kinds.find((one) => one.id === params.kind)
  const record = useGet<Page>(kind ? `/records/${kind.id}/${params.id}` : null)
  const text = useText()
  const error = meta.error ?? record.error
  const back = `/records/${params.kind}`
  if (error || (meta.data && !kind))
    return (
      <div className="kb-page">
        <PageHead
          title={kind ? t('noSuch', { kind: text(kind.label).toLowerCase() }) : t('deals')}
          {...(kind ? { path: [{ label: text(kind.plural), href: back }] } : {})}
        />
        {error ? (
          <ErrorBox error={error} onAgain={() => void record.refetch()}>
            {kind?.may.read?.allowed ? <Go href={back}>{t('toList', { kind: text(kind.plural) })}</Go> : null}
          </ErrorBox>
        ) : (
          <NoRight why={null} />
        )}
      </div>
    )
  if (!kind || !record.data || !meta.data)
    return (
      <PageState
        title={kind ? text(kind.label) : t('deals')}
        {...(kind ? { path: [{ label: text(kind.plural), href: back }] } : {})}
      />
    )
  return <Drawn key={record.data.id} kind={kind} record={record.data} kinds={meta.data.kinds} />
}

function Drawn({ kind, record, kinds }: { kind: KindMeta; record: Page; kinds: readonly KindMeta[] }) {
  const text = useText()
  const { pathname, searchStr } = useLocation()
  const wanted = new URLSearchParams(searchStr).get('tab')
  const [editing, setEditing] = useState<'anew' | 'restored' | null>(null)
  const kept = useRecordDraft(kind, record)
  const [draft, setDraft] = useState(() => kept.read())
  const elsewhere = useEditedElsewhere(kept.name)
  // What was written in another window may be saved, or given up, by the time it is left.
  useEffect(() => {
    if (elsewhere === false && !isEditedHere(kept.name)) setDraft(kept.read())
  }, [elsewhere, kept])
  const offer = record.may.update.allowed ? offerOf(draft, record, kind.fields) : null
  const edit = () => setEditing('anew')
  const all = kind.page.related.flatMap((one): RelatedKind[] => {
    const other = kinds.find((each) => each.id === one.kind)
    return other?.may.read?.allowed ? [{ ...one, other }] : []
  })
  // Lines are a part of their order and stand on its page; records of their own stand behind a tab.
  const parts = all.filter((one) => one.other.partOf === kind.id)
  const related = all.filter((one) => one.other.partOf !== kind.id)
  const current = related.find((one) => one.kind === wanted)
  const title = String(record[kind.title] ?? '')
  return (
    <div className="kb-page">
      <PageHead
        title={title}
        path={[{ label: text(kind.plural), href: listAddress(`/records/${kind.id}`) }]}
        titleBelow
      />
      <div className={current ? 'kb-page' : 'kb-scroll kb-record'}>
        <Top
          kind={kind}
          record={record}
          title={title}
          related={related.filter((one) => !one.other.partOf)}
          onEdit={edit}
        />
        {offer && !editing && elsewhere !== null ? (
          <DraftOffer
            elsewhere={elsewhere}
            kind={kind}
            offer={offer}
            onRestore={() => setEditing('restored')}
            onDiscard={() => {
              kept.forget()
              setDraft(null)
            }}
          />
        ) : null}
        <Tabs {...{ pathname, related, record }} current={current?.kind ?? null} />
        {current ? (
          <RelatedRows key={current.kind} kind={current.other} column={current.column} id={record.id} />
        ) : (
          <Overview kind={kind} record={record} parts={parts} onEdit={edit} />
        )}
      </div>
      {editing ? (
        <RecordForm
          kind={kind}
          item={record}
          restore={editing === 'restored'}
          onClose={() => {
            setEditing(null)
            setDraft(kept.read())
          }}
        />
      ) : null}
    </div>
  )
}

function Top(props: {
  kind: KindMeta
  record: Page
  title: string
  related: readonly RelatedKind[]
  onEdit: () => void
}) {
  const { kind, record, title, related } = props
  const text = useText()
  const words = useValueText()
  const people = kind.fields.filter((field) => field.to === 'person' && isReference(record[field.id]))
  const code = kind.code && kind.code !== kind.title ? String(record[kind.code] ?? '') : ''
  return (
    <div className="kb-record-top">
      <div className="kb-row">
        <Grade grade={record.grade as string | null | undefined} />
        <h2 className="kb-record-title">{title}</h2>
        <span className="kb-2 kb-record-code">{code}</span>
        <Chip clause={kind.clause} />
        <span className="kb-grow" />
        <Actions kind={kind} record={record} title={title} onEdit={props.onEdit} />
      </div>
      {people.length > 0 ? (
        <div className="kb-row" style={{ gap: 16, marginTop: 4 }}>
          {people.map((field) => (
            <PersonTag key={field.id} name={words(field, record[field.id])} role={text(field.label)} />
          ))}
        </div>
      ) : null}
      <Facts kind={kind} record={record} related={related} />
    </div>
  )
}

function Actions(props: { kind: KindMeta; record: RecordItem & Page; title: string; onEdit: () => void }) {
  const { kind, record, title } = props
  const t = useT()
  const text = useText()
  const go = useGo()
  const [asking, setAsking] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const { drop: removeRecord, dialog } = useRecordSave(kind)
  const drop = async () => {
    try {
      if (!(await removeRecord(record))) {
        setAsking(false)
        await again(`/records/${kind.id}/${record.id}`)
        return
      }
      toast(t('deleted', { title }))
      await queryClient.invalidateQueries({ queryKey: ['list'] })
      go(listAddress(`/records/${kind.id}`), true)
    } catch (problem) {
      setError(problem)
    }
  }
  const verbs = (['update', 'assign', 'delete'] as const).filter(
    (verb) => verb !== 'assign' || kind.fields.some((field) => field.to === 'person'),
  )
  return (
    <>
      <Why
        verdict={t('may')}
        clause={kind.clause}
        rows={verbs.map((verb) => ({ label: t(verb), value: text(record.may[verb].why) }))}
      />
      {record.may.update.allowed && !kind.partOf ? (
        <Button
          icon={<PencilLine size={15} strokeWidth={1.6} aria-hidden />}
          onClick={props.onEdit}
          data-main
        >
          {t('editForm')}
        </Button>
      ) : null}
      {record.may.delete.allowed && !kind.partOf ? (
        <Dropdown
          trigger={['click']}
          menu={{
            items: [{ key: 'delete', label: t('deleteTitle', { title }), danger: true }],
            onClick: () => setAsking(true),
          }}
        >
          <Button type="text" icon={<Ellipsis size={16} aria-hidden />} aria-label={t('more')} />
        </Dropdown>
      ) : null}
      <Modal
        open={asking}
        title={t('deleteTitle', { title })}
        okText={t('deleteTitle', { title })}
        okButtonProps={{ danger: true }}
        cancelText={t('keep')}
        onOk={drop}
        onCancel={() => setAsking(false)}
      >
        <p>{t('deleteText')}</p>
        <ErrorBox error={error} />
        {dialog}
      </Modal>
    </>
  )
}

function Tabs(props: {
  pathname: string
  current: string | null
  record: Page
  related: readonly RelatedKind[]
}) {
  const t = useT()
  if (props.related.length === 0) return null
  const cls = (on: boolean) => (on ? 'kb-tab kb-tab-on' : 'kb-tab')
  return (
    <nav className="kb-tabs kb-tabbar" aria-label={t('overview')}>
      <Go href={props.pathname} className={cls(props.current === null)}>
        {t('overview')}
      </Go>
      {props.related.map((one) => (
        <RelatedTab key={one.kind} {...one} {...props} on={props.current === one.kind} />
      ))}
    </nav>
  )
}

function RelatedTab(props: {
  pathname: string
  record: Page
  kind: string
  column: string
  other: KindMeta
  on: boolean
}) {
  const text = useText()
  const count = useGet<RecordList>(`/records/${props.kind}`, {
    [props.column]: props.record.id,
    limit: 1,
    total: 1,
  }).data?.total
  return (
    <Go
      href={`${props.pathname}?tab=${props.kind}`}
      className={props.on ? 'kb-tab kb-tab-on' : 'kb-tab'}
      aria-current={props.on ? 'page' : undefined}
    >
      {text(props.other.plural)}
      {count === undefined ? null : <small>{plain(count)}</small>}
    </Go>
  )
}

function Overview(props: {
  kind: KindMeta
  record: Page
  parts: readonly RelatedKind[]
  onEdit: () => void
}) {
  const { kind, record } = props
  const t = useT()
  const text = useText()
  return (
    <div className="kb-overview">
      <div>
        {kind.page.sections.map((section) => (
          <section key={section.id} className="kb-block">
            <h2>{text(section.title)}</h2>
            <dl className="kb-fields">
              {section.fields.flatMap((id) => {
                const field = kind.fields.find((one) => one.id === id)
                return field ? <FieldRow key={id} kind={kind} record={record} field={field} /> : []
              })}
            </dl>
          </section>
        ))}
        {props.parts.map((part) => (
          <PartRows key={part.kind} parent={kind} kind={part.other} column={part.column} id={record.id} />
        ))}
      </div>
      <aside aria-label={t('history')}>
        <Doing kind={kind} record={record} onFill={props.onEdit} />
        <section className="kb-block">
          <h2>{t('history')}</h2>
          <p className="kb-note">{t('historyHint')}</p>
          <History kind={kind} id={record.id} />
        </section>
        <Work path={`/records/${kind.id}/${record.id}`} />
      </aside>
    </div>
  )
}
