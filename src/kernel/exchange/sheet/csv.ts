const separators = [',', ';', '\t', '|'] as const

/** The sign between the fields: the one that most of the first lines hold equally often. A first line `sep=;` says it. */
export function separatorOf(text: string): { separator: string; from: number } {
  const said = /^sep=(.)\r?\n/.exec(text)
  if (said) return { separator: said[1] as string, from: said[0].length }
  let best = { separator: ',', score: 0 }
  for (const separator of separators) {
    const counts: number[] = []
    for (const record of recordsOf(text.slice(0, 50_000), separator)) {
      if (record.every((field) => field === '')) continue
      counts.push(record.length - 1)
      if (counts.length === 30) break
    }
    const often = new Map<number, number>()
    for (const count of counts) if (count > 0) often.set(count, (often.get(count) ?? 0) + 1)
    for (const [count, lines] of often) {
      // Lines that agree weigh more than many signs; the headings, which hold no amounts, weigh most.
      const score = (lines / counts.length) * 10 + Math.min(count, 20) / 20 + (counts[0] === count ? 5 : 0)
      if (score > best.score) best = { separator, score }
    }
  }
  return { separator: best.separator, from: 0 }
}

/** Records of a CSV, field by field: quoted fields keep their line breaks and doubled quotes; a quote inside a field is a letter. */
export function* recordsOf(text: string, separator: string, from = 0): Generator<string[]> {
  let at = from
  let record: string[] = []
  while (at < text.length) {
    let field: string
    if (text[at] === '"') {
      let end = at + 1
      field = ''
      for (;;) {
        const quote = text.indexOf('"', end)
        if (quote === -1) {
          field += text.slice(end)
          end = text.length
          break
        }
        field += text.slice(end, quote)
        end = quote + 1
        if (text[end] !== '"') break
        field += '"'
        end += 1
      }
      // What stands between the closing quote and the next sign belongs to the field.
      const rest = plainEnd(text, end, separator)
      field += text.slice(end, rest)
      at = rest
    } else {
      const end = plainEnd(text, at, separator)
      field = text.slice(at, end)
      at = end
    }
    record.push(field)
    if (text[at] === separator) {
      at += 1
      if (at === text.length) record.push('')
      continue
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1
    at += 1
    yield record
    record = []
  }
  if (record.length > 0) yield record
}

function plainEnd(text: string, from: number, separator: string): number {
  let end = from
  for (; end < text.length; end += 1) {
    const sign = text[end]
    if (sign === separator || sign === '\n' || sign === '\r') break
  }
  return end
}
