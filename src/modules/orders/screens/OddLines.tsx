import { Go } from '../../../ui/components/Go.tsx'
import { Money } from '../../../ui/components/Money.tsx'
import { StatusTag } from '../../../ui/components/StatusTag.tsx'
import type { OddLines as Lines } from '../year-wire.ts'
import { useT } from './texts.ts'

const shown = 5

/** Lines that a basis counts otherwise than once: the first of them with their dates, each one touch away. */
export function OddLines({
  title,
  lines,
  tone = 'warning',
}: {
  title: string
  lines: Lines
  tone?: 'warning' | 'error'
}) {
  const t = useT()
  const first = lines.items.slice(0, shown)
  return (
    <div className="ko-odd">
      <StatusTag tone={tone} text={title} />
      <ul>
        {first.map((one) => (
          <li key={one.id}>
            <Go href={`/records/order-line/${one.id}`}>
              {t('lineOf', { order: one.order, line: one.line })}
            </Go>
            <span className="kb-note">
              {[
                one.orderedOn && t('ordered', { day: one.orderedOn }),
                one.shippedOn && t('shipped', { day: one.shippedOn }),
                one.acceptedOn && t('accepted', { day: one.acceptedOn }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <Money value={one.amount} places={2} />
          </li>
        ))}
      </ul>
      {lines.total > first.length ? (
        <p className="kb-note">{t('more', { n: lines.total - first.length })}</p>
      ) : null}
    </div>
  )
}
