import type { EditionList, EditionRow } from '../../kernel/handbook/wire.ts'
import { Go } from '../components/Go.tsx'
import { useListed } from '../i18n/texts.ts'
import { useGet } from '../query.ts'
import { useMeta } from '../session.ts'
import { useT } from './texts.ts'

/** How far the drafts of the handbook are, for whoever brings them in; nothing for others. */
export function Drafts() {
  const t = useT()
  const reads = useMeta().data?.mayRead['system.handbook']?.allowed
  const list = useGet<EditionList>(reads ? '/handbook/editions' : null, {}, { staleTime: 30_000 }).data
  if (!list?.may.import.allowed) return null
  const drafts = list.items.filter((one) => one.status === 'draft')
  return (
    <section className="kb-pad" aria-label={t('drafts')}>
      <h2>{t('drafts')}</h2>
      {drafts.length === 0 ? <p className="kb-2">{t('draftsNone')}</p> : null}
      {drafts.map((one) => (
        <p key={one.id}>
          <Go href={`/handbook/editions/${one.id}`}>{t('draftsOpen', { n: one.number })}</Go>{' '}
          <State row={one} />
        </p>
      ))}
      <p>
        <Go href="/handbook/editions">{t('draftsAll')}</Go>
      </p>
    </section>
  )
}

function State({ row: { request } }: { row: EditionRow }) {
  const t = useT()
  const listed = useListed()
  const said =
    request?.state === 'open'
      ? request.approvers.length > 0
        ? t('draftsWaits', { who: listed([...request.approvers]) })
        : t('editionNobody')
      : request?.state === 'refused'
        ? t('draftsRefused', { why: request.reason ?? '' })
        : t('draftsFree')
  return <span className="kb-2">{said}</span>
}
