import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { sql } from 'kysely'
import { LineCounter, parseDocument } from 'yaml'
import { registry } from '../src/app/registry.ts'
import { compareEditions } from '../src/handbook/compare/compare.ts'
import { bpmnReader } from '../src/handbook/load/bpmn.ts'
import { loadEdition } from '../src/handbook/load.ts'
import type { Edition } from '../src/handbook/model.ts'
import { type Drawing, flat } from '../src/handbook/print/block.ts'
import { compose } from '../src/handbook/print/compose.ts'
import { fontFiles, fontName } from '../src/handbook/print/fonts.ts'
import { printEdition } from '../src/handbook/print/print.ts'
import { compileRights } from '../src/handbook/rights.ts'
import { findIn } from '../src/handbook/search/find.ts'
import { asOwner } from '../src/kernel/db/transaction.ts'
import { judge } from '../src/kernel/handbook/judge.ts'
import { publishEdition } from '../src/kernel/handbook/publish.ts'
import { takeEdition } from '../src/kernel/handbook/take.ts'
import { afterAYear, edited, type Files, referenceFiles } from '../test/edition.ts'
import { wordsOf } from '../test/printed-words.ts'
import { type House, inHouse, overHttp, settle } from './house.ts'
import { type Line, programTimes, workTimes } from './line.ts'

/** The life of an edition: read and judged, published, read by people, searched, printed, compared. */
export async function lines(): Promise<Line[]> {
  const reference = await edition(referenceFiles)
  return [
    ...(await reading()),
    ...(await inHouse(publishing)),
    ...(await inHouse(opening)),
    ...(await searching(reference)),
    ...(await printing(reference)),
    ...(await comparing(reference)),
  ]
}

async function edition(files: Readonly<Files>): Promise<Edition> {
  const { edition: read, problems } = await loadEdition(files)
  if (!read) throw new Error(JSON.stringify(problems[0]))
  return read
}

/** Parses what `loadEdition` parses, with the same parsers, and makes nothing of it. Policies stay text until somebody reads them. */
async function parse(files: Readonly<Files>): Promise<void> {
  for (const [name, text] of Object.entries(files))
    if (name.endsWith('.yaml'))
      parseDocument(text, { lineCounter: new LineCounter(), uniqueKeys: true }).toJS({ maxAliasCount: 100 })
    else if (name.endsWith('.bpmn')) await bpmnReader().fromXML(text)
}

async function reading(): Promise<Line[]> {
  const [load, whole, floor] = (await programTimes(
    [() => loadEdition(referenceFiles), () => judge(registry, referenceFiles), () => parse(referenceFiles)],
    4,
    2,
  )) as [number, number, number]
  const beside = { unit: 'ms', floor, floorWhat: 'parsing the same texts with the same parsers' }
  return [
    { what: 'load the reference', value: load, ...beside },
    { what: 'load and check it, every path walked', value: whole, bar: 3, ...beside },
  ]
}

const turns = { rounds: 5, times: 4 }

/** Publishing a draft that this program judged when it was imported, for today: the last one gives way to it. */
async function publishing(house: House): Promise<Line[]> {
  const { kernel, base } = house
  const nobody = { userId: null }
  const today = kernel.clock.today()
  const count = turns.rounds * turns.times + 1
  const drafts: number[] = []
  for (let n = 0; n < count; n += 1)
    drafts.push((await takeEdition(kernel, edited(`bench.${n}`), nobody)).id as number)
  const { edition: known } = await kernel.edition()
  const grants = JSON.stringify(compileRights(known))
  const graphs = known.workflows
    .filter((one) => one.adoption === 'running')
    .map((one) => [one.id, JSON.stringify(one)] as const)
  const bare: number[] = []
  for (let n = 0; n < count; n += 1) {
    const { rows } = await sql<{ id: number }>`insert into edition
      (number, title_zh, title_en, hash, status, files, published_at)
      values (${`bare.${n}`}, '', '', ${`bare.${n}`}, 'draft', ${JSON.stringify(known.files)}::jsonb, null)
      returning id`.execute(base.db.kysely)
    bare.push(rows[0]?.id as number)
  }
  await settle(house)
  const next = (ids: number[]) => ids.shift() as number
  const [value, floor] = (await workTimes(
    base.url,
    [
      () => publishEdition(kernel, next(drafts), today, nobody),
      () => {
        const id = next(bare)
        return asOwner(base.db, async (tx) => {
          await sql`insert into right_grant (edition_id, post, kind, verb, reach, function, duty, clause)
            select ${id}, post, kind, verb, reach, function, duty, clause from jsonb_to_recordset(${grants}::jsonb)
            as g(post text, kind text, verb text, reach text, function text, duty text, clause text)
            on conflict do nothing`.execute(tx)
          for (const [workflow, graph] of graphs)
            await sql`insert into workflow_version (edition_id, workflow, graph)
              values (${id}, ${workflow}, ${graph}::jsonb)`.execute(tx)
          await sql`update edition set status = 'published', effective_from = ${today}, published_at = app_now()
            where id = ${id}`.execute(tx)
          await sql`update edition set status = 'superseded', effective_until = ${today} where status = 'effective'`.execute(
            tx,
          )
          await sql`update edition set status = 'effective', took_effect_at = app_now() where id = ${id}`.execute(
            tx,
          )
        })
      },
    ],
    turns.rounds,
    turns.times,
  )) as [number, number]
  return [
    {
      what: 'publish an edition, judged at its import',
      value,
      unit: 'ms',
      floor,
      floorWhat: 'a transaction that writes the same rows',
      bar: 3,
    },
  ]
}

