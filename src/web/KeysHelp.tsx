import { Modal } from 'antd'
import { useEffect, useState } from 'react'
import { Go } from '../ui/components/Go.tsx'
import { commandKey } from '../ui/components/PageHead.tsx'
import { useSections } from './sections.ts'
import { useT } from './texts.ts'

/** Opens the sheet of keys, which the shell owns. */
export const openKeys = (): boolean => window.dispatchEvent(new Event('kambook:keys'))

/** Help: every key of the program, and the way to the handbook, which answers the rest. */
export function KeysHelp() {
  const t = useT()
  const sections = useSections()
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const listener = () => setOpen(true)
    window.addEventListener('kambook:keys', listener)
    return () => window.removeEventListener('kambook:keys', listener)
  }, [])
  const close = () => setOpen(false)
  const lines: [string[], string][] = [
    [[`${commandKey}K`], t('palette')],
    [['J', 'K'], t('keyMove')],
    [['Enter'], t('keyOpen')],
    [[`${commandKey}Enter`], t('keyMain')],
    [['/'], t('keyFilter')],
    [['?'], t('keyWhy')],
    [['Esc'], t('keyBack')],
    ...sections.map((one): [string[], string] => [
      ['G', one.key.toUpperCase()],
      t('keyGo', { place: t(one.id) }),
    ]),
  ]
  return (
    <Modal open={open} onCancel={close} footer={null} title={t('keys')} width={420}>
      <dl className="kb-keys">
        {lines.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p className="kb-2">
        {t('helpHandbook')}{' '}
        <Go href="/handbook" onClick={close}>
          {t('handbook')}
        </Go>
      </p>
    </Modal>
  )
}
