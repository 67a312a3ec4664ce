import { Button, Dropdown, Input, Modal } from 'antd'
import { ChevronDown, CornerDownLeft, TriangleAlert } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { TaskDetail } from '../../kernel/workflow/wire.ts'
import { ApiProblem } from '../api.ts'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { useGo } from '../components/Go.tsx'
import { commandKey } from '../components/PageHead.tsx'
import { toast } from '../components/toasts.tsx'
import { useListed, useText } from '../i18n/texts.ts'
import { queryClient } from '../query.ts'
import { useWidth } from '../theme/media.ts'
import { CheckTable } from './CheckTable.tsx'
import { checksIn, faultAt, refusedAs } from './refused.ts'
import { useT } from './texts.ts'
import type { Work } from './useWork.ts'

type Outcome = TaskDetail['outcomes'][number]

const said = (outcome: Outcome, kind: Outcome['notices'][number]['kind']) =>
  outcome.notices.filter((notice) => notice.kind === kind)

/** The foot of a task: opinion, outcomes in plain words, what follows each, and what to do when one is refused. */
export function Completion({ work, after, inbox }: { work: Work; after: string; inbox: string }) {
  const t = useT()
  const text = useText()
  const listed = useListed()
  const go = useGo()
  const { task, draft } = work
  const [question, ask] = useState<string | null>(null)
  const [looked, look] = useState<Outcome | null>(null)
  const [needed, need] = useState<Outcome | null>(null)
  const words = useRef<HTMLTextAreaElement>(null)
  const phone = useWidth() === 'phone'
  const [writes, write] = useState(false)
  const asked = task.outcomes.find((one) => one.id === question) ?? null
  const outcomes = [...task.outcomes].sort((a, b) => Number(a.negative) - Number(b.negative))
  const main = outcomes.find((one) => !one.negative && !one.blocked) ?? null
  const pointed = looked ?? main
  const strict = outcomes.filter((one) => one.comment === 'required').map((one) => text(one.label))
  const wrong = faultAt(work.error, 'comment')
  // On a phone the task needs the room: the opinion is a button until somebody has one.
  const folded = phone && !writes && draft.comment === '' && !needed && !wrong
  const wanted = phone && (writes || needed !== null)
  useEffect(() => {
    if (wanted) words.current?.focus()
  }, [wanted])
  // Who gets it is said on the button itself, when it is one person.
  const named = (one: Outcome): string =>
    one.to.length === 1
      ? t(one.negative ? 'backTo' : 'handTo', { outcome: text(one.label), name: one.to[0] as string })
      : text(one.label)
  const press = async (outcome: Outcome) => {
    const silent = outcome.comment === 'required' && draft.comment.trim() === ''
    need(silent ? outcome : null)
    if (silent) words.current?.focus()
    else if (await work.ready()) ask(outcome.id)
  }
  const send = async (outcome: Outcome) => {
    ask(null)
    const completed = await work.complete(outcome.id)
    if (!completed) return
    const said = { outcome: text(outcome.label), next: text(outcome.next) }
    toast(t(said.next ? 'completed' : 'completedEnd', said), null, {
      href: `/cases/${completed.case.id}`,
      label: t('whereNow'),
    })
    go(completed.next ? `/inbox/${completed.next.id}` : after, true)
    // A step moves tasks, cases and records at once.
    void queryClient.invalidateQueries()
  }
  return (
    <div className="kb-completion">
      <Refusal work={work} after={after} inbox={inbox} />
      {work.missing.length > 0 ? (
        <p className="kb-late" role="alert">
          {t('needFields', { n: work.missing.length })}
        </p>
      ) : null}
      {needed || wrong ? (
        <p className="kb-late" role="alert">
          {wrong ? text(wrong) : t('needOpinion', { outcome: text(needed?.label) })}
        </p>
      ) : null}
      <div className="kb-opinion" hidden={folded}>
        <Input.TextArea
          ref={(area) => {
            words.current = area?.resizableTextArea?.textArea ?? null
          }}
          aria-label={t('opinion')}
          status={needed || wrong ? 'error' : ''}
          placeholder={
            strict.length > 0 ? t('opinionNeeded', { outcomes: listed(strict) }) : t('opinionHint')
          }
          autoSize={{ minRows: 1, maxRows: 5 }}
          maxLength={4000}
          value={draft.comment}
          onChange={(event) => {
            need(null)
            work.comment(event.target.value)
          }}
        />
        <Dropdown
          trigger={['click']}
          menu={{
            items: (['phrase1', 'phrase2', 'phrase3', 'phrase4'] as const).map((key) => ({
              key,
              label: t(key),
            })),
            onClick: ({ key }) => {
              need(null)
              work.comment(draft.comment + t(key as 'phrase1'))
            },
          }}
        >
          <Button type="text" size="small">
            {t('phrases')}
            <ChevronDown size={14} strokeWidth={1.6} aria-hidden />
          </Button>
        </Dropdown>
      </div>
      <div className="kb-outcomes">
        {outcomes.map((one) => (
          <Button
            key={one.id}
            type={one === main ? 'primary' : 'default'}
            disabled={one.blocked !== null}
            loading={work.busy && asked === null && one === pointed}
            onClick={() => void press(one)}
            onMouseEnter={() => look(one)}
            onMouseLeave={() => look(null)}
            onFocus={() => look(one)}
            onBlur={() => look(null)}
            {...(one === main ? { 'data-main': '' } : {})}
          >
            {named(one)}
            {one === main ? (
              <kbd aria-hidden>
                {commandKey}
                <CornerDownLeft size={11} strokeWidth={2} />
              </kbd>
            ) : null}
          </Button>
        ))}
        {folded ? <Button onClick={() => write(true)}>{t('writeOpinion')}</Button> : null}
        <div className="kb-follows" aria-live="polite">
          {pointed && text(pointed.next) ? (
            <p className="kb-2">{t('after', { outcome: text(pointed.label), next: text(pointed.next) })}</p>
          ) : null}
          {outcomes.map((one) =>
            one.blocked ? (
              <p key={one.id} className="kb-note">
                {t('pair', { label: text(one.label), value: text(one.blocked) })}
              </p>
            ) : null,
          )}
          {outcomes.flatMap((one) =>
            one.blocked
              ? []
              : said(one, 'refused').map((notice) => (
                  <p key={one.id + notice.text.zh} className="kb-late kb-foreseen">
                    <TriangleAlert size={14} strokeWidth={1.8} aria-hidden /> {text(notice.text)}
                  </p>
                )),
          )}
          <p className="kb-note">{work.kept ? (draft.comment ? t('kept') : '') : t('notKept')}</p>
        </div>
      </div>
      <Modal
        open={asked !== null}
        title={t('confirm', { outcome: text(asked?.label), title: text(task.caseTitle) })}
        okText={asked ? named(asked) : ''}
        cancelText={t('keepLooking')}
        okButtonProps={{ danger: asked?.negative ?? false, autoFocus: true }}
        onOk={() => asked && send(asked)}
        onCancel={() => ask(null)}
      >
        <dl className="kb-pairs">
          <div>
            <dt>{t('yourOpinion')}</dt>
            <dd>{draft.comment.trim() || t('noOpinion')}</dd>
          </div>
          {asked && text(asked.next) ? (
            <div>
              <dt>{t('onward')}</dt>
              <dd>{text(asked.next)}</dd>
            </div>
          ) : null}
        </dl>
        {asked?.notices.map((notice) => (
          <p
            key={notice.text.zh}
            className={`kb-confirm ${notice.kind === 'tell' ? 'kb-2' : notice.kind === 'warn' ? 'kb-warn' : 'kb-late'}`}
          >
            {text(notice.text)}
          </p>
        ))}
        <p className="kb-note kb-confirm">{t('confirmText')}</p>
      </Modal>
    </div>
  )
}

