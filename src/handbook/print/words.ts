import type { Adoption, Duty, Edition, Kpi, Lang, NormValue, Post, Text } from '../model.ts'
import { deadlineText, findNorm, isDeadline, valueText } from '../words/norms.ts'

/** Fixed words of the printed manual. */
export const words = {
  contents: { zh: '目录', en: 'Contents' },
  edition: { zh: '第 {n} 版', en: 'Edition {n}' },
  described: { zh: '（本版只写明，尚未运行）', en: '(described in this edition, not yet running)' },
  drafted: { zh: '编制', en: 'Drafted' },
  reviewed: { zh: '审核', en: 'Reviewed' },
  approved: { zh: '批准', en: 'Approved' },
  number: { zh: '文件编号', en: 'Document number' },
  distribution: { zh: '发放范围', en: 'Distribution' },
  item: { zh: '项目', en: 'Item' },
  content: { zh: '内容', en: 'Content' },
  change: { zh: '修改', en: 'Change' },
  date: { zh: '日期', en: 'Date' },
  post: { zh: '岗位', en: 'Post' },
  level: { zh: '层级', en: 'Level' },
  seats: { zh: '席位', en: 'Seats' },
  inHeadcount: { zh: '计入编制', en: 'In the headcount' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  total: { zh: '编制合计', en: 'Headcount in all' },
  relation: { zh: '关系', en: 'Relation' },
  with: { zh: '与谁', en: 'With whom' },
  may: { zh: '可以', en: 'May' },
  mayNot: { zh: '不可以', en: 'May not' },
  code: { zh: '编号', en: 'Code' },
  name: { zh: '名称', en: 'Name' },
  function: { zh: '职能', en: 'Function' },
  lead: { zh: '牵头', en: 'Led by' },
  superior: { zh: '直接上级', en: 'Superior' },
  mission: { zh: '岗位使命', en: 'Mission' },
  duties: { zh: '工作内容', en: 'Duties' },
  kpis: { zh: '业绩指标', en: 'Performance indicators' },
  weight: { zh: '权重', en: 'Weight' },
  group: { zh: '类别', en: 'Group' },
  processes: { zh: '参与的流程', en: 'Workflows' },
  role: { zh: '角色', en: 'Role' },
  requirements: { zh: '任职要求', en: 'Requirements' },
  limits: { zh: '权限', en: 'Limits' },
  unit: { zh: '单位', en: 'Unit' },
  formula: { zh: '算法', en: 'Formula' },
  step: { zh: '步骤', en: 'Step' },
  what: { zh: '工作', en: 'Work' },
  who: { zh: '岗位', en: 'Post' },
  due: { zh: '期限', en: 'By when' },
  forms: { zh: '表单', en: 'Forms' },
  outcomes: { zh: '结果', en: 'Outcomes' },
  owner: { zh: '归口', en: 'Owner' },
  term: { zh: '用语', en: 'Term' },
  why: { zh: '说明', en: 'Meaning' },
  parameter: { zh: '参数', en: 'Parameter' },
  value: { zh: '取值', en: 'Value' },
  choice: { zh: '选项', en: 'Switch' },
  figure: { zh: '图：', en: 'Figure: ' },
  byProgram: { zh: '由程序填写', en: 'filled in by the program' },
} satisfies Record<string, Text>

export const dutyWords: Record<Duty, Text> = {
  responsible: { zh: '负', en: 'R' },
  participates: { zh: '参', en: 'P' },
  supervises: { zh: '监', en: 'S' },
  approves: { zh: '批', en: 'A' },
  coordinates: { zh: '协', en: 'C' },
  executes: { zh: '办', en: 'E' },
}
export const dutyKey: Text = {
  zh: '负＝负责，参＝参与，监＝监督，批＝批准，协＝协调，办＝经办',
  en: 'R responsible, P participates, S supervises, A approves, C coordinates, E executes',
}
const units: Record<Kpi['unit'], Text> = {
  money: { zh: '元', en: 'yuan' },
  percent: { zh: '%', en: '%' },
  points: { zh: '分', en: 'points' },
  days: { zh: '天', en: 'days' },
  number: { zh: '个', en: 'number' },
}
const groups = {
  financial: { zh: '财务', en: 'Financial' },
  operating: { zh: '经营', en: 'Operating' },
  management: { zh: '管理', en: 'Management' },
} satisfies Record<string, Text>

/** Looks things up for one edition and language. */
export const speaker = (edition: Edition, lang: Lang) => ({
  lang,
  say: (word: keyof typeof words): string => words[word][lang],
  t: (text: Text | null | undefined): string => text?.[lang] ?? '',
  post: (id: string | null): string =>
    id ? (edition.posts.find((one: Post) => one.id === id)?.name[lang] ?? id) : '',
  kpi: (id: string): string => edition.kpis.find((one) => one.id === id)?.name[lang] ?? id,
  unit: (kpi: Kpi): string => units[kpi.unit][lang],
  group: (id: keyof typeof groups): string => groups[id][lang],
  mark: (adoption: Adoption): string => (adoption === 'described' ? words.described[lang] : ''),
  due: (path: string | null): string => {
    const value = path === null ? null : findNorm(edition, path)?.value
    return isDeadline(value) ? deadlineText(value)[lang] : ''
  },
  norm: (value: NormValue): string => valueText(value)[lang],
})
export type Speaker = ReturnType<typeof speaker>
