import { Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { Duty } from '../../../handbook/model.ts'
import { postName } from '../../../handbook/words/names.ts'
import { useText } from '../../i18n/texts.ts'
import { useBook } from '../context.ts'
import { Ref } from '../marks.tsx'
import { useT } from '../texts.ts'

export const duties: readonly Duty[] = [
  'responsible',
  'participates',
  'supervises',
  'approves',
  'coordinates',
  'executes',
]

/** Marks of one cell of the matrix; the responsible one stands out. */
export function DutyMarks({ duties: marks }: { duties: readonly Duty[] | undefined }) {
  const t = useT()
  return (
    <span className="kb-row kb-duties">
      {marks?.map((duty) => (
        <abbr
          key={duty}
          title={t(`duty.${duty}.name`)}
          className={duty === 'responsible' ? 'kb-duty kb-duty-on' : 'kb-duty'}
        >
          {t(`duty.${duty}`)}
        </abbr>
      ))}
    </span>
  )
}

/** Whether a table goes on to the right of its frame. */
function useGoesOn(rows: unknown): { box: React.RefObject<HTMLElement | null>; more: boolean } {
  const box = useRef<HTMLElement>(null)
  const [more, setMore] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other columns have another width
  useEffect(() => {
    const frame = box.current
    if (!frame) return
    const look = () => setMore(frame.scrollWidth - frame.clientWidth - frame.scrollLeft > 4)
    const seen = new ResizeObserver(look)
    seen.observe(frame)
    frame.addEventListener('scroll', look, { passive: true })
    return () => {
      seen.disconnect()
      frame.removeEventListener('scroll', look)
    }
  }, [rows])
  return { box, more }
}

/** Functions by posts; one post can be looked at alone. */
export function Matrix() {
  const t = useT()
  const text = useText()
  const { edition } = useBook()
  const [only, setOnly] = useState<string | null>(null)
  // Columns stand in the order in which the functions name the posts, as a reader of the paper meets them.
  const named = [...new Set(edition.functions.flatMap((fn) => Object.keys(fn.cells)))]
  const inMatrix = named.flatMap((id) => edition.posts.find((post) => post.id === id) ?? [])
  const posts = inMatrix.filter((post) => only === null || post.id === only)
  const rows = edition.functions.filter((fn) => only === null || only in fn.cells)
  const { box, more } = useGoesOn(only)
  return (
    <>
      <div className="kb-row kb-read-tools">
        <Select
          value={only ?? ''}
          onChange={(value) => setOnly(value === '' ? null : value)}
          aria-label={t('matrixOnly')}
          style={{ width: 240 }}
          options={[
            { value: '', label: t('matrixAll') },
            ...inMatrix.map((post) => ({ value: post.id, label: text(post.name) })),
          ]}
        />
        {only ? <span className="kb-2">{t('matrixInside', { n: rows.length })}</span> : null}
        <span className="kb-grow" />
        <span className="kb-row kb-note">
          {duties.map((duty) => (
            <span key={duty}>
              <DutyMarks duties={[duty]} /> {t(`duty.${duty}.name`)}
            </span>
          ))}
        </span>
      </div>
      {more ? <p className="kb-note">{t('matrixGoesOn')}</p> : null}
      <section
        className="kb-read-wide"
        ref={box}
        data-more={more || undefined}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table must scroll by keyboard
        tabIndex={0}
        aria-label={t('matrix')}
      >
        <table className="kb-read-table kb-matrix">
          <thead>
            <tr>
              <th scope="col">{t('function')}</th>
              {posts.map((post) => (
                <th key={post.id} scope="col" title={text(post.name)}>
                  <Ref to={`post:${post.id}`} name={only !== null} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((fn) => (
              <tr key={fn.id}>
                <th scope="row">
                  <Ref to={`fn:${fn.id}`} />
                </th>
                {posts.map((post) => (
                  <td key={post.id}>
                    <DutyMarks duties={fn.cells[post.id]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {only === null ? (
        <p className="kb-note">
          {inMatrix.map((post) => `${post.id} ${text(postName(edition, post.id))}`).join(' · ')}
        </p>
      ) : null}
    </>
  )
}
