import type { Norm } from '../../../handbook/model.ts'
import { useText } from '../../i18n/texts.ts'
import { useBook } from '../context.ts'
import { Heading, SourceTag, Table } from '../marks.tsx'
import { valueText } from '../names.ts'
import { useT } from '../texts.ts'

/** One parameter table: every number stands here once. `marked` is the value that a link asked for. */
export function NormTable({ norm, marked }: { norm: Norm; marked?: string | null }) {
  const t = useT()
  const text = useText()
  return (
    <Table
      label={text(norm.name)}
      rows={Object.entries(norm.values)}
      keyOf={([id]) => id}
      anchor={([id]) => `norm:${norm.id}.${id}`}
      marked={([id]) => id === marked}
      columns={[
        { id: 'name', label: t('name'), cell: ([, one]) => text(one.name) },
        { id: 'value', label: t('value'), cell: ([, one]) => <strong>{text(valueText(one))}</strong> },
        { id: 'tag', label: '', cell: ([, one]) => <SourceTag tag={one.tag} />, width: 64, end: true },
      ]}
    />
  )
}

export function Norms() {
  const text = useText()
  const { edition } = useBook()
  return edition.norms.map((norm) => (
    <div key={norm.id}>
      <Heading level={3} anchor={`norm:${norm.id}`}>
        {text(norm.name)}
      </Heading>
      <NormTable norm={norm} />
    </div>
  ))
}

/** The alternatives of the handbook and which one is in force. */
export function Switches() {
  const t = useT()
  const text = useText()
  const { edition } = useBook()
  return (
    <Table
      label={t('chosen')}
      rows={edition.switches}
      keyOf={(one) => one.id}
      columns={[
        { id: 'name', label: t('name'), cell: (one) => text(one.name) },
        {
          id: 'value',
          label: t('chosen'),
          cell: (one) =>
            one.values.map((value, index) => (
              <span key={value.id} className={value.id === one.value ? '' : 'kb-3'}>
                {index > 0 ? ' / ' : ''}
                {value.id === one.value ? <strong>{text(value.name)}</strong> : text(value.name)}
              </span>
            )),
        },
        { id: 'where', label: t('where'), cell: (one) => text(one.where) },
        { id: 'tag', label: '', cell: (one) => <SourceTag tag={one.tag} />, width: 64, end: true },
      ]}
    />
  )
}

export function Glossary() {
  const t = useT()
  const text = useText()
  const { edition } = useBook()
  return (
    <Table
      label={t('term')}
      rows={edition.glossary}
      keyOf={(one) => one.term.zh}
      columns={[
        { id: 'term', label: t('term'), cell: (one) => <strong>{text(one.term)}</strong> },
        {
          id: 'alias',
          label: t('alias'),
          cell: (one) => (
            <span lang={/\p{Script=Han}/u.test(one.aliases.join('')) ? 'zh-CN' : undefined}>
              {one.aliases.join(' · ')}
            </span>
          ),
        },
        { id: 'why', label: t('why'), cell: (one) => text(one.why) },
        { id: 'tag', label: '', cell: (one) => <SourceTag tag={one.tag} />, width: 64, end: true },
      ]}
    />
  )
}
