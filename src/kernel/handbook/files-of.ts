import { z } from 'zod'
import { Refusal } from '../refusal.ts'
import { limits, requireInside, requireSizes, rooted, unpackFiles } from './zip.ts'

/** A zip, or JSON `{files: {path: text}}` as a folder picked in the browser gives it. Throws a Refusal 413 or 422. */
export function filesOf(bytes: Uint8Array): Record<string, string> {
  if (bytes[0] !== 0x7b) return unpackFiles(bytes)
  if (bytes.length > limits.all * 2)
    throw new Refusal(413, 'too-large', {
      zh: '文件太大，不是手册的源文件',
      en: 'Too large for the files of a handbook',
    })
  const parsed = z
    .object({ files: z.record(z.string(), z.string()) })
    .safeParse(safeJson(new TextDecoder().decode(bytes)))
  if (!parsed.success)
    throw new Refusal(422, 'not-an-edition', {
      zh: '要 zip，或者 {"files": {"路径": "文本"}}',
      en: 'A zip is wanted, or {"files": {"path": "text"}}',
    })
  for (const path of Object.keys(parsed.data.files)) requireInside(path)
  const files = rooted(parsed.data.files)
  requireSizes(files)
  return files
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
