import type { Form, Policy, Workflow } from '../../../handbook/model.ts'
import { stepsOf } from '../../../handbook/words/element.ts'
import { levelName } from '../../../handbook/words/names.ts'
import { useText } from '../../i18n/texts.ts'
import { useBook } from '../context.ts'
import { AdoptionTag, Ref, SourceTag, Table } from '../marks.tsx'
import { useT } from '../texts.ts'

/** Elements that have content first, those that stand as titles after them under a line that says so. */
function Written<T>(props: {
  all: readonly T[]
  written: (one: T) => boolean
  draw: (rows: readonly T[]) => React.ReactNode
}) {
  const t = useT()
  const written = props.all.filter(props.written)
  const titles = props.all.filter((one) => !props.written(one))
  return (
    <>
      {written.length > 0 ? props.draw(written) : null}
      {titles.length > 0 ? (
        <>
          <p className="kb-read-say kb-2">{t('titlesOnly')}</p>
          {props.draw(titles)}
        </>
      ) : null}
    </>
  )
}

export function Functions() {
  const t = useT()
  const { edition } = useBook()
  return (
    <Table
      label={t('function')}
      rows={edition.functions}
      keyOf={(one) => one.id}
      columns={[
        { id: 'name', label: t('function'), cell: (one) => <Ref to={`fn:${one.id}`} /> },
        {
          id: 'lead',
          label: t('lead'),
          cell: (one) => (one.lead === 'KA' ? t('leadKa') : <Ref to={`post:${one.lead}`} code={false} />),
        },
        { id: 'class', label: t('dutyClass'), cell: (one) => t(`duty.${one.dutyClass}`), width: 112 },
        {
          id: 'workflows',
          label: t('workflow'),
          cell: (one) => (
            <span className="kb-row">
              {one.workflows.map((id) => (
                <Ref key={id} to={`wf:${id}`} name={false} />
              ))}
            </span>
          ),
        },
      ]}
    />
  )
}

export function Posts() {
  const t = useT()
  const text = useText()
  const { edition } = useBook()
  return (
    <Written
      all={edition.posts}
      written={(one) => one.sheet !== undefined}
      draw={(rows) => (
        <Table
          label={t('post')}
          rows={rows}
          keyOf={(one) => one.id}
          columns={[
            { id: 'name', label: t('post'), cell: (one) => <Ref to={`post:${one.id}`} /> },
            {
              id: 'level',
              label: t('level'),
              cell: (one) => text(levelName(edition, one.level)),
              width: 112,
            },
            {
              id: 'superior',
              label: t('superior'),
              cell: (one) =>
                one.superior ? <Ref to={`post:${one.superior}`} code={false} /> : t('noSuperior'),
            },
            { id: 'tag', label: '', cell: (one) => <SourceTag tag={one.tag} />, width: 64, end: true },
          ]}
        />
      )}
    />
  )
}

export function Kpis() {
  const t = useT()
  const { edition } = useBook()
  return (
    <Table
      label={t('kpi')}
      rows={edition.kpis}
      keyOf={(one) => one.id}
      columns={[
        { id: 'name', label: t('kpi'), cell: (one) => <Ref to={`kpi:${one.id}`} /> },
        { id: 'unit', label: t('unit'), cell: (one) => t(`unit.${one.unit}`), width: 88 },
        {
          id: 'periods',
          label: t('periods'),
          cell: (one) => one.periods.map((period) => t(`period.${period}`)).join(' / '),
        },
        { id: 'scored', label: '', cell: (one) => (one.scored ? t('scored') : t('notScored')) },
        {
          id: 'state',
          label: '',
          cell: (one) => (
            <span className="kb-row">
              <AdoptionTag adoption={one.adoption} always />
              <SourceTag tag={one.tag} />
            </span>
          ),
          end: true,
        },
      ]}
    />
  )
}

export function Workflows({ kind }: { kind: Workflow['kind'] }) {
  const t = useT()
  const { edition } = useBook()
  const all = edition.workflows.filter((one) => one.kind === kind)
  if (all.length === 0) return <p className="kb-read-say kb-2">{t('titleOnly')}</p>
  return (
    <Table
      label={t(`kind.${kind}`)}
      rows={all}
      keyOf={(one) => one.id}
      columns={[
        { id: 'name', label: t('workflow'), cell: (one) => <Ref to={`wf:${one.id}`} /> },
        { id: 'steps', label: t('steps'), cell: (one) => stepsOf(one).join(' ') },
        {
          id: 'state',
          label: '',
          cell: (one) => <AdoptionTag adoption={one.adoption} always />,
          end: true,
          width: 96,
        },
      ]}
    />
  )
}

export function Policies() {
  const t = useT()
  const { edition } = useBook()
  return (
    <Written<Policy>
      all={edition.policies}
      written={(one) => one.body !== undefined}
      draw={(rows) => (
        <Table
          label={t('belongs.policies')}
          rows={rows}
          keyOf={(one) => one.id}
          columns={[
            { id: 'name', label: t('name'), cell: (one) => <Ref to={`policy:${one.id}`} /> },
            {
              id: 'owner',
              label: t('ownerPost'),
              cell: (one) => <Ref to={`post:${one.owner}`} code={false} />,
            },
            { id: 'tag', label: '', cell: (one) => <SourceTag tag={one.tag} />, width: 64, end: true },
          ]}
        />
      )}
    />
  )
}

export function Forms() {
  const t = useT()
  const { edition } = useBook()
  return (
    <Written<Form>
      all={edition.forms}
      written={(one) => one.sections.length > 0}
      draw={(rows) => (
        <Table
          label={t('forms')}
          rows={rows}
          keyOf={(one) => one.id}
          columns={[
            { id: 'name', label: t('form'), cell: (one) => <Ref to={`form:${one.id}`} /> },
            {
              id: 'steps',
              label: t('fillSteps'),
              cell: (one) => one.steps.join(' ').replaceAll(/\w+\//g, ''),
            },
            { id: 'tag', label: '', cell: (one) => <SourceTag tag={one.tag} />, width: 64, end: true },
          ]}
        />
      )}
    />
  )
}
