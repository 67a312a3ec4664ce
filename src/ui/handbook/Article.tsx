import { ChevronLeft, ChevronRight } from 'lucide-react'
import { Fragment } from 'react'
import type { Adoption, Tag } from '../../handbook/model.ts'
import type { OutlineNode } from '../../handbook/outline.ts'
import { type Element, refOf } from '../../handbook/words/element.ts'
import { Go } from '../components/Go.tsx'
import { useText } from '../i18n/texts.ts'
import { hrefOf, useBook, useHref } from './context.ts'
import { AdoptionTag, SourceTag, titleOf } from './marks.tsx'
import { pathTo } from './Outline.tsx'
import { StandingTag } from './StandingTag.tsx'
import { NormTable } from './sections/Norms.tsx'
import { useT } from './texts.ts'
import { ChapterView } from './views/ChapterView.tsx'
import { FormView } from './views/FormView.tsx'
import { FunctionView } from './views/FunctionView.tsx'
import { HomeView } from './views/HomeView.tsx'
import { KpiView } from './views/KpiView.tsx'
import { PolicyView } from './views/PolicyView.tsx'
import { PostView } from './views/PostView.tsx'
import { WorkflowView } from './views/WorkflowView.tsx'

/** The open element: where it stands, its title and marks, its content, what comes before and after. */
export function Article({ element }: { element: Element | null }) {
  const t = useT()
  const text = useText()
  const { edition, row } = useBook()
  if (!element)
    return (
      <article className="kb-article">
        <h2 className="kb-read-title">{text(edition.title)}</h2>
        <p className="kb-2">
          {t('edition', { n: edition.number })}
          {row?.effectiveFrom ? ` · ${t('effectiveFrom', { date: row.effectiveFrom })}` : ''} ·{' '}
          {edition.control.documentNumber}
        </p>
        <HomeView />
      </article>
    )
  const whole = wholeOf(element)
  const { id, title } = titleOf(whole)
  const marks = marksOf(whole)
  return (
    <article className="kb-article">
      <Trail at={refOf(whole)} />
      <div className="kb-row kb-read-titleline">
        <h2 className="kb-read-title">
          {id ? <span className="kb-read-code">{id}</span> : null} {text(title)}
        </h2>
        <StandingTag element={whole} />
        {marks.adoption ? <AdoptionTag adoption={marks.adoption} always /> : null}
        {marks.tag ? <SourceTag tag={marks.tag} /> : null}
      </div>
      {marks.adoption === 'described' ? <p className="kb-read-described">{t('describedHint')}</p> : null}
      <Body element={element} />
      <Around at={refOf(whole)} />
    </article>
  )
}

/** The element a page is about: a step stands on its workflow's page, a section on its chapter's. */
function wholeOf(element: Element): Element {
  switch (element.is) {
    case 'workflow':
      return { ...element, step: null }
    case 'section':
      return { is: 'chapter', chapter: element.chapter }
    case 'post':
      return { ...element, part: null }
    case 'policy':
      return { ...element, chapter: null }
    case 'norm':
      return { ...element, value: null }
    default:
      return element
  }
}

function marksOf(element: Element): { adoption?: Adoption; tag?: Tag } {
  switch (element.is) {
    case 'workflow':
      return { adoption: element.workflow.adoption }
    case 'post':
      return { tag: element.post.tag }
    case 'function':
      return { tag: element.fn.tag }
    case 'form':
      return { adoption: element.form.adoption, tag: element.form.tag }
    case 'kpi':
      return { adoption: element.kpi.adoption, tag: element.kpi.tag }
    case 'policy':
      return { tag: element.policy.tag }
    case 'norm':
      return { tag: element.norm.tag }
    default:
      return {}
  }
}

function Body({ element }: { element: Element }) {
  switch (element.is) {
    case 'chapter':
    case 'section':
      return <ChapterView chapter={element.chapter} />
    case 'workflow':
      return <WorkflowView workflow={element.workflow} step={element.step} />
    case 'post':
      return <PostView post={element.post} />
    case 'function':
      return <FunctionView fn={element.fn} />
    case 'form':
      return <FormView form={element.form} />
    case 'kpi':
      return <KpiView kpi={element.kpi} />
    case 'policy':
      return <PolicyView policy={element.policy} />
    case 'norm':
      return <NormTable norm={element.norm} marked={element.value} />
  }
}

/** Chapter and section above the title. */
function Trail({ at }: { at: string }) {
  const text = useText()
  const href = useHref()
  const t = useT()
  const { outline, chosen } = useBook()
  const path = pathTo(outline, at).slice(0, -1)
  return (
    <nav className="kb-read-trail" aria-label={t('belongs.sections')}>
      <Go href={hrefOf(null, chosen)}>{t('title')}</Go>
      {path.map((node) => (
        <Fragment key={node.ref}>
          <span aria-hidden>›</span>
          <Go href={href(node.ref)}>{`${node.number} ${text(node.title)}`}</Go>
        </Fragment>
      ))}
    </nav>
  )
}

/** Pages in reading order: every chapter, then the elements drawn in it. */
function pagesOf(nodes: readonly OutlineNode[]): OutlineNode[] {
  return nodes.flatMap((node) =>
    node.level === 1
      ? [node, ...pagesOf(node.children)]
      : node.level === 2
        ? pagesOf(node.children)
        : node.level === 3
          ? [node]
          : [],
  )
}

function Around({ at }: { at: string }) {
  const t = useT()
  const text = useText()
  const href = useHref()
  const { outline } = useBook()
  const pages = pagesOf(outline)
  const index = pages.findIndex((page) => page.ref === at)
  if (index === -1) return null
  const before = pages[index - 1]
  const after = pages[index + 1]
  return (
    <nav className="kb-read-around" aria-label={`${t('previous')} · ${t('next')}`}>
      {before ? (
        <Go href={href(before.ref)}>
          <ChevronLeft size={16} strokeWidth={1.6} aria-hidden />
          <span>
            <small>{t('previous')}</small>
            {`${before.number} ${text(before.title)}`}
          </span>
        </Go>
      ) : (
        <span />
      )}
      {after ? (
        <Go href={href(after.ref)} className="kb-read-next">
          <span>
            <small>{t('next')}</small>
            {`${after.number} ${text(after.title)}`}
          </span>
          <ChevronRight size={16} strokeWidth={1.6} aria-hidden />
        </Go>
      ) : null}
    </nav>
  )
}
