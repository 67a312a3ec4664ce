import { type Fault, invalid } from '../refusal.ts'
import type { Importer, Mapping } from './importer.ts'

type Sheets = readonly { readonly name: string; readonly headings: readonly string[] }[]

/** Asked-for sheets and required columns that are not matched, or matched to what is not there. */
export function mappingFaults(importer: Importer, sheets: Sheets, mapping: Mapping): Fault[] {
  return importer.sheets.flatMap((spec) => {
    const name = mapping.sheets[spec.id] ?? null
    if (name === null)
      return spec.required
        ? [
            {
              path: `mapping.sheets.${spec.id}`,
              text: {
                zh: `选择“${spec.label.zh}”在哪张工作表`,
                en: `Choose the sheet of ${spec.label.en}`,
              },
            },
          ]
        : []
    const sheet = sheets.find((one) => one.name === name)
    if (!sheet)
      return [
        {
          path: `mapping.sheets.${spec.id}`,
          text: { zh: `文件里没有“${name}”这张表`, en: `There is no sheet “${name}” in the file` },
        },
      ]
    return spec.columns.flatMap((column) => {
      const heading = mapping.columns[spec.id]?.[column.id] ?? null
      if (heading === null)
        return column.required
          ? [
              {
                path: `mapping.columns.${spec.id}.${column.id}`,
                text: { zh: `“${column.label.zh}”要对应一列`, en: `${column.label.en} needs a column` },
              },
            ]
          : []
      return sheet.headings.includes(heading)
        ? []
        : [
            {
              path: `mapping.columns.${spec.id}.${column.id}`,
              text: {
                zh: `“${name}”里没有“${heading}”这一列`,
                en: `There is no column “${heading}” on “${name}”`,
              },
            },
          ]
    })
  })
}

/** Every asked-for sheet and required column must be matched, each to a heading that is there. */
export function checkMapping(importer: Importer, sheets: Sheets, mapping: Mapping): void {
  const faults = mappingFaults(importer, sheets, mapping)
  if (faults.length > 0)
    throw invalid(
      { zh: `还有 ${faults.length} 处没有对应好`, en: `${faults.length} places are not matched yet` },
      faults,
    )
}
