/** Colours of a picture by what they mean. */
export interface Colours {
  readonly primary: string
  readonly primaryBg: string
  readonly primaryBorder: string
  readonly onPrimary: string
  readonly sheet: string
  readonly fill: string
  readonly text: string
  readonly text2: string
  readonly text3: string
  readonly line: string
  readonly border: string
  readonly border2: string
  readonly success: string
  readonly successBg: string
  readonly warning: string
  readonly error: string
  readonly errorBg: string
}

/** For paper and for pictures that leave the program. */
export const paper: Colours = {
  primary: '#3151A6',
  primaryBg: '#EEF2FB',
  primaryBorder: '#C9D5F0',
  onPrimary: '#FFFFFF',
  sheet: '#FFFFFF',
  fill: '#F6F7F9',
  text: '#1B2430',
  text2: '#535D6B',
  text3: '#646D7A',
  line: '#8A93A0',
  border: '#C3C9D1',
  border2: '#E3E6EB',
  success: '#0F6E62',
  successBg: '#E6F3F0',
  warning: '#8A5300',
  error: '#B3301A',
  errorBg: '#FCEBE7',
}

/** For a picture within a page: follows the page's theme by its style-sheet variables. */
export const screen: Colours = {
  ...(Object.fromEntries(
    Object.entries(paper).map(([name, value]) => [name, `var(--kb-${name}, ${value})`]),
  ) as unknown as Colours),
  line: 'var(--kb-text3, #8A93A0)',
}
