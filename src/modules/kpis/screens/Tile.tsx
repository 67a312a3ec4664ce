import Big from 'big.js'
import type { ReactNode } from 'react'
import type { KpiFigure } from '../../../kernel/figures/wire.ts'
import { Chip } from '../../../ui/components/Chip.tsx'
import { Go } from '../../../ui/components/Go.tsx'
import { StatusTag } from '../../../ui/components/StatusTag.tsx'
import { Why } from '../../../ui/components/Why.tsx'
import {
  amountIn,
  type MoneyUnit,
  moneyExact,
  moneyText,
  percent,
  unitName,
} from '../../../ui/format/money.ts'
import { useText } from '../../../ui/i18n/texts.ts'
import { useLang } from '../../../ui/theme/display.ts'
import { type Chosen, textOf } from './periods.ts'
import { Reached } from './Reached.tsx'
import { rowsHref } from './scale.ts'
import { useT } from './texts.ts'

/** One figure beside its measures: target, the year before, what was returned; with its basis, formula and rows. */
export function Tile({
  figure,
  days,
  chosen,
  unit,
}: {
  figure: KpiFigure
  days: { from: string; to: string }
  chosen: Chosen
  unit: MoneyUnit
}) {
  const t = useT()
  const text = useText()
  const lang = useLang()
  const amount = figure.value?.amount ?? null
  const beside = figure.base !== null || figure.target !== null
  const money = (value: string) => (
    <span className="kb-num" title={moneyExact(value, lang)}>
      {lang === 'en' ? moneyText(value, lang, 2) : `${amountIn(value, unit, lang)} ${unitName(unit, lang)}`}
    </span>
  )
  const href = rowsHref(figure, days)
  return (
    <section className="kf-tile" aria-label={text(figure.name)}>
      <div className="kb-row">
        <Why
          verdict={text(figure.formula)}
          clause={`kpi:${figure.kpi}`}
          rows={[
            { label: t('basis'), value: text(figure.basisName) || t('na') },
            { label: t('period'), value: textOf(chosen, lang) },
            {
              label: t('edition', { n: figure.edition }),
              value: t(figure.state === 'open' ? 'open' : 'closed'),
            },
          ]}
        >
          {text(figure.name)}
        </Why>
        <Chip clause={`kpi:${figure.kpi}`} label={figure.kpi} />
        <strong>
          {text(figure.scopeName)} · {textOf(chosen, lang)}
        </strong>
        <span className="kb-grow" />
        {figure.basisName ? (
          <span className="kb-note">
            {[t('basisIs', { basis: text(figure.basisName) }), text(figure.regionsName)]
              .filter(Boolean)
              .join(' · ')}
          </span>
        ) : null}
        {figure.state === 'n/a' ? null : (
          <StatusTag
            tone={figure.state === 'open' ? 'info' : 'neutral'}
            text={t(figure.state === 'open' ? 'open' : 'closed')}
          />
        )}
      </div>
      {figure.partial ? <p className="kb-warn">{t('partial', figure.partial)}</p> : null}
      <div className="kf-tile-body">
        <div className="kf-main">
          {amount === null ? (
            <>
              <span className="kf-big kb-3">
                {beside ? (
                  <>
                    0 <small>{unitName(unit, lang)}</small>
                  </>
                ) : (
                  t('na')
                )}
              </span>
              <p className="kb-2">{beside ? t('notYet') : text(figure.why)}</p>
            </>
          ) : (
            <>
              <span className="kf-big" title={moneyExact(amount, lang)}>
                {lang === 'en' ? (
                  moneyText(amount, lang, 2)
                ) : (
                  <>
                    {amountIn(amount, unit, lang)} <small>{unitName(unit, lang)}</small>
                  </>
                )}
              </span>
              <p className="kb-note">{moneyExact(amount, lang)}</p>
              {href ? <Go href={href}>{t('rows')}</Go> : null}
            </>
          )}
        </div>
        <dl className="kf-beside">
          <Fact label={t('target')}>
            {figure.target === null ? (
              <span className="kb-3">{text(figure.targetWhy) || t('noTarget')}</span>
            ) : (
              <>
                {money(figure.target.amount)}
                <Reached reached={figure.reached} />
              </>
            )}
          </Fact>
          <Fact label={t('lastYear')}>
            {figure.base === null ? <span className="kb-3">{t('noBase')}</span> : money(figure.base.amount)}
          </Fact>
          <Fact label={t('growth')}>
            {figure.growth === null ? (
              <span className="kb-3">{t(amount === null && figure.base !== null ? 'notSold' : 'na')}</span>
            ) : (
              <span className="kb-num">{percent(figure.growth, 1, true)}</span>
            )}
          </Fact>
          {figure.returned === null ? null : (
            <Fact label={t('returned')} hint={t('returnedHint')}>
              {money(figure.returned.amount)}
            </Fact>
          )}
          {figure.net === null ? null : (
            <Fact label={t('net')}>
              {money(figure.net.amount)}
              {amount !== null && !new Big(amount).eq(0) ? (
                <small className="kb-3"> {percent(new Big(figure.net.amount).div(amount).toFixed(6))}</small>
              ) : null}
            </Fact>
          )}
        </dl>
      </div>
    </section>
  )
}

const Fact = ({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) => (
  <div title={hint}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)
