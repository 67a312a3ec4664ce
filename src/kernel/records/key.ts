const withoutWidth =
  /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|[\ufe00-\ufe0f]/g
const blanks = /[\s\u0085]+/g

const capital = (letter: string): string => {
  const upper = letter.toUpperCase()
  return upper.length === 1 ? upper : letter
}

/**
 * What a code or a name is compared by: full-width and other compatible forms as plain ones, without characters that have no width, in
 * capital letters, without blanks at either end. `Ｑ００１` and `q001 ` have the key `Q001`. The same as `key_of` in the database.
 */
export const keyOf = (said: string): string =>
  said
    .replace(withoutWidth, '')
    .normalize('NFKC')
    .replace(/[a-z\u00df-\u052f]/g, capital)
    .replace(blanks, ' ')
    .replace(/^ | $/g, '')
