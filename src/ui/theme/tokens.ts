/** Colours of the house by name; pages use the names (as `--kb-…` in style sheets), never the values. */
export interface Palette {
  readonly primary: string
  readonly onPrimary: string
  readonly primaryHover: string
  readonly primaryBg: string
  readonly primaryBorder: string
  readonly desk: string
  readonly sheet: string
  readonly fill: string
  readonly fill2: string
  readonly text: string
  readonly text2: string
  readonly text3: string
  readonly disabled: string
  readonly border: string
  readonly border2: string
  readonly success: string
  readonly successBg: string
  readonly warning: string
  readonly warningBg: string
  readonly error: string
  readonly errorBg: string
  readonly info: string
  readonly infoBg: string
  readonly neutral: string
  readonly neutralBg: string
  readonly special: string
  readonly specialBg: string
  readonly lastYear: string
}

export const light: Palette = {
  primary: '#3151A6',
  onPrimary: '#FFFFFF',
  primaryHover: '#4466BF',
  primaryBg: '#EEF2FB',
  primaryBorder: '#C9D5F0',
  desk: '#F4F5F7',
  sheet: '#FFFFFF',
  fill: '#F6F7F9',
  fill2: '#EEF0F3',
  text: '#1B2430',
  text2: '#535D6B',
  text3: '#646D7A',
  disabled: '#9AA3AE',
  border: '#DFE3E8',
  border2: '#EBEDF1',
  success: '#0F6E62',
  successBg: '#E6F3F0',
  warning: '#8A5300',
  warningBg: '#FBF1DE',
  error: '#B3301A',
  errorBg: '#FCEBE7',
  info: '#1D62A8',
  infoBg: '#E9F1FA',
  neutral: '#4A5462',
  neutralBg: '#EEF0F3',
  special: '#6A4690',
  specialBg: '#F3EDF8',
  lastYear: '#C3C9D1',
}

export const dark: Palette = {
  primary: '#93ACF2',
  onPrimary: '#10182B',
  primaryHover: '#AFC2F7',
  primaryBg: '#1F2A45',
  primaryBorder: '#33456F',
  desk: '#0F1217',
  sheet: '#171B22',
  fill: '#1C212A',
  fill2: '#242A34',
  text: '#E4E8EE',
  text2: '#A9B2BE',
  text3: '#8F98A5',
  disabled: '#67707D',
  border: '#2E3541',
  border2: '#252B35',
  success: '#5CC3B1',
  successBg: '#173029',
  warning: '#E5B15C',
  warningBg: '#33270F',
  error: '#F2917E',
  errorBg: '#3A1D18',
  info: '#7DB7EE',
  infoBg: '#16293B',
  neutral: '#A9B2BE',
  neutralBg: '#242A34',
  special: '#C6AEEA',
  specialBg: '#2D2538',
  lastYear: '#67707D',
}

/** Series of charts in their order; 2 and 4 only as labelled fills. */
export const chartColours = {
  light: ['#2F4FA3', '#E3A52F', '#188F7F', '#86BDEB', '#B5432B', '#5F4B73'],
  dark: ['#8FA9F0', '#E8B650', '#3FA695', '#C9E2FA', '#E0705A', '#9A7FB8'],
} as const

export const fontFamily =
  '"Inter Variable", "PingFang SC", "HarmonyOS Sans SC", "MiSans", "Microsoft YaHei UI", "Noto Sans SC", sans-serif'

/** Style-sheet variables of a palette and a density: `--kb-text2`, `--kb-row`. */
export function variablesOf(palette: Palette, density: 'dense' | 'comfortable'): Record<string, string> {
  return {
    ...Object.fromEntries(Object.entries(palette).map(([name, value]) => [`--kb-${name}`, value])),
    '--kb-row': density === 'dense' ? '36px' : '44px',
    '--kb-grid-row': density === 'dense' ? '30px' : '36px',
    '--kb-font': fontFamily,
  }
}
