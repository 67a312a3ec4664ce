import { useParams } from '@tanstack/react-router'
import { Suspense } from 'react'
import type { CaseDetail, Task } from '../../kernel/workflow/wire.ts'
import { Chip } from '../components/Chip.tsx'
import { Go } from '../components/Go.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { PageState } from '../components/PageState.tsx'
import { PersonTag } from '../components/PersonTag.tsx'
import { StatusTag } from '../components/StatusTag.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useFormat } from '../format/useFormat.ts'
import { useListed, useText } from '../i18n/texts.ts'
import { lazyPart } from '../part.ts'
import { useGet } from '../query.ts'
import { useMeta } from '../session.ts'
import { CancelCase } from './CancelCase.tsx'
import { type Holding, holdings, mineIn, recordHref, together, toneOf, waitsFor } from './caseView.ts'
import { Deadline } from './Deadline.tsx'
import { Gone } from './Gone.tsx'
import { Began, Cancelled, Opinions } from './Opinions.tsx'
import { Steps } from './Steps.tsx'
import { useReason } from './TaskRow.tsx'
import { useT } from './texts.ts'
import { useWho } from './who.ts'

const Drawing = lazyPart(() => import('./Drawing.tsx'))

/** A case: how it stands, whose turn it is and why, where in the drawing, and everything decided so far. */
export function CasePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const one = useGet<CaseDetail>(`/cases/${id}`)
  const t = useT()
  if (one.error && !one.data) return <Gone page error={one.error} onAgain={() => void one.refetch()} />
  if (!one.data)
    return <PageState title={t('case')} path={[{ label: t('inbox'), href: '/inbox' }]} rows={10} />
  return <Drawn one={one.data} />
}

function Drawn({ one }: { one: CaseDetail }) {
  const t = useT()
  const text = useText()
  // Whoever has a share in a case may not see the whole of it.
  const parent = useGet<CaseDetail>(one.parent ? `/cases/${one.parent}` : null).data
  return (
    <div className="kb-page">
      <PageHead
        title={text(one.title)}
        path={[
          { label: t('inbox'), href: '/inbox' },
          ...(parent ? [{ label: text(parent.title), href: `/cases/${parent.id}` }] : []),
        ]}
        action={one.mayCancel ? <CancelCase one={one} /> : null}
        note={<StatusTag tone={toneOf(one)} text={text(one.statusText)} />}
      />
      <div className="kb-scroll">
        <div className="kb-overview kb-case">
          <div>
            <Head one={one} />
            <MyTurn one={one} />
            <section className="kb-block">
              <h2>{t('steps')}</h2>
              <Suspense fallback={<Waiting rows={8} />}>
                <Drawing one={one} />
              </Suspense>
              <Steps one={one} />
            </section>
            <Children one={one} />
          </div>
          <aside>
            <Now one={one} />
            <Related one={one} parent={parent} />
            <section className="kb-block">
              <h2>
                {t('history')} <small className="kb-3">{one.opinions.length}</small>
              </h2>
              {one.cancellation ? <Cancelled of={one.cancellation} /> : null}
              <Opinions opinions={[...one.opinions].reverse()}>
                <Began name={one.startedBy?.name ?? t('nobody')} at={one.startedAt} />
              </Opinions>
            </section>
          </aside>
        </div>
      </div>
    </div>
  )
}

function Head({ one }: { one: CaseDetail }) {
  const t = useT()
  const text = useText()
  const { moment } = useFormat()
  return (
    <header className="kb-block">
      <p className="kb-row kb-2">
        <Chip
          clause={`wf:${one.workflow}`}
          edition={one.editionId}
          label={t('edition', { n: one.edition })}
        />
        {one.subject ? <span>{t('forWhom', { name: one.subject.name })}</span> : null}
        <span>{t('startedOn', { moment: moment(one.startedAt) })}</span>
        {one.endedAt ? <span>{t('endedOn', { moment: moment(one.endedAt) })}</span> : null}
        {one.makeUp ? <span className="kb-near">{t('makeUpWhy')}</span> : null}
      </p>
      {one.note ? <p className="kb-warn kb-case-note">{text(one.note)}</p> : null}
    </header>
  )
}

