import { Ban, Play } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CaseDetail } from '../../kernel/workflow/wire.ts'
import { Avatar } from '../components/PersonTag.tsx'
import { useFormat } from '../format/useFormat.ts'
import { useText } from '../i18n/texts.ts'
import { useMeta } from '../session.ts'
import { useT } from './texts.ts'

type Opinion = CaseDetail['opinions'][number]

/** Name and post of somebody, as sentences use them. */
export function usePost(): (post: string) => string {
  const text = useText()
  const posts = useMeta().data?.posts ?? {}
  return (post) => text(posts[post])
}

/** Who decided what, when and with which words. */
export function Opinions({ opinions, children }: { opinions: readonly Opinion[]; children?: ReactNode }) {
  return (
    <ol className="kb-timeline">
      {opinions.map((one) => (
        <OpinionLine key={`${one.at}.${one.step}.${one.round}.${one.person?.id}`} one={one} />
      ))}
      {children}
    </ol>
  )
}

function OpinionLine({ one }: { one: Opinion }) {
  const t = useT()
  const text = useText()
  const post = usePost()
  const { moment } = useFormat()
  return (
    <li>
      <Avatar name={one.person?.name ?? '·'} size={24} />
      <div>
        <p>
          <strong>{one.person?.name ?? t('nobody')}</strong>{' '}
          <span className="kb-note">
            {[post(one.person?.post ?? ''), moment(one.at)].filter(Boolean).join(' · ')}
          </span>
        </p>
        <p>
          <span className="kb-2">
            {one.step} {text(one.title)}
            {one.round > 1 ? ` · ${t('round', { n: one.round })}` : ''}
          </span>{' '}
          <strong>{text(one.outcomeLabel)}</strong>
        </p>
        {one.comment ? <p className="kb-said">{one.comment}</p> : null}
      </div>
    </li>
  )
}

/** The line with which a case that was taken back ends. */
export function Cancelled({ of }: { of: NonNullable<CaseDetail['cancellation']> }) {
  const t = useT()
  const post = usePost()
  const { moment } = useFormat()
  return (
    <ol className="kb-timeline">
      <li>
        <span className="kb-timeline-mark">
          <Ban size={12} strokeWidth={1.6} aria-hidden />
        </span>
        <div>
          <p>
            <strong>{of.person?.name ?? t('nobody')}</strong>{' '}
            <span className="kb-note">
              {[post(of.person?.post ?? ''), moment(of.at)].filter(Boolean).join(' · ')}
            </span>
          </p>
          <p>
            <strong>{t('caseCancelled')}</strong>
          </p>
          <p className="kb-said">{of.why}</p>
        </div>
      </li>
    </ol>
  )
}

/** The line with which every case begins. */
export function Began({ name, at }: { name: string; at: string }) {
  const t = useT()
  const { moment } = useFormat()
  return (
    <li>
      <span className="kb-timeline-mark">
        <Play size={12} strokeWidth={1.6} aria-hidden />
      </span>
      <div>
        <p>{t('caseStarted', { name })}</p>
        <p className="kb-note">{moment(at)}</p>
      </div>
    </li>
  )
}
