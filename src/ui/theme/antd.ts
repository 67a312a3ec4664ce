import { type ThemeConfig, theme } from 'antd'
import { fontFamily, type Palette } from './tokens.ts'

type Tokens = NonNullable<ThemeConfig['token']>

function tokensOf(p: Palette): Tokens {
  const status = (name: 'Success' | 'Warning' | 'Error' | 'Info', text: string, bg: string) => ({
    [`color${name}`]: text,
    [`color${name}Text`]: text,
    [`color${name}Bg`]: bg,
    [`color${name}BgHover`]: bg,
    [`color${name}Border`]: bg,
  })
  return {
    colorPrimary: p.primary,
    colorPrimaryHover: p.primaryHover,
    colorPrimaryActive: p.primary,
    colorPrimaryBg: p.primaryBg,
    colorPrimaryBgHover: p.primaryBg,
    colorPrimaryBorder: p.primaryBorder,
    colorPrimaryText: p.primary,
    colorTextLightSolid: p.onPrimary,
    colorLink: p.primary,
    colorLinkHover: p.primaryHover,
    colorBgLayout: p.desk,
    colorBgContainer: p.sheet,
    colorBgElevated: p.sheet,
    colorFillAlter: p.fill,
    colorFillQuaternary: p.fill,
    colorFillTertiary: p.fill,
    colorFillSecondary: p.fill2,
    colorText: p.text,
    colorTextSecondary: p.text2,
    colorTextTertiary: p.text3,
    colorTextPlaceholder: p.text3,
    colorTextDescription: p.text3,
    colorTextQuaternary: p.disabled,
    colorTextDisabled: p.disabled,
    colorBorder: p.border,
    colorBorderSecondary: p.border2,
    ...status('Success', p.success, p.successBg),
    ...status('Warning', p.warning, p.warningBg),
    ...status('Error', p.error, p.errorBg),
    ...status('Info', p.info, p.infoBg),
    fontFamily,
    fontSize: 14,
    lineHeight: 22 / 14,
    borderRadius: 6,
    borderRadiusSM: 4,
    borderRadiusLG: 8,
    controlHeight: 32,
    controlHeightSM: 28,
    motionDurationFast: '0.1s',
    motionDurationMid: '0.16s',
    motionDurationSlow: '0.24s',
    boxShadowSecondary: '0 0 0 1px rgba(27,36,48,.06), 0 8px 24px -6px rgba(27,36,48,.16)',
  }
}

/** Ant Design dressed in the house's tokens. The dark algorithm dims every seed, so the tokens are set again after it. */
export function antdTheme(palette: Palette, isDark: boolean, touched: boolean): ThemeConfig {
  // A finger needs more room than a pointer; one measure for every control, or the next one is forgotten.
  const tokens = { ...tokensOf(palette), ...(touched ? { controlHeight: 44, controlHeightSM: 40 } : {}) }
  const still = typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches
  return {
    algorithm: [
      isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
      (seed, map) =>
        ({ ...(map ?? theme.defaultAlgorithm(seed)), ...tokens }) as ReturnType<
          typeof theme.defaultAlgorithm
        >,
    ],
    token: { ...tokens, motion: !still },
    components: {
      Button: { defaultShadow: 'none', primaryShadow: 'none', primaryColor: palette.onPrimary },
      Table: { headerSplitColor: 'transparent', headerColor: palette.text3, cellFontSize: 13 },
      Tabs: { titleFontSize: 14 },
    },
  }
}
