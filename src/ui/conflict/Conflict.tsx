import { Button, Modal } from 'antd'
import { type ReactNode, useCallback, useId, useState } from 'react'
import type { LastChange } from '../../kernel/records/wire.ts'
import { useFormat } from '../format/useFormat.ts'
import { type Both, useListed, useText } from '../i18n/texts.ts'
import { useMe } from '../session.ts'
import './conflict.css'
import { useT } from './texts.ts'

/** One place that was written on both sides, in words. */
export interface Difference extends LastChange {
  readonly key: string
  readonly label: Both
  readonly mine: string
  readonly theirs: string
}

/** What somebody else changed meanwhile of what is to be written or deleted here. */
export interface Clash extends LastChange {
  /** What it is: 客户“示例公司”. */
  readonly what: Both
  readonly act: 'save' | 'delete'
  readonly differences: readonly Difference[]
  /** Names of what the other changed besides, which stays either way. */
  readonly also: readonly Both[]
}

/** `mine` goes on with what stands here, `theirs` takes the other side; `null` leaves everything open. */
export type Side = 'mine' | 'theirs' | null

/** Who it was, in words: a name, or that it was oneself in another window. */
export function useChanger(): (who: LastChange['who']) => { name: string; self: boolean } {
  const t = useT()
  const me = useMe().data?.person.id
  return (who) =>
    who === null
      ? { name: t('somebody'), self: false }
      : who.id === me
        ? { name: t('otherWindow'), self: true }
        : { name: who.name, self: false }
}

/** Both sides of every place that two people changed, and a button for each side. */
export function ConflictDialog({ clash, onChoose }: { clash: Clash; onChoose: (side: Side) => void }) {
  const t = useT()
  const format = useFormat()
  const listed = useListed()
  const text = useText()
  const changer = useChanger()
  const id = useId()
  const { act, differences, also } = clash
  const deleting = act === 'delete'
  const writers =
    differences.length > 0 ? differences.map((one) => (one.at === null ? clash.who : one.who)) : [clash.who]
  const people = [...new Map(writers.map((one) => [one?.id, changer(one)])).values()]
  const self = people.every((one) => one.self)
  const who = listed(people.map((one) => one.name))
  const theirs = self ? t('theirWindow') : t('theirs', { who })
  return (
    <Modal
      open
      title={
        <span className="kb-conflict-title">
          {t(deleting ? 'notDeleted' : 'notSaved', { who, what: text(clash.what) })}
        </span>
      }
      onCancel={() => onChoose(null)}
      width={640}
      footer={
        <div className="kb-conflict-bar">
          {deleting ? null : (
            <Button type="text" onClick={() => onChoose(null)}>
              {t('later')}
            </Button>
          )}
          <Button onClick={() => onChoose(deleting ? null : 'theirs')}>
            {deleting ? t('keep') : self ? t('takeWindow') : t('takeTheirs', { who })}
          </Button>
          <Button type="primary" danger={deleting} onClick={() => onChoose('mine')}>
            {t(deleting ? 'deleteStill' : 'keepMine')}
          </Button>
        </div>
      }
    >
      <p className="kb-2" id={id}>
        {t(deleting ? 'look' : 'choose')}
      </p>
      <ul className="kb-conflict" aria-describedby={id}>
        {differences.map((one) => {
          const last = one.at === null ? clash : one
          return (
            <li key={one.key}>
              <p>
                <strong>{text(one.label)}</strong>
                {last.at === null ? null : (
                  <span className="kb-3">
                    {t('when', { who: changer(last.who).name, at: format.moment(last.at) })}
                  </span>
                )}
              </p>
              <dl>
                <div>
                  <dt>{deleting ? t('wasOpen') : t('mine')}</dt>
                  <dd>{one.mine || <span className="kb-3">{t('blank')}</span>}</dd>
                </div>
                <div>
                  <dt>{deleting ? t('isNow') : theirs}</dt>
                  <dd>{one.theirs || <span className="kb-3">{t('blank')}</span>}</dd>
                </div>
              </dl>
            </li>
          )
        })}
      </ul>
      {also.length > 0 ? <p className="kb-2">{t('also', { who, fields: listed(also.map(text)) })}</p> : null}
    </Modal>
  )
}

/** Asks which side holds wherever something is written: `ask` waits for the answer, `dialog` is drawn where the writing is. */
export function useConflict(): { ask: (clash: Clash) => Promise<Side>; dialog: ReactNode } {
  const [asked, setAsked] = useState<{ clash: Clash; answer: (side: Side) => void } | null>(null)
  const ask = useCallback((clash: Clash) => new Promise<Side>((answer) => setAsked({ clash, answer })), [])
  return {
    ask,
    dialog: asked ? (
      <ConflictDialog
        clash={asked.clash}
        onChoose={(side) => {
          setAsked(null)
          asked.answer(side)
        }}
      />
    ) : null,
  }
}
