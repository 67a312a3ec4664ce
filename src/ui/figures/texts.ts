import { registerTexts } from '../i18n/texts.ts'

export const useT = registerTexts({
  zh: { figures: '指标', cockpit: '驾驶舱', bases: '业绩口径' },
  en: { figures: 'Figures', cockpit: 'Cockpit', bases: 'Basis of sales' },
})
