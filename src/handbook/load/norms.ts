import { z } from 'zod'
import type { Norm, NormValue, Problem } from '../model.ts'
import * as numbers from './shape-norms.ts'
import { placed, placedItems, type Read, type Sources } from './sources.ts'

/**
 * Norms, calendar and switches. Editions published before 2026.2 hold all three in `norms.yaml`; they are immutable and must go on
 * being read.
 */
export function numbersOf(from: Sources, problems: Problem[]) {
  const earlier = from.part('norms.yaml', ['norms'], z.array(z.unknown())) !== null
  const norms = earlier
    ? from.listIn('norms.yaml', ['norms'], numbers.norm)
    : from.list('norms', numbers.norm, true)
  const switches = earlier
    ? from.listIn('norms.yaml', ['switches'], numbers.handbookSwitch)
    : from.list('switches', numbers.handbookSwitch)
  const calendar = earlier
    ? from.part('norms.yaml', ['calendar'], numbers.calendar)
    : from.one('calendar.yaml', numbers.calendar)
  return {
    norms: resolved(norms, problems),
    switches: switches.map(placed),
    calendar: calendar ? placed(calendar) : null,
  }
}

type ReadNorm = Read<z.infer<typeof numbers.norm>>

/** A number stands once: a value that is `as` another takes over what is written there, in one step and no more. */
function resolved(norms: readonly ReadNorm[], problems: Problem[]): Norm[] {
  const written = new Map<string, Pick<NormValue, 'value' | 'unit'>>(
    norms.flatMap(({ value: { id, values } }) =>
      Object.entries(values).flatMap(([name, one]) =>
        'value' in one ? [[`${id}.${name}`, one] as const] : [],
      ),
    ),
  )
  return norms.map((read) => {
    const values: [string, NormValue][] = []
    for (const [name, one] of Object.entries(read.value.values)) {
      const at = read.placeOf(['values', name])
      const source = 'as' in one ? written.get(one.as) : one
      if (source) values.push([name, { ...pick(source), ...one, at }])
      else if ('as' in one)
        problems.push({
          check: 'norms',
          severity: 'error',
          where: at,
          ref: `norm:${read.value.id}`,
          message: {
            zh: `“${one.name.zh}”取自 ${one.as}，那里没有写明的值；写一个有值的参数`,
            en: `“${one.name.en}” is taken from ${one.as}, where no value is written; name a norm that has one`,
          },
        })
    }
    return {
      ...placed(read),
      values: Object.fromEntries(values),
      rows: placedItems(read, read.value.rows, ['rows']),
    }
  })
}

const pick = ({ value, unit }: Pick<NormValue, 'value' | 'unit'>) => ({ value, ...(unit ? { unit } : {}) })
