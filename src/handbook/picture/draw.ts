import { escaped } from './text.ts'

interface Style {
  readonly size: number
  readonly fill: string
  readonly weight?: number
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly halo?: string
  readonly struck?: boolean
}
/** One line of words in a picture. */
export function text(x: number, y: number, words: string, style: Style): string {
  const { size, fill, weight, anchor, halo, struck } = style
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${fill}"${weight ? ` font-weight="${weight}"` : ''}${
    anchor && anchor !== 'start' ? ` text-anchor="${anchor}"` : ''
  }${struck ? ' text-decoration="line-through"' : ''}${halo ? ` stroke="${halo}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"` : ''}>${escaped(words)}</text>`
}
export const round = (value: number) => Math.round(value * 10) / 10
