import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { renderAsync } from '@resvg/resvg-js'
import type { Drawing } from './block.ts'
import { fontName, fontsFor } from './fonts.ts'

/** Dots to a pixel of a drawing: 220 to the inch at the size it is printed. */
const fineness = 2

/** Drawings as PNG, in their order, for formats that take no SVG. Drawn beside the program's own work, so that nobody waits for it. */
export async function rasters(drawings: readonly Drawing[]): Promise<Buffer[]> {
  if (drawings.length === 0) return []
  const words = drawings.map((one) => one.svg.replaceAll(/<[^>]*>/g, '')).join('')
  const { regular, bold } = await fontsFor(words)
  const folder = await mkdtemp(join(tmpdir(), 'kambook-print-'))
  try {
    const fontFiles = [join(folder, 'regular.ttf'), join(folder, 'bold.ttf')]
    await Promise.all([writeFile(fontFiles[0] as string, regular), writeFile(fontFiles[1] as string, bold)])
    const pictures: Buffer[] = []
    // One after the other: together they would take the memory of all.
    for (const { svg, width } of drawings) {
      const drawn = await renderAsync(svg, {
        font: { fontFiles, loadSystemFonts: false, defaultFontFamily: fontName },
        fitTo: { mode: 'width', value: Math.round(width * fineness) },
        background: 'white',
      })
      pictures.push(drawn.asPng())
    }
    return pictures
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
