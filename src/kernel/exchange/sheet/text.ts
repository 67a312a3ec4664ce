import { plainText } from './cell.ts'

/**
 * A cell as text, without the spaces people and programs leave; full-width letters and figures become plain ones. Halves of characters
 * and control characters, which damaged files hold and no column can, do not stay either.
 */
export const textOf = (cell: unknown): string =>
  plainText(cell)
    .normalize('NFKC')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, '')
    .trim()
