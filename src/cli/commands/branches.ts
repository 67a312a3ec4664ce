import { createApp } from '../../app.ts'
import { areasOf } from '../../flows/branches/areas.ts'
import { giveBranches, requireWhole } from '../../flows/branches/give.ts'
import { previewOf } from '../../flows/branches/weigh.ts'
import { actAs } from '../../kernel/auth/acting.ts'
import { readArguments, required } from '../arguments.ts'
import { requireEdition } from '../edition.ts'
import { withDatabase } from '../place.ts'
import { say, UsageError } from '../say.ts'

/**
 * `kambook branches --user LOGIN`: who would get what by the areas that are remembered or proposed; `--area PLACE=BRANCH` says another one;
 * `--yes` gives the accounts out.
 */
export async function branches(args: string[]): Promise<void> {
  const { values } = readArguments(
    args,
    {
      user: { type: 'string' },
      area: { type: 'string', multiple: true, default: [] },
      doubtful: { type: 'boolean', default: false },
      replace: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
    },
    0,
  )
  const login = required(values.user, '--user')
  const said = values.area.map(areaOf)
  await withDatabase(async ({ url, admin }) => {
    const app = await createApp({ databaseUrl: url, adminUrl: admin })
    try {
      await requireEdition(app.kernel)
      const { run } = await actAs(app.kernel, login)
      await run(async (ctx) => {
        requireWhole(ctx)
        const known = await areasOf(ctx)
        const branchOf = (name: string): number | null => {
          if (name === '') return null
          const found = known.branches.find((one) => one.name.zh === name || one.name.en === name)
          if (!found) throw new UsageError({ zh: `没有分公司“${name}”`, en: `There is no branch “${name}”` })
          return found.id
        }
        const places = new Map(
          known.items.map(({ province, city, unitId }) => [
            `${province}/${city}`,
            { province, city, unitId },
          ]),
        )
        for (const { province, city, name } of said)
          places.set(`${province}/${city}`, { province, city, unitId: branchOf(name) })
        const areas = [...places.values()]
        const { counts, branches: all } = await previewOf(ctx, areas)
        for (const { name, has, clear, doubtful, other } of all)
          say({
            zh: `${name.zh}：现有 ${has}，新增 ${clear}，拿不准 ${doubtful}，已有别的分公司 ${other}`,
            en: `${name.en}: has ${has}, gets ${clear}, in doubt ${doubtful}, with another branch ${other}`,
          })
        say({
          zh: `不动：已经分好 ${counts.same}，不知道在哪个省 ${counts['no-place']}，所在省没有选分公司 ${counts['no-branch']}`,
          en: `Staying: with it already ${counts.same}, no province known ${counts['no-place']}, no branch chosen ${counts['no-branch']}`,
        })
        if (!values.yes)
          return say({
            zh: '还没有写入；加上 --yes 才写入',
            en: 'Nothing is written yet; add --yes to write',
          })
        const { given, branches: to } = await giveBranches(ctx, {
          areas,
          doubtful: values.doubtful,
          replace: values.replace,
        })
        say({
          zh: `已把 ${given} 个客户分给 ${to} 个分公司`,
          en: `${given} accounts were given to ${to} branches`,
        })
      })
    } finally {
      await app.close()
    }
  })
}

function areaOf(text: string): { province: string; city: string; name: string } {
  const [, province, city = '', name] = /^([^/=]+)(?:\/([^=]+))?=(.*)$/.exec(text) ?? []
  if (!province || name === undefined)
    throw new UsageError({
      zh: `--area 要写成 省=分公司 或 省/城市=分公司，${text} 不是`,
      en: `Write --area as PROVINCE=BRANCH or PROVINCE/CITY=BRANCH; ${text} is none`,
    })
  return { province: province.trim(), city: city.trim(), name: name.trim() }
}
