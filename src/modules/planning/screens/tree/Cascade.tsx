import Big from 'big.js'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Chip } from '../../../../ui/components/Chip.tsx'
import { Empty } from '../../../../ui/components/Empty.tsx'
import { ErrorBox } from '../../../../ui/components/ErrorBox.tsx'
import { Go } from '../../../../ui/components/Go.tsx'
import { PersonTag } from '../../../../ui/components/PersonTag.tsx'
import { StatusTag } from '../../../../ui/components/StatusTag.tsx'
import { Waiting } from '../../../../ui/components/Waiting.tsx'
import { amountIn, moneyExact, percent, unitFor, unitName } from '../../../../ui/format/money.ts'
import { useFormat } from '../../../../ui/format/useFormat.ts'
import { useText } from '../../../../ui/i18n/texts.ts'
import { useGet } from '../../../../ui/query.ts'
import { useLang } from '../../../../ui/theme/display.ts'
import { useWidth } from '../../../../ui/theme/media.ts'
import { Deadline } from '../../../../ui/work/Deadline.tsx'
import type { Plan, SheetSummary } from '../../wire.ts'
import { sheetTone } from '../status.ts'
import { useT } from '../texts.ts'
import { answered, columnsOf, type Node, treeOf } from './tree.ts'
import './tree.css'

/** Who was given what and handed on how much, down to each representative. */
export function Cascade({ planId }: { planId: number }) {
  const t = useT()
  const plan = useGet<Plan>(`/plans/${planId}`)
  const sheets = useGet<{ items: SheetSummary[] }>(`/plans/${planId}/sheets`)
  if (sheets.error && !sheets.data)
    return (
      <div className="kb-pad">
        <ErrorBox error={sheets.error} onAgain={() => void sheets.refetch()} />
      </div>
    )
  if (!sheets.data || !plan.data) return <Waiting rows={6} />
  const nodes = treeOf(sheets.data.items, plan.data.total)
  if (nodes.length === 0)
    return plan.data.status === 'cascading' || plan.data.status === 'cascaded' ? (
      <Empty title={t('noSheets')} />
    ) : (
      <Empty title={t('noCascade')} hint={t('noCascadeHint')} />
    )
  return <Tree planId={planId} nodes={nodes} />
}

/** Nodes in the order drawn, each with its depth; what is below a folded one is left out. */
const flat = (
  nodes: readonly Node[],
  folded: ReadonlySet<string>,
  depth = 0,
): { node: Node; depth: number }[] =>
  nodes.flatMap((node) => [
    { node, depth },
    ...(folded.has(node.id) ? [] : flat(node.children, folded, depth + 1)),
  ])

