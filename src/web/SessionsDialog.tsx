import { Button, Modal, Popconfirm } from 'antd'
import { KeyRound, Laptop } from 'lucide-react'
import { useState } from 'react'
import type { SessionList, SessionRow } from '../kernel/auth/wire.ts'
import { api, remove } from '../ui/api.ts'
import { ErrorBox } from '../ui/components/ErrorBox.tsx'
import { toast } from '../ui/components/toasts.tsx'
import { Waiting } from '../ui/components/Waiting.tsx'
import { useFormat } from '../ui/format/useFormat.ts'
import { useText } from '../ui/i18n/texts.ts'
import { again, useGet } from '../ui/query.ts'
import './sessions.css'
import { useT } from './texts.ts'

const path = '/me/sessions'

/** Where one is signed in, and the way out of it: this device, others, and tokens of scripts. */
export default function SessionsDialog({ close }: { close: () => void }) {
  const t = useT()
  const sessions = useGet<SessionList>(path)
  const [error, setError] = useState<unknown>(null)
  const end = async (work: () => Promise<string>) => {
    setError(null)
    try {
      toast(await work())
    } catch (problem) {
      setError(problem)
    }
    await again(path)
  }
  const items = sessions.data?.items ?? []
  const others = items.filter((one) => !one.here).length
  return (
    <Modal
      open
      title={t('sessions')}
      onCancel={close}
      width={560}
      footer={
        <div className="kb-sessions-bar">
          {others > 0 ? (
            <Popconfirm
              title={t('endOthersAsk', { n: others })}
              description={t('endHint')}
              okText={t('endOthers', { n: others })}
              cancelText={t('cancel')}
              okButtonProps={{ danger: true }}
              onConfirm={() =>
                end(async () => t('endedOthers', { n: (await api<{ ended: number }>('DELETE', path)).ended }))
              }
            >
              <Button danger>{t('endOthers', { n: others })}</Button>
            </Popconfirm>
          ) : (
            <span className="kb-2">{sessions.data ? t('onlyHere') : ''}</span>
          )}
          <Button onClick={close}>{t('done')}</Button>
        </div>
      }
    >
      <p className="kb-2">{t('sessionsHint')}</p>
      {sessions.error ? <ErrorBox error={sessions.error} onAgain={() => void sessions.refetch()} /> : null}
      <ErrorBox error={error} />
      {sessions.isPending ? (
        <Waiting rows={3} />
      ) : (
        <ul className="kb-sessions">
          {[...items]
            .sort((one, other) => Number(other.here) - Number(one.here))
            .map((one) => (
              <Line key={one.id} one={one} onEnd={() => end(() => endOne(one.id, t('endedOne')))} />
            ))}
        </ul>
      )}
    </Modal>
  )
}

async function endOne(id: number, told: string): Promise<string> {
  await remove(`${path}/${id}`)
  return told
}

function Line({ one, onEnd }: { one: SessionRow; onEnd: () => void }) {
  const t = useT()
  const text = useText()
  const { moment } = useFormat()
  const token = one.kind === 'token'
  const Icon = token ? KeyRound : Laptop
  const name = token ? t('token', { label: one.label }) : text(one.device)
  return (
    <li>
      <Icon size={18} strokeWidth={1.6} aria-hidden />
      <div className="kb-grow">
        <p>
          <strong>{name}</strong>
          {one.here ? <span className="kb-tag kb-tag-success">{t('thisOne')}</span> : null}
        </p>
        <p className="kb-2">{one.address ? t('fromAddress', { address: one.address }) : t('noAddress')}</p>
        <p className="kb-note">
          {t('sessionTimes', { since: moment(one.since), seen: moment(one.seen), until: moment(one.until) })}
        </p>
      </div>
      {one.here ? null : (
        <Popconfirm
          title={t('endAsk', { name })}
          description={t('endHint')}
          okText={t('endOne')}
          cancelText={t('cancel')}
          okButtonProps={{ danger: true }}
          onConfirm={onEnd}
        >
          <Button size="small" aria-label={t('endNamed', { name })}>
            {t('endOne')}
          </Button>
        </Popconfirm>
      )}
    </li>
  )
}
