import { Button, Input } from 'antd'
import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { clear } from '../components/clear.tsx'
import { Empty } from '../components/Empty.tsx'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { Go, useGo } from '../components/Go.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useFormat } from '../format/useFormat.ts'
import { useText } from '../i18n/texts.ts'
import { useMe } from '../session.ts'
import { choices, type Group, type InboxState, inboxHref, sorts } from './inboxState.ts'
import { useKeeps } from './Keeper.tsx'
import { TaskRow } from './TaskRow.tsx'
import { useT } from './texts.ts'
import type { useInbox } from './useInbox.ts'

/** The left half of the inbox: find, narrow, order, and the tasks under their headings. */
export function TaskList({
  inbox,
  current,
  opened,
}: {
  inbox: ReturnType<typeof useInbox>
  current: number | null
  /** The task that the address names: whoever narrows the list stays at his address, or the box he types in would be drawn anew. */
  opened: number | null
}) {
  const t = useT()
  const { state, pages, tasks, groups, approvals } = inbox
  const idle = state.box === 'todo' && !state.q && !state.only
  return (
    <div className="kb-inbox">
      <Tools inbox={inbox} opened={opened} />
      <div className="kb-scroll">
        {pages.error ? (
          <div className="kb-pad">
            <ErrorBox error={pages.error} onAgain={() => void pages.refetch()} />
          </div>
        ) : pages.isPending || (idle && approvals.pending && groups.length === 0) ? (
          <Waiting rows={9} />
        ) : groups.length === 0 ? (
          // An approval above the list is something that waits.
          idle && approvals.yours > 0 ? null : (
            <Nothing state={state} />
          )
        ) : (
          groups.map((group) => (
            <section key={`${group.by}.${group.key}`} className="kb-task-group">
              <Heading group={group} />
              {group.tasks.map((task) => (
                <TaskRow
                  key={task.id}
                  task={task}
                  href={inboxHref(state, task.id)}
                  current={task.id === current}
                />
              ))}
            </section>
          ))
        )}
        {pages.hasNextPage ? (
          <div className="kb-pad kb-row">
            <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {t('more')}
            </Button>
            <span className="kb-note">{t('readSome', { n: tasks.length })}</span>
          </div>
        ) : null}
      </div>
    </div>
  )
}

function Heading({ group }: { group: Group }) {
  const t = useT()
  const text = useText()
  const { day } = useFormat()
  const label =
    group.by === 'day'
      ? day(group.key)
      : group.by === 'case'
        ? text(group.tasks[0]?.caseTitle)
        : t(group.key as 'overdue' | 'today' | 'week' | 'later' | 'done')
  return (
    <h2 className={group.key === 'overdue' ? 'kb-late' : 'kb-2'}>
      {label} <small>{group.tasks.length}</small>
    </h2>
  )
}

function Tools({ inbox, opened }: { inbox: ReturnType<typeof useInbox>; opened: number | null }) {
  const t = useT()
  const text = useText()
  const go = useGo()
  const { state, tasks } = inbox
  const [typed, setTyped] = useState(state.q)
  useEffect(() => setTyped(state.q), [state.q])
  useEffect(() => {
    const q = typed.trim()
    if (q === state.q) return
    const timer = setTimeout(() => go(inboxHref({ ...state, q }, opened ?? undefined), true), 250)
    return () => clearTimeout(timer)
  }, [typed, state, opened, go])
  const offered = choices(tasks, state.only)
  const name = (only: string): string =>
    only === 'late'
      ? t('late')
      : only === 'stand-in'
        ? t('standIn')
        : text(tasks.find((one) => one.workflow === only)?.workflowName) || t('case')
  const to = (only: string) => inboxHref({ ...state, only }, opened ?? undefined)
  return (
    <div className="kb-inbox-tools">
      <div className="kb-row kb-inbox-find">
        <Input
          allowClear={clear}
          variant="filled"
          prefix={<Search size={15} strokeWidth={1.6} aria-hidden />}
          placeholder={t('find')}
          aria-label={t('find')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          maxLength={100}
          data-find
        />
        <select
          className="kb-select"
          aria-label={t('sort')}
          value={state.sort}
          onChange={(event) =>
            go(
              inboxHref({ ...state, sort: event.target.value as InboxState['sort'] }, opened ?? undefined),
              true,
            )
          }
        >
          {sorts.map((sort) => (
            <option key={sort} value={sort}>
              {t(`sort${sort}`)}
            </option>
          ))}
        </select>
      </div>
      {offered.length > 0 ? (
        <nav className="kb-views" aria-label={t('onlySome', { name: t('tasks') })}>
          {[{ only: '', count: tasks.length }, ...offered].map((one) => (
            <Go
              key={one.only}
              href={to(one.only)}
              className={one.only === state.only ? 'kb-view kb-view-on' : 'kb-view'}
              aria-current={one.only === state.only ? 'true' : undefined}
            >
              {one.only === '' ? t('all') : name(one.only)} <small>{one.count}</small>
            </Go>
          ))}
        </nav>
      ) : null}
    </div>
  )
}

function Nothing({ state }: { state: InboxState }) {
  const t = useT()
  const me = useMe().data
  const keeps = useKeeps()
  if (state.q || state.only)
    return (
      <Empty
        title={t('emptyFiltered')}
        hint={t('emptyFilteredHint')}
        action={<Go href={inboxHref({ ...state, q: '', only: '' })}>{t('clear')}</Go>}
      />
    )
  if (keeps && state.box === 'todo') return <Empty title={t('keeperNothing')} hint={t('keeperNothingHint')} />
  const post = me?.posts[0]?.post
  return (
    <Empty
      title={t(`empty${state.box}`)}
      hint={t(`empty${state.box}Hint`)}
      action={
        state.box === 'todo' && post ? (
          <Go href={`/handbook/${encodeURIComponent(`post:${post}`)}`}>{t('myPost')}</Go>
        ) : null
      }
    />
  )
}
