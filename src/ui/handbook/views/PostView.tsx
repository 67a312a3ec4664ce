import { Fragment, type ReactNode } from 'react'
import type { Post, PostSheet } from '../../../handbook/model.ts'
import { type FormAt, formsOf, type Part, partsIn } from '../../../handbook/words/duties.ts'
import { below, levelName } from '../../../handbook/words/names.ts'
import { findNorm } from '../../../handbook/words/norms.ts'
import { Go } from '../../components/Go.tsx'
import { useText } from '../../i18n/texts.ts'
import { useBook, useHref } from '../context.ts'
import { Linked } from '../Linked.tsx'
import { Heading, Pairs, Ref, SourceTag, Statements, Table } from '../marks.tsx'
import { DutyMarks } from '../sections/Matrix.tsx'
import { useT } from '../texts.ts'

/** A post sheet: place in the organisation, mission, work, KPIs with weights, workflows, duties, requirements, limits. */
export function PostView({ post }: { post: Post }) {
  const t = useT()
  const text = useText()
  const { edition } = useBook()
  const duties = edition.functions.filter((fn) => post.id in fn.cells)
  return (
    <>
      <Pairs
        rows={[
          [
            t('superior'),
            post.superior ? <Ref key="superior" to={`post:${post.superior}`} /> : t('noSuperior'),
          ],
          [t('level'), text(levelName(edition, post.level))],
          [t('alias'), post.aliases.map(text).join(' · ')],
          [
            t('subordinates'),
            below(edition, post.id).length > 0 ? (
              <span key="below" className="kb-row">
                {below(edition, post.id).map((one) => (
                  <Ref key={one.id} to={`post:${one.id}`} />
                ))}
              </span>
            ) : null,
          ],
        ]}
      />
      {post.sheet ? (
        <Sheet sheet={post.sheet} work={<Work post={post} />} />
      ) : (
        <>
          <p className="kb-read-say kb-2">{t('titleOnly')}</p>
          <Work post={post} />
        </>
      )}
      {duties.length > 0 ? (
        <>
          <Heading>{t('duties')}</Heading>
          <Table
            label={t('duties')}
            rows={duties}
            keyOf={(fn) => fn.id}
            columns={[
              { id: 'fn', label: t('function'), cell: (fn) => <Ref to={`fn:${fn.id}`} /> },
              {
                id: 'duty',
                label: t('role'),
                cell: (fn) => (
                  <span className="kb-row">
                    {fn.cells[post.id]?.map((duty) => (
                      <Fragment key={duty}>
                        <DutyMarks duties={[duty]} />
                        <span className="kb-2">{t(`duty.${duty}.name`)}</span>
                      </Fragment>
                    ))}
                  </span>
                ),
              },
            ]}
          />
        </>
      ) : null}
    </>
  )
}

/** What the workflows ask of a post: its steps, the forms it fills and those it decides on. */
function Work({ post }: { post: Post }) {
  const t = useT()
  const { edition } = useBook()
  const steps = partsIn(edition, post.id).filter((one) => one.how !== 'advises')
  const heard = partsIn(edition, post.id).filter((one) => one.how === 'advises')
  const { does, decides } = formsOf(edition, post.id)
  return (
    <>
      {does.length + decides.length > 0 ? (
        <Heading anchor={`post:${post.id}/forms`}>{t('forms')}</Heading>
      ) : null}
      <FormsAt title={t('formsFilled')} forms={does} />
      <FormsAt title={t('formsDecided')} forms={decides} />
      {steps.length + heard.length > 0 ? (
        <Heading anchor={`post:${post.id}/steps`}>{t('stepsOfPost')}</Heading>
      ) : null}
      {steps.length > 0 ? <StepsOf label={t('stepsOfPost')} parts={steps} /> : null}
      {heard.length > 0 ? (
        <>
          <h3 className="kb-read-sub">{t('heardAt')}</h3>
          <span className="kb-row kb-read-steps">
            {heard.map((part) => (
              <TaskLink key={`${part.workflow.id} ${part.task.id} ${part.task.step}`} part={part} />
            ))}
          </span>
        </>
      ) : null}
    </>
  )
}

function FormsAt({ title, forms }: { title: string; forms: readonly FormAt[] }) {
  const t = useT()
  if (forms.length === 0) return null
  return (
    <>
      <h3 className="kb-read-sub">{`${title} · ${forms.length}`}</h3>
      <Table
        label={title}
        rows={forms}
        keyOf={(one) => one.form.id}
        columns={[
          { id: 'form', label: t('form'), cell: (one) => <Ref to={`form:${one.form.id}`} /> },
          {
            id: 'steps',
            label: t('step'),
            width: '56%',
            cell: (one) => (
              <span className="kb-row">
                {one.at.map((part) => (
                  <TaskLink key={`${part.workflow.id} ${part.task.id}`} part={part} />
                ))}
              </span>
            ),
          },
        ]}
      />
    </>
  )
}

