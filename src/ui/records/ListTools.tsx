import { Button, Checkbox, Dropdown, Popover } from 'antd'
import { ArrowDown, ArrowUp, ArrowUpDown, Columns3, Download, Upload } from 'lucide-react'
import type { KindMeta } from '../../kernel/records/wire.ts'
import { address } from '../api.ts'
import { DownloadState, useDownload } from '../components/Download.tsx'
import { useGo } from '../components/Go.tsx'
import { plain } from '../format/money.ts'
import { useText } from '../i18n/texts.ts'
import { useImporters } from '../imports/useRun.ts'
import { useWidth } from '../theme/media.ts'
import { useT } from './texts.ts'
import { isNumber } from './Value.tsx'

/** Which columns are shown, in the declaration's order. */
export function ColumnPicker(props: {
  kind: KindMeta
  shown: readonly string[]
  onChange: (columns: string[] | null) => void
}) {
  const t = useT()
  const text = useText()
  const { kind, shown } = props
  const toggle = (id: string, on: boolean) => {
    const next = kind.fields.map((field) => field.id).filter((one) => (one === id ? on : shown.includes(one)))
    const same =
      next.length === kind.list.columns.length && next.every((one) => kind.list.columns.includes(one))
    props.onChange(same ? null : next)
  }
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      arrow={false}
      content={
        <div className="kb-columns">
          {kind.fields.map((field) => (
            <Checkbox
              key={field.id}
              checked={shown.includes(field.id)}
              disabled={field.id === kind.title}
              onChange={(event) => toggle(field.id, event.target.checked)}
            >
              {text(field.label)}
            </Checkbox>
          ))}
        </div>
      }
    >
      <Button className="kb-list-columns" icon={<Columns3 size={15} strokeWidth={1.6} aria-hidden />}>
        {t('columns')}
      </Button>
    </Popover>
  )
}

/** What the list is sorted by, where it has no heads to press: on a phone. A field chosen again turns the order round. */
export function SortPicker(props: {
  kind: KindMeta
  sort: string | null
  onChange: (sort: string | null) => void
}) {
  const t = useT()
  const text = useText()
  const phone = useWidth() === 'phone'
  if (!phone) return null
  const { kind, onChange } = props
  const sort = props.sort ?? kind.list.sort
  const by = sort.replace(/^-/, '')
  const arrow = sort.startsWith('-') ? <ArrowDown size={14} aria-hidden /> : <ArrowUp size={14} aria-hidden />
  const fields = kind.list.columns.flatMap(
    (id) => kind.fields.find((field) => field.id === id && field.sortable) ?? [],
  )
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [by],
        items: fields.map((field) => ({
          key: field.id,
          label: text(field.label),
          icon: field.id === by ? arrow : null,
        })),
        // Most and latest first is what amounts and dates are sorted for.
        onClick: ({ key }) => {
          const field = fields.find((one) => one.id === key)
          const falling = field && (isNumber(field) || field.type === 'date')
          onChange(key === by ? (sort.startsWith('-') ? key : `-${key}`) : falling ? `-${key}` : key)
        },
      }}
    >
      <Button
        icon={<ArrowUpDown size={15} strokeWidth={1.6} aria-hidden />}
        aria-label={t('sortedBy', { field: text(fields.find((one) => one.id === by)?.label) })}
      >
        {text(fields.find((one) => one.id === by)?.label)}
      </Button>
    </Dropdown>
  )
}

/** The way to bring a list of this kind in, where there is one and the reader may. */
export function ImportButton({ kind }: { kind: KindMeta }) {
  const t = useT()
  const go = useGo()
  const may = kind.may.import?.allowed ?? false
  const importers = useImporters(may).data?.items ?? []
  if (!importers.some((one) => one.id === kind.id && one.may)) return null
  return (
    <Button
      icon={<Upload size={15} strokeWidth={1.6} aria-hidden />}
      aria-label={t('toImport')}
      onClick={() => go(`/imports?what=${kind.id}`)}
    >
      <span className="kb-export-words">{t('imports')}</span>
    </Button>
  )
}

/** Exports exactly the rows and columns that are shown; absent without the right. */
export function ExportButton(props: {
  kind: KindMeta
  query: Record<string, string>
  columns: readonly string[]
  total: number | undefined
}) {
  const t = useT()
  const making = useDownload()
  if (!props.kind.may.export?.allowed || !props.total) return null
  const href = (format: string) =>
    address(`/records/${props.kind.id}/export`, { ...props.query, format, columns: props.columns.join(',') })
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: ['xlsx', 'csv'].map((format) => ({
            key: format,
            label: t('exportAs', { format }),
            onClick: () => void making.run(href(format)),
          })),
        }}
      >
        <Button
          loading={making.busy}
          icon={<Download size={15} strokeWidth={1.6} aria-hidden />}
          aria-label={t('export', { n: plain(props.total) })}
        >
          <span className="kb-export-words">{t('export', { n: plain(props.total) })}</span>
        </Button>
      </Dropdown>
      <DownloadState run={making} />
    </>
  )
}
