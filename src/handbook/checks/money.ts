import { check, type Finding, placeOf } from './say.ts'

export const money = check(
  {
    id: 'money',
    answers: [18],
    about: {
      zh: '每个金额写明含税、不含税或不涉税；表单里有币种一栏。',
      en: 'Every amount says whether VAT is excluded, included or does not apply, and a form that asks for amounts states the currency.',
    },
    why: {
      zh: '同一个数含税和不含税相差一成多，币种不明差得更远。给金额写 vat；币种写在共用表头或表单里。',
      en: 'The same figure differs by a tenth and more with VAT, and by anything with another currency. Give the amount its vat; state the currency in the common frame or in the form.',
    },
  },
  function* (edition): Iterable<Finding> {
    const inFrame = edition.formFrame.some((one) => one.id === 'currency')
    for (const form of edition.forms) {
      const ref = `form:${form.id}`
      const fields = form.sections.flatMap((section) => section.fields.map((field) => ({ field, section })))
      const amounts = fields.filter(({ field }) => field.type === 'money')
      for (const { field, section } of amounts)
        if (!field.vat)
          yield {
            at: placeOf(edition, placeOf(edition, form.at, `id: ${section.id}`), `id: ${field.id}`),
            ref,
            text: {
              zh: `${form.id} 的“${field.label.zh}”是金额，须写明含税、不含税或不涉税`,
              en: `“${field.label.en}” of ${form.id} is an amount: say whether VAT is excluded, included or does not apply`,
            },
          }
      if (amounts.length > 0 && !inFrame && !fields.some(({ field }) => /currency/.test(field.id)))
        yield {
          at: form.at,
          ref,
          text: {
            zh: `${form.id} 有金额，却没有币种；在 form-frame.yaml 写一栏 currency`,
            en: `${form.id} asks for amounts but no currency; give form-frame.yaml a field currency`,
          },
        }
    }
    for (const one of edition.kpis)
      if (one.unit === 'money' && one.vat === null)
        yield {
          at: one.at,
          ref: `kpi:${one.id}`,
          text: {
            zh: `${one.id} 是金额，须写明含税还是不含税`,
            en: `${one.id} is an amount: say whether VAT is excluded or included`,
          },
        }
  },
)
