import type { Edition, Form } from '../model.ts'
import type { Bindings } from './bindings.ts'
import { check, type Finding, placeOf, repeated } from './say.ts'
import { called, tasksOf } from './steps.ts'

export const forms = check(
  {
    id: 'forms',
    answers: [5],
    about: {
      zh: '每张表单有步骤用、写明记录、栏目不重名，选择栏有选项，绑定写成“记录.字段”；用到表单的步骤和表单自己写的步骤一致；运行中的表单，绑定的字段程序里都有。',
      en: 'Every form is used, names its records, has fields that do not repeat, choices with options and bindings of the shape record.field; the steps that use it and those it names are the same; the program has what a running form is bound to.',
    },
    why: {
      zh: '表单是记录的来处：用到的都要在，写上的都要有人用，并说明写进哪种记录。在步骤的 kb:forms 和表单的 steps、kinds 里对齐。',
      en: 'Forms are where records come from: each that is used must be there, each that is there must be used and say which record it is about. Bring `kb:forms` of the steps and `steps`, `kinds` of the form together.',
    },
  },
  function* (edition, bindings) {
    const used = new Set([...tasksOf(edition)].flatMap(({ node }) => node.forms))
    for (const form of edition.forms) {
      yield* fieldsOf(edition, bindings, form)
      yield* wantedBy(edition, bindings, form, used)
    }
    for (const { workflow, node } of tasksOf(edition))
      for (const id of node.forms) {
        const form = edition.forms.find((one) => one.id === id)
        if (!form || form.steps.some((one) => one === node.step || one === `${workflow.id}/${node.step}`))
          continue
        yield {
          at: placeOf(edition, form.at, 'steps'),
          ref: `form:${id}`,
          text: {
            zh: `${called(node).zh}用到 ${id}，${id} 的步骤里却没有它`,
            en: `${called(node).en} uses ${id}, but ${id} does not name that step`,
          },
        }
      }
  },
)

/** Who uses a form, and which records it is about. A form that stands as a title has nothing to judge yet. */
function* wantedBy(
  edition: Edition,
  bindings: Bindings,
  form: Form,
  used: ReadonlySet<string>,
): Iterable<Finding> {
  const ref = `form:${form.id}`
  if (form.sections.length === 0) return
  if (!used.has(form.id))
    yield {
      at: form.at,
      ref,
      text: {
        zh: `没有步骤用到 ${form.id} ${form.name.zh}；在步骤的 kb:forms 写上它`,
        en: `No step uses ${form.id} ${form.name.en}; name it in kb:forms of a step`,
      },
    }
  if (form.kinds.length === 0)
    yield {
      at: form.at,
      ref,
      text: { zh: `${form.id} 没有写明记录（kinds）`, en: `${form.id} does not name its records (kinds)` },
    }
  for (const kind of form.kinds) {
    const isCode = /^R-/.test(kind)
    if (isCode ? edition.records.some((one) => one.id === kind) : /^[a-z][a-z0-9-]*$/.test(kind)) continue
    yield {
      at: placeOf(edition, form.at, kind),
      ref,
      text: isCode
        ? {
            zh: `${form.id} 的记录 ${kind} 不在记录清单里`,
            en: `${kind}, a record of ${form.id}, is not in the list of records`,
          }
        : {
            zh: `${form.id} 的记录 ${kind} 写法不对，用小写字母和连字符`,
            en: `${kind}, a record of ${form.id}, is not well written: lower case and hyphens`,
          },
    }
  }
  if (form.adoption === 'running') return
  const waiting = new Set(
    form.sections
      .flatMap((section) => section.fields)
      .flatMap(({ bind }) => {
        const [kind = '', name = ''] = bind?.split('.') ?? []
        return bind && !bindings.kinds[kind]?.includes(name) ? [kind] : []
      }),
  )
  if (waiting.size > 0)
    yield {
      at: form.at,
      ref,
      adoption: form.adoption,
      text: {
        zh: `${form.id} 等待程序里还没有的记录：${[...waiting].join('、')}`,
        en: `${form.id} waits for records the program does not have yet: ${[...waiting].join(', ')}`,
      },
    }
}

function* fieldsOf(edition: Edition, bindings: Bindings, form: Form): Iterable<Finding> {
  const ref = `form:${form.id}`
  if (form.adoption === 'running' && form.sections.length === 0)
    yield { ref, at: form.at, text: { zh: `${form.id} 没有栏目`, en: `${form.id} has no sections` } }
  for (const one of repeated(form.sections, (section) => section.id))
    yield {
      ref,
      at: placeOf(edition, form.at, `id: ${one.id}`),
      text: { zh: `${form.id} 的部分 ${one.id} 重复`, en: `Section ${one.id} of ${form.id} stands twice` },
    }
  for (const section of form.sections) {
    const from = placeOf(edition, form.at, `id: ${section.id}`)
    for (const step of section.steps)
      if (!form.steps.includes(step))
        yield {
          ref,
          at: placeOf(edition, from, step),
          text: {
            zh: `${form.id} 的“${section.title.zh}”由 ${step} 填写，表单的步骤里却没有它`,
            en: `“${section.title.en}” of ${form.id} is filled by ${step}, which the form does not name`,
          },
        }
    for (const one of repeated(section.fields, (field) => field.id))
      yield {
        ref,
        at: placeOf(edition, from, `id: ${one.id}`),
        text: { zh: `栏目 ${one.id} 重复`, en: `The field ${one.id} stands twice` },
      }
    for (const field of section.fields) {
      const at = placeOf(edition, from, `id: ${field.id}`)
      const [kind = '', name = ''] = field.bind?.split('.') ?? []
      if (field.bind && !/^[a-z][a-z0-9-]*\.[a-z][a-z0-9_]*$/.test(field.bind))
        yield {
          ref,
          at: placeOf(edition, at, field.bind),
          text: {
            zh: `“${field.label.zh}”的绑定 ${field.bind} 写法不对，应为 记录.字段，如 order.signed_on`,
            en: `The binding ${field.bind} of “${field.label.en}” is not well written; it is record.field, e.g. order.signed_on`,
          },
        }
      else if (field.bind && form.adoption === 'running' && !bindings.kinds[kind]?.includes(name))
        yield {
          ref,
          at: placeOf(edition, at, field.bind),
          text: {
            zh: `“${field.label.zh}”绑定的 ${field.bind} 不存在`,
            en: `“${field.label.en}” is bound to ${field.bind}, which does not exist`,
          },
        }
      if (field.type === 'choice' && (field.options?.length ?? 0) < 2)
        yield {
          ref,
          at,
          text: { zh: `“${field.label.zh}”没有可选的项`, en: `“${field.label.en}” offers no choice` },
        }
    }
  }
}
