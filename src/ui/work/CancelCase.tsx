import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import type { CaseDetail, CaseRow } from '../../kernel/workflow/wire.ts'
import { post } from '../api.ts'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { toast } from '../components/toasts.tsx'
import { useText } from '../i18n/texts.ts'
import { queryClient } from '../query.ts'
import { useT } from './texts.ts'

/** Takes a case back, after saying what comes of it and asking why. */
export function CancelCase({ one }: { one: CaseDetail }) {
  const t = useT()
  const text = useText()
  const [asked, ask] = useState(false)
  const [why, write] = useState('')
  const [silent, setSilent] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const open = one.tasks.length + one.children.reduce((sum, child) => sum + child.open.length, 0)
  const cancel = async () => {
    setSilent(why.trim() === '')
    if (why.trim() === '') return
    setBusy(true)
    setError(null)
    try {
      await post<CaseRow>(`/cases/${one.id}/cancellation`, { why })
      ask(false)
      toast(t('cancelDone', { name: text(one.title) }))
      await queryClient.invalidateQueries()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button onClick={() => ask(true)}>{t('cancelCase')}</Button>
      <Modal
        open={asked}
        title={t('cancelTitle', { name: text(one.title) })}
        okText={t('cancelCase')}
        cancelText={t('keepLooking')}
        okButtonProps={{ danger: true }}
        confirmLoading={busy}
        onOk={() => void cancel()}
        onCancel={() => ask(false)}
      >
        <p className="kb-2">{t('cancelHint', { n: open })}</p>
        <label htmlFor="kb-cancel-why">{t('cancelWhy')}</label>
        <Input.TextArea
          id="kb-cancel-why"
          autoFocus
          status={silent ? 'error' : ''}
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={1000}
          value={why}
          onChange={(event) => {
            setSilent(false)
            write(event.target.value)
          }}
        />
        {silent ? (
          <p className="kb-late" role="alert">
            {t('cancelNeedsWhy')}
          </p>
        ) : null}
        <ErrorBox error={error} />
      </Modal>
    </>
  )
}
