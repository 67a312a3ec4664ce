import type { Chapter, Edition, Form, FormField, FormSection, Policy, Section, Term, Text } from '../model.ts'
import { type Face, Lines, listed, paragraphs, same } from './face.ts'
import { adoptions, label, type Names, types, vats } from './words.ts'

/** Number, signatures, distribution and change log. */
export function controlFace(edition: Edition, ref: string): Face {
  const { control, number, title, currency } = edition
  const told = () => {
    const lines = new Lines()
      .value('number', label.number, number)
      .value('title', label.title, title)
      .value('currency', label.currency, currency)
      .value('documentNumber', label.documentNumber, control.documentNumber)
      .value('drafted', label.drafted, control.drafted)
      .value('reviewed', label.reviewed, control.reviewed)
      .value('approved', label.approved, control.approved)
      .value('distribution', label.distribution, control.distribution)
    for (const one of control.changes)
      lines.value(
        `entry:${one.number}`,
        { zh: `修改记录 ${one.number}`, en: `Change log ${one.number}` },
        { zh: `${one.date} ${one.text.zh}`, en: `${one.date} ${one.text.en}` },
      )
    return lines.all
  }
  return {
    key: 'control',
    ref,
    group: 'control',
    code: '',
    name: { zh: '文件控制', en: 'Document control' },
    lines: told,
    whole: { control, number, title, currency, id: edition.id },
  }
}

/** A chapter is compared by its title; what stands in it by its sections. */
export const chapterFace = (chapter: Chapter): Face => ({
  key: `ch:${chapter.id}`,
  ref: `ch:${chapter.id}`,
  group: 'chapter',
  code: chapter.id,
  name: chapter.title,
  lines: () => new Lines().value('title', label.title, chapter.title).all,
  whole: chapter.title,
})

export const sectionFace = (chapter: Chapter, section: Section, code: string): Face => ({
  key: `ch:${chapter.id}/${section.id}`,
  ref: `ch:${chapter.id}/${section.id}`,
  group: 'chapter',
  code,
  name: section.title,
  lines: () =>
    new Lines().value('title', label.title, section.title).prose(
      'text',
      label.text,
      paragraphs((section.statements ?? []).map((one) => one.text)),
      (section.statements ?? []).map((one) => [one.text, one.tag]),
    ).all,
  whole: section,
})

export function formFace(names: Names, form: Form): Face {
  const told = () => {
    const lines = new Lines()
      .value('name', label.name, form.name)
      .value('steps', label.steps, names.codes(form.steps))
      .value('adoption', label.adoption, adoptions[form.adoption])
    for (const section of form.sections) {
      lines.value(
        `section:${section.id}`,
        { zh: `部分 ${section.title.zh}`, en: `Section ${section.title.en}` },
        sectionText(section, names),
      )
      for (const field of section.fields)
        lines.value(
          `field:${section.id}/${field.id}`,
          {
            zh: `字段 ${section.title.zh}·${field.label.zh}`,
            en: `Field ${section.title.en} · ${field.label.en}`,
          },
          fieldText(field),
          field,
        )
    }
    return lines.all
  }
  return {
    key: `form:${form.id}`,
    ref: `form:${form.id}`,
    group: 'form',
    code: form.id,
    name: form.name,
    lines: told,
    whole: form,
  }
}

/** The fields that every form begins with. */
export function frameFace(fields: readonly FormField[], ref: string): Face {
  const told = () => {
    const lines = new Lines()
    for (const field of fields)
      lines.value(
        `field:${field.id}`,
        { zh: `字段 ${field.label.zh}`, en: `Field ${field.label.en}` },
        fieldText(field),
        field,
      )
    return lines.all
  }
  return {
    key: 'form-frame',
    ref,
    group: 'form',
    code: '',
    name: { zh: '表单共用的抬头', en: 'Head of every form' },
    lines: told,
    whole: fields,
  }
}

function sectionText(section: FormSection, names: Names): Text {
  const steps = names.codes(section.steps)
  return {
    zh: `${section.title.zh}${section.repeat ? '，可多行' : ''}，${steps ? `在 ${steps.zh} 填写` : '由程序填写'}`,
    en: `${section.title.en}${section.repeat ? ', several rows' : ''}, ${steps ? `filled at ${steps.en}` : 'filled by the program'}`,
  }
}

function fieldText(field: FormField): Text {
  const type = types[field.type]
  const vat = field.vat ? vats[field.vat] : null
  const options = listed((field.options ?? []).map((one) => one.name))
  const join = (lang: 'zh' | 'en', comma: string) =>
    [
      field.label[lang],
      type[lang],
      field.required ? (lang === 'zh' ? '必填' : 'required') : '',
      field.unit?.[lang] ?? '',
      vat?.[lang] ?? '',
      options ? `${lang === 'zh' ? '选项' : 'choices'} ${options[lang]}` : '',
    ]
      .filter((one) => one !== '')
      .join(comma)
  return { zh: join('zh', '，'), en: join('en', ', ') }
}

/** A policy chapter by chapter: a chapter is known by its Chinese heading, so that one put in between moves no other. */
export function policyFace(names: Names, policy: Policy): Face {
  const told = () => {
    const lines = new Lines()
      .value('name', label.name, policy.name)
      .value('owner', label.owner, names.post(policy.owner), policy.owner)
      .value('with', label.with, names.posts(policy.with), policy.with)
      .value('workflows', label.workflows, names.codes(policy.workflows))
      .value('forms', label.forms, names.forms(policy.forms))
      .value('adoption', label.adoption, adoptions[policy.adoption])
    if (policy.body) {
      const english = chaptersOf(policy.body.en)
      for (const [index, chapter] of chaptersOf(policy.body.zh).entries()) {
        const en = english[index] ?? { title: '', text: '' }
        const title = { zh: chapter.title, en: en.title }
        lines.prose(`chapter:${chapter.title}`, chapter.title ? title : label.text, {
          zh: chapter.text,
          en: en.text,
        })
      }
    }
    return lines.all
  }
  return {
    key: `policy:${policy.id}`,
    ref: `policy:${policy.id}`,
    group: 'policy',
    code: policy.id,
    name: policy.name,
    lines: told,
    whole: policy,
  }
}

/** The chapters of a Markdown text; what stands before the first heading bears none. */
export function chaptersOf(markdown: string): { title: string; text: string }[] {
  const chapters: { title: string; lines: string[] }[] = [{ title: '', lines: [] }]
  for (const line of markdown.split('\n')) {
    const heading = /^##\s+(.+)$/.exec(line)
    if (heading) chapters.push({ title: (heading[1] as string).trim(), lines: [] })
    else chapters.at(-1)?.lines.push(line)
  }
  return chapters
    .map(({ title, lines }) => ({ title, text: lines.filter((line) => line.trim() !== '').join('\n') }))
    .filter((one) => one.title !== '' || one.text !== '')
}

export const termFace = (term: Term, ref: string): Face => ({
  key: `term:${term.term.zh}`,
  ref,
  group: 'term',
  code: '',
  name: term.term,
  lines: () =>
    new Lines()
      .value('english', label.inEnglish, same(term.term.en))
      .value('aliases', label.aliases, listed(term.aliases.map(same)))
      .value('see', label.see, listed(term.see.map((ref) => same(ref.slice(ref.indexOf(':') + 1)))))
      .prose('why', label.why, term.why).all,
  whole: term,
})