/** The reader asks for the whole edition once; what it shows then comes out of that. */
async function opening(house: House): Promise<Line[]> {
  const stored = () => sql`select files from edition where status = 'effective'`.execute(house.base.db.kysely)
  const [value, floor] = (await overHttp(house, 'rep01', (call) =>
    workTimes(
      house.base.url,
      [() => call('GET', '/api/v1/handbook/editions/effective/content'), stored],
      6,
      8,
    ),
  )) as [number, number]
  return [
    {
      what: 'open the reader over HTTP, read by its client',
      value,
      unit: 'ms',
      floor,
      floorWhat: 'reading the same edition by SQL, without HTTP or rights',
      bar: 3,
    },
  ]
}

const words = ['折扣', '丢标', 'discount', 'C-3', 'dkh', '预算会']

/** No bar: the floor neither ranks nor knows initials; the ratio tells whether either grows dear. */
function searching(reference: Edition): Promise<Line[]> {
  const texts: string[] = []
  JSON.stringify(reference, (key, value: unknown) => {
    if (key === 'files') return undefined
    if (typeof value === 'string') texts.push(value.toLowerCase())
    return value
  })
  const scan = async () => {
    for (const word of words) for (const text of texts) text.includes(word)
  }
  const find = async () => {
    for (const word of words) findIn(reference, word)
  }
  return programTimes([find, scan], 8, 20).then(([value, floor]) => [
    {
      what: `search in the reader, ${words.length} words`,
      value: value as number,
      unit: 'ms',
      floor: floor as number,
      floorWhat: 'a plain scan over all texts of the edition',
    },
  ])
}

/**
 * The floor is the work that no print can leave out: the same typesetter and typeface, the same words as plain paragraphs, the same
 * pictures; without tables, headings, contents, page heads or numbers.
 */
async function printing(reference: Edition): Promise<Line[]> {
  const doc = compose(reference, 'zh')
  if (!doc) throw new Error('the whole manual is always there')
  const literal = (text: string) => JSON.stringify(text).replaceAll(/\\u([0-9a-f]{4})/g, '\\u{$1}')
  const plain = async () => {
    const workspace = tmpdir()
    const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: fontFiles() }] })
    let pictures = 0
    const image = ({ svg }: Drawing): string => {
      pictures += 1
      const name = `kambook-floor-${pictures}.svg`
      compiler.mapShadow(join(workspace, name), Buffer.from(svg))
      return `#image("/${name}", width: 100%, height: 88%, fit: "contain")`
    }
    const source = [
      ...wordsOf(doc).map((text) => `#par[#${literal(text)}]`),
      ...flat(doc.blocks).flatMap((block) => (block.kind === 'picture' ? block.parts.map(image) : [])),
    ]
    compiler.pdf({
      mainFileContent: `#set text(font: "${fontName}", size: 10pt)\n#set page(paper: "a4")\n${source.join('\n')}`,
    })
  }
  const [value, word, floor] = (await programTimes(
    [
      () => printEdition(reference, { format: 'pdf', lang: 'zh' }),
      () => printEdition(reference, { format: 'docx', lang: 'zh' }),
      plain,
    ],
    2,
    1,
  )) as [number, number, number]
  const promised = (what: string, took: number, seconds: number): Line => ({
    what,
    value: took / 1000,
    unit: 's',
    floor: seconds,
    floorWhat: 'promised on two cores that have nothing else to do',
    bar: 1,
  })
  return [
    promised('the whole as PDF, processor time', value, 6),
    promised('the whole as Word, processor time', word, 12),
    {
      what: 'print the whole as PDF',
      value,
      unit: 'ms',
      floor,
      floorWhat: 'setting the same words and pictures as plain paragraphs',
    },
  ]
}

/** Every text of an edition written anew: the most that two editions can differ. */
function rewritten<T>(value: T, key = ''): T {
  if (typeof value === 'string')
    return (key === 'zh' || key === 'en' ? `${value} ${value.length}` : value) as T
  if (Array.isArray(value)) return value.map((part) => rewritten(part)) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, name === 'files' ? part : rewritten(part, name)]),
  ) as T
}

/** Every element twice, under another id: an edition of twice the size. */
function twofold(of: Edition): Edition {
  const twice = <T extends { readonly id: string }>(items: readonly T[]): T[] => [
    ...items,
    ...items.map((one) => ({ ...one, id: `${one.id}~` })),
  ]
  return {
    ...of,
    posts: twice(of.posts),
    functions: twice(of.functions),
    kpis: twice(of.kpis),
    norms: twice(of.norms),
    workflows: twice(of.workflows),
    forms: twice(of.forms),
    policies: twice(of.policies),
  }
}

async function comparing(reference: Edition): Promise<Line[]> {
  const year = await edition(await afterAYear('2026.2'))
  const anew = rewritten(reference)
  const json = (of: Edition) => {
    const { files: _, ...document } = of
    return JSON.stringify(document)
  }
  // Equal ones, so that the whole is walked: a difference would end the walk where it stands.
  const [one, other] = [JSON.parse(json(reference)), JSON.parse(json(reference))]
  const [large, largeAnew] = [twofold(reference), twofold(anew)]
  const [changed, all, twice, floor] = (await programTimes(
    [
      async () => compareEditions(reference, year),
      async () => compareEditions(reference, anew),
      async () => compareEditions(large, largeAnew),
      async () => isDeepStrictEqual(one, other),
    ],
    6,
    4,
  )) as [number, number, number, number]
  const beside = { unit: 'ms', floor, floorWhat: 'deep equality of the two as JSON documents' }
  return [
    { what: 'compare with the edition after a year', value: changed, bar: 3, ...beside },
    { what: 'compare with one whose every text differs', value: all, ...beside },
    {
      what: 'the same, both of twice the size',
      value: twice,
      unit: 'ms',
      floor: all,
      floorWhat: 'at the size they have',
      bar: 3,
    },
  ]
}
