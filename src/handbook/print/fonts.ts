import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import subsetFont from 'subset-font'

const require = createRequire(import.meta.url)
const at = (weight: string) =>
  require.resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`)

/** Regular and bold of the typeface that print is set in: Chinese and Latin in one family. */
export const fontFiles = (): string[] => [at('400Regular'), at('700Bold')]
export const fontName = 'Noto Sans SC'

const latin = Array.from({ length: 95 }, (_, code) => String.fromCharCode(32 + code)).join('')

/** The typeface with the characters of a text and no more: a whole one is 10 MB a weight, and slow to read for every word drawn. */
export async function fontsFor(text: string): Promise<{ regular: Buffer; bold: Buffer }> {
  const signs = [...new Set(latin + text)].join('')
  const [regular, bold] = await Promise.all(
    fontFiles().map(async (path) => subsetFont(await readFile(path), signs, { targetFormat: 'sfnt' })),
  )
  return { regular: regular as Buffer, bold: bold as Buffer }
}
