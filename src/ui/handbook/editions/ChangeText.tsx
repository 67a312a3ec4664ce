import { useMemo } from 'react'
import type { ElementChange, Part, PictureChange } from '../../../handbook/compare/compare.ts'
import { drawMerged, mergeProcesses } from '../../../handbook/picture/merged.ts'
import { screen } from '../../../handbook/picture/swim-lane.ts'
import { type Run, redline, redlineWords } from '../../../handbook/words/redline.ts'
import { Go } from '../../components/Go.tsx'
import { useText } from '../../i18n/texts.ts'
import { useLang } from '../../theme/display.ts'
import { Picture } from '../Picture.tsx'
import { anchorOf, ChangeTag, titleOf } from './ChangeList.tsx'
import type { ComparisonAnswer } from './comparison.ts'
import { useT } from './texts.ts'

/** One element with both editions in one text: prose word by word, values old beside new, workflows as a picture. */
export function ChangeText({ change, told }: { change: ElementChange; told: ComparisonAnswer }) {
  const t = useT()
  const text = useText()
  const { place } = change
  const side = change.change === 'removed' ? told.before : told.after
  const href = `/handbook/${change.ref}${side.status === 'effective' || side.id === null ? '' : `?edition=${side.id}`}`
  const prose = change.parts.filter((one) => one.prose)
  const values = change.parts.filter((one) => !one.prose)
  return (
    <section className="kb-redline-section" id={anchorOf(change.key)} tabIndex={-1}>
      <p className="kb-3 kb-redline-path">
        {[`${place.number} ${text(place.chapter)}`.trim(), text(place.section), t(`group.${change.group}`)]
          .filter((one, index, all) => one && all.indexOf(one) === index)
          .join(' › ')}
      </p>
      <h2>
        <Go href={href}>{titleOf(change, text(change.name))}</Go> <ChangeTag change={change} />
      </h2>
      {prose.map((part) => (
        <Prose key={part.key} part={part} />
      ))}
      {values.length > 0 ? <Values parts={values} told={told} /> : null}
      {change.pictures.map((one) => (
        <BothPictures key={one.process} change={one} />
      ))}
    </section>
  )
}

function Prose({ part }: { part: Part }) {
  const text = useText()
  const lang = useLang()
  const blocks = useMemo(
    () => redline(part.before?.[lang] ?? null, part.after?.[lang] ?? null, lang),
    [part, lang],
  )
  return (
    <div className="kb-redline-prose" lang={lang === 'zh' ? 'zh-CN' : 'en'}>
      <h3>{text(part.label)}</h3>
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one unchanging text
        <p key={index} className={block.change === 'same' ? undefined : 'kb-redline-bar-left'}>
          <Runs runs={block.runs} />
        </p>
      ))}
    </div>
  )
}

function Runs({ runs }: { runs: readonly Run[] }) {
  return runs.map((run, index) => {
    const key = `${index}${run.change}`
    if (run.change === 'added') return <ins key={key}>{run.text}</ins>
    if (run.change === 'removed') return <del key={key}>{run.text}</del>
    return <span key={key}>{run.text}</span>
  })
}

function Values({ parts, told }: { parts: readonly Part[]; told: ComparisonAnswer }) {
  const t = useT()
  const text = useText()
  return (
    <table className="kb-editions-table kb-redline-values">
      <thead>
        <tr>
          <th scope="col">{t('item')}</th>
          <th scope="col">{t('edition', { n: told.before.number })}</th>
          <th scope="col">{t('edition', { n: told.after.number })}</th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => (
          <tr key={part.key}>
            <td>{text(part.label)}</td>
            <Both part={part} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Short values stand whole beside one another; long ones show which words differ. */
function Both({ part }: { part: Part }) {
  const lang = useLang()
  const before = part.before?.[lang] ?? ''
  const after = part.after?.[lang] ?? ''
  const long = before.length > 24 && after.length > 24
  const runs = long ? redlineWords(before, after, lang) : null
  return (
    <>
      <td>
        {runs ? (
          <Runs runs={runs.filter((one) => one.change !== 'added')} />
        ) : before ? (
          <del>{before}</del>
        ) : null}
      </td>
      <td>
        {runs ? (
          <Runs runs={runs.filter((one) => one.change !== 'removed')} />
        ) : after ? (
          <ins>{after}</ins>
        ) : null}
      </td>
    </>
  )
}

function BothPictures({ change }: { change: PictureChange }) {
  const t = useT()
  const lang = useLang()
  const svg = useMemo(
    () => drawMerged(mergeProcesses(change.before, change.after), lang, screen),
    [change, lang],
  )
  return (
    <div className="kb-redline-picture">
      <p className="kb-3 kb-note">{t('pictureKey')}</p>
      <Picture svg={svg} label={`${t('picture')} · ${change.name[lang]}`} />
    </div>
  )
}