/** What the reader may do next here, and why; else whom the case waits for. */
function MyTurn({ one }: { one: CaseDetail }) {
  const t = useT()
  const text = useText()
  const named = useWho()
  const reason = useReason()
  const inbox = useGet<{ items: Task[] }>('/tasks', { box: 'todo', limit: 200 })
  if (!inbox.data) return null
  const mine = mineIn(one, inbox.data.items)
  if (mine.length === 0) {
    const who = waitsFor(one)
    return (
      <p className="kb-block kb-2">
        {who.length > 0 ? t('noneYoursWhy', { who: named(who) }) : t('noneYours')}
      </p>
    )
  }
  return (
    <section className="kb-block">
      <h2>{t('yours')}</h2>
      <ul className="kb-plain">
        {mine.map((task) => (
          <li key={task.id} className="kb-row">
            <Chip clause={task.why.clause} edition={task.editionId} />
            <Go href={`/inbox/${task.id}`} data-row>
              <strong>{text(task.title)}</strong>
            </Go>
            <span className="kb-2 kb-grow">{reason(task)}</span>
            <Deadline task={task} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Now({ one }: { one: CaseDetail }) {
  const t = useT()
  const text = useText()
  const named = useWho()
  const own = holdings(one)
  const shares = together(one.children.flatMap((child) => child.open))
  return (
    <section className="kb-block">
      <h2>{t('nowOpen')}</h2>
      {own.length + shares.length === 0 ? <p className="kb-2">{t('noneOpen')}</p> : null}
      <ul className="kb-plain">
        {own.map((each) => (
          <Held key={each.key} open={each} task={each.task} />
        ))}
        {shares.map((each) =>
          each.who.length > 1 ? (
            <li key={`${each.step} ${each.title.zh}`}>
              <p>{t('waitingFor', { n: each.who.length, who: named(each.who) })}</p>
              <p className="kb-note">
                {each.step} {text(each.title)}
              </p>
            </li>
          ) : (
            <Held key={`${each.step} ${each.title.zh}`} open={each} task={null} />
          ),
        )}
      </ul>
    </section>
  )
}

function Held({ open, task }: { open: Pick<Holding, 'step' | 'title' | 'who'>; task: Task | null }) {
  const text = useText()
  const listed = useListed()
  return (
    <li>
      <div className="kb-row">
        <PersonTag name={listed(open.who) || null} />
        <span className="kb-grow" />
        {task ? <Deadline task={task} /> : null}
      </div>
      <p className="kb-note">
        {open.step} {text(open.title)}
      </p>
    </li>
  )
}

function Related({ one, parent }: { one: CaseDetail; parent: CaseDetail | undefined }) {
  const t = useT()
  const text = useText()
  const meta = useMeta().data
  if ((!one.record || !meta) && !parent) return null
  return (
    <section className="kb-block">
      <h2>{t('related')}</h2>
      <ul className="kb-plain">
        {one.record && meta ? (
          <li>
            <Go href={recordHref(one.record, meta.kinds)}>{text(one.title)}</Go>{' '}
            <span className="kb-note">{t('relatedRecord')}</span>
          </li>
        ) : null}
        {parent ? (
          <li>
            <Go href={`/cases/${parent.id}`}>{text(parent.title)}</Go>{' '}
            <span className="kb-note">{t('parentCase')}</span>
          </li>
        ) : null}
      </ul>
    </section>
  )
}

function Children({ one }: { one: CaseDetail }) {
  const t = useT()
  const text = useText()
  const named = useWho()
  const listed = useListed()
  const opened = (open: CaseDetail['children'][number]['open'][number]) =>
    t('childOpen', {
      step: open.step,
      title: text(open.title),
      who: open.who.length > 0 ? named(open.who) : t('nobody'),
    })
  if (one.children.length === 0) return null
  return (
    <section className="kb-block">
      <h2>
        {t('childCases')} <small className="kb-3">{one.children.length}</small>
      </h2>
      <ul className="kb-plain">
        {one.children.map((child) => (
          <li key={child.id} className="kb-row">
            <Go href={`/cases/${child.id}`} className="kb-grow">
              {text(child.title)}
              {child.subject ? <span className="kb-2"> {child.subject.name}</span> : null}
            </Go>
            <span className="kb-2">
              {listed(together(child.open).map(opened), 'phrases') || t('childDone')}
            </span>
            <StatusTag tone={toneOf(child)} text={text(child.statusText)} />
          </li>
        ))}
      </ul>
    </section>
  )
}
