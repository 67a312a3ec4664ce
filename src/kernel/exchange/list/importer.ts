import type { Text } from '../../../handbook/model.ts'
import type { Field, Kind } from '../../records/kind.ts'
import type { ColumnSort, Importer } from '../importer.ts'
import { type Kinds, mappedFields, part } from './rows.ts'
import { stage } from './stage.ts'
import { countOf, renamedBy, writeStaged } from './write.ts'

/**
 * A list of a kind can be taken in as it is when its code alone tells which record a row means, it lives by itself, and nothing but its
 * declaration judges a write. Other kinds come with the importer of a flow.
 */
const listed = (kind: Kind): boolean =>
  kind.code !== undefined && kind.fields[kind.code]?.unique === true && !kind.partOf && !kind.guard

/** One importer for the list of each kind that can be taken in as it is. */
export const listImporters = (kinds: Kinds): Importer[] =>
  [...kinds.values()].filter(listed).map((kind) => listImporter(kind, kinds))

const taken = ({ computed, type }: Field): boolean => !computed && type !== 'moment'

/** How the cells of a field are read; what is not named is text. */
const sorts: Partial<Record<Field['type'], ColumnSort>> = {
  date: 'date',
  integer: 'integer',
  decimal: 'decimal',
  percent: 'percent',
  money: 'money',
}

const hintOf = ({ label, plural, fields, code = '' }: Kind): Text => ({
  zh: `每行一条${label.zh}，按“${fields[code]?.label.zh}”认：没有的新建，有的更新；空格和没有的列不改。导出的清单改好后可以直接导回。`,
  en: `One of the ${plural.en.toLowerCase()} a row, known by its ${fields[code]?.label.en.toLowerCase()}: a new one is made, one that exists is brought up to date; empty cells and missing columns change nothing. An exported list can be corrected and brought back.`,
})

/**
 * A list of records, from the kind's declaration: a row whose code is new makes a record, any other brings the record up to date. An empty
 * cell and a column that is left out change nothing, so an export, corrected in a sheet, is brought back in.
 */
function listImporter(kind: Kind, kinds: Kinds): Importer {
  return {
    id: kind.id,
    label: { zh: `${kind.label.zh}清单`, en: `List of ${kind.plural.en.toLowerCase()}` },
    hint: hintOf(kind),
    kinds: [kind.id],
    needs: (mapping) =>
      mappedFields(kind, mapping).flatMap(([, { needs }]) => (needs ? [{ kind: kind.id, verb: needs }] : [])),
    choices: [],
    sheets: [
      {
        id: part,
        label: kind.plural,
        aliases: [],
        required: true,
        columns: Object.entries(kind.fields)
          .filter(([, field]) => taken(field))
          .map(([id, { label, aliases, type }]) => ({
            id,
            label,
            aliases: aliases ?? [],
            required: id === kind.code,
            sort: id === kind.code ? 'code' : (sorts[type] ?? 'text'),
          })),
      },
    ],
    async trial({ tx }, sheets, mapping) {
      const staged = await stage(tx, kind, kinds, sheets, mapping)
      return {
        counts: [await countOf(tx, kind, staged.columns)],
        faults: staged.faults,
        warnings: [
          ...(await renamedBy(tx, kind, staged.columns)),
          ...((await kind.doubts?.(tx, staged.columns)) ?? []),
        ],
        proposal: [],
      }
    },
    async write(tx, sheets, mapping, _choices, tell) {
      await tell(0.1, { zh: '核对每一行', en: 'Checking every row' })
      const { columns } = await stage(tx, kind, kinds, sheets, mapping)
      const counts = [await countOf(tx, kind, columns)]
      await tell(0.5, { zh: `写入${kind.label.zh}`, en: `Writing ${kind.plural.en.toLowerCase()}` })
      await writeStaged(tx, kind, columns)
      return { counts, booked: 0 }
    },
  }
}
