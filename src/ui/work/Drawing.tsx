import { useMemo } from 'react'
import type { Process } from '../../handbook/model.ts'
import { drawSwimLane, layoutSwimLane, screen } from '../../handbook/picture/swim-lane.ts'
import type { CaseDetail } from '../../kernel/workflow/wire.ts'
import { useGo } from '../components/Go.tsx'
import { Picture } from '../handbook/Picture.tsx'
import { useText } from '../i18n/texts.ts'
import { useLang } from '../theme/display.ts'
import { onDrawing } from './caseView.ts'
import '../handbook/handbook.css'

/** The swim-lane that a case runs by, with what is done, where it stands and what is late. */
export default function Drawing({ one }: { one: CaseDetail }) {
  const go = useGo()
  const lang = useLang()
  const text = useText()
  const process = one.processGraph as Process
  const layout = useMemo(() => layoutSwimLane(process, lang), [process, lang])
  const svg = drawSwimLane(layout, lang, { ...onDrawing(one, process.nodes), colours: screen })
  const open = (ref: string) => go(`/handbook/${encodeURIComponent(ref)}`)
  return (
    <Picture
      svg={svg}
      label={text(process.name)}
      onPick={(part) => {
        if (part.dataset.step) open(`wf:${one.workflow}/${part.dataset.step}`)
        else if (part.dataset.lane) open(`post:${part.dataset.lane}`)
      }}
    />
  )
}
