import { UserCheck } from 'lucide-react'
import type { Approval } from '../../kernel/handbook/wire.ts'
import { Go } from '../components/Go.tsx'
import { useFormat } from '../format/useFormat.ts'
import { useListed, useText } from '../i18n/texts.ts'
import { useT } from './texts.ts'
import { useApprovals } from './useApprovals.ts'

/** Editions that wait for a second person: for him who may approve one, for him who asked, and for the heads where nobody may. */
export function Approvals() {
  return useApprovals().items?.map((one) => <Card key={one.id} one={one} />)
}

function Card({ one: { id, number, request } }: { one: Approval }) {
  const t = useT()
  const text = useText()
  const listed = useListed()
  const { moment, day } = useFormat()
  const who = request.askedBy ?? ''
  const state =
    request.state === 'alone'
      ? t('editionAlone', { date: request.effectiveFrom ? day(request.effectiveFrom) : '' })
      : request.mayDecide
        ? t('editionYours')
        : request.approvers.length > 0
          ? t('editionWaits', { who: listed([...request.approvers]) })
          : t('editionNobody')
  return (
    <Go href={`/handbook/editions/${id}`} className="kb-task-row kb-approval">
      <span className="kb-row">
        <UserCheck size={16} strokeWidth={1.6} aria-hidden />
        <strong className="kb-grow">
          {t(request.act === 'publish' ? 'editionPublish' : 'editionWithdraw', { n: number })}
        </strong>
        <span className={request.mayDecide ? 'kb-tag kb-tag-warning' : 'kb-tag kb-tag-neutral'}>{state}</span>
      </span>
      <span className="kb-2">
        {t('editionChanges', {
          what: listed(request.changes.map((change) => text(change.name) || change.code)),
        })}
      </span>
      <span className="kb-note">
        {request.mine
          ? t('editionMine', { at: moment(request.askedAt) })
          : t('editionAsked', { who, at: moment(request.askedAt) })}
      </span>
    </Go>
  )
}