/** Why a completion was refused, and the one thing to do now. */
function Refusal({ work, after, inbox }: { work: Work; after: string; inbox: string }) {
  const t = useT()
  const go = useGo()
  const { error } = work
  if (!error) return null
  const asks = refusedAs(error)
  if (asks === 'conflict')
    return (
      <ErrorBox error={error}>
        <Button
          onClick={() => {
            void queryClient.invalidateQueries().then(() => toast(t('reloaded')))
            work.clear()
          }}
        >
          {t('reload')}
        </Button>
      </ErrorBox>
    )
  if (asks === 'already-done' || asks === 'gone')
    return (
      <ErrorBox error={error}>
        <Button
          onClick={() => {
            work.forget()
            void queryClient.invalidateQueries()
            go(after, true)
          }}
        >
          {after === inbox ? t('toInbox') : t('toNext')}
        </Button>
      </ErrorBox>
    )
  const lines = error instanceof ApiProblem ? checksIn(error.detail) : []
  return (
    <ErrorBox error={error}>
      {asks === 'offline' ? <p className="kb-note">{t('offlineHint')}</p> : null}
      <CheckTable lines={lines} />
      {lines.length > 0 ? (
        <Button
          onClick={() => {
            work.clear()
            document.querySelector('.kb-task-content')?.scrollIntoView({ block: 'start' })
          }}
        >
          {t('toSheet')}
        </Button>
      ) : null}
    </ErrorBox>
  )
}