function Tree({ planId, nodes }: { planId: number; nodes: readonly Node[] }) {
  const t = useT()
  const lang = useLang()
  const phone = useWidth() === 'phone'
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const all = flat(nodes, new Set())
  const shown = columnsOf(nodes)
  const { day } = useFormat()
  const unit = unitFor(all.map(({ node }) => node.given))
  const fold = (id: string) =>
    setFolded((now) => {
      const next = new Set(now)
      if (!next.delete(id)) next.add(id)
      return next
    })
  const rows = flat(nodes, folded)
  return (
    <section aria-label={t('tree')}>
      <p className="kp-tree-hint kb-note">
        {t('treeHint')} <Chip clause="wf:PLAN/C-5" />
      </p>
      {phone ? (
        <ul className="kp-tree-cards">
          {rows.map(({ node, depth }) => (
            <li key={node.id} style={{ paddingLeft: 16 + depth * 12 }}>
              <NodeCard node={node} planId={planId} unit={unit} />
            </li>
          ))}
        </ul>
      ) : (
        <div className="kp-tree-scroll">
          <table className="kp-tree">
            <thead>
              <tr>
                <th scope="col">{t('toWhom')}</th>
                <th scope="col">
                  {t('given')} ({unitName(unit, lang)})
                </th>
                {shown.split ? (
                  <>
                    <th scope="col">{t('split')}</th>
                    <th scope="col">{t('difference')}</th>
                    <th scope="col">{t('ratio')}</th>
                  </>
                ) : null}
                <th scope="col" className="kp-left">
                  {t('status')}
                </th>
                <th scope="col" className="kp-left">
                  {t('issuedOn')}
                </th>
                {shown.due ? (
                  <th scope="col" className="kp-left">
                    {t('answerBy')}
                  </th>
                ) : null}
                {shown.reason ? (
                  <th scope="col" className="kp-left">
                    {t('reason')}
                  </th>
                ) : null}
                <th scope="col">
                  <span className="kb-hidden">{t('open')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ node, depth }) => (
                <tr key={node.id} className={depth < 2 && node.sheet ? 'kp-strong' : ''}>
                  <th scope="row" style={{ paddingLeft: 24 + depth * 24 }}>
                    <span className="kp-tree-name">
                      <Fold node={node} folded={folded.has(node.id)} onFold={() => fold(node.id)} />
                      <PersonTag name={node.person?.title ?? ''} />
                      {node.children.length > 0 ? (
                        <span className="kb-note">
                          {t('accepted', { n: answered(node).done, all: answered(node).all })}
                        </span>
                      ) : null}
                    </span>
                  </th>
                  <td title={moneyExact(node.given, lang)}>{amountIn(node.given, unit, lang)}</td>
                  {shown.split ? (
                    <>
                      <td title={moneyExact(node.split, lang)}>{amountIn(node.split, unit, lang)}</td>
                      <td title={moneyExact(node.difference, lang)}>
                        <Difference node={node}>{amountIn(node.difference, unit, lang)}</Difference>
                      </td>
                      <td>{node.ratio === null ? '' : percent(node.ratio)}</td>
                    </>
                  ) : null}
                  <td className="kp-left">
                    <State node={node} />
                  </td>
                  <td className="kp-left kb-2">{node.letter?.since ? day(node.letter.since) : ''}</td>
                  {shown.due ? (
                    <td className="kp-left">{node.letter?.dueAt ? <Deadline task={node.letter} /> : null}</td>
                  ) : null}
                  {shown.reason ? <td className="kp-left kp-reason">{node.letter?.reason}</td> : null}
                  <td className="kp-left">
                    <Open node={node} planId={planId} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function Fold({ node, folded, onFold }: { node: Node; folded: boolean; onFold: () => void }) {
  const t = useT()
  if (node.children.length === 0) return <span className="kp-fold-space" />
  return (
    <button
      type="button"
      className="kb-icon"
      aria-expanded={!folded}
      aria-label={t(folded ? 'unfold' : 'fold', { name: node.person?.title ?? '' })}
      onClick={onFold}
    >
      {folded ? <ChevronRight size={14} aria-hidden /> : <ChevronDown size={14} aria-hidden />}
    </button>
  )
}

/** A split that was issued is in range already; only one still being made may be short. */
function Difference({ node, children }: { node: Node; children: ReactNode }) {
  const t = useT()
  if (node.difference === null) return null
  if (new Big(node.difference).eq(0)) return <span className="kb-3">{t('exact')}</span>
  const short = new Big(node.difference).lt(0)
  return <span className={short ? 'kb-late' : ''}>{short ? children : <>+{children}</>}</span>
}

function State({ node }: { node: Node }) {
  const text = useText()
  const [shown] = [
    node.letter && node.letter.status !== 'accepted' ? node.letter : (node.sheet ?? node.letter),
  ]
  return shown ? <StatusTag tone={sheetTone(shown.status)} text={text(shown.statusText)} /> : null
}

function Open({ node, planId }: { node: Node; planId: number }) {
  const t = useT()
  const sheet = node.sheet?.sheetId ?? node.letter?.sheetId
  if (!sheet) return null
  const part = node.sheet || !node.person ? '' : `?to=${node.person.id}`
  return <Go href={`/plans/${planId}/sheets/${sheet}${part}`}>{t(node.sheet ? 'openSheet' : 'open')}</Go>
}

function NodeCard({ node, planId, unit }: { node: Node; planId: number; unit: ReturnType<typeof unitFor> }) {
  const t = useT()
  const lang = useLang()
  return (
    <div className="kp-tree-card">
      <div className="kb-row">
        <PersonTag name={node.person?.title ?? ''} />
        <span className="kb-grow" />
        <State node={node} />
      </div>
      <div className="kb-row kb-num">
        <span>
          <span className="kb-note">{t('given')} </span>
          {amountIn(node.given, unit, lang)} {unitName(unit, lang)}
        </span>
        {node.split === null ? null : (
          <span>
            <span className="kb-note">{t('split')} </span>
            {amountIn(node.split, unit, lang)}
          </span>
        )}
        {node.difference === null ? null : (
          <Difference node={node}>{amountIn(node.difference, unit, lang)}</Difference>
        )}
        <span className="kb-grow" />
        <Open node={node} planId={planId} />
      </div>
      {node.letter?.dueAt ? (
        <div className="kb-row">
          <span className="kb-note">{t('answerBy')}</span> <Deadline task={node.letter} />
        </div>
      ) : null}
      {node.letter?.reason ? <p className="kb-2">“{node.letter.reason}”</p> : null}
    </div>
  )
}
