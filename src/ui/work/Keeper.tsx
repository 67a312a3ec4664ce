import { Copy } from 'lucide-react'
import { Go } from '../components/Go.tsx'
import { toast } from '../components/toasts.tsx'
import { useMeta } from '../session.ts'
import { useT } from './texts.ts'

const commands = [
  ['keeperAdd', 'npx kambook user add LOGIN --name NAME --seat N'],
  ['keeperSeats', 'npx kambook user seats'],
  ['keeperMove', 'npx kambook user move LOGIN --seat N'],
  ['keeperDisable', 'npx kambook user disable LOGIN'],
  ['keeperReset', 'npx kambook user reset LOGIN'],
  ['keeperPassword', 'npx kambook password LOGIN'],
  ['keeperSessions', 'npx kambook sessions LOGIN'],
  ['keeperToken', 'npx kambook token --user LOGIN'],
  ['keeperBackup', 'npx kambook backup FILE'],
  ['keeperRestore', 'npx kambook restore FILE'],
  ['keeperDoctor', 'npx kambook doctor'],
] as const

/** Whether the reader keeps the system: logins and the trail, of which no workflow knows. */
export function useKeeps(): boolean {
  const may = useMeta().data?.mayRead
  return (may?.['system.users']?.allowed && may['system.audit']?.allowed) ?? false
}

/** What who keeps the system does here and at the server, since no workflow brings that to the inbox; nothing for others. */
export function Keeper() {
  const t = useT()
  if (!useKeeps()) return null
  return (
    <section className="kb-pad" aria-label={t('keeper')}>
      <h2>{t('keeper')}</h2>
      <p className="kb-2">{t('keeperHint')}</p>
      <p>
        <Go href="/audit">{t('keeperAudit')}</Go>
      </p>
      <dl className="kb-keeper">
        {commands.map(([id, command]) => (
          <div key={id}>
            <dt>{t(id)}</dt>
            <dd>
              <code>{command}</code>
              <button
                type="button"
                className="kb-icon"
                aria-label={t('keeperCopy', { what: t(id) })}
                onClick={() =>
                  // Only a page served over https or from this machine may write to the clipboard; the command can be marked anyway.
                  void navigator.clipboard?.writeText(command).then(() => toast(t('keeperCopied')))
                }
              >
                <Copy size={15} strokeWidth={1.6} aria-hidden />
              </button>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
