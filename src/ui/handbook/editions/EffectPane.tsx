import { ChartColumn, Layers, Paperclip, ShieldCheck, SlidersHorizontal, UserPlus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/texts.ts'
import type { ComparisonAnswer } from './comparison.ts'
import { useT } from './texts.ts'

/** What taking the newer edition into use touches: cases under way, people, rights, forms, figures. */
export function EffectPane({ told, titled }: { told: ComparisonAnswer; titled: boolean }) {
  const t = useT()
  const text = useText()
  const { openCases, posts, people } = told.effect
  const cases = openCases.reduce((sum, one) => sum + one.cases, 0)
  const rights = posts.filter((one) => one.rights)
  const names = (group: string) =>
    told.changes
      .filter((one) => one.group === group)
      .map((one) => (one.code ? `${one.code} ${text(one.name)}` : text(one.name)))
  const held = posts.filter((one) => one.people > 0 || one.gone)
  return (
    <div className="kb-effect">
      {titled ? <h2>{t('effect')}</h2> : null}
      <Item icon={<Layers />} title={t('cases', { n: cases })}>
        {cases > 0 ? t('casesHint') : null}
        {openCases.map((one) => (
          <span key={one.workflow}>
            {t('caseLine', { name: text(one.name), n: one.cases })}
            {one.changed ? ` · ${t('caseChanged')}` : ''}
          </span>
        ))}
      </Item>
      <Item icon={<UserPlus />} title={t('posts', { n: people })}>
        {held.map((one) => (
          <span key={one.post}>
            {t('postLine', { name: text(one.name), n: one.people })}
            {one.gone ? ` · ${t('gone')}` : ''}
          </span>
        ))}
      </Item>
      <Item icon={<ShieldCheck />} title={t('rights', { n: rights.length })}>
        {rights.length > 0 ? t('rightsHint') : null}
        {rights.map((one) => (
          <span key={one.post}>{text(one.name)}</span>
        ))}
      </Item>
      <Listed
        icon={<Paperclip />}
        title={t('formsChanged', { n: names('form').length })}
        names={names('form')}
      />
      <Listed icon={<ChartColumn />} title={t('figures', { n: names('kpi').length })} names={names('kpi')} />
      <Listed
        icon={<SlidersHorizontal />}
        title={t('norms', { n: names('norm').length })}
        names={names('norm')}
      />
    </div>
  )
}

function Listed({ icon, title, names }: { icon: ReactNode; title: string; names: readonly string[] }) {
  return (
    <Item icon={icon} title={title}>
      {names.map((name) => (
        <span key={name}>{name}</span>
      ))}
    </Item>
  )
}

function Item({ icon, title, children }: { icon: ReactNode; title: string; children?: ReactNode }) {
  return (
    <div className="kb-effect-item">
      <span className="kb-effect-icon" aria-hidden>
        {icon}
      </span>
      <div>
        <strong>{title}</strong>
        <div className="kb-2 kb-effect-lines">{children}</div>
      </div>
    </div>
  )
}
