declare module 'subset-font' {
  /** A font with the glyphs of `text` only. */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options?: {
      targetFormat?: 'sfnt' | 'woff' | 'woff2'
      noLayoutClosure?: boolean
      /** Range of an axis that stays, e.g. `{ wght: { min: 400, max: 600 } }`. */
      variationAxes?: Record<string, { min: number; max: number }>
    },
  ): Promise<Buffer>
}
