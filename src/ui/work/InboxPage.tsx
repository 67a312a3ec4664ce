import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Empty } from '../components/Empty.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { Panes } from '../components/Panes.tsx'
import { useWidth } from '../theme/media.ts'
import { Approvals } from './Approvals.tsx'
import { Drafts } from './Drafts.tsx'
import { around, boxes, inboxHref } from './inboxState.ts'
import { Keeper } from './Keeper.tsx'
import { Recent } from './Recent.tsx'
import { StartCase } from './StartCase.tsx'
import { Started } from './Started.tsx'
import { TaskList } from './TaskList.tsx'
import { TaskPanel } from './TaskPanel.tsx'
import { useT } from './texts.ts'
import { useInbox } from './useInbox.ts'

/** Home: what waits for me, the most urgent first, and beside it the task itself. */
export function InboxPage() {
  return <Inbox task={null} />
}

/** A task of the inbox at its own address. */
export function TaskPage() {
  const { task } = useParams({ strict: false }) as { task: string }
  return <Inbox task={Number(task)} />
}

function Inbox({ task }: { task: number | null }) {
  const t = useT()
  const width = useWidth()
  const inbox = useInbox()
  const { state, groups, counts } = inbox
  const two = width === 'wide' || width === 'middle'
  // With room for both halves the most urgent task stands open from the start.
  const shown = task ?? (two ? (groups[0]?.tasks[0]?.id ?? null) : null)
  const href = (id?: number) => inboxHref(state, id)
  // Only once it is known that nothing waits: what else might be shown then is not asked for before.
  const idle = inbox.pages.data ? (
    <>
      <Keeper />
      <Drafts />
      <Recent />
    </>
  ) : null
  const place = { around: around(groups, shown), href }
  const alone = width === 'phone' && task !== null
  useEffect(() => {
    if (alone) document.title = `${t('inbox')} · Kambook`
  }, [alone, t])
  return (
    <div className="kb-page">
      {alone ? (
        // The task has the whole page, and its own title below the inbox.
        <h1 className="kb-hidden">{t('inbox')}</h1>
      ) : (
        <PageHead
          title={t('inbox')}
          tabs={boxes.map((box) => ({
            id: box,
            label: t(box),
            href: inboxHref({ ...state, box, only: '', q: '' }),
            current: box === state.box,
            count: box === 'cc' ? null : counts[box],
          }))}
          action={<StartCase />}
        />
      )}
      {state.box === 'started' && task === null ? (
        <div className="kb-scroll">
          <Started />
        </div>
      ) : (
        <Panes
          list={
            <>
              {state.box === 'todo' ? <Approvals /> : null}
              <TaskList inbox={inbox} current={shown} opened={task} />
              {groups.length === 0 && !two ? idle : null}
            </>
          }
          showDetail={task !== null}
          detail={
            shown === null || Number.isNaN(shown) ? (
              groups.length === 0 ? (
                idle
              ) : (
                <Empty title={t('pick')} hint={t('pickHint')} />
              )
            ) : (
              <TaskPanel key={shown} id={shown} place={place} />
            )
          }
        />
      )}
    </div>
  )
}
