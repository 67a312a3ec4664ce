import Big from 'big.js'

/** Exact comparison of what was split against what was given. Amounts are decimal strings. */
export interface SumCheck {
  readonly given: string
  readonly sum: string
  readonly difference: string
  readonly ratio: string | null
  readonly ok: boolean
}

/** Lowest and highest part of what was given that a split may reach, e.g. 1 and 1.05. */
export interface SumRange {
  readonly min: string
  readonly max: string
}

/** A range in percent, `100%–105%`. */
export const rangeText = ({ min, max }: SumRange): string =>
  `${new Big(min).times(100).toFixed()}%–${new Big(max).times(100).toFixed()}%`

/** Nothing given asks for nothing split; else the sum must lie within the range, both ends included. */
export function checkSum(given: string, sum: string, range: SumRange): SumCheck {
  const [of, is] = [new Big(given), new Big(sum)]
  const ok = of.eq(0) ? is.eq(0) : is.gte(of.times(range.min)) && is.lte(of.times(range.max))
  return {
    given: of.toFixed(),
    sum: is.toFixed(),
    difference: is.minus(of).toFixed(),
    ratio: of.eq(0) ? null : is.div(of).round(4).toFixed(),
    ok,
  }
}

export type Checks = Readonly<Record<string, SumCheck>>

/** Per quarter `Q1`..`Q4` and `total`: each must be in range. */
export function checkQuarters(
  given: Readonly<Record<string, string>>,
  sums: Readonly<Record<string, string>>,
  range: SumRange,
): Checks {
  const quarters = ['Q1', 'Q2', 'Q3', 'Q4']
  const add = (values: Readonly<Record<string, string>>) =>
    quarters.reduce((total, id) => total.plus(values[id] ?? '0'), new Big(0)).toFixed()
  return {
    ...Object.fromEntries(quarters.map((id) => [id, checkSum(given[id] ?? '0', sums[id] ?? '0', range)])),
    total: checkSum(add(given), add(sums), range),
  }
}

export const allInRange = (checks: Checks): boolean => Object.values(checks).every((check) => check.ok)

/** Version of the draft after `round` submissions: 0.1, 0.2 ...; the final one is 1.0. */
export const draftVersion = (round: number): string => `0.${round}`

/** Splits `total` by weights to `places` decimals so that the parts add up to it exactly; without weights in equal parts. */
export function spread(total: string, weights: readonly string[], places = 2): string[] {
  if (weights.length === 0) return []
  const whole = weights.reduce((sum, weight) => sum.plus(weight), new Big(0))
  const even = whole.lte(0)
  const parts = even ? weights.map(() => new Big(1)) : weights.map((weight) => new Big(weight))
  const all = even ? new Big(weights.length) : whole
  let running = new Big(0)
  let handed = new Big(0)
  return parts.map((part, index) => {
    running = running.plus(part)
    // The last part takes what is left, so that nothing is lost to rounding.
    const upTo =
      index === parts.length - 1 ? new Big(total) : new Big(total).times(running).div(all).round(places)
    const share = upTo.minus(handed)
    handed = upTo
    return share.toFixed()
  })
}

/**
 * Brings cells to `total` towards what was signed for each: those that depart in the direction the sum is out go back first, in
 * proportion; only what is left beyond that scales all of them. Adds up to the cent.
 */
export function levelToward(
  cells: readonly { readonly now: string; readonly signed: string }[],
  total: string,
): string[] {
  const missing = cells.reduce((left, { now }) => left.minus(now), new Big(total))
  const way = missing.lt(0) ? -1 : 1
  const rooms = cells.map(({ now, signed }) => {
    const room = new Big(signed).minus(now).times(way)
    return room.gt(0) ? room : new Big(0)
  })
  const room = rooms.reduce((sum, one) => sum.plus(one), new Big(0))
  const back = missing.abs().gt(room) ? room : missing.abs()
  const parts = room.eq(0)
    ? rooms
    : spread(
        back.toFixed(),
        rooms.map((one) => one.toFixed()),
      )
  const moved = cells.map(({ now }, index) =>
    new Big(now).plus(new Big(parts[index] ?? 0).times(way)).toFixed(),
  )
  return back.eq(missing.abs()) ? moved : spread(total, moved)
}

/** Growth as a fraction with six decimals; `null` where the year before has nothing to compare with. */
export function growth(now: string, before: string): string | null {
  const base = new Big(before)
  return base.lte(0) ? null : new Big(now).div(base).minus(1).round(6).toFixed()
}

export const quarterOfMonth = (month: number): number => Math.ceil(month / 3)
