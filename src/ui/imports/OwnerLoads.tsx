import { Tag } from 'antd'
import type { Load } from './loads.ts'
import { useT } from './texts.ts'

/** How many accounts each person gets, with the limit of the handbook; pressing a person narrows the list to what was proposed for him. */
export function OwnerLoads(props: {
  loads: readonly Load[]
  cap: number | null
  owner: number | null
  choose: (owner: number | null) => void
}) {
  const t = useT()
  const { loads, cap, owner, choose } = props
  return (
    <section className="kb-import-loads" aria-label={t('loads')}>
      <h2>
        {t('loads')} {cap === null ? null : <small className="kb-3">{t('loadCap', { n: cap })}</small>}
      </h2>
      <ul className="kb-plain">
        {loads.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              aria-pressed={one.id === owner}
              onClick={() => choose(one.id === owner ? null : one.id)}
            >
              <span className="kb-grow kb-cut">
                {one.title} <span className="kb-3">{one.unit}</span>
              </span>
              {one.now === one.before ? null : (
                <span className="kb-note">{t('loadMoved', { n: one.before })}</span>
              )}
              <strong className={one.over ? 'kb-num kb-near' : 'kb-num'}>{one.now}</strong>
              {one.over ? <Tag className="kb-near">{t('loadOver')}</Tag> : null}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
