import { Button, Input, Popover } from 'antd'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { KindMeta } from '../../kernel/records/wire.ts'
import { put, remove } from '../api.ts'
import { Go } from '../components/Go.tsx'
import { toast } from '../components/toasts.tsx'
import { useText } from '../i18n/texts.ts'
import { again, useGet } from '../query.ts'
import { isView, type ListState, readState, writeState } from './listState.ts'
import { useT } from './texts.ts'

interface Saved {
  id: number
  name: string
  query: string
  columns: string[]
}

/** The declared views and the person's own as tabs; ＋ keeps what is shown now under a name. */
export function Views({ kind, state }: { kind: KindMeta; state: ListState }) {
  const t = useT()
  const text = useText()
  const saved = useGet<{ items: Saved[] }>(`/views/${kind.id}`).data?.items ?? []
  const base = `/records/${kind.id}`
  const tab = (key: string, label: string, href: string, on: boolean) => (
    <Go
      key={key}
      href={href}
      className={on ? 'kb-view kb-view-on' : 'kb-view'}
      aria-current={on ? 'true' : undefined}
    >
      {label}
    </Go>
  )
  return (
    <nav className="kb-views" aria-label={text(kind.plural)}>
      {tab('all', t('all'), base, state.view === null && Object.keys(state.filters).length === 0 && !state.q)}
      {kind.list.views.map((view) =>
        tab(
          view.id,
          text(view.label),
          base +
            writeState({ view: null, q: '', sort: view.sort ?? null, columns: null, filters: view.filter }),
          state.view === null && isView(state, view),
        ),
      )}
      {saved.map((view) => (
        <span key={view.id} className="kb-row" style={{ gap: 0, flexWrap: 'nowrap' }}>
          {tab(
            `own.${view.id}`,
            view.name,
            base +
              writeState({
                ...readState(view.query),
                view: String(view.id),
                columns: view.columns.length > 0 ? view.columns : null,
              }),
            state.view === String(view.id),
          )}
          {state.view === String(view.id) ? (
            <button
              type="button"
              className="kb-icon"
              aria-label={t('dropView', { name: view.name })}
              onClick={() =>
                void remove(`/views/${kind.id}/${view.id}`).then(() => {
                  toast(
                    t('viewDropped', { name: view.name }),
                    () =>
                      void put(`/views/${kind.id}`, {
                        name: view.name,
                        query: view.query,
                        columns: view.columns,
                      }).then(() => again('/views')),
                  )
                  return again('/views')
                })
              }
            >
              <X size={14} aria-hidden />
            </button>
          ) : null}
        </span>
      ))}
      <SaveView kind={kind} state={state} />
    </nav>
  )
}

function SaveView({ kind, state }: { kind: KindMeta; state: ListState }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const save = async () => {
    if (name.trim() === '') return
    await put(`/views/${kind.id}`, {
      name: name.trim(),
      query: writeState({ ...state, view: null, columns: null }),
      columns: [...(state.columns ?? [])],
    })
    await again('/views')
    toast(t('viewSaved', { name: name.trim() }))
    setOpen(false)
    setName('')
  }
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      arrow={false}
      content={
        <form
          className="kb-filter-form"
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
        >
          <Input
            autoFocus
            maxLength={60}
            placeholder={t('viewName')}
            aria-label={t('viewName')}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="primary" htmlType="submit" disabled={name.trim() === ''}>
            {t('saveView')}
          </Button>
        </form>
      }
    >
      <button type="button" className="kb-icon" aria-label={t('saveView')}>
        <Plus size={15} aria-hidden />
      </button>
    </Popover>
  )
}
