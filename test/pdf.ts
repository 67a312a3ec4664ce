/** Reads the bones of a PDF that keeps its objects in the open: pages, bookmarks, tags. */
export interface PdfBones {
  readonly pages: number
  /** Bookmarks in order, with their depth from 1 and the page they lead to, from 1. */
  readonly bookmarks: readonly { readonly title: string; readonly depth: number; readonly page: number }[]
  readonly marked: boolean
  readonly language: string
  /** How many elements bear each tag: `H1`, `Table`, `TH`, `Figure` ... */
  readonly tags: Readonly<Record<string, number>>
  /** Figures without words for those who do not see them. */
  readonly mute: number
}

export function bonesOf(bytes: Uint8Array): PdfBones {
  const text = Buffer.from(bytes).toString('latin1')
  const objects = new Map<string, string>()
  for (const [, id = '', body = ''] of text.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g))
    objects.set(id, body)
  const catalog = [...objects.values()].find((body) => /\/Type \/Catalog\b/.test(body)) ?? ''
  const ref = (body: string, key: string) => new RegExp(`/${key} (\\d+) 0 R`).exec(body)?.[1]
  const leaves: string[] = []
  const walk = (id: string) => {
    const body = objects.get(id) ?? ''
    const kids = /\/Kids \[([^\]]*)\]/.exec(body)?.[1]
    if (kids === undefined) leaves.push(id)
    else for (const [, kid = ''] of kids.matchAll(/(\d+) 0 R/g)) walk(kid)
  }
  walk(ref(catalog, 'Pages') ?? '')

  const bookmarks: { title: string; depth: number; page: number }[] = []
  const follow = (id: string | undefined, depth: number) => {
    for (let at = id; at !== undefined; at = ref(objects.get(at) ?? '', 'Next')) {
      const body = objects.get(at) ?? ''
      const target = objects.get(ref(body, 'Dest') ?? '') ?? body
      const page = /\[\s*(\d+) 0 R\s*\/XYZ/.exec(target)?.[1] ?? ''
      bookmarks.push({ title: titleOf(body), depth, page: leaves.indexOf(page) + 1 })
      follow(ref(body, 'First'), depth + 1)
    }
  }
  follow(ref(objects.get(ref(catalog, 'Outlines') ?? '') ?? '', 'First'), 1)

  const tags: Record<string, number> = {}
  let mute = 0
  for (const body of objects.values()) {
    const tag = /\/Type \/StructElem\b[\s\S]*?\/S \/(\w+)/.exec(body)?.[1]
    if (!tag) continue
    tags[tag] = (tags[tag] ?? 0) + 1
    if (tag === 'Figure' && !/\/Alt\s*[<(]/.test(body)) mute += 1
  }
  return {
    pages: leaves.length,
    bookmarks,
    marked: /\/Marked true/.test(catalog),
    language: /\/Lang \(([\w-]+)\)/.exec(catalog)?.[1] ?? '',
    tags,
    mute,
  }
}

function titleOf(body: string): string {
  const hex = /\/Title <FEFF([0-9A-F]*)>/.exec(body)?.[1]
  if (hex !== undefined) return Buffer.from(hex, 'hex').swap16().toString('utf16le')
  return (/\/Title \(((?:\\.|[^)])*)\)/.exec(body)?.[1] ?? '').replaceAll(/\\(.)/g, '$1')
}
