import type { Adoption, Duty, Edition, FieldType, Kpi, Reach, SystemPart, Text, Verb } from '../model.ts'
import { findNorm } from '../words/norms.ts'
import { listed, same } from './face.ts'

const t = (zh: string, en: string): Text => ({ zh, en })

/** Labels of the lines of a comparison. */
export const label = {
  name: t('名称', 'Name'),
  number: t('版次', 'Edition'),
  title: t('标题', 'Title'),
  currency: t('本位币', 'Currency'),
  documentNumber: t('文件编号', 'Document number'),
  drafted: t('编制', 'Drafted'),
  reviewed: t('审核', 'Reviewed'),
  approved: t('批准', 'Approved'),
  distribution: t('发放范围', 'Distribution'),
  entry: t('修改记录', 'Change log'),
  text: t('正文', 'Text'),
  headcount: t('编制人数', 'Headcount'),
  seats: t('席位', 'Seats'),
  level: t('层级', 'Level'),
  superior: t('直接上级', 'Superior'),
  aliases: t('别称', 'Other names'),
  see: t('见', 'See'),
  kind: t('类别', 'Kind'),
  adoption: t('采用', 'In use'),
  mission: t('岗位使命', 'Mission'),
  work: t('工作内容', 'Work'),
  weight: t('权重', 'Weight'),
  role: t('角色', 'Part'),
  requirements: t('任职要求', 'Requirements'),
  limits: t('权限', 'Limits'),
  lead: t('牵头', 'Led by'),
  dutyClass: t('分工', 'Division of work'),
  duty: t('职责', 'Duty'),
  workflows: t('流程', 'Workflows'),
  policies: t('制度', 'Policies'),
  kpis: t('指标', 'Indicators'),
  forms: t('表单', 'Forms'),
  noWorkflow: t('不设流程的理由', 'Why there is no workflow'),
  unit: t('单位', 'Unit'),
  vat: t('含税口径', 'VAT'),
  formula: t('算法', 'Formula'),
  records: t('记录', 'Records'),
  periods: t('周期', 'Periods'),
  posts: t('岗位', 'Posts'),
  direction: t('方向', 'Direction'),
  scored: t('计分', 'Scored'),
  scoring: t('计分方法', 'Scoring'),
  missingBase: t('缺基数时', 'Without a base'),
  note: t('说明', 'Note'),
  measure: t('程序中的算法', 'Measure in the program'),
  value: t('取值', 'Value'),
  inForce: t('采用', 'In force'),
  where: t('用在', 'Used in'),
  option: t('可选', 'Choice'),
  off: t('放假日', 'Days off'),
  makeUp: t('调休上班日', 'Make-up working days'),
  result: t('结果', 'Result'),
  group: t('步骤分组', 'Heading'),
  process: t('过程', 'Process'),
  lane: t('泳道', 'Lane'),
  step: t('步骤', 'Step'),
  way: t('去向', 'Way'),
  post: t('岗位', 'Post'),
  assign: t('交给', 'Goes to'),
  with: t('会同', 'With'),
  due: t('期限', 'Deadline'),
  ladder: t('审批阶梯', 'Ladder'),
  produces: t('形成的记录', 'Leaves behind'),
  signers: t('签意见', 'Opinions'),
  outcome: t('结果', 'Outcome'),
  act: t('程序中的动作', 'Act in the program'),
  calls: t('转入', 'Calls'),
  segment: t('范围', 'From, to'),
  each: t('逐个办理', 'One by one'),
  condition: t('条件', 'Condition'),
  ends: t('以此结束', 'Ends as'),
  terminates: t('终止整个事项', 'Ends the whole case'),
  milestone: t('节点', 'Milestone'),
  steps: t('填写步骤', 'Filled at'),
  section: t('部分', 'Section'),
  repeat: t('可多行', 'Several rows'),
  field: t('字段', 'Field'),
  type: t('类型', 'Type'),
  required: t('必填', 'Required'),
  bind: t('对应记录', 'Record field'),
  options: t('选项', 'Choices'),
  owner: t('归口', 'Owner'),
  chapter: t('章', 'Chapter'),
  inEnglish: t('英文', 'English'),
  why: t('说明', 'Meaning'),
  rest: t('来源标注或其他细节', 'Tags of origin or other details'),
} satisfies Record<string, Text>