/** A task by its own name: several tasks may stand under one step code. */
function TaskLink({ part: { workflow, task } }: { part: Part }) {
  const text = useText()
  const href = useHref()
  return (
    <Go href={href(`wf:${workflow.id}/${task.step}`)} className="kb-ref">
      <span className="kb-ref-code">{task.step}</span>
      <span>{text(task.name)}</span>
    </Go>
  )
}

function StepsOf({ label, parts }: { label: string; parts: readonly Part[] }) {
  const t = useT()
  const text = useText()
  const { edition } = useBook()
  const rows = parts.toSorted(
    (one, other) =>
      edition.workflows.indexOf(one.workflow) - edition.workflows.indexOf(other.workflow) ||
      one.task.step.localeCompare(other.task.step, 'en', { numeric: true }),
  )
  return (
    <Table<Part>
      label={label}
      rows={rows}
      keyOf={(one) => `${one.workflow.id} ${one.task.id} ${one.task.step}`}
      columns={[
        {
          id: 'step',
          label: t('step'),
          cell: (part) => <TaskLink part={part} />,
        },
        {
          id: 'how',
          label: t('role'),
          width: 96,
          cell: ({ task, how }) => (how === 'decides' && task.ladder ? t('byLimit') : t(`how.${how}`)),
        },
        {
          id: 'due',
          label: t('due'),
          cell: ({ task }) => {
            const due = task.due ? findNorm(edition, task.due) : null
            return due ? text(due.words) : <span className="kb-3">{t('noDue')}</span>
          },
        },
        {
          id: 'workflow',
          label: t('workflow'),
          cell: ({ workflow }) => <Ref to={`wf:${workflow.id}`} name={false} />,
          width: 72,
        },
      ]}
    />
  )
}

function Sheet({ sheet, work }: { sheet: PostSheet; work: ReactNode }) {
  const t = useT()
  const text = useText()
  return (
    <>
      <Heading>{t('mission')}</Heading>
      <Statements items={sheet.mission} />
      <Heading>{t('work')}</Heading>
      {sheet.work.map((part) => (
        <Fragment key={part.title.zh}>
          <h3 className="kb-read-sub">{text(part.title)}</h3>
          <Statements items={part.items} />
        </Fragment>
      ))}
      {sheet.kpis.length > 0 ? (
        <>
          <Heading>{t('belongs.kpis')}</Heading>
          <Weights kpis={sheet.kpis} />
        </>
      ) : null}
      {sheet.processes.length > 0 ? (
        <>
          <Heading>{t('processes')}</Heading>
          <Table
            label={t('processes')}
            rows={sheet.processes}
            keyOf={(one) => one.workflow}
            columns={[
              { id: 'workflow', label: t('workflow'), cell: (one) => <Ref to={`wf:${one.workflow}`} /> },
              { id: 'role', label: t('role'), cell: (one) => <Linked text={one.role} /> },
              { id: 'tag', label: '', cell: (one) => <SourceTag tag={one.tag} />, width: 64, end: true },
            ]}
          />
        </>
      ) : null}
      {work}
      {sheet.limits.length > 0 ? (
        <>
          <Heading>{t('limits')}</Heading>
          <Statements items={sheet.limits} />
        </>
      ) : null}
      <Heading>{t('requirements')}</Heading>
      {sheet.requirements.map((part) => (
        <Fragment key={part.group.zh}>
          <h3 className="kb-read-sub">{text(part.group)}</h3>
          <Statements items={part.items} />
        </Fragment>
      ))}
    </>
  )
}

const groups = ['financial', 'operating', 'management'] as const

/** KPIs of a post under their three groups, with weights, the sum of each group and the whole. */
function Weights({ kpis }: { kpis: PostSheet['kpis'] }) {
  const t = useT()
  const sum = (group?: string) =>
    kpis.filter((one) => group === undefined || one.group === group).reduce((all, one) => all + one.weight, 0)
  return (
    <div className="kb-read-tablebox">
      <table className="kb-read-table" aria-label={t('belongs.kpis')}>
        <thead>
          <tr>
            <th scope="col">{t('kpi')}</th>
            <th scope="col" className="kb-right">
              {t('weight')}
            </th>
            <th scope="col">
              <span className="kb-hidden">{t('why')}</span>
            </th>
          </tr>
        </thead>
        {groups
          .filter((group) => kpis.some((one) => one.group === group))
          .map((group) => (
            <tbody key={group}>
              <tr className="kb-read-group">
                <th scope="rowgroup">{t(`group.${group}`)}</th>
                <td className="kb-right kb-num">{sum(group)}</td>
                <td />
              </tr>
              {kpis
                .filter((one) => one.group === group)
                .map((one) => (
                  <tr key={one.kpi}>
                    <td data-label={t('kpi')}>
                      <Ref to={`kpi:${one.kpi}`} />
                    </td>
                    <td className="kb-right kb-num" data-label={t('weight')}>
                      {one.weight}
                    </td>
                    <td className="kb-right">
                      <SourceTag tag={one.tag} />
                    </td>
                  </tr>
                ))}
            </tbody>
          ))}
        <tfoot>
          <tr>
            <th scope="row">{t('weightTotal')}</th>
            <td className="kb-right kb-num">{sum()}</td>
            <td />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
