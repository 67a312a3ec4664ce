import type { Edition, Form } from '../model.ts'
import type { Bindings } from './bindings.ts'
import { check, type Finding, placeOf, repeated } from './say.ts'
import { adoptionOf, called, tasksOf } from './steps.ts'

export const forms = check(
  'forms',
  {
    zh: '表单的栏目不重名，绑定的记录和字段都在，选择栏有选项，金额写明是否含税；用到表单的步骤和表单自己写的步骤一致。',
    en: 'Fields of a form are unique and bound to fields that exist, choices have options, amounts state VAT; the steps that use a form and those it names are the same.',
  },
  function* (edition, bindings) {
    for (const form of edition.forms) yield* fieldsOf(edition, bindings, form)
    for (const { workflow, node } of tasksOf(edition))
      for (const id of node.forms) {
        const form = edition.forms.find((one) => one.id === id)
        if (!form || form.steps.some((one) => one === node.step || one === `${workflow.id}/${node.step}`))
          continue
        yield {
          at: placeOf(edition, form.at, 'steps'),
          ref: `form:${id}`,
          adoption: form.adoption === 'running' ? adoptionOf(workflow, node) : 'described',
          text: {
            zh: `${called(node).zh}用到 ${id}，${id} 的步骤里却没有它`,
            en: `${called(node).en} uses ${id}, but ${id} does not name that step`,
          },
        }
      }
  },
)

function* fieldsOf(edition: Edition, bindings: Bindings, form: Form): Iterable<Finding> {
  const rest = { ref: `form:${form.id}`, adoption: form.adoption }
  if (form.adoption === 'running' && form.sections.length === 0)
    yield { ...rest, at: form.at, text: { zh: `${form.id} 没有栏目`, en: `${form.id} has no sections` } }
  for (const one of repeated(form.sections, (section) => section.id))
    yield {
      ...rest,
      at: placeOf(edition, form.at, `id: ${one.id}`),
      text: { zh: `${form.id} 的部分 ${one.id} 重复`, en: `Section ${one.id} of ${form.id} stands twice` },
    }
  for (const section of form.sections) {
    const from = placeOf(edition, form.at, `id: ${section.id}`)
    for (const step of section.steps)
      if (!form.steps.includes(step))
        yield {
          ...rest,
          at: placeOf(edition, from, step),
          text: {
            zh: `${form.id} 的“${section.title.zh}”由 ${step} 填写，表单的步骤里却没有它`,
            en: `“${section.title.en}” of ${form.id} is filled by ${step}, which the form does not name`,
          },
        }
    for (const one of repeated(section.fields, (field) => field.id))
      yield {
        ...rest,
        at: placeOf(edition, from, `id: ${one.id}`),
        text: { zh: `栏目 ${one.id} 重复`, en: `The field ${one.id} stands twice` },
      }
    for (const field of section.fields) {
      const at = placeOf(edition, from, `id: ${field.id}`)
      const [kind = '', name = ''] = field.bind?.split('.') ?? []
      if (field.bind && !bindings.kinds[kind]?.includes(name))
        yield {
          ...rest,
          at: placeOf(edition, at, field.bind),
          text: {
            zh: `“${field.label.zh}”绑定的 ${field.bind} 不存在`,
            en: `“${field.label.en}” is bound to ${field.bind}, which does not exist`,
          },
        }
      if (field.type === 'choice' && (field.options?.length ?? 0) < 2)
        yield {
          ...rest,
          at,
          text: { zh: `“${field.label.zh}”没有可选的项`, en: `“${field.label.en}” offers no choice` },
        }
      if (field.type === 'money' && !field.vat)
        yield {
          ...rest,
          at,
          text: {
            zh: `“${field.label.zh}”是金额，须写明含税还是不含税`,
            en: `“${field.label.en}” is an amount: say whether VAT is excluded or included`,
          },
        }
    }
  }
}
