import { useMemo } from 'react'
import type { Edition, Process, Workflow } from '../../handbook/model.ts'
import { orgChart } from '../../handbook/picture/org-chart.ts'
import { screen, swimLane } from '../../handbook/picture/swim-lane.ts'
import { useGo } from '../components/Go.tsx'
import { useLang } from '../theme/display.ts'
import { useBook, useHref } from './context.ts'
import { Picture } from './Picture.tsx'
import { useT } from './texts.ts'
import { StepPeek } from './views/StepPeek.tsx'

/** The swim-lane of a process; a press on a step shows its card, on a lane it opens the post. `step`, a code or a node, is framed. */
export function SwimLane(props: { workflow: Workflow; process: Process; step: string | null }) {
  const t = useT()
  const go = useGo()
  const href = useHref()
  const lang = useLang()
  const { workflow, process, step } = props
  const svg = useMemo(
    () =>
      swimLane(workflow, lang, {
        process: process.id,
        colours: screen,
        ...(step ? { marks: { [step]: 'now' as const } } : {}),
      }),
    [workflow, process, lang, step],
  )
  return (
    <Picture
      svg={svg}
      label={`${t('picture')} · ${process.name[lang]}`}
      onPick={(part) => {
        if (part.dataset.lane) go(href(`post:${part.dataset.lane}`))
      }}
      card={(part, close) =>
        part.dataset.node ? (
          <StepPeek workflow={workflow} process={process} node={part.dataset.node} onClose={close} />
        ) : null
      }
    />
  )
}

/** The organisation chart; a press on a post opens it. */
export function OrgChart() {
  const t = useT()
  const go = useGo()
  const href = useHref()
  const lang = useLang()
  const { edition } = useBook()
  // The chart reads posts and seats only; the source files, which the browser does not get, are not asked for.
  const svg = useMemo(() => orgChart(edition as Edition, lang, { colours: screen }), [edition, lang])
  return (
    <Picture
      svg={svg}
      opens="whole"
      label={t('orgChart')}
      onPick={(part) => {
        if (part.dataset.post) go(href(`post:${part.dataset.post}`))
      }}
    />
  )
}
