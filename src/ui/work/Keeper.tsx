import { Go } from '../components/Go.tsx'
import { useMeta } from '../session.ts'
import { useT } from './texts.ts'

const commands = [
  ['keeperPassword', 'npx kambook password LOGIN'],
  ['keeperToken', 'npx kambook token --user LOGIN'],
  ['keeperBackup', 'npx kambook backup FILE'],
] as const

/** What who keeps the system does here and at the server, since no workflow brings that to the inbox; nothing for others. */
export function Keeper() {
  const t = useT()
  const may = useMeta().data?.mayRead
  if (!may?.['system.users']?.allowed || !may['system.audit']?.allowed) return null
  return (
    <section className="kb-pad" aria-label={t('keeper')}>
      <h2>{t('keeper')}</h2>
      <p className="kb-2">{t('keeperHint')}</p>
      <p>
        <Go href="/audit">{t('keeperAudit')}</Go>
      </p>
      <dl className="kb-pairs">
        {commands.map(([id, command]) => (
          <div key={id}>
            <dt>{t(id)}</dt>
            <dd>
              <code>{command}</code>
            </dd>
          </div>
        ))}
      </dl>
      <p className="kb-note">{t('keeperLater')}</p>
    </section>
  )
}
