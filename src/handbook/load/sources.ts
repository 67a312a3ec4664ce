import { z } from 'zod'
import type { Place, Problem } from '../model.ts'
import { readYaml, type YamlFile } from './yaml.ts'

type Path = readonly (string | number)[]

/** A value that was read, with the place of everything below it. */
export interface Read<T> {
  readonly value: T
  placeOf(path: Path): Place
}
export type At<T> = T & { readonly at: Place }

/** The YAML files of an edition, each read once; what is missing or malformed becomes a problem with its place. */
export class Sources {
  readonly #files: Readonly<Record<string, string>>
  readonly #problems: Problem[]
  readonly #read = new Map<string, YamlFile>()

  constructor(files: Readonly<Record<string, string>>, problems: Problem[]) {
    this.#files = files
    this.#problems = problems
  }

  has(name: string): boolean {
    return this.#files[name] !== undefined
  }

  /** Names of the YAML files below a folder, in order. */
  below(folder: string): string[] {
    return Object.keys(this.#files)
      .filter((name) => name.startsWith(`${folder}/`) && name.endsWith('.yaml'))
      .sort()
  }

  /** One file; `null` with a problem when it is missing or malformed. */
  one<T>(name: string, schema: z.ZodType<T>): Read<T> | null {
    if (!this.has(name)) {
      this.#missing(name)
      return null
    }
    const file = this.#file(name)
    if (file.value === null || file.value === undefined) {
      if (!this.#problems.some((problem) => problem.where.file === name)) this.#missing(name)
      return null
    }
    return this.#taken(file, [], file.value, schema)
  }

  /** Every file below a folder as one thing each. */
  each<T>(folder: string, schema: z.ZodType<T>): Read<T>[] {
    return this.below(folder).flatMap((name) => this.one(name, schema) ?? [])
  }

  /** A list: of `NAME.yaml`, or spread over the files of the folder `NAME`. Items keep their places. */
  list<T extends object>(name: string, schema: z.ZodType<T>, required = false): Read<T>[] {
    const files = [`${name}.yaml`, ...this.below(name)].filter((one) => this.has(one))
    if (files.length === 0 && required) this.#missing(`${name}.yaml`)
    return files.flatMap((file) => this.listIn(file, [], schema))
  }

  /** The list that stands at `path` of a file; none when the file or the path is not there. */
  listIn<T extends object>(file: string, path: Path, schema: z.ZodType<T>): Read<T>[] {
    if (!this.has(file)) return []
    const yaml = this.#file(file)
    if (yaml.value === null || yaml.value === undefined) return []
    const written = within(yaml.value, path)
    if (written === undefined) return []
    const list = this.#taken(yaml, path, written, z.array(z.unknown()))
    return (list?.value ?? []).flatMap(
      (item, index) => this.#taken(yaml, [...path, index], item, schema) ?? [],
    )
  }

  /** What stands at `path` of a file; `null` when the file or the path is not there. */
  part<T>(file: string, path: Path, schema: z.ZodType<T>): Read<T> | null {
    if (!this.has(file)) return null
    const yaml = this.#file(file)
    const written = within(yaml.value, path)
    return written === undefined ? null : this.#taken(yaml, path, written, schema)
  }

  #file(name: string): YamlFile {
    const known = this.#read.get(name)
    if (known) return known
    const file = readYaml(name, this.#files[name] ?? '', this.#problems)
    this.#read.set(name, file)
    return file
  }

  #missing(file: string): void {
    this.#problems.push({
      check: 'shape',
      severity: 'error',
      where: { file, line: 1, column: 1 },
      message: { zh: `缺少文件 ${file}`, en: `The file ${file} is missing` },
    })
  }

  #taken<T>(file: YamlFile, path: Path, written: unknown, schema: z.ZodType<T>): Read<T> | null {
    const outcome = schema.safeParse(written)
    if (outcome.success) return { value: outcome.data, placeOf: (inner) => file.placeOf([...path, ...inner]) }
    const chinese = schema.safeParse(written, { error: z.locales.zhCN().localeError }).error?.issues ?? []
    for (const [index, issue] of outcome.error.issues.entries()) {
      const inner = [...path, ...(issue.path as (string | number)[])]
      const what = inner.join('.')
      this.#problems.push({
        check: 'shape',
        severity: 'error',
        where: file.placeOf(inner),
        message: {
          zh: `${what} 的写法不对：${chinese[index]?.message ?? issue.message}`,
          en: `${what} is not as it should be: ${issue.message}`,
        },
      })
    }
    return null
  }
}

const within = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<string, unknown> | null | undefined)?.[key], value)

/** A value with its own place. */
export const placed = <T extends object>(read: Read<T>): At<T> => ({ ...read.value, at: read.placeOf([]) })

/** The items of a list inside a read value, each with its place. */
export const placedItems = <T extends object>(
  read: Read<unknown>,
  items: readonly T[],
  path: Path,
): At<T>[] => items.map((item, index) => ({ ...item, at: read.placeOf([...path, index]) }))
