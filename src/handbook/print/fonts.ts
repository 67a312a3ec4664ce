import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const at = (weight: string) =>
  require.resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`)

/** Regular and bold of the typeface that print is set in: Chinese and Latin in one family. */
export const fontFiles = (): string[] => [at('400Regular'), at('700Bold')]
export const fontName = 'Noto Sans SC'