export const duties: Record<Duty, Text> = {
  responsible: t('负责', 'responsible'),
  participates: t('参与', 'takes part'),
  supervises: t('监督', 'supervises'),
  approves: t('批准', 'approves'),
  coordinates: t('协调', 'coordinates'),
  executes: t('办理', 'executes'),
}
export const dutyClasses = {
  core: t('本部主责', 'own'),
  joint: t('共同', 'joint'),
  local: t('属地', 'local'),
} as const
export const verbs: Record<Verb, Text> = {
  read: t('查看', 'read'),
  create: t('新建', 'create'),
  update: t('修改', 'change'),
  delete: t('删除', 'delete'),
  import: t('导入', 'import'),
  export: t('导出', 'export'),
  assign: t('分配', 'assign'),
  publish: t('发布', 'publish'),
  approve: t('批准', 'approve'),
}
export const reaches: Record<Reach, Text> = {
  all: t('全部', 'everywhere'),
  unit: t('本单位及下级', 'own unit and below'),
  managed: t('主管的客户', 'accounts managed'),
  own: t('负责或协助的客户', 'accounts owned or backed up'),
}
export const parts: Record<SystemPart, Text> = {
  organisation: t('组织与席位', 'Organisation and seats'),
  handbook: t('手册各版', 'Editions of the handbook'),
  standards: t('手册中的岗位、权限和指标', 'Posts, limits and indicators of the handbook'),
  audit: t('操作记录', 'Audit trail'),
  users: t('登录账号', 'Logins'),
}
export const adoptions: Record<Adoption, Text> = {
  running: t('运行', 'running'),
  described: t('仅供查阅', 'for reference'),
}
export const types: Record<FieldType, Text> = {
  text: t('文字', 'text'),
  long: t('长文字', 'long text'),
  date: t('日期', 'date'),
  datetime: t('日期和时间', 'date and time'),
  money: t('金额', 'amount'),
  number: t('数字', 'number'),
  percent: t('百分比', 'percent'),
  choice: t('选择', 'choice'),
  reference: t('关联', 'reference'),
  computed: t('计算', 'computed'),
  attachment: t('附件', 'attachment'),
  yesno: t('是否', 'yes or no'),
}
export const vats = {
  excluded: t('不含税', 'excl. VAT'),
  included: t('含税', 'incl. VAT'),
  none: t('不涉及增值税', 'no VAT'),
} as const
export const units: Record<Kpi['unit'], Text> = {
  money: t('金额', 'amount'),
  percent: t('百分比', 'percent'),
  points: t('分', 'points'),
  days: t('天', 'days'),
  number: t('个', 'number'),
}
export const periods = {
  month: t('月', 'month'),
  quarter: t('季', 'quarter'),
  'half-year': t('半年', 'half-year'),
  year: t('年', 'year'),
} as const
export const directions = {
  up: t('越高越好', 'higher is better'),
  down: t('越低越好', 'lower is better'),
} as const
export const methods: Record<Kpi['scoring']['method'], Text> = {
  ratio: t('按完成比例', 'by ratio'),
  linear: t('线性', 'linear'),
  steps: t('分档', 'in steps'),
  value: t('直接计分', 'the value itself'),
  none: t('不计分', 'not scored'),
}
export const postKinds = {
  inside: t('部门内', 'inside'),
  external: t('外部', 'external'),
  placeholder: t('代称', 'placeholder'),
} as const
export const workflowKinds = {
  management: t('管理流程', 'management'),
  business: t('业务流程', 'business'),
  support: t('支持流程', 'support'),
  rollout: t('推行流程', 'roll-out'),
} as const
export const assigns = {
  post: t('任一在岗的人', 'any holder of the post'),
  subject: t('本事项所属的人', 'the person the case is for'),
  giver: t('上一级事项所属的人', 'the person the parent case is for'),
} as const

/** Finds the names of things in one edition. */
export const namesIn = (edition: Edition) => {
  const post = (id: string): Text => edition.posts.find((one) => one.id === id)?.name ?? same(id)
  const coded = (found: { name: Text } | undefined, id: string): Text =>
    found ? t(`${id} ${found.name.zh}`, `${id} ${found.name.en}`) : same(id)
  return {
    post,
    posts: (ids: readonly string[]): Text | null => listed(ids.map(post)),
    kpi: (id: string): Text =>
      coded(
        edition.kpis.find((one) => one.id === id),
        id,
      ),
    form: (id: string): Text =>
      coded(
        edition.forms.find((one) => one.id === id),
        id,
      ),
    forms: (ids: readonly string[]): Text | null => listed(ids.map(same)),
    workflow: (id: string): Text =>
      coded(
        edition.workflows.find((one) => one.id === id),
        id,
      ),
    codes: (ids: readonly string[]): Text | null => listed(ids.map(same)),
    record: (id: string): Text => edition.records.find((one) => one.id === id)?.name ?? same(id),
    level: (id: string | null): Text | null =>
      id === null ? null : (edition.organisation.levels.find((one) => one.id === id)?.name ?? same(id)),
    /** A norm by its path, in words. */
    norm: (path: string | null): Text | null =>
      path === null ? null : (findNorm(edition, path)?.words ?? null),
    /** What a norm is called, whatever it says. */
    normName: (path: string | null): Text | null =>
      path === null ? null : (findNorm(edition, path)?.name ?? null),
    table: (id: string | null): Text | null =>
      id === null ? null : (edition.norms.find((one) => one.id === id)?.name ?? null),
  }
}
export type Names = ReturnType<typeof namesIn>
