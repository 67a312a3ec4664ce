import { createApp } from '../../app.ts'
import type { Text } from '../../handbook/model.ts'
import { actAs } from '../../kernel/auth/acting.ts'
import { type Basis, bases, basisNames } from '../../modules/orders/basis.ts'
import { changeYear, previewYear, salesYears } from '../../modules/orders/year.ts'
import type { OddLines } from '../../modules/orders/year-wire.ts'
import { oneOf, readArguments, required } from '../arguments.ts'
import { requireEdition } from '../edition.ts'
import { withDatabase } from '../place.ts'
import { say, UsageError } from '../say.ts'

/** `kambook basis --user LOGIN`: every year's basis; `kambook basis YEAR BASIS --user LOGIN --why WORDS [--dry-run]` changes one. */
export async function basis(args: string[]): Promise<void> {
  const { values, positionals } = readArguments(
    args,
    { user: { type: 'string' }, why: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
    2,
  )
  const login = required(values.user, '--user')
  const change = positionals.length > 0 ? changeOf(positionals) : null
  const why = change && !values['dry-run'] ? required(values.why, '--why') : ''
  await withDatabase(async ({ url, admin }) => {
    const app = await createApp({ databaseUrl: url, adminUrl: admin })
    try {
      await requireEdition(app.kernel)
      const { run } = await actAs(app.kernel, login)
      if (!change)
        return await run(async (ctx) => (await salesYears(ctx)).items.map(yearText)).then((all) =>
          all.forEach(say),
        )
      const { year, to } = change
      if (values['dry-run']) {
        const { undated, twice, never } = await run((ctx) => previewYear(ctx, year, to))
        tellLines(undated, {
          zh: '没有这种口径的日期，先补上',
          en: 'without the date of that basis; bring it first',
        })
        tellTurn(twice, never)
        process.exitCode = undated.total > 0 ? 1 : 0
        return
      }
      const { booked, twice, never } = await run((ctx) => changeYear(ctx, year, { basis: to, reason: why }))
      say({
        zh: `${year} 年改为${basisNames[to].zh}，冲销和重记共 ${booked} 笔`,
        en: `${year} now counts ${basisNames[to].en.toLowerCase()}; ${booked} bookings, reversals among them`,
      })
      tellTurn(twice, never)
    } finally {
      await app.close()
    }
  })
}

function changeOf([year, to]: readonly string[]): { year: number; to: Basis } {
  if (!year || !/^(19|20)\d\d$/.test(year))
    throw new UsageError({ zh: `“${year}”不是年份，写成 2017`, en: `“${year}” is no year; write it as 2017` })
  return { year: Number(year), to: oneOf(required(to, 'BASIS'), 'BASIS', bases) }
}

const yearText = ({
  year,
  name,
  reason,
  by,
  at,
}: {
  year: number
  name: Text
  reason: string
  by: string | null
  at: string
}): Text => ({
  zh: `${year}  ${name.zh}（${at.slice(0, 10)} ${by ?? ''} ${reason}）`,
  en: `${year}  ${name.en} (${at.slice(0, 10)} ${by ?? ''} ${reason})`,
})

function tellTurn(twice: OddLines, never: OddLines): void {
  tellLines(twice, { zh: '在两年里各计一次', en: 'count in two years' })
  tellLines(never, { zh: '哪一年都不计', en: 'count in no year' })
}

function tellLines({ total, items }: OddLines, what: Text): void {
  if (total === 0) return
  say({ zh: `! ${total} 行${what.zh}`, en: `! ${total} lines ${what.en}` })
  for (const { order, line, amount } of items)
    say({ zh: `  订单 ${order} 行 ${line}：${amount}`, en: `  order ${order} line ${line}: ${amount}` })
  if (total > items.length)
    say({ zh: `  还有 ${total - items.length} 行`, en: `  and ${total - items.length} more` })
}
