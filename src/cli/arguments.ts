import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from './say.ts'

/** Reads options and at most `words` words; anything else is told, not guessed. */
export function readArguments<T extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: T,
  words = 0,
) {
  let parsed: ReturnType<typeof parseArgs<{ args: string[]; options: T; allowPositionals: true }>>
  try {
    parsed = parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new UsageError({ zh: `看不懂这个参数：${error.message}`, en: error.message })
  }
  const extra = parsed.positionals[words]
  if (extra !== undefined)
    throw new UsageError({ zh: `多余的参数：${extra}`, en: `Not understood: ${extra}` })
  return parsed
}

/** An option that has to be there. */
export function required(value: string | undefined, name: string): string {
  if (value) return value
  throw new UsageError({ zh: `缺少 ${name}`, en: `${name} is missing` })
}

/** One of several words. */
export function oneOf<T extends string>(value: string, name: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value)
  if (found) return found
  throw new UsageError({
    zh: `${name} 只能是 ${allowed.join('、')}，不能是 ${value}`,
    en: `${name} is one of ${allowed.join(', ')}, not ${value}`,
  })
}
